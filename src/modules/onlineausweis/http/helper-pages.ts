import { legalDay } from '../../../kernel/time.ts';
import { getPage, html as answerHtml, problemPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import { qrFile } from '../../../platform/ui/qr-code.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { bringSheet } from '../application/bring-sheet.ts';
import type { HelperContext, HelpPlace } from '../application/context.ts';
import { guide, HELPER_PATH, helperLanguage, stepAddress, type EndStep, type HelperStep, type QuestionStep } from '../application/guide.ts';
import { PRACTICE_PATH } from './practice-pages.ts';
import { spoken } from './spoken.ts';
import { ausweisTexts } from './texts.ts';

export type Frame = (visit: Visit) => PageView;

const SHEET_PATH = `${HELPER_PATH}/zettel`;
const SUBJECT = 'online-ausweis';

/** The guided path: one question a page, links alone; what was answered stands in the address and nowhere else. */
export function helperPages(ctx: HelperContext, frame: Frame): AnyRoute[] {
  return [
    getPage(HELPER_PATH, 'public', async (visit) => {
      const step = stepOf(ctx, visit);
      if (!step.ok) return problemPage(step.problem);
      count(ctx, visit, step.value);
      const places = step.value.at.kind === 'end' && step.value.at.way === 'place' ? await placesOf(ctx, step.value) : [];
      return answerHtml(helperPage(frame(visit), step.value, places, ctx.practice !== undefined));
    }),
    getPage(
      SHEET_PATH,
      'public',
      async (visit) => {
        const step = stepOf(ctx, visit);
        if (!step.ok) return problemPage(step.problem);
        const sheet = await bringSheet(ctx, step.value, qrFile);
        if (!sheet.ok) return problemPage(sheet.problem);
        return { kind: 'file', bytes: sheet.value, mediaType: 'application/pdf', fileName: `online-ausweis-${step.value.at.id}.pdf`, inline: true };
      },
      { limit: 'costly' },
    ),
  ];
}

const stepOf = (ctx: HelperContext, { query, lang }: Visit) => guide(query.get('weg') ?? '', helperLanguage(query.get('sprache'), lang), legalDay(ctx.clock()));

/** How many began and with which advice they ended; never which answers somebody gave. */
function count(ctx: HelperContext, { reader }: Visit, { path, at }: HelperStep): void {
  if (path === '') ctx.count(reader, { step: 'helper-begun', subject: SUBJECT });
  if (at.kind === 'end') ctx.count(reader, { step: 'helper-ended', subject: SUBJECT, page: at.id });
}

/** The places speak the languages of the city; for the others they are named in German. */
async function placesOf(ctx: HelperContext, { language }: HelperStep): Promise<readonly HelpPlace[]> {
  const lang = language.key === 'en' || language.key === 'leicht' ? language.key : 'de';
  return (await ctx.places?.(lang)) ?? [];
}

function helperPage(view: PageView, step: HelperStep, places: readonly HelpPlace[], practice: boolean): Html {
  const t = ausweisTexts(view.lang);
  const { language, at, path } = step;
  const own = language.key === view.lang ? undefined : language.key;
  const content =
    at.kind === 'question'
      ? questionPart(step, at, own)
      : endPart(step, at, own, places, practice && at.practice ? stepAddress('', own, PRACTICE_PATH) : undefined);
  const main = spoken(language, view.lang, content, { page: HELPER_PATH, path });
  const heading = path === '' ? t.title : `${t.title}: ${at.kind === 'question' ? `${at.number}/${at.most}` : at.title}`;
  return page(view, { title: heading, main });
}

function questionPart(step: HelperStep, at: QuestionStep, own: string | undefined): Html {
  const { frame, path } = step;
  const answers = html`<ul class="k-answers" aria-label="${at.title}">${at.answers.map(
    ({ label, path: next }) => html`<li><a class="k-answers__link" href="${stepAddress(next, own)}">${label}</a></li>`,
  )}</ul>`;
  if (path !== '') {
    return html`${pageTitle(at.title, { preline: at.progress, lead: at.hint })}${answers}${wayBack(step, own)}${givenPart(step, own)}`;
  }
  return html`${pageTitle(frame.title, { lead: frame.lead })}<p class="kern-body">${frame.privacy}</p>${section(
    at.title,
    html`<p class="k-title__preline">${at.progress}</p><p class="kern-body">${at.hint}</p>${answers}`,
  )}`;
}

function endPart(step: HelperStep, at: EndStep, own: string | undefined, places: readonly HelpPlace[], practice: string | undefined): Html {
  const { frame, path } = step;
  const facts = [{ label: frame.cost, value: at.cost }, ...(at.duration === undefined ? [] : [{ label: frame.time, value: at.duration }])];
  const bring = html`<ul class="kern-list kern-list--bullet">${at.bring.map((one) => html`<li>${one}</li>`)}</ul>`;
  return html`${pageTitle(at.title, { lead: at.lead })}${section(frame.steps, html`<ol class="kern-list kern-list--number">${at.steps.map((one) => html`<li>${one}</li>`)}</ol>`)}
${at.bring.length === 0 ? '' : section(frame.bring, bring)}${factList(facts)}${placesPart(frame.places, places)}
${buttonRow(
  linkButton({ label: frame.sheet, href: stepAddress(path, own, SHEET_PATH), icon: 'download' }),
  practice === undefined ? undefined : linkButton({ label: frame.practice, href: practice, kind: 'secondary' }),
)}
<p class="kern-body">${frame.help}</p><p class="kern-hint">${at.asOf}</p>${wayBack(step, own)}${givenPart(step, own)}`;
}

function placesPart(title: string, places: readonly HelpPlace[]): Html | string {
  if (places.length === 0) return '';
  return section(
    title,
    html`<ul class="kern-list kern-list--bullet">${places.map(
      ({ name, address, when, href }) =>
        html`<li>${href === undefined ? name : html`<a class="kern-link" href="${href}">${name}</a>`}, ${address}${when === undefined ? '' : html`<br>${when}`}</li>`,
    )}</ul>`,
  );
}

/** The browser's own way back does the same; this one is for whoever came by a deep link. */
function wayBack({ frame, path }: HelperStep, own: string | undefined): Html {
  return html`<p class="k-ausweis__ways"><a class="kern-link" href="${stepAddress(path.slice(0, -1), own)}">${frame.back}</a> <a class="kern-link" href="${stepAddress('', own)}">${frame.restart}</a></p>`;
}

function givenPart({ frame, given }: HelperStep, own: string | undefined): Html | string {
  if (given.length === 0) return '';
  return accordion(
    frame.answered,
    html`<ul class="kern-list kern-list--bullet">${given.map(({ question, answer, again }) => html`<li><a class="kern-link" href="${stepAddress(again, own)}">${question}</a> ${answer}</li>`)}</ul>`,
  );
}
