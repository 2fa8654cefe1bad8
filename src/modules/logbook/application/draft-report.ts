import type { Actor } from '../../../kernel/actor.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { readWholePicture, type LageProblem, type LageView } from '../../situation/public.ts';
import { draftSections } from '../domain/draft.ts';
import type { Sections } from '../domain/situation-report.ts';
import { listEntries } from '../store/entries.ts';
import { listReports } from '../store/reports.ts';
import type { LogbookContext } from './context.ts';
import { enterLog } from './read-log.ts';
import { overdueMessages, unreadCounts } from './read-messages.ts';

/** As many of the newest entries as a report can tell of. */
const ENTRIES = 400;

export interface ReportDraft {
  readonly view: LageView;
  readonly title: string;
  readonly sections: Sections;
}

/** Words for the next situation report, from what the Lage knows since the last released one. Nothing is kept. */
export async function draftReport(
  ctx: Pick<LogbookContext, 'database' | 'clock' | 'staffNames'>,
  actor: Actor,
  key: string,
): Promise<Result<ReportDraft, LageProblem>> {
  const opened = await enterLog(ctx, actor, key);
  if (!opened.ok) return opened;
  const view = opened.value;
  const db = ctx.database.read;
  const reports = await listReports(db, view.lage.id, { limit: 20 });
  const since = reports.find(({ release }) => release !== null)?.release?.logNumber ?? 0;
  const entries = (await listEntries(db, view.lage.id, { limit: ENTRIES })).filter(({ number }) => number > since).toReversed();
  const unread = [...(await unreadCounts(ctx, view)).values()].reduce((sum, count) => sum + count, 0);
  const picture = await readWholePicture(db, view, { kinds: TOLD });
  const sections = draftSections({
    objects: picture.objects,
    cut: [...(picture.cut ? [CUT_PICTURE] : []), ...(entries.length === ENTRIES ? [CUT_ENTRIES] : [])],
    entries,
    staff: await ctx.staffNames(actor, key),
    messages: { unread, overdue: (await overdueMessages(ctx, view)).length },
  });
  return ok({ view, title: `Lagebericht ${(reports[0]?.number ?? 0) + 1}: ${view.lage.title}`.slice(0, 120), sections });
}

/** Kinds that a report tells of; hundreds of drones and posts are for the map. */
const TOLD = ['hazard', 'damage', 'gauge', 'forecast', 'closure', 'zone', 'gate', 'person', 'unit', 'task', 'shelter', 'material', 'section'] as const;

/** What is left out is said in the draft itself: a report that looks whole and is not misleads. */
const CUT_PICTURE = 'Achtung: Das Bild ist größer, als dieser Entwurf durchsieht. Es fehlt etwas.';
const CUT_ENTRIES = `Achtung: Aus dem Tagebuch stehen hier nur die neuesten ${ENTRIES} Einträge.`;
