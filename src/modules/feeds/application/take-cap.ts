import { FUTURE_MS } from '../domain/clock.ts';
import { createHash } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { lookAt } from '../../../kernel/storable.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { changePicture, enterLage, lageStream, type Lage } from '../../situation/public.ts';
import { readCap, type CapAlert } from '../domain/cap.ts';
import { objectsOfAlert } from '../domain/cap-picture.ts';
import { instantOf } from '../domain/cot-picture.ts';
import type { FeedProblem } from '../domain/problems.ts';
import type { Rejected, Source } from '../domain/source.ts';
import { endAlerts, findAlert, insertAlert, isNamedAsEnded } from '../store/alerts.ts';
import { countIn } from '../store/sources.ts';
import type { FedReport, FeedsContext } from './context.ts';
import { callerSource } from './sources.ts';

/** What became of a message. */
export type CapOutcome = { readonly kind: 'shown' | 'ended' | 'repeated' | 'kept' } | { readonly kind: 'refused' | 'quarantined'; readonly reason: string };

const LONGEST_RAW = 200_000;

/** Takes a CAP message that a device or a member sends. */
export async function takeCap(
  ctx: FeedsContext,
  actor: Actor,
  key: string,
  xml: string,
): Promise<Result<{ readonly outcome: CapOutcome['kind'] }, FeedProblem>> {
  const taken = await ctx.database.write(async (tx): Promise<Result<CapOutcome, FeedProblem>> => {
    const opened = await enterLage(ctx, actor, key, 'feeds', tx);
    if (!opened.ok) return opened;
    const now = ctx.clock();
    const source = await callerSource(tx, opened.value, actor, 'cap', now);
    if (!source.ok) return source;
    const kept = await keepCap(ctx, tx, opened.value.lage, source.value, xml, now);
    await ctx.journal.append(tx, actor, now, kept.entries);
    return ok(kept.outcome);
  });
  if (!taken.ok) return taken;
  const outcome = taken.value;
  // a refusal is counted at its source, so it is no refusal of the transaction
  return 'reason' in outcome ? refuse({ kind: 'invalid-input', detail: outcome.reason }) : ok({ outcome: outcome.kind });
}

/** Keeps one message at its source, changes the picture by it, and hands it on as a report. */
export async function keepCap(
  ctx: FeedsContext,
  tx: Tx,
  lage: Lage,
  source: Source,
  xml: string,
  now: Temporal.Instant,
): Promise<{ readonly outcome: CapOutcome; readonly entries: readonly NewEntry[] }> {
  const read = readCap(xml);
  const refused = async (rejected: Rejected) => {
    await countIn(tx, source.id, { taken: 0, repeated: 0, rejected: [rejected] }, now);
    return { outcome: { kind: rejected.outcome, reason: rejected.reason }, entries: [] };
  };
  if (!read.ok) return refused({ outcome: 'refused', reason: read.problem.join(' '), raw: xml });
  const alert = read.value;
  const sha256 = createHash('sha256').update(xml).digest('hex');
  const known = await findAlert(tx, lage.id, alert.sender, alert.identifier);
  if (known?.sha256 === sha256) {
    await countIn(tx, source.id, { taken: 0, repeated: 1, rejected: [] }, now);
    return { outcome: { kind: 'repeated' }, entries: [] };
  }
  const wrong = known !== undefined ? FORGED : (untimely(alert, now) ?? unreal(alert, lage));
  if (wrong !== undefined) return refused({ ...wrong, raw: xml });
  return keepGood(ctx, tx, lage, source, { alert, xml, sha256 }, now);
}

const FORGED: Omit<Rejected, 'raw'> = {
  outcome: 'refused',
  reason: 'Eine andere Meldung mit diesem Absender und dieser Kennung ist schon da. Eine Kennung gilt nur einmal; die Meldung ist gefälscht oder wiederholt.',
};

