import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { evaluateFeel } from '../../rules/public.ts';
import { findPersonalWords, markedPieces } from '../domain/anonymise.ts';
import { mayClose } from '../domain/decide-rounds.ts';
import { emptyParticipation, type Participation } from '../domain/participation.ts';
import type { ParticipationPlan, PlannedConsultee } from '../../catalogue/public.ts';
import { NO_PLAN } from './no-plan.ts';
import { notFound, type ParticipationProblem } from '../domain/problems.ts';
import { shownText, type Statement } from '../domain/statement.ts';
import { findParticipation } from '../store/case-files.ts';
import { participationStream } from '../store/contents.ts';
import { countOpen, findStatement, listReleased, listStatements, type Counts, type StatementFilter, type StatementRow } from '../store/statements.ts';
import { caseForStaff } from './access.ts';
import { readFile, type OpenFile } from './consult.ts';
import type { CaseView, ParticipationContext } from './context.ts';

/** All that the officer's page shows. */
export interface OfficerFile {
  readonly view: CaseView;
  readonly state: Participation;
  readonly counts: Counts;
  readonly plan: ParticipationPlan;
  /** Consultees the package names for these answers. */
  readonly suggested: readonly PlannedConsultee[];
  readonly closable: readonly string[];
  readonly mayAct: boolean;
}

const NOTHING: Counts = { statements: 0, unweighed: 0, unreleased: 0, openRounds: 0, waiting: 0 };

/** Opens the Beteiligung for an officer; the look is journalled. */
export async function openOfficerFile(ctx: ParticipationContext, actor: Actor, caseId: string): Promise<Result<OfficerFile, ParticipationProblem>> {
  const db = ctx.database.read;
  const view = await caseForStaff(ctx, db, actor, caseId);
  if (!view.ok) return view;
  await noteRead(ctx, actor, caseId, 'overview');
  const state = (await findParticipation(db, caseId)) ?? emptyParticipation(caseId);
  const plan = view.value.plan ?? NO_PLAN;
  const now = ctx.clock();
  const today = legalDay(now).toString();
  return ok({
    view: view.value,
    state,
    counts: (await countOpen(db, caseId)) ?? NOTHING,
    plan,
    suggested: plan.consultees.filter((one) => evaluateFeel(one.when, { ...view.value.answers, today }) === true),
    closable: state.rounds.filter((round) => mayClose(state, round, today)).map((round) => round.id),
    mayAct: ctx.cases.mayAct(actor, view.value),
  });
}

/** An officer's look at statements is journalled (GDPR Art. 5(2), 32). */
async function noteRead(ctx: ParticipationContext, actor: Actor, caseId: string, what: string): Promise<void> {
  await ctx.database.write((tx) =>
    ctx.journal.append(tx, actor, ctx.clock(), [{ stream: participationStream(caseId), kind: 'participation.gelesen', payload: { caseId, what } }]),
  );
}

export interface Synopsis {
  readonly view: CaseView;
  readonly state: Participation;
  readonly rows: readonly StatementRow[];
  readonly next: { readonly receivedAt: string; readonly id: string } | undefined;
}

/** Every statement of the case beside its Abwaegung. */
export async function readSynopsis(
  ctx: ParticipationContext,
  actor: Actor,
  caseId: string,
  filter: StatementFilter,
): Promise<Result<Synopsis, ParticipationProblem>> {
  const db = ctx.database.read;
  const view = await caseForStaff(ctx, db, actor, caseId);
  if (!view.ok) return view;
  await noteRead(ctx, actor, caseId, 'synopsis');
  const found = await listStatements(db, caseId, { ...filter, limit: filter.limit + 1 });
  const rows = found.slice(0, filter.limit);
  const last = rows.at(-1);
  const state = (await findParticipation(db, caseId)) ?? emptyParticipation(caseId);
  return ok({
    view: view.value,
    state,
    rows,
    next: found.length > filter.limit && last !== undefined ? { receivedAt: last.receivedAt.toString(), id: last.state.id } : undefined,
  });
}

export interface OfficerStatement {
  readonly view: CaseView;
  readonly state: Participation;
  readonly statement: Statement;
  /** The text in pieces; what may name the author is marked. */
  readonly pieces: ReturnType<typeof markedPieces>;
  readonly mayAct: boolean;
}

