import type { Problem } from '../../../kernel/problem.ts';
import { inOwnName, type CitizenActor } from '../../../kernel/actor.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html, postPage, redirect, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { ownPasskeys } from '../application/passkeys.ts';
import { cancelOwnRecovery, ownRecovery } from '../application/recovery.ts';
import { makeRecoveryCodes, recoveryCodes } from '../application/recovery-codes.ts';
import { endOtherSessions, ownSessions } from '../application/sessions.ts';
import { sessionMaySetPassword, setPassword } from '../application/set-password.ts';
import { waysIn } from '../application/ways-in.ts';
import type { IdentityHttp } from './deps.ts';
import { codesPage, SECURITY_PATH, securityPage } from './security-pages.ts';
import { securityTexts } from './security-texts.ts';

const accountOf = (visit: Visit): string => inOwnName(visit.actor as CitizenActor).accountId;
const SAVED = `${SECURITY_PATH}?gespeichert=1`;

/** Ways into one's own account, codes in reserve, and devices. */
export function securityRoutes(deps: IdentityHttp): AnyRoute[] {
  const { ctx } = deps;
  return [
    getPage(SECURITY_PATH, 'person', (visit) => securityAnswer(deps, visit, { saved: visit.query.has('gespeichert') })),
    postPage(
      `${SECURITY_PATH}/codes`,
      'person',
      async (visit) => {
        const made = await makeRecoveryCodes(ctx, accountOf(visit), visit);
        if (!made.ok) return securityAnswer(deps, visit, { problem: made.problem });
        return html(deps.frame(visit, { title: securityTexts(visit.lang).codesTitle, body: codesPage(visit, made.value) }), 201);
      },
      { limit: 'sign-in' },
    ),
    postPage(
      `${SECURITY_PATH}/passwort`,
      'person',
      async (visit) => {
        const done = await setPassword(ctx, visit, accountOf(visit), visit.fields.get('password') ?? '');
        return done.ok ? redirect(SAVED) : securityAnswer(deps, visit, { problem: done.problem });
      },
      { limit: 'sign-in' },
    ),
    postPage(`${SECURITY_PATH}/wiederherstellung/abbrechen`, 'person', async (visit) => {
      const done = await cancelOwnRecovery(ctx, accountOf(visit), visit.now);
      return done.ok ? redirect(SAVED) : securityAnswer(deps, visit, { problem: done.problem });
    }),
    postPage('/konto/sitzungen/andere-beenden', 'signed-in', async (visit) => {
      await endOtherSessions(ctx, visit.actor, visit);
      return redirect(visit.actor.kind === 'staff' ? '/konto?gespeichert=1' : SAVED);
    }),
  ];
}

/** The page, with what was refused. */
export async function securityAnswer(deps: IdentityHttp, visit: Visit, typed: { problem?: Problem; saved?: boolean }): Promise<Answer> {
  const { ctx } = deps;
  const accountId = accountOf(visit);
  const view = {
    ways: await waysIn(ctx.database.read, accountId),
    passkeys: await ownPasskeys(ctx, accountId),
    codes: await recoveryCodes(ctx.database.read, accountId),
    sessions: await ownSessions(ctx, visit.actor, visit),
    recovery: await ownRecovery(ctx.database.read, accountId),
    maySetPassword: await sessionMaySetPassword(ctx, visit, accountId),
  };
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return html(deps.frame(visit, { title: securityTexts(visit.lang).title, body: securityPage(visit, view, typed) }), status);
}
