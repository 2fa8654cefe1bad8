import { formatEuro } from '../../../kernel/money.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import { movedLights, type Difference } from '../domain/diff.ts';
import { belonging, fieldsInOrder, measuresOfField, milestonesOf, type Kind, type Strategy } from '../domain/items.ts';
import { firstDay, lastDay, quarterKey, type Quarter } from '../domain/quarter.ts';
import type { QuarterFigures } from './quarter-figures.ts';
import { fieldLights, type QuarterLights } from './light-history.ts';
import type { KeyHistory } from './key-histories.ts';
import { burdenParts, type QuarterBurden } from './report-burden.ts';
import { lightsChart, type LightsRow } from './report-chart.ts';
import { figureParts } from './report-figures.ts';
import { leichtPart } from './report-leicht.ts';
import { historyParts, usageParts } from './report-measured.ts';
import type { Draw } from './report-pictures.ts';
import type { Standing } from './read-strategy.ts';
import type { ServiceUsage } from './usage-figures.ts';
import { LIGHT_WORDS, reasonSentence, ruleOn, setSentence } from './reason-words.ts';

const day = (iso: string): string => formatGermanDate(Temporal.PlainDate.from(iso));
/** What a report is made of. */
export interface Reported {
  readonly quarter: Quarter;
  /** As it stands at the end of the quarter, or today. */
  readonly stands: Standing;
  /** As it stood at the end of the quarter before. */
  readonly stood: Standing;
  /** What became different in between. */
  readonly difference: Difference;
  /** Absent: nobody keeps indicators. */
  readonly figures: QuarterFigures | undefined;
  /** Of the quarters until this one. */
  readonly lights: readonly QuarterLights[];
  readonly histories: readonly KeyHistory[];
  readonly usage: readonly ServiceUsage[] | undefined;
  /** Absent: nobody reckons it. */
  readonly burden: QuarterBurden | undefined;
  readonly madeAt: Temporal.Instant;
  /** Who publishes it. */
  readonly city: string;
  /** The quarter runs. */
  readonly preliminary: boolean;
}

/** What the report's template reads; every text is ready for the reader. */
export function reportData(reported: Reported, draw: Draw) {
  const { stands, stood, difference, quarter, preliminary } = reported;
  const { strategy, day: asOf } = stands;
  const name = `${quarter.number}. Quartal ${quarter.year}`;
  return {
    title: `Bericht zur Strategie, ${name}`,
    author: reported.city,
    quarter: quarterKey(quarter),
    preliminary,
    lead: `Stand ${formatGermanDate(asOf)}. Das Quartal reicht vom ${formatGermanDate(firstDay(quarter))} bis zum ${formatGermanDate(lastDay(quarter))}. Alle Angaben liegen dieser Datei als JSON bei.`,
    foot: `Strategie, ${name}${preliminary ? ' (vorläufig)' : ''}, erstellt am ${formatGermanDate(legalDay(reported.madeAt))}`,
    rule: ruleOn(asOf).de,
    leicht: leichtPart(stands),
    ...lightParts(stands, draw),
    ...lightHistoryPart(reported, draw),
    changedLights: movedLights(stood.statuses, stands.statuses).map(({ measure, from, to }) => [
      titleOf(strategy, measure),
      LIGHT_WORDS[from].de,
      LIGHT_WORDS[to].de,
    ]),
    ...changeParts(strategy, difference, quarter),
    ...figureParts(reported),
    ...historyParts(reported.histories, draw),
    ...usageParts(quarter, reported.figures, reported.usage, draw),
    ...burdenParts(quarter, reported.burden, draw),
    fields: fieldsInOrder(strategy).map((field) => fieldPart(stands, field)),
    ...moneyAndRisks(strategy, quarter),
    origin:
      'Jeder Eintrag der Strategie nennt seine Quelle oder ist als eigene Setzung bezeichnet; beides steht in der beiliegenden Datei und auf der Seite der Maßnahme.',
  };
}

const titleOf = (strategy: Strategy, measure: string | undefined): string => strategy.measure.get(measure ?? '')?.title.de ?? '';

