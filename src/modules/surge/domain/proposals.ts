import { mainPeak, risen, type Forecast, type LevelPoint } from './forecast.ts';
import { isShut, minutesBetween, type GateRow } from './gates.ts';
import type { Item } from './checklist.ts';
import { stageOf, valueOf, type SurgeRules } from './rules.ts';

export const PROPOSAL_RULES = [
  'stage-reached',
  'forecast-rises',
  'forecast-old',
  'gate-open',
  'gate-above-level',
  'gate-contradiction',
  'gate-faulty',
  'sensor-silent',
  'measure-overdue',
  'dyke-defenders-missing',
] as const;
export type ProposalRule = (typeof PROPOSAL_RULES)[number];

/** What a rule proposes, and why; a person accepts or refuses it. */
export interface Proposed {
  /** The same situation has the same key: proposed once, however often rules look. */
  readonly key: string;
  readonly rule: ProposalRule;
  readonly urgency: 'now' | 'soon' | 'note';
  /** Id of a picture object, a measure or a forecast. */
  readonly subject: string;
  readonly title: string;
  readonly reasons: readonly string[];
}

export interface ProposalFacts {
  readonly rules: SurgeRules;
  readonly level: LevelPoint | undefined;
  readonly forecast: Forecast | undefined;
  readonly before: Forecast | undefined;
  readonly gates: readonly GateRow[];
  readonly items: readonly Item[];
  /** Placed so far, where the module of forces or a confirmation says so. */
  readonly dykeDefenders: number | null;
  readonly now: Temporal.Instant;
}

/** A rise of this much for the same tide is worth a proposal. */
export const RISE_METRES = 0.2;
/** Gates are proposed to be closed this long before closing has to begin. */
const LOOK_AHEAD_MINUTES = 60;
/** A forecast is old then, while its peak is still to come. */
export const FORECAST_OLD_MINUTES = 180;

/** What the rules propose now. */
export function propose(facts: ProposalFacts): Proposed[] {
  return [...aboutWater(facts), ...facts.gates.flatMap((row) => aboutGate(row, facts)), ...aboutMeasures(facts)];
}

function aboutWater({ rules, level, forecast, before, now }: ProposalFacts): Proposed[] {
  const found: Proposed[] = [];
  const peak = forecast && mainPeak(forecast, now);
  const foreseen = peak && stageOf(peak.metres, rules);
  if (forecast !== undefined && peak !== undefined && foreseen !== undefined) {
    found.push({
      key: `stage:${foreseen}:forecast`,
      rule: 'stage-reached',
      urgency: 'soon',
      subject: `forecast:${forecast.id}`,
      title: `Stufe ${foreseen} ausrufen`,
      reasons: [`Vorhersage ${forecast.issuer}: ${m(peak.metres)} um ${clock(peak.at)}`, `Stufe ${foreseen} ab ${m(valueOf(rules, `stage-${foreseen}-from`))}`],
    });
  }
  const reached = level && stageOf(level.metres, rules);
  if (level !== undefined && reached !== undefined)
    found.push({
      key: `stage:${reached}:measured`,
      rule: 'stage-reached',
      urgency: 'now',
      subject: 'gauge:st-pauli',
      title: `Stufe ${reached} ist am Pegel erreicht`,
      reasons: [`Gemessen ${m(level.metres)} um ${clock(level.at)}`, `Stufe ${reached} ab ${m(valueOf(rules, `stage-${reached}-from`))}`],
    });
  const rise = forecast && risen(before, forecast, now);
  if (forecast !== undefined && before !== undefined && rise !== undefined && rise >= RISE_METRES)
    found.push({
      key: `rises:${forecast.number}`,
      rule: 'forecast-rises',
      urgency: 'soon',
      subject: `forecast:${forecast.id}`,
      title: 'Fristen und offene Tore neu prüfen: Die Vorhersage steigt',
      reasons: [`Um ${m(rise)} höher als die Vorhersage Nr. ${before.number} von ${clock(before.issuedAt)}`],
    });
  if (
    forecast !== undefined &&
    peak !== undefined &&
    Temporal.Instant.compare(peak.at, now) > 0 &&
    minutesBetween(forecast.issuedAt, now) > FORECAST_OLD_MINUTES
  )
    found.push({
      key: `old:${forecast.number}`,
      rule: 'forecast-old',
      urgency: 'note',
      subject: `forecast:${forecast.id}`,
      title: 'Neue Vorhersage holen',
      reasons: [`Die letzte ist von ${clock(forecast.issuedAt)}, älter als ${FORECAST_OLD_MINUTES / 60} Stunden`],
    });
  return found;
}

const sayOf = ({ gate }: GateRow): string => `${gate.code} ${gate.name}, Polder ${gate.polder}`;

