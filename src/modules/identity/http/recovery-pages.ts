import { legalDay } from '../../../kernel/time.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { recoveryTerms } from '../domain/recovery.ts';
import { faultsOf, field, formTo, linkButton, refusal, submit } from './parts.ts';
import { securityTexts } from './security-texts.ts';
import { signInTexts } from './sign-in-texts.ts';
import type { Typed } from './sign-in-pages.ts';
import { signupTexts } from './signup-texts.ts';

/** Signing in with a recovery code. */
export function codePage(visit: Visit, next: string, { problem }: Typed = {}): Html {
  const t = securityTexts(visit.lang);
  const waitDays = Math.ceil(recoveryTerms(legalDay(visit.now)).waitHours / 24);
  return html`${pageTitle(t.codeTitle, { lead: t.codeText })}
${refusal(visit.lang, problem)}
${formTo('/anmelden/code', html`${field(visit.lang, { name: 'code', label: t.codeField, hint: t.codeHint, autocomplete: 'off', error: faultsOf(problem).get('code') })}${submit(t.codeSubmit)}`, { weiter: next })}
<p>${t.codeNone(waitDays)} <a class="kern-link" href="/passwort-vergessen">${t.codeNoneLink}</a></p>
<p>${t.noCall}</p>`;
}

/** A step between the link and what it does, so that a mail scanner that opens links does nothing. */
export function stepPage(title: string, text: string, action: string, label: string, kind: 'primary' | 'danger' = 'primary'): Html {
  return html`${pageTitle(title)}<p>${text}</p>${formTo(action, submit(label, kind))}`;
}

export function cancelledPage(visit: Visit): Html {
  const t = securityTexts(visit.lang);
  return html`${pageTitle(t.cancelled)}<p>${t.cancelledText}</p><p>${linkButton('/anmelden?weiter=/konto/sicherheit', signInTexts(visit.lang).title)}</p>`;
}

/** Names and address, and no password. */
export function signupPage(visit: Visit, next: string, { problem, fields }: Typed = {}): Html {
  const [t, s] = [signupTexts(visit.lang), signInTexts(visit.lang)];
  const faults = faultsOf(problem);
  const text = (name: 'givenName' | 'familyName' | 'email', autocomplete: string, type: 'text' | 'email' = 'text'): Html =>
    field(visit.lang, { name, label: s[name], type, autocomplete, value: fields?.get(name) ?? undefined, error: faults.get(name) });
  return html`${pageTitle(t.title, { lead: t.lead })}
${refusal(visit.lang, problem)}
${formTo('/registrieren/passkey', html`${text('givenName', 'given-name')}${text('familyName', 'family-name')}${text('email', 'email', 'email')}${submit(t.submit)}`, { weiter: next })}
<p><a class="kern-link" href="/registrieren?weiter=${encodeURIComponent(next)}">${t.withPassword}</a></p>`;
}

export function signupMailPage(visit: Visit): Html {
  const t = signupTexts(visit.lang);
  return html`${pageTitle(t.mailTitle)}<p>${t.mailText}</p><p>${signInTexts(visit.lang).mailMissing}</p>`;
}

/** Behind the mail's link: the passkey, or a password where there can be none. */
export function makePasskeyPage(visit: Visit, token: string, next: string, { problem }: Typed = {}): Html {
  const [t, s] = [signupTexts(visit.lang), signInTexts(visit.lang)];
  return html`${pageTitle(t.makeTitle, { lead: t.makeText })}
${refusal(visit.lang, problem)}
<kontor-passkey data-mode="sign-up" data-token="${token}" data-next="${next}" data-label="${t.makeButton}"></kontor-passkey>
<noscript><p>${t.noScript}</p></noscript>
${section(
  t.insteadTitle,
  html`<p>${t.insteadText}</p>${formTo(`/registrieren/passkey/${token}`, html`${field(visit.lang, { name: 'password', label: s.password, type: 'password', autocomplete: 'new-password', hint: s.passwordHint, error: faultsOf(problem).get('password') })}${submit(t.insteadSubmit, 'secondary')}`)}`,
)}`;
}
