import { FUNCTION_NAMES } from '../../../kernel/lage-names.ts';
import { COPIES, STEP_KINDS } from '../../../kernel/log.ts';
import { readRefs } from './typed.ts';
import { STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  LAGE_ACCESS,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { tabs } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton, searchForm } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination, section } from '../../../platform/ui/parts.ts';
import type { EnteredLage, LogbookContext } from '../application/context.ts';
import { noMessage, overdueMessages, readMessage, readMessages, unreadCounts, type MessageFilter } from '../application/read-messages.ts';
import { stampMessage } from '../application/stamp-message.ts';
import { takeMessage } from '../application/take-message.ts';
import type { LageFrame } from './frame.ts';
import { messageForm, messageOf, stepForms } from './message-form.ts';
import { copiesTable, messageSheet, messageTable, stateBadge, stepsTable } from './message-parts.ts';
import { messageTexts } from './message-texts.ts';
import { NOTHING_TYPED, summaryOf, timeIn, withField, type Typed } from './typed.ts';

const ROWS = 50;

/** Messages: who has them, what came of them, taking and stamping. */
export function messagePages(ctx: LogbookContext, frame: LageFrame): AnyRoute[] {
  return [
    getPage('/lagen/:key/nachrichten', LAGE_ACCESS, (visit) => listPage(ctx, frame, visit)),
    getPage('/lagen/:key/nachrichten/neu', LAGE_ACCESS, (visit) => newPage(ctx, frame, visit, NOTHING_TYPED)),
    postPage('/lagen/:key/nachrichten/neu', LAGE_ACCESS, (visit) => taken(ctx, frame, visit)),
    getPage('/lagen/:key/nachrichten/:id', LAGE_ACCESS, (visit) => messagePage(ctx, frame, visit, NOTHING_TYPED)),
    postPage('/lagen/:key/nachrichten/:id/vermerke', LAGE_ACCESS, (visit) => stamped(ctx, frame, visit)),
  ];
}

const VIEWS = ['alle', 'meine', 'ungelesen', 'eingang', 'ausgang', 'ueberfaellig'] as const;
type View = (typeof VIEWS)[number];

/** The part of the messages that a tab shows. */
function filterOf(view: View, me: string): Omit<MessageFilter, 'limit'> {
  const filters: Readonly<Record<View, Omit<MessageFilter, 'limit'>>> = {
    alle: {},
    meine: { inbox: me },
    ungelesen: { inbox: me, unread: true },
    eingang: { direction: 'in' },
    ausgang: { direction: 'out' },
    ueberfaellig: { overdue: true },
  };
  return filters[view];
}

async function listPage(ctx: LogbookContext, frame: LageFrame, visit: Visit): Promise<Answer> {
  const key = visit.params['key']!;
  const { query } = visit;
  const opened = await readMessages(ctx, visit.actor, key, { limit: 1 });
  if (!opened.ok) return problemPage(opened.problem);
  const { view: entered } = opened.value;
  const shown = VIEWS.find((one) => one === query.get('ansicht')) ?? 'alle';
  const inbox = STAFF_FUNCTIONS.find((one) => one === query.get('funktion')) ?? entered.member.function;
  const text = (query.get('suche') ?? '').trim().slice(0, 200);
  const before = /^[1-9]\d{0,8}$/.test(query.get('vor') ?? '') ? Number(query.get('vor')) : undefined;
  const read = await readMessages(ctx, visit.actor, key, { limit: ROWS, before, ...filterOf(shown, inbox), ...(text === '' ? {} : { text }) });
  if (!read.ok) return problemPage(read.problem);
  const { messages } = read.value;
  const [overdue, unread] = [await overdueMessages(ctx, entered), await unreadCounts(ctx, entered)];
  const view = frame(visit, entered);
  const { lang } = view;
  const t = messageTexts(lang);
  const base = `/lagen/${key}/nachrichten`;
  const late =
    overdue.length === 0
      ? ''
      : alert('danger', t.overdueTitle, html`<p class="kern-body">${t.overdueText(overdue.length)}</p>${messageTable(base, overdue.slice(0, 10), lang)}`);
  const more =
    messages.length < ROWS ? undefined : new URLSearchParams([...[...query].filter(([name]) => name !== 'vor'), ['vor', String(messages.at(-1)!.number)]]);
  const main = html`${pageTitle(t.title, { lead: t.lead })}${shown === 'ueberfaellig' ? '' : late}
${entered.rights.has('report') ? buttonRow(linkButton({ label: t.make, href: `${base}/neu`, icon: 'add' })) : ''}
${messageTabs(base, shown, { unread: unread.get(inbox) ?? 0, overdue: overdue.length }, inbox, lang)}
${searchForm({ action: base, name: 'suche', label: t.search, lang, value: text, hidden: { ansicht: shown } })}
${messageTable(base, messages, lang)}${more === undefined ? '' : pagination({ next: `${base}?${more.toString()}` }, lang)}`;
  return answerHtml(page(view, { title: t.title, main, wide: true }));
}

