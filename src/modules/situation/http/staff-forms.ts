import { FUNCTION_NAMES } from '../../../kernel/lage-names.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { checkboxGroup, radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { hiddenField, numberField, selectField, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion, copyable, section } from '../../../platform/ui/parts.ts';
import type { StaffPerson } from '../application/context.ts';
import { LAYERS, STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import type { Lage, ListedMember, Section } from '../domain/lage.ts';
import { LAYER_NAMES, lageTexts } from './texts.ts';

/** A form as it was sent and refused: it stays open, with everything typed. */
export interface Typed {
  readonly name: string;
  readonly fields: URLSearchParams;
  readonly problem?: Problem;
}

interface Forms {
  readonly lage: Lage;
  readonly members: readonly ListedMember[];
  readonly others: readonly StaffPerson[];
  readonly sections: readonly Section[];
  readonly typed: Typed;
  readonly lang: Lang;
}

/** What only who leads may do: forms, and above them what the last one said. */
export function staffForms(forms: Forms): { readonly head: (link: string | undefined) => Html; readonly body: Html } {
  const { lage, lang, typed } = forms;
  const t = lageTexts(lang);
  const base = `/lagen/${lage.key}/stab`;
  const { problem } = typed;
  const fields = problem?.fields ?? [];
  const open = (name: string) => ({ open: typed.name === name });
  return {
    head: (link) =>
      html`${problem === undefined ? '' : errorSummary(fields, lang, fields.length === 0 ? problem.detail : undefined)}${link === undefined ? '' : alert('success', t.invited, html`<p class="kern-body">${t.invitedText}</p>${copyable(link, lang)}`)}`,
    body: html`${accordion(t.addMember, memberForm(forms, `${base}/mitglied`), open('member'))}
${accordion(t.change, html`${forms.members.filter(({ endedAt, function: now }) => endedAt === null && now !== 'leiter').map((one) => changeForm(forms, one, `${base}/mitglied/${one.id}`))}`, open('change'))}
${accordion(t.inviteGuest, guestForm(forms, `${base}/gast`), open('guest'))}
${accordion(t.makeSection, sectionForm(forms, base), open('section'))}
${section(t.lead, leadForms(forms, base))}`,
  };
}

const fieldIn = ({ typed, lang }: Forms, form: string, name: string) => ({
  name,
  lang,
  value: typed.name === form ? (typed.fields.get(name) ?? '') : '',
  ...(typed.name === form ? errorOf(typed.problem?.fields ?? [], name) : {}),
});

const sectionField = (forms: Forms, form: string, value?: string): Html => {
  const t = lageTexts(forms.lang);
  const field = fieldIn(forms, form, 'sectionId');
  return selectField({
    ...field,
    value: value ?? field.value,
    label: t.section,
    required: false,
    empty: true,
    options: forms.sections.map(({ id, name }) => ({ value: id, label: name })),
  });
};

const functionField = (forms: Forms, form: string, value?: string): Html => {
  const field = fieldIn(forms, form, 'function');
  const options = STAFF_FUNCTIONS.filter((one) => one !== 'leiter').map((one) => ({ value: one, label: FUNCTION_NAMES[forms.lang][one] }));
  return selectField({ ...field, value: value ?? field.value, label: lageTexts(forms.lang).function, options });
};

function memberForm(forms: Forms, action: string): Html {
  const t = lageTexts(forms.lang);
  if (forms.others.length === 0) return html`<p class="kern-body">${t.nobodyElse}</p>`;
  return form(
    { action },
    html`${selectField({ ...fieldIn(forms, 'member', 'staffId'), label: t.person, options: forms.others.map(({ staffId, name }) => ({ value: staffId, label: name })) })}
${textField({ ...fieldIn(forms, 'member', 'organisation'), label: t.organisation, maxLength: 80 })}${functionField(forms, 'member')}${sectionField(forms, 'member')}${buttonRow(button({ label: t.addMember }))}`,
  );
}

function changeForm(forms: Forms, one: ListedMember, action: string): Html {
  const t = lageTexts(forms.lang);
  return html`<details class="k-more"><summary>${one.name}, ${FUNCTION_NAMES[forms.lang][one.function]}</summary>${one.guest ? '' : form({ action }, html`${functionField(forms, 'none', one.function)}${sectionField(forms, 'none', one.sectionId ?? '')}${buttonRow(button({ label: t.change, kind: 'secondary' }))}`)}${buttonForm(action, { label: t.takeOut, kind: 'secondary' }, { action: 'end' })}</details>`;
}

function guestForm(forms: Forms, action: string): Html {
  const { lang, typed } = forms;
  const t = lageTexts(lang);
  return form(
    { action },
    html`${textField({ ...fieldIn(forms, 'guest', 'name'), label: t.name, maxLength: 80 })}${textField({ ...fieldIn(forms, 'guest', 'organisation'), label: t.organisation, maxLength: 80 })}
${functionField(forms, 'guest')}${sectionField(forms, 'guest')}${numberField({ ...fieldIn(forms, 'guest', 'hours'), label: t.guestHours, value: typed.name === 'guest' ? (typed.fields.get('hours') ?? '') : '12' })}
${checkboxGroup({ name: 'layers', lang, label: t.guestLayers, hint: t.guestLayersHint, required: false, values: typed.name === 'guest' ? typed.fields.getAll('layers') : [], options: LAYERS.map((value) => ({ value, label: LAYER_NAMES[lang][value] })) })}
${buttonRow(button({ label: t.inviteGuest }))}`,
  );
}

function sectionForm(forms: Forms, base: string): Html {
  const { lang, sections } = forms;
  const t = lageTexts(lang);
  const field = (name: string) => fieldIn(forms, 'section', name);
  const within = sections.filter(({ kind }) => kind === 'abschnitt').map(({ id, name }) => ({ value: id, label: name }));
  const make = form(
    { action: `${base}/abschnitt` },
    html`${textField({ ...field('name'), label: t.name, maxLength: 60 })}
${radioGroup({
  ...field('kind'),
  value: field('kind').value === '' ? 'abschnitt' : field('kind').value,
  label: t.sectionKind,
  options: [
    { value: 'abschnitt', label: t.abschnitt },
    { value: 'sektor', label: t.sektor },
  ],
})}
${selectField({ ...field('parentId'), label: t.within, required: false, empty: true, options: within })}${textField({ ...field('leader'), label: t.leader, required: false, maxLength: 80 })}${buttonRow(button({ label: t.makeSection }))}`,
  );
  const ends = sections.map(
    ({ id, name }) => html`<li>${name} ${buttonForm(`${base}/abschnitt/${id}/aufloesen`, { label: t.endSection, kind: 'tertiary', small: true })}</li>`,
  );
  return html`${make}${ends.length === 0 ? '' : html`<ul class="k-list">${ends}</ul>`}`;
}

function leadForms(forms: Forms, base: string): Html {
  const { lang, lage, members } = forms;
  const t = lageTexts(lang);
  const next = members
    .filter(({ endedAt, guest, function: now }) => endedAt === null && !guest && now !== 'leiter')
    .map(({ id, name }) => ({ value: id, label: name }));
  const hand =
    next.length === 0
      ? ''
      : form(
          { action: `${base}/leitung` },
          html`${selectField({ ...fieldIn(forms, 'lead', 'memberId'), label: t.handOverTo, options: next })}${buttonRow(button({ label: t.handOver, kind: 'secondary' }))}`,
        );
  const reports = form(
    { action: `${base}/meldungen` },
    html`${hiddenField('taken', lage.takesPublicReports ? 'nein' : 'ja')}${buttonRow(button({ label: lage.takesPublicReports ? t.toggleOff : t.toggleOn, kind: 'secondary' }))}`,
  );
  const close = form(
    { action: `${base}/ende` },
    html`${textField({ ...fieldIn(forms, 'close', 'because'), label: t.because, maxLength: 500 })}${buttonRow(button({ label: t.close, kind: 'secondary' }))}`,
  );
  return html`${hand}${reports}${lage.state === 'open' ? close : ''}`;
}
