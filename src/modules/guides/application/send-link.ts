import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { plainMail } from '../../../kernel/mail.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isMailAddress } from '../domain/mail-address.ts';
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
  { service, email }: { readonly service: string; readonly email: string },
): Promise<Result<true, GuideProblem>> {
  if (guideOf(actor) === undefined) return refuse(guidesOnly);
  const pkg = serviceToWalk(ctx, service);
  if (!pkg.ok) return pkg;
  const to = email.trim();
  if (!isMailAddress(to))
    return refuse(invalidField('email', 'Das ist keine E-Mail-Adresse. Sie sieht so aus: name@beispiel.de. Lassen Sie sie sich noch einmal buchstabieren.'));
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const link = `${ctx.settings.publicUrl}${startPath(service)}`;
    const mail = plainMail(to, 'Der Link, über den wir gesprochen haben', `Sie haben mit den Digitallotsen gesprochen. Hier geht es weiter:\n\n${link}`);
    await ctx.mailer.send(tx, `guides.link.${newId(now.epochMilliseconds)}`, mail);
    await ctx.journal.append(tx, actor, now, [{ stream: 'guides:links', kind: 'guides.link-sent', payload: { service } }]);
    return ok(true as const);
  });
}

/** Where an application begins; who is not signed in is led there after signing in. */
export const startPath = (service: string): string => `/antrag/neu/${service}`;
