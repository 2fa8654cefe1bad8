import type { Actor, CitizenActor } from '../../../kernel/actor.ts';
import { ownerOf } from '../../../kernel/actor.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import {
  pageProblems,
  readPage,
  visibleFields,
  visiblePages,
  type Answers,
  type Field,
  type Lang,
  type Page,
  type ServicePackage,
} from '../../catalogue/public.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { findDraft, lockDraft, updateDraft } from '../store/drafts.ts';
import { listUploads, type UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { readingOf } from './drafts.ts';
import { fieldStand, sameItems, shownOf, valuesOf, withKept } from './kept-fields.ts';
import { voidSignatures } from './signatures.ts';

/**
 * The narrow door through which a guide helps with ONE draft (ADR 57). It reads and writes answers and nothing else:
 * no files, no declarations, no submission, no other draft. Whether the help runs, the caller knows.
 */
export interface DoorToDraft {
  readonly draftId: string;
  /** Account that the draft must belong to. */
  readonly accountId: string;
}

/** A draft as a guide may see it: what was typed, and how many files there are, not which. */
export interface AssistedDraft {
  readonly pkg: ServicePackage;
  readonly answers: Answers;
  /** Number of files by slot. */
  readonly files: ReadonlyMap<string, number>;
  readonly pages: readonly Page[];
}

/** What the person alone does: declare, hand in papers, choose a place on the map. */
const PERSON_ALONE: readonly Field['type'][] = ['confirm', 'file', 'position'];
export const guideMayType = ({ type }: Field): boolean => !PERSON_ALONE.includes(type);

/** Draft, service and account, where the draft belongs to this actor. */
export async function ownDraft(
  ctx: Pick<ProcedureContext, 'database'>,
  actor: CitizenActor,
  id: string,
): Promise<(DoorToDraft & { readonly service: string }) | undefined> {
  const draft = await findDraft(ctx.database.read, id, ownerOf(actor));
  return draft && { draftId: draft.id, accountId: draft.accountId, service: draft.service };
}

export async function readAssisted(ctx: Pick<ProcedureContext, 'desk'>, db: Sql, door: DoorToDraft): Promise<AssistedDraft | undefined> {
  const draft = await findDraft(db, door.draftId, { accountId: door.accountId });
  if (draft === undefined) return undefined;
  const pkg = await ctx.desk.pinned(draft.packageHash);
  return assisted(pkg, draft.answers, await listUploads(db, draft.id));
}

const assisted = (pkg: ServicePackage, answers: Answers, uploads: readonly UploadRow[]): AssistedDraft => ({
  pkg,
  answers,
  files: new Map(Object.entries(Object.groupBy(uploads, ({ slot }) => slot)).map(([slot, files]) => [slot, files?.length ?? 0])),
  pages: visiblePages(pkg, answers),
});

export interface AssistedInput {
  readonly pageId: string;
  readonly itemIndex?: number;
  readonly posted: URLSearchParams;
  /** `standOf` the page as the guide saw it. */
  readonly stand: string;
  readonly lang: Lang;
}

export interface AssistedChange {
  readonly draft: AssistedDraft;
  readonly page: Page;
  /** Ids of fields that the guide changed. */
  readonly typed: readonly string[];
  /** Ids of fields that the person changed meanwhile: theirs stay. */
  readonly kept: readonly string[];
  readonly problems: readonly FieldProblem[];
}

/**
 * Keeps what a guide typed on a page. Journals as its last statement.
 * @param stillRuns asked when the draft is held: help that has ended changes nothing
 */
export async function typeAssisted(
  ctx: ProcedureContext,
  tx: Tx,
  guide: Actor,
  door: DoorToDraft & { readonly stillRuns: () => Promise<boolean> },
  input: AssistedInput,
): Promise<Result<AssistedChange, CaseProblem>> {
  const draft = await lockDraft(tx, door.draftId, { accountId: door.accountId });
  if (draft === undefined || !(await door.stillRuns())) return refuse(notFound);
  const pkg = await ctx.desk.pinned(draft.packageHash);
  const page = visiblePages(pkg, draft.answers).find(({ id }) => id === input.pageId);
  if (page === undefined) return refuse(notFound);
  const uploads = await listUploads(tx, draft.id);
  const reading = readingOf(ctx, uploads, input.lang);
  const before = valuesOf(page, draft.answers, input.itemIndex);
  const shown = shownOf(input.stand);
  const own = page.fields.filter((field) => !guideMayType(field)).map(({ id }) => id);
  const same = sameItems(page, draft.answers, shown);
  const faster = page.fields.filter(({ id }) => !same || shown.get(id) !== fieldStand(before[id])).map(({ id }) => id);
  const read = readPage(page, input.posted, draft.answers, reading, input.itemIndex);
  const answers = same ? withKept(page, { read: read.answers, before: draft.answers }, new Set([...own, ...faster]), input.itemIndex) : draft.answers;
  const after = valuesOf(page, answers, input.itemIndex);
  const typed = page.fields.map(({ id }) => id).filter((id) => fieldStand(before[id]) !== fieldStand(after[id]));
  const asked = visibleFields(page, answers, page.repeat === undefined ? {} : after).filter(guideMayType);
  const problems = pageProblems(page, answers, reading, input.itemIndex).filter(({ field }) => asked.some(({ id }) => field.split('.')[0] === id));
  if (typed.length > 0) {
    const saved = { ...draft, answers, updatedAt: ctx.clock() };
    await updateDraft(tx, saved);
    await voidSignatures(ctx, tx, guide, pkg, saved);
  }
  return ok({ draft: assisted(pkg, answers, uploads), page, typed, kept: faster.filter((id) => !own.includes(id)), problems });
}
