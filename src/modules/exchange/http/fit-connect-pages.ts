import type { Problem } from '../../../kernel/problem.ts';
import { getPage, html as answerHtml, postPage, redirect, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { selectField } from '../../../platform/ui/form.ts';
import { button, buttonForm, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { fitConnectOverview, repliesOfCase, type FitConnectOverview } from '../application/fit-connect-overview.ts';
import { KEEPERS, pickUpNow, sendExample, WATCHERS } from './fit-connect-api.ts';
import type { FitConnectOffice } from './fit-connect-office.ts';
import { fitConnectTexts, letterTexts, reasonTexts, stateTexts } from './fit-connect-texts.ts';

type Frame = (visit: Visit) => PageView;
const PATH = '/verwaltung/datenaustausch';

/** What came and went through FIT-Connect, for those who look after the city. */
export function fitConnectPages(office: FitConnectOffice, frame: Frame): AnyRoute[] {
  return [
    getPage(PATH, WATCHERS, (visit) => show(office, frame, visit)),
    postPage(`${PATH}/abholen`, KEEPERS, async (visit) => {
      const done = await pickUpNow(office);
      return done.ok ? redirect(`${PATH}?ok=abgeholt`) : show(office, frame, visit, done.problem);
    }),
    postPage(`${PATH}/beispiel`, KEEPERS, async (visit) => {
      const done = await sendExample(office, visit.actor, visit.fields.get('service') ?? '');
      return done.ok ? redirect(`${PATH}?ok=beispiel`) : show(office, frame, visit, done.problem);
    }),
  ];
}

async function show(office: FitConnectOffice, frame: Frame, visit: Visit, problem?: Problem): Promise<Answer> {
  const view = frame(visit);
  const t = fitConnectTexts(view.lang);
  const keeps = visit.actor.kind === 'staff' && visit.actor.roles.includes('administration');
  const done = visit.query.get('ok');
  const said = done === 'abgeholt' ? t.pickedUp : done === 'beispiel' ? t.exampleSent : undefined;
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${problem === undefined ? '' : alert('danger', problem.detail, undefined, { live: true })}
${said === undefined ? '' : alert('success', said, undefined, { live: true })}
${office.demo ? alert('info', t.demo, html`<p class="kern-body">${t.demoBody}</p>`) : ''}
${stateOf(office, view.lang)}
${keeps ? doing(office, view.lang) : ''}
${tables(await fitConnectOverview(office.ctx), view.lang)}`;
  const answer = page(view, { title: t.title, main, wide: true, breadcrumb: [{ label: t.administration, href: '/verwaltung' }, { label: t.title }] });
  return answerHtml(answer, problem === undefined ? 200 : problemStatus(problem));
}

function stateOf({ ctx, demo }: FitConnectOffice, lang: Lang): Html {
  const t = fitConnectTexts(lang);
  if (ctx.receiving === undefined && ctx.sending === undefined) return alert('info', demo ? t.opening : t.notSetUp);
  return html``;
}

function doing(office: FitConnectOffice, lang: Lang): Html {
  const t = fitConnectTexts(lang);
  const options = office.desk.services().map(({ key, name }) => ({ value: key, label: name }));
  const example = form(
    { action: `${PATH}/beispiel` },
    html`${selectField({ name: 'service', lang, label: t.exampleService, options })}${buttonRow(button({ label: t.sendExample, kind: 'secondary' }))}`,
  );
  return section(t.doing, html`${buttonForm(`${PATH}/abholen`, { label: t.pickUp })}${office.demo ? example : ''}`);
}

function tables({ received, sent, replies, refused }: FitConnectOverview, lang: Lang): Html {
  const t = fitConnectTexts(lang);
  const state = stateTexts(lang);
  const list = { lang, dense: true, empty: t.none } as const;
  const problems = (uris: readonly string[]): string => uris.map((uri) => uri.split('/').at(-1)).join(', ');
  return html`${dataTable(
    [
      { label: t.submission, rowHeader: true, cell: (row) => row.submissionId },
      { label: t.state, cell: (row) => state[row.outcome] },
      { label: t.problems, cell: (row) => problems(row.problems) },
      { label: t.when, cell: (row) => formatInstant(lang, row.receivedAt) },
      { label: t.answered, cell: (row) => (row.answeredAt === null ? t.notYet : formatInstant(lang, row.answeredAt)) },
    ],
    received,
    { caption: t.received, ...list },
  )}
${dataTable(
  [
    { label: t.service, rowHeader: true, cell: (row) => row.service.name },
    { label: t.destination, cell: (row) => row.destinationId },
    { label: t.state, cell: (row) => state[row.state] },
    { label: t.problems, cell: (row) => problems(row.problems) },
    { label: t.when, cell: (row) => formatInstant(lang, row.preparedAt) },
  ],
  sent,
  { caption: t.sent, ...list },
)}
${replyTable(replies, lang, { withCase: true })}
${dataTable(
  [
    { label: t.submission, rowHeader: true, cell: (row) => row.submissionId },
    { label: t.reason, cell: (row) => row.reason },
    { label: t.when, cell: (row) => formatInstant(lang, row.seenAt) },
  ],
  refused,
  { caption: t.refused, ...list },
)}`;
}

/** Letters by what they are; the key tells two of a kind apart. */
function replyTable(replies: FitConnectOverview['replies'], lang: Lang, { withCase }: { readonly withCase: boolean }): Html {
  const t = fitConnectTexts(lang);
  const state = stateTexts(lang);
  return dataTable(
    [
      { label: t.letter, rowHeader: true, cell: (row) => letterName(row.letterKey, lang) },
      ...(withCase ? [{ label: t.case, cell: (row: FitConnectOverview['replies'][number]) => row.caseId }] : []),
      { label: t.state, cell: (row) => state[row.state] },
      { label: t.reason, cell: (row) => (row.reason === null ? '' : (reasonTexts(lang)[row.reason as keyof ReturnType<typeof reasonTexts>] ?? row.reason)) },
      { label: t.when, cell: (row) => formatInstant(lang, row.changedAt) },
    ],
    replies,
    { caption: t.replies, lang, dense: true, empty: t.none },
  );
}

function letterName(key: string, lang: Lang): string {
  const names: Readonly<Record<string, string>> = letterTexts(lang);
  return names[key.split('.')[0]!] ?? key;
}

/** On the officer's case page: which letters went back through FIT-Connect. Nothing where none was asked for. */
export async function fitConnectPanel({ database }: Pick<FitConnectOffice['ctx'], 'database'>, caseId: string, lang: Lang): Promise<Html | undefined> {
  const replies = await repliesOfCase(database, caseId);
  if (replies.length === 0) return undefined;
  const t = fitConnectTexts(lang);
  return section(t.repliesTitle, html`<p class="kern-body">${t.repliesLead}</p>${replyTable(replies, lang, { withCase: false })}`, { id: 'fit-connect' });
}
