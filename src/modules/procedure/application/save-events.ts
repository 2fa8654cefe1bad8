import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { applicantNames } from '../domain/applicants.ts';
import type { Case } from '../domain/case.ts';
import { deadlinesOf, decisionDeadline, decisionDue } from '../domain/deadlines.ts';
import type { CaseEvent, StoredEvent } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import { conflict, type CaseProblem } from '../domain/problems.ts';
import type { ProcedureRules } from '../domain/procedure-rules.ts';
import { validFor, validUntil } from '../domain/validity.ts';
import { insertCase, insertContents, journalEntry, recordParticipation, replaceDeadlines, sha256Of, updateCase, type CaseIndex } from '../store/cases.ts';
import { noteDecision, noteStatus } from '../store/statistics.ts';
import type { ProcedureContext } from './context.ts';
import { sideEffects } from './side-effects.ts';

interface Change {
  readonly before: Case | undefined;
  readonly events: readonly CaseEvent[];
  readonly actor: Actor;
  readonly now: Temporal.Instant;
  /** When a new case came in; absent: now. */
  readonly filedAt?: Temporal.Instant;
  readonly rules: ProcedureRules;
}

/**
 * Makes events true, all in the caller's transaction: new state, words, deadlines, participation,
 * side effects into the outbox, and last the journal.
 */
export async function saveEvents(ctx: ProcedureContext, tx: Tx, change: Change): Promise<Result<Case, CaseProblem>> {
  const { before, actor, now, rules } = change;
  const stored = stamp(change);
  const state = stored.reduce<Case | undefined>(evolve, before)!;
  const index = indexOf(state, rules);
  const kept = before === undefined ? await insertCase(tx, state, index, change.filedAt ?? now) : await updateCase(tx, state, before.version, index, now);
  if (!kept) return refuse(conflict);
  await insertContents(tx, state.id, stored);
  if (before !== undefined || index.deadlines.length > 0) await replaceDeadlines(tx, state.id, index.deadlines);
  await measure(tx, before, state, index, now);
  if (actor.kind === 'staff') await recordParticipation(tx, state.id, actor.staffId, now);
  for (const effect of sideEffects(state, stored, rules)) {
    await ctx.outbox.enqueue(tx, effect.job, effect.payload, { key: effect.key });
  }
  await ctx.journal.append(
    tx,
    actor,
    now,
    stored.map((event) => journalEntry(event, state.id)),
  );
  return ok(state);
}

/** What the statistics need: how long the case stood where, and whether its first decision came in time. */
async function measure(tx: Tx, before: Case | undefined, state: Case, index: ReturnType<typeof indexOf>, now: Temporal.Instant): Promise<void> {
  if (state.status !== before?.status) await noteStatus(tx, state.id, state.status, now, before === undefined);
  const [first] = state.decisions;
  if (first === undefined || (before?.decisions.length ?? 0) > 0) return;
  const dueOn = index.dueOnDecision;
  const onTime = dueOn === undefined ? undefined : first.kind !== 'fiktion' && first.decidedOn <= dueOn;
  await noteDecision(tx, { caseId: state.id, decidedAt: now, dueOn, onTime, automated: first.automated });
}

function stamp({ before, events, actor, now }: Change): StoredEvent[] {
  const first = (before?.version ?? 0) + 1;
  const under = actor.kind === 'citizen' && actor.agent !== undefined ? { mandateId: actor.agent.mandateId } : {};
  return events.map((event, index) => ({ ...event, version: first + index, at: now, actor: actorRef(actor), ...under }));
}

function indexOf(state: Case, rules: ProcedureRules): CaseIndex & { readonly dueOnDecision: string | undefined } {
  return {
    dueOnDecision: decisionDeadline(state, rules)?.date.toString(),
    decisionDue: decisionDue(state, rules)?.toString(),
    searchText: [state.fileNumber, state.fileNumber.replaceAll('-', ' '), applicantNames(state), ...state.applicant.addressLines, state.reference ?? '']
      .join(' ')
      .trim(),
    deadlines: deadlinesOf(state, rules),
    validUntil: validUntil(state),
    validFor: keyOf(validFor(rules, state.answers)),
  };
}

const keyOf = (what: readonly string[] | undefined): string | undefined => (what === undefined ? undefined : sha256Of(what));
