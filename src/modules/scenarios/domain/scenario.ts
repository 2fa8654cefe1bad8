import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { boxOf, boxSquareKilometres, isObject, Mistake, readGeometry, readPlaces, ringOf, spotsOf, type PlanGeometry } from './geometry.ts';
import { LIMITS } from './limits.ts';
import { reading, type Plan } from './plan.ts';

/** Who may look, besides owner, co-workers and who has the link: nobody, whoever works for the city, or everybody. */
export const VISIBILITIES = ['private', 'staff', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Base data: which collection of the city stands for what; `none` leaves it out. */
export const DATA_ROLES = ['buildings', 'trees', 'ways', 'population', 'destinations'] as const;
export type DataRole = (typeof DATA_ROLES)[number];
export type BaseData = Readonly<Record<DataRole, string>>;
export const STANDARD_DATA: BaseData = { buildings: 'gebaeude', trees: 'strassenbaeume', ways: 'wege', population: 'bevoelkerung', destinations: 'none' };

export type Area = Extract<PlanGeometry, { type: 'Polygon' | 'MultiPolygon' }>;
/** Values of a process's inputs that the person has chosen, by its name. */
export type Parameters = Readonly<Record<string, number | string | readonly number[]>>;

export interface Scenario {
  readonly id: string;
  /** In the journal's notation, as co-workers and authors are. */
  readonly owner: string;
  readonly title: string;
  readonly question: string;
  readonly area: Area;
  readonly data: BaseData;
  /** Parameters a process was run with last, by process. */
  readonly presets: Readonly<Record<string, Parameters>>;
  readonly visibility: Visibility;
  /** Goes up where results no longer fit: with the area and the data. */
  readonly version: number;
  readonly shareUntil: Temporal.Instant | null;
  readonly joinUntil: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
}

export interface Variant {
  readonly id: string;
  readonly scenarioId: string;
  /** From 1; the first one is what others are compared with. */
  readonly number: number;
  readonly name: string;
  readonly description: string;
  readonly plan: Plan;
  /** Goes up with each change of the plan. */
  readonly version: number;
}

/** What somebody is to a scenario; each may do what those after it may. */
export type Role = 'owner' | 'coworker' | 'reader';

/** @param coworkers in the journal's notation */
export function roleOf(scenario: Pick<Scenario, 'owner' | 'visibility'>, coworkers: readonly string[], actor: Actor): Role | undefined {
  const who = actorRef(actor);
  if (actor.kind === 'system' || scenario.owner === who) return 'owner';
  if (actor.kind !== 'anonymous' && coworkers.includes(who)) return 'coworker';
  if (scenario.visibility === 'public' || (scenario.visibility === 'staff' && actor.kind === 'staff')) return 'reader';
  return undefined;
}

export const mayChange = (role: Role): boolean => role !== 'reader';

export interface ScenarioInput {
  readonly title: string;
  readonly question: string;
  readonly area: unknown;
  readonly data: Readonly<Record<string, string>>;
}
export type CheckedScenario = Pick<Scenario, 'title' | 'question' | 'area' | 'data'>;

/** The area as GeoJSON, or as its corners typed one a line. */
function readArea(value: unknown): Area {
  const given = typeof value === 'string' && value.trim().startsWith('{') ? parsed(value) : value;
  const area: Area =
    typeof given === 'string'
      ? { type: 'Polygon', coordinates: [ringOf(readPlaces(given, LIMITS.areaCorners))] }
      : (readGeometry(isObject(given) && given['type'] === 'Feature' ? given['geometry'] : given, ['Polygon', 'MultiPolygon'], {
          count: 0,
          most: LIMITS.areaCorners,
        }) as Area);
  const size = boxSquareKilometres(boxOf(spotsOf(area)));
  if (size > LIMITS.areaSquareKilometres) throw new Mistake(`Das Gebiet ist zu groß. Sein Rechteck darf bis ${LIMITS.areaSquareKilometres} km² haben.`);
  if (size < 0.0001) throw new Mistake('Das Gebiet ist zu klein. Es braucht mindestens drei Ecken, die nicht auf einer Linie liegen.');
  return area;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Mistake('Das ist kein gültiges JSON. Prüfen Sie Klammern und Kommas, oder schreiben Sie die Ecken zeilenweise auf.');
  }
}

/** A line of text that is there and not too long. */
export function checkLine(field: string, text: string, label: string): readonly FieldProblem[] {
  if (text.trim() === '') return [{ field, message: `${label} fehlt. Schreiben Sie einige Wörter.` }];
  return text.length > LIMITS.titleLength ? [{ field, message: `${label} ist zu lang. Erlaubt sind ${LIMITS.titleLength} Zeichen.` }] : [];
}

export const checkText = (field: string, text: string, label: string): readonly FieldProblem[] =>
  text.length > LIMITS.textLength ? [{ field, message: `${label} ist zu lang. Erlaubt sind ${LIMITS.textLength.toLocaleString('de')} Zeichen.` }] : [];

function checkData(data: Readonly<Record<string, string>>): readonly FieldProblem[] {
  const wrong = Object.entries(data).filter(([role, id]) => !DATA_ROLES.some((one) => one === role) || !/^[a-z][a-z0-9_-]{0,62}$/.test(id));
  return wrong.map(([role]) => ({ field: `data.${role}`, message: 'Wählen Sie eine Sammlung aus der Liste, oder none, wenn es ohne sie gehen soll.' }));
}

/** What somebody wants a scenario to be; each mistake stands at its field. */
export function checkScenario({ title, question, area, data }: ScenarioInput): Result<CheckedScenario, Problem<'invalid-input'>> {
  const read = reading('area', () => readArea(area));
  const mistakes = [
    ...checkLine('title', title, 'Der Titel'),
    ...checkText('question', question, 'Die Frage'),
    ...(read.ok ? [] : (read.problem.fields ?? [])),
    ...checkData(data),
  ];
  if (mistakes.length > 0 || !read.ok) return refuse(invalidFields(mistakes));
  return ok({ title: title.trim(), question: question.trim(), area: read.value, data: { ...STANDARD_DATA, ...data } });
}
