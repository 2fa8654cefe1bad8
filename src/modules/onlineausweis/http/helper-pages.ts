import { legalDay } from '../../../kernel/time.ts';
import { getPage, html as answerHtml, problemPage, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import { qrFile } from '../../../platform/ui/qr-code.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { bringSheet } from '../application/bring-sheet.ts';
import type { HelperContext, HelpPlace } from '../application/context.ts';
import { firstStep, guide, HELPER_PATH, helperLanguage, type EndStep, type HelperProblem, type HelperStep, type QuestionStep } from '../application/guide.ts';
import { NO_PLACES, placesFor, type PlacesForEnd } from '../application/help-places.ts';
import { PRACTICE_PATH } from './practice-pages.ts';
import { spoken } from './spoken.ts';
import { waysOf, type Ways } from './ways.ts';
import { ausweisTexts } from './texts.ts';

export type Frame = (visit: Visit) => PageView;

const SHEET_PATH = `${HELPER_PATH}/zettel`;
const SUBJECT = 'online-ausweis';

/** The guided path: one question a page, links alone; what was answered stands in the address and nowhere else. */
export function helperPages(ctx: HelperContext, frame: Frame): AnyRoute[] {
  return [
    getPage(HELPER_PATH, 'public', async (visit) => {
      const step = stepOf(ctx, visit);
      if (!step.ok) return lostPage(ctx, frame(visit), visit, step.problem);
      count(ctx, visit, step.value);
      const places = await placesFor(ctx, step.value);
      return answerHtml(helperPage(frame(visit), { step: step.value, ways: waysOf(visit), places, practice: ctx.practice !== undefined }));
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

const stepOf = (ctx: HelperContext, visit: Visit) =>
  guide(visit.query.get('weg') ?? '', helperLanguage(visit.query.get('sprache'), visit), legalDay(ctx.clock()));

/** How many began and with which advice they ended; never which answers somebody gave. */
function count(ctx: HelperContext, visit: Visit, { path, at, language }: HelperStep): void {
  // in the language that is read, which the city's own pages need not speak
  const reader = visit.reader && { ...visit.reader, lang: language.key };
  if (path === '') ctx.count(reader, { step: 'helper-begun', subject: SUBJECT });
  if (at.kind === 'end') ctx.count(reader, { step: 'helper-ended', subject: SUBJECT, page: at.id });
}

/** An address that leads to nothing still helps: it says so and asks the first question, in the reader's language. */
function lostPage(ctx: HelperContext, view: PageView, visit: Visit, problem: HelperProblem): Answer {
  const first = firstStep(waysOf(visit).language, legalDay(ctx.clock()));
  const shown = { step: first, ways: waysOf(visit), places: NO_PLACES, practice: false };
  return answerHtml(helperPage(view, shown, alert('warning', first.frame.lost)), problemStatus(problem));
}

interface Shown {
  readonly step: HelperStep;
  readonly ways: Ways;
  readonly places: PlacesForEnd;
  readonly practice: boolean;
}

function helperPage(view: PageView, { step, ways, places, practice }: Shown, notice?: Html): Html {
  const t = ausweisTexts(view.lang);
  const { at, path } = step;
  const content =
    at.kind === 'question' ? questionPart(step, at, ways) : endPart(step, at, ways, places, practice && at.practice ? ways.to('', PRACTICE_PATH) : undefined);
  const main = spoken(ways, html`${notice}${content}`, { page: HELPER_PATH, path });
  const heading = path === '' ? t.title : `${t.title}: ${at.kind === 'question' ? `${at.number}/${at.most}` : at.title}`;
  return page(view, { title: heading, main });
}

function questionPart(step: HelperStep, at: QuestionStep, ways: Ways): Html {
  const { frame, path } = step;
  const answers = html`<ul class="k-answers" aria-label="${at.title}">${at.answers.map(
    ({ label, path: next }) => html`<li><a class="k-answers__link" href="${ways.to(next)}">${label}</a></li>`,
  )}</ul>`;
  if (path !== '') {
    return html`${pageTitle(at.title, { preline: at.progress, lead: at.hint })}${answers}${wayBack(step, ways)}${givenPart(step, ways)}`;
  }
  return html`${pageTitle(frame.title, { lead: frame.lead })}<p class="kern-body">${frame.privacy}</p>${section(
    at.title,
    html`<p class="k-title__preline">${at.progress}</p><p class="kern-body">${at.hint}</p>${answers}`,
  )}`;
}

function endPart(step: HelperStep, at: EndStep, ways: Ways, places: PlacesForEnd, practice: string | undefined): Html {
  const { frame, path } = step;
  const facts = [{ label: frame.cost, value: at.cost }, ...(at.duration === undefined ? [] : [{ label: frame.time, value: at.duration }])];
  const bring = html`<ul class="kern-list kern-list--bullet">${at.bring.map((one) => html`<li>${one}</li>`)}</ul>`;
  return html`${pageTitle(at.title, { lead: at.lead })}${section(frame.steps, html`<ol class="kern-list kern-list--number">${at.steps.map((one) => html`<li>${one}</li>`)}</ol>`)}
${at.bring.length === 0 ? '' : section(frame.bring, bring)}${factList(facts)}${placesPart(step, frame.doneAt, places.doing)}${placesPart(step, frame.places, places.helping)}
${buttonRow(
  ways.goOn === undefined ? undefined : linkButton({ label: frame.goOn, href: ways.goOn }),
  linkButton({ label: frame.sheet, href: ways.to(path, SHEET_PATH), icon: 'download' }),
  practice === undefined ? undefined : linkButton({ label: frame.practice, href: practice, kind: 'secondary' }),
)}
<p class="kern-body">${frame.help}</p><p class="kern-hint">${at.asOf}</p>${wayBack(step, ways)}${givenPart(step, ways)}`;
}

/** Name, way and hours are German where the city does not speak the reader's language. */
function placesPart({ language, frame }: HelperStep, title: string, places: readonly HelpPlace[]): Html | string {
  if (places.length === 0) return '';
  const said = attributes(language.spoken === 'helper' ? { lang: 'de', dir: 'ltr' } : {});
  return section(
    title,
    html`<ul class="kern-list kern-list--bullet">${places.map(
      ({ name, address, when, href, book }) =>
        html`<li><span${said}>${href === undefined ? name : html`<a class="kern-link" href="${href}">${name}</a>`}, ${address}${when === undefined ? '' : html`<br>${when}`}</span>${
          book === undefined ? '' : html`<br><a class="kern-link" href="${book}">${frame.book}<span class="kern-sr-only">: ${name}</span></a>`
        }</li>`,
    )}</ul>`,
  );
}

/** The browser's own way back does the same; this one is for whoever came by a deep link. */
function wayBack({ frame, path }: HelperStep, ways: Ways): Html {
  return html`<p class="k-ausweis__ways"><a class="kern-link" href="${ways.to(path.slice(0, -1))}">${frame.back}</a> <a class="kern-link" href="${ways.to('')}">${frame.restart}</a></p>`;
}

function givenPart({ frame, given }: HelperStep, ways: Ways): Html | string {
  if (given.length === 0) return '';
  return accordion(
    frame.answered,
    html`<ul class="kern-list kern-list--bullet">${given.map(({ question, answer, again }) => html`<li><a class="kern-link" href="${ways.to(again)}">${question}</a> ${answer}</li>`)}</ul>`,
  );
}
