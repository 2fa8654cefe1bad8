import { encodeCursor } from '../../../platform/http/paging.ts';
import { getPage, html as answerHtml, problemPage, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { alert, badge, card, cardGrid, emptyState } from '../../../platform/ui/alert.ts';
import { tabs } from '../../../platform/ui/components.ts';
import { linkButton, searchForm } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { mapView } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, pagination, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ParticipationContext } from '../application/context.ts';
import { displayFile, listDisplays, openDisplay, type Display, type DisplayRow, type DisplayState } from '../application/displays.ts';
import { documentList, longDay, paragraphs, shortDay, stepsPart, type Beside, type Frame } from './common.ts';
import { displayCursor, statementCursor } from './cursors.ts';
import { DISPLAY_STATES, publicTexts } from './public-texts.ts';
import { statementFormRoutes } from './statement-form.ts';

const WHEN = { running: 'laufend', past: 'vergangen', all: 'alle' } as const;
type When = keyof typeof WHEN;
const PAGE = 20;
/** More markers than these no map shows legibly, and no address carries. */
const MOST_PLACES = 60;

/** Pages for everybody: what is on display, and the form to comment on it. */
export function displayPages(ctx: ParticipationContext, frame: Frame, beside: Beside = {}): AnyRoute[] {
  return [
    getPage('/beteiligung', 'public', async (visit) => listPage(ctx, frame, visit, beside)),
    ...statementFormRoutes(ctx, frame),
    // ids only: other words at this place are addresses of other modules
    getPage('/beteiligung/:id{[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+}', 'public', async (visit) => {
      const opened = await openDisplay(ctx, visit.params['id']!, statementCursor(visit.query.get('nach') ?? undefined));
      if (!opened.ok) return problemPage(opened.problem);
      const more = await beside.ofDisplay?.(opened.value.round.id, visit.lang);
      return answerHtml(displayPage(frame(visit), opened.value, more));
    }),
    getPage('/beteiligung/:id/unterlagen/:fileId', 'public', async ({ params }) => {
      const read = await displayFile(ctx, params['id']!, params['fileId']!);
      if (!read.ok) return problemPage(read.problem);
      const { ref, bytes } = read.value;
      return { kind: 'file', bytes, mediaType: ref.mediaType, fileName: ref.fileName, inline: true };
    }),
  ];
}

async function listPage(ctx: ParticipationContext, frame: Frame, visit: Visit, beside: Beside): Promise<Answer> {
  const view = frame(visit);
  const t = publicTexts(view.lang);
  const search = (visit.query.get('suche') ?? '').trim().slice(0, 200);
  const when = (Object.keys(WHEN) as When[]).find((one) => WHEN[one] === visit.query.get('zeit')) ?? (search === '' ? 'running' : 'all');
  const { rows, next } = await listDisplays(ctx, { when, search, limit: PAGE, after: displayCursor(visit.query.get('nach') ?? undefined) });
  const address = (more: Record<string, string>): string =>
    `/beteiligung?${new URLSearchParams({ zeit: WHEN[when], ...(search === '' ? {} : { suche: search }), ...more }).toString()}`;
  const others = search === '' ? await beside.list?.(view.lang, when) : undefined;
  const main = html`${pageTitle(t.title, { lead: t.lead })}${others ?? ''}
${searchForm({ action: '/beteiligung', name: 'suche', label: t.search, lang: view.lang, value: search })}
${tabs(
  (Object.keys(WHEN) as When[]).map((one) => ({ label: t[one], href: `/beteiligung?zeit=${WHEN[one]}`, current: one === when })),
  view.lang,
)}
${rows.length === 0 ? emptyState({ title: search === '' ? t.none : t.noHits }) : cardGrid(rows.map((row) => displayCard(row, view.lang)))}
${next === undefined ? '' : pagination({ next: address({ nach: encodeCursor([next.dueOn, next.id]) }) }, view.lang)}`;
  return answerHtml(page(view, { title: t.title, main, frame: true }));
}

const stateBadge = (state: DisplayState, lang: Lang): Html => badge(state === 'running' ? 'info' : 'neutral', DISPLAY_STATES[state][lang]);

