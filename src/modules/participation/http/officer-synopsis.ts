import { parseId } from '../../../kernel/id.ts';
import { encodeCursor } from '../../../platform/http/paging.ts';
import { html as answerHtml, problemPage, type Answer, type Visit } from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable, tabs } from '../../../platform/ui/components.ts';
import { searchForm } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ParticipationContext } from '../application/context.ts';
import { readSynopsis, type Synopsis } from '../application/read-file.ts';
import type { Statement } from '../domain/statement.ts';
import { ANSWERS, RESULTS } from './answer-texts.ts';
import { paragraphs, shortDay, type Frame } from './common.ts';
import { csv } from '../../../platform/http/csv.ts';
import { statementCursor } from './cursors.ts';
import { basePath, crumbs } from './officer-overview.ts';
import { officerTexts } from './officer-texts.ts';

const SHOWN = { all: 'alle', open: 'offen', weighed: 'abgewogen', late: 'verspaetet', agencies: 'stellen', public: 'oeffentlichkeit' } as const;
export type Show = keyof typeof SHOWN;
const SHOWS = Object.keys(SHOWN) as Show[];
const PAGE = 50;
/** One page for printing, one file for a spreadsheet. */
const MOST = 5000;

interface Asked {
  readonly show: Show;
  readonly search: string;
  readonly roundId: string | undefined;
  readonly print: boolean;
}

function askedOf(query: URLSearchParams): Asked {
  return {
    show: SHOWS.find((one) => SHOWN[one] === query.get('zeige')) ?? 'all',
    search: (query.get('suche') ?? '').trim().slice(0, 200),
    roundId: parseId(query.get('runde') ?? ''),
    print: query.has('druck'),
  };
}

function address(caseId: string, { show, search, roundId }: Asked, more: Record<string, string> = {}, suffix = ''): string {
  const query = new URLSearchParams({
    zeige: SHOWN[show],
    ...(search === '' ? {} : { suche: search }),
    ...(roundId === undefined ? {} : { runde: roundId }),
    ...more,
  });
  return `${basePath(caseId)}/synopse${suffix}?${query.toString()}`;
}

/** All statements side by side with their Abwaegung. */
export async function showSynopsis(ctx: ParticipationContext, frame: Frame, visit: Visit): Promise<Answer> {
  const asked = askedOf(visit.query);
  const caseId = visit.params['id']!;
  const after = statementCursor(visit.query.get('nach') ?? undefined);
  const read = await readSynopsis(ctx, visit.actor, caseId, { ...asked, limit: asked.print ? MOST : PAGE, after });
  return read.ok ? answerHtml(synopsisPage(frame(visit), read.value, asked)) : problemPage(read.problem);
}

function synopsisPage(view: PageView, synopsis: Synopsis, asked: Asked): Html {
  const { lang } = view;
  const t = officerTexts(lang);
  const { id } = synopsis.view;
  const labels: Readonly<Record<Show, string>> = {
    all: t.all,
    open: t.open,
    weighed: t.weighed,
    late: t.lateOnes,
    agencies: t.agenciesOnly,
    public: t.publicOnly,
  };
  const controls = html`${searchForm({ action: `${basePath(id)}/synopse`, name: 'suche', label: t.search, lang, value: asked.search, hidden: { zeige: SHOWN[asked.show] } })}
${tabs(
  SHOWS.map((show) => ({ label: labels[show], href: address(id, { ...asked, show }), current: show === asked.show })),
  lang,
)}
<p class="kern-body"><a class="kern-link" href="${address(id, asked, { druck: '1' })}">${t.print}</a> · <a class="kern-link" href="${address(id, asked, {}, '.csv')}">${t.csv}</a></p>`;
  const main = html`${pageTitle(t.synopsis, { preline: `${synopsis.view.fileNumber} · ${synopsis.view.title}` })}
${asked.print ? '' : controls}
<div class="k-synopsis">${synopsisTable(synopsis, lang)}</div>
${synopsis.next === undefined ? '' : pagination({ next: address(id, asked, { nach: encodeCursor([synopsis.next.receivedAt, synopsis.next.id]) }) }, lang)}`;
  return page(view, { title: `${t.synopsis} ${synopsis.view.fileNumber}`, main, wide: true, breadcrumb: crumbs(synopsis.view, lang, { label: t.synopsis }) });
}

