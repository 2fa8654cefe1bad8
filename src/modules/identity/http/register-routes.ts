import { confirmationIsOpen, confirmRegistration, register } from '../application/register.ts';
import { requestReset, resetIsOpen, resetPassword } from '../application/reset-password.ts';
import { safeNextPath } from '../domain/next-path.ts';
import { linkUsedUp, type IdentityProblem } from '../domain/problems.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html, postPage, problemPage, redirect, type Answer, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import type { Html } from '../../../platform/ui/html.ts';
import { sessionCookie, type IdentityHttp } from './deps.ts';
import { confirmPage, forgottenPage, mailSentPage, newPasswordPage, registerPage } from './sign-in-pages.ts';
import { homeOf } from './sign-in-routes.ts';
import { signInTexts } from './sign-in-texts.ts';

const HOME = homeOf('citizen');

/** Registering, confirming the e-mail, and setting a new password by mail. */
export function registerRoutes(deps: IdentityHttp): AnyRoute[] {
  return [
    getPage('/registrieren', 'public', async (visit) => show(deps, visit, 'registerTitle', registerPage(visit, safeNextPath(visit.query.get('weiter'), HOME)))),
    postPage('/registrieren', 'public', (visit) => registration(deps, visit), { limit: 'sign-in' }),
    getPage('/registrieren/bestaetigen/:token', 'public', async (visit) => {
      if (!(await confirmationIsOpen(deps.ctx, visit.params['token'] ?? '', visit.now))) return problemPage(linkUsedUp);
      return show(deps, visit, 'confirmTitle', confirmPage(visit, pathOf(visit), safeNextPath(visit.query.get('weiter'), HOME)));
    }),
    postPage('/registrieren/bestaetigen/:token', 'public', (visit) => confirmation(deps, visit), { limit: 'sign-in' }),
    getPage('/passwort-vergessen', 'public', async (visit) => show(deps, visit, 'forgottenTitle', forgottenPage(visit))),
    postPage('/passwort-vergessen', 'public', (visit) => forgotten(deps, visit), { limit: 'sign-in' }),
    getPage('/passwort-neu/:token', 'public', async (visit) => {
      if (!(await resetIsOpen(deps.ctx, visit.params['token'] ?? '', visit.now))) return problemPage(linkUsedUp);
      return show(deps, visit, 'resetTitle', newPasswordPage(visit, pathOf(visit)));
    }),
    postPage('/passwort-neu/:token', 'public', (visit) => newPassword(deps, visit), { limit: 'sign-in' }),
  ];
}

const pathOf = (visit: Visit): string => visit.url.split('?')[0]!;

type Title = 'registerTitle' | 'confirmTitle' | 'forgottenTitle' | 'resetTitle' | 'mailTitle';

function show(deps: IdentityHttp, visit: Visit, title: Title, body: Html, problem?: IdentityProblem): Answer {
  return html(
    deps.frame(visit, { title: signInTexts(visit.lang)[title], body, hasErrors: problem !== undefined }),
    problem === undefined ? 200 : problemStatus(problem),
  );
}

async function registration(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const { fields } = visit;
  const value = (name: string): string => fields.get(name) ?? '';
  const next = safeNextPath(fields.get('weiter'), HOME);
  const input = { givenName: value('givenName'), familyName: value('familyName'), email: value('email'), password: value('password'), lang: visit.lang };
  const done = await register(deps.ctx, visit.now, input, next);
  if (done.ok) return show(deps, visit, 'mailTitle', mailSentPage(visit, 'register', input.email.trim()));
  return show(deps, visit, 'registerTitle', registerPage(visit, next, { problem: done.problem, fields }), done.problem);
}

async function confirmation(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const next = safeNextPath(visit.fields.get('weiter'), HOME);
  const opened = await confirmRegistration(deps.ctx, visit, { token: visit.params['token'] ?? '', password: visit.fields.get('password') ?? '' });
  if (opened.ok) return redirect(next, [sessionCookie(opened.value)]);
  if (opened.problem.kind === 'wrong-state') return problemPage(opened.problem);
  return show(deps, visit, 'confirmTitle', confirmPage(visit, pathOf(visit), next, { problem: opened.problem }), opened.problem);
}

async function forgotten(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const { fields } = visit;
  const email = fields.get('email') ?? '';
  const done = await requestReset(deps.ctx, visit.now, email, visit.lang);
  if (done.ok) return show(deps, visit, 'mailTitle', mailSentPage(visit, 'reset', email.trim()));
  return show(deps, visit, 'forgottenTitle', forgottenPage(visit, { problem: done.problem, fields }), done.problem);
}

async function newPassword(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const opened = await resetPassword(deps.ctx, visit, { token: visit.params['token'] ?? '', password: visit.fields.get('password') ?? '' });
  if (opened.ok) return redirect(HOME, [sessionCookie(opened.value)]);
  if (opened.problem.kind === 'wrong-state') return problemPage(opened.problem);
  return show(deps, visit, 'resetTitle', newPasswordPage(visit, pathOf(visit), { problem: opened.problem }), opened.problem);
}
