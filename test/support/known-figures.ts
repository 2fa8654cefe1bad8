import type { Indicators } from '../../src/kernel/indicator.ts';
import { indicatorsAt } from '../../src/modules/indicators/application/indicators.ts';
import type { Known } from '../../src/modules/indicators/application/desk.ts';
import { BUILT_IN } from '../../src/modules/indicators/domain/built-in.ts';
import { nameOf } from '../../src/modules/indicators/domain/definition.ts';
import { Figures } from '../../src/modules/indicators/domain/figures.ts';
import { emptyCell, type Cell } from '../../src/modules/indicators/domain/fold.ts';

export const cell = (service: string, month: string, counts: Record<string, number>, more: Partial<Cell> = {}): Cell => ({
  ...emptyCell(service, month),
  counts,
  ...more,
});

/** Indicators over these rows without a database: what anybody is told at this moment. */
export function indicatorsOver(
  cells: readonly Cell[],
  now: Temporal.Instant,
  more: Partial<Omit<Known, 'stamp'>> & { readonly stamp?: Partial<Known['stamp']> } = {},
  clock: () => Temporal.Instant = () => now,
): { readonly indicators: Indicators; readonly figures: Figures } {
  const figures = new Figures();
  figures.take(cells);
  const stamp = { seq: 1, revision: 0, followedAt: now, firstAt: Temporal.Instant.from('2020-01-01T00:00:00Z'), ...more.stamp };
  const definitions = more.definitions ?? new Map(BUILT_IN.map((one) => [nameOf(one.key), one]));
  const known: Known = { imported: new Map(), ...more, definitions, stamp, figures };
  return { indicators: indicatorsAt({ known: async () => known }, clock), figures };
}
