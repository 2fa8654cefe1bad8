import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ConfigError, readConfig } from './config.ts';

const data = mkdtempSync(join(tmpdir(), 'kontor-config-'));
after(() => rmSync(data, { recursive: true }));

const production = {
  KONTOR_ENV: 'production',
  KONTOR_DATA: data,
  KONTOR_PUBLIC_URL: 'https://stadt.example/',
  KONTOR_SECRET: 'x'.repeat(32),
  SMTP_URL: 'smtps://mail.example',
  KONTOR_CITY: ' Freie Stadt Beispiel ',
  KONTOR_MAIL_FROM: 'post@stadt.example',
  KONTOR_SEAL_P12: '/siegel.p12',
  KONTOR_SEAL_PASSWORD: 'geheim',
  KONTOR_OIDC_STAFF_ISSUER: 'https://idp.example',
  KONTOR_OIDC_STAFF_CLIENT_ID: 'kontor',
  KONTOR_OIDC_STAFF_CLIENT_SECRET: 's',
  KONTOR_OIDC_EID_ISSUER: 'https://eid.example',
  KONTOR_OIDC_EID_CLIENT_ID: 'kontor',
  KONTOR_OIDC_EID_CLIENT_SECRET: 's',
};

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig({ KONTOR_DATA: data, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

test('the city’s name stands on one line and carries no control characters', () => {
  assert.match(mistakesOf({ KONTOR_CITY: 'Freie\u0001Stadt' }).join(), /^KONTOR_CITY darf keine Steuerzeichen haben/);
  assert.equal(readConfig(production).city, 'Freie Stadt Beispiel');
});

test('MQTT: 1883 in a demo, off in production unless set, off where it is said', () => {
  assert.equal(readConfig({ KONTOR_DATA: data }).mqttPort, 1883);
  assert.equal(readConfig({ KONTOR_DATA: data, KONTOR_MQTT_PORT: 'off' }).mqttPort, undefined);
  assert.equal(readConfig(production).mqttPort, undefined);
  assert.equal(readConfig({ ...production, KONTOR_MQTT_PORT: '8883' }).mqttPort, 8883);
  assert.match(mistakesOf({ KONTOR_MQTT_PORT: '70000' }).join(), /KONTOR_MQTT_PORT darf höchstens 65535 sein/);
  assert.match(mistakesOf({ KONTOR_MQTT_PORT: 'an' }).join(), /KONTOR_MQTT_PORT/);
});

test('an empty environment is a demo city on port 8080 with PGlite', () => {
  const config = readConfig({ KONTOR_DATA: data });
  assert.equal(config.env, 'demo');
  assert.equal(config.port, 8080);
  assert.equal(config.publicUrl, 'http://localhost:8080');
  assert.equal(config.databaseUrl, undefined);
  assert.equal(config.host, '127.0.0.1');
  assert.ok(Object.isFrozen(config));
});

test('the demo secret is made once, kept, and readable by its user only', () => {
  const first = readConfig({ KONTOR_DATA: data }).secret;
  assert.match(first, /^[0-9a-f]{64}$/);
  assert.equal(readConfig({ KONTOR_DATA: data }).secret, first);
  assert.equal(statSync(join(data, 'secret')).mode & 0o777, 0o600);
  assert.equal(readFileSync(join(data, 'secret'), 'utf8'), first);
});

test('production reads everything and takes the slash off the public address', () => {
  const config = readConfig(production);
  assert.equal(config.publicUrl, 'https://stadt.example');
  assert.deepEqual(config.seal, { p12: '/siegel.p12', password: 'geheim' });
  assert.deepEqual(config.oidcEid, { issuer: 'https://eid.example', clientId: 'kontor', clientSecret: 's' });
});

test('production without settings lists every missing one with its remedy, and not only the first', () => {
  const mistakes = mistakesOf({ KONTOR_ENV: 'production' });
  for (const name of Object.keys(production).filter((key) => key !== 'KONTOR_ENV' && key !== 'KONTOR_DATA')) {
    assert.ok(
      mistakes.some((mistake) => mistake.startsWith(`${name} fehlt. `)),
      name,
    );
  }
});

test('production over plain http is refused', () => {
  const [mistake] = mistakesOf({ ...production, KONTOR_PUBLIC_URL: 'http://stadt.example' });
  assert.match(mistake!, /^KONTOR_PUBLIC_URL muss im Echtbetrieb mit https/);
});

const WRONG: readonly [Record<string, string>, RegExp][] = [
  [{ PORT: 'achtzig' }, /^PORT muss eine Zahl von 0 bis 65535 sein/],
  [{ PORT: '70000' }, /^PORT darf höchstens 65535/],
  [{ KONTOR_ENV: 'prod' }, /^KONTOR_ENV muss demo oder production heißen/],
  [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL muss mit postgres/],
  [{ KONTOR_SECRET: 'kurz' }, /^KONTOR_SECRET ist zu kurz/],
  [{ KONTOR_PIN_LETTER_FROM: '2027-04-01' }, /^KONTOR_PIN_LETTER_FROM gibt es nicht mehr\. .*services\/parameter\.yaml/],
  [{ KONTOR_PUBLIC_URL: 'stadt' }, /^KONTOR_PUBLIC_URL ist keine Web-Adresse/],
  [{ SMTP_URL: 'http://mail' }, /^SMTP_URL muss mit smtp/],
  [{ KONTOR_RATE_LIMIT: '-1' }, /^KONTOR_RATE_LIMIT darf nicht kleiner/],
  [{ KONTOR_SEAL_P12: '/siegel.p12' }, /^KONTOR_SEAL_PASSWORD fehlt/],
  [{ KONTOR_OIDC_EID_ISSUER: 'https://eid.example' }, /^KONTOR_OIDC_EID_CLIENT_ID und KONTOR_OIDC_EID_CLIENT_SECRET fehlt/],
  [
    { KONTOR_FIT_CONNECT_URL: 'http://zustellung.example', KONTOR_FIT_CONNECT_TOKEN_URL: 'https://t.example' },
    /^KONTOR_FIT_CONNECT_URL ist keine Adresse mit https/,
  ],
  [{ KONTOR_FIT_CONNECT_URL: 'https://z.example' }, /^KONTOR_FIT_CONNECT_TOKEN_URL fehlt/],
  [
    { KONTOR_FIT_CONNECT_SENDER_ID: 'a', KONTOR_FIT_CONNECT_SENDER_SECRET: 's' },
    /^KONTOR_FIT_CONNECT_URL fehlt, wird aber für KONTOR_FIT_CONNECT_SENDER_ID gebraucht/,
  ],
  [
    { ...production, KONTOR_FIT_CONNECT_URL: 'https://z.example', KONTOR_FIT_CONNECT_TOKEN_URL: 'https://t.example', KONTOR_FIT_CONNECT_SUBSCRIBER_ID: 'a' },
    /^KONTOR_FIT_CONNECT_SUBSCRIBER_SECRET und KONTOR_FIT_CONNECT_DESTINATIONS und KONTOR_FIT_CONNECT_KEYS fehlt/,
  ],
  [
    {
      ...production,
      KONTOR_FIT_CONNECT_URL: 'https://z.example',
      KONTOR_FIT_CONNECT_TOKEN_URL: 'https://t.example',
      KONTOR_FIT_CONNECT_SENDER_ID: 'a',
      KONTOR_FIT_CONNECT_SENDER_SECRET: 's',
    },
    /^KONTOR_FIT_CONNECT_ROOTS fehlt/,
  ],
  [{ KONTOR_PUBLC_URL: 'https://stadt.example' }, /^KONTOR_PUBLC_URL ist keine Einstellung von Kontor/],
];
for (const [env, message] of WRONG) {
  test(`refused: ${Object.keys(env)[0]}=${Object.values(env)[0]}`, () => {
    const mistakes = mistakesOf(env);
    assert.equal(mistakes.length, 1);
    assert.match(mistakes[0]!, message);
  });
}

test('computers of the own network and secrets of connectors are named; what is none is refused', () => {
  const config = readConfig({ KONTOR_DATA: data, KONTOR_OUTBOUND_HOSTS: 'pegel.intern:8080, [fd00::1]:80,10.0.0.7', KONTOR_CONNECTOR_PEGEL: 'geheim' });
  assert.deepEqual(config.outboundHosts, ['pegel.intern:8080', '[fd00::1]:80', '10.0.0.7']);
  assert.deepEqual(config.connectorSecrets, { PEGEL: 'geheim' });
  for (const wrong of ['http://pegel.intern', 'a b', 'pegel.intern:99999', 'a/b', 'ich@pegel', ','])
    assert.match(mistakesOf({ KONTOR_OUTBOUND_HOSTS: wrong }).join(), /muss aus Rechnern bestehen/, wrong);
  assert.match(mistakesOf({ KONTOR_CONNECTOR_: 'x' }).join(), /keine Einstellung/);
});

const ENTRY = {
  key: 'llama',
  label: 'Llama im Rechenzentrum',
  provider: 'openai',
  baseUrl: 'https://ki.stadt.example/v1',
  model: 'llama-3.3',
  apiKeyEnv: 'ASSISTANT_KEY_LLAMA',
  uses: ['zusammenfassen', 'recherche'],
  dataClass: 'internal',
  outside: true,
  contextTokens: 32000,
  contact: 'IT',
  legalBasis: '§ 4 HmbDSG',
  since: '2026-11-01',
};
const modelsFile = (content: string): string => {
  const path = join(data, 'modelle.yaml');
  writeFileSync(path, content);
  return path;
};

test('language models: a file lists them, secrets come from the environment by name', () => {
  const path = modelsFile(
    JSON.stringify({ models: [ENTRY, { ...ENTRY, key: 'eigen', provider: 'gguf', file: 'modell.gguf', outside: false, apiKeyEnv: undefined }] }),
  );
  const { assistantModels: models } = readConfig({ KONTOR_DATA: data, ASSISTANT_MODELS: path, ASSISTANT_KEY_LLAMA: 'geheim' });
  assert.deepEqual(
    models.map(({ source }) => source),
    [
      { kind: 'openai', baseUrl: 'https://ki.stadt.example/v1', apiKey: 'geheim' },
      { kind: 'gguf', file: join(data, 'modell.gguf') },
    ],
  );
  assert.equal(models[0]!.idleSeconds, 60);
});

test('language models: every mistake of the file is told', () => {
  const wrong = { ...ENTRY, baseUrl: 'http://ki.stadt.example/v1', dataClass: 'geheim', since: 'gestern', apikey: 'sk-1' };
  const mistakes = mistakesOf({ ASSISTANT_MODELS: modelsFile(JSON.stringify({ models: [wrong] })) }).join('\n');
  for (const part of ['models.0.dataClass', 'models.0.since', 'models.0']) assert.ok(mistakes.includes(part), `${part} is missing in ${mistakes}`);
  const lines = mistakesOf({ ASSISTANT_MODELS: modelsFile(JSON.stringify({ models: [ENTRY, ENTRY] })) });
  assert.ok(lines.some((line) => line.includes('steht zweimal')) && lines.some((line) => line.includes('ASSISTANT_KEY_LLAMA fehlt')));
  const open = mistakesOf({
    ASSISTANT_MODELS: modelsFile(JSON.stringify({ models: [{ ...ENTRY, baseUrl: 'http://ki.stadt.example/v1' }] })),
    ASSISTANT_KEY_LLAMA: 'x',
  });
  assert.match(open.join(), /https:\/\//);
  assert.match(mistakesOf({ ASSISTANT_MODELS: join(data, 'nirgends.yaml') }).join(), /lässt sich nicht lesen/);
  assert.match(mistakesOf({ ASSISTANT_MODELS: modelsFile('models: [') }).join(), /lässt sich nicht lesen/);
});

test('language models: one in short', () => {
  const short = { ASSISTANT_BASE_URL: 'http://localhost:11434/v1', ASSISTANT_MODEL: 'gemma3' };
  const [model] = readConfig({ KONTOR_DATA: data, ...short }).assistantModels;
  assert.deepEqual([model!.dataClass, model!.outside, model!.model], ['internal', false, 'gemma3']);
  assert.match(mistakesOf({ ASSISTANT_BASE_URL: short.ASSISTANT_BASE_URL }).join(), /ASSISTANT_MODEL fehlt/);
  assert.match(mistakesOf({ ...short, ASSISTANT_BASE_URL: 'http://ki.example/v1' }).join(), /https:\/\//);
  assert.match(mistakesOf({ ...short, ASSISTANT_DATA_CLASS: 'alles' }).join(), /public, internal oder personal/);
  assert.match(mistakesOf({ ASSISTANT_API_KEY: 'x' }).join(), /gilt nur mit/);
  assert.match(mistakesOf({ ASSISTANT_MODELLE: 'x' }).join(), /keine Einstellung/);
  assert.deepEqual(readConfig({ KONTOR_DATA: data }).assistantModels, []);
});
