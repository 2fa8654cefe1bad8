import { ownerOf, type CitizenActor } from '../../../kernel/actor.ts';
import { idOrNobody } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import { consent, type Assistance } from '../domain/assistance.ts';
import { consentSentence } from '../domain/consent.ts';
import { noDraft, type GuideProblem } from '../domain/problems.ts';
import { findOpenOf, keepConsent, lockById } from '../store/assistance.ts';
import type { GuidesContext } from './context.ts';
import { endHelpOf } from './end-help.ts';
import { guideName } from './guide.ts';
import { assistanceEntry } from './journal.ts';

export interface OfferAnswer {
  readonly draftId: string;
  /** Whom the person read about. */
  readonly staffId: string;
  readonly agreed: boolean;
  readonly lang: Lang;
}

/** The person says yes or no to the guide who offers help. A yes is kept with the sentence it was said to. */
export async function answerOffer(ctx: GuidesContext, actor: CitizenActor, answer: OfferAnswer): Promise<Result<Assistance, GuideProblem>> {
  return ctx.database.transaction(async (tx) => {
    const found = await findOpenOf(tx, idOrNobody(answer.draftId), ownerOf(actor));
    const one = found && (await lockById(tx, found.id));
    if (one === undefined) return refuse(noDraft);
    const now = ctx.clock();
    if (!answer.agreed) return ok(await endHelpOf(ctx, tx, actor, one, 'refused', now));
    const agreed = consent(one, answer.staffId, now);
    if (!agreed.ok) return agreed;
    const { lang } = answer;
    const pkg = ctx.desk.current(one.service);
    const text = consentSentence(lang, { guide: await guideName(tx, answer.staffId), service: pkg?.name[lang] ?? one.service });
    await keepConsent(tx, agreed.value, { lang, text });
    const step = { kind: 'consented', lang, sentenceSha256: sha256Hex(text), runsUntil: agreed.value.runsUntil!.toString() } as const;
    await ctx.journal.append(tx, actor, now, [assistanceEntry(one, step)]);
    return ok(agreed.value);
  });
}
