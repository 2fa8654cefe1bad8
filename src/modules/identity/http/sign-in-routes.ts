import { personOf } from '../../../kernel/actor.ts';
import { signInWithPassword } from '../application/sign-in-password.ts';
import { signOut } from '../application/sessions.ts';
import { beginOpenId, finishOpenId, LOGIN_MINUTES } from '../application/sign-in-openid.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { safeNextPath } from '../domain/next-path.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html, postPage, redirect, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { PROVIDER_SIGN_OUT_PATH } from '../../../platform/ui/view.ts';
import { NO_SESSION, OIDC_COOKIE, sessionCookie, type IdentityHttp } from './deps.ts';
import { signedOutPage, signInPage, type Typed } from './sign-in-pages.ts';
import { signInTexts } from './sign-in-texts.ts';

/** Where somebody goes who only wanted to sign in. */
export const homeOf = (kind: 'citizen' | 'staff'): string => (kind === 'staff' ? '/eingang' : '/konto');

/** Registered with the providers; both must match to the letter. */
export const redirectPaths = { eid: '/anmelden/eid/zurueck', staff: '/anmelden/beschaeftigte/zurueck' } as const;

/** Exactly these addresses must be registered with the two providers. */
export function oidcRedirectUris(publicUrl: string): { readonly eid: string; readonly staff: string } {
  return { eid: publicUrl + redirectPaths.eid, staff: publicUrl + redirectPaths.staff };
}

/** Signing in and out. */
export function signInRoutes(deps: IdentityHttp): AnyRoute[] {
  return [
    getPage('/anmelden', 'public', async (visit) => signInAnswer(deps, visit, visit.query.get('weiter'), { again: visit.query.has('erneut') })),
    postPage('/anmelden', 'public', (visit) => passwordSignIn(deps, visit), { limit: 'sign-in' }),
    postPage('/abmelden', 'public', async (visit) => {
      await signOut(deps.ctx, visit.actor, visit);
      return redirect(visit.actor.kind === 'staff' ? '/abgemeldet?anbieter=1' : '/abgemeldet', [NO_SESSION]);
    }),
    getPage('/abgemeldet', 'public', async (visit) => {
      const body = signedOutPage(visit, visit.query.has('anbieter'));
      return html(deps.frame(visit, { title: signInTexts(visit.lang).signedOut, body }));
    }),
    // A link and not part of the form above: browsers hold a form's redirects to our own origin. A shared device comes back to its own page.
    getPage(PROVIDER_SIGN_OUT_PATH, 'public', async () =>
      redirect((await deps.providers.staff.endSessionUrl(`${deps.ctx.settings.publicUrl}/abgemeldet`)) ?? '/abgemeldet'),
    ),
    getPage('/anmelden/eid', 'public', (visit) => departure(deps, visit, 'eid'), { limit: 'sign-in' }),
    getPage('/anmelden/beschaeftigte', 'public', (visit) => departure(deps, visit, 'staff'), { limit: 'sign-in', ownDeviceOnly: true }),
    getPage(redirectPaths.eid, 'public', (visit) => arrival(deps, visit, 'eid'), { limit: 'sign-in' }),
    getPage(redirectPaths.staff, 'public', (visit) => arrival(deps, visit, 'staff'), { limit: 'sign-in', ownDeviceOnly: true }),
  ];
}

function signInAnswer(
  deps: IdentityHttp,
  visit: Visit,
  next: string | null,
  typed: Typed & { readonly again?: boolean },
  cookies: { name: string; value: string }[] = [],
): Answer {
  const body = signInPage(visit, safeNextPath(next, ''), deps.ctx.settings.env === 'demo', typed);
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return html(deps.frame(visit, { title: signInTexts(visit.lang).title, body, hasErrors: status >= 400 }), status, cookies);
}

async function passwordSignIn(deps: IdentityHttp, visit: Visit & { readonly fields: URLSearchParams }): Promise<Answer> {
  const { fields } = visit;
  const input = { email: fields.get('email') ?? '', password: fields.get('password') ?? '' };
  const opened = await signInWithPassword(deps.ctx, visit, input);
  if (!opened.ok) return signInAnswer(deps, visit, fields.get('weiter'), { problem: opened.problem, fields, again: fields.has('erneut') });
  return redirect(safeNextPath(fields.get('weiter'), homeOf('citizen')), [sessionCookie(opened.value)]);
}

async function departure(deps: IdentityHttp, visit: Visit, provider: 'eid' | 'staff'): Promise<Answer> {
  const next = safeNextPath(visit.query.get('weiter'), homeOf(provider === 'eid' ? 'citizen' : 'staff'));
  const raise = provider === 'eid' && visit.actor.kind === 'citizen' ? { raiseAccountId: personOf(visit.actor) } : {};
  const begun = await beginOpenId(deps.ctx, deps.providers, visit.now, { provider, next, ...raise });
  if (!begun.ok) return signInAnswer(deps, visit, next, { problem: begun.problem });
  return redirect(begun.value.url, [{ name: OIDC_COOKIE, value: begun.value.holder, maxAgeSeconds: LOGIN_MINUTES * 60 }]);
}

async function arrival(deps: IdentityHttp, visit: Visit, provider: 'eid' | 'staff'): Promise<Answer> {
  const answer = new URL(visit.url, deps.ctx.settings.publicUrl);
  const present = visit.actor.kind === 'citizen' ? { presentAccountId: personOf(visit.actor) } : {};
  const arrived = await finishOpenId(deps.ctx, deps.providers, visit, { provider, answer, holder: visit.cookies[OIDC_COOKIE], ...present });
  const used = { name: OIDC_COOKIE, value: '' };
  if (!arrived.ok) return refusedArrival(deps, visit, arrived.problem, used);
  return redirect(arrived.value.next, [sessionCookie(arrived.value.session), used]);
}

/** The refusal stands above the ways to sign in, so that the next step is at hand. */
function refusedArrival(deps: IdentityHttp, visit: Visit, problem: IdentityProblem, used: { name: string; value: string }): Answer {
  deps.ctx.log.info('identity.openid-refused', { kind: problem.kind, requestId: visit.requestId });
  return signInAnswer(deps, visit, null, { problem }, [used]);
}
