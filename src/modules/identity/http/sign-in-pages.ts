import type { Problem } from '../../../kernel/problem.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { facts, faultsOf, field, formTo, linkButton, notice, refusal, submit } from './parts.ts';
import { securityTexts } from './security-texts.ts';
import { signInTexts } from './sign-in-texts.ts';
import { signupTexts } from './signup-texts.ts';

/** What a form shows again after a refusal. Passwords are never shown again. */
export interface Typed {
  readonly problem?: Problem;
  readonly fields?: URLSearchParams;
}

/** The choice of ways to sign in. @param next path to go on to, already checked */
export function signInPage(visit: Visit, next: string, demo: boolean, typed: Typed & { readonly again?: boolean } = {}): Html {
  const t = signInTexts(visit.lang);
  const query = `?weiter=${encodeURIComponent(next)}`;
  const isCitizen = visit.actor.kind === 'citizen' && typed.again !== true;
  return html`${pageTitle(t.title)}
${refusal(visit.lang, typed.problem)}
${demo ? notice('info', t.demo) : ''}
${isCitizen ? '' : section(t.account, accountForm(visit, next, typed))}
${section(t.eid, html`<p>${isCitizen ? t.raiseText : t.eidText}</p><p>${linkButton(`/anmelden/eid${query}`, t.eidButton)}</p>`)}
${isCitizen ? '' : section(t.staff, html`<p>${linkButton(`/anmelden/beschaeftigte${query}`, t.staffButton)}</p>`)}`;
}

function accountForm(visit: Visit, next: string, { problem, fields }: Typed): Html {
  const t = signInTexts(visit.lang);
  const faults = faultsOf(problem);
  const query = `?weiter=${encodeURIComponent(next)}`;
  return html`${formTo(
    '/anmelden',
    html`${field(visit.lang, { name: 'email', label: t.email, type: 'email', autocomplete: 'username webauthn', value: fields?.get('email') ?? undefined, error: faults.get('email') })}
${field(visit.lang, { name: 'password', label: t.password, type: 'password', autocomplete: 'current-password', error: faults.get('password') })}
${submit(t.submit)}`,
    { weiter: next, ...(visit.actor.kind === 'citizen' ? { erneut: '1' } : {}) },
  )}
<kontor-passkey data-mode="sign-in" data-next="${next}" data-label="${t.passkey}"></kontor-passkey>
<p><a class="kern-link" href="/passwort-vergessen">${t.forgotten}</a></p>
<p><a class="kern-link" href="/anmelden/code${query}">${securityTexts(visit.lang).codeTitle}</a></p>
<p><a class="kern-link" href="/registrieren${query}">${t.register}</a></p>`;
}

export function registerPage(visit: Visit, next: string, { problem, fields }: Typed = {}): Html {
  const t = signInTexts(visit.lang);
  const faults = faultsOf(problem);
  const text = (name: 'givenName' | 'familyName', autocomplete: string): Html =>
    field(visit.lang, { name, label: t[name], autocomplete, value: fields?.get(name) ?? undefined, error: faults.get(name) });
  return html`${pageTitle(t.registerTitle)}
${refusal(visit.lang, problem)}
<p><a class="kern-link" href="/registrieren/passkey?weiter=${encodeURIComponent(next)}">${signupTexts(visit.lang).link}</a></p>
${formTo(
  '/registrieren',
  html`${text('givenName', 'given-name')}
${text('familyName', 'family-name')}
${field(visit.lang, { name: 'email', label: t.email, type: 'email', autocomplete: 'email', value: fields?.get('email') ?? undefined, error: faults.get('email') })}
${field(visit.lang, { name: 'password', label: t.password, type: 'password', autocomplete: 'new-password', hint: t.passwordHint, error: faults.get('password') })}
${submit(t.registerSubmit)}`,
  { weiter: next },
)}`;
}

/** After registering or asking for a link: the same page whether there is such an account or not. */
export function mailSentPage(visit: Visit, why: 'register' | 'reset', email: string): Html {
  const t = signInTexts(visit.lang);
  return html`${pageTitle(t.mailTitle)}
<p>${why === 'register' ? t.mailRegister : t.mailReset}</p>
${facts([[t.email, email]])}
<p>${t.mailMissing}</p>`;
}

export function confirmPage(visit: Visit, action: string, next: string, { problem }: Typed = {}): Html {
  const t = signInTexts(visit.lang);
  return html`${pageTitle(t.confirmTitle)}
${refusal(visit.lang, problem)}
<p>${t.confirmText}</p>
${formTo(
  action,
  html`${field(visit.lang, { name: 'password', label: t.password, type: 'password', autocomplete: 'current-password', error: faultsOf(problem).get('password') })}
${submit(t.confirmSubmit)}`,
  { weiter: next },
)}
<p><a class="kern-link" href="/passwort-vergessen">${t.forgotten}</a></p>`;
}

export function forgottenPage(visit: Visit, { problem, fields }: Typed = {}): Html {
  const t = signInTexts(visit.lang);
  return html`${pageTitle(t.forgottenTitle)}
${refusal(visit.lang, problem)}
<p>${t.forgottenText}</p>
${formTo(
  '/passwort-vergessen',
  html`${field(visit.lang, { name: 'email', label: t.email, type: 'email', autocomplete: 'email', value: fields?.get('email') ?? undefined, error: faultsOf(problem).get('email') })}
${submit(t.forgottenSubmit)}`,
)}`;
}

export function newPasswordPage(visit: Visit, action: string, { problem }: Typed = {}): Html {
  const t = signInTexts(visit.lang);
  return html`${pageTitle(t.resetTitle)}
${refusal(visit.lang, problem)}
${formTo(
  action,
  html`${field(visit.lang, { name: 'password', label: t.newPassword, type: 'password', autocomplete: 'new-password', hint: t.passwordHint, error: faultsOf(problem).get('password') })}
${submit(t.resetSubmit)}`,
)}`;
}

/** @param atProvider offer to end the session of the staff's provider too */
export function signedOutPage(visit: Visit, atProvider: boolean): Html {
  const t = signInTexts(visit.lang);
  return html`${pageTitle(t.signedOut)}
<p>${t.signedOutText}</p>
${atProvider ? html`<p>${linkButton('/abmelden/anbieter', t.providerSignOut)}</p>` : ''}
<p>${linkButton('/anmelden', t.again, 'tertiary')}</p>`;
}
