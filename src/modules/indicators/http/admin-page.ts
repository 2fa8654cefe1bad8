import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonForm, buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Administration } from '../application/administration.ts';
import { keepsStrategy } from '../application/define.ts';
import type { Definition } from '../domain/definition.ts';
import { adminTexts } from './admin-texts.ts';
import { LIST } from './list-page.ts';
import { indicatorTexts } from './texts.ts';

type SourceRow = Administration['sources'][number];

export const ADMIN = '/verwaltung/kennzahlen';

/** What the strategy and the administration look after. */
export function adminPage(view: PageView, { checkpoint, head, definitions, sources }: Administration): Html {
  const { lang } = view;
  const t = adminTexts(lang);
  const keeps = keepsStrategy(view.actor);
  const facts = factList([
    { label: t.upTo, value: formatNumber(lang, checkpoint.seq) },
    { label: t.of, value: formatNumber(lang, head) },
    { label: t.at, value: checkpoint.followedAt === null ? t.waiting : formatInstant(lang, checkpoint.followedAt) },
  ]);
  const main = html`${pageTitle(t.title, { lead: t.lead })}${section(t.following, html`${facts}<p class="kern-hint">${t.followHint}</p>`)}
${section(t.definitions, [
  definitionTable(definitions, view),
  keeps
    ? buttonRow(linkButton({ label: t.add, href: `${ADMIN}/neu` }), linkButton({ label: t.addImported, href: `${ADMIN}/neu?art=imported`, kind: 'secondary' }))
    : html``,
])}${section(t.sources, sourceTable(sources, keeps, view))}`;
  return page(view, { title: t.title, main, wide: true, breadcrumb: [{ label: indicatorTexts(lang).title, href: LIST }, { label: t.title }] });
}

function definitionTable(definitions: readonly Definition[], { lang }: PageView): Html {
  const t = adminTexts(lang);
  return dataTable<Definition>(
    [
      { label: t.name, rowHeader: true, cell: ({ name }) => name[lang] },
      { label: t.kind, cell: ({ kind }) => t[kind] },
      { label: t.formula, cell: ({ formula }) => html`<code>${formula}</code>`, minor: true },
      { label: t.owner, cell: ({ owner }) => html`<span lang="de">${owner}</span>`, minor: true },
      { label: t.version, numeric: true, cell: ({ version }) => version },
    ],
    definitions,
    { caption: t.definitions, captionHidden: true, lang, dense: true, href: ({ key }) => `${ADMIN}/${key}` },
  );
}

function sourceTable(sources: readonly SourceRow[], keeps: boolean, { lang }: PageView): Html {
  const t = adminTexts(lang);
  const state = ({ active, problem, triedAt }: SourceRow): Html => {
    if (!active) return badge('neutral', t.off);
    if (problem !== null) return html`<span lang="de">${problem}</span>`;
    return triedAt === null ? badge('neutral', t.waiting) : badge('success', t.fine);
  };
  return dataTable<SourceRow>(
    [
      { label: t.key, rowHeader: true, cell: ({ key }) => key },
      { label: t.sourceKind, cell: ({ body }) => body.kind },
      { label: t.fetched, cell: ({ fetchedAt }) => (fetchedAt === null ? t.waiting : formatInstant(lang, fetchedAt)) },
      { label: t.state, cell: state },
      ...(keeps
        ? [
            {
              label: t.fetch,
              cell: ({ key }: SourceRow) => buttonForm(`${ADMIN}/${key}/holen`, { label: t.fetch, kind: 'secondary', small: true, context: key }),
            },
          ]
        : []),
    ],
    sources,
    { caption: t.sources, captionHidden: true, lang, empty: t.noSources, dense: true },
  );
}
