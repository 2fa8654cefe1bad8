import type { Actor } from '../../../kernel/actor.ts';
import { wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { allProblems, diffPackages, type PackageDiff, type ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import { changePackage, CHANGEABLE } from '../domain/change-package.ts';
import { decisionDue } from '../domain/deadlines.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { findCase } from '../store/cases.ts';
import { casesOnVersion, openVersions } from '../store/migration.ts';
import { listUploads } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { readingOf } from './drafts.ts';
import { rulesOf } from './rules-of.ts';
import { saveEvents } from './save-events.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

/** What a change of version means for one case. */
export interface AffectedCase {
  readonly id: string;
  readonly fileNumber: string;
  readonly authority: string;
  /** Labels and sentences of what the new form asks for and this case has not. */
  readonly missing: readonly string[];
  /** End of the decision period before and after; absent where none runs. */
  readonly dueBefore?: string;
  readonly dueAfter?: string;
}

/** Open cases of one older version, and what changes for them. */
export interface OldVersion {
  readonly hash: string;
  readonly version: string;
  readonly cases: number;
  readonly diff: PackageDiff;
  /** Those for whom something changes, at most `SHOWN`. */
  readonly affected: readonly AffectedCase[];
}

export interface MigrationPreview {
  readonly service: string;
  readonly version: string;
  readonly old: readonly OldVersion[];
}

const SHOWN = 200;
const BATCH = 200;

/** Which open cases run on older versions of a service, and what a change would mean for whom. Changes nothing. */
export async function previewMigration(ctx: ProcedureContext, key: string): Promise<Result<MigrationPreview, CaseProblem>> {
  const current = ctx.desk.current(key);
  if (current === undefined) return refuse(notFound);
  const db = ctx.database.read;
  const old: OldVersion[] = [];
  for (const { hash, cases } of await openVersions(db, key, CHANGEABLE)) {
    if (hash === current.hash) continue;
    const before = await ctx.desk.pinned(hash);
    const affected: AffectedCase[] = [];
    for await (const id of everyCase(db, key, hash)) {
      const one = await affectedCase(ctx, db, id, before, current);
      if (one !== undefined) affected.push(one);
      if (affected.length === SHOWN) break;
    }
    old.push({ hash, version: before.version, cases, diff: diffPackages(before, current), affected });
  }
  return ok({ service: key, version: current.version, old });
}

async function* everyCase(db: Sql, key: string, hash: string): AsyncGenerator<string> {
  let after: string | undefined;
  for (;;) {
    const ids = await casesOnVersion(db, { service: key, hash, statuses: CHANGEABLE, limit: BATCH, after });
    yield* ids;
    if (ids.length < BATCH) return;
    after = ids.at(-1);
  }
}

async function affectedCase(ctx: ProcedureContext, db: Sql, id: string, before: ServicePackage, after: ServicePackage): Promise<AffectedCase | undefined> {
  const state = await findCase(db, id);
  if (state === undefined) return undefined;
  const uploads = await listUploads(db, id);
  const missing = missingUnder(ctx, state, uploads, after).filter((text) => !missingUnder(ctx, state, uploads, before).includes(text));
  const [dueBefore, dueAfter] = [before, after].map((pkg) => decisionDue(state, rulesOf(pkg))?.toString());
  if (missing.length === 0 && dueBefore === dueAfter) return undefined;
  const { fileNumber, authority } = state;
  return { id, fileNumber, authority, missing, ...(dueBefore !== undefined && { dueBefore }), ...(dueAfter !== undefined && { dueAfter }) };
}

/** What the form would complain about, had the case been submitted under this version on its own day. */
function missingUnder(ctx: ProcedureContext, state: Case, uploads: Awaited<ReturnType<typeof listUploads>>, pkg: ServicePackage): string[] {
  const reading = { ...readingOf(ctx, uploads, 'de'), today: Temporal.PlainDate.from(state.submittedOn) };
  return allProblems(pkg, state.answers, reading).map(({ field, message }) => `${field}: ${message}`);
}

export interface MigrationInput {
  readonly service: string;
  /** The older version whose cases go over. */
  readonly from: string;
  readonly reason: string;
  /** Needed where the change can harm cases (`diff.safe` is false). */
  readonly confirmed: boolean;
}

export interface MigrationDone {
  readonly changed: number;
  /** Decided or changed by somebody meanwhile; a second run takes up what is still open. */
  readonly skipped: number;
}

/** Takes the open cases of an older version over to the one in force. Case by case, so that it can be stopped and repeated. */
export async function migrateCases(ctx: ProcedureContext, actor: Staff, input: MigrationInput): Promise<Result<MigrationDone, CaseProblem>> {
  const current = ctx.desk.current(input.service);
  if (current === undefined || input.from === current.hash) return refuse(notFound);
  const before = await ctx.desk.pinned(input.from).catch(() => undefined);
  if (before?.key !== input.service) return refuse(notFound);
  if (!diffPackages(before, current).safe && !input.confirmed) return refuse(wrongState(UNCONFIRMED));
  let changed = 0;
  let skipped = 0;
  for await (const id of everyCase(ctx.database.read, input.service, input.from)) {
    const done = await migrateOne(ctx, actor, id, current, input.reason);
    if (done.ok) changed += 1;
    else if (done.problem.kind === 'invalid-input') return done;
    else skipped += 1;
  }
  return ok({ changed, skipped });
}

const UNCONFIRMED = 'Diese Änderung kann laufenden Fällen schaden. Lesen Sie die Vorschau, und bestätigen Sie dann ausdrücklich.';

async function migrateOne(ctx: ProcedureContext, actor: Staff, caseId: string, to: ServicePackage, reason: string): Promise<Result<Case, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const state = await findCase(tx, caseId);
    if (state === undefined) return refuse(notFound);
    const decided = changePackage(state, to, reason);
    if (!decided.ok) return decided;
    if (decided.value.length === 0) return ok(state);
    return saveEvents(ctx, tx, { before: state, events: decided.value, actor, now: ctx.clock(), rules: rulesOf(to) });
  });
}
