import { formatEuro } from '../../../kernel/money.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { Difference } from '../domain/diff.ts';
import { belonging, fieldsInOrder, measuresOfField, milestonesOf, type Kind, type Strategy } from '../domain/items.ts';
import { firstDay, lastDay, quarterKey, type Quarter } from '../domain/quarter.ts';
import { countLights } from '../domain/status.ts';
import type { QuarterFigures } from './quarter-figures.ts';
import type { ChartRow } from './report-chart.ts';
import { figureParts } from './report-figures.ts';
import type { Standing } from './read-strategy.ts';
import { LIGHT_WORDS, reasonSentence, RULE, setSentence } from './reason-words.ts';

const day = (iso: string): string => formatGermanDate(Temporal.PlainDate.from(iso));
/** Counts of lights for each field. */
export function lightRows({ strategy, statuses }: Standing): ChartRow[] {
  return fieldsInOrder(strategy).map((field) => ({
    label: field.title.de,
    counts: countLights(measuresOfField(strategy, field.key).map(({ key }) => statuses.get(key)!)),
  }));
}

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
  readonly madeAt: Temporal.Instant;
  /** Who publishes it. */
  readonly city: string;
  /** The quarter runs. */
  readonly preliminary: boolean;
}

/** What the report's template reads; every text is ready for the reader. */
export function reportData(reported: Reported) {
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
    rule: RULE.de,
    ...lightParts(stands),
    changedLights: movedLights(stood, stands),
    ...changeParts(strategy, difference, quarter),
    ...figureParts(reported),
    fields: fieldsInOrder(strategy).map((field) => fieldPart(stands, field)),
    ...moneyAndRisks(strategy),
    origin:
      'Jeder Eintrag der Strategie nennt seine Quelle oder ist als eigene Setzung bezeichnet; beides steht in der beiliegenden Datei und auf der Seite der Maßnahme.',
  };
}

const titleOf = (strategy: Strategy, measure: string | undefined): string => strategy.measure.get(measure ?? '')?.title.de ?? '';

function lightParts(stands: Standing) {
  const { strategy, statuses, indicators } = stands;
  const rows = lightRows(stands);
  const off = [...statuses]
    .filter(([, { light }]) => light === 'red' || light === 'yellow')
    .toSorted(([, a], [, b]) => (a.light === b.light ? 0 : a.light === 'red' ? -1 : 1));
  const nameOf = (key: string): string => indicators?.get(key)?.name.de ?? key;
  return {
    chartAlt: `Ampeln je Handlungsfeld. Dieselben Zahlen stehen in der Tabelle darunter.`,
    lights: rows.map(({ label, counts }) => [label, counts.green, counts.yellow, counts.red, counts.none].map(String)),
    off: off.map(([key, status]) => [
      titleOf(strategy, key),
      LIGHT_WORDS[status.light].de,
      [setSentence(status, 'de'), ...status.reasons.map((reason) => reasonSentence(reason, strategy, 'de', nameOf))].filter(Boolean).join(' '),
    ]),
  };
}

/** Measures whose light by the rule is another one than at the end of the quarter before. */
function movedLights(stood: Standing, { strategy, statuses }: Standing): string[][] {
  return [...statuses].flatMap(([measure, { byRule }]) => {
    const from = stood.statuses.get(measure)?.byRule;
    return from === undefined || from === byRule ? [] : [[titleOf(strategy, measure), LIGHT_WORDS[from].de, LIGHT_WORDS[byRule].de]];
  });
}

function changeParts(strategy: Strategy, { slips, reached }: Difference, quarter: Quarter) {
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
      return [one.title.de, titleOf(strategy, one.measure), day(one.doneOn!)];
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

function moneyAndRisks(strategy: Strategy) {
  return {
    budgets: [...strategy.budget.values()].map((one) => [
      titleOf(strategy, one.measure),
      String(one.year),
      formatEuro(one.plannedCents),
      formatEuro(one.spentCents),
      `${one.definition.de} Stand ${day(one.asOf)}.`,
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
