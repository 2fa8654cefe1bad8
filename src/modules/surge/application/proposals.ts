import type { Actor } from '../../../kernel/actor.ts';
import { parseId, uuidFrom } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { enterLage } from '../../situation/public.ts';
import { noProposal, notConnected, type SurgeProblem } from '../domain/problems.ts';
import { clock } from '../domain/proposals.ts';
import { decideProposal, findProposal, lockProposal, type Proposal } from '../store/measures.ts';
import type { SurgeContext } from './context.ts';
import { inSurge, signed } from './in-surge.ts';

export interface ProposalDecision {
  readonly accept: boolean;
  readonly because: string;
  /** Accepted, it becomes a task at once. */
  readonly asTask?: boolean | undefined;
}

/** A person accepts what a rule proposes, or refuses it with a reason; the log says which, and why it was proposed. */
export async function decideOnProposal(
  ctx: SurgeContext,
  actor: Actor,
  key: string,
  id: string,
  input: ProposalDecision,
): Promise<Result<Proposal, SurgeProblem>> {
  const task = input.accept && input.asTask === true ? await orderProposed(ctx, actor, key, id) : ok(undefined);
  if (!task.ok) return task;
  const taskRef = task.value?.ref ?? null;
  return inSurge(ctx, actor, { key, right: 'order' }, async ({ tx, view, now }) => {
    const one = parseId(id) === undefined ? undefined : await lockProposal(tx, view.lage.id, id);
    const wrong = one === undefined ? noProposal : decisionProblem(one, input);
    if (one === undefined || wrong !== undefined) return refuse(wrong ?? noProposal);
    const because = input.because.trim();
    const decided = { state: input.accept ? ('accepted' as const) : ('refused' as const), at: now, by: signed(view), because, taskRef };
    await decideProposal(tx, one.id, decided);
    const words = `Vorschlag ${input.accept ? 'angenommen' : 'abgelehnt'}: ${one.title} (${one.reasons.join('; ')}).${because === '' ? '' : ` Begründung: ${because}`}`;
    const payload = { proposalId: one.id, rule: one.rule, subject: one.subject, state: decided.state, because: sha256Hex(because) };
    return ok({
      value: { ...one, state: decided.state, decidedAt: now, decidedBy: decided.by, because, taskRef },
      event: { kind: 'proposal-decided', payload },
      log: [{ kind: 'entschluss', text: words, refs: [one.subject, ...(taskRef === null ? [] : [taskRef])] }],
    });
  });
}

/** Why this decision cannot be taken on this proposal. */
function decisionProblem(one: Proposal, { accept, because }: ProposalDecision): SurgeProblem | undefined {
  if (one.state === 'lapsed') return { kind: 'wrong-state', detail: 'Der Anlass für diesen Vorschlag ist inzwischen weggefallen. Laden Sie die Seite neu.' };
  if (one.state !== 'open')
    return { kind: 'conflict', detail: `Darüber hat schon ${one.decidedBy} um ${clock(one.decidedAt!)} entschieden. Laden Sie die Seite neu.` };
  if (because.trim().length > 300) return invalidField('because', 'Kürzen Sie die Begründung auf 300 Zeichen.');
  if (!accept && because.trim() === '') return invalidField('because', 'Sagen Sie, warum der Vorschlag nicht gilt. Das steht dann im Tagebuch.');
  return undefined;
}

/** The task comes first, under an id of the proposal's own: pressed twice it is one. */
async function orderProposed(ctx: SurgeContext, actor: Actor, key: string, id: string): Promise<Result<{ readonly ref: string }, SurgeProblem>> {
  const opened = await enterLage(ctx, actor, key, 'order');
  if (!opened.ok) return opened;
  if (ctx.orderTask === undefined) return refuse(notConnected('Das Verzeichnis der Aufträge'));
  const one = parseId(id) === undefined ? undefined : await findProposal(ctx.database.read, opened.value.lage.id, id);
  const wrong = one === undefined ? noProposal : decisionProblem(one, { accept: true, because: '' });
  if (one === undefined || wrong !== undefined) return refuse(wrong ?? noProposal);
  const order = { title: one.title, text: one.reasons.join('; '), responsible: 'S3' as const, dueAt: null, refs: [one.subject] };
  return ctx.orderTask(actor, key, order, uuidFrom(`surge:proposal:${id}`));
}
