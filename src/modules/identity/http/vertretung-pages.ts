import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { checkboxGroup, confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { OpenOffer } from '../application/answer-offer.ts';
import type { OwnMandates, StagedMandate } from '../application/mandates.ts';
import type { MandateScope, MemberRole, NamedOffer } from '../domain/mandate.ts';
import type { ServiceName } from './deps.ts';
import { choice, facts, faultsOf, field, formTo, linkButton, notice, refusal, submit } from './parts.ts';
import type { Typed } from './sign-in-pages.ts';
import { vertretungTexts } from './vertretung-texts.ts';

/** What every page about Vertretungen needs besides its own content. */
export interface Shown {
  readonly lang: Lang;
  readonly services: readonly ServiceName[];
  readonly today: Temporal.PlainDate;
  /** Days before its end on which both sides of a Vollmacht are reminded. */
  readonly reminderDays: readonly number[];
}

type Facts = readonly (readonly [string, Html | string])[];

/** A scope in words: for what, whether post, and for how long. */
function scopeFacts({ lang, services }: Shown, scope: MandateScope, role: MemberRole | null): Facts {
  const t = vertretungTexts(lang);
  const nameOf = (key: string): string => services.find((one) => one.key === key)?.name[lang] ?? key;
  const forWhat = scope.services === null ? t.scopeAll : scope.services.map(nameOf).join(', ');
  const days = `${formatGermanDate(scope.validFrom)} – ${scope.validUntil === null ? t.noEnd : formatGermanDate(scope.validUntil)}`;
  if (role !== null) return [[t.role, `${t[role]}: ${t[`${role}Hint`]}`]];
  return [
    [t.scope, forWhat] as const,
    ['Postfach', scope.receives ? t.receivesYes : t.receivesNo] as const,
    [`${t.validFrom} – ${t.validUntil}`, days] as const,
  ];
}

/** The overview: for whom, by whom, what waits, which organisations. */
export function vertretungPage(shown: Shown, own: OwnMandates, now: { readonly mandateId: string | null; readonly said: 'saved' | 'sent' | undefined }): Html {
  const t = vertretungTexts(shown.lang);
  const members = own.held.filter(({ kind }) => kind === 'mitglied');
  const held = own.held.map((one) => heldEntry(shown, one, now.mandateId));
  return html`${pageTitle(t.title, { lead: t.lead })}
${now.said === undefined ? '' : notice('success', t[now.said])}
${section(t.held, held.length === 0 ? html`<p>${t.heldNone}</p>` : held)}
${givenSection(shown, own, t.given)}
${offersSection(shown, own.offers)}
${section(t.give, html`<p>${t.giveText}</p><p>${linkButton('/vertretung/geben', t.give)}</p>`)}
${section(t.ask, html`<p>${t.askText}</p><p>${linkButton('/vertretung/anfragen', t.ask)}</p>`)}
${section(
  t.organisations,
  html`${members.length === 0 ? html`<p>${t.organisationsNone}</p>` : html`<ul>${members.map((one) => html`<li><a class="kern-link" href="/organisationen/${one.holderId}">${one.holderName}</a></li>`)}</ul>`}
<p>${t.foundText}</p><p>${linkButton('/organisationen/neu', t.found)}</p>`,
)}`;
}

function heldEntry(shown: Shown, one: StagedMandate, actingUnder: string | null): Html {
  const t = vertretungTexts(shown.lang);
  const act = one.kind === 'mitglied' ? t.actOrganisation : t.act;
  const choose = formTo('/vertretung/handeln', submit(act, 'secondary', one.holderName), { mandat: one.id });
  return html`<h3 class="kern-heading-small">${one.holderName}</h3>
${facts([...scopeFacts(shown, one, one.role), [t.trust, t[one.trust]]])}
${one.id === actingUnder ? html`<p><strong>${t.actingNow}</strong></p>` : one.stage === 'inForce' ? choose : ''}
${formTo(`/vertretung/${one.id}/beenden`, submit(one.kind === 'mitglied' ? t.leave : t.resign, 'tertiary', one.holderName))}`;
}

/** Vollmachten that an account has given; also on an organisation's page. */
export function givenSection(shown: Shown, { given }: OwnMandates, title: string): Html {
  const t = vertretungTexts(shown.lang);
  const entry = (one: StagedMandate): Html => html`<h3 class="kern-heading-small">${one.agentName}</h3>
<p><small>${one.agentProven ? t.proven : t.unproven}</small></p>
${facts([...scopeFacts(shown, one, one.role), [t.grantedOn, formatGermanDate(legalDay(one.grantedAt))], [t.trust, t[one.trust]]])}
${formTo(`/vertretung/${one.id}/beenden`, submit(t.revoke, 'secondary', one.agentName))}`;
  return section(title, given.length === 0 ? html`<p>${t.givenNone}</p>` : given.map(entry));
}

export function offersSection(shown: Shown, offers: readonly NamedOffer[]): Html {
  if (offers.length === 0) return html``;
  const t = vertretungTexts(shown.lang);
  const kind = { offer: t.give, request: t.ask, invitation: t.invite };
  const entry = (one: NamedOffer): Html => html`<h3 class="kern-heading-small">${kind[one.way]}</h3>
${facts([[t.email, one.email], ...scopeFacts(shown, one, one.role)])}
${formTo(`/vertretung/anfragen/${one.id}/zurueckziehen`, submit(t.withdraw, 'tertiary', one.email))}`;
  return section(t.offers, offers.map(entry));
}

/** A Vollmacht ends unless somebody wants it otherwise: what is given once is soon forgotten. */
const PROPOSED_YEARS = 1;

/** The form that offers a Vollmacht or asks for one. @param holder an organisation it is given for */
export function mandateForm(
  shown: Shown,
  way: 'geben' | 'anfragen',
  { problem, fields }: Typed,
  holder?: { readonly id: string; readonly name: string },
): Html {
  const { lang, services, today, reminderDays } = shown;
  const t = vertretungTexts(lang);
  const faults = faultsOf(problem);
  const error = (name: string): { error?: string } => (faults.has(name) ? { error: faults.get(name)! } : {});
  const typed = (name: string): { value?: string } => (fields?.has(name) === true ? { value: fields.get(name)! } : {});
  const title = way === 'geben' ? t.give : t.ask;
  const proposed = fields === undefined ? { value: formatGermanDate(today.add({ years: PROPOSED_YEARS })) } : {};
  const day = (name: 'validFrom' | 'validUntil', hint: string, value: { value?: string } = {}): Html =>
    field(lang, { name, label: t[name], hint, required: false, autocomplete: 'off', ...value, ...typed(name), ...error(name) });
  return html`${pageTitle(title, { lead: way === 'geben' ? t.giveText : t.askText, ...(holder === undefined ? {} : { preline: holder.name }) })}
${refusal(lang, problem)}
${formTo(
  `/vertretung/${way}`,
  html`${field(lang, { name: 'email', label: way === 'geben' ? t.emailGive : t.emailAsk, type: 'email', autocomplete: 'off', ...typed('email'), ...error('email') })}
${radioGroup({
  name: 'scope',
  label: t.scope,
  lang,
  options: [
    { value: 'all', label: t.scopeAll },
    { value: 'named', label: t.scopeNamed },
  ],
  ...typed('scope'),
  ...error('scope'),
})}
${checkboxGroup({ name: 'services', label: t.services, hint: t.servicesHint, lang, required: false, values: fields?.getAll('services') ?? [], options: services.map(({ key, name }) => ({ value: key, label: name[lang] })), ...error('services') })}
${confirmField({ name: 'receives', label: t.receives, lang, required: false, checked: fields?.has('receives') === true })}
${day('validFrom', t.dayHint)}${day('validUntil', t.untilHint(reminderDays), proposed)}
${way === 'geben' ? html`<p>${t.trustNote}</p>` : ''}
${submit(t.send)}`,
  holder === undefined ? {} : { fuer: holder.id },
)}`;
}

/** What is behind a link: exactly what is asked, and yes or no. */
export function offerPage(visit: Visit, shown: Shown, { offer, organisations }: OpenOffer, { problem }: Typed = {}): Html {
  const t = vertretungTexts(shown.lang);
  const { way, askerName, holderName } = offer;
  const title = {
    offer: t.linkOffer(askerName, holderName ?? ''),
    request: t.linkRequest(askerName),
    invitation: t.linkInvitation(askerName, holderName ?? ''),
  };
  const action = visit.url.split('?')[0]!;
  const holders = organisations.map(({ holderId, holderName: label }) => ({ value: holderId, label }));
  return html`${pageTitle(title[way])}
${refusal(shown.lang, problem)}
${facts([[t.asker, html`${askerName} <small>(${offer.askerProven ? t.proven : t.unproven})</small>`], ...scopeFacts(shown, offer, offer.role)])}
${notice('info', t.linkWarn)}
${way === 'request' ? html`<p>${t.trustNote}</p>` : ''}
${formTo(
  action,
  html`${holders.length === 0 ? '' : choice(shown.lang, { name: 'fuer', label: t.forWhom, options: [{ value: 'ich', label: t.forSelf }, ...holders], value: 'ich' })}${submit(way === 'request' ? t.grant : t.accept)}`,
  { antwort: 'ja' },
)}
${formTo(action, submit(t.decline, 'secondary'), { antwort: 'nein' })}`;
}
