import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { CollectionAbout } from './collection.ts';

/** What is told of a collection, as somebody writes it; empty texts tell nothing. */
export interface Description {
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  readonly contact: string;
  readonly licence: string;
  readonly attribution: string;
  readonly source: string;
  readonly keywords: readonly string[];
  readonly renewedEvery: string;
  readonly quality: string;
  readonly access: 'open' | 'internal';
  readonly keyProperty: string;
  /** `2026-11-28`, or empty. */
  readonly dataAsOf: string;
}

export interface Described {
  readonly title: string;
  readonly description: string;
  readonly about: CollectionAbout;
  readonly access: 'open' | 'internal';
  readonly keyProperty?: string;
  readonly dataAsOf?: Temporal.PlainDate;
}

const MOST: Readonly<Partial<Record<keyof Description, number>>> = { title: 200, description: 5000, keyProperty: 200 };
const USUAL = 500;

/** Checks a description field by field. @param before what is kept that no form shows, such as the mark of a demo */
export function checkDescription(input: Description, before: CollectionAbout = {}): Result<Described, Problem<'invalid-input'>> {
  const problems: FieldProblem[] = [];
  for (const [field, value] of Object.entries(input)) {
    const most = MOST[field as keyof Description] ?? USUAL;
    if (typeof value === 'string' && value.length > most) problems.push({ field, message: `Höchstens ${most} Zeichen gehen hier. Kürzen Sie den Text.` });
  }
  if (input.title.trim() === '') problems.push({ field: 'title', message: 'Geben Sie der Sammlung einen Titel.' });
  if (input.keywords.length > 50 || input.keywords.some((word) => word.length > 100))
    problems.push({ field: 'keywords', message: 'Nennen Sie höchstens 50 Schlagwörter mit je höchstens 100 Zeichen.' });
  const licence = input.licence.trim();
  if (licence !== '' && !/^https?:$/.test(URL.parse(licence)?.protocol ?? ''))
    problems.push({ field: 'licence', message: 'Nennen Sie die Lizenz mit ihrer Adresse, etwa https://www.govdata.de/dl-de/by-2-0.' });
  if (!isPeriod(input.renewedEvery.trim()))
    problems.push({ field: 'renewedEvery', message: 'Schreiben Sie den Abstand als Dauer, etwa P1D für täglich oder P1M für monatlich.' });
  const day = dayOf(input.dataAsOf.trim());
  if (day === 'wrong') problems.push({ field: 'dataAsOf', message: 'Schreiben Sie den Stand als Tag wie 2026-11-28.' });
  if (problems.length > 0 || day === 'wrong') return refuse(invalidFields(problems));
  const keyProperty = input.keyProperty.trim();
  return ok({
    title: input.title.trim(),
    description: input.description.trim(),
    about: aboutOf(input, before),
    access: input.access,
    ...(keyProperty === '' ? {} : { keyProperty }),
    ...(day === undefined ? {} : { dataAsOf: day }),
  });
}

function aboutOf({ owner, contact, licence, attribution, source, keywords, renewedEvery, quality }: Description, { demo }: CollectionAbout): CollectionAbout {
  const texts = Object.entries({ owner, contact, licence, attribution, source, renewedEvery, quality }).flatMap(([name, text]) =>
    text.trim() === '' ? [] : [[name, text.trim()] as const],
  );
  const words = [...new Set(keywords.map((word) => word.trim()).filter((word) => word !== ''))];
  return { ...Object.fromEntries(texts), ...(words.length === 0 ? {} : { keywords: words }), ...(demo === undefined ? {} : { demo }) };
}

function isPeriod(text: string): boolean {
  if (text === '') return true;
  try {
    return text.length <= 40 && Temporal.Duration.from(text).sign > 0;
  } catch {
    return false;
  }
}

function dayOf(text: string): Temporal.PlainDate | undefined | 'wrong' {
  if (text === '') return undefined;
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) return 'wrong';
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return 'wrong';
  }
}
