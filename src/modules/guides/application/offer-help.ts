import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { codeUnknown, offer, type Assistance } from '../domain/assistance.ts';
import { codeHash, codeSigns } from '../domain/codes.ts';
import { guidesOnly, type GuideProblem } from '../domain/problems.ts';
import { keepOffer, lockByCode } from '../store/assistance.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';
import { assistanceEntry } from './journal.ts';

/** A guide types the code that the person reads out. It shows nothing yet: the person says yes to the guide's name first. */
export async function offerHelp(ctx: GuidesContext, actor: Actor, code: string): Promise<Result<Assistance, GuideProblem>> {
  const guide = guideOf(actor);
  if (guide === undefined) return refuse(guidesOnly);
  if (codeSigns(code).length !== 8) return refuse(codeUnknown);
  return ctx.database.transaction(async (tx) => {
    const found = await lockByCode(tx, codeHash(code, ctx.secret));
    if (found === undefined) return refuse(codeUnknown);
    const now = ctx.clock();
    const offered = offer(found, guide.staffId, now);
    if (!offered.ok) return offered;
    await keepOffer(tx, offered.value);
    await ctx.journal.append(tx, actor, now, [assistanceEntry(found, { kind: 'offered' })]);
    return ok(offered.value);
  });
}
