import type { LiveHub } from '../../../platform/live/hub.ts';
import { liveAnswer } from '../../../platform/live/live.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { button, buttonForm, buttonRow, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { live, section } from '../../../platform/ui/parts.ts';
import { answerOffer } from '../application/answer-offer.ts';
import { askForHelp } from '../application/ask-for-help.ts';
import type { GuidesContext } from '../application/context.ts';
import { endOwnHelp } from '../application/end-help.ts';
import { earlierHelp, offeredSentence, readOwnHelp, stepsOf, waitingCode, type OwnHelp } from '../application/read-help.ts';
import { asCitizen, clockTime, type Frame } from './frame.ts';
import { helpTexts } from './help-texts.ts';
import { stepList } from './step-list.ts';

const pathOf = (draftId: string): string => `/antrag/${draftId}/hilfe`;

/** The person's side of help with their draft: code, decision, end, and what happened. */
export function helpPages(ctx: GuidesContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  return [
    getPage('/antrag/:id/hilfe', 'citizen', async (visit) => showHelp(ctx, frame, visit)),
    postPage('/antrag/:id/hilfe', 'citizen', async (visit) => {
      const opened = await askForHelp(ctx, asCitizen(visit), visit.params['id']!);
      return opened.ok ? redirect(pathOf(visit.params['id']!)) : problemPage(opened.problem);
    }),
    postPage('/antrag/:id/hilfe/antwort', 'citizen', async (visit) => {
      const draftId = visit.params['id']!;
      const answer = { draftId, staffId: visit.fields.get('guide') ?? '', agreed: visit.fields.get('antwort') === 'ja', lang: visit.lang };
      const done = await answerOffer(ctx, asCitizen(visit), answer);
      if (done.ok) return redirect(pathOf(draftId));
      return done.problem.kind === 'not-found' ? problemPage(done.problem) : showHelp(ctx, frame, visit, done.problem);
    }),
    postPage('/antrag/:id/hilfe/beenden', 'citizen', async (visit) => {
      const done = await endOwnHelp(ctx, asCitizen(visit), visit.params['id']!);
      return done.ok ? redirect(pathOf(visit.params['id']!)) : problemPage(done.problem);
    }),
    getPage('/antrag/:id/hilfe/live', 'citizen', async (visit) => {
      const own = await readOwnHelp(ctx, asCitizen(visit), visit.params['id']!);
      if (!own.ok) return problemPage(own.problem);
      const { draftId } = own.value;
      // only that something happened: the page asks again for what it may show
      return liveAnswer({ hub, allowed: ({ kind, payload }) => kind.startsWith('guides.assistance-') && payload['draftId'] === draftId, shown: () => ({}) });
    }),
  ];
}

async function showHelp(ctx: GuidesContext, frame: Frame, visit: Visit, problem?: Problem): Promise<Answer> {
  const own = await readOwnHelp(ctx, asCitizen(visit), visit.params['id']!);
  if (!own.ok) return problemPage(own.problem);
  const { lang } = visit;
  const t = helpTexts(lang);
  const service = ctx.desk.current(own.value.service)?.name[lang] ?? own.value.service;
  const { help, draftId } = own.value;
  const steps = help === undefined ? [] : await stepsOf(ctx, help.assistance);
  const earlier = await earlierHelp(ctx, asCitizen(visit), own.value);
  const toDraft = own.value.gone ? undefined : linkButton({ label: t.toDraft, href: `/antrag/${draftId}`, kind: 'secondary' });
  const main = html`${problem === undefined ? '' : errorSummary([], lang, problem.detail)}${pageTitle(t.title, { lead: t.lead(service) })}
${live(
  `${pathOf(draftId)}/live`,
  'hilfe',
  html`${statePart(own.value, lang, { code: waitingCode(ctx, own.value), sentence: offeredSentence(ctx, own.value, lang) })}${steps.length === 0 ? '' : section(t.steps, html`<p class="kern-body">${t.stepsLead}</p>${stepList(steps, help!.guide ?? '', lang)}`)}`,
)}
${earlier.map((one) => section(t.earlier(formatInstant(lang, one.openedAt)), stepList(one.steps, one.guide ?? '', lang)))}
${buttonRow(toDraft, linkButton({ label: t.places, href: '/hilfe-vor-ort', kind: 'tertiary' }))}`;
  return answerHtml(page(frame(visit), { title: t.title, main, hasErrors: problem !== undefined }), problem === undefined ? 200 : problemStatus(problem));
}

function statePart(own: OwnHelp, lang: Lang, { code, sentence }: { readonly code: string | undefined; readonly sentence: string | undefined }): Html {
  const t = helpTexts(lang);
  const { help, draftId } = own;
  const askAgain = (label: string): Html => buttonForm(pathOf(draftId), { label, ...(help?.phase === 'code' ? { kind: 'secondary' as const } : {}) });
  switch (help?.phase) {
    case 'code':
      return html`${section(
        t.code,
        html`<p class="k-code-big"><span class="kern-sr-only">${t.code}: </span><strong>${code}</strong></p><p class="kern-body">${t.codeLead(clockTime(help.assistance.answerUntil))}</p>`,
      )}${buttonRow(linkButton({ label: t.afterCode, href: pathOf(draftId) }), askAgain(t.newCode))}`;
    case 'offered':
      return offerPart(draftId, help.assistance.staffId!, { guide: help.guide!, sentence: sentence! }, lang);
    case 'running':
      return html`${alert('info', t.running(help.guide!, clockTime(help.assistance.runsUntil!)))}${buttonForm(`${pathOf(draftId)}/beenden`, { label: t.end })}`;
    case 'over':
      return html`${alert('success', t.over)}${own.gone ? '' : askAgain(t.newCode)}`;
    default:
      return html`${section(t.how, html`<ol class="kern-list kern-list--numbered">${[t.how1, t.how2, t.how3, t.how4].map((step) => html`<li>${step}</li>`)}</ol>`)}${askAgain(t.getCode)}`;
  }
}

function offerPart(draftId: string, staffId: string, offered: { guide: string; sentence: string }, lang: Lang): Html {
  const t = helpTexts(lang);
  const no = button({ label: t.no, kind: 'secondary', name: 'antwort', value: 'nein' });
  return section(
    t.offerTitle(offered.guide),
    html`<p class="kern-body">${t.offerLead}</p><blockquote class="k-quote"><p class="kern-body">${offered.sentence}</p></blockquote>
${form({ action: `${pathOf(draftId)}/antwort`, hidden: { guide: staffId } }, buttonRow(button({ label: t.yes, name: 'antwort', value: 'ja' }), no))}`,
  );
}
