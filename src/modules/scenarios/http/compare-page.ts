import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable, tabs, timeline, type Column } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { models } from '../application/models.ts';
import { compareVariants, type ScenarioPicture, type ShownRun } from '../application/show.ts';
import type { Comment } from '../domain/comment.ts';
import type { ComparedFigure, ComparedRow } from '../domain/run.ts';
import type { Variant } from '../domain/scenario.ts';
import { originPart } from './origin-part.ts';
import { crumbsOf, groundOf, pathOf, planMap, sections, type Typed } from './parts.ts';
import { mapPath } from './present.ts';
import { resultTexts } from './result-texts.ts';
import { runBadge } from './run-parts.ts';

export interface CompareView {
  readonly picture: ScenarioPicture;
  readonly process: string | undefined;
  readonly typed?: Typed;
  /** Key of the link that it is seen through, and its address. */
  readonly shared?: { readonly key: string; readonly path: string };
}

/** The variants side by side: figures, maps, where they come from, and what people say. */
export function comparePage(view: PageView, compared: CompareView): Html {
  const { lang } = view;
  const { picture, typed, shared } = compared;
  const { scenario, role, runs } = picture;
  const t = resultTexts(lang);
  const known = models().filter(({ id }) => runs.some(({ process }) => process === id));
  const model = known.find(({ id }) => id === compared.process) ?? known[0];
  const at = shared?.path ?? `${pathOf(scenario.id)}/vergleich`;
  const choices = known.map(({ id, title }) => ({ label: title[lang], href: `${at}?modell=${id}`, current: id === model?.id }));
  const main = html`${pageTitle(t.compareTitle(scenario.title), { ...(scenario.question === '' ? {} : { lead: scenario.question }) })}
${shared === undefined ? sections(scenario.id, 'compare', role !== 'reader', lang) : ''}
${errorSummary(typed?.problems ?? [], lang) ?? ''}
${model === undefined ? alert('info', t.noRuns) : html`${tabs(choices, lang, t.model)}<p class="kern-body">${t.lead}</p>${resultParts(compared, model, lang)}`}
${section(t.comments, comments(view, compared), { id: 'kommentare' })}`;
  const crumbs =
    shared === undefined
      ? crumbsOf(lang, { label: scenario.title, href: pathOf(scenario.id) }, { label: t.compare })
      : crumbsOf(lang, { label: scenario.title });
  return page(view, { title: t.compareTitle(scenario.title), main, wide: true, scripts: ['plan'], breadcrumb: crumbs, hasErrors: typed !== undefined });
}

type Model = ReturnType<typeof models>[number];

function resultParts({ picture, shared }: CompareView, { id, title, uncertainty }: Model, lang: Lang): Html {
  const t = resultTexts(lang);
  const { scenario, variants } = picture;
  const { runs, rows } = compareVariants(picture, id);
  const stale = runs.some((run) => run?.stale === true && run.status === 'successful');
  const maps = variants.map((variant, index) => {
    const run = runs[index];
    const name = t.mapOf(title[lang], variant.name);
    const shown = run?.mapped === true ? { run: { id: run.id, map: mapPath(run, shared?.key) } } : {};
    const map = planMap(scenario, variant, { title: name, lang, ground: groundOf(picture), ...shown, ...(shared === undefined ? {} : { key: shared.key }) });
    return html`<figure class="k-plan-figure">${map}<figcaption class="kern-hint">${variant.name}${run?.mapped === true ? '' : `. ${t.noMap}`}</figcaption></figure>`;
  });
  return html`${stale ? alert('warning', t.stale, t.staleText) : ''}
${alert('warning', t.estimate, uncertainty[lang])}
${states(variants, runs, lang)}
${rows.length === 0 ? '' : figures(rows, variants, title[lang], lang)}
${section(t.maps, html`<div class="k-plan-maps">${maps}</div>`)}
${section(t.origin, html`${variants.map((variant, index) => originPart(variant, runs[index], lang))}`)}`;
}

