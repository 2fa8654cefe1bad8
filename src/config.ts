import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ASSISTANT_VARIABLES, assistantModels, type AssistantModel } from './config-assistant.ts';
import { codeOf } from './kernel/error-code.ts';
import { isIban } from './kernel/check-digits.ts';
import type { Settings } from './platform/context.ts';

/** How to reach one OpenID provider. */
export interface OidcClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How to reach FIT-Connect; without `receiver` nothing is fetched, without `sender` nothing is sent. */
export interface FitConnectConfig {
  /** Submission API without `/v1`. */
  readonly url: string;
  readonly tokenUrl: string;
  readonly receiver?: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly destinationIds: readonly string[];
    /** Folder with our private keys, one JWK a file. */
    readonly keys: string;
    readonly callbackSecret?: string;
  };
  /** `roots`: PEM file with the roots that receivers' certificates must lead to. */
  readonly sender?: { readonly clientId: string; readonly clientSecret: string; readonly roots?: string };
}

/** Everything the environment says, parsed once and frozen. */
export interface Config extends Settings {
  readonly host: string;
  /** 0 lets the system choose (tests). */
  readonly port: number;
  /** Absolute path. */
  readonly dataDirectory: string;
  /** Absent: PGlite in `dataDirectory`. */
  readonly databaseUrl?: string;
  /** At least 32 characters; signs cookies and keyed hashes. */
  readonly secret: string;
  /** How much a demo city measures; nothing in production. */
  readonly demoData: 'small' | 'full';
  /** Absent in demo: mails are kept and shown at `/demo/post`. */
  readonly smtpUrl?: string;
  readonly mailFrom: string;
  /** A gateway that sends SMS. Absent in demo: the demo's own, which sends nothing; absent in production: none. */
  readonly sms?: { readonly url: string; readonly token: string };
  /** Key of the authority's seal. Absent in demo: the demo authority makes its own. */
  readonly seal?: { readonly p12: string; readonly password: string };
  readonly tsaUrl?: string;
  /** OpenID provider of the staff. Absent in demo: the bundled demo provider. */
  readonly oidcStaff?: OidcClient;
  /** OpenID provider of the Online-Ausweis. Absent in demo: the bundled demo provider. */
  readonly oidcEid?: OidcClient;
  /** Where fees are transferred to. Absent in demo: an invented account; absent in production: none are taken. */
  readonly bankAccount?: { readonly holder: string; readonly iban: string; readonly bic?: string };
  /** A delivery service of FIT-Connect. Absent in demo: the bundled one; absent in production: none. */
  readonly fitConnect?: FitConnectConfig;
  readonly basemapUrl?: string;
  /** Factor on every rate limit: 1 as built, 10 for a large city, 0 for none (benchmarks). */
  readonly rateLimit: number;
  /** Port of MQTT: in a demo 1883, if it is free. Absent: off. */
  readonly mqttPort?: number;
  /** Cursor on Target by TCP, without certificates: in a demo 8087, if it is free. Absent: off. */
  readonly cotPort?: number;
  /** Cursor on Target by TLS with certificates of clients. Absent: off. */
  readonly cotTls?: { readonly port: number; readonly cert: string; readonly key: string; readonly ca: string };
  /** How many proxies of ours stand before the program and may name the client. */
  readonly trustedProxies: number;
  /** `host` or `host:port` of the city's own network that it may read from; everything public is allowed anyway. */
  readonly outboundHosts: readonly string[];
  /** Secrets of connectors by name: `KONTOR_CONNECTOR_PEGEL` is `PEGEL`. */
  readonly connectorSecrets: Readonly<Record<string, string>>;
  /** Language models; in a demo without any the demo model stands in. */
  readonly assistantModels: readonly AssistantModel[];
}