function messageTabs(
  base: string,
  shown: View,
  counts: { readonly unread: number; readonly overdue: number },
  inbox: keyof (typeof FUNCTION_NAMES)['de'],
  lang: Lang,
): Html {
  const t = messageTexts(lang);
  const tab = (view: View, label: string, count?: number) => ({
    label,
    href: `${base}?ansicht=${view}`,
    current: view === shown,
    ...(count === undefined ? {} : { count }),
  });
  return tabs(
    [
      tab('alle', t.all),
      tab('meine', `${t.mine}: ${FUNCTION_NAMES[lang][inbox]}`),
      tab('ungelesen', t.unread, counts.unread),
      tab('eingang', t.incoming),
      tab('ausgang', t.outgoing),
      tab('ueberfaellig', t.overdueTab, counts.overdue),
    ],
    lang,
    t.title,
  );
}

async function newPage(ctx: LogbookContext, frame: LageFrame, visit: Visit, typed: Typed): Promise<Answer> {
  const key = visit.params['key']!;
  const opened = await readMessages(ctx, visit.actor, key, { limit: 1 });
  if (!opened.ok) return problemPage(opened.problem);
  const view = frame(visit, opened.value.view);
  const { lang } = view;
  const t = messageTexts(lang);
  const base = `/lagen/${key}/nachrichten`;
  const id = typed.fields.get('id') ?? newId(visit.now.epochMilliseconds);
  const main = html`${summaryOf(typed, lang)}${pageTitle(t.make)}${messageForm(`${base}/neu`, id, typed, lang)}`;
  const crumbs = [{ label: t.title, href: base }, { label: t.make }];
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return answerHtml(page(view, { title: t.make, main, breadcrumb: crumbs, hasErrors: typed.problem !== undefined }), status);
}

async function taken(ctx: LogbookContext, frame: LageFrame, visit: FormVisit): Promise<Answer> {
  const { fields, now } = visit;
  const key = visit.params['key']!;
  const time = timeIn(fields, 'writtenAt', now, messageTexts(visit.lang).timeWrong);
  if (time.problem !== undefined) return newPage(ctx, frame, visit, { fields, problem: withField(undefined, time.problem) });
  const done = await takeMessage(ctx, visit.actor, key, messageOf(fields, time.at));
  if (done.ok) return redirect(`/lagen/${key}/nachrichten/${done.value.id}`);
  return newPage(ctx, frame, visit, { fields, problem: done.problem });
}

async function messagePage(ctx: LogbookContext, frame: LageFrame, visit: Visit, typed: Typed): Promise<Answer> {
  const key = visit.params['key']!;
  const id = parseId(visit.params['id']!);
  if (id === undefined) return problemPage(noMessage);
  const read = await readMessage(ctx, visit.actor, key, id);
  if (!read.ok) return problemPage(read.problem);
  const { view: entered, message } = read.value;
  const view = frame(visit, entered);
  const { lang } = view;
  const t = messageTexts(lang);
  const lage = `/lagen/${key}`;
  const title = t.message(message.number);
  const main = html`${summaryOf(typed, lang)}${pageTitle(title, { badge: stateBadge(message, lang) })}${actions(lage, entered, message, typed, lang)}
${messageSheet(lage, message, lang)}${section(t.copies, copiesTable(message, lang))}${section(t.steps, stepsTable(lage, message, lang))}`;
  const crumbs = [{ label: t.title, href: `${lage}/nachrichten` }, { label: title }];
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return answerHtml(page(view, { title, main, wide: true, breadcrumb: crumbs, hasErrors: typed.problem !== undefined }), status);
}

const actions = (lage: string, { rights, member }: EnteredLage, message: Parameters<typeof stepForms>[1], typed: Typed, lang: Lang): Html | string =>
  rights.has('report') ? stepForms(`${lage}/nachrichten/${message.id}`, message, member.function, typed, lang) : '';

async function stamped(ctx: LogbookContext, frame: LageFrame, visit: FormVisit): Promise<Answer> {
  const { fields } = visit;
  const { key, id } = visit.params;
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const kind = STEP_KINDS.find((one) => one === get('kind'));
  if (parseId(id!) === undefined || kind === undefined) return problemPage(noMessage);
  const done = await stampMessage(ctx, visit.actor, key!, id!, {
    kind,
    copy: COPIES.find((one) => one === get('copy')),
    toFunction: STAFF_FUNCTIONS.find((one) => one === get('toFunction')),
    ref: readRefs(get('ref'))[0],
    note: get('note'),
  });
  return done.ok ? redirect(`/lagen/${key}/nachrichten/${id}`) : messagePage(ctx, frame, visit, { fields, problem: done.problem });
}
