import type { Visit } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { RecentWays } from '../application/end-young-ways.ts';
import type { OwnPasskey } from '../application/passkeys.ts';
import type { OwnRecovery } from '../application/recovery.ts';
import type { OwnSession } from '../domain/session.ts';
import { countWays, type WaysIn } from '../domain/ways-in.ts';
import { accountTexts } from './account-texts.ts';
import { againPart, firstAgain } from './again.ts';
import { facts, faultsOf, field, formTo, linkButton, notice, refusal, submit } from './parts.ts';
import { securityTexts } from './security-texts.ts';
import type { Typed } from './sign-in-pages.ts';

export const SECURITY_PATH = '/konto/sicherheit';

export interface SecurityView {
  readonly ways: WaysIn;
  readonly passkeys: readonly OwnPasskey[];
  readonly codes: { readonly left: number; readonly madeAt: Temporal.Instant | null };
  readonly sessions: readonly OwnSession[];
  readonly recovery: OwnRecovery | undefined;
  readonly recent: RecentWays;
  /** Days for which a way counts as new. */
  readonly settleDays: number;
  /** Whether this session may set a password without the old one. */
  readonly maySetPassword: boolean;
  /** Whether it may add ways in. */
  readonly fresh: boolean;
}

/** Every way into the account, what is in reserve, and where somebody is signed in. */
export function securityPage(visit: Visit, view: SecurityView, typed: Typed & { readonly saved?: boolean } = {}): Html {
  const t = securityTexts(visit.lang);
  const a = accountTexts(visit.lang);
  const alone = countWays(view.ways) + Math.min(view.codes.left, 1) < 2;
  return html`${pageTitle(t.title, { lead: t.lead })}
${refusal(visit.lang, typed.problem)}
${againPart(visit, { problem: typed.problem, hasPassword: view.ways.password, next: SECURITY_PATH, fields: typed.fields })}
${typed.saved === true ? notice('success', a.saved) : ''}
${view.recovery === undefined ? '' : runningPart(visit, view.recovery)}
${alone ? notice('warning', t.oneWay) : ''}
${section(t.ways, waysPart(visit, view))}
${view.ways.password ? section(a.passwordTitle, passwordForm(visit, typed)) : ''}
${view.maySetPassword ? section(t.newPassword, newPasswordForm(visit, typed)) : ''}
${recentPart(visit, view)}
${section(a.passkeys, passkeyList(visit, view))}
${section(t.codes, codesPart(visit, view.codes))}
${section(t.sessions, sessionPart(visit, view.sessions))}`;
}

function runningPart(visit: Visit, { readyAt }: OwnRecovery): Html {
  const t = securityTexts(visit.lang);
  return section(
    t.running,
    html`<p>${t.runningText} ${formatInstant(visit.lang, readyAt)}.</p>${formTo(`${SECURITY_PATH}/wiederherstellung/abbrechen`, submit(t.cancel, 'danger'))}`,
  );
}

const RECENT = [
  ['passkeys', 'wayPasskeys'],
  ['eids', 'wayEid'],
  ['codes', 'wayCodes'],
  ['offers', 'recentOffers'],
] as const;

