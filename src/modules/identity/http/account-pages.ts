import { formatGermanDate } from '../../../kernel/time.ts';
import type { TrustLevel } from '../../../kernel/actor.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { OwnPasskey } from '../application/passkeys.ts';
import type { AccountProfile, ProfileField } from '../domain/account.ts';
import type { OwnSession } from '../domain/session.ts';
import { accountTexts } from './account-texts.ts';
import { vertretungTexts } from './vertretung-texts.ts';
import { facts, faultsOf, field, formTo, linkButton, notice, refusal, submit } from './parts.ts';
import type { Typed } from './sign-in-pages.ts';

export interface AccountView {
  readonly profile: AccountProfile;
  readonly trust: TrustLevel;
  readonly hasPassword: boolean;
  readonly passkeys: readonly OwnPasskey[];
  readonly sessions: readonly OwnSession[];
}

/** What a person may change unless the card proved it. */
const OWN = ['givenName', 'familyName', 'birthDate', 'address'] as const satisfies readonly ProfileField[];

/** The account in one page: who, how sure, how to sign in, where signed in, and the way out. */
export function accountPage(visit: Visit, view: AccountView, typed: Typed & { readonly saved?: boolean; readonly mailSent?: boolean } = {}): Html {
  const t = accountTexts(visit.lang);
  return html`${pageTitle(t.title)}
${visit.acting === undefined || visit.acting.ended ? '' : notice('info', vertretungTexts(visit.lang).ownAccount)}
${refusal(visit.lang, typed.problem)}
${typed.saved === true ? notice('success', t.saved) : ''}
${typed.mailSent === true ? notice('success', t.noticeSent) : ''}
${section(t.profile, profileFacts(visit, view))}
${OWN.every((name) => view.profile.sources[name] === 'eid') ? '' : section(t.change, profileForm(visit, view.profile, typed))}
${view.hasPassword ? '' : section(t.noticeTitle, noticeForm(visit, typed))}
${view.hasPassword ? section(t.passwordTitle, passwordForm(visit, typed)) : ''}
${section(t.passkeys, passkeyList(visit, view.passkeys))}
${section(vertretungTexts(visit.lang).title, html`<p>${linkButton('/vertretung', vertretungTexts(visit.lang).toPage)}</p>`)}
${section(t.sessions, sessionList(visit, view.sessions))}
${section(t.data, html`<p>${t.exportText}</p><p>${linkButton('/konto/daten', t.export)}</p>`)}
${section(t.deleteTitle, deleteForm(visit, typed))}`;
}

function profileFacts(visit: Visit, { profile, trust }: AccountView): Html {
  const t = accountTexts(visit.lang);
  const { address, birthDate } = profile;
  const shown: readonly (readonly [ProfileField, string | undefined])[] = [
    ['givenName', profile.givenName],
    ['familyName', profile.familyName],
    ['email', profile.email],
    ['birthDate', birthDate && formatGermanDate(birthDate)],
    ['address', address && `${address.street} ${address.houseNumber}, ${address.postcode} ${address.place}`],
  ];
  const source = (name: ProfileField): string => (profile.sources[name] === 'eid' ? t.fromEid : t.fromKonto);
  return html`${facts([
    ...shown.map(([name, value]) => [t[name], value === undefined ? t.none : html`${value} <small>(${source(name)})</small>`] as const),
    [t.trust, t[trust]] as const,
  ])}
${trust === 'einfach' ? html`<p>${linkButton('/anmelden/eid?weiter=/konto', t.raise)}</p>` : ''}`;
}

function profileForm(visit: Visit, profile: AccountProfile, { problem, fields }: Typed): Html {
  const t = accountTexts(visit.lang);
  const faults = faultsOf(problem);
  const own = (name: ProfileField): boolean => profile.sources[name] !== 'eid';
  const text = (
    name: 'givenName' | 'familyName' | 'birthDate' | 'street' | 'houseNumber' | 'postcode' | 'place',
    kept: string | undefined,
    autocomplete: string,
    hint?: string,
  ): Html => field(visit.lang, { name, label: t[name], value: fields?.get(name) ?? kept, autocomplete, hint, error: faults.get(name) });
  return formTo(
    '/konto',
    html`${own('givenName') ? text('givenName', profile.givenName, 'given-name') : ''}
${own('familyName') ? text('familyName', profile.familyName, 'family-name') : ''}
${own('birthDate') ? text('birthDate', profile.birthDate && formatGermanDate(profile.birthDate), 'bday', t.birthDateHint) : ''}
${own('address') ? html`${text('street', profile.address?.street, 'address-line1')}${text('houseNumber', profile.address?.houseNumber, 'off')}${text('postcode', profile.address?.postcode, 'postal-code')}${text('place', profile.address?.place, 'address-level2')}` : ''}
${submit(t.save)}`,
  );
}

