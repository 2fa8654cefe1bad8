import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { getFile, type StoredFile } from '../../../platform/files/files.ts';
import { evaluateDecision, type TraceEntry } from '../../rules/public.ts';
import { itemsOf, type Authority, type ServicePackage } from '../../catalogue/public.ts';
import { actedUnder, type ActedFor } from '../../identity/public.ts';
import { availableActions } from '../domain/available-actions.ts';
import { checksOf, type Check } from '../domain/checklist.ts';
import { presentDecision, type Case } from '../domain/case.ts';
import { decisionDeadline, urgencyOf, type Urgency } from '../domain/deadlines.ts';
import type { Nebenbestimmung, StoredEvent } from '../domain/events.ts';
import type { Computed } from '../domain/frist.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import type { CaseAction } from '../domain/status.ts';
import { caseStream, findCase } from '../store/cases.ts';
import { listLetters, type LetterRow } from '../store/letters.ts';
import { listUploads, type UploadRow } from '../store/uploads.ts';
import { mayAct, maySee, partyOf } from './act.ts';
import type { DemandedCondition, ProcedureContext } from './context.ts';
import { readHistory } from './history.ts';
import { rulesOf } from './rules-of.ts';
import { permitOf, type Permit } from './permits.ts';
import { fileOf } from './uploads.ts';
import { whoApplies, type WhoApplies } from './who-applies.ts';

/** All that a case page shows. */
export interface CaseView {
  readonly state: Case;
  readonly pkg: ServicePackage;
  readonly authority: Authority;
  readonly history: readonly StoredEvent[];
  /** Who acted for whom, by the mandate of an event. */
  readonly actedFor: ReadonlyMap<string, ActedFor>;
  /** How far it is proved who applies; for the authority only. */
  readonly applies: WhoApplies | undefined;
  readonly uploads: readonly UploadRow[];
  readonly letters: readonly LetterRow[];
  /** What this person may do now. */
  readonly actions: readonly CaseAction[];
  readonly deadline: Computed | undefined;
  readonly urgency: Urgency;
  readonly findings: Findings;
  /** How long what was granted holds; absent: without an end, nothing granted, or taken back. */
  readonly permit: Permit | undefined;
  /** Steps of the examination; for the authority only. */
  readonly checks: readonly Check[];
  /** Remarks on plan sheets that are meant as Nebenbestimmungen. */
  readonly sheetConditions: readonly Nebenbestimmung[];
  /** What consulted agencies ask for and the Abwägung follows; for the authority only. */
  readonly demands: readonly DemandedCondition[];
}

/** What the rules say about the answers: the raw material of the reasons. */
export interface Findings {
  /** One list of sentences for each item (each tree), in order. */
  readonly items: readonly { readonly value: unknown; readonly trace: readonly TraceEntry[] }[];
  readonly whole: readonly TraceEntry[];
  /** Where the rules contradict themselves: then they say nothing, and a person must look. */
  readonly problems: readonly string[];
}

/** Whose looks are journalled: an officer's, and that of who acts for the applicant. */
const looksIntoOthers = (actor: Actor): boolean => actor.kind === 'staff' || (actor.kind === 'citizen' && actor.agent !== undefined);

