import { invalidFields, wrongState, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';
import type { RateKind } from '../../../kernel/usage.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { leichtProblem } from './leicht.ts';
import { overAndDone, standing, type OutreachProblem } from './problems.ts';

export const STATES = ['draft', 'running', 'ended'] as const;
export type CampaignState = (typeof STATES)[number];

export const CHANNELS = ['poster', 'handbill', 'bus', 'popup', 'counter', 'press', 'radio', 'social', 'mail', 'web'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a campaign wants to move: a rate of some services or of the whole city, from where to where, until when. */
export interface Goal {
  /** None: the whole city. */
  readonly services: readonly string[];
  readonly rate: RateKind;
  /** Percent; absent: nobody knows where it stands. */
  readonly fromPercent?: number;
  readonly toPercent: number;
  readonly by: Temporal.PlainDate;
}

/** The name in the other languages of the city. */
export interface OtherTitles {
  readonly en: string;
  readonly leicht: string;
}

/** The name in a language; campaigns made before names were asked for in all have a German one alone. */
export const titleIn = ({ title, titles }: Pick<CampaignFacts, 'title' | 'titles'>, lang: 'de' | keyof OtherTitles): string =>
  (lang === 'de' ? '' : titles[lang]) || title;

export interface CampaignFacts {
  /** In German; public on posters and where an ended link leads. */
  readonly title: string;
  readonly titles: OtherTitles;
  readonly aim: string;
  readonly goal: Goal;
  readonly audience: string;
  readonly places: readonly string[];
  readonly channels: readonly Channel[];
  readonly material: string;
  readonly budgetCents: number;
  readonly spentCents: number;
  readonly startsOn: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate;
  /** Where what it says of the world comes from. */
  readonly source: string;
  /** It is not the city's own word: somebody else has placed it here. */
  readonly ownPlacement: boolean;
}

/** The campaign whose links people make when they pass a service on. */
export const STANDING_KEY = 'weitergeben';

export interface Campaign extends CampaignFacts {
  readonly id: string;
  readonly state: CampaignState;
  /** Goes up with every change; who changes names it. */
  readonly version: number;
  /** `STANDING_KEY`, or none. */
  readonly key: string | null;
  readonly changedAt: Temporal.Instant;
}

/** As it comes from a form: days that are none are absent, numbers that are none are NaN. */
export type TypedCampaign = Omit<CampaignFacts, 'goal' | 'startsOn' | 'endsOn'> & {
  readonly goal: Omit<Goal, 'by'> & { readonly by: Temporal.PlainDate | undefined };
  readonly startsOn: Temporal.PlainDate | undefined;
  readonly endsOn: Temporal.PlainDate | undefined;
};

export const LONGEST = { title: 120, aim: 1000, audience: 500, place: 100, places: 20, services: 50, material: 1000, source: 500 } as const;
const MOST_CENTS = 100_000_000_00;
const DAY = 'Schreiben Sie den Tag so: 24.11.2026.';

/** Checks everything somebody typed, and names every field that is wrong. */
export function checkCampaign(typed: TypedCampaign, hasService: (key: string) => boolean): Result<CampaignFacts, OutreachProblem> {
  const facts = {
    ...typed,
    title: cleanLine(typed.title),
    titles: { en: cleanLine(typed.titles.en), leicht: cleanLine(typed.titles.leicht) },
    aim: cleanText(typed.aim),
    audience: cleanText(typed.audience),
    places: typed.places.map(cleanLine).filter((one) => one !== ''),
    material: cleanText(typed.material),
    source: cleanText(typed.source),
  };
  const problems = [...textProblems(facts), ...goalProblems(facts, hasService), ...moneyProblems(facts), ...dayProblems(facts)];
  const { startsOn, endsOn, goal } = facts;
  if (problems.length > 0 || startsOn === undefined || endsOn === undefined || goal.by === undefined) return refuse(invalidFields(problems));
  return ok({ ...facts, startsOn, endsOn, goal: { ...goal, by: goal.by } });
}

function textProblems(typed: TypedCampaign): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const text = (field: 'title' | 'aim' | 'audience' | 'material' | 'source', missing?: string): void => {
    if (typed[field] === '' && missing !== undefined) problems.push({ field, message: missing });
    if (typed[field].length > LONGEST[field])
      problems.push({ field, message: `Kürzen Sie den Text auf höchstens ${LONGEST[field]} Zeichen. Jetzt sind es ${typed[field].length}.` });
  };
  text('title', 'Geben Sie der Kampagne einen Namen.');
  text('aim', 'Schreiben Sie in einem Satz, was die Kampagne erreichen soll.');
  text('audience', 'Schreiben Sie, wen die Kampagne ansprechen soll.');
  text('material');
  text('source', 'Nennen Sie die Quelle dessen, was die Kampagne sagt, oder schreiben Sie „eigene Planung“.');
  problems.push(...titleProblems(typed));
  if (typed.places.length > LONGEST.places) problems.push({ field: 'places', message: `Nennen Sie höchstens ${LONGEST.places} Orte.` });
  const long = typed.places.find((one) => one.length > LONGEST.place);
  if (long !== undefined) problems.push({ field: 'places', message: `Kürzen Sie den Ort „${long.slice(0, 30)}…“ auf höchstens ${LONGEST.place} Zeichen.` });
  if (typed.channels.length === 0) problems.push({ field: 'channels', message: 'Wählen Sie mindestens einen Weg, auf dem die Kampagne Menschen erreicht.' });
  return problems;
}

function titleProblems({ titles }: TypedCampaign): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const [field, title, named] of [
    ['titleEn', titles.en, 'auf Englisch'],
    ['titleLeicht', titles.leicht, 'in Leichter Sprache'],
  ] as const) {
    if (title === '') problems.push({ field, message: `Geben Sie der Kampagne auch ${named} einen Namen: Er steht auf Plakaten.` });
    if (title.length > LONGEST.title) problems.push({ field, message: `Kürzen Sie den Namen auf höchstens ${LONGEST.title} Zeichen.` });
  }
  const hard = leichtProblem([titles.leicht]);
  if (hard !== undefined) problems.push({ field: 'titleLeicht', message: hard });
  return problems;
}

