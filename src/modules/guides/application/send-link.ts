import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Lang } from '../../../kernel/lang.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isMailAddress } from '../domain/mail-address.ts';
import { startLinkMail } from '../domain/mails.ts';
import { guidesOnly, noService, type GuideProblem } from '../domain/problems.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';

/** A service that people apply for. */
export type WalkedService = NonNullable<ReturnType<GuidesContext['desk']['current']>>;

export function serviceToWalk({ desk }: Pick<GuidesContext, 'desk'>, key: string): Result<WalkedService, GuideProblem> {
  const pkg = desk.current(key);
  return pkg === undefined || pkg.initiator === 'amt' ? refuse(noService) : ok(pkg);
}

/** Sends somebody the address at which their application begins. The mail's address is kept nowhere but in the outbox. */
export async function sendLink(
  ctx: Pick<GuidesContext, 'database' | 'journal' | 'mailer' | 'desk' | 'settings' | 'clock'>,
  actor: Actor,
  { service, email, lang }: { readonly service: string; readonly email: string; readonly lang: Lang },
): Promise<Result<true, GuideProblem>> {
  if (guideOf(actor) === undefined) return refuse(guidesOnly);
  const pkg = serviceToWalk(ctx, service);
  if (!pkg.ok) return pkg;
  const to = email.trim();
  if (!isMailAddress(to))
    return refuse(invalidField('email', 'Das ist keine E-Mail-Adresse. Sie sieht so aus: name@beispiel.de. Lassen Sie sie sich noch einmal buchstabieren.'));
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const mail = startLinkMail({ to, lang, publicUrl: ctx.settings.publicUrl }, startPath(service));
    await ctx.mailer.send(tx, `guides.link.${newId(now.epochMilliseconds)}`, mail);
    await ctx.journal.append(tx, actor, now, [{ stream: 'guides:links', kind: 'guides.link-sent', payload: { service } }]);
    return ok(true as const);
  });
}

/** Where an application begins; who is not signed in is led there after signing in. */
export const startPath = (service: string): string => `/antrag/neu/${service}`;
