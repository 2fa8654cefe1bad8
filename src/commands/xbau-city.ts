import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { cityClient, type Ask } from './city-client.ts';
import type { Output } from './command.ts';
import { laidDown, type Packed } from './lay-down.ts';

const SESSION = 'SITZUNG enthält das Sitzungs-Cookie einer angemeldeten Person der Behörde; im Journal steht, wer es war.';

export const XBAU_CITY_USAGE = [
  {
    call: 'exchange xbau send VORGANG --message NUMMER --city ADRESSE --session SITZUNG --into ORDNER',
    does: `Holt einen Vorgang aus der laufenden Stadt als Nachricht in XBau 2.6 (0200, 0201, 0202, 0205, 1120). ${SESSION}`,
  },
  {
    call: 'exchange xbau take DATEI... --city ADRESSE --session SITZUNG --into ORDNER [--place LÄNGE,BREITE]',
    does: `Gibt der laufenden Stadt einen Bauantrag (0200) oder seine Änderung (0202); die Eingangsbestätigung (1120) liegt danach im Ordner. ${SESSION}`,
  },
] as const;

const CHECK = 'exchange xbau check';

/** `send` and `take`: a running city, as somebody who is signed in. @returns the exit status; 2: called wrongly */
export async function xbauOfCity(what: 'send' | 'take', args: readonly string[], out: Output, ask: Ask = fetch): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { city: text, session: text, into: text, message: text, place: text };
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { city, session, into, message, place } = values;
  if (city === undefined || session === undefined || into === undefined || positionals.length === 0) return 2;
  if (what === 'send' ? message === undefined || place !== undefined || positionals.length > 1 : message !== undefined) return 2;
  const client = await cityClient(city, session, out, ask);
  if (client === undefined) return 1;
  if (what === 'send') {
    const packed = await client.call<Packed>(`/api/cases/${encodeURIComponent(positionals[0]!)}/xbau/${encodeURIComponent(message!)}`);
    return packed === undefined ? 1 : laidDown(packed, into, CHECK, out);
  }
  const query = /^(-?[\d.]+),(-?[\d.]+)$/.exec(place ?? '');
  if (place !== undefined && query === null) return 2;
  const body = await formOf(positionals, out);
  if (body === undefined) return 1;
  const at = query === null ? '' : `?lon=${query[1]!}&lat=${query[2]!}`;
  const done = await client.call<{ fileNumber: string; repeated: boolean; reply: Packed | null }>(`/api/exchange/xbau${at}`, { method: 'POST', body });
  if (done === undefined) return 1;
  out.print(`Vorgang ${done.fileNumber}${done.repeated ? ', war schon da' : ''}`);
  return done.reply === null ? 0 : laidDown(done.reply, into, CHECK, out);
}

/** The files of one message as a form. */
async function formOf(paths: readonly string[], out: Output): Promise<FormData | undefined> {
  const body = new FormData();
  for (const path of paths) {
    if ((await stat(path).catch(() => undefined))?.isFile() !== true) {
      out.complain(`${path}: Die Datei gibt es nicht. Prüfen Sie den Pfad.`);
      return undefined;
    }
    body.append('file', new Blob([await readFile(path)]), basename(path));
  }
  return body;
}
