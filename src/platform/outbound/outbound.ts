import { lookup as dnsLookup } from 'node:dns/promises';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { codeOf } from '../../kernel/error-code.ts';
import type { Problem } from '../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { isPublicAddress } from './public-address.ts';
import type { Admitted, Outbound, OutboundWish } from './port.ts';

interface Resolved {
  readonly address: string;
  readonly family: number;
}

export interface OutboundOptions {
  /** `host` or `host:port` of the city's own network. */
  readonly allowedHosts: readonly string[];
  /** All addresses of a name; tests bring their own. */
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>;
}

const MOST_REDIRECTS = 5;
/** Between two bytes. */
const SILENCE_MS = 30_000;

/** A refusal on its way out of streams and callbacks. */
class Refused extends Error {
  readonly problem: Problem;
  constructor(detail: string) {
    super(detail);
    this.problem = { kind: 'unavailable', detail };
  }
}

/** The one client for addresses that people type in. */
export function createOutbound(options: OutboundOptions): Outbound {
  const guard = new Guard(options);
  return {
    text: (url, wish) =>
      answered(async () => {
        const opened = await open(guard, url, wish);
        const { response, release } = opened;
        try {
          const chunks: Uint8Array[] = [];
          for await (const chunk of bounded(opened, wish.maxBytes)) chunks.push(chunk);
          const type = response.headers['content-type'] ?? '';
          return { text: textOf(Buffer.concat(chunks), type), mediaType: type.split(';')[0]!.trim().toLowerCase() };
        } finally {
          release();
        }
      }),
    download: (url, path, wish) =>
      answered(async () => {
        const opened = await open(guard, url, wish);
        const { response, at, release } = opened;
        try {
          let sizeBytes = 0;
          await pipeline(
            bounded(opened, wish.maxBytes, (bytes) => (sizeBytes += bytes)),
            createWriteStream(path, { flags: 'wx', mode: 0o600 }),
          );
          return { sizeBytes, name: nameOf(response, at) };
        } catch (error) {
          await rm(path, { force: true });
          throw error;
        } finally {
          release();
        }
      }),
    admit: (url, protocols) => answered(() => guard.admit(url, protocols)),
  };
}

/** UTF-8; else Windows-1252, as German offices still write it. */
function textOf(bytes: Uint8Array, type: string): string {
  if (/charset="?(iso-8859-1|iso-8859-15|windows-1252|latin1)/i.test(type)) return new TextDecoder('windows-1252').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

async function answered<T>(work: () => Promise<T>): Promise<Result<T, Problem>> {
  try {
    return ok(await work());
  } catch (error) {
    return refuse(plain(error).problem);
  }
}

class Guard {
  readonly #allowed: readonly URL[];
  readonly #resolve: NonNullable<OutboundOptions['resolve']>;

  constructor({ allowedHosts, resolve = (host) => dnsLookup(host, { all: true }) }: OutboundOptions) {
    this.#allowed = allowedHosts.flatMap((entry) => URL.parse(`tcp://${entry}`) ?? []);
    this.#resolve = resolve;
  }

  async admit(text: string, protocols: readonly string[]): Promise<Admitted> {
    const url = URL.parse(text);
    if (url === null || !protocols.includes(url.protocol) || url.hostname === '')
      throw new Refused(
        `„${text.slice(0, 200)}“ ist keine Adresse, die hier geht. Schreiben Sie sie mit ${protocols.map((one) => `${one}//`).join(' oder ')}.`,
      );
    if (url.username !== '' || url.password !== '')
      throw new Refused('Die Adresse enthält ein Passwort. Geheimnisse stehen nur in der Umgebung der Stadt; nehmen Sie es heraus.');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const found = isIP(host) === 0 ? await this.#resolve(host).catch(() => []) : [{ address: host, family: isIP(host) }];
    const [first] = found;
    if (first === undefined) throw new Refused(`Den Rechner ${host} gibt es nicht. Prüfen Sie die Adresse.`);
    if (!this.#listed(url) && !found.every(({ address }) => isPublicAddress(address)))
      throw new Refused(
        `${host} liegt in einem Netz, das nicht öffentlich ist. Soll die Stadt dort lesen, nimmt ihre IT den Rechner in KONTOR_OUTBOUND_HOSTS auf.`,
      );
    const addresses = found.map(({ address, family }) => ({ address, family }));
    const lookup: LookupFunction = (_host, { all }, done) => (all === true ? done(null, addresses) : done(null, first.address, first.family));
    return { url, host, lookup };
  }

  #listed(url: URL): boolean {
    return this.#allowed.some(({ hostname, port }) => hostname.toLowerCase() === url.hostname.toLowerCase() && (port === '' || port === portOf(url)));
  }
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'mqtt:': '1883', 'mqtts:': '8883' };
const portOf = ({ port, protocol }: URL): string => (port === '' ? (DEFAULT_PORTS[protocol] ?? '') : port);

interface Opened {
  readonly response: IncomingMessage;
  /** Where the answer came from in the end. */
  readonly at: URL;
  readonly limit: AbortSignal;
  /** Ends the time limit and what is left of the connection. */
  readonly release: () => void;
}

/** Every step of a redirect is admitted anew; a secret never goes to another origin. */
async function open(guard: Guard, text: string, wish: OutboundWish): Promise<Opened> {
  const limit = new AbortController();
  const late = new Refused(`Die Antwort war nach ${Math.round(wish.timeoutMs / 1000)} Sekunden nicht vollständig da. Versuchen Sie es später noch einmal.`);
  const timer = setTimeout(() => limit.abort(late), wish.timeoutMs);
  const over = new Promise<never>((_resolve, reject) => limit.signal.addEventListener('abort', () => reject(late), { once: true }));
  over.catch(() => {});
  let headers = wish.headers ?? {};
  let next = text;
  try {
    for (let step = 0; step <= MOST_REDIRECTS; step += 1) {
      // resolving a name cannot be ended, only waited for no longer
      const admitted = await Promise.race([guard.admit(next, ['https:', 'http:']), over]);
      const response = await ask(admitted, headers, limit.signal);
      const to = redirectOf(response, admitted.url);
      if (to === undefined) {
        const release = (): void => {
          clearTimeout(timer);
          response.destroy();
        };
        try {
          checkHead(response, wish.maxBytes);
        } catch (error) {
          release();
          throw error;
        }
        return { response, at: admitted.url, limit: limit.signal, release };
      }
      response.destroy();
      if (to.origin !== admitted.url.origin) headers = withoutSecrets(headers);
      next = to.href;
    }
    throw new Refused(`Die Adresse leitet mehr als ${MOST_REDIRECTS}-mal weiter. Nehmen Sie die Adresse, zu der sie am Ende führt.`);
  } catch (error) {
    clearTimeout(timer);
    throw limit.signal.aborted ? late : error;
  }
}

function ask({ url, lookup }: Admitted, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, lookup, signal, headers: { 'user-agent': 'Kontor', accept: '*/*', ...headers, 'accept-encoding': 'identity' } });
    sent.setTimeout(SILENCE_MS, () => sent.destroy(new Refused('Der Rechner antwortet nicht mehr. Versuchen Sie es später noch einmal.')));
    sent.on('response', resolve).on('error', reject).end();
  });
}

