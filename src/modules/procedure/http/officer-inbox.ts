import { legalDay } from '../../../kernel/time.ts';
import { getPage, html as answerHtml, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert, badge, trafficLight, type Light } from '../../../platform/ui/alert.ts';
import { dataTable, tabs, type Column } from '../../../platform/ui/components.ts';
import { searchForm } from '../../../platform/ui/form-frame.ts';
import { formatRelativeDay, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ProcedureContext } from '../application/context.ts';
import { INBOX_VIEWS, openInbox, type Inbox, type InboxView } from '../application/inbox.ts';
import type { Urgency } from '../domain/deadlines.ts';
import type { CaseStatus } from '../domain/status.ts';
import { asStaff, OFFICERS } from './api.ts';
import { DONE, inboxViewTexts, officerStatus, officerTexts } from './officer-texts.ts';
import { originText } from './officer-received.ts';
import { staffNames, UNKNOWN_PERSON, worksAnywhere, type Frame } from './officer-view.ts';

type Row = Inbox['rows'][number];

/** Views as the address names them. */
const SLUGS: Readonly<Record<InboxView, string>> = {
  open: 'offen',
  mine: 'meine',
  unassigned: 'unverteilt',
  reminders: 'wiedervorlage',
  'took-part': 'mitgewirkt',
  all: 'alle',
};
const LONGEST_SEARCH = 200;

/** Other ways by which applications come in: pages of modules that procedure does not know. */
export type InboxDoors = (lang: Lang) => readonly { readonly href: string; readonly label: string }[];

/** GET `/eingang`: the officer's cases by deadline. */
export function inboxPage(ctx: ProcedureContext, frame: Frame, doors: InboxDoors): AnyRoute {
  return getPage('/eingang', OFFICERS, async (visit) => {
    const asked = askedOf(visit.query);
    const actor = asStaff(visit.actor);
    const inbox = await openInbox(ctx, actor, asked);
    const names = await staffNames(
      ctx,
      inbox.rows.flatMap((row) => (row.assignee === null ? [] : [row.assignee])),
    );
    const columns = columnsOf(frame(visit), {
      serviceName: (key) => ctx.desk.current(key)?.name[visit.lang] ?? key,
      nameOf: (staffId) => names.get(staffId) ?? UNKNOWN_PERSON,
    });
    const own = worksAnywhere(actor) ? [...ctx.desk.services.packages.values()].filter((pkg) => pkg.initiator === 'amt') : [];
    const begin = own.map((pkg) => ({ href: `/eingang/neu/${pkg.key}`, label: pkg.name[visit.lang] }));
    return answerHtml(renderInbox(frame(visit), { visit, asked, inbox, columns, begin, doors: worksAnywhere(actor) ? doors(visit.lang) : [] }));
  });
}

interface Asked {
  readonly view: InboxView;
  readonly search: string | undefined;
  readonly cursor: string | undefined;
}

/** A search without a view looks through all cases. */
function askedOf(query: URLSearchParams): Asked {
  const search = (query.get('suche') ?? '').trim().slice(0, LONGEST_SEARCH);
  const view = INBOX_VIEWS.find((one) => SLUGS[one] === query.get('ansicht')) ?? (search === '' ? 'open' : 'all');
  return { view, search: search === '' ? undefined : search, cursor: query.get('nach') ?? undefined };
}

function addressOf(asked: Partial<Asked>): string {
  const query = new URLSearchParams();
  if (asked.view !== undefined) query.set('ansicht', SLUGS[asked.view]);
  if (asked.search !== undefined) query.set('suche', asked.search);
  if (asked.cursor !== undefined) query.set('nach', asked.cursor);
  return `/eingang?${query.toString()}`;
}

interface InboxShow {
  readonly visit: Visit;
  readonly asked: Asked;
  readonly inbox: Inbox;
  readonly columns: readonly Column<Row>[];
  /** Procedures that the authority begins itself. */
  readonly begin: readonly { readonly href: string; readonly label: string }[];
  readonly doors: ReturnType<InboxDoors>;
}

