import type { Problem } from '../../../kernel/problem.ts';
import { inOwnName, type CitizenActor } from '../../../kernel/actor.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html, postPage, redirect, type Answer, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { endRecentWays, recentWays } from '../application/end-young-ways.ts';
import { freshSession, settleDaysAt } from '../application/fresh-session.ts';
import { ownPasskeys } from '../application/passkeys.ts';
import { cancelOwnRecovery, ownRecovery } from '../application/recovery.ts';
import { makeRecoveryCodes, recoveryCodes } from '../application/recovery-codes.ts';
import { endOtherSessions, ownSessions } from '../application/sessions.ts';
import { sessionMaySetPassword, setPassword } from '../application/set-password.ts';
import { waysIn } from '../application/ways-in.ts';
import { safeNextPath } from '../domain/next-path.ts';
import { passwordCameAlong } from './again.ts';
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
        const wrong = await passwordCameAlong(deps, visit);
        if (wrong !== undefined) return securityAnswer(deps, visit, { problem: wrong });
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
    postPage(`${SECURITY_PATH}/neues/beenden`, 'person', async (visit) => {
      const done = await endRecentWays(ctx, visit, accountOf(visit));
      return done.ok ? redirect(SAVED) : securityAnswer(deps, visit, { problem: done.problem });
    }),
    postPage(`${SECURITY_PATH}/wiederherstellung/abbrechen`, 'person', async (visit) => {
      const wrong = await passwordCameAlong(deps, visit);
      if (wrong !== undefined) return securityAnswer(deps, visit, { problem: wrong });
      // the password itself may have ended it
      if (visit.fields.has('currentPassword') && (await ownRecovery(ctx.database.read, accountOf(visit))) === undefined) return redirect(SAVED);
      const done = await cancelOwnRecovery(ctx, accountOf(visit), visit);
      return done.ok ? redirect(SAVED) : securityAnswer(deps, visit, { problem: done.problem });
    }),
    postPage('/konto/bestaetigen', 'person', (visit) => confirmAnswer(deps, visit), { limit: 'sign-in' }),
    postPage('/konto/sitzungen/andere-beenden', 'signed-in', async (visit) => {
      await endOtherSessions(ctx, visit.actor, visit);
      return redirect(visit.actor.kind === 'staff' ? '/konto?gespeichert=1' : SAVED);
    }),
  ];
}

async function confirmAnswer(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const wrong = await passwordCameAlong(deps, visit);
  return wrong === undefined
    ? redirect(safeNextPath(visit.fields.get('weiter'), SECURITY_PATH))
    : securityAnswer(deps, visit, { problem: wrong, fields: visit.fields });
}

/** The page, with what was refused. */
export async function securityAnswer(
  deps: IdentityHttp,
  visit: Visit,
  typed: { problem?: Problem; saved?: boolean; fields?: URLSearchParams },
): Promise<Answer> {
  const { ctx } = deps;
  const accountId = accountOf(visit);
  const view = {
    ways: await waysIn(ctx.database.read, accountId),
    passkeys: await ownPasskeys(ctx, accountId),
    codes: await recoveryCodes(ctx.database.read, accountId),
    sessions: await ownSessions(ctx, visit.actor, visit),
    recovery: await ownRecovery(ctx.database.read, accountId),
    settleDays: settleDaysAt(visit.now),
    recent: await recentWays(ctx.database.read, accountId, visit.now),
    maySetPassword: await sessionMaySetPassword(ctx, visit, accountId),
    fresh: (await freshSession(ctx, visit, accountId)).ok,
  };
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return html(deps.frame(visit, { title: securityTexts(visit.lang).title, body: securityPage(visit, view, typed), hasErrors: status >= 400 }), status);
}