function lightParts(stands: Standing, draw: Draw) {
  const { strategy, statuses, indicators } = stands;
  const rows = fieldLights(stands).map(({ field, counts }) => ({ label: field.title.de, counts }));
  const off = [...statuses]
    .filter(([, { light }]) => light === 'red' || light === 'yellow')
    .toSorted(([, a], [, b]) => (a.light === b.light ? 0 : a.light === 'red' ? -1 : 1));
  const nameOf = (key: string): string => indicators?.get(key)?.name.de ?? key;
  return {
    lightChart: draw(lightsChart(rows), 'Ampeln je Handlungsfeld. Dieselben Zahlen stehen in der Tabelle darunter.'),
    lights: rows.map(lightCells),
    off: off.map(([key, status]) => [
      titleOf(strategy, key),
      LIGHT_WORDS[status.light].de,
      [setSentence(status, 'de'), ...status.reasons.map((reason) => reasonSentence(reason, strategy, 'de', nameOf))].filter(Boolean).join(' '),
    ]),
  };
}

/** Lights of the quarters, each by its own figures. */
function lightHistoryPart({ lights, preliminary }: Reported, draw: Draw) {
  const rows = lights.map(({ quarter: { number, year }, counts }, index) => ({
    label: `${number}. Quartal ${year}${preliminary && index === lights.length - 1 ? ', heute' : ''}`,
    counts,
  }));
  return {
    lightHistory:
      lights.length < 2
        ? null
        : draw(lightsChart(rows), `Ampeln aller Maßnahmen in ${lights.length} Quartalen. Dieselben Zahlen stehen in der Tabelle darunter.`),
    lightHistoryRows: rows.map(lightCells),
  };
}

const lightCells = ({ label, counts }: LightsRow): string[] => [label, counts.green, counts.yellow, counts.red, counts.none].map(String);

function changeParts(strategy: Strategy, { slips, reached, enteredLate }: Difference, quarter: Quarter) {
  const [from, to] = [firstDay(quarter).toString(), lastDay(quarter).toString()];
  return {
    slips: slips.map((one) => [
      strategy.milestone.get(one.milestone)?.title.de ?? one.milestone,
      day(one.from),
      day(one.to),
      one.days > 0 ? `+${one.days}` : String(one.days),
      one.reason,
    ]),
    reached: reached.map((key) => {
      const one = strategy.milestone.get(key)!;
      return [one.title.de, titleOf(strategy, one.measure), `${day(one.doneOn!)}${enteredLate.includes(key) ? ', nachgetragen' : ''}`];
    }),
    decisions: belonging(strategy, 'decision', ({ decidedOn }) => decidedOn >= from && decidedOn <= to).map((one) => [
      day(one.decidedOn),
      one.question.de,
      one.options[one.chosen - 1]?.de ?? '',
      one.reasons.de,
    ]),
  };
}

function fieldPart({ strategy, statuses }: Standing, field: Kind<'field'>) {
  return {
    title: field.title.de,
    vision: belonging(strategy, 'vision', (one) => one.field === field.key)
      .map(({ text }) => text.de)
      .join(' '),
    measures: measuresOfField(strategy, field.key).map((measure) => {
      const milestones = milestonesOf(strategy, measure.key);
      const reached = milestones.filter(({ doneOn }) => doneOn !== undefined).length;
      return [
        measure.title.de,
        strategy.unit.get(measure.unit)?.title.de ?? measure.unit,
        `${reached} von ${milestones.length}`,
        day(measure.endsOn),
        LIGHT_WORDS[statuses.get(measure.key)!.light].de,
      ];
    }),
  };
}

function moneyAndRisks(strategy: Strategy, quarter: Quarter) {
  const from = firstDay(quarter).toString();
  return {
    budgets: [...strategy.budget.values()].map((one) => [
      titleOf(strategy, one.measure),
      String(one.year),
      formatEuro(one.plannedCents),
      formatEuro(one.spentCents),
      `${one.definition.de} Stand ${day(one.asOf)}${one.asOf < from && one.asOf < `${one.year}-12-31` ? ': älter als dieses Quartal. Was seitdem ausgegeben ist, ist nicht bekannt.' : '.'}`,
    ]),
    risks: belonging(strategy, 'risk', ({ closedOn }) => closedOn === undefined)
      .toSorted((a, b) => b.likelihood * b.effect - a.likelihood * a.effect)
      .map((one) => [
        titleOf(strategy, one.measure),
        one.title.de,
        `${one.likelihood} × ${one.effect}`,
        one.answer.de,
        strategy.unit.get(one.owner)?.title.de ?? one.owner,
      ]),
  };
}
