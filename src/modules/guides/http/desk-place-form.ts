import type { FieldProblem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { checkboxGroup, radioGroup } from '../../../platform/ui/form-choices.ts';
import { dateField, readDateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { numberField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang, type LangText } from '../../../platform/ui/html.ts';
import { mapInput, readMapInput, type MapExtent } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { GuidesContext } from '../application/context.ts';
import { addPlace, changePlace, seePlace } from '../application/places.ts';
import type { Place } from '../domain/place.ts';
import type { TypedPlace } from '../domain/read-place.ts';
import { deskPlaceTexts } from './desk-place-texts.ts';
import { deskTexts } from './desk-texts.ts';
import { GUIDES, type Frame } from './frame.ts';
import { ACCESS_NAMES, keysOf, KIND_NAMES, OFFER_NAMES, WEEKDAYS } from './place-names.ts';

const AT = '/lotsen/orte';

/** Adding and changing a place. */
export function deskPlaceForm(ctx: GuidesContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${AT}/neu`, GUIDES, async (visit) => answerHtml(formPage(frame, visit, { typed: EMPTY, problems: [] }))),
    postPage(`${AT}/neu`, GUIDES, async (visit) => keep(ctx, frame, visit)),
    getPage(`${AT}/:place/bearbeiten`, GUIDES, async (visit) => {
      const found = await seePlace(ctx, visit.params['place']!);
      return found.ok
        ? answerHtml(formPage(frame, visit, { typed: typedOf(found.value.place), problems: [], key: found.value.place.key }))
        : problemPage(found.problem);
    }),
    postPage(`${AT}/:place/bearbeiten`, GUIDES, async (visit) => keep(ctx, frame, visit, visit.params['place'])),
  ];
}

async function keep(ctx: GuidesContext, frame: Frame, visit: FormVisit, key?: string): Promise<Answer> {
  const { typed, extent, again } = readTyped(visit, key);
  const more = { ...(extent === undefined ? {} : { extent }), ...(key === undefined ? {} : { key }) };
  if (again) return answerHtml(formPage(frame, visit, { typed, problems: [], ...more }));
  const done = key === undefined ? await addPlace(ctx, visit.actor, typed) : await changePlace(ctx, visit.actor, key, typed, visit.fields.get('outside') ?? '');
  if (done.ok) return redirect(`${AT}/${key ?? typed.key}`);
  if (done.problem.kind !== 'invalid-input') return problemPage(done.problem);
  return answerHtml(formPage(frame, visit, { typed, problems: done.problem.fields ?? [], ...more }), problemStatus(done.problem));
}

const EMPTY: TypedPlace = {
  key: '',
  name: '',
  kind: '',
  address: '',
  position: undefined,
  note: '',
  offers: [],
  access: [],
  hours: {},
  closedOn: [],
  startsOn: '',
  endsOn: '',
  slotMinutes: 30,
  desks: 1,
};

const typedOf = ({ startsOn, endsOn, hours, ...place }: Place): TypedPlace => ({
  ...place,
  startsOn: startsOn.toString(),
  endsOn: endsOn?.toString() ?? '',
  hours: Object.fromEntries(Object.entries(hours).map(([day, spans]) => [day, spans.map(([from, until]) => `${from}-${until}`).join(', ')])),
});

/** @returns `again`: the map was clicked or moved, nothing is kept yet */
function readTyped({ fields, lang }: FormVisit, key: string | undefined): { typed: TypedPlace; extent: MapExtent | undefined; again: boolean } {
  const get = (name: string): string => fields.get(name) ?? '';
  const reading = readMapInput(fields, 'position', lang);
  const number = (name: string): number => (/^\d{1,4}$/.test(get(name).trim()) ? Number(get(name)) : Number.NaN);
  const lines = get('closedOn')
    .split(/[\r\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const typed: TypedPlace = {
    key: key ?? get('key').trim(),
    name: get('name'),
    kind: get('kind'),
    address: get('address'),
    position: 'position' in reading ? reading.position : undefined,
    note: get('note'),
    offers: fields.getAll('offers'),
    access: fields.getAll('access'),
    hours: Object.fromEntries(WEEKDAYS.map((_, index) => [String(index + 1), get(`hours.${index + 1}`)])),
    closedOn: lines.map((line) => readDateField(new URLSearchParams({ day: line }), 'day')),
    startsOn: readDateField(fields, 'startsOn'),
    endsOn: readDateField(fields, 'endsOn'),
    slotMinutes: number('slotMinutes'),
    desks: number('desks'),
  };
  return {
    typed,
    extent: reading.kind === 'problem' ? undefined : 'extent' in reading ? reading.extent : undefined,
    again: reading.kind === 'picked' || reading.kind === 'moved',
  };
}

interface Shown {
  readonly typed: TypedPlace;
  readonly problems: readonly FieldProblem[];
  readonly extent?: MapExtent;
  /** Of a place that is there. */
  readonly key?: string;
}

function formPage(frame: Frame, visit: Visit, shown: Shown): Html {
  const { lang } = visit;
  const t = deskPlaceTexts(lang);
  const title = shown.key === undefined ? t.add : t.edit;
  const action = shown.key === undefined ? `${AT}/neu` : `${AT}/${shown.key}/bearbeiten`;
  const main = html`${errorSummary(shown.problems, lang)}${pageTitle(title)}
${form({ action }, html`${aboutFields(shown, lang)}${timeFields(shown, lang)}${outsideChoice(shown, lang)}${buttonRow(button({ label: t.save }))}`)}`;
  const crumbs = [{ label: deskTexts(lang).title, href: '/lotsen' }, { label: t.title, href: AT }, { label: title }];
  return page(frame(visit), { title, main, scripts: ['map'], hasErrors: shown.problems.length > 0, breadcrumb: crumbs });
}

const options = <K extends string>(names: Readonly<Record<K, LangText>>, lang: Lang) => keysOf(names).map((value) => ({ value, label: names[value][lang] }));

function aboutFields({ typed, problems, extent, key }: Shown, lang: Lang): Html {
  const t = deskPlaceTexts(lang);
  const base = (name: string, label: string, required = true) => ({ name, label, lang, required, ...errorOf(problems, name) });
  const value = (text: string): { value?: string } => (text === '' ? {} : { value: text });
  return html`${textField({ ...base('name', t.name), ...value(typed.name) })}
${key === undefined ? textField({ ...base('key', t.key), hint: t.keyHint, ...value(typed.key) }) : ''}
${radioGroup({ ...base('kind', t.kind), options: options(KIND_NAMES, lang), inline: true, ...value(typed.kind) })}
${textField({ ...base('address', t.address), ...value(typed.address) })}
${mapInput({ ...base('position', t.position), value: typed.position ?? {}, ...(extent === undefined ? {} : { extent }) })}
${textArea({ ...base('note', t.note, false), hint: t.noteHint, maxLength: 1000, ...value(typed.note) })}
${checkboxGroup({ ...base('offers', t.offers), options: options(OFFER_NAMES, lang), values: typed.offers })}
${checkboxGroup({ ...base('access', t.access, false), options: options(ACCESS_NAMES, lang), values: typed.access })}`;
}

/** Asked only where the change leaves appointments out of the hours. */
function outsideChoice({ problems }: Shown, lang: Lang): Html | string {
  if (!problems.some(({ field }) => field === 'outside')) return '';
  const t = deskPlaceTexts(lang);
  const choices = [
    { value: 'keep', label: t.outsideKeep, hint: t.outsideKeepHint },
    { value: 'cancel', label: t.outsideCancel, hint: t.outsideCancelHint },
  ];
  return radioGroup({ name: 'outside', label: t.outside, lang, required: true, options: choices, ...errorOf(problems, 'outside') });
}

function timeFields({ typed, problems }: Shown, lang: Lang): Html {
  const t = deskPlaceTexts(lang);
  const base = (name: string, label: string, required = true) => ({ name, label, lang, required, ...errorOf(problems, name) });
  const value = (text: string): { value?: string } => (text === '' ? {} : { value: text });
  const days = WEEKDAYS.map((name, index) =>
    textField({ ...base(`hours.${index + 1}`, name[lang], false), ...value(typed.hours[String(index + 1)] ?? ''), width: 'm' }),
  );
  const number = (count: number): { value?: string } => (Number.isNaN(count) ? {} : { value: String(count) });
  return html`<h2 class="kern-heading-medium">${t.hours}</h2><p class="kern-hint">${t.hoursHint}</p><div class="k-week">${days}</div>
${textArea({ ...base('closedOn', t.closedOn, false), hint: t.closedOnHint, maxLength: 2000, ...value(typed.closedOn.join('\n')) })}
${dateField({ ...base('startsOn', t.startsOn), ...value(typed.startsOn) })}
${dateField({ ...base('endsOn', t.endsOn, false), hint: t.endsOnHint, ...value(typed.endsOn) })}
${numberField({ ...base('slotMinutes', t.slotMinutes), ...number(typed.slotMinutes) })}
${numberField({ ...base('desks', t.desks), hint: t.desksHint, ...number(typed.desks) })}`;
}
