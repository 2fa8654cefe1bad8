import type { CitizenActor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { ownDraft } from '../../procedure/public.ts';
import { CODE_MINUTES, type Assistance } from '../domain/assistance.ts';
import { codeHash, helpCode } from '../domain/codes.ts';
import { noDraft, type GuideProblem } from '../domain/problems.ts';
import { holdAsking, insertAssistance, keepEnd, lockOpenOfDraft } from '../store/assistance.ts';
import type { GuidesContext } from './context.ts';
import { assistanceEntry } from './journal.ts';

export interface OpenedHelp {
  readonly assistance: Assistance;
  /** Only its hash is kept. */
  readonly code: string;
}

/** The person asks for help with one draft and gets the code that a guide needs. A code or help from before ends. */
export async function askForHelp(ctx: GuidesContext, actor: CitizenActor, draftId: string): Promise<Result<OpenedHelp, GuideProblem>> {
  const own = parseId(draftId) === undefined ? undefined : await ownDraft(ctx, actor, draftId);
  if (own === undefined) return refuse(noDraft);
  return ctx.database.transaction(async (tx) => {
    // two presses at once are one after the other
    await holdAsking(tx, own.draftId);
    const now = ctx.clock();
    const before = await lockOpenOfDraft(tx, own.draftId);
    if (before !== undefined) await keepEnd(tx, before.id, 'replaced', now);
    const assistance: Assistance = {
      id: newId(now.epochMilliseconds),
      ...own,
      answerUntil: now.add({ minutes: CODE_MINUTES }),
      staffId: null,
      consentedAt: null,
      runsUntil: null,
      endedAt: null,
      endedBecause: null,
      typed: {},
    };
    const code = helpCode(assistance.id, ctx.secret);
    await insertAssistance(tx, assistance, codeHash(code, ctx.secret), now);
    await ctx.journal.append(tx, actor, now, [
      ...(before === undefined ? [] : [assistanceEntry(before, { kind: 'ended', because: 'replaced' })]),
      assistanceEntry(assistance, { kind: 'opened', service: own.service }),
    ]);
    return ok({ assistance, code });
  });
}
