import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, LAGE_ACCESS, postPage, redirect, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination } from '../../../platform/ui/parts.ts';
import type { SituationContext } from '../application/context.ts';
import { lagenOf, openLage } from '../application/lagen.ts';
import { parseId } from '../../../kernel/id.ts';
import { HAZARDS, type Hazard } from '../../../kernel/lage.ts';
import type { Lage } from '../domain/lage.ts';
import type { CityFrame } from './frame.ts';
import { HAZARD_NAMES, lageTexts } from './texts.ts';

const ROWS = 50;

/** Lagen a person belongs to, and the form that opens one. */
export function listPages(ctx: SituationContext, frame: CityFrame): AnyRoute[] {
  return [
    getPage('/lagen', LAGE_ACCESS, async (visit) => {
      const after = visit.query.get('nach') ?? '';
      const lagen = await lagenOf(ctx, visit.actor, { limit: ROWS, after: parseId(after) });
      return answerHtml(listPage(frame, visit, lagen));
    }),
    getPage('/lagen/neu', ['krisenstab'], async (visit) => answerHtml(formPage(frame, visit, new URLSearchParams({ name: visit.userName ?? '' })))),
    postPage('/lagen/neu', ['krisenstab'], async (visit) => {
      const get = (name: string): string => visit.fields.get(name) ?? '';
      const opened = await openLage(ctx, visit.actor, {
        key: get('key'),
        title: get('title'),
        hazard: get('hazard') as Hazard,
        exercise: visit.fields.getAll('options').includes('exercise'),
        organisation: get('organisation'),
        name: get('name'),
        takesPublicReports: visit.fields.getAll('options').includes('publicReports'),
      });
      return opened.ok
        ? redirect(`/lagen/${opened.value.key}`)
        : answerHtml(formPage(frame, visit, visit.fields, opened.problem), problemStatus(opened.problem));
    }),
  ];
}

function listPage(frame: CityFrame, visit: Visit, lagen: readonly Lage[]): Html {
  const view = frame(visit);
  const { lang } = view;
  const t = lageTexts(lang);
  const table = dataTable<Lage>(
    [
      { label: t.title, rowHeader: true, cell: ({ title }) => html`<span lang="de">${title}</span>` },
      {
        label: t.state,
        cell: ({ state, exercise }) =>
          html`${state === 'open' ? badge('success', t.open) : badge('neutral', t.closed)} ${exercise ? badge('warning', t.exerciseBadge) : ''}`,
      },
      { label: t.hazard, cell: ({ hazard }) => HAZARD_NAMES[lang][hazard] },
      { label: t.ledBy, cell: ({ ledBy }) => ledBy },
      { label: t.since, cell: ({ openedAt }) => formatInstant(lang, openedAt) },
    ],
    lagen,
    { caption: t.lagen, captionHidden: true, lang, empty: t.none, href: ({ key }) => `/lagen/${key}` },
  );
  const make = visit.actor.kind === 'staff' ? buttonRow(linkButton({ label: t.openLage, href: '/lagen/neu', icon: 'add' })) : '';
  const more = lagen.length < ROWS ? '' : pagination({ next: `/lagen?nach=${lagen.at(-1)!.id}` }, lang);
  return page(view, { title: t.lagen, main: html`${pageTitle(t.lagen, { lead: t.lagenLead })}${make}${table}${more}`, wide: true });
}

function formPage(frame: CityFrame, visit: Visit, fields: URLSearchParams, problem?: Problem): Html {
  const view = frame(visit);
  const { lang } = view;
  const t = lageTexts(lang);
  const problems = problem?.fields ?? [];
  const field = (name: string) => ({ name, lang, value: fields.get(name) ?? '', ...errorOf(problems, name) });
  const main = html`${problem === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? problem.detail : undefined)}${pageTitle(t.openLage)}
${form(
  { action: '/lagen/neu' },
  html`${textField({ ...field('title'), label: t.title, hint: t.titleHint, maxLength: 120 })}
${selectField({ ...field('hazard'), label: t.hazard, options: HAZARDS.map((value) => ({ value, label: HAZARD_NAMES[lang][value] })) })}
${textField({ ...field('organisation'), label: t.organisation, maxLength: 80 })}
${textField({ ...field('name'), label: t.yourName, maxLength: 80 })}
${textField({ ...field('key'), label: t.key, hint: t.keyHint, required: false, maxLength: 60, spellcheck: false })}
${checkboxGroup({
  name: 'options',
  lang,
  label: t.options,
  required: false,
  values: fields.getAll('options'),
  options: [
    { value: 'exercise', label: t.exercise },
    { value: 'publicReports', label: t.publicReports },
  ],
})}
${buttonRow(button({ label: t.openLage }))}`,
)}`;
  return page(view, { title: t.openLage, main, hasErrors: problem !== undefined, breadcrumb: [{ label: t.lagen, href: '/lagen' }, { label: t.openLage }] });
}
