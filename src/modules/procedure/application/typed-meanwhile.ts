import type { Tx } from '../../../platform/database/port.ts';
import type { ProcedureContext } from './context.ts';
import { fieldStand, shownOf } from './kept-fields.ts';

/** A page as the person saw it. */
export interface SeenPage {
  /** Milliseconds, as the page states them. */
  readonly at: string;
  /** `standOfValues` of what it showed. */
  readonly shown: string;
}

/**
 * Fields that a guide has typed since the page was shown and the person left alone: a page that does not know them would wipe them out.
 * Where the person typed too, theirs is taken. Asked while the draft is held.
 */
export async function typedMeanwhile(
  ctx: Pick<ProcedureContext, 'help'>,
  tx: Tx,
  seen: SeenPage | undefined,
  page: { readonly draftId: string; readonly pageId: string; readonly itemIndex?: number },
  posted: Readonly<Record<string, unknown>>,
): Promise<ReadonlySet<string>> {
  if (ctx.help === undefined || seen === undefined || !/^\d{1,15}$/.test(seen.at)) return new Set();
  const typed = await ctx.help.typedSince(tx, page, Temporal.Instant.fromEpochMilliseconds(Number(seen.at)));
  const shown = shownOf(seen.shown);
  return new Set([...typed].filter((id) => shown.get(id) === fieldStand(posted[id])));
}
