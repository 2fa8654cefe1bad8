import { html, type Html } from '../../../platform/ui/html.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import type { OpenOrganisation } from '../application/organisations.ts';
import { MEMBER_ROLES, type NamedMandate } from '../domain/mandate.ts';
import { choice, facts, faultsOf, field, formTo, linkButton, notice, refusal, submit } from './parts.ts';
import type { Typed } from './sign-in-pages.ts';
import { givenSection, offersSection, type Shown } from './vertretung-pages.ts';
import { vertretungTexts } from './vertretung-texts.ts';

/** What was typed, and into which of the page's forms. */
export type OrganisationTyped = Typed & { readonly at?: 'details' | 'invite' | 'delete' };

const FIELDS = ['name', 'registerNumber', 'street', 'houseNumber', 'postcode', 'place'] as const;
type Values = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;

function detailsForm({ lang }: Shown, action: string, kept: Values, { problem, fields }: Typed): Html {
  const t = vertretungTexts(lang);
  const faults = faultsOf(problem);
  const one = (name: (typeof FIELDS)[number]): Html =>
    field(lang, {
      name,
      label: t[name],
      hint: name === 'registerNumber' ? t.registerHint : undefined,
      autocomplete: name === 'name' ? 'organization' : 'off',
      required: name === 'name',
      value: fields?.get(name) ?? kept[name],
      error: faults.get(name),
    });
  return formTo(action, html`${FIELDS.map(one)}${submit(t.save)}`);
}

export function foundPage(shown: Shown, typed: Typed): Html {
  const t = vertretungTexts(shown.lang);
  return html`${pageTitle(t.found, { lead: t.foundText })}
${refusal(shown.lang, typed.problem)}
${detailsForm(shown, '/organisationen/neu', {}, typed)}
<p><a class="kern-link" href="/vertretung">${t.back}</a></p>`;
}

/** An organisation: who it is, who works in it, and for who manages it everything about members. */
export function organisationPage(shown: Shown, opened: OpenOrganisation, typed: OrganisationTyped, said: 'saved' | 'sent' | undefined): Html {
  const t = vertretungTexts(shown.lang);
  const { accountId, organisation, address, members, own, mandates } = opened;
  const manages = mandates !== undefined;
  const kept: Values = {
    name: organisation.name,
    ...(organisation.registerNumber === undefined ? {} : { registerNumber: organisation.registerNumber }),
    ...address,
  };
  const at = (form: OrganisationTyped['at']): Typed => (typed.at === form ? typed : {});
  const place = address === null ? '–' : `${address.street} ${address.houseNumber}, ${address.postcode} ${address.place}`;
  return html`${pageTitle(organisation.name)}
${refusal(shown.lang, typed.problem)}
${said === undefined ? '' : notice('success', t[said])}
${section(
  t.details,
  facts([
    [t.name, organisation.name],
    [t.registerNumber, organisation.registerNumber ?? '–'],
    [t.address, place],
    [t.foundedWith, t[opened.trust]],
  ]),
)}
${formTo('/vertretung/handeln', submit(t.actOrganisation), { mandat: own.id })}
${section(t.members, html`<ul class="k-list">${members.map((one) => memberEntry(shown, opened, one))}</ul>`)}
${
  mandates === undefined
    ? ''
    : html`${section(t.invite, inviteForm(shown, accountId, at('invite')))}
${offersSection(shown, mandates.offers)}
${givenSection(shown, mandates, t.givenOrganisation)}
<p>${linkButton(`/vertretung/geben?fuer=${accountId}`, t.give)}</p>
${section(t.change, detailsForm(shown, `/organisationen/${accountId}`, kept, at('details')))}`
}
${manages ? section(t.deleteTitle, deleteForm(shown, accountId, at('delete'))) : ''}
<p><a class="kern-link" href="/vertretung">${t.back}</a></p>`;
}

function memberEntry({ lang }: Shown, { accountId, own, mandates }: OpenOrganisation, one: NamedMandate): Html {
  const t = vertretungTexts(lang);
  const root = `/organisationen/${accountId}/mitglieder/${one.id}`;
  const roles = MEMBER_ROLES.map((role) => ({ value: role, label: t[role] }));
  const manage = html`${formTo(root, html`${choice(lang, { name: `role.${one.id}`, label: `${t.role}: ${one.agentName}`, options: roles, value: one.role! })}${submit(t.changeRole, 'secondary', one.agentName)}`)}
${one.id === own.id ? '' : formTo(`${root}/entfernen`, submit(t.remove, 'tertiary', one.agentName))}`;
  return html`<li><strong>${one.agentName}</strong>${one.id === own.id ? html` (${t.you})` : ''}: ${t[one.role!]}
${mandates === undefined ? '' : manage}
${one.id === own.id ? formTo(`/vertretung/${one.id}/beenden`, submit(t.leave, 'tertiary')) : ''}</li>`;
}

function inviteForm({ lang }: Shown, accountId: string, { problem, fields }: Typed): Html {
  const t = vertretungTexts(lang);
  const faults = faultsOf(problem);
  const fault = faults.get('role');
  const role = fields?.get('role') ?? undefined;
  return formTo(
    `/organisationen/${accountId}/einladen`,
    html`${field(lang, { name: 'email', label: t.email, type: 'email', autocomplete: 'off', value: fields?.get('email') ?? undefined, error: faults.get('email') })}
${radioGroup({ name: 'role', label: t.role, lang, options: MEMBER_ROLES.map((one) => ({ value: one, label: t[one], hint: t[`${one}Hint`] })), ...(role === undefined ? {} : { value: role }), ...(fault === undefined ? {} : { error: fault }) })}
${submit(t.send)}`,
  );
}

function deleteForm({ lang }: Shown, accountId: string, { problem }: Typed): Html {
  const t = vertretungTexts(lang);
  return html`<p>${t.deleteText}</p>
${formTo(
  `/organisationen/${accountId}/loeschen`,
  html`${field(lang, { name: 'confirmation', label: t.deleteConfirm, autocomplete: 'off', error: faultsOf(problem).get('confirmation') })}
${submit(t.delete, 'danger')}`,
)}`;
}
