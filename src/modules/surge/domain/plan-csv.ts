import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { CLOSING_MINUTES, GATE_KINDS, type GateFacts, type PolderFacts } from './gates.ts';
import { numberOf } from './forecast-csv.ts';

export const PLAN_COLUMNS = [
  'polder',
  'polderName',
  'people',
  'facilities',
  'gate',
  'gateName',
  'kind',
  'closingMetres',
  'closingMinutes',
  'pilot',
  'lon',
  'lat',
  'streamId',
] as const;

export interface PlanPolder extends PolderFacts {
  readonly gates: readonly Omit<GateFacts, 'polder'>[];
}

/** Reads polders and gates, one row a gate, with `;` between the columns of `PLAN_COLUMNS`; the first row names them. */
export function readPlanCsv(text: string): Result<readonly PlanPolder[], Problem<'invalid-input'>> {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const names = (lines[0] ?? '').split(';').map((name) => name.trim());
  const missing = PLAN_COLUMNS.filter((column) => column !== 'streamId' && column !== 'closingMinutes' && !names.includes(column));
  if (missing.length > 0)
    return refuse(invalidField('csv', `Die erste Zeile muss die Spalten nennen: ${PLAN_COLUMNS.join(';')}. Es fehlt: ${missing.join(', ')}.`));
  const polders = new Map<string, { facts: PolderFacts; gates: Omit<GateFacts, 'polder'>[] }>();
  for (const [index, line] of lines.slice(1).entries()) {
    const row = Object.fromEntries(line.split(';').map((cell, column) => [names[column] ?? '', cell.trim().replace(/^"(.*)"$/, '$1')]));
    const gate = gateOf(row);
    if (gate === undefined) return refuse(invalidField('csv', `Zeile ${index + 2}: Art (${GATE_KINDS.join(', ')}), Schließhöhe oder Ort sind nicht zu lesen.`));
    const code = row['polder'] ?? '';
    const known = polders.get(code);
    if (known === undefined)
      polders.set(code, {
        facts: {
          code,
          name: row['polderName'] ?? '',
          people: whole(row['people']),
          facilities: whole(row['facilities']),
          lon: gate.lon,
          lat: gate.lat,
          synthetic: false,
        },
        gates: [gate],
      });
    else known.gates.push(gate);
  }
  return ok([...polders.values()].map(({ facts, gates }) => ({ ...facts, gates })));
}

const whole = (text: string | undefined): number => (/^\d{1,7}$/.test(text ?? '') ? Number(text) : 0);

function gateOf(row: Readonly<Record<string, string>>): Omit<GateFacts, 'polder'> | undefined {
  const kind = GATE_KINDS.find((one) => one === (row['kind'] ?? '').toLowerCase());
  const closingMetres = numberOf(row['closingMetres'] ?? '');
  const [lon, lat] = [Number((row['lon'] ?? 'x').replace(',', '.')), Number((row['lat'] ?? 'x').replace(',', '.'))];
  if (kind === undefined || closingMetres === undefined || !Number.isFinite(lon) || !Number.isFinite(lat)) return undefined;
  const minutes = whole(row['closingMinutes']);
  const streamId = whole(row['streamId']);
  return {
    code: row['gate'] ?? '',
    name: row['gateName'] ?? '',
    kind,
    closingMetres,
    closingMinutes: minutes === 0 ? CLOSING_MINUTES[kind] : minutes,
    pilot: row['pilot'] ?? '',
    lon,
    lat,
    streamId: streamId === 0 ? null : streamId,
  };
}