function renderInbox(view: PageView, { visit, asked, inbox, columns, begin, doors }: InboxShow): Html {
  const { lang } = view;
  const t = officerTexts(lang);
  const names = inboxViewTexts(lang);
  const counts: Readonly<Partial<Record<InboxView, number>>> = inbox.counts;
  const tabItems = INBOX_VIEWS.map((one) => ({
    label: names[one],
    href: addressOf({ view: one }),
    current: one === asked.view,
    ...(counts[one] === undefined ? {} : { count: counts[one] }),
  }));
  const found = asked.search === undefined ? names[asked.view] : t.searchResults(asked.search);
  const main = html`${pageTitle(t.inbox)}
${visit.query.get('ok') === 'transfer' ? alert('success', t.saved, DONE.transfer, { live: true }) : ''}
${search(lang, asked)}
${tabs(tabItems, lang)}
${dataTable(columns, inbox.rows, { caption: found, lang, dense: true, shortcuts: true, href: (row) => `/eingang/${row.id}`, empty: asked.search === undefined ? t.emptyView : t.noHits })}
${asked.cursor === undefined ? '' : html`<p class="kern-body"><a class="kern-link" href="${addressOf({ view: asked.view, ...(asked.search === undefined ? {} : { search: asked.search }) })}">${t.firstPage}</a></p>`}
${inbox.next === undefined ? '' : pagination({ next: addressOf({ ...asked, cursor: inbox.next }) }, lang)}
${begin.length === 0 ? '' : section(t.beginOwn, linkList(begin))}
${doors.length === 0 ? '' : section(t.otherDoors, linkList(doors))}`;
  return page(view, { title: `${t.inbox}: ${found}`, main, wide: true });
}

const linkList = (links: InboxShow['begin']): Html =>
  html`<ul class="kern-list">${links.map(({ href, label }) => html`<li><a class="kern-link" href="${href}">${label}</a></li>`)}</ul>`;

function search(lang: Lang, asked: Asked): Html {
  const t = officerTexts(lang);
  return html`${searchForm({ action: '/eingang', name: 'suche', label: t.searchLabel, hint: t.searchHint, lang, value: asked.search ?? '' })}
${asked.search === undefined ? '' : html`<p class="kern-body"><a class="kern-link" href="/eingang">${t.searchReset}</a></p>`}`;
}

function columnsOf({ lang, now }: PageView, names: { serviceName: (key: string) => string; nameOf: (staffId: string) => string }): Column<Row>[] {
  const t = officerTexts(lang);
  const today = legalDay(now);
  return [
    { label: t.fileNumber, rowHeader: true, cell: (row) => row.fileNumber },
    { label: t.service, minor: true, cell: (row) => names.serviceName(row.service) },
    { label: t.applicant, cell: (row) => html`${row.coApplicants === 0 ? row.applicantName : `${row.applicantName} u. a.`}${originMark(row)}` },
    { label: t.status, cell: (row) => statusBadge(row.status, lang) },
    { label: t.deadline, cell: (row) => deadlineLight(row.status, row.urgency, row.decisionDue, today, lang) },
    { label: t.assignee, cell: (row) => (row.assignee === null ? html`<span class="k-muted">${t.unassigned}</span>` : names.nameOf(row.assignee)) },
    { label: t.remindOn, minor: true, cell: (row) => (row.remindOn === null ? '' : formatShortDate(lang, row.remindOn)) },
  ];
}

/** From which other system it came. */
function originMark({ origin }: Row): Html {
  return origin === null || origin === 'amt' ? html`` : html` <span class="k-muted" lang="de">(${originText({ origin })})</span>`;
}

/** The status as a badge: what waits for the authority stands out. */
export function statusBadge(status: CaseStatus, lang: Lang): Html {
  const kind = status === 'widerspruch' || status === 'freigabe' ? 'warning' : status === 'eingegangen' || status === 'in_pruefung' ? 'info' : 'neutral';
  return badge(kind, officerStatus(lang)[status]);
}

const LIGHTS: Readonly<Record<Urgency, Light>> = { overdue: 'red', soon: 'yellow', ahead: 'green', none: 'none' };

/** Form, colour and words of a deadline. */
export function deadlineLight(status: CaseStatus, urgency: Urgency, due: Temporal.PlainDate | null, today: Temporal.PlainDate, lang: Lang): Html {
  if (status === 'ausgesetzt') return trafficLight('paused', lang);
  if (due === null) return trafficLight('none', lang);
  return trafficLight(LIGHTS[urgency], lang, `${formatShortDate(lang, due)}, ${formatRelativeDay(lang, due, today)}`);
}
