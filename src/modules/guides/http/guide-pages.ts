import type { Problem } from '../../../kernel/problem.ts';
import type { LiveHub } from '../../../platform/live/hub.ts';
import { liveAnswer } from '../../../platform/live/live.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { badge, card, cardGrid } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textField } from '../../../platform/ui/form.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { live, section } from '../../../platform/ui/parts.ts';
import type { GuidesContext } from '../application/context.ts';
import { endGivenHelp } from '../application/end-help.ts';
import { seePage, typeOnPage } from '../application/helped-page.ts';
import { offerHelp } from '../application/offer-help.ts';
import { listGivenHelp, readGivenHelp, type GivenHelp } from '../application/read-help.ts';
import { deskTexts } from './desk-texts.ts';
import { clockTime, GUIDES, type Frame } from './frame.ts';
import { helpedPage, nextOf, pathOfHelp } from './helped-form.ts';

const DESK = '/lotsen';

/** The guide's desk and the guide's side of help with a draft. */
export function guidePages(ctx: GuidesContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  return [
    getPage(DESK, GUIDES, async (visit) => showDesk(ctx, frame, visit)),
    postPage(
      `${DESK}/hilfe`,
      GUIDES,
      async (visit) => {
        const offered = await offerHelp(ctx, visit.actor, visit.fields.get('code') ?? '');
        return offered.ok ? redirect(pathOfHelp(offered.value.id)) : showDesk(ctx, frame, visit, offered.problem);
      },
      { limit: 'sign-in' },
    ),
    getPage(`${DESK}/hilfe/:id`, GUIDES, async (visit) => showGiven(ctx, frame, visit)),
    getPage(`${DESK}/hilfe/:id/live`, GUIDES, async (visit) => {
      const given = await readGivenHelp(ctx, visit.actor, visit.params['id']!);
      if (!given.ok) return problemPage(given.problem);
      return liveAnswer({
        hub,
        allowed: ({ kind, payload }) => kind.startsWith('guides.assistance-') && payload['assistanceId'] === given.value.id,
        shown: () => ({}),
      });
    }),
    getPage(`${DESK}/hilfe/:id/seite/:page`, GUIDES, async (visit) => {
      const item = itemOf(visit);
      const seen = await seePage(ctx, visit.actor, { assistanceId: visit.params['id']!, pageId: visit.params['page']!, ...item });
      if (!seen.ok) return problemPage(seen.problem);
      return answerHtml(helpedPage(frame(visit), seen.value, { ...item, problems: [], kept: [] }));
    }),
    postPage(`${DESK}/hilfe/:id/seite/:page`, GUIDES, async (visit) => typed(ctx, frame, visit)),
    postPage(`${DESK}/hilfe/:id/beenden`, GUIDES, async (visit) => {
      const done = await endGivenHelp(ctx, visit.actor, visit.params['id']!);
      return done.ok ? redirect(DESK) : problemPage(done.problem);
    }),
  ];
}

function itemOf({ query }: Visit): { readonly itemIndex?: number } {
  const nr = query.get('nr');
  return nr !== null && /^\d{1,2}$/.test(nr) ? { itemIndex: Number(nr) } : {};
}

async function typed(ctx: GuidesContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const item = itemOf(visit);
  const { fields, lang } = visit;
  const place = { assistanceId: visit.params['id']!, pageId: visit.params['page']!, ...item };
  const done = await typeOnPage(ctx, visit.actor, { ...place, posted: fields, stand: fields.get('stand') ?? '', lang });
  if (!done.ok) return problemPage(done.problem);
  const { problems, kept, assistance } = done.value;
  if (problems.length > 0 || kept.length > 0)
    return answerHtml(helpedPage(frame(visit), done.value, { ...item, problems, kept }), problems.length > 0 ? 422 : 200);
  return redirect(nextOf(assistance.id, done.value));
}

async function showGiven(ctx: GuidesContext, frame: Frame, visit: Visit): Promise<Answer> {
  const given = await readGivenHelp(ctx, visit.actor, visit.params['id']!);
  if (!given.ok) return problemPage(given.problem);
  const { id, phase } = given.value;
  if (phase === 'running') {
    const first = await seePage(ctx, visit.actor, { assistanceId: id });
    return first.ok ? redirect(`${pathOfHelp(id)}/seite/${first.value.page.id}`) : problemPage(first.problem);
  }
  const t = deskTexts(visit.lang);
  const main = html`${pageTitle(t.waitTitle, { lead: t.waitLead })}${live(`${pathOfHelp(id)}/live`, 'hilfe', html`${buttonRow(linkButton({ label: t.look, href: pathOfHelp(id) }), buttonForm(`${pathOfHelp(id)}/beenden`, { label: t.end, kind: 'secondary' }))}`)}`;
  return answerHtml(page(frame(visit), { title: t.waitTitle, main }));
}

async function showDesk(ctx: GuidesContext, frame: Frame, visit: Visit | FormVisit, problem?: Problem): Promise<Answer> {
  const { lang } = visit;
  const t = deskTexts(lang);
  const given = await listGivenHelp(ctx, visit.actor);
  const services = ctx.desk.offered();
  const wrong = problem === undefined ? [] : [{ field: 'code', message: problem.detail }];
  const value = 'fields' in visit ? { value: visit.fields.get('code') ?? '' } : {};
  const main = html`${errorSummary(wrong, lang)}${pageTitle(t.title, { lead: t.lead })}
${section(
  t.help,
  html`<p class="kern-body">${t.helpLead}</p>${form(
    { action: `${DESK}/hilfe` },
    html`${textField({ name: 'code', label: t.code, hint: t.codeHint, lang, required: true, autocomplete: 'off', ...value, ...(problem && { error: problem.detail }) })}${buttonRow(button({ label: t.start }))}`,
  )}${given.length === 0 ? '' : givenTable(given, visit, ctx)}`,
)}
${section(t.walk, html`<p class="kern-body">${t.walkLead}</p><ul class="kern-list kern-list--bullet">${services.map(({ key, name }) => html`<li><a class="kern-link" href="${DESK}/leistung/${key}">${name[lang]}</a></li>`)}</ul>`)}
${cardGrid(
  card({ title: t.places, href: `${DESK}/orte`, level: 2 }),
  card({ title: t.count, href: `${DESK}/zaehlen`, body: t.countLead, level: 2 }),
  card({ title: t.devices, href: `${DESK}/geraete`, body: t.devicesLead, level: 2 }),
  card({ title: t.handouts, href: `${DESK}/handzettel`, body: t.handoutsLead, level: 2 }),
  ctx.countsCounterCases === true ? card({ title: t.counterCase, href: '/amt/zaehlen', body: t.counterLead, level: 2 }) : [],
)}`;
  return answerHtml(page(frame(visit), { title: t.title, main, hasErrors: problem !== undefined }), problem === undefined ? 200 : problemStatus(problem));
}

function givenTable(given: readonly GivenHelp[], { lang }: Visit, ctx: GuidesContext): Html {
  const t = deskTexts(lang);
  return dataTable<GivenHelp>(
    [
      { label: t.mine, rowHeader: true, cell: ({ service }) => (service === null ? t.unknownYet : (ctx.desk.current(service)?.name[lang] ?? service)) },
      { label: t.state, cell: ({ runsUntil }) => (runsUntil === null ? badge('warning', t.waits) : badge('info', t.until(clockTime(runsUntil)))) },
    ],
    given,
    { caption: t.mine, lang, href: ({ id }) => pathOfHelp(id) },
  );
}
