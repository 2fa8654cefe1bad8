import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { CaseEvent, StatementEvent } from '../domain/events.ts';
import { evolve, type Participation } from '../domain/participation.ts';
import { conflict, type ParticipationProblem } from '../domain/problems.ts';
import { evolveStatement, type Statement } from '../domain/statement.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { putParticipation } from '../store/case-files.ts';
import { insertContent, participationStream } from '../store/contents.ts';
import { putStatement } from '../store/statements.ts';
import type { ParticipationContext } from './context.ts';

export interface StatementChange {
  readonly before: Statement | undefined;
  readonly events: readonly StatementEvent[];
}

/** Events of one case that become true together. */
export interface Change {
  readonly before: Participation;
  readonly events: readonly CaseEvent[];
  readonly statements?: readonly StatementChange[];
  /** Links and mails; runs when the rows are there, before the journal. */
  readonly effects?: (tx: Tx, saved: Saved) => Promise<void>;
}

export interface Saved {
  readonly state: Participation;
  readonly statements: readonly Statement[];
}

/** Makes events true, all in the caller's transaction: states, words, links and mails, and last the journal. */
export async function save(
  ctx: ParticipationContext,
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  change: Change,
): Promise<Result<Saved, ParticipationProblem>> {
  const { before, events, statements = [] } = change;
  const ref = actorRef(actor);
  const entries: NewEntry[] = [];
  let state = before;
  for (const event of events) {
    state = evolve(state, event, { version: state.version + 1, actor: ref });
    entries.push(await keepWords(tx, before.caseId, before.caseId, state.version, event));
  }
  if (events.length > 0 && !(await putParticipation(tx, before, state, now))) return refuse(conflict);
  const saved: Statement[] = [];
  for (const one of statements) {
    let statement = one.before;
    for (const event of one.events) {
      const subject = event.kind === 'stellungnahme-eingegangen' ? event.facts.statementId : statement!.id;
      statement = evolveStatement(statement, event, { version: (statement?.version ?? 0) + 1, actor: ref });
      entries.push(await keepWords(tx, before.caseId, subject, statement.version, event));
    }
    if (one.events.length > 0 && !(await putStatement(tx, statement!, one.before?.version ?? 0, now))) return refuse(conflict);
    saved.push(statement!);
  }
  await change.effects?.(tx, { state, statements: saved });
  if (entries.length > 0) await ctx.journal.append(tx, actor, now, entries);
  return ok({ state, statements: saved });
}

/** The journal entry of an event: its facts and the hash of its words, which stay beside it. */
async function keepWords(tx: Tx, caseId: string, subject: string, version: number, event: CaseEvent | StatementEvent): Promise<NewEntry> {
  const entry = { stream: participationStream(caseId), kind: `participation.${event.kind}` };
  if (event.content === undefined) return { ...entry, payload: { ...event.facts, subject, version } };
  const content = JSON.stringify(event.content);
  const contentSha256 = sha256Hex(content);
  await insertContent(tx, { subject, version, sha256: contentSha256, content });
  return { ...entry, payload: { ...event.facts, subject, version, contentSha256 } };
}
