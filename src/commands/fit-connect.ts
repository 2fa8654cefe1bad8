import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { cityClient, type Ask, type CityClient } from './city-client.ts';
import { wrongCall, type Command, type Output } from './command.ts';
import { bytesOf } from './read-file.ts';

const ROOT = '/api/exchange/fit-connect';
const SIGNED_IN = '--city ADRESSE --session DATEI';

export const fitConnectCommand: Command = {
  usage: [
    {
      call: `fit-connect send FILE --to ZUSTELLPUNKT --service LEISTUNG ${SIGNED_IN} [--schema URI] [--attach DATEI …]`,
      does: 'Sendet die Fachdaten in FILE (JSON) über FIT-Connect. LEISTUNG ist ein Schlüssel der Stadt oder urn:de:fim:leika:leistung:…; dieselbe FILE geht an denselben Zustellpunkt einmal.',
    },
    {
      call: `fit-connect case VORGANG --to ZUSTELLPUNKT ${SIGNED_IN} [--schema URI]`,
      does: 'Gibt Angaben und Unterlagen eines eigenen Vorgangs über FIT-Connect weiter.',
    },
    { call: `fit-connect status EINREICHUNG ${SIGNED_IN}`, does: 'Sagt, wie weit eine Einreichung der Stadt ist.' },
    { call: `fit-connect list ${SIGNED_IN}`, does: 'Zeigt, was über FIT-Connect kam und ging, und welchen Ereignissen nicht geglaubt wurde.' },
    { call: `fit-connect pick-up ${SIGNED_IN}`, does: 'Holt jetzt ab, was bei den Zustellpunkten der Stadt wartet.' },
  ],
  run: (args, out) => runFitConnect(args, out),
};

interface Options {
  readonly to?: string | undefined;
  readonly service?: string | undefined;
  readonly schema?: string | undefined;
  readonly attach?: readonly string[] | undefined;
}

/** @returns the exit status; 2: called wrongly */
export async function runFitConnect(args: readonly string[], out: Output, ask: Ask = fetch): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { city: text, session: text, to: text, service: text, schema: text, attach: { type: 'string', multiple: true } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [what = '', about, ...more] = positionals;
  const { city, session } = values;
  if (city === undefined || session === undefined || more.length > 0) return wrongCall(fitConnectCommand, out);
  const client = await cityClient(city, session, out, ask);
  if (client === undefined) return 1;
  const done = await perform(client, what, about, values, out);
  if (done === 'wrong') return wrongCall(fitConnectCommand, out);
  if (done === undefined) return 1;
  out.print(JSON.stringify(done, null, 2));
  return 0;
}

async function perform(client: CityClient, what: string, about: string | undefined, options: Options, out: Output): Promise<unknown> {
  if (what === 'list' && about === undefined) return client.call(ROOT);
  if (what === 'pick-up' && about === undefined) return client.call(`${ROOT}/pick-up`, { method: 'POST' });
  if (what === 'status' && about !== undefined) return client.call(`${ROOT}/submissions/${encodeURIComponent(about)}`);
  if (what === 'case' && about !== undefined && options.to !== undefined) {
    const body = { destinationId: options.to, ...(options.schema === undefined ? {} : { schemaUri: options.schema }) };
    return client.call(`/api/cases/${encodeURIComponent(about)}/fit-connect`, posted(body));
  }
  if (what === 'send' && about !== undefined && options.to !== undefined && options.service !== undefined) return send(client, about, options, out);
  return 'wrong';
}

const posted = (body: object): RequestInit => ({ method: 'POST', body: new Blob([JSON.stringify(body)], { type: 'application/json' }) });

interface Offered {
  readonly services: readonly { readonly key: string; readonly identifier: string; readonly name: string; readonly schemaUri: string }[];
}

async function send(client: CityClient, path: string, { to = '', service = '', schema, attach = [] }: Options, out: Output): Promise<unknown> {
  const bytes = await bytesOf(path, out);
  const files = await Promise.all(attach.map(async (one) => ({ fileName: basename(one), bytes: await bytesOf(one, out) })));
  if (bytes === undefined || files.some((one) => one.bytes === undefined)) return undefined;
  const data = parsed(bytes);
  if (data === undefined) out.complain(`${path} enthält kein JSON-Objekt. Die Fachdaten sind ein Objekt nach dem Schema der Leistung.`);
  const known = data === undefined ? undefined : await client.call<Offered>(ROOT);
  if (data === undefined || known === undefined) return undefined;
  const own = known.services.find(({ key, identifier }) => key === service || identifier === service);
  const schemaUri = schema ?? own?.schemaUri;
  if (schemaUri === undefined) {
    out.complain('Diese Leistung bietet die Stadt selbst nicht an. Nennen Sie mit --schema, welchem Schema die Daten folgen.');
    return undefined;
  }
  const attachments = files.map((one) => ({
    fileName: one.fileName,
    mediaType: mediaTypeOf(one.fileName),
    base64: Buffer.from(one.bytes!).toString('base64'),
  }));
  const identified = { identifier: own?.identifier ?? service, name: own?.name ?? service };
  return client.call(
    `${ROOT}/submissions`,
    posted({ key: `file:${await keyOf(bytes)}:${to}`, destinationId: to, service: identified, schemaUri, data, attachments }),
  );
}

const keyOf = async (bytes: Uint8Array): Promise<string> => Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('hex');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  xml: 'application/xml',
};
const mediaTypeOf = (name: string): string => MEDIA_TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';

function parsed(bytes: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
