import type { FieldProblem } from '../../../kernel/problem.ts';
import { evaluateFeel } from '../../rules/public.ts';
import type { Field, Page } from '../domain/form.ts';
import type { Answers, ServicePackage } from '../domain/package.ts';
import { missingMessage, problemAt, tooManyMessage, rawOf, readField, scalarText, type Address, type Lang } from './fields.ts';

type Item = Readonly<Record<string, unknown>>;

const holds = (condition: string | undefined, context: Answers): boolean => condition === undefined || evaluateFeel(condition, context) === true;

/** The pages this applicant has to fill, by their answers so far. */
export function visiblePages(pkg: ServicePackage, answers: Answers): Page[] {
  return pkg.form.pages.filter((page) => holds(page.condition, answers));
}

/** The fields of a page that are asked, given the answers (and the item's own). */
export function visibleFields(page: Page, answers: Answers, item: Item = {}): Field[] {
  return page.fields.filter((field) => holds(field.condition, { ...answers, ...item }));
}

/** Whether the question must be answered, given the other answers. */
export const isRequired = (field: Field, context: Answers): boolean => (typeof field.required === 'boolean' ? field.required : holds(field.required, context));

/** The items of a repeated page. */
export function itemsOf(page: Page, answers: Answers): Item[] {
  const items = page.repeat === undefined ? undefined : answers[page.repeat.id];
  return Array.isArray(items) ? items.map((item: unknown) => (item !== null && typeof item === 'object' ? (item as Item) : {})) : [];
}

/** Slot under which the files of a field are kept: `foto`, or `foto.2` for the third item. */
export const slotOf = (document: string, itemIndex?: number): string => (itemIndex === undefined ? document : `${document}.${itemIndex}`);

/** Result of reading a posted page: everything typed is in `answers`, also what is wrong. */
export interface PageResult {
  readonly answers: Answers;
  readonly problems: readonly FieldProblem[];
}

interface Reading {
  readonly lang: Lang;
  readonly today: Temporal.PlainDate;
  /** Slots that have at least one file. */
  readonly filled: ReadonlySet<string>;
}

/**
 * Reads a posted page into the answers.
 * @param itemIndex which item of a repeated page; one past the end adds an item
 */
export function readPage(page: Page, posted: URLSearchParams, before: Answers, reading: Reading, itemIndex?: number): PageResult {
  const item: Record<string, unknown> = {};
  for (const field of page.fields) {
    const raw = (suffix: string): string | undefined => posted.get(`${field.id}${suffix}`) ?? undefined;
    const { value } = readField(field, raw, reading.lang, reading.today, posted.getAll(field.id));
    if (value !== undefined) item[field.id] = value;
  }
  const answers = place(page, item, before, itemIndex);
  return { answers, problems: pageProblems(page, answers, reading, itemIndex) };
}

function place(page: Page, item: Item, before: Answers, itemIndex: number | undefined): Answers {
  if (page.repeat === undefined) {
    const kept = Object.fromEntries(Object.entries(before).filter(([id]) => !page.fields.some((field) => field.id === id)));
    return { ...kept, ...item };
  }
  const items = itemsOf(page, before);
  const index = Math.min(itemIndex ?? items.length, items.length);
  return { ...before, [page.repeat.id]: items.toSpliced(index, 1, item) };
}

/** Takes an item out of a repeated page. */
export function removeItem(page: Page, answers: Answers, itemIndex: number): Answers {
  return page.repeat === undefined ? answers : { ...answers, [page.repeat.id]: itemsOf(page, answers).toSpliced(itemIndex, 1) };
}

/** What is wrong or missing on a page (or one item of it). Field names as the page's form has them. */
export function pageProblems(page: Page, answers: Answers, reading: Reading, itemIndex?: number): FieldProblem[] {
  const item = page.repeat === undefined ? answers : (itemsOf(page, answers)[itemIndex ?? 0] ?? {});
  const context = { ...answers, ...item, today: reading.today.toString() };
  return visibleFields(page, answers, item).flatMap((field) => {
    if (field.type === 'file') {
      const given = reading.filled.has(slotOf(field.document, page.repeat && (itemIndex ?? 0)));
      return given || !isRequired(field, context) ? [] : [problemAt(field.id, missingMessage(field, reading.lang))];
    }
    const stored = item[field.id];
    const read = readField(field, rawOf(stored), reading.lang, reading.today, Array.isArray(stored) ? (stored as string[]) : []);
    if (read.message !== undefined) return [problemAt(field.id, read.message)];
    const empty = read.value === undefined || (Array.isArray(read.value) && read.value.length === 0);
    return empty && isRequired(field, context) ? [problemAt(field.id, missingMessage(field, reading.lang))] : [];
  });
}

/** A problem with the page (and item) where it can be mended. */
export interface PlacedProblem extends FieldProblem {
  readonly pageId: string;
  readonly itemIndex?: number;
}

