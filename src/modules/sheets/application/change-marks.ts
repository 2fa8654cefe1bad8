import { createHash } from 'node:crypto';
import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { markProblems, marksOpen, type Mark, type MarkInput } from '../domain/mark.ts';
import { conflict, fixed, noMark, notFound, readsOnly, type SheetsProblem } from '../domain/problems.ts';
import { deleteMark, insertMark, listMarks, nextNumber, updateMark } from '../store/marks.ts';
import type { CaseView, SheetsContext } from './context.ts';
import { isDrawable, ofSheet, seenCase, sourceOf } from './open-sheet.ts';

/** Which sheet. */
export interface SheetAddress {
  readonly caseId: string;
  readonly uploadId: string;
}
/** Which entry, and the version of it that the person saw. */
export interface MarkAddress extends SheetAddress {
  readonly markId: string;
  readonly seen: number;
}

type Changed = Result<Mark, SheetsProblem>;

/** Enters something on a sheet. */
export async function addMark(ctx: SheetsContext, actor: Actor, at: SheetAddress, input: MarkInput): Promise<Changed> {
  const checked = await checkedPlace(ctx, actor, at);
  if (!checked.ok) return checked;
  return ctx.database.transaction<Mark, SheetsProblem>(async (tx) => {
    const held = await heldCase(ctx, tx, actor, at.caseId);
    if (!held.ok) return held;
    const problem = await wrongIn(tx, held.value, at, input, checked.value.boxes);
    if (problem !== undefined) return refuse(problem);
    const now = ctx.clock();
    const number = await nextNumber(tx, at.caseId);
    const mark: Mark = { ...at, ...tidy(input), id: newId(now.epochMilliseconds), number, version: 1, writtenBy: actorRef(actor), writtenAt: now };
    await insertMark(tx, mark);
    await note(ctx, tx, actor, 'eintrag-gesetzt', mark);
    return ok(mark);
  });
}

/** Replaces what an entry says and where it stands. */
export async function changeMark(ctx: SheetsContext, actor: Actor, at: MarkAddress, input: MarkInput): Promise<Changed> {
  const checked = await checkedPlace(ctx, actor, at);
  if (!checked.ok) return checked;
  return ctx.database.transaction<Mark, SheetsProblem>(async (tx) => {
    const found = await heldMark(ctx, tx, actor, at);
    if (!found.ok) return found;
    const problem = await wrongIn(tx, found.value.view, at, input, checked.value.boxes);
    if (problem !== undefined) return refuse(problem);
    const { mark } = found.value;
    const changed: Mark = { ...mark, ...tidy(input), version: mark.version + 1, writtenBy: actorRef(actor), writtenAt: ctx.clock() };
    await updateMark(tx, changed);
    await note(ctx, tx, actor, 'eintrag-geaendert', changed);
    return ok(changed);
  });
}

/** Takes an entry off the sheet; its number is not given again. */
export async function removeMark(ctx: SheetsContext, actor: Actor, at: MarkAddress): Promise<Changed> {
  return ctx.database.transaction<Mark, SheetsProblem>(async (tx) => {
    const found = await heldMark(ctx, tx, actor, at);
    if (!found.ok) return found;
    await deleteMark(tx, at.markId);
    await note(ctx, tx, actor, 'eintrag-entfernt', found.value.mark);
    return ok(found.value.mark);
  });
}

/** The sheet's pages, read before the transaction: drawings of others take their time. Who may not enter anything learns nothing. */
async function checkedPlace(ctx: SheetsContext, actor: Actor, { caseId, uploadId }: SheetAddress) {
  const view = await seenCase(ctx, actor, caseId);
  if (!view.ok) return view;
  const document = view.value.documents.find((one) => one.id === uploadId);
  if (document === undefined || !isDrawable(document)) return refuse(notFound);
  if (!ctx.cases.mayAct(actor, view.value)) return refuse(readsOnly);
  if (!marksOpen(view.value)) return refuse(fixed);
  return ctx.drawings.boxes(sourceOf(ctx, document));
}

/** The case, held against a decision at the same time, if entries are open. */
async function heldCase(ctx: SheetsContext, tx: Tx, actor: Actor, caseId: string): Promise<Result<CaseView, SheetsProblem>> {
  const view = await ctx.cases.lock(tx, caseId);
  if (view === undefined || !ctx.cases.maySee(actor, view)) return refuse(notFound);
  if (actor.kind !== 'staff' || !ctx.cases.mayAct(actor, view)) return refuse(readsOnly);
  return marksOpen(view) ? ok(view) : refuse(fixed);
}

async function heldMark(ctx: SheetsContext, tx: Tx, actor: Actor, at: MarkAddress): Promise<Result<{ view: CaseView; mark: Mark }, SheetsProblem>> {
  const view = await heldCase(ctx, tx, actor, at.caseId);
  if (!view.ok) return view;
  const mark = ofSheet(await listMarks(tx, at.caseId), at.uploadId).find((one) => one.id === at.markId);
  if (mark === undefined) return refuse(noMark);
  return mark.version === at.seen ? ok({ view: view.value, mark }) : refuse(conflict);
}

async function wrongIn(
  tx: Tx,
  view: CaseView,
  at: SheetAddress & { readonly markId?: string },
  input: MarkInput,
  boxes: readonly { readonly width: number; readonly height: number }[],
): Promise<SheetsProblem | undefined> {
  const others = ofSheet(await listMarks(tx, view.id), at.uploadId).filter((one) => one.id !== at.markId);
  const current = view.documents.find((one) => one.id === at.uploadId)?.current === true;
  const problems = markProblems(input, { boxes, current, others });
  return problems.length === 0 ? undefined : invalidFields(problems);
}

const tidy = (input: MarkInput): MarkInput => ({
  ...input,
  xMm: Math.round(input.xMm * 10) / 10,
  yMm: Math.round(input.yMm * 10) / 10,
  text: input.text.replaceAll('\r\n', '\n').trim(),
});

/** The journal knows that there is an entry and where, and the hash of its words. */
async function note(ctx: SheetsContext, tx: Tx, actor: Actor, kind: string, mark: Mark): Promise<void> {
  const { caseId, uploadId, id, number, page, xMm, yMm, text } = mark;
  const contentSha256 = createHash('sha256')
    .update(JSON.stringify({ page, xMm, yMm, kind: mark.kind, text }))
    .digest('hex');
  const payload = { caseId, uploadId, markId: id, number, page, markKind: mark.kind, contentSha256 };
  await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: `sheets:${caseId}`, kind: `sheets.${kind}`, payload }]);
}
