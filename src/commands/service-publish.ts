import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { zip } from '../platform/files/zip.ts';
import { cityClient, type Ask } from './city-client.ts';
import type { Output } from './command.ts';

export const PUBLISH_USAGE = {
  call: 'service publish ORDNER --city ADRESSE --session DATEI [--reason GRUND]',
  does: 'Prüft eine neue Fassung einer Leistung in der laufenden Stadt und sagt, was sich ändert. Mit --reason geht sie in Kraft, wenn sie keinen Fehler hat. DATEI enthält das Sitzungs-Cookie einer angemeldeten Person der Verwaltung.',
} as const;

interface Finding {
  readonly level: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

interface Check {
  readonly key: string;
  readonly version: string | null;
  readonly inForce: string | null;
  readonly publishable: boolean;
  readonly obstacle: string | null;
  readonly findings: readonly Finding[];
  readonly diff: {
    readonly safe: boolean;
    readonly changes: readonly { readonly area: string; readonly what: string; readonly unsafe: string | null }[];
  } | null;
}

/** `service publish`; who publishes stands in the city's journal, so it takes a sign-in. @returns the exit status; 2: called wrongly */
export async function publishService(args: readonly string[], out: Output, ask: Ask = fetch): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { city: { type: 'string' }, session: { type: 'string' }, reason: { type: 'string' } },
    allowPositionals: true,
  });
  const { city, session, reason } = values;
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0 || city === undefined || session === undefined) return 2;
  const client = await cityClient(city, session, out, ask);
  const packed = await pack(folder);
  if (packed === undefined) out.complain(`${folder}: Der Ordner hat keine service.yaml.`);
  if (client === undefined || packed === undefined) return 1;
  const checked = await client.call<Check>('/api/services/checks', posted(packed, {}));
  if (checked === undefined) return 1;
  report(checked, out);
  if (!checked.publishable) return 1;
  if (reason === undefined) {
    out.print('Veröffentlicht ist noch nichts. Nennen Sie mit --reason den Grund.');
    return 0;
  }
  const done = await client.call<{ readonly key: string; readonly version: string }>('/api/services/publications', posted(packed, { reason }));
  if (done === undefined) return 1;
  out.print(`${done.key}: Fassung ${done.version} ist in Kraft. Laufende Vorgänge behalten ihre: ${client.origin}/verwaltung/leistungen/${done.key}`);
  return 0;
}

function posted(packed: Uint8Array, fields: Readonly<Record<string, string>>): RequestInit {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('file', new Blob([new Uint8Array(packed)]), 'leistung.zip');
  return { method: 'POST', body };
}

/** The folder as a ZIP file; `undefined` where it is no package. */
async function pack(folder: string): Promise<Uint8Array | undefined> {
  const root = resolve(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((one) => one.isFile() && /\.(yaml|dmn|typ)$/.test(one.name)).map((one) => join(one.parentPath, one.name));
  if (!files.includes(join(root, 'service.yaml'))) return undefined;
  const read = await Promise.all(files.toSorted().map(async (path) => ({ name: `${basename(root)}/${relative(root, path)}`, bytes: await readFile(path) })));
  return zip(read);
}

function report({ key, version, inForce, obstacle, findings, diff }: Check, out: Output): void {
  for (const { level, file, line, column, message } of findings)
    out.complain(`${file}:${line}:${column} ${level === 'error' ? 'Fehler' : 'Hinweis'}: ${message}`);
  out.print(inForce === null ? `${key}: neue Leistung, Fassung ${version ?? 'unlesbar'}` : `${key}: Fassung ${inForce} → ${version ?? 'unlesbar'}`);
  for (const { area, what, unsafe } of diff?.changes ?? []) out.print(`  ${area}: ${what}${unsafe === null ? '' : `\n    Achtung: ${unsafe}`}`);
  if (obstacle !== null) out.complain(obstacle);
}
