import { formatGermanDate } from '../../../kernel/time.ts';
import type { TrustLevel } from '../../../kernel/actor.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { AccountProfile, ProfileField } from '../domain/account.ts';
import { accountTexts } from './account-texts.ts';
import { againPart } from './again.ts';
import { SECURITY_PATH } from './security-pages.ts';
import { securityTexts } from './security-texts.ts';
import { vertretungTexts } from './vertretung-texts.ts';
import { facts, faultsOf, field, formTo, linkButton, notice, refusal, submit } from './parts.ts';
import type { Typed } from './sign-in-pages.ts';

export interface AccountView {
  readonly profile: AccountProfile;
  readonly trust: TrustLevel;
  readonly hasPassword: boolean;
  /** From other modules. */
  readonly beside: Html | undefined;
}

/** What a person may change unless the card proved it. */
const OWN = ['givenName', 'familyName', 'birthDate', 'address'] as const satisfies readonly ProfileField[];

/** The account in one page: who, how sure, and the way out. How to sign in stands on a page of its own. */
export function accountPage(visit: Visit, view: AccountView, typed: Typed & { readonly saved?: boolean; readonly mailSent?: boolean } = {}): Html {
  const t = accountTexts(visit.lang);
  return html`${pageTitle(t.title)}
${visit.acting === undefined || visit.acting.ended ? '' : notice('info', vertretungTexts(visit.lang).ownAccount)}
${refusal(visit.lang, typed.problem)}
${againPart(visit, { problem: typed.problem, hasPassword: view.hasPassword, next: '/konto', fields: typed.fields })}
${typed.saved === true ? notice('success', t.saved) : ''}
${typed.mailSent === true ? notice('success', t.noticeSent) : ''}
${section(t.profile, profileFacts(visit, view))}
${OWN.every((name) => view.profile.sources[name] === 'eid') ? '' : section(t.change, profileForm(visit, view.profile, typed))}
${view.hasPassword ? '' : section(t.noticeTitle, noticeForm(visit, typed))}
${view.beside ?? ''}
${section(securityTexts(visit.lang).title, html`<p>${securityTexts(visit.lang).toPageText}</p><p>${linkButton(SECURITY_PATH, securityTexts(visit.lang).toPage)}</p>`)}
${section(securityTexts(visit.lang).notices, html`<p>${securityTexts(visit.lang).noticesText}</p><p>${linkButton('/konto/benachrichtigungen', securityTexts(visit.lang).toNotices)}</p>`)}
${section(vertretungTexts(visit.lang).title, html`<p>${linkButton('/vertretung', vertretungTexts(visit.lang).toPage)}</p>`)}
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