function displayCard(row: DisplayRow, lang: Lang): Html {
  const t = publicTexts(lang);
  return card({
    title: row.title,
    href: `/beteiligung/${row.id}`,
    level: 2,
    badge: stateBadge(row.state, lang),
    body: t.fromTo(shortDay(lang, row.startsOn), shortDay(lang, row.dueOn)),
  });
}

function displayPage(view: PageView, display: Display, more: Html | undefined): Html {
  const { lang } = view;
  const t = publicTexts(lang);
  const { round, state } = display;
  const facts = [
    { label: t.from, value: longDay(lang, round.startsOn) },
    { label: t.until, value: longDay(lang, round.dueOn) },
    { label: t.basis, value: round.legalBasis },
    ...(round.noticedOn === undefined ? [] : [{ label: t.notice, value: longDay(lang, round.noticedOn) }]),
  ];
  const main = html`${pageTitle(round.title, { badge: stateBadge(state, lang) })}
${factList(facts)}
${stepsPart(round.steps, lang)}
${section(t.what, paragraphs(round.request))}
${changesPart(display, lang)}
${section(t.documents, documentsPart(display, lang))}
${section(t.how, takePart(display, lang))}
${more ?? ''}
${section(t.statements, statementsPart(display, lang), { id: 'stellungnahmen' })}`;
  return page(view, { title: round.title, main, breadcrumb: [{ label: t.title, href: '/beteiligung' }, { label: round.title }], scripts: ['map'] });
}

function changesPart({ round }: Display, lang: Lang): Html {
  const t = publicTexts(lang);
  if (round.changes === undefined) return html``;
  return section(
    t.changed,
    html`${paragraphs(round.changes)}${round.limited ? alert('info', t.limited) : ''}
${round.shortenedBecause === undefined ? '' : html`<h3 class="kern-title">${t.shortened}</h3>${paragraphs(round.shortenedBecause)}`}`,
  );
}

function documentsPart({ round, state, documents }: Display, lang: Lang): Html {
  const t = publicTexts(lang);
  if (state === 'coming') return html`<p class="kern-body">${t.documentsLater(longDay(lang, round.startsOn))}</p>`;
  if (documents.length === 0) return html`<p class="kern-body">${t.noDocuments}</p>`;
  return documentList(documents, (file) => `/beteiligung/${round.id}/unterlagen/${file.id}`, lang);
}

function takePart({ round, state, open }: Display, lang: Lang): Html {
  const t = publicTexts(lang);
  if (state === 'coming') return html`<p class="kern-body">${t.howLater(longDay(lang, round.startsOn))}</p>`;
  if (!open) return html`<p class="kern-body">${t.closed}</p>`;
  return html`<p class="kern-body">${t.howBody}</p>${state === 'over' ? alert('warning', t.late) : ''}
<p>${linkButton({ label: t.write, href: `/beteiligung/${round.id}/stellungnahme`, icon: 'edit' })}</p>`;
}

/** The map and the list say the same; the list also has what names no place. */
function statementsPart({ round, statements, next }: Display, lang: Lang): Html {
  const t = publicTexts(lang);
  const own = round.place === undefined ? [] : [{ position: round.place, label: '★', text: html`<strong>${t.planPlace}</strong>` }];
  const places = statements.flatMap((one, index) =>
    one.places.map((position) => ({ position, label: String(index + 1), text: html`${one.number}`, href: `#s-${one.number}` })),
  );
  const map = own.length + places.length === 0 ? html`` : mapView({ lang, title: t.map, places: [...own, ...places].slice(0, MOST_PLACES) });
  if (statements.length === 0) return html`${map}<p class="kern-body">${t.noStatements}</p>`;
  return html`<p class="kern-body">${t.statementsLead}</p>${map}
<ol class="k-statements">${statements.map(
    (one) =>
      html`<li class="k-statement" id="s-${one.number}"><p class="k-statement__head"><strong>${one.from ?? t.fromPublic}</strong> <span class="k-muted">${one.number} · ${t.received(shortDay(lang, one.receivedOn))}</span></p>${paragraphs(one.text)}</li>`,
  )}</ol>${next === undefined ? '' : pagination({ next: `/beteiligung/${round.id}?nach=${encodeCursor([next.receivedAt, next.id])}#stellungnahmen` }, lang)}`;
}