function untimely({ sentMs }: CapAlert, now: Temporal.Instant): Omit<Rejected, 'raw'> | undefined {
  return sentMs > now.epochMilliseconds + FUTURE_MS
    ? { outcome: 'refused', reason: 'Die Meldung ist mehr als eine Minute in der Zukunft gesendet (sent).' }
    : undefined;
}

/** What is no real warning is never shown as one: exercises only in exercises, tests and drafts nowhere. */
function unreal({ status }: CapAlert, { exercise }: Lage): Omit<Rejected, 'raw'> | undefined {
  if (status === 'Exercise' && !exercise)
    return { outcome: 'quarantined', reason: 'Das ist eine Übung (status Exercise), und diese Lage ist echt. Gezeigt wird sie nicht.' };
  if (status === 'Test' || status === 'Draft')
    return { outcome: 'quarantined', reason: `Das ist keine echte Meldung (status ${status}). Gezeigt wird sie nicht.` };
  return undefined;
}

interface Good {
  readonly alert: CapAlert;
  readonly xml: string;
  readonly sha256: string;
}

async function keepGood(
  ctx: FeedsContext,
  tx: Tx,
  lage: Lage,
  source: Source,
  good: Good,
  now: Temporal.Instant,
): Promise<{ readonly outcome: CapOutcome; readonly entries: readonly NewEntry[] }> {
  const { alert, xml, sha256 } = good;
  const { sender, identifier, msgType, status } = alert;
  // only whose warning it is may replace or withdraw it
  const named = msgType === 'Update' || msgType === 'Cancel' ? alert.references.filter((one) => one.sender === sender).map((one) => one.identifier) : [];
  const whose = { lageId: lage.id, sourceId: source.id, sender };
  const before = await endAlerts(tx, whose, named, identifier);
  const overtaken = await isNamedAsEnded(tx, whose, identifier);
  const shows = (msgType === 'Alert' || msgType === 'Update') && status !== 'System' && !overtaken;
  const shown = shows ? objectsOfAlert(alert, source.name, now).filter(({ facts }) => !hasEnded(facts['expires'], now)) : [];
  await insertAlert(tx, {
    lageId: lage.id,
    sender,
    identifier,
    sent: instantOf(alert.sentMs),
    sourceId: source.id,
    msgType,
    status,
    receivedAt: now,
    sha256,
    raw: xml.slice(0, LONGEST_RAW),
    objects: shown.map(({ id }) => id),
    ends: named,
    endedBy: overtaken ? 'overtaken' : null,
  });
  await countIn(tx, source.id, { taken: 1, repeated: 0, rejected: [] }, now);
  const payload = { sourceId: source.id, msgType, status, sha256, ended: before.ended, shown: shown.length };
  const entries: NewEntry[] = [{ stream: lageStream(lage.id), kind: 'feeds.warning-received', payload }];
  if (shown.length > 0 && ctx.receiveReports !== undefined) entries.push(...(await ctx.receiveReports(tx, reportsOf(lage.id, alert, shown, now), now)).journal);
  if (shown.length + before.objects.length > 0) entries.push(await changePicture(tx, lage.id, { shown, ended: before.objects }, now));
  return { outcome: { kind: shown.length > 0 ? 'shown' : before.ended > 0 ? 'ended' : 'kept' }, entries };
}

const hasEnded = (expires: unknown, now: Temporal.Instant): boolean =>
  typeof expires === 'string' && Temporal.Instant.compare(Temporal.Instant.from(expires), now) <= 0;

function reportsOf(lageId: string, alert: CapAlert, shown: ReturnType<typeof objectsOfAlert>, now: Temporal.Instant): FedReport[] {
  return shown.map(({ title, source, facts }, index) => ({
    lageId,
    origin: 'cap',
    sourceName: source.name,
    sourceRef: lookAt(`${alert.sender},${alert.identifier},${index}`).slice(0, 300),
    text: [title, facts['description'], facts['instruction']].filter((part) => typeof part === 'string').join('\n'),
    eventAt: instantOf(alert.sentMs),
    receivedAt: now,
  }));
}