function noticeForm(visit: Visit, { problem, fields }: Typed): Html {
  const t = accountTexts(visit.lang);
  const email = field(visit.lang, {
    name: 'email',
    label: t.email,
    type: 'email',
    autocomplete: 'email',
    value: fields?.get('email') ?? undefined,
    error: faultsOf(problem).get('email'),
  });
  return html`<p>${t.noticeText}</p>
${formTo('/konto/email', html`${email}${submit(t.noticeSubmit, 'secondary')}`)}`;
}

/** The step between the link and the change, so that a mail scanner that opens links confirms nothing. */
export function confirmEmailPage(visit: Visit, action: string): Html {
  const t = accountTexts(visit.lang);
  return html`${pageTitle(t.noticeConfirm)}<p>${t.noticeConfirmText}</p>
${formTo(action, submit(t.noticeConfirm))}`;
}

function passwordForm(visit: Visit, { problem }: Typed): Html {
  const t = accountTexts(visit.lang);
  const faults = faultsOf(problem);
  return formTo(
    '/konto/passwort',
    html`${field(visit.lang, { name: 'oldPassword', label: t.oldPassword, type: 'password', autocomplete: 'current-password', error: faults.get('oldPassword') })}
${field(visit.lang, { name: 'newPassword', label: t.newPassword, type: 'password', autocomplete: 'new-password', error: faults.get('newPassword') })}
${submit(t.changePassword, 'secondary')}`,
  );
}

function passkeyList(visit: Visit, passkeys: readonly OwnPasskey[]): Html {
  const t = accountTexts(visit.lang);
  const entry = (
    one: OwnPasskey,
  ): Html => html`<li><strong>${one.label}</strong> ${t.added}: ${formatInstant(visit.lang, one.createdAt)}${one.usedAt === null ? '' : html`. ${t.used}: ${formatInstant(visit.lang, one.usedAt)}`}
${formTo(`/konto/passkeys/${one.id}/entfernen`, submit(t.remove, 'tertiary', one.label))}</li>`;
  return html`<p>${t.passkeysText}</p>
${passkeys.length === 0 ? html`<p>${t.noPasskeys}</p>` : html`<ul>${passkeys.map(entry)}</ul>`}
<kontor-passkey data-mode="add" data-next="/konto" data-label="${t.addPasskey}"></kontor-passkey>
<noscript><p>${t.needsScript}</p></noscript>`;
}

function sessionList(visit: Visit, sessions: readonly OwnSession[]): Html {
  const t = accountTexts(visit.lang);
  const entry = (
    one: OwnSession,
  ): Html => html`<li>${t.signedInAt}: ${formatInstant(visit.lang, one.createdAt)} (${t[one.method]}). ${t.used}: ${formatInstant(visit.lang, one.lastSeenAt)}
${one.current ? html`<strong>${t.thisSession}</strong>` : formTo(`/konto/sitzungen/${one.id}/beenden`, submit(t.endSession, 'tertiary', formatInstant(visit.lang, one.createdAt)))}</li>`;
  return html`<ul>${sessions.map(entry)}</ul>`;
}

function deleteForm(visit: Visit, { problem }: Typed): Html {
  const t = accountTexts(visit.lang);
  return html`<p>${t.deleteText}</p>
${formTo(
  '/konto/loeschen',
  html`${field(visit.lang, { name: 'confirmation', label: t.deleteConfirm, autocomplete: 'off', error: faultsOf(problem).get('confirmation') })}
${submit(t.delete, 'danger')}`,
)}`;
}

export function deletedPage(visit: Visit): Html {
  const t = accountTexts(visit.lang);
  return html`${pageTitle(t.deleted)}<p>${t.deletedText}</p>`;
}
