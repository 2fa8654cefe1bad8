import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { bekanntgabe, widerspruchsfrist, type Via } from './bekanntgabe.ts';
import { feiertage } from './feiertage.ts';
import { fristEnde, type Computed, type PeriodUnit, type Step } from './frist.ts';
import type { CaseProblem } from './problems.ts';
import { regimeOf, REGIMES, type Dated, type RegimeKey } from './regime.ts';

/** What the Fristenrechner answers: page, API and command line alike. */
export interface FristAnswer {
  readonly date: string;
  readonly steps: readonly Step[];
  /** Rest days and holidays between start and end that mattered or lay near. */
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
  readonly regime: string;
  /** Last day for a Widerspruch; only with a Bekanntgabe. */
  readonly widerspruchBis?: string;
  /** What the reader must know: assumptions and texts that could not be checked. */
  readonly notes: readonly string[];
}

/** Input as typed: form fields, query or command line. */
export type RawInput = Readonly<Record<string, string | undefined>>;

const FIRST_YEAR = 1990;
const LAST_YEAR = 2199;
const LONGEST: Readonly<Record<PeriodUnit, number>> = { days: 3660, weeks: 520, months: 120 };

/** `kontor frist bekanntgabe --via post|postfach --on DATE --regime bund|hh [--received DATE]` */
export function berechneBekanntgabe(raw: RawInput): Result<FristAnswer, CaseProblem> {
  const problems: FieldProblem[] = [];
  const via = oneOf(raw['via'], ['post', 'postfach'] as const, 'via', 'Wählen Sie, wie der Bescheid kam: per Post oder ins Postfach.', problems);
  const on = readDay(raw['on'], 'on', problems);
  const regime = oneOf(raw['regime'] ?? 'hh', REGIMES, 'regime', 'Wählen Sie das Recht: bund oder hh.', problems);
  const received = raw['received'] ? readDay(raw['received'], 'received', problems) : undefined;
  if (problems.length > 0 || via === undefined || on === undefined || regime === undefined) return refuse(invalidFields(problems));
  return answerBekanntgabe(via, on, regime, received);
}

function answerBekanntgabe(via: Via, on: Temporal.PlainDate, regime: RegimeKey, received: Temporal.PlainDate | undefined) {
  const known = bekanntgabe(via, on, regime, received);
  if (known === undefined) {
    return refuse(invalidFields([{ field: 'on', message: 'Für diesen Tag ist keine Regel hinterlegt. Wählen Sie einen späteren Tag.' }]));
  }
  const remedy = widerspruchsfrist(known.date, regime);
  return ok({
    date: known.date.toString(),
    widerspruchBis: remedy.date.toString(),
    steps: [...known.steps, ...remedy.steps.slice(1)],
    holidays: holidaysNear(known, remedy),
    regime: regimeOf(regime).name,
    notes: notesOf(known.parameter),
  });
}

/** `kontor frist ende --from DATE --months N|--weeks N|--days N` */
export function berechneFristende(raw: RawInput): Result<FristAnswer, CaseProblem> {
  const problems: FieldProblem[] = [];
  const from = readDay(raw['from'], 'from', problems);
  const period = readPeriod(raw, problems);
  if (problems.length > 0 || from === undefined || period === undefined) return refuse(invalidFields(problems));
  const end = fristEnde(from, period.length, period.unit);
  return ok({
    date: end.date.toString(),
    steps: end.steps,
    holidays: holidaysNear(end),
    regime: 'Bürgerliches Gesetzbuch und Verwaltungsverfahrensgesetz, Feiertage in Hamburg',
    notes: [],
  });
}

function readPeriod(raw: RawInput, problems: FieldProblem[]): { length: number; unit: PeriodUnit } | undefined {
  const named = (['months', 'weeks', 'days'] as const).filter((unit) => (raw[unit] ?? '').trim() !== '');
  const unit = named[0];
  if (unit === undefined || named.length > 1) {
    problems.push({ field: unit ?? 'months', message: 'Nennen Sie genau eine Länge: Monate, Wochen oder Tage.' });
    return undefined;
  }
  const text = raw[unit]!.trim();
  const length = Number(text);
  if (!/^\d{1,5}$/.test(text) || length < 1 || length > LONGEST[unit]) {
    problems.push({ field: unit, message: `Geben Sie eine ganze Zahl von 1 bis ${LONGEST[unit]} ein.` });
    return undefined;
  }
  return { length, unit };
}

/** Reads `2026-03-01` and `1.3.2026`; a day that does not exist is refused, not rounded. */
export function parseDay(text: string): Temporal.PlainDate | undefined {
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text.trim());
  const iso = german === null ? text.trim() : `${german[3]}-${german[2]!.padStart(2, '0')}-${german[1]!.padStart(2, '0')}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

function readDay(text: string | undefined, field: string, problems: FieldProblem[]): Temporal.PlainDate | undefined {
  const day = parseDay(text ?? '');
  if (day === undefined) {
    problems.push({ field, message: 'Geben Sie einen Tag an, den es gibt, zum Beispiel 24.11.2026.' });
    return undefined;
  }
  if (day.year < FIRST_YEAR || day.year > LAST_YEAR) {
    problems.push({ field, message: `Das Jahr muss zwischen ${FIRST_YEAR} und ${LAST_YEAR} liegen.` });
    return undefined;
  }
  return day;
}

function oneOf<T extends string>(value: string | undefined, allowed: readonly T[], field: string, message: string, problems: FieldProblem[]): T | undefined {
  const found = allowed.find((one) => one === value);
  if (found === undefined) problems.push({ field, message });
  return found;
}

const notesOf = (parameter: Dated<number>): string[] => (parameter.verified ? [] : [`${parameter.source}: ${parameter.note ?? 'nicht geprüft'}`]);

/** Rest days that moved an end, and the holidays in the fortnight around each computed day. */
function holidaysNear(...computed: readonly Computed[]): { date: string; name: string }[] {
  const found = new Map<string, string>();
  for (const { date, moved } of computed) {
    for (const rest of moved) found.set(rest.date, rest.name);
    for (const holiday of [...feiertage(date.year), ...feiertage(date.year - 1)]) {
      const days = Math.abs(date.since(holiday.date).days);
      if (days <= 7) found.set(holiday.date.toString(), holiday.name);
    }
  }
  return [...found].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1));
}