function aboutGate(row: GateRow, facts: ProposalFacts): Proposed[] {
  const { gate, judged } = row;
  const found: Proposed[] = [];
  const about = { subject: `gate:${gate.id}` };
  if (judged.contradiction && gate.sensor !== null && gate.person !== null)
    found.push({
      ...about,
      key: `contradiction:${gate.id}:${gate.sensor.state}:${gate.person.state}`,
      rule: 'gate-contradiction',
      urgency: 'now',
      title: `Tor ${gate.code} in Augenschein nehmen`,
      reasons: [
        sayOf(row),
        `Sensor ${gate.sensor.name} um ${clock(gate.sensor.at)}: ${STATE_WORDS[gate.sensor.state]}`,
        `${gate.person.by} um ${clock(gate.person.at)}: ${STATE_WORDS[gate.person.state]}`,
      ],
    });
  if (judged.silent)
    found.push({
      ...about,
      key: `silent:${gate.id}`,
      rule: 'sensor-silent',
      urgency: 'note',
      title: `Sensor an Tor ${gate.code} prüfen, Tor anfahren`,
      reasons: [sayOf(row), gate.sensor === null ? 'Der Sensor hat sich noch nicht gemeldet' : `Letzte Nachricht um ${clock(gate.sensor.at)}`],
    });
  if (judged.state === 'faulty')
    found.push({
      ...about,
      key: `faulty:${gate.id}`,
      rule: 'gate-faulty',
      urgency: 'now',
      title: `Störung an Tor ${gate.code} beheben oder Notverschluss setzen`,
      reasons: [sayOf(row)],
    });
  return isShut(row) || judged.state === 'closing' ? found : [...found, ...aboutOpenGate(row, facts)];
}

/** A gate that is not shut: the water stands above it, or closing has to begin. */
function aboutOpenGate(row: GateRow, { level, forecast, before, now }: ProposalFacts): Proposed[] {
  const { gate, judged, due } = row;
  const subject = `gate:${gate.id}`;
  const state = `Stand: ${STATE_WORDS[judged.state]}`;
  if (level !== undefined && level.metres >= gate.closingMetres) {
    const reasons = [sayOf(row), `Gemessen ${m(level.metres)}, Schließhöhe ${m(gate.closingMetres)}`, state];
    const title = `Tor ${gate.code} sofort schließen: Wasser steht darüber`;
    return [{ subject, key: `above:${gate.id}`, rule: 'gate-above-level', urgency: 'now', title, reasons }];
  }
  if (due.minutesLeft === null || due.minutesLeft > LOOK_AHEAD_MINUTES || due.waterAt === null) return [];
  const rise = forecast && risen(before, forecast, now);
  const reasons = [
    sayOf(row),
    `Wasser erreicht ${m(gate.closingMetres)} um ${clock(due.waterAt)}`,
    `Schließen dauert ${gate.closingMinutes} min; es muss um ${clock(due.beginBy!)} beginnen`,
    state,
    ...(rise !== undefined && rise > 0 ? [`Die Vorhersage ist um ${m(rise)} gestiegen`] : []),
  ];
  const late = due.minutesLeft < 0;
  const title = `Tor ${gate.code} schließen`;
  return [{ subject, key: `open:${gate.id}:${late ? 'late' : 'soon'}`, rule: 'gate-open', urgency: late ? 'now' : 'soon', title, reasons }];
}

function aboutMeasures({ rules, forecast, items, dykeDefenders, now }: ProposalFacts): Proposed[] {
  const found: Proposed[] = items
    .filter(({ state }) => state === 'overdue')
    .map(({ measure, deadline, escalation }) => ({
      key: `overdue:${measure.key}:${escalation}`,
      rule: 'measure-overdue' as const,
      urgency: 'now' as const,
      subject: `measure:${measure.key}`,
      title: `Überfällig: ${measure.title}`,
      reasons: [
        `Frist war ${clock(deadline!)}`,
        `Zuständig: ${measure.responsible}`,
        ...(escalation === 2 ? ['Seit über 30 min überfällig: an die Leitung'] : []),
      ],
    }));
  const peak = forecast && mainPeak(forecast, now);
  const needed = valueOf(rules, 'dyke-defenders');
  if (peak !== undefined && stageOf(peak.metres, rules) === 2 && dykeDefenders !== null && dykeDefenders <= needed)
    found.push({
      key: `defenders:${Math.floor(dykeDefenders / 50)}`,
      rule: 'dyke-defenders-missing',
      urgency: 'soon',
      subject: 'measure:deichverteidiger',
      title: 'Deichverteidiger nachfordern',
      reasons: [`Aufgestellt ${dykeDefenders}, nötig mehr als ${needed}`, `Scheitel um ${clock(peak.at)}`],
    });
  return found;
}

export const STATE_WORDS: Readonly<Record<GateRow['judged']['state'], string>> = {
  open: 'offen',
  closing: 'schließt',
  closed: 'geschlossen',
  faulty: 'gestört',
  unknown: 'unbekannt',
};

const m = (metres: number): string => `${metres.toFixed(2).replace('.', ',')} m`;

/** Day and time on the city's clock, as entries of the log have them: `28.11. 19:48`. */
export function clock(at: Temporal.Instant): string {
  const z = at.toZonedDateTimeISO('Europe/Berlin');
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(z.day)}.${two(z.month)}. ${two(z.hour)}:${two(z.minute)}`;
}