/** Everything that still keeps the application from being submitted. */
export function allProblems(pkg: ServicePackage, answers: Answers, reading: Reading): PlacedProblem[] {
  return visiblePages(pkg, answers).flatMap((page) => {
    const { repeat } = page;
    if (repeat === undefined) return pageProblems(page, answers, reading).map((problem) => ({ ...problem, pageId: page.id }));
    const count = itemsOf(page, answers).length;
    if (count > repeat.max) return [{ field: repeat.id, message: tooManyMessage(repeat.max, reading.lang), pageId: page.id }];
    return Array.from({ length: Math.max(count, repeat.min) }, (_, itemIndex) =>
      pageProblems(page, answers, reading, itemIndex).map((problem) => ({
        ...problem,
        field: `${repeat.id}.${itemIndex}.${problem.field}`,
        pageId: page.id,
        itemIndex,
      })),
    ).flat();
  });
}

/** Answers as people read them. */
export interface AnswerSection {
  readonly heading: string;
  readonly pageId: string;
  readonly itemIndex?: number;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
}

/** The answers in the order of the form, for the review page, the copy and the officer. */
export function answerSections(pkg: ServicePackage, answers: Answers, lang: Lang): AnswerSection[] {
  return visiblePages(pkg, answers).flatMap((page): AnswerSection[] => {
    const rowsOf = (item: Item) =>
      visibleFields(page, answers, item)
        .filter((field) => field.type !== 'file')
        .map((field) => ({ label: field.label[lang], value: displayValue(field, item[field.id], lang) }));
    if (page.repeat === undefined) return [{ heading: page.title[lang], pageId: page.id, rows: rowsOf(answers) }];
    const label = page.repeat.itemLabel[lang];
    return itemsOf(page, answers).map((item, itemIndex) => ({ heading: `${label} ${itemIndex + 1}`, pageId: page.id, itemIndex, rows: rowsOf(item) }));
  });
}

const YES_NO: Readonly<Record<Lang, readonly [string, string]>> = { de: ['Ja', 'Nein'], en: ['Yes', 'No'], leicht: ['Ja', 'Nein'] };

/** Addresses and places are read without looking at a day. */
const NO_DAY = Temporal.PlainDate.from('2000-01-01');

const addressText = ({ street, houseNumber, postcode, place: town }: Address): string => `${street} ${houseNumber}, ${postcode} ${town}`;
const positionText = ({ lon, lat }: { lon: unknown; lat: unknown }): string => `${String(lat).replace('.', ',')}° N, ${String(lon).replace('.', ',')}° O`;

/** A field's answer as people read it. */
export function displayValue(field: Field, value: unknown, lang: Lang): string {
  if (value === undefined || value === null) return '–';
  if (field.type === 'yes-no' || field.type === 'confirm') return YES_NO[lang][value === true ? 0 : 1];
  if (field.type === 'choice' || field.type === 'choices') {
    const values = Array.isArray(value) ? value : [value];
    return field.options
      .filter((option) => values.includes(option.value))
      .map((option) => option.label[lang])
      .join(', ');
  }
  if (field.type === 'address' || field.type === 'position') {
    // a draft may hold anything a program has put there
    const read = readField(field, rawOf(value), lang, NO_DAY).value;
    return read === undefined ? '–' : field.type === 'address' ? addressText(read as Address) : positionText(read as { lon: unknown; lat: unknown });
  }
  const text = scalarText(value) ?? '–';
  if (field.type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(text)) return text.split('-').reverse().join('.');
  return field.type === 'number' && field.unit !== undefined ? `${text} ${field.unit}` : text;
}

/** Labels of free texts that may matter to the decision and were filled (§ 24(1) sentence 3 VwVfG). */
export function mattersGiven(pkg: ServicePackage, answers: Answers): string[] {
  return visiblePages(pkg, answers).flatMap((page) => {
    const items = page.repeat === undefined ? [answers] : itemsOf(page, answers);
    return page.fields
      .filter((field) => 'mayMatter' in field && field.mayMatter && items.some((item) => item[field.id] !== undefined))
      .map((field) => field.label.de);
  });
}

/** The quick check's outcome, or what is still to be answered. */
export function eligibilityOutcome(pkg: ServicePackage, posted: URLSearchParams, reading: Reading) {
  const { questions, outcomes } = pkg.form.eligibility;
  const page: Page = { id: 'check', title: pkg.name, fields: questions };
  const read = readPage(page, posted, {}, reading);
  if (read.problems.length > 0) return { problems: read.problems, outcome: undefined };
  return { problems: [], outcome: outcomes.find((outcome) => holds(outcome.when, read.answers)) };
}

/** The answers as they count: only what is asked, each value in its field's own type. */
export function canonicalAnswers(pkg: ServicePackage, answers: Answers, reading: Reading): Answers {
  const canonical: Record<string, unknown> = {};
  for (const page of visiblePages(pkg, answers)) {
    if (page.repeat === undefined) Object.assign(canonical, canonicalItem(page, answers, answers, reading));
    else canonical[page.repeat.id] = itemsOf(page, answers).map((item) => canonicalItem(page, answers, item, reading));
  }
  return canonical;
}

function canonicalItem(page: Page, answers: Answers, item: Item, { lang, today }: Reading): Item {
  const entries = visibleFields(page, answers, item).flatMap((field) => {
    const stored = item[field.id];
    const { value } = readField(field, rawOf(stored), lang, today, Array.isArray(stored) ? (stored as string[]) : []);
    return value === undefined ? [] : [[field.id, value]];
  });
  return Object.fromEntries(entries) as Item;
}
