import { getPage, html as answerHtml, problemPage, type AnyRoute } from '../../../platform/http/route.ts';
import { card, cardGrid } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination, section } from '../../../platform/ui/parts.ts';
import type { AssistantContext, CityFrame } from '../application/context.ts';
import { results } from '../application/results.ts';
import type { AssistantResult } from '../domain/result.ts';
import { BLOCKS_PATH, COLLECTIONS_PATH, ENTRANCE_PATHS, PATH, PROMPTS_PATH, resultPath, RESULTS_PATH } from './paths.ts';
import { resultTexts } from './result-texts.ts';
import { STAFF } from './schemas.ts';
import { assistantTexts } from './texts.ts';

const RECENT = 5;
const ROWS = 50;

/** The start page of the assistant, and everything somebody has made with it. */
export function startPages(ctx: AssistantContext, frame: CityFrame): AnyRoute[] {
  return [
    getPage(PATH, STAFF, async (visit) => {
      const recent = await results(ctx, visit.actor, RECENT);
      if (!recent.ok) return problemPage(recent.problem);
      const t = assistantTexts(visit.lang);
      const more =
        recent.value.length < RECENT
          ? undefined
          : html`<p class="kern-body"><a class="kern-link" href="${RESULTS_PATH}">${resultTexts(visit.lang).allResults}</a></p>`;
      const main = html`${pageTitle(t.title, { lead: t.lead })}${entrances(visit.lang)}
${section(t.recent, html`${resultTable(recent.value, visit.lang, t.recent)}${more}`)}`;
      return answerHtml(page(frame(visit), { title: t.title, main, frame: true }));
    }),
    getPage(RESULTS_PATH, STAFF, async (visit) => {
      const listed = await results(ctx, visit.actor, ROWS, visit.query.get('nach') ?? undefined);
      if (!listed.ok) return problemPage(listed.problem);
      const t = resultTexts(visit.lang);
      const last = listed.value.length === ROWS ? listed.value.at(-1) : undefined;
      const next = last === undefined ? undefined : pagination({ next: `${RESULTS_PATH}?nach=${last.id}` }, visit.lang);
      const main = html`${pageTitle(t.results)}${resultTable(listed.value, visit.lang, t.results)}${next}`;
      return answerHtml(page(frame(visit), { title: t.results, main, breadcrumb: crumbs(visit.lang, t.results) }));
    }),
  ];
}

/** Where one is, from the start page of the assistant. */
export const crumbs = (lang: Lang, title: string, between: readonly { label: string; href: string }[] = []) => [
  { label: assistantTexts(lang).title, href: PATH },
  ...between,
  { label: title },
];

function entrances(lang: Lang): Html {
  const t = assistantTexts(lang);
  const entries = [
    { title: t.summarise, body: t.summariseLead, href: ENTRANCE_PATHS.summary },
    { title: t.write, body: t.writeLead, href: ENTRANCE_PATHS.writing },
    { title: t.research, body: t.researchLead, href: ENTRANCE_PATHS.research },
    { title: t.talk, body: t.talkLead, href: ENTRANCE_PATHS.turn },
    { title: t.collections, body: t.collectionsLead, href: COLLECTIONS_PATH },
    { title: t.prompts, body: t.promptsLead, href: PROMPTS_PATH },
    { title: t.blocks, body: t.blocksLead, href: BLOCKS_PATH },
  ];
  return cardGrid(entries.map((entry) => card({ ...entry, level: 2 })));
}

function resultTable(rows: readonly AssistantResult[], lang: Lang, caption: string): Html {
  const [t, names] = [resultTexts(lang), assistantTexts(lang)];
  const kinds = { summary: names.summarise, writing: names.write, research: names.research, turn: names.talk };
  return dataTable<AssistantResult>(
    [
      { label: t.text, rowHeader: true, cell: ({ title }) => title },
      { label: t.what, cell: ({ entrance }) => kinds[entrance] },
      { label: t.state, cell: ({ state }) => t[`state_${state}`] },
      { label: t.when, cell: ({ createdAt }) => formatInstant(lang, createdAt) },
    ],
    rows,
    { caption, captionHidden: true, lang, empty: names.noResults, shortcuts: true, href: ({ id }) => resultPath(id) },
  );
}