function goalProblems({ goal }: TypedCampaign, hasService: (key: string) => boolean): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const percent = (value: number): boolean => value >= 0 && value <= 100;
  const unknown = goal.services.find((one) => !hasService(one));
  if (unknown !== undefined)
    problems.push({
      field: 'services',
      message: `Die Leistung „${unknown.slice(0, 40)}“ gibt es nicht. Wählen Sie aus der Liste, oder keine für die ganze Stadt.`,
    });
  else if (goal.services.length > LONGEST.services)
    problems.push({ field: 'services', message: `Wählen Sie höchstens ${LONGEST.services} Leistungen, oder keine für die ganze Stadt.` });
  if (goal.fromPercent !== undefined && !percent(goal.fromPercent))
    problems.push({ field: 'from', message: 'Der Ausgangswert ist ein Anteil zwischen 0 und 100 Prozent. Lassen Sie ihn leer, wenn ihn niemand kennt.' });
  if (!percent(goal.toPercent)) problems.push({ field: 'to', message: 'Das Ziel ist ein Anteil zwischen 0 und 100 Prozent.' });
  if (goal.fromPercent !== undefined && percent(goal.fromPercent) && goal.toPercent <= goal.fromPercent)
    problems.push({ field: 'to', message: 'Das Ziel muss über dem Ausgangswert liegen.' });
  if (goal.by === undefined) problems.push({ field: 'by', message: DAY });
  return problems;
}

function moneyProblems({ budgetCents, spentCents }: TypedCampaign): FieldProblem[] {
  return (
    [
      ['budget', 'Das Budget kann', budgetCents],
      ['spent', 'Die Ausgaben können', spentCents],
    ] as const
  ).flatMap(([field, name, cents]) => {
    if (!Number.isSafeInteger(cents)) return [{ field, message: 'Schreiben Sie den Betrag so: 12.500,00.' }];
    if (cents < 0) return [{ field, message: `${name} nicht unter null liegen. Lassen Sie das Minuszeichen weg.` }];
    return cents > MOST_CENTS ? [{ field, message: 'Mehr als 100 Millionen Euro nimmt dieses Feld nicht. Prüfen Sie den Betrag.' }] : [];
  });
}

function dayProblems({ startsOn, endsOn, goal }: TypedCampaign): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (startsOn === undefined) problems.push({ field: 'startsOn', message: DAY });
  if (endsOn === undefined) problems.push({ field: 'endsOn', message: DAY });
  if (startsOn === undefined) return problems;
  if (endsOn !== undefined && Temporal.PlainDate.compare(endsOn, startsOn) < 0)
    problems.push({
      field: 'endsOn',
      message: `Das Ende liegt vor dem Beginn am ${formatGermanDate(startsOn)}. Tauschen Sie die Tage, oder wählen Sie ein späteres Ende.`,
    });
  if (goal.by !== undefined && Temporal.PlainDate.compare(goal.by, startsOn) < 0)
    problems.push({ field: 'by', message: `Das Ziel kann nicht vor dem Beginn am ${formatGermanDate(startsOn)} erreicht sein.` });
  return problems;
}

/** `12.500,50` or `12500.5` in cents; NaN when it is no amount. */
export function readCents(typed: string): number {
  const text = typed.replaceAll(/[\s€]/g, '');
  if (text === '') return 0;
  const german = /^([-−]?)(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,(\d{1,2}))?$/.exec(text);
  const plain = /^([-−]?)(\d{1,12})\.(\d{1,2})$/.exec(text);
  const found = german ?? plain;
  if (found === null) return Number.NaN;
  const cents = Number(found[2]!.replaceAll('.', '')) * 100 + Number((found[3] ?? '').padEnd(2, '0'));
  return found[1] === '' ? cents : -cents;
}

/** Whether the description may be changed. */
export function changeProblem({ state, key }: Campaign): OutreachProblem | undefined {
  if (key === STANDING_KEY) return standing;
  return state === 'ended' ? overAndDone : undefined;
}

/** What a campaign may become; it goes only forward. */
export function moveProblem(campaign: Campaign, to: CampaignState, today: Temporal.PlainDate): OutreachProblem | undefined {
  if (campaign.key === STANDING_KEY) return standing;
  if (campaign.state === 'ended') return overAndDone;
  if (STATES.indexOf(to) !== STATES.indexOf(campaign.state) + 1)
    return wrongState(campaign.state === 'draft' ? 'Starten Sie die Kampagne, bevor Sie sie beenden.' : 'Diese Kampagne läuft schon.');
  if (to === 'running' && Temporal.PlainDate.compare(campaign.endsOn, today) < 0)
    return wrongState(`Das Ende dieser Kampagne liegt in der Vergangenheit (${formatGermanDate(campaign.endsOn)}). Ändern Sie es, bevor Sie sie starten.`);
  return undefined;
}
