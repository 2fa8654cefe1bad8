import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { cityClient, type Ask } from './city-client.ts';
import type { Output } from './command.ts';
import { bytesOf } from './read-file.ts';

export const XDOMEA_TAKE_USAGE = {
  call: 'exchange xdomea take DATEI --city ADRESSE --session SITZUNG [--service LEISTUNG] [--authority BEHOERDE] [--record VORGANG] [--answers ANGABEN.json]',
  does: 'Gibt der laufenden Stadt einen Vorgang einer anderen Behörde (xdomea 0401, 0503; ZIP): abgeschlossen wird er eine Akte, laufend mit --answers ein Antrag. SITZUNG enthält das Sitzungs-Cookie einer angemeldeten Person der aufnehmenden Behörde.',
} as const;

/** @returns the exit status; 2: called wrongly */
export async function takeXdomea(args: readonly string[], out: Output, ask: Ask = fetch): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { city: text, session: text, service: text, authority: text, record: text, answers: text };
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { city, session, answers, ...said } = values;
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0 || city === undefined || session === undefined) return 2;
  const client = await cityClient(city, session, out, ask);
  const bytes = client === undefined ? undefined : await bytesOf(path, out);
  if (client === undefined || bytes === undefined) return 1;
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(bytes)]), basename(path));
  if (answers !== undefined) {
    const given = await readFile(answers, 'utf8').catch(() => undefined);
    if (given === undefined) {
      out.complain(`${answers}: Die Datei gibt es nicht. Prüfen Sie den Pfad.`);
      return 1;
    }
    body.append('answers', given);
  }
  const query = new URLSearchParams(Object.entries(said)).toString();
  const address = `/api/exchange/xdomea/cases${query === '' ? '' : `?${query}`}`;
  const done = await client.call<{ fileNumber: string; repeated: boolean }>(address, { method: 'POST', body });
  if (done === undefined) return 1;
  out.print(`Vorgang ${done.fileNumber}${done.repeated ? ', war schon da' : ''}`);
  return 0;
}
