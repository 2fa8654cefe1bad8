import { parseArgs } from 'node:util';
import { cityClient, type Ask } from './city-client.ts';
import type { Output } from './command.ts';
import { laidDown, type Packed } from './lay-down.ts';

export const XDOMEA_EXPORT_USAGE = {
  call: 'exchange xdomea export VORGANG --city ADRESSE --session DATEI --into ORDNER [--to BEHOERDE]',
  does: 'Holt einen Vorgang aus der laufenden Stadt als ZIP in xdomea 3.0.0: für das Archiv (0503), mit --to für eine andere Behörde (0401). DATEI enthält das Sitzungs-Cookie einer angemeldeten Person der Behörde; im Journal steht, wer die Akte genommen hat.',
} as const;

/** @returns the exit status; 2: called wrongly */
export async function exportXdomea(args: readonly string[], out: Output, ask: Ask = fetch): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({ args: [...args], options: { city: text, session: text, into: text, to: text }, allowPositionals: true });
  const { city, session, into, to } = values;
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0 || city === undefined || session === undefined || into === undefined) return 2;
  const client = await cityClient(city, session, out, ask);
  if (client === undefined) return 1;
  const wanted = to === undefined ? 'aussonderung' : `abgabe?to=${encodeURIComponent(to)}`;
  const packed = await client.call<Packed>(`/api/cases/${encodeURIComponent(id)}/xdomea/${wanted}`);
  return packed === undefined ? 1 : laidDown(packed, into, 'exchange xdomea check', out);
}