function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  const to = URL.parse(location, from);
  if (to === null) throw new Refused('Die Adresse leitet zu einer weiter, die keine ist. Fragen Sie, wer die Daten anbietet.');
  return to;
}

const withoutSecrets = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^(accept|user-agent)$/i.test(name)));

function checkHead({ statusCode = 0, headers }: IncomingMessage, maxBytes: number): void {
  if (statusCode < 200 || statusCode > 299)
    throw new Refused(
      statusCode === 401 || statusCode === 403
        ? `Der Rechner lässt uns nicht lesen (${statusCode}). Prüfen Sie, ob die Daten einen Schlüssel brauchen.`
        : `Der Rechner antwortet mit ${statusCode} statt mit Daten. Prüfen Sie die Adresse.`,
    );
  if (!['', 'identity'].includes(headers['content-encoding'] ?? ''))
    throw new Refused('Die Antwort kommt gepackt, obwohl sie ungepackt verlangt war. Nehmen Sie eine andere Adresse.');
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

const tooLarge = (maxBytes: number): Refused => new Refused(`Die Antwort ist größer als ${Math.floor(maxBytes / 1_000_000)} MB. Teilen Sie die Daten.`);

/** The body as far as it may go. */
async function* bounded({ response, limit }: Opened, maxBytes: number, count: (bytes: number) => void = () => {}): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    for await (const chunk of response) {
      const bytes = chunk as Uint8Array;
      received += bytes.length;
      if (received > maxBytes) throw tooLarge(maxBytes);
      count(bytes.length);
      yield bytes;
    }
  } catch (error) {
    throw limit.aborted ? limit.reason : error;
  }
}

function nameOf({ headers }: IncomingMessage, { pathname, hostname }: URL): string {
  const disposition = /filename\*?="?(?:UTF-8'')?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1];
  const end = disposition ?? (basename(pathname) || hostname);
  try {
    return basename(decodeURIComponent(end)).slice(0, 200);
  } catch {
    return basename(end).slice(0, 200);
  }
}

/** What Node says, as a sentence. */
function plain(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (!(error instanceof Error)) throw error;
  if (error.cause instanceof Refused) return error.cause;
  const code = codeOf(error) ?? '';
  if (code === 'ECONNREFUSED') return new Refused('Der Rechner nimmt keine Verbindung an. Prüfen Sie Adresse und Port.');
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return new Refused('Den Rechner gibt es nicht. Prüfen Sie die Adresse.');
  if (code === 'ENOSPC') return new Refused('Auf der Festplatte der Stadt ist kein Platz mehr. Schaffen Sie Platz und versuchen Sie es noch einmal.');
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return new Refused('Das Zertifikat des Rechners gilt nicht. Fragen Sie, wer die Daten anbietet.');
  if (/^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|HPE_|ERR_STREAM|ABORT_ERR|ERR_HTTP|ERR_INVALID)/.test(code) || error.message === 'aborted')
    return new Refused('Die Verbindung brach ab, bevor alles da war. Versuchen Sie es später noch einmal.');
  throw error;
}
