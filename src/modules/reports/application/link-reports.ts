import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { cleanText } from '../../../kernel/words.ts';
import { seesUnchecked } from '../domain/event.ts';
import { noEvent, type ReportProblem } from '../domain/problems.ts';
import { findByNumber, findEvent, insertEvents } from '../store/events.ts';
import { findLink, insertLinks, type Link } from '../store/links.ts';
import { idsOf, lockReports, moveReports } from '../store/reports.ts';
import type { ReportsContext } from './context.ts';
import { changeReports, eventIsThere, heldReport, reasonProblem, type Change, type Changed } from './in-reports.ts';

export interface Linked {
  readonly linkId: string;
  /** Event where the reports are now. */
  readonly eventId: string;
}

/** Takes all reports of one event as reports of another. Nothing is lost: the link says what it moved and can be undone. */
export async function mergeEvents(
  ctx: ReportsContext,
  actor: Actor,
  key: string,
  { from, into, reason }: { readonly from: string; /** Id, or number in the Lage. */ readonly into: string; readonly reason: string },
): Promise<Result<Linked, ReportProblem>> {
  const wrong = reasonProblem(reason, true);
  if (wrong !== undefined) return refuse(wrong);
  return changeReports(ctx, actor, { key, right: 'assess' }, async (change) => {
    const there = await eventIsThere(change, from);
    if (!there.ok) return there;
    const target = await targetOf(change, into);
    if (target === undefined || target === from)
      return refuse(invalidField('into', 'Dieses Ereignis gibt es hier nicht. Nennen Sie die Nummer eines anderen Ereignisses der Lage.'));
    const moved = await idsOf(change.tx, from);
    return ok(await link(change, { kind: 'merge', moved, fromEvent: from, toEvent: target, reason }));
  });
}

async function targetOf({ tx, view }: Change, into: string): Promise<string | undefined> {
  const plain = into.trim().replace(/^(nr\.?|#)\s*/i, '');
  const found = /^\d{1,9}$/.test(plain)
    ? await findByNumber(tx, view.lage.id, Number(plain))
    : parseId(plain) === undefined
      ? undefined
      : await findEvent(tx, view.lage.id, plain);
  return found === undefined || found.members === 0 || (found.hidden && !seesUnchecked(view.member)) ? undefined : found.id;
}

/** Takes one report out of its event: it becomes an event of its own. */
export async function splitReport(ctx: ReportsContext, actor: Actor, key: string, reportId: string, reason: string): Promise<Result<Linked, ReportProblem>> {
  const wrong = reasonProblem(reason, true);
  if (wrong !== undefined) return refuse(wrong);
  return changeReports(ctx, actor, { key, right: 'assess' }, async (change) => {
    const held = await heldReport(change, reportId);
    if (!held.ok) return held;
    const { id, eventId } = held.value;
    if ((await idsOf(change.tx, eventId)).length === 1) return refuse(wrongState('Diese Meldung ist schon ein Ereignis für sich.'));
    const own = await ownEvent(change);
    return ok(await link(change, { kind: 'split', moved: [id], fromEvent: eventId, toEvent: own, reason }));
  });
}

async function ownEvent({ tx, view, now }: Change): Promise<string> {
  const id = newId(now.epochMilliseconds);
  await insertEvents(tx, view.lage.id, [id], now);
  return id;
}

/** Undoes a link, a rule's or a person's: those of its reports that are still there go back to where they came from. */
export async function undoLink(ctx: ReportsContext, actor: Actor, key: string, linkId: string, reason: string): Promise<Result<Linked, ReportProblem>> {
  const wrong = reasonProblem(reason, true);
  if (wrong !== undefined) return refuse(wrong);
  return changeReports(ctx, actor, { key, right: 'assess' }, async (change) => {
    const { tx, view } = change;
    const before = parseId(linkId) === undefined ? undefined : await findLink(tx, view.lage.id, linkId);
    if (before === undefined || before.kind === 'proposal')
      return refuse({ ...noEvent, detail: 'Diese Verknüpfung gibt es hier nicht. Laden Sie die Seite neu.' });
    if (before.undone) return refuse(wrongState('Diese Verknüpfung ist schon aufgehoben. Laden Sie die Seite neu.'));
    const reports = await lockReports(tx, view.lage.id, before.moved);
    if (reports.some(({ quarantined }) => quarantined) && !seesUnchecked(view.member)) return refuse(noEvent);
    const still = reports.filter(({ eventId }) => eventId === before.toEvent).map(({ id }) => id);
    if (still.length === 0) return refuse(wrongState('Diese Meldungen wurden inzwischen weiter verschoben. Heben Sie zuerst die spätere Verknüpfung auf.'));
    const back = before.fromEvent ?? (await ownEvent(change));
    return ok(await link(change, { kind: 'undo', moved: still, fromEvent: before.toEvent, toEvent: back, reason, undoes: before.id }));
  });
}

interface Move {
  readonly kind: Link['kind'];
  readonly moved: readonly string[];
  readonly fromEvent: string;
  readonly toEvent: string;
  readonly reason: string;
  readonly undoes?: string;
}

async function link({ tx, view, now }: Change, { kind, moved, fromEvent, toEvent, reason, undoes }: Move): Promise<Changed<Linked>> {
  const id = newId(now.epochMilliseconds);
  const words = cleanText(reason);
  await moveReports(tx, moved, toEvent);
  const { member, lage } = view;
  const person = { memberId: member.id, memberName: member.name, reason: 'person' as const, words };
  await insertLinks(tx, [
    { id, lageId: lage.id, kind, moved, fromEvent, toEvent, otherReport: null, score: null, parts: null, undoes: undoes ?? null, at: now, ...person },
  ]);
  const payload = {
    linkId: id,
    link: kind,
    reports: moved,
    from: fromEvent,
    to: toEvent,
    reasonSha256: sha256Hex(words),
    ...(undoes === undefined ? {} : { undoes }),
  };
  return { value: { linkId: id, eventId: toEvent }, events: [fromEvent, toEvent], kind: 'reports.linked', payload };
}
