import { figureWords } from '../../../kernel/indicator-figure.ts';
import type { Indicator } from '../../../kernel/indicator.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { quarterBefore, quarterKey, type Quarter } from '../domain/quarter.ts';
import type { QuarterFigures } from './quarter-figures.ts';
import { LIGHT_WORDS } from './reason-words.ts';
import type { Reported } from './report-data.ts';

const ORIGINS = { live: 'Aus dem Journal', imported: 'Eingelesen', survey: 'Befragung', 'self-report': 'Selbstauskunft' } as const;

/** Short, so that a column of figures stays one: why there is none stands under the name. */
function shortValue(one: Indicator | undefined): string {
  if (one === undefined) return '–';
  const { state, unit } = one;
  if (state.kind === 'known') return figureWords('de', unit, state.value);
  return { stale: 'veraltet', unknown: 'unbekannt', suppressed: 'zu wenige' }[state.kind];
}

function reasonOf({ state, unit }: Indicator): string | undefined {
  switch (state.kind) {
    case 'known':
      return undefined;
    case 'stale':
      return `Veraltet: zuletzt ${figureWords('de', unit, state.last)}.`;
    case 'unknown':
      return `Unbekannt: ${state.reason.de}`;
    case 'suppressed':
      return 'Zu wenige Fälle, um sie zu zeigen.';
  }
}

/** The name of a quarter, narrow enough for the head of a column. */
const shortName = ({ number, year }: Quarter): string => `${number}. Qu. ${year}`;

function noteOf({ preliminary }: Reported): string {
  const same =
    'Jede Zahl ist die ganzer Monate dieses Quartals, daneben die des Quartals davor und des gleichen im Jahr davor. Was nicht bekannt ist, steht als unbekannt da und nie als Null; „zu wenige“ heißt: zu wenige Fälle, um sie zu zeigen.';
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
