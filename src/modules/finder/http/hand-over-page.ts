import { invalidFields, type Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, redirect, type AnyRoute, type Answer, type FormVisit } from '../../../platform/http/route.ts';
import { confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { FinderContext } from '../application/context.ts';
import { daysKeptFrom, handOver, newReceipt } from '../application/hand-over.ts';
import type { Frame } from './finder-page.ts';
import { CHANNELS, LONGEST } from './lists.ts';
import { finderTexts } from './texts.ts';

export const HAND_OVER_PATH = '/finden/weitergeben';

/** From the answer to a person: the question can be changed, and nothing is kept before it is sent. */
export function handOverPages(ctx: FinderContext, frame: Frame): AnyRoute[] {
  return [
    getPage(HAND_OVER_PATH, 'public', async (visit) => answerHtml(formPage(frame(visit), new URLSearchParams()))),
    postPage(HAND_OVER_PATH, 'public', async (visit) => take(ctx, frame, visit), { limit: 'sign-in' }),
    getPage(`${HAND_OVER_PATH}/danke`, 'public', async (visit) => answerHtml(thanksPage(frame(visit)))),
  ];
}

async function take(ctx: FinderContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const { fields } = visit;
  const get = (name: string): string => fields.get(name) ?? '';
  // the finder hands the question on; only this form's own button sends it
  if (get('send') !== 'ja') return answerHtml(formPage(frame(visit), fields));
  const done = await handOver(ctx, visit.actor, {
    text: get('question'),
    lang: visit.lang,
    channel: CHANNELS.find((one) => one === get('channel')),
    contact: get('contact'),
    consent: get('consent') === 'ja',
    receipt: get('receipt'),
    trap: get('website'),
  });
  return done.ok ? redirect(`${HAND_OVER_PATH}/danke`) : answerHtml(formPage(frame(visit), fields, done.problem), problemStatus(done.problem));
}

function formPage(view: PageView, fields: URLSearchParams, problem?: Problem): Html {
  const { lang } = view;
  const t = finderTexts(lang);
  const fresh = !fields.has('receipt') || problem?.fields?.some(({ field }) => field === 'receipt') === true;
  const problems = (problem?.fields ?? []).filter(({ field }) => field !== 'receipt');
  const detail = problem !== undefined && problems.length === 0 ? problem.detail : undefined;
  const hidden = { receipt: fresh ? newReceipt() : fields.get('receipt')! };
  const main = html`${errorSummary(problems, lang, detail)}${pageTitle(t.handOver, { lead: t.handLead })}
${form({ action: HAND_OVER_PATH, hidden }, fieldsPart(fields, invalidFields(problems), view))}`;
  return page(view, { title: t.handOver, main, hasErrors: problem !== undefined });
}

function fieldsPart(fields: URLSearchParams, { fields: problems = [] }: Problem, { lang, now }: PageView): Html {
  const t = finderTexts(lang);
  const field = (name: string) => ({ name, lang, value: fields.get(name) ?? '', ...errorOf(problems, name) });
  return html`${textArea({ ...field('question'), label: t.yourQuestion, hint: t.yourQuestionHint, rows: 5, maxLength: LONGEST.question })}
${radioGroup({ ...field('channel'), label: t.channel, options: CHANNELS.map((value) => ({ value, label: t[value] })) })}
${textField({ ...field('contact'), label: t.contact, maxLength: LONGEST.contact })}
${confirmField({ ...field('consent'), label: t.consent, checked: fields.get('consent') === 'ja', value: 'ja' })}
${trapField(lang, fields.get('website') ?? '')}<p class="kern-hint">${t.retention(daysKeptFrom(now))}</p>${buttonRow(button({ label: t.send, name: 'send', value: 'ja' }))}`;
}

/** Seen by programs alone; a person whose browser filled it in sees it with its mistake. */
function trapField(lang: Lang, value: string): Html {
  const t = finderTexts(lang);
  if (value !== '') return textField({ name: 'website', label: t.trap, lang, required: false, value });
  return html`<div class="k-trap" aria-hidden="true"><label for="f-website">${t.trap}</label><input id="f-website" name="website" type="text" tabindex="-1" autocomplete="off"></div>`;
}

function thanksPage(view: PageView): Html {
  const t = finderTexts(view.lang);
  const main = html`${pageTitle(t.thanks, { lead: t.thanksBody })}${buttonRow(linkButton({ label: t.again, href: '/finden', kind: 'secondary' }))}`;
  return page(view, { title: t.thanks, main });
}
