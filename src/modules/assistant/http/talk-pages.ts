import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { validate } from '../../../platform/http/validation.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import { offeredModels, type OfferedModel } from '../application/choices.ts';
import type { AssistantContext, CityFrame } from '../application/context.ts';
import { conversations, converse, forgetConversations, openConversation } from '../application/converse.ts';
import { shown } from '../application/results.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { AssistantResult } from '../domain/result.ts';
import { fieldOf, firstFields, modelPart, problemSummary, promptLink, type Typed } from './form-parts.ts';
import { readTurn } from './form-input.ts';
import { ENTRANCE_PATHS, talkPath, TALKS_PATH } from './paths.ts';
import { copyPart, endedPart, feedbackOf, labelPart, runningPart, textPart } from './result-parts.ts';
import { resultTexts } from './result-texts.ts';
import { LONGEST, STAFF, turnBody } from './schemas.ts';
import { crumbs } from './start-page.ts';
import { assistantTexts } from './texts.ts';

/** So long a page without JavaScript waits for an answer. */
const WAIT_MS = 15_000;

/** Conversations with a model; their owner alone reads and deletes them. */
export function talkPages(ctx: AssistantContext, frame: CityFrame): AnyRoute[] {
  return [
    getPage(TALKS_PATH, STAFF, async (visit) => listPage(ctx, frame, visit, { fields: await firstFields(ctx, visit, 'text') })),
    postPage(TALKS_PATH, STAFF, async (visit) => say(ctx, visit, undefined, (typed) => listPage(ctx, frame, visit, typed))),
    postPage(`${TALKS_PATH}/loeschen`, STAFF, async (visit) => {
      const gone = await forgetConversations(ctx, visit.actor);
      return gone.ok ? redirect(TALKS_PATH) : problemPage(gone.problem);
    }),
    getPage(talkPath(':id'), STAFF, async (visit) => talkPage(ctx, frame, visit, { fields: new URLSearchParams() })),
    postPage(talkPath(':id'), STAFF, async (visit) => say(ctx, visit, visit.params['id'], (typed) => talkPage(ctx, frame, visit, typed))),
    postPage(`${talkPath(':id')}/loeschen`, STAFF, async (visit) => {
      const gone = await forgetConversations(ctx, visit.actor, visit.params['id']);
      return gone.ok ? redirect(TALKS_PATH) : problemPage(gone.problem);
    }),
  ];
}

type Shown = ReturnType<typeof listPage>;

async function say(ctx: AssistantContext, visit: FormVisit, id: string | undefined, again: (typed: Typed) => Shown): Shown {
  const order = validate(turnBody, readTurn(visit.fields));
  const said = order.ok ? await converse(ctx, visit.actor, { entrance: 'turn', ...order.value }, id) : order;
  return said.ok ? redirect(`${talkPath(said.value.conversationId)}#letzte`) : again({ fields: visit.fields, problem: said.problem });
}

function sayForm(typed: Typed, models: readonly OfferedModel[], lang: Lang, action: string): Html {
  const t = assistantTexts(lang);
  return html`<kontor-send data-hint="${t.keysHint}">${form(
    { action },
    html`${textArea({ ...fieldOf(typed, lang)('text'), label: t.yourWords, rows: 5, maxLength: LONGEST.turn })}${modelPart(typed, models, lang, { always: true })}
<p class="k-muted">${t.modelIsNoPerson}</p>${buttonRow(button({ label: t.send }))}`,
  )}</kontor-send>`;
}

async function listPage(ctx: AssistantContext, frame: CityFrame, visit: Visit, typed: Typed) {
  const { lang } = visit;
  const t = assistantTexts(lang);
  const found = await conversations(ctx, visit.actor);
  if (!found.ok) return problemPage(found.problem);
  const models = await offeredModels(ctx, visit.actor, 'turn');
  const begin =
    models.length === 0 ? withoutModel(typed, lang) : section(t.newTalk, html`${promptLink('turn', lang)}${sayForm(typed, models, lang, TALKS_PATH)}`);
  const deleting = html`<p class="kern-body">${t.deleteAllTitle}</p>${buttonForm(`${TALKS_PATH}/loeschen`, { label: t.deleteAll, kind: 'danger' })}`;
  const list = html`${dataTable<Conversation>(
    [
      { label: t.talks, rowHeader: true, cell: ({ title }) => title },
      { label: resultTexts(lang).when, cell: ({ changedAt }) => formatInstant(lang, changedAt) },
    ],
    found.value,
    { caption: t.talks, captionHidden: true, lang, empty: t.noTalks, shortcuts: true, href: ({ id }) => talkPath(id) },
  )}${found.value.length === 0 ? '' : accordion(t.deleteAll, deleting)}`;
  const main = html`${problemSummary(typed, lang)}${pageTitle(t.talk, { lead: t.talkLead })}${begin}${section(t.talks, list)}`;
  return answerHtml(
    page(frame(visit), { title: t.talk, main, hasErrors: typed.problem !== undefined, breadcrumb: crumbs(lang, t.talk), scripts: ['assistant'] }),
    typed.problem === undefined ? 200 : problemStatus(typed.problem),
  );
}

