import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Output } from './command.ts';

export const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

export interface CityImport {
  readonly path: string;
  readonly collection: string;
  readonly city: string;
  /** File with the access key of a device. */
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Order {
  readonly state: string;
  readonly message: string | null;
  readonly notes: readonly string[];
  readonly rowsRead: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

const LOOK_MS = 1000;

/** Hands a file to a running city and waits until it has been read. @returns the exit status */
export async function importToCity({ path, collection, city, key, fields }: CityImport, out: Output): Promise<number> {
  const origin = URL.parse(city)?.origin;
  const secret = await readFile(key, 'utf8').catch(() => undefined);
  const file = isAddress(path) ? undefined : await openAsBlob(path).catch(() => undefined);
  if (origin === undefined || origin === 'null') return complain(out, `«${city}» ist keine Adresse. Schreiben Sie sie wie https://stadt.example.`);
  if (secret === undefined) return complain(out, `${key}: Die Datei gibt es nicht. Sie enthält den Zugangsschlüssel eines Geräts.`);
  if (file === undefined)
    return complain(
      out,
      isAddress(path) ? 'Von einer Adresse holt die Stadt selbst: auf der Seite /verwaltung/daten.' : `Die Datei ${path} gibt es nicht. Prüfen Sie den Namen.`,
    );
  const ask = asker(origin, secret.trim(), out);
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('file', file, basename(path));
  const ordered = await ask<{ readonly id: string }>(`/api/geodata/collections/${encodeURIComponent(collection)}/imports`, { method: 'POST', body });
  if (ordered === undefined) return 1;
  out.print(`Die Stadt hat die Datei: ${origin}/verwaltung/importe/${ordered.id}`);
  for (let told = 0; ;) {
    const order = await ask<Order>(`/api/geodata/imports/${ordered.id}`, {});
    if (order === undefined) return 1;
    if (!['waiting', 'fetching', 'reading'].includes(order.state)) return report(order, out);
    if (order.rowsRead - told >= 10_000) out.print(`  ${(told = order.rowsRead)} Zeilen gelesen`);
    await sleep(LOOK_MS);
  }
}

function asker(origin: string, secret: string, out: Output) {
  return async <T>(path: string, init: RequestInit): Promise<T | undefined> => {
    const answer = await fetch(`${origin}${path}`, { ...init, headers: { authorization: `Bearer ${secret}` }, redirect: 'error' }).catch(() => undefined);
    if (answer === undefined) return void complain(out, `${origin} antwortet nicht. Prüfen Sie die Adresse, und ob die Stadt läuft.`);
    const data = (await answer.json().catch(() => undefined)) as (T & { readonly detail?: string }) | undefined;
    if (answer.ok && data !== undefined) return data;
    return void complain(out, data?.detail ?? `Die Stadt antwortet mit ${answer.status}.`);
  };
}

function complain(out: Output, sentence: string): 1 {
  out.complain(sentence);
  return 1;
}

function report({ state, message, notes, rowsRead, created, changed, unchanged, rejected }: Order, out: Output): number {
  for (const note of notes) out.print(note);
  if (message !== null) (state === 'done' ? out.print : out.complain)(message);
  out.print(`${rowsRead} Zeilen: ${created} neu, ${changed} geändert, ${unchanged} gleich, ${rejected} abgewiesen.`);
  return state === 'done' ? 0 : 1;
}
