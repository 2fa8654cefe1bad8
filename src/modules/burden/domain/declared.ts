import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { MEASURE_KINDS, type MeasureKind, type ServiceFacts } from './burden.ts';
import type { BurdenProblem } from './problems.ts';

/** A change as somebody typed it. */
export interface TypedMeasure {
  readonly kind: string;
  readonly target: string;
  /** Absent where what was typed is no day. */
  readonly effectiveOn: Temporal.PlainDate | undefined;
  readonly reason: string;
}

export interface DeclaredMeasure {
  readonly kind: MeasureKind;
  readonly target: string | null;
  readonly effectiveOn: Temporal.PlainDate;
  readonly reason: string;
}

const SHORTEST_REASON = 10;
const LONGEST_REASON = 2000;
/** Before this day nobody measured, and later than so many years ahead nobody knows. */
const EARLIEST = Temporal.PlainDate.from('2000-01-01');
const YEARS_AHEAD = 2;

/** What a measure may be about: documents for a register, fields that are typed today for prefilling. */
export function targetsOf({ documents, fields }: Pick<ServiceFacts, 'documents' | 'fields'>): Readonly<Record<'once-only' | 'prefilled', readonly string[]>> {
  return {
    'once-only': documents.map(({ id }) => id),
    prefilled: fields.filter(({ prefilled, kind }) => !prefilled && kind !== 'file').map(({ id }) => id),
  };
}

/** Reads a declared change, all mistakes at once. */
export function readMeasure(typed: TypedMeasure, facts: ServiceFacts, today: Temporal.PlainDate): Result<DeclaredMeasure, BurdenProblem> {
  const problems: FieldProblem[] = [];
  const kind = MEASURE_KINDS.find((one) => one === typed.kind);
  if (kind === undefined) problems.push({ field: 'kind', message: 'Wählen Sie, was sich geändert hat.' });
  if (kind !== undefined && kind !== 'visit-ended' && !targetsOf(facts)[kind].includes(typed.target)) {
    const message = kind === 'once-only' ? 'Wählen Sie einen Nachweis, den diese Leistung verlangt.' : 'Wählen Sie ein Feld, das heute noch getippt wird.';
    problems.push({ field: 'target', message });
  }
  const day = typed.effectiveOn;
  const latest = today.add({ years: YEARS_AHEAD });
  if (day === undefined) problems.push({ field: 'effectiveOn', message: 'Geben Sie den Tag an, etwa 29.11.2026.' });
  else if (Temporal.PlainDate.compare(day, EARLIEST) < 0 || Temporal.PlainDate.compare(day, latest) > 0)
    problems.push({ field: 'effectiveOn', message: `Der Tag muss zwischen dem ${formatGermanDate(EARLIEST)} und dem ${formatGermanDate(latest)} liegen.` });
  const reason = typed.reason.trim();
  if (reason.length < SHORTEST_REASON || reason.length > LONGEST_REASON)
    problems.push({
      field: 'reason',
      message: `Nennen Sie den Grund in ${SHORTEST_REASON} bis ${LONGEST_REASON} Zeichen. Er steht öffentlich bei der Änderung.`,
    });
  if (kind === undefined || day === undefined || problems.length > 0) return refuse(invalidFields(problems));
  return ok({ kind, target: kind === 'visit-ended' ? null : typed.target, effectiveOn: day, reason });
}
