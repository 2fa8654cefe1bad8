import { getPage, LAGE_ACCESS, postPage, problemPage, redirect, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { numberField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { LageFrame } from './frame.ts';
import type { SurgeContext } from '../application/context.ts';
import { compare, decide, sayHelpersFree } from '../application/options.ts';
import { showSurge, type SurgeView } from '../application/read-surge.ts';
import type { OptionFigures, OptionInput } from '../domain/options.ts';
import { actionPage, type Typed } from './action-page.ts';
import { formTexts } from './form-texts.ts';
import { duration } from './texts.ts';

const DUE_WITHIN_MINUTES = 120;

/** What can be done, side by side, and the form that records what is chosen. */
export function comparePages(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  const path = '/lagen/:key/sturmflut/entscheidung';
  const show = (visit: Visit, typed: Typed): Promise<Answer> => comparison(ctx, frame, visit, typed);
  const back = (visit: Visit): string => `/lagen/${visit.params['key']!}/sturmflut/entscheidung`;
  return [
    getPage(path, LAGE_ACCESS, (visit) => show(visit, { fields: new URLSearchParams() })),
    postPage(path, LAGE_ACCESS, async (visit) => {
      const shown = await showSurge(ctx, visit.actor, visit.params['key']!);
      if (!shown.ok) return problemPage(shown.problem);
      const chosen = visit.fields.get('chosen') ?? '';
      const done = await decide(ctx, visit.actor, visit.params['key']!, {
        question: visit.fields.get('question') ?? '',
        options: offered(shown.value),
        chosen: /^\d$/.test(chosen) ? Number(chosen) : -1,
        because: visit.fields.get('because') ?? '',
      });
      return done.ok ? redirect(back(visit)) : show(visit, { fields: visit.fields, problem: done.problem });
    }),
    postPage('/lagen/:key/sturmflut/freie-kraefte', LAGE_ACCESS, async (visit) => {
      const helpers = visit.fields.get('helpers') ?? '';
      const done = await sayHelpersFree(ctx, visit.actor, visit.params['key']!, /^\d{1,6}$/.test(helpers) ? Number(helpers) : Number.NaN);
      return done.ok ? redirect(back(visit)) : show(visit, { fields: visit.fields, problem: done.problem });
    }),
  ];
}

/** What a staff weighs in a storm surge: the gates that come next, the zones, or to wait. Programs may compare anything. */
function offered({ state }: SurgeView): OptionInput[] {
  const t = formTexts('de');
  const next = state.gates.filter(({ shut, due }) => !shut && due.minutesLeft !== null && due.minutesLeft <= DUE_WITHIN_MINUTES);
  return [
    { title: t.closeLate, kind: 'close-gates', gateIds: next.map(({ gate }) => gate.id), zoneIds: [] },
    { title: t.clearZones, kind: 'evacuate', gateIds: [], zoneIds: state.zones.map(({ id }) => id) },
    { title: t.wait, kind: 'wait', gateIds: [], zoneIds: [] },
  ];
}

async function comparison(ctx: SurgeContext, frame: LageFrame, visit: Visit, typed: Typed): Promise<Answer> {
  const key = visit.params['key']!;
  const shown = await showSurge(ctx, visit.actor, key);
  if (!shown.ok) return problemPage(shown.problem);
  const figures = await compare(ctx, visit.actor, key, offered(shown.value));
  if (!figures.ok) return problemPage(figures.problem);
  const { view, state } = shown.value;
  return actionPage(frame, visit, view, typed, {
    title: (lang) => formTexts(lang).compareTitle,
    lead: (lang) => formTexts(lang).compareLead,
    back: `/lagen/${key}/sturmflut`,
    body: (lang, field) => {
      const t = formTexts(lang);
      const titles = [t.closeLate, t.clearZones, t.wait];
      const named = figures.value.map((one, index) => ({ ...one, title: titles[index] ?? one.title }));
      const decision = form(
        { action: `/lagen/${key}/sturmflut/entscheidung` },
        html`${textField({ ...field('question'), label: t.question, maxLength: 200 })}${radioGroup({ ...field('chosen'), label: t.choose, options: named.map(({ title }, index) => ({ value: String(index), label: title })) })}${textArea({ ...field('because'), label: t.because, maxLength: 500 })}${buttonRow(button({ label: t.decideNow }))}`,
      );
      const helpers = form(
        { action: `/lagen/${key}/sturmflut/freie-kraefte` },
        html`${numberField({ ...field('helpers'), label: t.helpers })}${buttonRow(button({ label: t.save, kind: 'secondary' }))}`,
      );
      return html`${figuresTable(named, lang)}${view.rights.has('order') ? decision : ''}${state.helpersCounted || !view.rights.has('forces') ? '' : section(t.helpersTitle, helpers)}${section(t.earlier, earlier(shown.value, lang))}`;
    },
  });
}

/** Options in figures, one a row. */
function figuresTable(rows: readonly OptionFigures[], lang: Lang): Html {
  const t = formTexts(lang);
  const words = { possible: t.possible, 'too-late': t.tooLate, 'too-few': t.tooFew, unknown: t.unknownVerdict } as const;
  const kinds = { possible: 'success', 'too-late': 'danger', 'too-few': 'warning', unknown: 'neutral' } as const;
  return dataTable<OptionFigures>(
    [
      { label: t.option, rowHeader: true, cell: ({ title }) => title },
      { label: t.reach, numeric: true, cell: ({ people }) => formatNumber(lang, people) },
      { label: t.facilities, numeric: true, cell: ({ facilities }) => formatNumber(lang, facilities) },
      { label: t.timeNeeded, numeric: true, cell: ({ minutesNeeded }) => duration(minutesNeeded) },
      {
        label: t.timeLeft,
        numeric: true,
        cell: ({ minutesLeft }) => (minutesLeft === null ? t.notKnown : minutesLeft < 0 ? `-${duration(minutesLeft)}` : duration(minutesLeft)),
      },
      { label: t.forcesNeeded, numeric: true, cell: ({ helpersNeeded }) => formatNumber(lang, helpersNeeded) },
      { label: t.forcesFree, numeric: true, cell: ({ helpersAvailable }) => (helpersAvailable === null ? t.notKnown : formatNumber(lang, helpersAvailable)) },
      { label: t.verdict, cell: ({ verdict }) => badge(kinds[verdict], words[verdict]) },
    ],
    rows,
    { caption: t.compareTitle, captionHidden: true, lang },
  );
}

function earlier({ decisions }: SurgeView, lang: Lang): Html {
  const t = formTexts(lang);
  if (decisions.length === 0) return html`<p class="kern-body">${t.none}</p>`;
  return html`${decisions.map(
    (one) =>
      html`<article class="k-section" lang="de"><h3 class="kern-title">${one.number}. ${one.question}</h3><p class="kern-body">${formatInstant(lang, one.decidedAt)}, ${one.decidedBy}. ${t.chosen}: <strong>${one.options[one.chosen]?.title}</strong>. ${t.because}: ${one.because}</p>${figuresTable(one.options, lang)}</article>`,
  )}`;
}
