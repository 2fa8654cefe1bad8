import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { noProposal, notConnected, type SurgeProblem } from '../domain/problems.ts';
import { clock } from '../domain/proposals.ts';
import { decideProposal, lockProposal, type Proposal } from '../store/measures.ts';
import type { SurgeContext } from './context.ts';
import { inSurge, signed } from './in-surge.ts';

export interface ProposalDecision {
  readonly accept: boolean;
  readonly because: string;
  /** Accepted, it becomes a task at once. */
  readonly asTask?: boolean | undefined;
}

/** A person accepts what a rule proposes, or refuses it with a reason; the log says which, and why it was proposed. */
export function decideOnProposal(ctx: SurgeContext, actor: Actor, key: string, id: string, input: ProposalDecision): Promise<Result<Proposal, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'order' }, async ({ tx, view, now }) => {
    const one = parseId(id) === undefined ? undefined : await lockProposal(tx, view.lage.id, id);
    if (one === undefined) return refuse(noProposal);
    if (one.state === 'lapsed')
      return refuse({ kind: 'wrong-state', detail: 'Der Anlass für diesen Vorschlag ist inzwischen weggefallen. Laden Sie die Seite neu.' });
    if (one.state !== 'open')
      return refuse({ kind: 'conflict', detail: `Darüber hat schon ${one.decidedBy} um ${clock(one.decidedAt!)} entschieden. Laden Sie die Seite neu.` });
    const because = input.because.trim();
    if (because.length > 300) return refuse(invalidField('because', 'Kürzen Sie die Begründung auf 300 Zeichen.'));
    if (!input.accept && because === '') return refuse(invalidField('because', 'Sagen Sie, warum der Vorschlag nicht gilt. Das steht dann im Tagebuch.'));
    if (input.accept && input.asTask === true && ctx.orderTask === undefined) return refuse(notConnected('Das Verzeichnis der Aufträge'));
    const task =
      input.accept && input.asTask === true
        ? await ctx.orderTask!(tx, view, { title: one.title, text: one.reasons.join('; '), responsible: 'S3', dueAt: null, refs: [one.subject] }, now)
        : undefined;
    const decided = { state: input.accept ? ('accepted' as const) : ('refused' as const), at: now, by: signed(view), because, taskRef: task?.ref ?? null };
    await decideProposal(tx, one.id, decided);
    const words = `Vorschlag ${input.accept ? 'angenommen' : 'abgelehnt'}: ${one.title} (${one.reasons.join('; ')}).${because === '' ? '' : ` Begründung: ${because}`}`;
    return ok({
      value: { ...one, state: decided.state, decidedAt: now, decidedBy: decided.by, because, taskRef: decided.taskRef },
      event: {
        kind: 'proposal-decided',
        payload: { proposalId: one.id, rule: one.rule, subject: one.subject, state: decided.state, because: sha256Hex(because) },
      },
      log: [{ kind: 'entschluss', text: words, refs: [one.subject, ...(task === undefined ? [] : [task.ref])] }],
      more: task?.journal ?? [],
    });
  });
}
