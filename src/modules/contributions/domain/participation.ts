import type { Ring } from '../../../kernel/geo.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { areaProblem } from './shape.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';

export interface Category {
  readonly id: string;
  readonly name: string;
}

/** Whether somebody of the authority reads a contribution before everybody does. */
export type Moderation = 'before' | 'after';

/** A participation on the map, as its authority describes it. */
export interface ParticipationFacts {
  /** Stands in the address. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly area: readonly Ring[];
  readonly categories: readonly Category[];
  /** First and last day on which contributions are taken, both in full, in the city's time. */
  readonly startsOn: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate;
  readonly moderation: Moderation;
  readonly authority: string;
  /** The public display of the planning procedure it belongs to. */
  readonly displayId?: string | undefined;
}

export interface Participation extends ParticipationFacts {
  readonly id: string;
  readonly createdAt: Temporal.Instant;
  /** The retention period is over: personal links and supporters are gone. */
  readonly forgotten: boolean;
}

export type Phase = 'coming' | 'running' | 'over';

/** Where it stands: the last day counts to its midnight in the city (§ 31 Abs. 1 VwVfG, § 188 Abs. 1 BGB). */
export function phaseOf({ startsOn, endsOn }: Pick<ParticipationFacts, 'startsOn' | 'endsOn'>, now: Temporal.Instant): Phase {
  const today = legalDay(now);
  if (Temporal.PlainDate.compare(today, startsOn) < 0) return 'coming';
  return Temporal.PlainDate.compare(today, endsOn) <= 0 ? 'running' : 'over';
}

export const LONGEST = { title: 150, text: 10_000, category: 60, key: 40, categories: 12 } as const;
/** Longer than this nobody keeps a question open by intention. */
const MOST_DAYS = 366;
/** These stand at the same place in other addresses. */
const TAKEN_KEYS = ['eingang', 'neu', 'stellungnahme'];

/** `Kleiner Grasbrook` -> `kleiner-grasbrook` */
export function keyFrom(title: string): string {
  const plain = title
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-');
  return plain.slice(0, LONGEST.key).replaceAll(/^-+|-+$/g, '');
}

/** The rows of a form or a JSON body -> what is kept, or all that is wrong with it. */
export function checkParticipation(input: ParticipationFacts): Result<ParticipationFacts, Problem<'invalid-input'>> {
  const facts: ParticipationFacts = {
    ...input,
    title: cleanLine(input.title),
    text: cleanText(input.text),
    categories: input.categories.map(({ id, name }) => ({ id, name: cleanLine(name) })),
  };
  const problems = [...wordProblems(facts), ...dayProblems(facts)];
  const place = areaProblem(facts.area);
  if (place !== undefined) problems.push({ field: 'area', message: place });
  return problems.length > 0 ? refuse(invalidFields(problems)) : ok(facts);
}

function wordProblems({ key, title, text, categories }: ParticipationFacts): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: string, message: string): void => void problems.push({ field, message });
  if (title === '') add('title', 'Geben Sie der Beteiligung einen Titel.');
  if (title.length > LONGEST.title) add('title', `Kürzen Sie den Titel auf höchstens ${LONGEST.title} Zeichen.`);
  if (text === '') add('text', 'Schreiben Sie, worum es geht und was mit den Beiträgen geschieht.');
  if (text.length > LONGEST.text) add('text', `Kürzen Sie den Text auf höchstens ${LONGEST.text} Zeichen.`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key) || key.length > LONGEST.key || key.length < 3)
    add('key', `Die Kurzadresse hat 3 bis ${LONGEST.key} Zeichen: kleine Buchstaben, Ziffern und einzelne Bindestriche.`);
  // four hyphens between hexadecimal signs are the address of a display
  else if (TAKEN_KEYS.includes(key) || /^[0-9a-f]+(-[0-9a-f]+){4}$/.test(key)) add('key', 'Diese Kurzadresse ist vergeben. Wählen Sie eine andere.');
  problems.push(...categoryProblems(categories));
  return problems;
}

function categoryProblems(categories: readonly Category[]): FieldProblem[] {
  const wrong = (message: string): FieldProblem[] => [{ field: 'categories', message }];
  if (categories.length === 0) return wrong('Nennen Sie mindestens eine Kategorie.');
  if (categories.length > LONGEST.categories) return wrong(`Nehmen Sie höchstens ${LONGEST.categories} Kategorien.`);
  if (categories.some(({ name }) => name === '' || name.length > LONGEST.category))
    return wrong(`Jede Kategorie hat einen Namen mit höchstens ${LONGEST.category} Zeichen.`);
  if (!categories.every(({ id }) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))) return wrong('Kategorien brauchen einen Namen mit Buchstaben oder Ziffern.');
  return new Set(categories.map(({ id }) => id)).size === categories.length ? [] : wrong('Jede Kategorie darf nur einmal vorkommen.');
}

function dayProblems({ startsOn, endsOn }: ParticipationFacts): FieldProblem[] {
  const days = startsOn.until(endsOn, { largestUnit: 'days' }).days;
  if (days < 0) return [{ field: 'endsOn', message: 'Der letzte Tag liegt vor dem ersten. Prüfen Sie beide Tage.' }];
  return days > MOST_DAYS ? [{ field: 'endsOn', message: 'Eine Beteiligung dauert höchstens ein Jahr. Wählen Sie einen früheren letzten Tag.' }] : [];
}

/** What may still change once the first contribution is there: their places and categories must stay right. */
export function changeProblem(before: Participation, next: ParticipationFacts, contributions: number): FieldProblem | undefined {
  if (next.key !== before.key) return { field: 'key', message: 'Die Kurzadresse bleibt, wie sie ist: Sie steht vielleicht schon in einer Bekanntmachung.' };
  // the end of the retention period comes once: what was taken after it would never be forgotten
  if (before.forgotten && !(next.startsOn.equals(before.startsOn) && next.endsOn.equals(before.endsOn)))
    return {
      field: next.endsOn.equals(before.endsOn) ? 'startsOn' : 'endsOn',
      message:
        'Die Tage bleiben, wie sie sind: Die Aufbewahrungsfrist ist vorbei, und die Angaben zu Personen sind gelöscht. Legen Sie eine neue Beteiligung an.',
    };
  if (contributions === 0) return undefined;
  const gone = before.categories.find(({ id }) => !next.categories.some((one) => one.id === id));
  if (gone !== undefined) return { field: 'categories', message: `Die Kategorie „${gone.name}“ muss bleiben: Es gibt schon Beiträge. Neue dürfen dazukommen.` };
  if (JSON.stringify(next.area) !== JSON.stringify(before.area))
    return { field: 'area', message: 'Das Gebiet bleibt, wie es ist: Es gibt schon Beiträge darin.' };
  return undefined;
}