/** Thrown when the environment cannot be used; `message` lists every mistake with its remedy. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(['Kontor kann so nicht starten. Bitte berichtigen Sie diese Einstellungen:', ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}

const webUrl = z.url({ protocol: /^https?$/, error: 'ist keine Web-Adresse. Geben Sie sie mit http:// oder https:// an.' });
const tlsUrl = z.url({ protocol: /^https$/, error: 'ist keine Adresse mit https://.' }).transform((url) => url.replace(/\/+$/, ''));
const text = z.string();
const wholeNumber = (from: number, to: number) =>
  z.coerce
    .number({ error: `muss eine Zahl von ${from} bis ${to} sein.` })
    .int(`muss eine ganze Zahl von ${from} bis ${to} sein.`)
    .min(from, `muss mindestens ${from} sein.`)
    .max(to, `darf höchstens ${to} sein.`);

const environment = z.object({
  PORT: wholeNumber(0, 65535).default(8080),
  KONTOR_HOST: text.optional(),
  KONTOR_DATA: text.default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'muss mit postgres:// beginnen, etwa postgres://kontor@localhost/kontor.')
    .optional(),
  KONTOR_DEMO_DATA: z.enum(['small', 'full'], { error: 'muss small oder full heißen.' }).default('full'),
  KONTOR_ENV: z.enum(['demo', 'production'], { error: 'muss demo oder production heißen.' }).default('demo'),
  KONTOR_PUBLIC_URL: webUrl.transform((url) => url.replace(/\/+$/, '')).optional(),
  KONTOR_SECRET: z.string().min(32, 'ist zu kurz. Nehmen Sie mindestens 32 zufällige Zeichen, etwa von: openssl rand -hex 32.').optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'muss mit smtp:// oder smtps:// beginnen.')
    .optional(),
  KONTOR_CITY: z
    .string()
    .trim()
    .max(100, 'darf höchstens 100 Zeichen haben.')
    .regex(/^\P{Cc}*$/u, 'darf keine Steuerzeichen haben. Schreiben Sie den Namen auf eine Zeile.')
    .optional(),
  KONTOR_MAIL_FROM: z.email('ist keine Mail-Adresse, etwa post@stadt.example.').optional(),
  KONTOR_SMS_URL: tlsUrl.optional(),
  KONTOR_SMS_TOKEN: text.optional(),
  KONTOR_SEAL_P12: text.optional(),
  KONTOR_SEAL_PASSWORD: text.optional(),
  KONTOR_TSA_URL: webUrl.optional(),
  KONTOR_OIDC_STAFF_ISSUER: webUrl.optional(),
  KONTOR_OIDC_STAFF_CLIENT_ID: text.optional(),
  KONTOR_OIDC_STAFF_CLIENT_SECRET: text.optional(),
  KONTOR_OIDC_EID_ISSUER: webUrl.optional(),
  KONTOR_OIDC_EID_CLIENT_ID: text.optional(),
  KONTOR_OIDC_EID_CLIENT_SECRET: text.optional(),
  KONTOR_BANK_HOLDER: z.string().max(70, 'darf höchstens 70 Zeichen haben.').optional(),
  KONTOR_BANK_IBAN: z.string().refine(isIban, 'ist keine gültige IBAN. Prüfen Sie die Ziffern.').optional(),
  KONTOR_BANK_BIC: text.optional(),
  KONTOR_FIT_CONNECT_URL: tlsUrl.optional(),
  KONTOR_FIT_CONNECT_TOKEN_URL: tlsUrl.optional(),
  KONTOR_FIT_CONNECT_SUBSCRIBER_ID: text.optional(),
  KONTOR_FIT_CONNECT_SUBSCRIBER_SECRET: text.optional(),
  KONTOR_FIT_CONNECT_DESTINATIONS: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(z.array(z.uuid('muss aus Kennungen von Zustellpunkten bestehen (UUID), mit Komma getrennt.')))
    .optional(),
  KONTOR_FIT_CONNECT_KEYS: text.optional(),
  KONTOR_FIT_CONNECT_CALLBACK_SECRET: text.optional(),
  KONTOR_FIT_CONNECT_SENDER_ID: text.optional(),
  KONTOR_FIT_CONNECT_SENDER_SECRET: text.optional(),
  KONTOR_FIT_CONNECT_ROOTS: text.optional(),
  KONTOR_BASEMAP_URL: webUrl.optional(),
  KONTOR_RATE_LIMIT: z.coerce
    .number({ error: 'muss eine Zahl sein: 1 für die eingebauten Grenzen, 0 für keine.' })
    .min(0, 'darf nicht kleiner als 0 sein.')
    .default(1),
  KONTOR_TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  KONTOR_MQTT_PORT: z.union([z.literal('off'), wholeNumber(0, 65535)], { error: 'muss eine Zahl von 0 bis 65535 sein, oder off.' }).optional(),
  KONTOR_COT_PORT: z.union([z.literal('off'), wholeNumber(0, 65535)], { error: 'muss eine Zahl von 0 bis 65535 sein, oder off.' }).optional(),
  KONTOR_COT_TLS_PORT: wholeNumber(0, 65535).optional(),
  KONTOR_COT_TLS_CERT: text.optional(),
  KONTOR_COT_TLS_KEY: text.optional(),
  KONTOR_COT_TLS_CA: text.optional(),
  KONTOR_OUTBOUND_HOSTS: text
    .transform((list) => list.split(',').map((one) => one.trim()))
    .refine((list) => list.every(isHost), 'muss aus Rechnern bestehen, mit oder ohne Port und mit Komma getrennt, etwa pegel.intern:8080.')
    .default([]),
});
/** A name or an address, with or without a port, and nothing else. */
function isHost(text: string): boolean {
  const url = URL.parse(`http://${text}`);
  return url !== null && url.hostname !== '' && !/[/@?#\s]/.test(text);
}
type Environment = z.output<typeof environment>;
type Variable = keyof Environment;

/** Names that the operator gives to secrets of connectors begin so. */
const CONNECTOR = 'KONTOR_CONNECTOR_';

const NEEDED_IN_PRODUCTION: Partial<Record<Variable, string>> = {
  KONTOR_PUBLIC_URL: 'Geben Sie die Adresse an, unter der die Stadt erreichbar ist, etwa https://kontor.stadt.example.',
  KONTOR_CITY: 'Geben Sie an, unter welchem Namen die Stadt veröffentlicht und warnt, etwa Freie und Hansestadt Hamburg.',
  KONTOR_SECRET: 'Erzeugen Sie ein Geheimnis, etwa mit: openssl rand -hex 32.',
  SMTP_URL: 'Geben Sie den Mail-Server der Stadt an, etwa smtps://name:passwort@mail.stadt.example.',
  KONTOR_MAIL_FROM: 'Geben Sie die Absender-Adresse der Mails an.',
  KONTOR_SEAL_P12: 'Geben Sie den Pfad zum Siegel der Behörde an (PKCS#12-Datei).',
  KONTOR_SEAL_PASSWORD: 'Geben Sie das Passwort der Siegel-Datei an.',
  KONTOR_OIDC_STAFF_ISSUER: 'Geben Sie den OpenID-Anbieter der Beschäftigten an.',
  KONTOR_OIDC_STAFF_CLIENT_ID: 'Geben Sie die Kennung an, unter der Kontor dort bekannt ist.',
  KONTOR_OIDC_STAFF_CLIENT_SECRET: 'Geben Sie das Geheimnis an, das der Anbieter für Kontor ausgestellt hat.',
  KONTOR_OIDC_EID_ISSUER: 'Geben Sie den OpenID-Anbieter der eID an. Der Demo-Anbieter läuft im Echtbetrieb nicht.',
  KONTOR_OIDC_EID_CLIENT_ID: 'Geben Sie die Kennung an, unter der Kontor dort bekannt ist.',
  KONTOR_OIDC_EID_CLIENT_SECRET: 'Geben Sie das Geheimnis an, das der Anbieter für Kontor ausgestellt hat.',
};

/** Settings that make sense only together. */
const TOGETHER: readonly (readonly Variable[])[] = [
  ['KONTOR_SEAL_P12', 'KONTOR_SEAL_PASSWORD'],
  ['KONTOR_OIDC_STAFF_ISSUER', 'KONTOR_OIDC_STAFF_CLIENT_ID', 'KONTOR_OIDC_STAFF_CLIENT_SECRET'],
  ['KONTOR_OIDC_EID_ISSUER', 'KONTOR_OIDC_EID_CLIENT_ID', 'KONTOR_OIDC_EID_CLIENT_SECRET'],
  ['KONTOR_BANK_HOLDER', 'KONTOR_BANK_IBAN'],
];

/** As `TOGETHER`, in production too: nothing stands in for them. */
const ALWAYS_TOGETHER: readonly (readonly Variable[])[] = [
  ['KONTOR_COT_TLS_PORT', 'KONTOR_COT_TLS_CERT', 'KONTOR_COT_TLS_KEY', 'KONTOR_COT_TLS_CA'],
  ['KONTOR_SMS_URL', 'KONTOR_SMS_TOKEN'],
  ['KONTOR_FIT_CONNECT_URL', 'KONTOR_FIT_CONNECT_TOKEN_URL'],
  ['KONTOR_FIT_CONNECT_SUBSCRIBER_ID', 'KONTOR_FIT_CONNECT_SUBSCRIBER_SECRET', 'KONTOR_FIT_CONNECT_DESTINATIONS', 'KONTOR_FIT_CONNECT_KEYS'],
  ['KONTOR_FIT_CONNECT_SENDER_ID', 'KONTOR_FIT_CONNECT_SENDER_SECRET'],
];

/** What makes sense only with something else. */
const NEEDS: readonly (readonly [Variable, Variable, string])[] = [
  ['KONTOR_FIT_CONNECT_SUBSCRIBER_ID', 'KONTOR_FIT_CONNECT_URL', 'Geben Sie an, wo der Zustelldienst erreichbar ist.'],
  ['KONTOR_FIT_CONNECT_SENDER_ID', 'KONTOR_FIT_CONNECT_URL', 'Geben Sie an, wo der Zustelldienst erreichbar ist.'],
  ['KONTOR_FIT_CONNECT_CALLBACK_SECRET', 'KONTOR_FIT_CONNECT_SUBSCRIBER_ID', 'Benachrichtigungen gibt es nur für ein empfangendes System.'],
  ['KONTOR_FIT_CONNECT_ROOTS', 'KONTOR_FIT_CONNECT_SENDER_ID', 'Wurzelzertifikate braucht nur, wer sendet.'],
];

/**
 * Reads the environment. In demo a missing secret is made once and kept in the data directory.
 * @throws ConfigError naming every mistake at once
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(given);
  const mistakes = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const assistant = assistantModels(given, new Date().toISOString().slice(0, 10));
  mistakes.push(...missing(given), ...unknownNames(given), ...assistant.mistakes);
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  const insecure = insecureInProduction(parsed.data);
  if (insecure.length > 0) throw new ConfigError(insecure);
  return Object.freeze({ ...toConfig(parsed.data), connectorSecrets: connectorSecrets(given), assistantModels: assistant.models });
}

function connectorSecrets(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const named = Object.entries(given).flatMap(([name, value]) =>
    name.startsWith(CONNECTOR) && value !== undefined ? [[name.slice(CONNECTOR.length), value] as const] : [],
  );
  return Object.fromEntries(named);
}

function missing(given: Record<string, unknown>): string[] {
  const mistakes: string[] = [];
  if (given['KONTOR_ENV'] === 'production') {
    for (const [name, remedy] of Object.entries(NEEDED_IN_PRODUCTION)) {
      if (!(name in given)) mistakes.push(`${name} fehlt. ${remedy}`);
    }
    const anchored = !('KONTOR_FIT_CONNECT_SENDER_ID' in given) || 'KONTOR_FIT_CONNECT_ROOTS' in given;
    if (!anchored)
      mistakes.push('KONTOR_FIT_CONNECT_ROOTS fehlt. Geben Sie die Datei mit den Wurzelzertifikaten der Verwaltungs-PKI an; ohne sie wird nichts gesendet.');
    return [...mistakes, ...halfGiven(ALWAYS_TOGETHER, given), ...unmetNeeds(given)];
  }
  return [...mistakes, ...halfGiven([...TOGETHER, ...ALWAYS_TOGETHER], given), ...unmetNeeds(given)];
}

function halfGiven(groups: readonly (readonly Variable[])[], given: Record<string, unknown>): string[] {
  return groups.flatMap((group) => {
    const absent = group.filter((name) => !(name in given));
    if (absent.length === 0 || absent.length === group.length) return [];
    return [`${absent.join(' und ')} fehlt. Diese Einstellungen gehören zusammen: ${group.join(', ')}.`];
  });
}

function unmetNeeds(given: Record<string, unknown>): string[] {
  return NEEDS.flatMap(([name, needed, remedy]) =>
    name in given && !(needed in given) ? [`${needed} fehlt, wird aber für ${name} gebraucht. ${remedy}`] : [],
  );
}

/** What is set elsewhere now. */
const MOVED: Readonly<Record<string, string>> = {
  KONTOR_PIN_LETTER_FROM: 'KONTOR_PIN_LETTER_FROM gibt es nicht mehr. Tragen Sie den Tag in services/parameter.yaml ein, unter onlineausweis.pin-letter.',
};

/** A misspelt name would be ignored silently, and nobody would know why. */
function unknownNames(given: Record<string, unknown>): string[] {
  const own = /^KONTOR_(?!TEST_|CONNECTOR_[A-Z])|^ASSISTANT_(?!KEY_[A-Z])/;
  const known = new Set<string>([...Object.keys(environment.shape), ...ASSISTANT_VARIABLES]);
  return Object.keys(given)
    .filter((name) => own.test(name) && !known.has(name))
    .map((name) => MOVED[name] ?? `${name} ist keine Einstellung von Kontor. Prüfen Sie die Schreibweise oder entfernen Sie sie.`);
}

function insecureInProduction(env: Environment): string[] {
  if (env.KONTOR_ENV !== 'production' || env.KONTOR_PUBLIC_URL?.startsWith('https://')) return [];
  return ['KONTOR_PUBLIC_URL muss im Echtbetrieb mit https:// beginnen. Stellen Sie einen Proxy mit TLS vor Kontor.'];
}

function oidcClient(issuer?: string, clientId?: string, clientSecret?: string): OidcClient | undefined {
  return issuer === undefined || clientId === undefined || clientSecret === undefined ? undefined : { issuer, clientId, clientSecret };
}

function fitConnectOf(env: Environment): FitConnectConfig | undefined {
  const { KONTOR_FIT_CONNECT_URL: url, KONTOR_FIT_CONNECT_TOKEN_URL: tokenUrl, KONTOR_FIT_CONNECT_KEYS: keys } = env;
  const [clientId, clientSecret] = [env.KONTOR_FIT_CONNECT_SUBSCRIBER_ID, env.KONTOR_FIT_CONNECT_SUBSCRIBER_SECRET];
  const [senderId, senderSecret] = [env.KONTOR_FIT_CONNECT_SENDER_ID, env.KONTOR_FIT_CONNECT_SENDER_SECRET];
  const { KONTOR_FIT_CONNECT_DESTINATIONS: destinationIds, KONTOR_FIT_CONNECT_CALLBACK_SECRET: callbackSecret, KONTOR_FIT_CONNECT_ROOTS: roots } = env;
  if (url === undefined || tokenUrl === undefined) return undefined;
  const receives = clientId !== undefined && clientSecret !== undefined && destinationIds !== undefined && keys !== undefined;
  return {
    url,
    tokenUrl,
    ...(receives ? { receiver: { clientId, clientSecret, destinationIds, keys, ...(callbackSecret === undefined ? {} : { callbackSecret }) } } : {}),
    ...(senderId === undefined || senderSecret === undefined
      ? {}
      : { sender: { clientId: senderId, clientSecret: senderSecret, ...(roots === undefined ? {} : { roots }) } }),
  };
}

function toConfig(env: Environment): Omit<Config, 'connectorSecrets' | 'assistantModels'> {
  const dataDirectory = resolve(env.KONTOR_DATA);
  const oidcStaff = oidcClient(env.KONTOR_OIDC_STAFF_ISSUER, env.KONTOR_OIDC_STAFF_CLIENT_ID, env.KONTOR_OIDC_STAFF_CLIENT_SECRET);
  const oidcEid = oidcClient(env.KONTOR_OIDC_EID_ISSUER, env.KONTOR_OIDC_EID_CLIENT_ID, env.KONTOR_OIDC_EID_CLIENT_SECRET);
  const fitConnect = fitConnectOf(env);
  const { KONTOR_SEAL_P12: p12, KONTOR_SEAL_PASSWORD: password } = env;
  return {
    env: env.KONTOR_ENV,
    demoData: env.KONTOR_DEMO_DATA,
    // A demo has known passwords: it stays on this computer unless told otherwise.
    host: env.KONTOR_HOST ?? (env.KONTOR_ENV === 'demo' ? '127.0.0.1' : '0.0.0.0'),
    port: env.PORT,
    city: cityName(env),
    publicUrl: env.KONTOR_PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    dataDirectory,
    ...(env.DATABASE_URL === undefined ? {} : { databaseUrl: env.DATABASE_URL }),
    secret: env.KONTOR_SECRET ?? keptSecret(dataDirectory),
    ...(env.SMTP_URL === undefined ? {} : { smtpUrl: env.SMTP_URL }),
    mailFrom: env.KONTOR_MAIL_FROM ?? 'post@kontor.example',
    ...(env.KONTOR_SMS_URL === undefined || env.KONTOR_SMS_TOKEN === undefined ? {} : { sms: { url: env.KONTOR_SMS_URL, token: env.KONTOR_SMS_TOKEN } }),
    ...(p12 === undefined || password === undefined ? {} : { seal: { p12, password } }),
    ...(env.KONTOR_TSA_URL === undefined ? {} : { tsaUrl: env.KONTOR_TSA_URL }),
    ...(oidcStaff === undefined ? {} : { oidcStaff }),
    ...(oidcEid === undefined ? {} : { oidcEid }),
    ...(env.KONTOR_BANK_HOLDER === undefined || env.KONTOR_BANK_IBAN === undefined
      ? {}
      : {
          bankAccount: {
            holder: env.KONTOR_BANK_HOLDER,
            iban: env.KONTOR_BANK_IBAN,
            ...(env.KONTOR_BANK_BIC === undefined ? {} : { bic: env.KONTOR_BANK_BIC }),
          },
        }),
    ...(fitConnect === undefined ? {} : { fitConnect }),
    ...(env.KONTOR_BASEMAP_URL === undefined ? {} : { basemapUrl: env.KONTOR_BASEMAP_URL }),
    rateLimit: env.KONTOR_RATE_LIMIT,
    trustedProxies: env.KONTOR_TRUSTED_PROXIES,
    ...mqttPortOf(env),
    ...cotPortsOf(env),
    outboundHosts: env.KONTOR_OUTBOUND_HOSTS,
  };
}

/** For commands that need nothing else of the environment. In a demo nobody publishes in the name of a real city. */
export const cityName = ({ KONTOR_CITY: city = '' }: Readonly<Record<string, unknown>>): string =>
  typeof city === 'string' && city.trim() !== '' ? city.replaceAll(/\p{Cc}+/gu, ' ').trim() : 'Demo-Stadt';

/** The usual port in a demo; in production only where it was asked for. */
function mqttPortOf({ KONTOR_MQTT_PORT: port, KONTOR_ENV: kind }: Environment): Pick<Config, 'mqttPort'> {
  if (port === 'off' || (port === undefined && kind === 'production')) return {};
  return { mqttPort: port ?? 1883 };
}

/** Without certificates anybody in the network could send: in production only where it was asked for. */
function cotPortsOf(env: Environment): Pick<Config, 'cotPort' | 'cotTls'> {
  const { KONTOR_COT_PORT: plain, KONTOR_COT_TLS_PORT: port, KONTOR_COT_TLS_CERT: cert, KONTOR_COT_TLS_KEY: key, KONTOR_COT_TLS_CA: ca } = env;
  const off = plain === 'off' || (plain === undefined && env.KONTOR_ENV === 'production');
  const tls = port === undefined || cert === undefined || key === undefined || ca === undefined ? {} : { cotTls: { port, cert, key, ca } };
  return { ...(off ? {} : { cotPort: plain ?? 8087 }), ...tls };
}

/** The demo city's own secret: made at the first start, readable by its user only. */
function keptSecret(dataDirectory: string): string {
  const path = join(dataDirectory, 'secret');
  if (existsSync(path)) return readFileSync(path, 'utf8');
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, randomBytes(32).toString('hex'), { mode: 0o600 });
  try {
    // A link is made whole or not at all: of several starting processes exactly one is the maker.
    linkSync(mine, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(mine);
  }
  return readFileSync(path, 'utf8');
}
