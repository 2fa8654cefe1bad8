import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { ACTORS, testServer } from '../../../../test/support/test-server.ts';
import { cityFrame } from '../../../frame.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { CityServer } from '../../../platform/http/server.ts';
import { createOutbound } from '../../../platform/outbound/outbound.ts';
import { fetchDue } from '../application/fetch-sources.ts';
import { indicatorsModule, verifyFigures, type IndicatorsContext, type IndicatorsModule } from '../public.ts';

const WHO: Readonly<Record<string, Actor>> = {
  ...ACTORS,
  strategie: { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000000a', roles: ['strategie'], authorities: [] },
};

let city: TemporaryCity;
let ctx: IndicatorsContext;
let module: IndicatorsModule;
let server: CityServer;
let source: Server;
let sourceUrl = '';
/** What the other computer answers, by path; its queries are kept. */
const answers = new Map<string, string>();
const asked: URL[] = [];

before(async () => {
  city = await temporaryCity();
  source = createServer((request, response) => {
    const url = new URL(request.url!, 'http://x');
    asked.push(url);
    const body = answers.get(url.pathname);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(body ?? 'nichts');
  });
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
  const { port } = source.address() as { port: number };
  sourceUrl = `http://127.0.0.1:${port}`;
  ctx = {
    ...city.ctx,
    outbound: createOutbound({ allowedHosts: [`127.0.0.1:${port}`] }),
    ports: { sensors: async () => ({ all: 20, fresh: 15 }), openData: async () => 7 },
    serviceName: (key) => (key === 'hund' ? { de: 'Hund anmelden', en: 'Register a dog', leicht: 'Hund anmelden' } : undefined),
  };
  module = indicatorsModule(ctx, cityFrame({ demo: true }).view);
  const authenticate = async (token: string): Promise<{ actor: Actor } | undefined> => (token in WHO ? { actor: WHO[token]! } : undefined);
  server = testServer(module.routes, { clock: city.clock.now, database: city.database, authenticate });
  await writeCases();
  await module.catchUp();
});
after(async () => {
  source.close();
  await city.close();
});

/** Two years of a large service, a few cases of a small one, and what counters reported. */
async function writeCases(): Promise<void> {
  const months = Array.from({ length: 24 }, (_, index) => Temporal.PlainYearMonth.from('2024-12').add({ months: index }));
  for (const [index, month] of months.entries()) {
    const at = Temporal.Instant.from(`${month.toString()}-20T10:00Z`);
    const of = (service: string, n: number, automated: number) =>
      Array.from({ length: n }, (_, row) => {
        const stream = `case:${service}-${month.toString()}-${row}`;
        const day = (offset: number): string => `${month.toString()}-${String(offset).padStart(2, '0')}`;
        return [
          { stream, kind: 'procedure.antrag-eingereicht', payload: { service, receivedOn: day(1) } },
          { stream, kind: 'procedure.vollstaendig', payload: { completeOn: day(2) } },
          {
            stream,
            kind: 'procedure.bescheid-erlassen',
            payload: { decisionKind: 'bescheid', decidedOn: day(3 + (row % 10)), automated: row < automated, channel: 'postfach' },
          },
        ];
      }).flat();
    const counter = { stream: 'usage:counter', kind: 'usage.counter-cases', payload: { service: 'hund', channel: 'schalter', count: 10 } };
    const entries = [...of('hund', 30, 10 + Math.floor(index / 3)), ...of('klein', 4, 4), ...of('mittel', 24, 12), counter];
    await city.database.write((tx) => city.ctx.journal.append(tx, { kind: 'system', job: 'probe' }, at, entries));
  }
}

interface Answered {
  readonly status: number;
  readonly text: string;
}
const get = async (path: string, who?: string, lang = 'de'): Promise<Answered> => {
  const cookie = [...(who === undefined ? [] : [`kontor_session=${who}`]), `kontor_lang=${lang}`].join('; ');
  const answer = await server.request(path, { headers: { cookie } });
  return { status: answer.status, text: await answer.text() };
};
const post = async (path: string, who: string, fields: Record<string, string>): Promise<Answered> => {
  const answer = await server.request(path, { method: 'POST', headers: { cookie: `kontor_session=${who}` }, body: new URLSearchParams(fields) });
  return { status: answer.status, text: await answer.text() };
};
const call = async (
  method: string,
  path: string,
  who: string,
  body?: object,
): Promise<{ status: number; json: Record<string, never> & { detail: string } }> => {
  const answer = await server.request(path, {
    method,
    headers: { cookie: `kontor_session=${who}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: JSON.parse(await answer.text()) };
};

const three = (text: string): { de: string; en: string; leicht: string } => ({ de: text, en: text, leicht: text });
const OWN = {
  kind: 'defined',
  ...{ name: three('Eigene'), definition: three('Zum Prüfen.'), confidenceReason: three('Geprüft.') },
  ...{ unit: 'share', better: 'more', origin: 'live', source: 'Journal', owner: 'Leitstelle', confidence: 'high', reason: 'Probe', version: 0 },
};

describe('figures from the journal', () => {
  const value = async (key: string, service?: string): Promise<unknown> => {
    const { state } = expectOk(await module.indicators.one(key, service === undefined ? {} : { service }));
    return state.kind === 'known' ? Math.round(state.value * 1000) / 1000 : state.kind;
  };
  it('are those of the last twelve months', async () => {
    assert.deepEqual(
      await Promise.all(['online-share', 'days-median', 'days-p90', 'complete-first', 'requests-per-case'].map((key) => value(key))),
      [0.75, 5, 9, 1, 0],
    );
    assert.deepEqual(await Promise.all(['sensor-freshness', 'open-data'].map((key) => value(key))), [0.75, 7]);
  });
  it('what nobody counted is unknown, with its reason', async () => {
    const { state } = expectOk(await module.indicators.one('satisfaction'));
    assert.ok(state.kind === 'unknown' && state.reason.de === 'Dafür gibt es noch keine Fälle. Bisher 0: Antworten auf die Frage nach dem Bescheid.');
  });
  it('of a service come from whole months, and few cases are hidden with the next smallest', async () => {
    assert.equal(await value('automation', 'hund'), 0.506);
    assert.equal(await value('automation', 'klein'), 'suppressed');
    assert.equal(await value('automation', 'mittel'), 'suppressed', 'else the sum would tell of the small one');
    assert.equal(await value('accounts', 'hund'), 'unknown', 'an indicator of the city');
    assert.ok((await module.indicators.history('automation', { service: 'klein' })).every((point) => point.value === undefined && point.cases === undefined));
  });
  it('have a history by month and a forecast that says its method', async () => {
    const history = await module.indicators.history('automation', { months: 24 });
    assert.equal(history.length, 23, 'the running month is not over, and nothing was counted before the first');
    assert.deepEqual(history.at(-1), { month: '2026-10', value: 33 / 58, cases: 58 });
    const forecast = (await module.indicators.forecast('automation', 6))!;
    assert.equal(forecast.points[0]!.month, '2026-11');
    assert.match(forecast.method.de, /Fortschreibung aus 23 Monaten, keine Zusage/);
    assert.ok(forecast.points.every(({ low, mid, high }) => low <= mid && mid <= high && high <= 1));
    assert.equal(await module.indicators.forecast('satisfaction', 6), undefined);
  });
  it('the snapshot of a day is taken once, and old ones are stale', async () => {
    const count = async (): Promise<number> => (await city.ctx.journal.readAfter(city.database.read, 0, { kinds: ['indicators.snapshot'] })).length;
    await module.catchUp();
    assert.equal(await count(), 1);
    city.clock.advance({ days: 5 });
    assert.equal(await value('open-data'), 'stale');
    city.clock.advance({ days: -5 });
  });
  it('are as a full recomputation has them', async () => assert.equal((await verifyFigures(ctx)).difference, undefined));
});

describe('the public pages', () => {
  for (const [lang, title] of [
    ['de', 'Kennzahlen'],
    ['en', 'Indicators'],
    ['leicht', 'Zahlen der Stadt'],
  ] as const)
    it(`show every indicator in ${lang}`, async () => {
      const { status, text } = await get('/strategie/kennzahlen', undefined, lang);
      assert.equal(status, 200);
      assert.ok(text.includes(`>${title}</h1>`) && text.includes('/strategie/kennzahlen/online-share'));
    });
  it('show one with formula, chart, forecast and services', async () => {
    const { text } = await get('/strategie/kennzahlen/automation');
    for (const part of ['automated / decided', '<svg', 'Fortschreibung', 'Hund anmelden', 'nicht gezeigt, damit niemand zu erkennen ist', 'kein Ziel gesetzt'])
      assert.ok(text.includes(part), part);
    assert.doesNotMatch(text, /href="\/wartezeiten"[^>]*>Wartezeiten<\/a>: Sie zählen/);
    assert.match((await get('/strategie/kennzahlen/days-p90')).text, /href="\/wartezeiten"[^>]*>Wartezeiten<\/a>: Sie zählen länger/);
    assert.equal((await get('/strategie/kennzahlen/gibt-es-nicht')).status, 404);
  });
  it('show a service, and none that has no cases', async () => {
    assert.ok((await get('/strategie/kennzahlen?leistung=hund')).text.includes('nur ganze Monate'));
    assert.equal((await get('/strategie/kennzahlen?leistung=nie')).status, 404);
  });
  it('give tables', async () => {
    assert.match((await get('/strategie/kennzahlen.csv')).text, /automation;Automatisch entschieden;0,/);
    assert.match((await get('/strategie/kennzahlen/automation/verlauf.csv')).text, /monat;wert;faelle\r\n2024-12;0,44/);
    assert.doesNotMatch((await get('/strategie/kennzahlen/automation/verlauf.csv?leistung=klein')).text, /;4\r/);
  });
  it('show ratings of small services under their own words, for satisfaction alone', async () => {
    const entries = Array.from({ length: 40 }, (_, index) => {
      const payload = { service: 'other', score: 3 + (index % 2), after: 'decision' };
      return { stream: 'usage:ratings', kind: 'usage.rated', payload };
    });
    await city.database.write((tx) => city.ctx.journal.append(tx, { kind: 'system', job: 'probe' }, Temporal.Instant.from('2026-10-20T10:00Z'), entries));
    await module.catchUp();
    const { text } = await get('/strategie/kennzahlen/satisfaction');
    assert.match(text, /Hund anmelden[^]*?Wird nur für mehrere Leistungen zusammen gezählt[^]*Übrige Leistungen zusammen[^]*?3,5/);
    assert.doesNotMatch((await get('/strategie/kennzahlen')).text, /Übrige Leistungen|value="other"/);
    assert.doesNotMatch((await get('/strategie/kennzahlen/automation')).text, /Übrige Leistungen|>other</);
  });
  it('answer programs', async () => {
    const { json, status } = await call('GET', '/api/indicators/automation?months=3', 'citizen');
    assert.equal(status, 200);
    assert.equal((json as unknown as { history: unknown[] }).history.length, 3);
    assert.equal((await call('GET', '/api/indicators?service=nie', 'citizen')).status, 404);
  });
});

describe('defined indicators', () => {
  const put = (key: string, body: object) => call('PUT', `/api/indicators/${key}`, 'strategie', { ...OWN, ...body });
  it('are for the strategy alone', async () => {
    assert.equal((await call('PUT', '/api/indicators/eigene', 'administration', { ...OWN, formula: '1' })).status, 403);
    assert.equal((await get('/verwaltung/kennzahlen', 'sachbearbeitung')).status, 403);
    assert.equal((await get('/verwaltung/kennzahlen/neu', 'revision')).status, 403);
  });
  it('are reckoned over counters and other indicators', async () => {
    assert.deepEqual((await put('eigene', { formula: '1 - automation' })).json, { key: 'eigene', version: 1 });
    const { state } = expectOk(await module.indicators.one('eigene'));
    assert.ok(state.kind === 'known' && state.value > 0.3 && state.value < 0.5);
    const small = expectOk(await module.indicators.one('eigene', { service: 'klein' }));
    assert.equal(small.state.kind, 'suppressed', 'through another indicator, too');
  });
  it('a circle is refused with its way round', async () => {
    assert.equal((await put('zweite', { formula: 'eigene * 2' })).status, 200);
    const { status, json } = await put('eigene', { formula: 'zweite / 2', version: 1 });
    assert.equal(status, 422);
    assert.match(JSON.stringify(json), /eigene → zweite → eigene/);
    assert.match(JSON.stringify((await put('selbst', { formula: 'selbst + 1' })).json), /selbst → selbst/);
  });
  it('a division by zero and an unknown name are refused with their place', async () => {
    assert.match(JSON.stringify((await put('dritte', { formula: 'decided / (decided - decided)' })).json), /An Stelle 11 wird durch/);
    assert.match(JSON.stringify((await put('dritte', { formula: 'decidet' })).json), /Meinen Sie „decided“/);
    assert.match(JSON.stringify((await put('accounts', { formula: '1' })).json), /heißt schon ein Zähler/);
  });
  it('keep every version with its reason, and somebody faster wins', async () => {
    assert.equal((await put('eigene', { formula: '1 - automation * 1', version: 1, reason: 'Genauer' })).status, 200);
    assert.equal((await put('eigene', { formula: '1', version: 1 })).status, 409);
    const { text } = await get('/verwaltung/kennzahlen/eigene', 'revision');
    assert.ok(text.includes('Genauer') && text.includes('Probe'));
    const kept = await city.ctx.journal.readStream(city.database.read, 'indicators:eigene');
    assert.deepEqual(
      kept.map(({ payload }) => payload['version']),
      [1, 2],
    );
    assert.ok(!JSON.stringify(kept).includes('Genauer'), 'the words lie beside, the journal has their hash');
  });
  it('a target gives a light with its rule, also to a built-in indicator, of which nothing else changes', async () => {
    const target = { value: 0.8, by: '2027-12-31', source: 'Beschluss zum Prüfen' };
    const body = { ...OWN, kind: 'journal', formula: '1', owner: 'Amt', target, start: { value: 0.3, on: '2026-01-01' } };
    assert.equal((await put('automation', body)).status, 200);
    const one = expectOk(await module.indicators.one('automation'));
    assert.equal(one.light?.light, 'green');
    assert.match(one.light.rule.de, /Gerader Weg von 30/);
    assert.deepEqual([one.formula, one.owner], ['automated / decided', 'Amt']);
    assert.equal(expectOk(await module.indicators.one('automation', { service: 'hund' })).light, undefined);
    assert.match(JSON.stringify((await put('automation', { ...body, start: undefined, version: 1 })).json), /Ein Ziel braucht einen Anfang/);
  });
  it('the form keeps what was typed and says what is wrong at the field', async () => {
    const { status, text } = await post('/verwaltung/kennzahlen', 'strategie', {
      kind: 'defined',
      key: 'vierte',
      formula: '1 / 0',
      'target.value': 'viel',
      'target.by': '2027-02-31',
      version: '0',
    });
    assert.equal(status, 422);
    assert.ok(text.includes('value="1 / 0"') && text.includes('Das ist keine Zahl') && text.includes('Das ist kein Tag'));
    const fields = {
      kind: 'defined',
      key: 'vierte',
      formula: 'decided',
      unit: 'count',
      better: 'more',
      confidence: 'high',
      source: 'J',
      owner: 'L',
      reason: 'R',
      version: '0',
    };
    const words = Object.fromEntries(
      ['name', 'definition', 'confidenceReason'].flatMap((name) => ['de', 'en', 'leicht'].map((lang) => [`${name}.${lang}`, 'x'])),
    );
    assert.equal((await post('/verwaltung/kennzahlen', 'strategie', { ...fields, ...words })).status, 303);
    assert.ok((await get('/verwaltung/kennzahlen/vierte', 'strategie')).text.includes('value="decided"'));
  });
});

describe('imported indicators', () => {
  const define = (key: string) => call('PUT', `/api/indicators/${key}`, 'strategie', { ...OWN, kind: 'imported', origin: 'survey', formula: '' });
  const from = (key: string, body: object) => call('PUT', `/api/indicators/${key}/source`, 'strategie', { staleAfterDays: 40, ...body });
  const fetched = (key: string) => call('POST', `/api/indicators/${key}/fetch`, 'strategie');
  const state = async (key: string) => expectOk(await module.indicators.one(key)).state;

  it('by CSV, with history; they say their origin', async () => {
    await define('luecke');
    answers.set('/luecke.csv', 'Monat;Wert\n2026-09;0,42\n2026-10;0,41\n');
    assert.equal((await from('luecke', { kind: 'csv', url: `${sourceUrl}/luecke.csv`, value: 'Wert', day: 'Monat' })).status, 200);
    assert.deepEqual((await fetched('luecke')).json, { values: 2, changed: 2 });
    assert.deepEqual(await state('luecke'), { kind: 'known', value: 0.41 });
    assert.deepEqual(
      (await module.indicators.history('luecke')).map(({ month, value }) => [month, value]),
      [
        ['2026-09', 0.42],
        ['2026-10', 0.41],
        ['2026-11', undefined],
      ],
    );
    assert.deepEqual((await fetched('luecke')).json, { values: 2, changed: 0 });
  });
  it('a stale one says so instead of a number', async () => {
    city.clock.advance({ days: 30 });
    assert.equal((await state('luecke')).kind, 'stale');
    assert.match((await get('/strategie/kennzahlen/luecke')).text, /veraltet; zuletzt/);
    city.clock.advance({ days: -30 });
  });
  it('by JSON pointer', async () => {
    await define('portal');
    answers.set('/api', JSON.stringify({ daten: [{ wert: 4711, am: '2026-11-20' }] }));
    await from('portal', { kind: 'json', url: `${sourceUrl}/api`, value: '/daten/0/wert', day: '/daten/0/am' });
    await fetched('portal');
    assert.deepEqual(await state('portal'), { kind: 'known', value: 4711 });
  });
  it('by SPARQL', async () => {
    await define('graph');
    answers.set(
      '/sparql',
      JSON.stringify({
        head: { vars: ['n'] },
        results: { bindings: [{ n: { type: 'literal', datatype: 'http://www.w3.org/2001/XMLSchema#integer', value: '300' } }] },
      }),
    );
    await from('graph', { kind: 'sparql', url: `${sourceUrl}/sparql?default-graph=x`, value: 'n', query: 'SELECT (COUNT(*) AS ?n) WHERE { ?s a ?o }' });
    await fetched('graph');
    assert.deepEqual(await state('graph'), { kind: 'known', value: 300 });
    const { searchParams } = asked.at(-1)!;
    assert.deepEqual([searchParams.get('query'), searchParams.get('default-graph')], ['SELECT (COUNT(*) AS ?n) WHERE { ?s a ?o }', 'x']);
  });
  it('a source that answers nonsense or not at all keeps its old figure, and the administration sees why', async () => {
    answers.set('/api', '{"daten":[]}');
    assert.equal((await fetched('portal')).status, 503);
    assert.deepEqual(await state('portal'), { kind: 'known', value: 4711 });
    assert.match((await get('/verwaltung/kennzahlen', 'administration')).text, /steht in der Antwort keine Zahl/);
    await from('portal', { kind: 'json', url: 'http://10.1.2.3/geheim', value: '/x' });
    assert.match((await fetched('portal')).json.detail, /nicht öffentlich/);
  });
  it('are fetched when they are due, not before', async () => {
    assert.deepEqual(await fetchDue(ctx), { fetched: 0, failed: 0 });
    city.clock.advance({ hours: 24 });
    answers.set('/luecke.csv', 'Monat;Wert\n2026-10;0,40\n');
    assert.deepEqual(await fetchDue(ctx), { fetched: 2, failed: 1 });
    assert.deepEqual(await state('luecke'), { kind: 'known', value: 0.4 });
  });
  it('can stand in formulas; when they are stale the result is unknown and says why', async () => {
    await call('PUT', '/api/indicators/doppelt', 'strategie', { ...OWN, formula: 'luecke * 2' });
    assert.deepEqual(await state('doppelt'), { kind: 'known', value: 0.8 });
    city.clock.advance({ days: 60 });
    const stale = await state('doppelt');
    assert.ok(stale.kind === 'unknown' && stale.reason.de === 'Die Quelle von „luecke“ ist veraltet.');
  });
  it('a source needs a definition, an address and places', async () => {
    assert.equal((await from('nie', { kind: 'csv', url: `${sourceUrl}/x`, value: 'w' })).status, 409);
    const { text } = await post('/verwaltung/kennzahlen/luecke/quelle', 'strategie', {
      'source.kind': 'json',
      'source.url': 'ftp://x',
      'source.value': 'wert',
      'source.days': '1',
    });
    for (const part of ['https:// oder http://', 'Ein Zeiger beginnt mit', 'value="ftp://x"']) assert.ok(text.includes(part), part);
  });
});
