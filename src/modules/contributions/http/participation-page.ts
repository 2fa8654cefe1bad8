import { getPage, html as answerHtml, problemPage, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import type { LiveHub } from '../../../platform/live/hub.ts';
import { liveAnswer } from '../../../platform/live/live.ts';
import { alert, badge, card, cardGrid } from '../../../platform/ui/alert.ts';
import { tabs } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatDate, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, live, pagination, section } from '../../../platform/ui/parts.ts';
import { mapPicture, type MapDistrict } from '../../../platform/ui/static-map.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ContributionsContext } from '../application/context.ts';
import { edgesOf, shapesOf } from '../application/drawn.ts';
import { PUBLIC_KINDS, streamOf } from '../application/journal.ts';
import {
  openParticipation,
  participationOfDisplay,
  participationsPage,
  type ParticipationRow,
  type OpenedParticipation,
} from '../application/participations.ts';
import { openContribution, overview, publishedPage, type Overview, type Page } from '../application/read-contributions.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { Phase } from '../domain/participation.ts';
import { legalDay } from '../../../kernel/time.ts';
import { readPageEnd, writePageEnd } from './cursors.ts';
import { paragraphs, type Frame } from './frame.ts';
import { contributionsMap } from './map-part.ts';
import { publicTexts } from './public-texts.ts';

const ROWS = 50;
/** So many fit a page of cards; the API pages through all. */
const MOST_CARDS = 60;

/** A participation for everybody: what it is about, map and list, live. */
export function participationPages(ctx: ContributionsContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  return [
    getPage('/beteiligung/:key', 'public', async (visit) => {
      const wish = readWish(visit.query);
      const opened = await overview(ctx, visit.params['key']!, wish);
      return opened.ok ? answerHtml(participationPage(ctx, frame(visit), opened.value, wish)) : problemPage(opened.problem);
    }),
    getPage('/beteiligung/:key/karte.svg', 'public', async (visit) => pictureAnswer(ctx, visit)),
    getPage('/beteiligung/:key/live', 'public', async (visit) => {
      const opened = await openParticipation(ctx, visit.params['key']!);
      if (!opened.ok) return problemPage(opened.problem);
      const stream = streamOf(opened.value.participation.id);
      // only that something happened: the page asks again for what it may show
      return liveAnswer({ hub, allowed: (entry) => entry.stream === stream && PUBLIC_KINDS.includes(entry.kind), shown: () => ({}) });
    }),
  ];
}

/** What the address asks for; what cannot be read is left out. */
function readWish(query: URLSearchParams): Page {
  const category = query.get('kategorie') ?? '';
  return {
    ...(/^[a-z0-9-]{1,80}$/.test(category) ? { category } : {}),
    sorting: query.get('folge') === 'unterstuetzung' ? 'support' : 'newest',
    limit: ROWS,
    after: readPageEnd(query.get('nach') ?? undefined),
  };
}

/** The wish as an address's query. */
function writeWish({ category, sorting, after }: Partial<Page>): string {
  return new URLSearchParams({
    ...(category === undefined ? {} : { kategorie: category }),
    ...(sorting === 'support' ? { folge: 'unterstuetzung' } : {}),
    ...(after === undefined ? {} : { nach: writePageEnd(after) }),
  }).toString();
}

/** The picture of the map: outline, and lines and areas of the same page of contributions. */
async function pictureAnswer(ctx: ContributionsContext, { params, query }: Visit): Promise<Answer> {
  const opened = await openParticipation(ctx, params['key']!);
  if (!opened.ok) return problemPage(opened.problem);
  const { participation } = opened.value;
  const only = query.get('nur');
  const shown =
    only === 'rand' ? [] : only === null ? (await publishedPage(ctx, participation, readWish(query))).contributions : await onlyOne(ctx, params['key']!, only);
  const districts: readonly MapDistrict[] = ctx.districts();
  const svg = mapPicture(query, districts, [...edgesOf(participation), ...shapesOf(shown)]);
  return { kind: 'file', bytes: Buffer.from(svg), mediaType: 'image/svg+xml', fileName: 'karte.svg', inline: true };
}

async function onlyOne(ctx: ContributionsContext, key: string, number: string): Promise<readonly Contribution[]> {
  const opened = await openContribution(ctx, key, number, { actor: { kind: 'anonymous' }, cookie: undefined });
  return opened.ok ? [opened.value.contribution] : [];
}

const PHASE_KIND = { coming: 'neutral', running: 'info', over: 'neutral' } as const;
export const phaseBadge = (phase: Phase, lang: Lang): Html => badge(PHASE_KIND[phase], publicTexts(lang)[phase]);

function participationPage(ctx: ContributionsContext, view: PageView, opened: Overview, wish: Page): Html {
  const { lang } = view;
  const t = publicTexts(lang);
  const { participation, phase } = opened;
  const main = html`${pageTitle(participation.title, { badge: phaseBadge(phase, lang) })}
${factList([
  { label: t.from, value: formatDate(lang, participation.startsOn) },
  { label: t.until, value: formatDate(lang, participation.endsOn) },
  { label: t.authority, value: ctx.authorityName(participation.authority) },
  { label: t.moderation, value: participation.moderation === 'before' ? t.before : t.after },
])}
${paragraphs(participation.text)}
${invitation(opened, lang)}
${formalPart(opened, lang)}
${live(`/beteiligung/${participation.key}/live`, 'beitraege', contributionsPart(opened, wish, lang))}
<p class="kern-body">${t.asData} <a class="kern-link" href="/api/contributions/participations/${participation.key}/features">GeoJSON</a> · <a class="kern-link" href="/ogc/collections/beitraege?f=html">OGC API</a></p>`;
  return page(view, {
    title: participation.title,
    main,
    wide: true,
    scripts: ['map'],
    breadcrumb: [{ label: t.home, href: '/beteiligung' }, { label: participation.title }],
  });
}