/** What somebody else may have made, and one click that ends it. */
function recentPart({ lang }: Visit, { recent, settleDays, maySetPassword }: SecurityView): Html {
  const t = securityTexts(lang);
  const { mandates, forOrganisations, ...counts } = recent;
  const items = [
    ...RECENT.flatMap(([kind, word]) => (counts[kind] === 0 ? [] : [`${t[word]}: ${counts[kind]}`])),
    ...mandates.map((name) => t.recentMandate(name)),
    ...forOrganisations.map(({ name, organisation }) => t.recentForOrganisation(name, organisation)),
  ];
  if (items.length === 0) return html``;
  return section(
    t.recent(settleDays),
    html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul><p>${t.recentText}</p>
${maySetPassword ? formTo(`${SECURITY_PATH}/neues/beenden`, submit(t.recentEnd, 'danger')) : html`<p>${t.recentHow(settleDays)}</p>`}`,
  );
}

function waysPart(visit: Visit, { ways, codes }: SecurityView): Html {
  const t = securityTexts(visit.lang);
  const there = (yes: boolean): string => (yes ? t.yes : t.no);
  return html`${facts([
    [t.wayPassword, there(ways.password)],
    [t.wayPasskeys, ways.passkeys === 0 ? t.no : String(ways.passkeys)],
    [t.wayEid, there(ways.eids > 0)],
    [t.wayCodes, codes.left === 0 ? t.no : String(codes.left)],
  ])}
${ways.eids > 0 ? '' : html`<p>${linkButton(`/anmelden/eid?weiter=${SECURITY_PATH}`, t.eidConnect)}</p>`}`;
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

function newPasswordForm(visit: Visit, { problem }: Typed): Html {
  const t = securityTexts(visit.lang);
  return html`<p>${t.newPasswordText}</p>${formTo(
    `${SECURITY_PATH}/passwort`,
    html`${field(visit.lang, { name: 'password', label: t.newPasswordField, type: 'password', autocomplete: 'new-password', hint: t.newPasswordHint, error: faultsOf(problem).get('password') })}
${submit(t.savePassword, 'secondary')}`,
  )}`;
}

function passkeyList(visit: Visit, { passkeys, ways, fresh }: SecurityView): Html {
  const t = accountTexts(visit.lang);
  const entry = (
    one: OwnPasskey,
  ): Html => html`<li><strong>${one.label}</strong> ${t.added}: ${formatInstant(visit.lang, one.createdAt)}${one.usedAt === null ? '' : html`. ${t.used}: ${formatInstant(visit.lang, one.usedAt)}`}
${formTo(`/konto/passkeys/${one.id}/entfernen`, submit(t.remove, 'tertiary', one.label))}</li>`;
  return html`<p>${t.passkeysText}</p>
${passkeys.length === 0 ? html`<p>${t.noPasskeys}</p>` : html`<ul>${passkeys.map(entry)}</ul>`}
${
  fresh
    ? html`<kontor-passkey data-mode="add" data-next="${SECURITY_PATH}" data-label="${t.addPasskey}"></kontor-passkey>
<noscript><p>${t.needsScript}</p></noscript>`
    : firstAgain(visit, ways.password, SECURITY_PATH)
}`;
}

function codesPart(visit: Visit, { left, madeAt }: SecurityView['codes']): Html {
  const t = securityTexts(visit.lang);
  const has = madeAt !== null;
  return html`<p>${t.codesText}</p>
${
  has
    ? html`${facts([
        [t.codesLeft, String(left)],
        [t.codesSince, formatInstant(visit.lang, madeAt)],
      ])}<p>${t.codesReplace}</p>`
    : ''
}
${formTo(`${SECURITY_PATH}/codes`, submit(has ? t.codesAgain : t.codesMake, 'secondary'))}`;
}

/** The answer to the form itself, so that no address and no history leads back to the codes. */
export function codesPage(visit: Visit, codes: readonly string[]): Html {
  const t = securityTexts(visit.lang);
  return html`${pageTitle(t.codesTitle, { lead: t.codesOnce })}
<ol>${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>
<p>${t.codesUse}</p>
<p>${t.noCall}</p>
<p>${linkButton(SECURITY_PATH, t.back)}</p>`;
}

/** Devices with what is known of them: the kind, never the place. Also for employees. */
export function sessionPart(visit: Visit, sessions: readonly OwnSession[]): Html {
  const t = securityTexts(visit.lang);
  const when = (one: OwnSession): string => formatInstant(visit.lang, one.createdAt);
  const table = dataTable<OwnSession>(
    [
      { label: t.device, rowHeader: true, cell: ({ deviceKind }) => deviceKind ?? t.unknownDevice },
      { label: t.begun, cell: when },
      { label: t.lastUsed, cell: ({ lastSeenAt }) => formatInstant(visit.lang, lastSeenAt) },
      { label: t.how, cell: ({ method }) => t[method] },
      {
        label: t.end,
        cell: (one) => (one.current ? html`<strong>${t.thisOne}</strong>` : formTo(`/konto/sitzungen/${one.id}/beenden`, submit(t.end, 'tertiary', when(one)))),
      },
    ],
    sessions,
    { caption: t.sessions, captionHidden: true, lang: visit.lang, empty: '' },
  );
  const others = sessions.some(({ current }) => !current);
  return html`<p>${t.place}</p>${table}${others ? formTo('/konto/sitzungen/andere-beenden', submit(t.endOthers, 'secondary')) : ''}`;
}
