import type { FieldProblem } from '../../../kernel/problem.ts';
import type { Field, Page } from '../domain/form.ts';
import type { Answers, ServicePackage } from '../domain/package.ts';
import { missingMessage, problemAt, rawOf, readField, tooManyMessage, type Lang } from './fields.ts';
import { canonicalAnswers, isRequired, itemsOf, slotOf, visibleFields, visiblePages } from './form.ts';

type Item = Readonly<Record<string, unknown>>;

interface Reading {
  readonly lang: Lang;
  readonly today: Temporal.PlainDate;
  /** Slots that have at least one file. */
  readonly filled: ReadonlySet<string>;
}

/** Answers that another system sent, judged as a form judges them, but told apart: wrong is not the same as not there. */
export interface JudgedAnswers {
  /** Only what is asked, each value in its field's own type. */
  readonly answers: Answers;
  /** Given, and not what the question asks for. */
  readonly wrong: readonly FieldProblem[];
  /** Required and not given; files too. */
  readonly missing: readonly FieldProblem[];
}

/** Judges answers that no form has read. Pure. */
export function judgeAnswers(pkg: ServicePackage, answers: Answers, reading: Reading): JudgedAnswers {
  const found = visiblePages(pkg, answers).flatMap((page) => judgePage(page, answers, reading));
  const of = (kind: Found['kind']): FieldProblem[] => found.filter((one) => one.kind === kind).map(({ problem }) => problem);
  const wrong = of('wrong');
  return { answers: wrong.length > 0 ? {} : canonicalAnswers(pkg, answers, reading), wrong, missing: of('missing') };
}

interface Found {
  readonly kind: 'wrong' | 'missing';
  readonly problem: FieldProblem;
}
const wrong = (field: string, message: string): Found => ({ kind: 'wrong', problem: problemAt(field, message) });

function judgePage(page: Page, answers: Answers, reading: Reading): Found[] {
  const { repeat } = page;
  if (repeat === undefined) return judgeItem(page, answers, answers, reading);
  const list = answers[repeat.id];
  if (list !== undefined && (!Array.isArray(list) || !list.every((one) => one !== null && typeof one === 'object' && !Array.isArray(one)))) {
    return [wrong(repeat.id, `Hier gehört eine Liste hin: ${repeat.itemLabel.de} für ${repeat.itemLabel.de}, jeder Eintrag ein Objekt.`)];
  }
  const items = itemsOf(page, answers);
  if (items.length > repeat.max) return [wrong(repeat.id, tooManyMessage(repeat.max, reading.lang))];
  return Array.from({ length: Math.max(items.length, repeat.min) }, (_, index) => judgeItem(page, answers, items[index] ?? {}, reading, index)).flat();
}

function judgeItem(page: Page, answers: Answers, item: Item, reading: Reading, index?: number): Found[] {
  const place = page.repeat === undefined ? '' : `${page.repeat.id}.${index}.`;
  const context = { ...answers, ...item, today: reading.today.toString() };
  return visibleFields(page, answers, item).flatMap((field): Found[] => {
    const given = field.type === 'file' ? reading.filled.has(slotOf(field.document, index)) : isGiven(field, item[field.id]);
    if (!given) return isRequired(field, context) ? [{ kind: 'missing', problem: problemAt(`${place}${field.id}`, missingMessage(field, reading.lang)) }] : [];
    const complaint = field.type === 'file' ? undefined : complaintOf(field, item[field.id], reading);
    return complaint === undefined ? [] : [wrong(`${place}${field.id}`, complaint)];
  });
}

/** A sentence that was not confirmed is as good as not there. */
const isGiven = (field: Field, value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(field.type === 'confirm' && value === false) && !(Array.isArray(value) && value.length === 0);

function complaintOf(field: Field, value: unknown, { lang, today }: Reading): string | undefined {
  const listed = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  const read = readField(field, rawOf(value), lang, today, listed);
  if (read.message !== undefined) return read.message;
  const whole = field.type === 'choices' ? Array.isArray(value) && (read.value as unknown[]).length === value.length : read.value !== undefined;
  return whole ? undefined : `Dieser Wert passt nicht zur Frage «${field.label.de}». Erwartet wird ${EXPECTED[field.type]}.`;
}

const EXPECTED: Readonly<Record<Field['type'], string>> = {
  text: 'ein Text',
  textarea: 'ein Text',
  email: 'eine E-Mail-Adresse',
  tel: 'eine Telefonnummer als Text',
  number: 'eine Zahl',
  date: 'ein Tag wie 2026-11-24',
  choice: 'einer der Werte, die das Schema nennt',
  choices: 'eine Liste aus Werten, die das Schema nennt',
  'yes-no': 'true oder false',
  confirm: 'true',
  address: 'ein Objekt mit street, houseNumber, postcode und place',
  plate: 'ein Kennzeichen als Text',
  position: 'ein Objekt mit lon und lat',
  file: 'eine Datei',
};
