import type { ProcedureContext } from './context.ts';

/** Fields that a guide has typed since the page was shown: a page that does not know them would wipe them out. @param shownAt milliseconds, as the page states them */
export async function typedMeanwhile(
  ctx: Pick<ProcedureContext, 'database' | 'help'>,
  shownAt: string | null,
  page: { readonly draftId: string; readonly pageId: string; readonly itemIndex?: number },
): Promise<ReadonlySet<string>> {
  if (ctx.help === undefined || shownAt === null || !/^\d{1,15}$/.test(shownAt)) return new Set();
  return ctx.help.typedSince(ctx.database.read, page, Temporal.Instant.fromEpochMilliseconds(Number(shownAt)));
}
