import { figureWords } from '../../../kernel/indicator-figure.ts';
import { formatEuro } from '../../../kernel/money.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { Difference } from '../domain/diff.ts';
import { belonging, fieldsInOrder, measuresOfField, milestonesOf, type Kind, type Strategy } from '../domain/items.ts';
import { firstDay, lastDay, quarterKey, type Quarter } from '../domain/quarter.ts';
import { countLights } from '../domain/status.ts';
import type { ChartRow } from './report-chart.ts';
import type { Standing } from './read-strategy.ts';
import { LIGHT_WORDS, reasonSentence, RULE, setSentence } from './reason-words.ts';
import { valueWords } from './value-words.ts';

const day = (iso: string): string => formatGermanDate(Temporal.PlainDate.from(iso));
const ORIGINS = { live: 'aus dem Journal', imported: 'eingelesen', survey: 'Befragung', 'self-report': 'Selbstauskunft' } as const;

/** Counts of lights for each field. */
export function lightRows({ strategy, statuses }: Standing): ChartRow[] {
  return fieldsInOrder(strategy).map((field) => ({
    label: field.title.de,
    counts: countLights(measuresOfField(strategy, field.key).map(({ key }) => statuses.get(key)!)),
  }));
}

/** What the report's template reads; every text is ready for the reader. */
export function reportData(stands: Standing, difference: Difference, quarter: Quarter, made: { readonly at: Temporal.Instant; readonly preliminary: boolean }) {
  const { strategy, day: asOf } = stands;
  const name = `${quarter.number}. Quartal ${quarter.year}`;
  return {
    title: `Bericht zur Strategie, ${name}`,
    author: 'Freie und Hansestadt Hamburg',
    quarter: quarterKey(quarter),
    preliminary: made.preliminary,
    lead: `Stand ${formatGermanDate(asOf)}. Das Quartal reicht vom ${formatGermanDate(firstDay(quarter))} bis zum ${formatGermanDate(lastDay(quarter))}. Alle Angaben liegen dieser Datei als JSON bei.`,
    foot: `Strategie, ${name}${made.preliminary ? ' (vorläufig)' : ''}, erstellt am ${formatGermanDate(legalDay(made.at))}`,
    rule: RULE.de,
    ...lightParts(stands),
    ...changeParts(strategy, difference, quarter),
    ...indicatorParts(stands),
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

function changeParts(strategy: Strategy, { lights, slips, reached }: Difference, quarter: Quarter) {
  const [from, to] = [firstDay(quarter).toString(), lastDay(quarter).toString()];
  return {
    changedLights: lights.map((one) => [titleOf(strategy, one.measure), LIGHT_WORDS[one.from].de, LIGHT_WORDS[one.to].de]),
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

function indicatorParts({ indicators, past }: Standing) {
  if (indicators === undefined)
    return {
      indicatorNote: past
        ? 'Kennzahlen werden nur für den Tag gezeigt, an dem der Bericht entsteht. Ampeln, die von ihnen abhängen, sind in diesem Bericht nicht zu beurteilen.'
        : 'Kennzahlen sind in dieser Stadt noch nicht angeschlossen.',
      indicators: [] as string[][],
    };
  return {
    indicatorNote: 'Kennzahlen am Tag der Erstellung. Jede nennt ihre Herkunft; was nicht bekannt ist, steht als unbekannt da und nie als Null.',
    indicators: [...indicators.values()].map((one) => [
      one.name.de,
      valueWords(one, 'de'),
      one.target === undefined ? 'kein Ziel' : `${figureWords('de', one.unit, one.target.value)} bis ${formatGermanDate(one.target.by)}`,
      ORIGINS[one.origin],
      one.asOf === undefined ? '' : formatGermanDate(legalDay(one.asOf)),
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