/** One statement with everything, for an officer. */
export async function openStatement(
  ctx: ParticipationContext,
  actor: Actor,
  caseId: string,
  statementId: string,
): Promise<Result<OfficerStatement, ParticipationProblem>> {
  const db = ctx.database.read;
  const view = await caseForStaff(ctx, db, actor, caseId);
  if (!view.ok) return view;
  const statement = await findStatement(db, caseId, statementId);
  if (statement === undefined) return refuse(notFound);
  await noteRead(ctx, actor, caseId, 'statement');
  const state = (await findParticipation(db, caseId)) ?? emptyParticipation(caseId);
  const pieces = markedPieces(statement.text, findPersonalWords(statement.text, statement.author));
  return ok({ view: view.value, state, statement, pieces, mayAct: ctx.cases.mayAct(actor, view.value) });
}

/** A file of a round or of a statement, for an officer. */
export async function officerFile(
  ctx: ParticipationContext,
  actor: Actor,
  caseId: string,
  fileId: string,
  statementId?: string,
): Promise<Result<OpenFile, ParticipationProblem>> {
  const db = ctx.database.read;
  const view = await caseForStaff(ctx, db, actor, caseId);
  if (!view.ok) return view;
  const refs =
    statementId === undefined
      ? ((await findParticipation(db, caseId))?.rounds.flatMap((round) => round.documents) ?? [])
      : ((await findStatement(db, caseId, statementId))?.attachments ?? []);
  await noteRead(ctx, actor, caseId, 'file');
  return readFile(
    ctx,
    refs.find((one) => one.id === fileId),
  );
}

/** A statement as the applicant may see it, once the officer has confirmed it. */
export interface ReleasedStatement {
  readonly number: string;
  /** Name of the agency; of a person nothing. */
  readonly from: string | undefined;
  readonly answer: Statement['answer'];
  readonly text: string;
  readonly conditions: readonly string[];
  readonly receivedOn: string;
  readonly releasedOn: string;
}

/** What the applicant sees. Before the officer's confirmation: nothing. */
export async function readReleased(
  ctx: ParticipationContext,
  actor: Actor,
  caseId: string,
): Promise<Result<readonly ReleasedStatement[], ParticipationProblem>> {
  const db = ctx.database.read;
  const released = await listReleased(db, caseId);
  const view = await ctx.cases.read(db, caseId);
  if (view === undefined || !ctx.cases.maySee(actor, view)) return refuse(notFound);
  return ok(released.flatMap(present));
}

function present(statement: Statement): ReleasedStatement[] {
  const text = shownText(statement);
  if (text === undefined || statement.releasedOn === undefined) return [];
  const { number, answer, receivedOn, releasedOn, personal, author } = statement;
  // Conditions are words too: of a person they stay with the authority, in the anonymised text.
  return [{ number, from: personal ? undefined : author.name, answer, text, conditions: personal ? [] : statement.conditions, receivedOn, releasedOn }];
}

/** As `readReleased` for the case page: nothing to show costs one query. */
export async function releasedForPanel(ctx: ParticipationContext, actor: Actor, caseId: string): Promise<readonly ReleasedStatement[]> {
  const released = await listReleased(ctx.database.read, caseId);
  if (released.length === 0) return [];
  const view = await ctx.cases.read(ctx.database.read, caseId);
  return view === undefined || !ctx.cases.maySee(actor, view) ? [] : released.flatMap(present);
}

/** Counts for the officer's case page, in one query. */
export async function countsForPanel(ctx: ParticipationContext, caseId: string): Promise<Counts | undefined> {
  return countOpen(ctx.database.read, caseId);
}

/** Whether a case's Abwaegung is complete, and what is missing. */
export interface AbwaegungState {
  readonly complete: boolean;
  readonly statements: number;
  readonly unweighed: number;
  readonly openRounds: number;
}

/** § 1(7) BauGB: complete when every round is closed and every statement is weighed. A case without rounds is complete. */
export async function abwaegungComplete(db: Sql, caseId: string): Promise<AbwaegungState> {
  const { statements, unweighed, openRounds } = (await countOpen(db, caseId)) ?? NOTHING;
  return { complete: unweighed === 0 && openRounds === 0, statements, unweighed, openRounds };
}
