import { ownerOf, owns, type CitizenActor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { deleteFile } from '../../../platform/files/files.ts';
import { deletionDay, draftTermOn, isToAnnounce, isToDelete } from '../domain/draft-term.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { announceDraft, announcedDrafts, countLeft, untouchedSince, type AnnouncedDraft } from '../store/abandoned-drafts.ts';
import { listCosigners } from '../store/cosigners.ts';
import { deleteDraft, lockDraft, lockForSigning, updateDraft, type Draft } from '../store/drafts.ts';
import { removeUploadsOf } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { tellEnded } from './cosigners.ts';
import { JOB_NAMES } from './side-effects.ts';

/** Entry in the account's stream: a draft of a service was deleted. Nothing of what it held. */
const DELETED = 'procedure.entwurf-geloescht';
const PAGE = 200;
/** Months are of different length: a few days more are looked at than fall due. */
const SLACK_DAYS = 4;

/** Keeps a draft for another term without changing it. */
export async function keepDraft(ctx: ProcedureContext, actor: CitizenActor, id: string): Promise<Result<Draft, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const draft = await lockDraft(tx, id, ownerOf(actor));
    if (draft === undefined) return refuse(notFound);
    const { announcedOn: _, ...rest } = draft;
    const kept = { ...rest, updatedAt: ctx.clock() };
    await updateDraft(tx, kept);
    return ok(kept);
  });
}

/** Throws a draft away with everything that hangs on it; held by the caller. */
export async function removeDraft(ctx: ProcedureContext, tx: Tx, id: string): Promise<void> {
  await tellEnded(ctx, tx, await listCosigners(tx, id));
  for (const sha256 of await removeUploadsOf(tx, id)) await deleteFile(tx, sha256);
  await deleteDraft(tx, id);
}

/**
 * Job by the clock: announces the deletion of drafts that nobody works on, and deletes those whose day has come. One draft
 * a transaction, so it may stop anywhere and begin again; twice a day is once.
 */
export async function tidyDrafts(ctx: ProcedureContext): Promise<{ readonly announced: number; readonly deleted: number }> {
  const today = legalDay(ctx.clock());
  let [announced, deleted] = [0, 0];
  for await (const id of untouched(ctx, today)) if (await inOne(ctx, id, announce)) announced += 1;
  for await (const { id } of everyAnnounced(ctx.database.read)) if (await inOne(ctx, id, deleteAbandoned)) deleted += 1;
  return { announced, deleted };
}

/** One draft that cannot be worked on keeps no other from its day; the next run tries again. */
async function inOne(ctx: ProcedureContext, id: string, step: typeof announce): Promise<boolean> {
  try {
    return await ctx.database.write((tx) => step(ctx, tx, id));
  } catch (error) {
    ctx.log.error('procedure.draft-not-tidied', { draftId: id, error: String(error) });
    return false;
  }
}

async function* untouched({ database }: ProcedureContext, today: Temporal.PlainDate): AsyncGenerator<string> {
  const { months, daysBefore } = draftTermOn(today);
  const before = today.add({ days: Math.max(...daysBefore) + SLACK_DAYS }).subtract({ months });
  let last: string | undefined;
  for (;;) {
    const ids = await untouchedSince(database.read, before, PAGE, last);
    yield* ids;
    if (ids.length < PAGE) return;
    last = ids.at(-1);
  }
}

async function* everyAnnounced(db: Sql, owners?: readonly string[]): AsyncGenerator<AnnouncedDraft> {
  let last: string | undefined;
  for (;;) {
    const rows: AnnouncedDraft[] = await announcedDrafts(db, owners, PAGE, last);
    yield* rows;
    if (rows.length < PAGE) return;
    last = rows.at(-1)?.id;
  }
}

async function announce(ctx: ProcedureContext, tx: Tx, id: string): Promise<boolean> {
  const draft = await lockForSigning(tx, id);
  const today = legalDay(ctx.clock());
  if (draft === undefined || !isToAnnounce(draft, today)) return false;
  await announceDraft(tx, id, today);
  return true;
}

async function deleteAbandoned(ctx: ProcedureContext, tx: Tx, id: string): Promise<boolean> {
  const draft = await lockForSigning(tx, id);
  const now = ctx.clock();
  if (draft === undefined || !isToDelete(draft, legalDay(now))) return false;
  // somebody sits over it at this moment: the next day is soon enough
  if ((await ctx.help?.isOpen(tx, id, now)) === true) return false;
  await countLeft(tx, draft);
  await removeDraft(ctx, tx, id);
  const help = await ctx.help?.close(tx, id, 'discarded', now);
  const { accountId, service } = draft;
  const entry = { stream: `account:${accountId}`, kind: DELETED, payload: { draftId: id, accountId, service, months: draftTermOn(legalDay(now)).months } };
  await ctx.journal.append(tx, { kind: 'system', job: JOB_NAMES.tidyDrafts }, now, [...(help?.entries ?? []), entry]);
  return true;
}

/** A draft that was deleted because nobody worked on it. */
export interface DeletedDraft {
  readonly draftId: string;
  readonly service: string;
  readonly deletedOn: Temporal.PlainDate;
  /** Months without a change after which it went. */
  readonly months: number;
}

/** What the account's journal says of deleted drafts, the newest first. */
export async function deletedDrafts(ctx: Pick<ProcedureContext, 'database' | 'journal'>, actor: CitizenActor): Promise<DeletedDraft[]> {
  const owner = ownerOf(actor);
  const entries = await ctx.journal.readStream(ctx.database.read, `account:${owner.accountId}`);
  return entries
    .filter(({ kind }) => kind === DELETED)
    .map(({ at, payload }) => ({
      draftId: String(payload['draftId']),
      service: String(payload['service']),
      deletedOn: legalDay(at),
      months: Number(payload['months']),
    }))
    .filter(({ service }) => owns(owner, { accountId: owner.accountId, service }))
    .toReversed();
}

/** Why a draft is not there: deleted since nobody worked on it, or never this account's. */
export async function goneOrNever(ctx: ProcedureContext, actor: CitizenActor, id: string): Promise<CaseProblem> {
  const gone = (await deletedDrafts(ctx, actor)).find(({ draftId }) => draftId === id);
  if (gone === undefined) return notFound;
  const service = ctx.desk.current(gone.service)?.name.de ?? gone.service;
  const why = `${gone.months} Monate lang wurde nichts daran geändert`;
  return { kind: 'not-found', detail: `Der Entwurf «${service}» wurde am ${formatGermanDate(gone.deletedOn)} gelöscht: ${why}. Beginnen Sie den Antrag neu.` };
}

/** A draft whose deletion is announced, for those who are told. */
export interface DraftEnd {
  readonly draftId: string;
  readonly accountId: string;
  readonly service: string;
  readonly day: Temporal.PlainDate;
  readonly daysBefore: readonly number[];
}

/** Drafts whose deletion is announced: of these accounts, or of all. */
export async function draftEnds(ctx: Pick<ProcedureContext, 'clock'>, db: Sql, owners?: readonly string[]): Promise<DraftEnd[]> {
  const today = legalDay(ctx.clock());
  const { daysBefore } = draftTermOn(today);
  const found: DraftEnd[] = [];
  for await (const draft of everyAnnounced(db, owners)) {
    const { id, accountId, service } = draft;
    found.push({ draftId: id, accountId, service, day: deletionDay(draft, today), daysBefore });
  }
  return found;
}
