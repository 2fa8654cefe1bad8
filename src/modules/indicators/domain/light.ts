import { distanceWords } from '../../../kernel/indicator-figure.ts';
import type { IndicatorLight } from '../../../kernel/indicator.ts';
import { parameter } from '../../../kernel/parameter.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { LATE_AFTER } from './lateness.ts';
import type { Definition } from './definition.ts';

/** What a light is reckoned from. */
type Way = Pick<Definition, 'better' | 'start' | 'unit'> & { readonly target?: Pick<NonNullable<Definition['target']>, 'value' | 'by'> };

/** A figure in the words of a language. */
type Show = (lang: 'de' | 'en' | 'leicht', value: number) => string;

/** How far behind the path a figure may lie and still be yellow, as a share of the whole way; own placement of the strategy. */
export const LIGHT_TOLERANCE = parameter(
  'indicators.light-tolerance',
  'Wie weit eine Kennzahl hinter ihrem Weg liegen und noch gelb sein darf',
  { share: { label: 'Anteil des ganzen Weges', unit: '', least: 0, most: 0.5, fraction: true } },
  [{ from: '2025-01-01', value: { share: 0.1 }, source: 'Eigene Setzung der Strategie' }],
);

/** Where a figure should be on a day: on the straight line from the start to the target, and at the target after its day. */
export function pathOn(start: NonNullable<Way['start']>, target: NonNullable<Way['target']>, day: Temporal.PlainDate): number {
  const whole = start.on.until(target.by, { largestUnit: 'days' }).days;
  const done = start.on.until(day, { largestUnit: 'days' }).days;
  const share = whole <= 0 ? 1 : Math.min(1, Math.max(0, done / whole));
  return start.value + (target.value - start.value) * share;
}

/** The light of a known figure, with the rule that lit it; without target and start there is none. */
export function lightOf(definition: Way, value: number, day: Temporal.PlainDate, show: Show): IndicatorLight | undefined {
  const { start, target, better } = definition;
  if (start === undefined || target === undefined) return undefined;
  const path = pathOn(start, target, day);
  const tolerance = LIGHT_TOLERANCE.on(day).share;
  const behind = better === 'more' ? path - value : value - path;
  const allowed = Math.abs(target.value - start.value) * tolerance;
  const light = behind <= 1e-9 ? 'green' : behind <= allowed + 1e-9 ? 'yellow' : 'red';
  return { light, rule: ruleWords(definition, { path, allowed, tolerance, day }, show) };
}

function ruleWords(
  { better, target, start, unit }: Way,
  { path, allowed, tolerance, day }: { readonly path: number; readonly allowed: number; readonly tolerance: number; readonly day: Temporal.PlainDate },
  show: Show,
): IndicatorLight['rule'] {
  const [from, to, today] = [formatGermanDate(start!.on), formatGermanDate(target!.by), formatGermanDate(day)];
  const percent = Math.round(tolerance * 100);
  const de = better === 'more' ? ['mindestens', 'darunter'] : ['höchstens', 'darüber'];
  const en = better === 'more' ? ['at least', 'below'] : ['at most', 'above'];
  return {
    de: `Gerader Weg von ${show('de', start!.value)} (${from}) zu ${show('de', target!.value)} (${to}): am ${today} ${de[0]} ${show('de', path)}. Grün: erreicht. Gelb: um höchstens ${distanceWords('de', unit, allowed)} ${de[1]} (${percent} % des ganzen Weges). Rot: weiter ${de[1]}.`,
    en: `Straight path from ${show('en', start!.value)} (${from}) to ${show('en', target!.value)} (${to}): on ${today} ${en[0]} ${show('en', path)}. Green: reached. Yellow: ${en[1]} it by ${distanceWords('en', unit, allowed)} or less (${percent} % of the whole way). Red: further ${en[1]} it.`,
    leicht: `Heute soll die Zahl ${de[0]} ${show('leicht', path)} sein. Grün heißt: Das klappt. Gelb heißt: Es fehlt wenig. Rot heißt: Es fehlt viel.`,
  };
}

export const indicatorsParameters = [LIGHT_TOLERANCE, LATE_AFTER];