function invitation({ participation, phase }: OpenedParticipation, lang: Lang): Html {
  const t = publicTexts(lang);
  if (phase === 'over') return alert('info', t.closed);
  if (phase === 'coming') return html`<p class="kern-body">${t.notYet(formatDate(lang, participation.startsOn))}</p>`;
  return buttonRow(linkButton({ label: t.write, href: `/beteiligung/${participation.key}/beitrag`, icon: 'edit' }));
}

/** The formal way, where there is one: a contribution on the map is no statement in the procedure. */
function formalPart({ display }: OpenedParticipation, lang: Lang): Html {
  if (display === undefined) return html``;
  const t = publicTexts(lang);
  const said = display.open ? t.formalText : t.formalClosed;
  return section(t.formal, html`<p class="kern-body">${said} <a class="kern-link" href="/beteiligung/${display.id}">${display.title}</a></p>`);
}

function contributionsPart({ participation, counts, contributions, next }: Overview, wish: Page, lang: Lang): Html {
  const t = publicTexts(lang);
  const base = `/beteiligung/${participation.key}`;
  const to = (change: Partial<Page>): string => {
    const query = writeWish({ ...wish, after: undefined, ...change });
    return `${base}${query === '' ? '' : `?${query}`}#beitraege`;
  };
  const total = counts.reduce((sum, one) => sum + one.contributions, 0);
  const filter = tabs(
    [
      { label: t.every, href: to({ category: undefined }), current: wish.category === undefined, count: total },
      ...counts.map(({ id, name, contributions: count }) => ({ label: name, href: to({ category: id }), current: wish.category === id, count })),
    ],
    lang,
  );
  const order = html`<p class="kern-body">${t.sorting}: ${(['newest', 'support'] as const).map((sorting, index) => {
    const label = sorting === 'newest' ? t.newest : t.bySupport;
    return html`${index === 0 ? '' : ' · '}${wish.sorting === sorting ? html`<strong>${label}</strong>` : html`<a class="kern-link" href="${to({ sorting })}">${label}</a>`}`;
  })}</p>`;
  return html`<h2 class="kern-heading-medium">${t.contributions}</h2>${filter}${contributionsMap(participation, contributions, writeWish(wish), lang)}
<p class="kern-hint">${t.mapHint}</p>${order}
${contributions.length === 0 ? html`<p class="kern-body">${t.none}</p>` : html`<ol class="k-statements">${contributions.map((one, index) => listed(one, index, participation, lang))}</ol>`}
${next === undefined ? '' : pagination({ next: to({ after: next }) }, lang)}`;
}

const SHORT = 280;

function listed(one: Contribution, index: number, { key, categories }: Overview['participation'], lang: Lang): Html {
  const t = publicTexts(lang);
  const category = categories.find(({ id }) => id === one.category)?.name ?? one.category;
  const facts = [
    category,
    t.number(one.number),
    formatShortDate(lang, legalDay(one.submittedAt)),
    one.district ?? (one.geometry === null ? t.noPlace : ''),
    t.supportCount(one.support),
    t.commentCount(one.comments),
  ].filter((fact) => fact !== '');
  return html`<li class="k-statement" id="b-${one.number}"><h3 class="k-statement__head kern-title"><span class="k-places__mark">${index + 1}</span> <a class="kern-link" lang="de" href="/beteiligung/${key}/beitrag/${one.number}">${one.title}</a></h3><p class="k-muted">${facts.join(' · ')}</p>
<p class="kern-body k-typed" lang="de">${one.text.length > SHORT ? `${one.text.slice(0, SHORT).trimEnd()} …` : one.text}</p>${one.answer === null ? '' : badge('success', t.answered)}</li>`;
}

/** Participations as a part of the list of everything one can take part in; nothing where there is none. */
export async function participationCards(ctx: ContributionsContext, lang: Lang, when: 'running' | 'past' | 'all'): Promise<Html | undefined> {
  const t = publicTexts(lang);
  const { rows } = await participationsPage(ctx, { limit: MOST_CARDS, when });
  if (rows.length === 0) return undefined;
  return section(t.list, html`<p class="kern-body">${t.listLead}</p>${cardGrid(rows.map((row) => participationCard(row, lang)))}`);
}

function participationCard(row: ParticipationRow, lang: Lang): Html {
  const t = publicTexts(lang);
  return card({
    title: row.title,
    href: `/beteiligung/${row.key}`,
    badge: phaseBadge(row.phase, lang),
    body: `${formatShortDate(lang, row.startsOn)} – ${formatShortDate(lang, row.endsOn)} · ${t.count(row.published)}`,
  });
}

/** The way from a public display to its participation on the map; nothing where there is none. */
export async function displayPart(ctx: ContributionsContext, displayId: string, lang: Lang): Promise<Html | undefined> {
  const found = await participationOfDisplay(ctx, displayId);
  if (found === undefined) return undefined;
  const t = publicTexts(lang);
  return section(t.list, html`<p class="kern-body">${t.listLead} <a class="kern-link" href="/beteiligung/${found.key}">${found.title}</a></p>`);
}
