import { inTens } from '../../../kernel/few.ts';
import type { IndicatorState } from '../../../kernel/indicator.ts';
import { DERIVED, NAMES, SNAPSHOT_DAY, SNAPSHOTS, STOCKS } from './counters.ts';
import { casesOf, indicatorsIn, type Definition, type DefinitionsByName } from './definition.ts';
import type { Feel } from './feel.ts';
import type { Bundle } from './figures.ts';
import { divisorsIn, namesIn, valueOf, type NoValue } from './formula.ts';
import { isFew } from './suppression.ts';
import { namesBehind, TOLD } from './told.ts';

type Words = Definition['name'];

export interface Scene {
  readonly feel: Feel;
  readonly definitions: DefinitionsByName;
  readonly bundle: Bundle;
  /** Figures from elsewhere, as they stand in this scene. */
  readonly imported: (key: string) => IndicatorState;
  /** When a snapshot is too old, for figures of now. */
  readonly freshSince?: Temporal.PlainDate;
}

/** The figure of an indicator in a scene, or why there is none. */
export function evaluate(definition: Definition, scene: Scene): IndicatorState {
  if (definition.kind === 'imported') return scene.imported(definition.key);
  if (tellsOfFew(definition, scene)) return { kind: 'suppressed' };
  const asked = new Map<string, IndicatorState>();
  const values = Object.fromEntries(namesIn(definition.formula).map((name) => [name, valueIn(name, scene, asked)]));
  const value = valueOf(definition.formula, values, scene.feel);
  if (typeof value !== 'number') return { kind: 'unknown', reason: reasonOf(value, asked) };
  // a difference of two large counts can be a small one
  if (isSmallCount(definition, value, scene)) return { kind: 'suppressed' };
  const day = snapshotDay(definition, scene.bundle);
  if (day === undefined || scene.freshSince === undefined || Temporal.PlainDate.compare(day, scene.freshSince) >= 0) return { kind: 'known', value };
  return { kind: 'stale', last: value, since: day.toZonedDateTime('Europe/Berlin').toInstant() };
}

/** Whether a figure tells of fewer than ten cases, or lets them be reckoned from it and what is told beside it. */
function tellsOfFew(definition: Definition, { bundle, definitions }: Scene): boolean {
  return namesBehind(definition, definitions).some((name) => TOLD[name]?.parts((part) => bundle.value(part) ?? 0).some(isFew));
}

function isSmallCount(definition: Definition, value: number, { bundle, definitions }: Scene): boolean {
  const small = Number.isInteger(value) && isFew(Math.abs(value)) && (casesOf(definition, bundle, definitions) ?? 0) > 0;
  return small && isCount(definition, definitions);
}

/** Nothing is divided in it, and it is not of days. */
function isCount(definition: Definition, all: DefinitionsByName): boolean {
  const { formula, kind } = definition;
  if (kind === 'imported') return true;
  const ofDays = namesIn(formula).some((name) => name === 'median_days' || name === 'p90_days');
  return !ofDays && divisorsIn(formula).length === 0 && indicatorsIn(formula, all).every((one) => isCount(one, all));
}

function valueIn(name: string, scene: Scene, asked: Map<string, IndicatorState>): number | null {
  // stocks of two days can be subtracted: in whole tens nobody sees one more or less
  if (name in STOCKS) return inTens(scene.bundle.value(name) ?? 0);
  if (name in NAMES) return scene.bundle.value(name) ?? null;
  const other = scene.definitions.get(name);
  if (other === undefined) return null;
  const state = evaluate(other, scene);
  asked.set(name, state);
  return state.kind === 'known' ? state.value : null;
}

/** Of which day the snapshot is that a formula looks at. */
export function snapshotDay({ formula, kind }: Definition, bundle: Bundle): Temporal.PlainDate | undefined {
  if (kind === 'imported' || !namesIn(formula).some((name) => name in SNAPSHOTS)) return undefined;
  const digits = bundle.value(SNAPSHOT_DAY);
  return digits === undefined ? undefined : Temporal.PlainDate.from(String(digits));
}

const COUNTER: Words = {
  de: 'Von Schalter, Telefon und Post ist noch kein ganzer Monat gezählt.',
  en: 'No whole month of counter, phone and post has been counted yet.',
  leicht: 'Das Amt hat noch keinen ganzen Monat gezählt.',
};
const DAYS: Words = {
  de: 'Es gibt noch keinen Bescheid, dessen Dauer bekannt ist.',
  en: 'There is no decision yet whose duration is known.',
  leicht: 'Noch kein Antrag ist fertig.',
};
const SNAPSHOT: Words = {
  de: 'Davon gibt es noch keine Aufnahme im Journal.',
  en: 'There is no snapshot of it in the journal yet.',
  leicht: 'Das hat der Computer noch nicht gezählt.',
};

/** What a divisor means is for everybody; where it stands in a formula is for who writes one. */
const noCases = (meaning: string): Words => ({
  de: `Dafür gibt es noch keine Fälle. Bisher 0: ${meaning}.`,
  en: 'There are no cases for it yet.',
  leicht: 'Dafür gibt es noch keine Fälle.',
});

function reasonOf(why: NoValue, asked: ReadonlyMap<string, IndicatorState>): Words {
  if (why.kind === 'zero') {
    const { text, at } = why.divisor;
    if (text in NAMES) return noCases(NAMES[text]!);
    return {
      de: `Es gibt noch nichts, wodurch sich teilen ließe: „${text}“ an Stelle ${at} der Formel ist 0.`,
      en: `There is nothing to divide by yet: “${text}” at position ${at} of the formula is 0.`,
      leicht: 'Dafür gibt es noch keine Fälle.',
    };
  }
  if (why.kind === 'no-number')
    return { de: 'Die Formel ergibt hier keine Zahl.', en: 'The formula gives no number here.', leicht: 'Das kann der Computer nicht rechnen.' };
  return reasonOfName(why.name, asked.get(why.name));
}

function reasonOfName(name: string, state: IndicatorState | undefined): Words {
  if (name === 'counter' || name === 'online_matched') return COUNTER;
  if (name in DERIVED) return DAYS;
  if (name in SNAPSHOTS) return SNAPSHOT;
  switch (state?.kind) {
    case 'unknown':
      return { de: `${name}: ${state.reason.de}`, en: `${name}: ${state.reason.en}`, leicht: state.reason.leicht };
    case 'stale':
      return { de: `Die Quelle von „${name}“ ist veraltet.`, en: `The source of “${name}” is stale.`, leicht: 'Eine Zahl ist zu alt.' };
    case 'suppressed':
      return {
        de: `„${name}“ wird nicht gezeigt, damit niemand zu erkennen ist.`,
        en: `“${name}” is not shown, so that nobody can be recognised.`,
        leicht: 'Eine Zahl zeigen wir nicht. So erkennt man niemanden.',
      };
    default:
      return { de: `„${name}“ ist nicht bekannt.`, en: `“${name}” is not known.`, leicht: 'Eine Zahl fehlt.' };
  }
}