function states(variants: readonly Variant[], runs: readonly (ShownRun | undefined)[], lang: Lang): Html {
  const told = runs.flatMap((run, index) =>
    run === undefined || (run.status === 'successful' && run.results !== null && !run.stale) ? [] : [{ name: variants[index]!.name, run }],
  );
  if (told.length === 0) return html``;
  return html`<ul class="kern-list">${told.map(({ name, run }) => html`<li>${name}: ${runBadge(run, lang)} ${run.message}</li>`)}</ul>`;
}

/** So many digits that a difference can be seen, and no more than a model can know. */
const digitsOf = (value: number): number => (Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1);

function cellOf(cell: ComparedFigure | undefined, lang: Lang): Html | string {
  const t = resultTexts(lang);
  if (cell === undefined || cell.value === null) return '–';
  const { value, minimum, maximum, difference } = cell;
  const number = (one: number): string => formatNumber(lang, one, digitsOf(one));
  const signed = (one: number): string => `${one > 0 ? '+' : one < 0 ? '−' : '±'}${number(Math.abs(one))}`;
  const spread = minimum !== null && maximum !== null && minimum !== maximum ? html`<br><small>${t.spread(number(minimum), number(maximum))}</small>` : '';
  return html`<strong>${number(value)}</strong>${spread}${difference === null ? '' : html`<br><small>${t.difference(signed(difference))}</small>`}`;
}

function figures(rows: readonly ComparedRow[], variants: readonly Variant[], model: string, lang: Lang): Html {
  const t = resultTexts(lang);
  const columns: readonly Column<ComparedRow>[] = [
    { label: t.figure, rowHeader: true, cell: ({ title, unit }) => (unit === '' ? title[lang] : `${title[lang]} (${unit})`) },
    ...variants.map(({ name }, index): Column<ComparedRow> => ({ label: name, numeric: true, cell: ({ cells }) => cellOf(cells[index], lang) })),
  ];
  return dataTable(columns, rows, { caption: `${t.compare}: ${model}`, captionHidden: true, lang, dense: true });
}

function comments(view: PageView, { picture, typed, shared }: CompareView): Html {
  const { lang, actor } = view;
  const t = resultTexts(lang);
  const { scenario, role, comments: all } = picture;
  const by = { owner: t.byOwner, coworker: t.byCoworker, staff: t.byStaff, citizen: t.byCitizen } as const;
  const moderates = role === 'owner';
  const list = timeline(
    all.map((one) => ({
      when: formatInstant(lang, one.writtenAt),
      iso: one.writtenAt.toString(),
      title: by[one.as],
      icon: 'mail' as const,
      kind: one.state === 'shown' ? ('done' as const) : ('coming' as const),
      body: html`<p class="kern-body k-plan-comment">${one.text}</p>${one.state === 'shown' ? '' : badge('neutral', t[one.state])}${moderates ? moderation(scenario.id, one, lang) : ''}`,
    })),
  );
  const mayWrite = shared === undefined && (actor.kind === 'citizen' || actor.kind === 'staff');
  const write = mayWrite
    ? form({ action: `${pathOf(scenario.id)}/kommentare` }, [
        textArea({
          ...{ name: 'text', lang, label: t.comment, rows: 4, maxLength: 2000, value: typed?.fields.get('text') ?? '' },
          ...(role === 'reader' ? { hint: t.commentHint } : {}),
          ...errorOf(typed?.problems ?? [], 'text'),
        }),
        buttonRow(button({ label: t.commentButton, kind: 'secondary' })),
      ])
    : shared === undefined
      ? html`<p class="kern-body"><a class="kern-link" href="/anmelden?weiter=${pathOf(scenario.id)}/vergleich">${t.signIn}</a></p>`
      : '';
  return html`${all.length === 0 ? html`<p class="kern-body">${t.noComments}</p>` : list}${write}`;
}

function moderation(scenarioId: string, { id, state }: Comment, lang: Lang): Html {
  const t = resultTexts(lang);
  const choose = (wished: 'shown' | 'hidden', label: string): Html | undefined =>
    state === wished ? undefined : button({ label, kind: 'tertiary', small: true, name: 'state', value: wished });
  return html`<form method="post" action="${pathOf(scenarioId)}/kommentare/${id}" data-guard>${choose('shown', t.show) ?? ''}${choose('hidden', t.hide) ?? ''}</form>`;
}
