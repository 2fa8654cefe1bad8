import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { StatementWords, Via } from '../domain/events.ts';
import type { Participation } from '../domain/participation.ts';
import type { ParticipationProblem } from '../domain/problems.ts';
import type { Statement } from '../domain/statement.ts';
import { nextNumber } from './consult.ts';
import type { ParticipationContext } from './context.ts';
import { save } from './save.ts';

export interface NewStatement {
  readonly file: Participation;
  readonly roundId: string;
  readonly words: StatementWords;
  readonly receivedOn: string;
  readonly late: boolean;
  readonly via: Via;
  /** Links and mails that belong to it. */
  readonly effects?: (tx: Tx, statement: Statement) => Promise<void>;
}

/** Keeps a statement of the public, from the form or from paper. */
export async function keepStatement(ctx: ParticipationContext, tx: Tx, actor: Actor, given: NewStatement): Promise<Result<Statement, ParticipationProblem>> {
  const { file, roundId, words, receivedOn, late, via } = given;
  const now = ctx.clock();
  const facts = {
    statementId: newId(now.epochMilliseconds),
    caseId: file.caseId,
    number: await nextNumber(tx, now),
    roundId,
    answer: 'statement',
    receivedOn,
    late,
    via,
    places: words.places.length,
    files: words.attachments.map(({ sha256 }) => sha256),
  } as const;
  const saved = await save(ctx, tx, actor, now, {
    before: file,
    events: [],
    statements: [{ before: undefined, events: [{ kind: 'stellungnahme-eingegangen', facts, content: words }] }],
    effects: async (inner, { statements: [statement] }) => given.effects?.(inner, statement!),
  });
  return saved.ok ? ok(saved.value.statements[0]!) : saved;
}