function synopsisTable({ rows, state, view }: Synopsis, lang: Lang): Html {
  const t = officerTexts(lang);
  const roundOf = (one: Statement): string => state.rounds.find((round) => round.id === one.roundId)?.title ?? '';
  return dataTable(
    [
      { label: t.number, rowHeader: true, cell: (one: Statement) => one.number },
      { label: t.author, cell: (one) => html`<div>${one.author.name ?? t.unnamed}<br><span class="k-muted">${roundOf(one)}</span></div>` },
      { label: t.answeredOn, cell: (one) => html`<div>${shortDay(lang, one.receivedOn)}${one.late ? html` ${badge('warning', t.late)}` : ''}</div>` },
      { label: t.content, cell: (one) => contentCell(one, lang) },
      { label: t.weighing, cell: (one) => weighingCell(one, lang) },
      { label: t.reply, cell: (one) => replyCell(one, lang) },
    ],
    rows.map(({ state: statement }) => statement),
    {
      caption: t.synopsis,
      captionHidden: true,
      lang,
      dense: true,
      shortcuts: true,
      empty: t.noStatements,
      href: (one) => `${basePath(view.id)}/stellungnahme/${one.id}`,
    },
  );
}

// Each cell is one element: on phones a cell stands beside its label.
function contentCell(one: Statement, lang: Lang): Html {
  const t = officerTexts(lang);
  const conditions =
    one.conditions.length === 0 ? '' : html`<ol class="kern-list">${one.conditions.map((condition) => html`<li class="k-typed">${condition}</li>`)}</ol>`;
  const places = one.places.length === 0 ? '' : html`<p class="k-muted">${t.places}: ${one.places.map(({ lon, lat }) => `${lat}, ${lon}`).join('; ')}</p>`;
  return html`<div><p class="kern-label">${ANSWERS[one.answer][lang]}</p>${paragraphs(one.text)}${conditions}${places}</div>`;
}

function weighingCell({ weighing }: Statement, lang: Lang): Html {
  if (weighing === undefined) return html`<span class="k-muted">${officerTexts(lang).notWeighed}</span>`;
  return html`<div><p class="kern-label">${RESULTS[weighing.result][lang]}</p>${paragraphs(weighing.reasons)}</div>`;
}

function replyCell({ weighing, repliedOn }: Statement, lang: Lang): Html {
  if (weighing === undefined) return html``;
  const told = repliedOn === undefined ? '' : html`<p class="k-muted">${officerTexts(lang).replied(shortDay(lang, repliedOn))}</p>`;
  return html`<div>${paragraphs(weighing.reply)}${told}</div>`;
}

/** The synopsis for a spreadsheet. */
export async function synopsisCsv(ctx: ParticipationContext, visit: Visit): Promise<Answer> {
  const read = await readSynopsis(ctx, visit.actor, visit.params['id']!, { ...askedOf(visit.query), limit: MOST });
  if (!read.ok) return problemPage(read.problem);
  const t = officerTexts('de');
  const { rows, state, view } = read.value;
  const head = [t.number, t.round, t.author, t.address, t.answeredOn, t.late, t.answer, t.content, t.conditions, t.places, t.result, t.reasons, t.reply];
  const lines = rows.map(({ state: one }) => [
    one.number,
    state.rounds.find((round) => round.id === one.roundId)?.title ?? '',
    one.author.name ?? '',
    one.author.address ?? '',
    shortDay('de', one.receivedOn),
    one.late ? 'ja' : 'nein',
    ANSWERS[one.answer].de,
    one.text,
    one.conditions.join('\n\n'),
    one.places.map(({ lon, lat }) => `${lat}, ${lon}`).join('; '),
    one.weighing === undefined ? '' : RESULTS[one.weighing.result].de,
    one.weighing?.reasons ?? '',
    one.weighing?.reply ?? '',
  ]);
  return { kind: 'file', bytes: csv([head, ...lines]), mediaType: 'text/csv; charset=utf-8', fileName: `Synopse-${view.fileNumber}.csv` };
}
