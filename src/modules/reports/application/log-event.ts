import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { writeLogEntry } from '../../logbook/public.ts';
import { leadOf, seesUnchecked, SUMMED } from '../domain/event.ts';
import { noEvent, type ReportProblem } from '../domain/problems.ts';
import { findEvent } from '../store/events.ts';
import { membersOf } from '../store/reports.ts';
import { CATEGORY_SIGNS } from './category-names.ts';
import type { ReportsContext } from './context.ts';
import { changeReports, reasonProblem } from './in-reports.ts';
import { shownId } from './settle-events.ts';

const LONGEST_QUOTE = 400;

/** Writes an event into the Einsatztagebuch: what it is, how sure, by how many; a remark may follow. */
export async function logEvent(
  ctx: ReportsContext,
  actor: Actor,
  key: string,
  eventId: string,
  remark: string,
): Promise<Result<{ readonly number: number }, ReportProblem>> {
  const wrong = reasonProblem(remark, false);
  if (wrong !== undefined) return refuse({ ...wrong, fields: [{ field: 'remark', message: wrong.detail }] });
  return changeReports(ctx, actor, { key, right: 'log' }, async ({ tx, view, now }) => {
    const all = seesUnchecked(view.member);
    const event = await findEvent(tx, view.lage.id, eventId);
    const members = event === undefined ? [] : (await membersOf(tx, [eventId], SUMMED)).filter(({ quarantined }) => all || !quarantined);
    if (event === undefined || members.length === 0) return refuse(noEvent);
    const lead = leadOf(members);
    const quote = lead.text.length > LONGEST_QUOTE ? `${lead.text.slice(0, LONGEST_QUOTE)}…` : lead.text;
    const sure = `${event.reliability}${event.credibility}, ${event.sources === 1 ? 'eine Quelle' : `${event.sources} unabhängige Quellen`}${event.contradicted ? ', widersprüchlich' : ''}`;
    const text = `Ereignis ${event.number}: ${CATEGORY_SIGNS[event.category]} (${sure}). ${lead.sourceName}: „${quote}“${remark.trim() === '' ? '' : ` ${remark.trim()}`}`;
    const written = await writeLogEntry(tx, view, { kind: 'meldung', text, eventAt: event.eventAt, refs: [shownId(eventId)] }, now);
    return ok({
      value: { number: written.number },
      events: [],
      kind: 'reports.logged',
      payload: { eventId, number: written.number },
      entries: [written.journal],
    });
  });
}
