import type { Problem } from '../../../kernel/problem.ts';
import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { hiddenField, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { BLOCKS, OFFERED } from '../application/offered.ts';
import type { CountedPage, OpenedPage } from '../application/pages.ts';
import type { Block } from '../domain/blocks.ts';
import type { LandingPage } from '../domain/landing.ts';
import { PAGES } from './block-form.ts';
import { CAMPAIGNS, mayWrite } from './frame.ts';
import { shownCount, sumOf } from './link-part.ts';
import { linkTexts } from './link-texts.ts';
import { KIND_WORDS, pageTexts } from './page-texts.ts';
import { campaignTexts } from './texts.ts';

const stateOf = ({ published }: LandingPage, lang: Lang): Html => {
  const t = pageTexts(lang);
  return published === null ? badge('neutral', t.draft) : badge('success', t.published(String(published)));
};

/** The page of a landing page's makers: its blocks, what is missing, publishing, versions. */
export function editorPage(view: PageView, opened: OpenedPage, sent: { readonly problem: Problem | undefined; readonly reason: string }): Html {
  const { lang } = view;
  const t = pageTexts(lang);
  const { page: landing, problems, versions } = opened;
  const writes = mayWrite(view.actor);
  const base = `${PAGES}/${landing.slug}`;
  const wrong = sent.problem?.fields ?? [];
  const links = buttonRow(
    linkButton({ label: t.preview, href: `${base}/vorschau`, kind: 'secondary' }),
    landing.published === null ? undefined : linkButton({ label: t.look, href: `/d/${landing.slug}`, kind: 'secondary' }),
    landing.published === null ? undefined : linkButton({ label: t.compare, href: `${base}/vergleich`, kind: 'secondary' }),
  );
  const missing =
    problems.length === 0 ? '' : alert('info', t.missing, html`<ul class="kern-list kern-list--bullet">${problems.map((one) => html`<li>${one}</li>`)}</ul>`);
  const main = html`${sent.problem === undefined ? '' : errorSummary(wrong, lang, wrong.length === 0 ? sent.problem.detail : undefined)}
${pageTitle(`/d/${landing.slug}`, { badge: stateOf(landing, lang) })}${links}
${section(t.blocks, html`${blockTable(landing, writes, lang)}${writes ? addLinks(base, opened.freshId, lang) : ''}`)}
${missing}${writes ? publishForm(base, landing, { ...sent, ready: problems.length === 0 }, lang) : ''}
${section(t.versions, versionTable(versions, lang))}`;
  const crumbs = [
    { label: campaignTexts(lang).title, href: CAMPAIGNS },
    { label: campaignTexts(lang).back, href: `${CAMPAIGNS}/${landing.campaignId}` },
    { label: `/d/${landing.slug}` },
  ];
  return page(view, { title: `/d/${landing.slug}`, main, wide: true, hasErrors: sent.problem !== undefined, breadcrumb: crumbs });
}

/** What a block says, in short. */
export function firstWords({ kind, words, service, picture }: Block, lang: Lang): string {
  const [first] = BLOCKS.parts[kind].words;
  const said = first === undefined ? undefined : words[first]?.[lang];
  return said?.split('\n')[0]?.slice(0, 80) ?? service ?? picture ?? '';
}

function blockTable({ slug, draft, version }: LandingPage, writes: boolean, lang: Lang): Html {
  const t = pageTexts(lang);
  const base = `${PAGES}/${slug}`;
  const act = (block: Block, action: 'up' | 'down' | 'remove'): Html =>
    button({ label: t[action], kind: 'tertiary', small: true, name: 'action', value: action, context: firstWords(block, lang) });
  const change = (block: Block): Html =>
    linkButton({ label: t.edit, href: `${base}/baustein/${block.id}`, kind: 'tertiary', small: true, context: firstWords(block, lang) });
  const buttons = (block: Block): Html =>
    form(
      { action: base, hidden: { version: String(version), id: block.id } },
      html`<div class="k-buttons k-block-actions">${change(block)}${act(block, 'up')}${act(block, 'down')}${act(block, 'remove')}</div>`,
    );
  return dataTable<Block>(
    [
      { label: t.blocks, rowHeader: true, cell: ({ kind }) => KIND_WORDS[kind][lang] },
      { label: KIND_WORDS.text[lang], cell: (block) => firstWords(block, lang) },
      ...(writes ? [{ label: t.edit, cell: buttons }] : []),
    ],
    draft.blocks,
    { caption: t.blocks, captionHidden: true, lang, empty: t.noBlocks },
  );
}

function addLinks(base: string, freshId: string, lang: Lang): Html {
  const t = pageTexts(lang);
  return html`<h3 class="kern-title">${t.add}</h3><ul class="kern-list">${OFFERED.blockKinds.map((kind) => html`<li><a class="kern-link" href="${base}/baustein/${freshId}?art=${kind}">${KIND_WORDS[kind][lang]}</a></li>`)}</ul>`;
}

function publishForm(
  base: string,
  { version, published }: LandingPage,
  { problem, reason, ready }: { readonly problem: Problem | undefined; readonly reason: string; readonly ready: boolean },
  lang: Lang,
): Html {
  const t = pageTexts(lang);
  if (!ready && published === null) return html``;
  const field = textField({
    name: 'reason',
    lang,
    label: t.reason,
    hint: t.reasonHint,
    value: reason,
    maxLength: 300,
    ...errorOf(problem?.fields ?? [], 'reason'),
  });
  const buttons = buttonRow(
    ready ? button({ label: t.publish, name: 'action', value: 'publish' }) : undefined,
    published === null ? undefined : button({ label: t.withdraw, name: 'action', value: 'withdraw', kind: 'secondary' }),
  );
  return section(t.publish, form({ action: `${base}/veroeffentlichen` }, html`${hiddenField('version', String(version))}${field}${buttons}`));
}

function versionTable(versions: OpenedPage['versions'], lang: Lang): Html {
  const t = pageTexts(lang);
  return dataTable<OpenedPage['versions'][number]>(
    [
      { label: t.number, rowHeader: true, cell: ({ number }) => number },
      { label: t.when, cell: ({ publishedAt }) => formatInstant(lang, publishedAt) },
      { label: t.reason, cell: (one) => html`<span lang="de">${one.reason}</span>` },
    ],
    versions,
    { caption: t.versions, captionHidden: true, lang, empty: t.draft },
  );
}

/** The landing pages of a campaign, and the form of a new one; stands on the campaign's page. */
export function pagesPart(
  pages: readonly CountedPage[],
  {
    campaignId,
    writes,
    fields,
    problem,
  }: { readonly campaignId: string; readonly writes: boolean; readonly fields: URLSearchParams | undefined; readonly problem: Problem | undefined },
  lang: Lang,
): Html {
  const t = pageTexts(lang);
  const table = dataTable<CountedPage>(
    [
      { label: t.slug, rowHeader: true, cell: ({ slug }) => `/d/${slug}` },
      { label: campaignTexts(lang).state, cell: (one) => stateOf(one, lang) },
      { label: t.shown, numeric: true, cell: ({ shown }) => shownCount(shown, lang) },
      { label: t.onward, numeric: true, cell: ({ onward }) => shownCount(onward, lang) },
      { label: linkTexts(lang).excluded, numeric: true, cell: ({ excluded }) => shownCount(sumOf(excluded), lang) },
    ],
    pages,
    { caption: t.pages, captionHidden: true, lang, empty: t.none, href: ({ slug }) => `${PAGES}/${slug}` },
  );
  const value = fields?.get('slug') ?? '';
  const field = textField({
    name: 'slug',
    lang,
    label: t.slug,
    hint: t.slugHint,
    value,
    maxLength: 64,
    spellcheck: false,
    ...errorOf(problem?.fields ?? [], 'slug'),
  });
  const make = writes ? form({ action: `${CAMPAIGNS}/${campaignId}/seiten` }, html`${field}${buttonRow(button({ label: t.make, kind: 'secondary' }))}`) : '';
  return section(t.pages, html`${table}${make}`, { id: 'seiten' });
}
