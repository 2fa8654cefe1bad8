import { getPage, html, postPage, problemPage, redirect, type Answer, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { beginSignup, finishSignupWithPassword, openSignup } from '../application/passkey-signup.ts';
import { cancelRecovery, finishRecovery, recoveryCanBeCancelled, recoveryIsOpen } from '../application/recovery.ts';
import { signInWithCode } from '../application/recovery-codes.ts';
import { safeNextPath } from '../domain/next-path.ts';
import { linkUsedUp } from '../domain/problems.ts';
import { sessionCookie, type IdentityHttp } from './deps.ts';
import { cancelledPage, codePage, makePasskeyPage, signupMailPage, signupPage, stepPage } from './recovery-pages.ts';
import { SECURITY_PATH } from './security-pages.ts';
import { securityTexts } from './security-texts.ts';
import { homeOf } from './sign-in-routes.ts';
import { signupTexts } from './signup-texts.ts';

const HOME = homeOf('citizen');
const tokenOf = (visit: Visit): string => visit.params['token'] ?? '';

/** Ways back into an account, and the way into a new one without a password. */
export function recoveryRoutes(deps: IdentityHttp): AnyRoute[] {
  return [...codeRoutes(deps), ...waitingRoutes(deps), ...signupRoutes(deps)];
}

function codeRoutes({ ctx, frame }: IdentityHttp): AnyRoute[] {
  const title = (visit: Visit): string => securityTexts(visit.lang).codeTitle;
  return [
    getPage('/anmelden/code', 'public', async (visit) =>
      html(frame(visit, { title: title(visit), body: codePage(visit, safeNextPath(visit.query.get('weiter'), SECURITY_PATH)) })),
    ),
    postPage(
      '/anmelden/code',
      'public',
      async (visit) => {
        const next = safeNextPath(visit.fields.get('weiter'), SECURITY_PATH);
        const opened = await signInWithCode(ctx, visit, visit.fields.get('code') ?? '');
        if (opened.ok) return redirect(next, [sessionCookie(opened.value)]);
        return html(
          frame(visit, { title: title(visit), body: codePage(visit, next, { problem: opened.problem }), hasErrors: true }),
          problemStatus(opened.problem),
        );
      },
      { limit: 'sign-in' },
    ),
  ];
}

function waitingRoutes({ ctx, frame }: IdentityHttp): AnyRoute[] {
  const CANCEL = '/konto-wiederherstellen/abbrechen/:token';
  return [
    getPage('/konto-wiederherstellen/:token', 'public', async (visit) => {
      const t = securityTexts(visit.lang);
      if (!(await recoveryIsOpen(ctx, tokenOf(visit), visit.now))) return problemPage(linkUsedUp);
      return html(frame(visit, { title: t.openTitle, body: stepPage(t.openTitle, t.openText, `/konto-wiederherstellen/${tokenOf(visit)}`, t.open) }));
    }),
    postPage(
      '/konto-wiederherstellen/:token',
      'public',
      async (visit) => {
        const opened = await finishRecovery(ctx, visit, tokenOf(visit));
        return opened.ok ? redirect(SECURITY_PATH, [sessionCookie(opened.value)]) : problemPage(opened.problem);
      },
      { limit: 'sign-in' },
    ),
    getPage(CANCEL, 'public', async (visit) => {
      const t = securityTexts(visit.lang);
      if (!(await recoveryCanBeCancelled(ctx, tokenOf(visit)))) return problemPage(linkUsedUp);
      const action = `/konto-wiederherstellen/abbrechen/${tokenOf(visit)}`;
      return html(frame(visit, { title: t.cancelTitle, body: stepPage(t.cancelTitle, t.cancelText, action, t.cancel, 'danger') }));
    }),
    postPage(CANCEL, 'public', async (visit) => {
      const done = await cancelRecovery(ctx, tokenOf(visit), visit.now);
      return done.ok ? html(frame(visit, { title: securityTexts(visit.lang).cancelled, body: cancelledPage(visit) })) : problemPage(done.problem);
    }),
  ];
}

function signupRoutes(deps: IdentityHttp): AnyRoute[] {
  return [
    getPage('/registrieren/passkey', 'public', async (visit) => begun(deps, visit, safeNextPath(visit.query.get('weiter'), HOME))),
    postPage('/registrieren/passkey', 'public', (visit) => begin(deps, visit), { limit: 'sign-in' }),
    getPage('/registrieren/passkey/:token', 'public', (visit) => making(deps, visit)),
    postPage(
      '/registrieren/passkey/:token',
      'public',
      async (visit) => {
        const done = await finishSignupWithPassword(deps.ctx, visit, { token: tokenOf(visit), password: visit.fields.get('password') ?? '' });
        if (done.ok) return redirect(done.value.next, [sessionCookie(done.value.session)]);
        return done.problem.kind === 'invalid-input' ? making(deps, visit, done.problem) : problemPage(done.problem);
      },
      { limit: 'sign-in' },
    ),
  ];
}

type Refused = Parameters<typeof signupPage>[2];

function begun({ frame }: IdentityHttp, visit: Visit, next: string, typed: Refused = {}): Answer {
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return html(frame(visit, { title: signupTexts(visit.lang).title, body: signupPage(visit, next, typed), hasErrors: status >= 400 }), status);
}

async function begin(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const { fields } = visit;
  const value = (name: string): string => fields.get(name) ?? '';
  const next = safeNextPath(fields.get('weiter'), HOME);
  const input = { givenName: value('givenName'), familyName: value('familyName'), email: value('email'), lang: visit.lang };
  const done = await beginSignup(deps.ctx, visit.now, input, next);
  if (!done.ok) return begun(deps, visit, next, { problem: done.problem, fields });
  return html(deps.frame(visit, { title: signupTexts(visit.lang).mailTitle, body: signupMailPage(visit) }));
}

async function making({ ctx, frame }: IdentityHttp, visit: Visit, problem?: NonNullable<Refused>['problem']): Promise<Answer> {
  const signup = await openSignup(ctx, tokenOf(visit), visit.now);
  if (signup === undefined) return problemPage(linkUsedUp);
  const body = makePasskeyPage(visit, tokenOf(visit), signup.nextPath, problem === undefined ? {} : { problem });
  return html(
    frame(visit, { title: signupTexts(visit.lang).makeTitle, body, hasErrors: problem !== undefined }),
    problem === undefined ? 200 : problemStatus(problem),
  );
}