/** Nobody answers without a model; what works without one is named, and what was typed stays. */
function withoutModel({ fields }: Typed, lang: Lang): Html {
  const t = assistantTexts(lang);
  const ways = [
    [t.summarise, ENTRANCE_PATHS.summary],
    [t.write, ENTRANCE_PATHS.writing],
    [t.research, ENTRANCE_PATHS.research],
  ] as const;
  const typed = fields.get('text') ?? '';
  return html`${alert('info', t.noTalkWithout, html`<ul class="kern-list">${ways.map(([label, href]) => html`<li><a class="kern-link" href="${href}">${label}</a></li>`)}</ul>`)}${
    typed === '' ? '' : html`<div class="k-answer">${typed}</div>`
  }`;
}

async function talkPage(ctx: AssistantContext, frame: CityFrame, visit: Visit, typed: Typed) {
  const { lang } = visit;
  const t = assistantTexts(lang);
  const id = visit.params['id']!;
  const before = await openConversation(ctx, visit.actor, id);
  if (!before.ok) return problemPage(before.problem);
  const last = before.value.turns.at(-1);
  const waits = visit.query.get('warten') === 'ja' && last?.state === 'running';
  if (waits) await ctx.running.wait(last.id, WAIT_MS);
  const opened = waits ? await openConversation(ctx, visit.actor, id) : before;
  if (!opened.ok) return problemPage(opened.problem);
  const { conversation, turns } = opened.value;
  const models = await offeredModels(ctx, visit.actor, 'turn');
  const order = turns.at(-1)?.order;
  // who goes on stays with their model and their kind of text
  const going =
    typed.problem !== undefined || order === undefined ? typed : { fields: new URLSearchParams({ model: order.model, dataClass: order.dataClass }) };
  const busy = turns.at(-1)?.state === 'running';
  const next = models.length === 0 ? withoutModel(typed, lang) : busy ? '' : sayForm(going, models, lang, talkPath(id));
  const main = html`${problemSummary(typed, lang)}${pageTitle(conversation.title)}
<div id="gespraech">${turns.map((turn, index) => turnPart(turn, lang, talkPath(id), index === turns.length - 1))}${turns.length === 0 ? '' : feedbackOf(ctx, turns.at(-1)!, talkPath(id), lang)}${next}</div>
${accordion(t.deleteTalk, buttonForm(`${talkPath(id)}/loeschen`, { label: t.deleteTalk, kind: 'danger' }))}`;
  return answerHtml(
    page(frame(visit), {
      ...{ title: conversation.title, main, scripts: ['assistant'] },
      hasErrors: typed.problem !== undefined,
      breadcrumb: crumbs(lang, conversation.title, [{ label: t.talk, href: TALKS_PATH }]),
    }),
    typed.problem === undefined ? 200 : problemStatus(typed.problem),
  );
}

function turnPart(turn: AssistantResult, lang: Lang, at: string, last: boolean): Html {
  const t = assistantTexts(lang);
  const opened = shown(turn);
  const asked = turn.order.entrance === 'turn' ? turn.order.text : '';
  const textId = `antwort-${turn.id}`;
  const answer =
    turn.state === 'running'
      ? runningPart(opened, lang, `${at}?warten=ja#letzte`, 'gespraech')
      : html`${endedPart(turn, lang)}${turn.text === '' ? '' : html`${textPart(opened, textId)}${copyPart(textId, lang)}`}`;
  return html`<article class="k-turn"${last ? html` id="letzte"` : ''}><h2 class="kern-title">${t.you}</h2><div class="k-asked">${asked}</div>
<h2 class="kern-title">${t.answer}</h2>${labelPart(opened, lang)}${answer}</article>`;
}
