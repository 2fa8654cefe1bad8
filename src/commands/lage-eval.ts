import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { codeOf } from '../kernel/error-code.ts';
import { evaluateSet, lineOf, madeSet, readLine, type LabelledReport, type SetFigures, type TrackPoint } from '../modules/reports/public.ts';
import type { Output } from './command.ts';

const OPTIONS = {
  make: { type: 'string' },
  events: { type: 'string', default: '60' },
  cutoff: { type: 'string', default: '100' },
  json: { type: 'boolean', default: false },
} as const;

/** How `./kontor lage eval` is called. */
export const LAGE_EVAL_USAGE = [
  {
    call: 'lage eval DATEI [--cutoff METER] [--json]',
    does: 'Misst an einer Datei mit Lösungen (JSON Lines), wie gut Meldungen zu Ereignissen zusammengeführt werden: paarweise Genauigkeit und Vollständigkeit, falsche Zusammenlegungen, und für Spuren GOSPA und vertauschte Kennungen.',
  },
  { call: 'lage eval --make ZAHL [--events ANZAHL]', does: 'Schreibt eine gemachte Datei mit Lösungen; dieselbe Zahl macht dieselbe Datei.' },
] as const;

/** Mistakes named at most; a wrong file is wrong in every line. */
const MISTAKES_SHOWN = 10;
const MOST_LINES = 1_000_000;

/** @returns the exit status: 0 measured, 1 the file is not right, 2 called wrongly */
export async function lageEval(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [file, ...more] = positionals;
  const whole = (text: string): boolean => /^\d{1,6}$/.test(text);
  if (!whole(values.events) || !whole(values.cutoff) || Number(values.cutoff) === 0) return 2;
  if (values.make !== undefined) {
    if (file !== undefined || !/^\d{1,9}$/.test(values.make)) return 2;
    for (const report of madeSet(Number(values.make), Number(values.events))) out.print(lineOf(report));
    return 0;
  }
  if (file === undefined || more.length > 0) return 2;
  const read = await readSet(file, out);
  if (read === undefined) return 1;
  const figures = evaluateSet(read, Number(values.cutoff));
  if (values.json) out.print(JSON.stringify(figures, null, 2));
  else printFigures(figures, out);
  return 0;
}

interface ReadSet {
  readonly reports: LabelledReport[];
  readonly truth: TrackPoint[];
  readonly estimates: TrackPoint[];
}

async function readSet(file: string, out: Output): Promise<ReadSet | undefined> {
  const found: ReadSet = { reports: [], truth: [], estimates: [] };
  let [line, mistakes] = [0, 0];
  try {
    for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
      line++;
      if (line > MOST_LINES) {
        out.complain(`Die Datei hat mehr als ${MOST_LINES} Zeilen. Teilen Sie sie.`);
        return undefined;
      }
      if (text.trim() === '') continue;
      const read = readLine(text);
      if ('wrong' in read) {
        mistakes++;
        if (mistakes <= MISTAKES_SHOWN) out.complain(`Zeile ${line}: ${read.wrong}`);
      } else if ('report' in read) found.reports.push(read.report);
      else (read.truth ? found.truth : found.estimates).push(read.track);
    }
  } catch (error) {
    if (!['ENOENT', 'EISDIR', 'EACCES'].includes(codeOf(error) ?? '')) throw error;
    out.complain(`Die Datei «${file}» ist nicht zu lesen. Prüfen Sie den Namen.`);
    return undefined;
  }
  if (mistakes > 0) {
    out.complain(`${mistakes} Zeilen sind nicht zu lesen. Wie eine Zeile aussieht, steht in docs/how-to/reports-evaluation.md.`);
    return undefined;
  }
  return found;
}

function printFigures({ pairs, repeats, contradictions, tracks }: SetFigures, out: Output): void {
  const share = (value: number): string => value.toFixed(3);
  out.print(`Meldungen: ${pairs.reports}, davon ${repeats} Wiederholungen derselben Quelle`);
  out.print(`Ereignisse: ${pairs.events} wirkliche, ${pairs.foundEvents} gefundene`);
  out.print(`Genauigkeit der Paare: ${share(pairs.precision)} (${pairs.rightPairs} von ${pairs.foundPairs})`);
  out.print(`Vollständigkeit der Paare: ${share(pairs.recall)} (${pairs.rightPairs} von ${pairs.truePairs})`);
  out.print(`F1: ${share(pairs.f1)}`);
  out.print(`Falsch zusammengelegt: ${pairs.falseMerges} Ereignisse; zerteilt: ${pairs.split}; übersehene Paare: ${pairs.truePairs - pairs.rightPairs}`);
  out.print(`Widersprüche gefunden: ${contradictions}`);
  if (tracks === undefined) return;
  out.print(
    `Spuren: ${tracks.moments} Zeitpunkte, GOSPA im Mittel ${tracks.meanGospaMetres.toFixed(1)} m (p = 2, alpha = 2), Abweichung ${tracks.rmsMetres.toFixed(1)} m`,
  );
  out.print(`Spuren: ${tracks.missed} übersehen, ${tracks.false} falsch, ${tracks.idSwitches} vertauschte Kennungen`);
}
