import { figureWords } from '../../../kernel/indicator-figure.ts';
import type { Indicator } from '../../../kernel/indicator.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { quarterBefore, quarterKey, type Quarter } from '../domain/quarter.ts';
import type { QuarterFigures } from './quarter-figures.ts';
import { LIGHT_WORDS } from './reason-words.ts';
import type { Reported } from './report-data.ts';
import { shortName, shortValue } from './report-measured.ts';

const ORIGINS = { live: 'Aus dem Journal', imported: 'Eingelesen', survey: 'Befragung', 'self-report': 'Selbstauskunft' } as const;

function reasonOf({ state, unit }: Indicator): string | undefined {
  switch (state.kind) {
    case 'known':
      return undefined;
    case 'stale':
      return `Veraltet: zuletzt ${figureWords('de', unit, state.last)}.`;
    case 'unknown':
      return `Unbekannt: ${state.reason.de}`;
    case 'suppressed':
      return 'Nicht gezeigt, damit niemand zu erkennen ist.';
  }
}

function noteOf({ preliminary }: Reported): string {
  const same =
    'Jede Zahl ist die ganzer Monate dieses Quartals, daneben die des Quartals davor und des gleichen im Jahr davor. Was nicht bekannt ist, steht als unbekannt da und nie als Null; „zu wenige“ heißt: Es sind zu wenige Fälle, oder ein Teil von ihnen ist so klein, dass jemand zu erkennen wäre.';
  return preliminary
    ? `${same} Das Quartal läuft noch: Gezeigt sind die Monate, die vorbei sind. Die Ampeln sind die von heute und folgen den letzten zwölf Monaten.`
    : `${same} Die Ampeln folgen den Zahlen dieses Quartals und dem Weg zum Ziel an seinem letzten Tag. Eine Summe über drei Monate hat keine: Ihr Ziel gilt für ein Jahr.`;
}

/** The table of indicators: the quarter's own figures, with those they are compared with. */
export function figureParts(reported: Reported) {
  const { quarter, figures, stands } = reported;
  if (figures === undefined) return { indicatorNote: 'Kennzahlen sind in dieser Stadt noch nicht angeschlossen.', quarters: [], indicators: [] };
  return {
    indicatorNote: noteOf(reported),
    quarters: [quarter, quarterBefore(quarter), { ...quarter, year: quarter.year - 1 }].map(shortName),
    indicators: [...figures.own.values()].map((one) => {
      const light = stands.indicators?.get(one.key)?.light;
      const cases = one.cases === undefined ? '' : `, ${one.cases.toLocaleString('de-DE')} Fälle`;
      return {
        name: one.name.de,
        notes: [reasonOf(one), `${ORIGINS[one.origin]}${cases}.`, light?.rule.de].filter((note) => note !== undefined),
        cells: [
          shortValue(one),
          shortValue(figures.before.get(one.key)),
          shortValue(figures.yearBefore.get(one.key)),
          one.target === undefined ? 'kein Ziel' : `${figureWords('de', one.unit, one.target.value)} bis ${formatGermanDate(one.target.by)}`,
          light === undefined ? '–' : LIGHT_WORDS[light.light].de,
        ],
      };
    }),
  };
}

/** The same for programs. */
export function figuresData(quarter: Quarter, { own, before, yearBefore }: QuarterFigures): object {
  const short = (one: Indicator | undefined) => one && { state: one.state, cases: one.cases ?? null, light: one.light ?? null };
  return {
    quarter: quarterKey(quarter),
    indicators: [...own.values()].map((one) => ({
      ...{ key: one.key, name: one.name, unit: one.unit, origin: one.origin, target: one.target ?? null },
      ...{ own: short(one), before: short(before.get(one.key)), yearBefore: short(yearBefore.get(one.key)) },
    })),
  };
}

/** What charts of the report show beside them, for programs. */
export const courseData = ({ lights, histories, usage, burden }: Reported): object => ({
  lights: lights.map(({ quarter, counts }) => ({ quarter: quarterKey(quarter), ...counts })),
  histories: histories.map(({ indicator: { key, unit }, points, forecast }) => ({
    ...{ key, unit, forecast: forecast ?? null },
    months: points.map(({ month, value, cases, missing }) => ({ month, value: value ?? null, cases: cases ?? null, missing: missing ?? null })),
  })),
  usage: (usage ?? []).map(({ service, own, before, yearBefore }) => ({
    service: service.key,
    ...{ own: own.state, cases: own.cases ?? null, before: before.state, yearBefore: yearBefore.state },
  })),
  burden: burden ?? null,
});
