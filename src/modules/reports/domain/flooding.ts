import type { Origin } from '../../../kernel/report.ts';
import type { IncomingReport } from './report.ts';

/** In so many minutes one sender is kept with so many reports; what comes beyond is counted at their last one. */
export const FLOOD_MINUTES = 10;
const KEPT: Partial<Record<Origin, number>> = { public: 5, social: 20, mail: 20 };

/** So many reports of the public may wait unchecked in a Lage. */
export const MOST_WAITING = 2000;

/** Who sends, where senders are bounded: what is measured or comes from a staff is never left out. */
export function senderOf({ origin, sender, sourceName }: Pick<IncomingReport, 'origin' | 'sender' | 'sourceName'>): string | null {
  return KEPT[origin] === undefined ? null : (sender ?? `${origin}:${sourceName}`);
}

/** Whether a sender with so many kept reports in the last minutes has said enough. */
export const isFlooding = (origin: Origin, recent: number): boolean => recent >= (KEPT[origin] ?? Infinity);