/** Opens a case for somebody who may see it. The look of anybody but the applicant is journalled (GDPR Art. 5(2), 32). */
export async function openCase(ctx: ProcedureContext, actor: Actor, caseId: string): Promise<Result<CaseView, CaseProblem>> {
  const db = ctx.database.read;
  const state = await findCase(db, caseId);
  if (state === undefined || !maySee(actor, state)) return refuse(notFound);
  if (looksIntoOthers(actor)) await noteRead(ctx, actor, caseId, 'case');
  const pkg = await ctx.desk.pinned(state.packageHash);
  const rules = rulesOf(pkg);
  const history = await readHistory(ctx, db, caseId);
  const deadline = presentDecision(state) === undefined ? decisionDeadline(state, rules) : undefined;
  return ok({
    state,
    pkg,
    authority: ctx.desk.authority(state.authority),
    history,
    actedFor: await actedUnder(
      db,
      history.flatMap(({ mandateId }) => (mandateId === undefined ? [] : [mandateId])),
    ),
    applies: actor.kind === 'staff' ? await whoApplies(db, state) : undefined,
    uploads: (await listUploads(db, caseId)).filter((upload) => upload.submitted || actor.kind === 'citizen'),
    letters: await listLetters(db, caseId),
    actions: mayAct(actor, state) ? availableActions(state, rules, partyOf(actor)) : [],
    deadline,
    urgency: urgencyOf(deadline?.date, ctx.clock()),
    findings: findingsOf(pkg, state, legalDay(ctx.clock())),
    permit: await permitOf(ctx, state, pkg),
    checks: actor.kind === 'staff' ? checksOf(state, rules) : [],
    sheetConditions: (actor.kind === 'staff' ? await ctx.sheets?.conditions(db, caseId) : undefined) ?? [],
    demands: (actor.kind === 'staff' ? await ctx.demands?.(db, caseId) : undefined) ?? [],
  });
}

/** Journals that somebody looked. */
export async function noteRead(ctx: ProcedureContext, actor: Actor, caseId: string, what: string): Promise<void> {
  await ctx.database.write((tx) =>
    ctx.journal.append(tx, actor, ctx.clock(), [{ stream: caseStream(caseId), kind: 'procedure.akte-gelesen', payload: { caseId, what } }]),
  );
}

/** Evaluates the package's tables over the answers, each item in turn, and keeps the trace. */
export function findingsOf(pkg: ServicePackage, state: Case, today: Temporal.PlainDate): Findings {
  const { itemDecision, caseDecision } = pkg.process;
  const context = { ...state.answers, today: today.toString() };
  const page = itemDecision && pkg.form.pages.find((one) => one.repeat?.id === itemDecision.repeat);
  const items =
    page === undefined ? [] : itemsOf(page, state.answers).map((item) => evaluateDecision(pkg.rules, itemDecision!.decision, { ...context, ...item }));
  const whole = caseDecision === undefined ? undefined : evaluateDecision(pkg.rules, caseDecision, context);
  const problems = [...items, ...(whole === undefined ? [] : [whole])].flatMap((one) => one.problems.map((problem) => problem.detail));
  return { items, whole: whole?.trace ?? [], problems };
}

/** A letter of the case, for the applicant or an officer. */
export async function readLetter(
  ctx: ProcedureContext,
  actor: Actor,
  caseId: string,
  key: string,
): Promise<Result<{ letter: LetterRow; file: StoredFile }, CaseProblem>> {
  const state = await findCase(ctx.database.read, caseId);
  if (state === undefined || !maySee(actor, state)) return refuse(notFound);
  const letter = (await listLetters(ctx.database.read, caseId)).find((one) => one.key === key);
  const file = letter && (await getFile(ctx.database.read, letter.sha256));
  if (letter === undefined || file === undefined) return refuse(notFound);
  if (looksIntoOthers(actor)) await noteRead(ctx, actor, caseId, 'letter');
  return ok({ letter, file });
}

/** A file that the applicant handed in, for the applicant or an officer. */
export async function readCaseUpload(
  ctx: ProcedureContext,
  actor: Actor,
  caseId: string,
  uploadId: string,
): Promise<Result<{ upload: UploadRow; file: StoredFile }, CaseProblem>> {
  const state = await findCase(ctx.database.read, caseId);
  if (state === undefined || !maySee(actor, state)) return refuse(notFound);
  const upload = (await listUploads(ctx.database.read, caseId)).find((one) => one.id === uploadId);
  // what the applicant has not handed in yet is not part of the file
  if (upload === undefined || (actor.kind === 'staff' && !upload.submitted)) return refuse(notFound);
  if (looksIntoOthers(actor)) await noteRead(ctx, actor, caseId, 'upload');
  return fileOf(ctx.database.read, upload);
}
