import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { randomToken } from '../../../kernel/token.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  redirect,
  type AnyRoute,
  type Answer,
  type Cookie,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { mapInput, readMapInput, type MapReading } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { CityFrame, ReportsContext } from '../application/context.ts';
import { PICTURE_MEGABYTES, PICTURE_TYPES } from '../application/pictures.ts';
import { lagenForReports, newReceipt, reportPublicly, type PublicLage } from '../application/report-publicly.ts';
import { CATEGORIES } from '../../../kernel/report.ts';
import { LONGEST } from './limits.ts';
import { CATEGORY_NAMES } from './names.ts';
import { publicReportTexts } from './public-texts.ts';

const PATH = '/lage/melden';
/** Tells one device's reports from another's for a day; it says nothing of anybody. */
const DEVICE_COOKIE = 'kontor_meldung';

/** The page by which everybody reports: no account, no JavaScript, three languages. It takes and shows nothing. */
export function publicReportPages(ctx: ReportsContext, frame: CityFrame): AnyRoute[] {
  return [
    getPage(PATH, 'public', async (visit) => {
      const fields = new URLSearchParams({ receipt: newReceipt(), lage: visit.query.get('lage') ?? '', placeOfPicture: 'ja' });
      const lagen = await lagenForReports(ctx);
      return answerHtml(formPage(frame(visit), lagen, fields, { kind: 'none', extent: undefined }), 200, deviceCookie(visit));
    }),
    postPage(PATH, 'public', async (visit) => take(ctx, frame, visit), { limit: 'sign-in' }),
    getPage(`${PATH}/danke`, 'public', async (visit) => answerHtml(thanksPage(frame(visit)))),
  ];
}

const deviceCookie = ({ cookies }: Visit): Cookie[] =>
  cookies[DEVICE_COOKIE] === undefined ? [{ name: DEVICE_COOKIE, value: randomToken(), maxAgeSeconds: 86_400 }] : [];

async function take(ctx: ReportsContext, frame: CityFrame, visit: FormVisit): Promise<Answer> {
  const { fields, lang } = visit;
  const get = (name: string): string => fields.get(name) ?? '';
  const where = readMapInput(fields, 'place', lang);
  const lagen = await lagenForReports(ctx);
  const again = (problem?: Problem): Answer =>
    answerHtml(formPage(frame(visit), lagen, fields, where, problem), problem === undefined ? 200 : problemStatus(problem), deviceCookie(visit));
  if (where.kind === 'picked' || where.kind === 'moved') return again();
  if (where.kind === 'problem') return again(invalidField('place', where.message));
  const done = await reportPublicly(ctx, visit.actor, {
    lage: get('lage'),
    text: get('text'),
    category: CATEGORIES.find((one) => one === get('category')),
    place: where.kind === 'typed' ? where.position : undefined,
    placeOfPicture: get('placeOfPicture') === 'ja',
    pictures: visit.files,
    receipt: get('receipt'),
    device: visit.cookies[DEVICE_COOKIE] ?? '',
    trap: get('website'),
  });
  return done.ok ? redirect(`${PATH}/danke`) : again(done.problem);
}

function formPage(view: PageView, lagen: readonly PublicLage[], fields: URLSearchParams, where: MapReading, problem?: Problem): Html {
  const { lang } = view;
  const t = publicReportTexts(lang);
  const receipt = problem?.fields?.some(({ field }) => field === 'receipt') === true ? newReceipt() : (fields.get('receipt') ?? '');
  const problems = (problem?.fields ?? []).filter(({ field }) => field !== 'receipt');
  const closed = html`${alert('warning', t.closed, t.closedText)}${(fields.get('text') ?? '') === '' ? '' : html`<p class="kern-body k-typed">${fields.get('text')}</p>`}`;
  const main = html`${errorSummary(problems, lang, problem !== undefined && problems.length === 0 ? problem.detail : undefined)}
${pageTitle(t.title, { lead: t.lead })}${alert('danger', t.emergency, t.emergencyText)}
${
  lagen.length === 0
    ? closed
    : html`${lagen.some(({ exercise }) => exercise) ? alert('info', t.exercise) : ''}${form(
        { action: PATH, multipart: true, hidden: { receipt } },
        fieldsPart(lagen, fields, where, problems, lang),
      )}`
}`;
  return page(view, { title: t.title, main, hasErrors: problem !== undefined, scripts: ['map'] });
}

function fieldsPart(lagen: readonly PublicLage[], fields: URLSearchParams, where: MapReading, problems: Problem['fields'] & {}, lang: Lang): Html {
  const t = publicReportTexts(lang);
  const field = (name: string) => ({ name, lang, value: fields.get(name) ?? '', ...errorOf(problems, name) });
  const found = where.kind === 'picked' || where.kind === 'typed' ? where.position : { lon: fields.get('place.lon') ?? '', lat: fields.get('place.lat') ?? '' };
  const which =
    lagen.length === 1
      ? html`<input type="hidden" name="lage" value="${lagen[0]!.key}">`
      : radioGroup({ ...field('lage'), label: t.which, options: lagen.map(({ key, title }) => ({ value: key, label: title })) });
  return html`${which}
${selectField({ ...field('category'), label: t.category, required: false, empty: true, options: CATEGORIES.map((value) => ({ value, label: CATEGORY_NAMES[lang][value] })) })}
${textArea({ ...field('text'), label: t.text, hint: t.textHint, rows: 5, maxLength: LONGEST.text })}
${mapInput({ name: 'place', label: t.place, hint: t.placeHint, lang, required: false, value: found, ...(where.extent === undefined ? {} : { extent: where.extent }), ...errorOf(problems, 'place') })}
${fileField({ name: 'picture', label: t.picture, hint: fields.has('website') ? t.pictureAgain : t.pictureHint, lang, required: false, accept: PICTURE_TYPES, maxMegabytes: PICTURE_MEGABYTES, ...errorOf(problems, 'picture') })}
${confirmField({ name: 'placeOfPicture', label: t.placeOfPicture, lang, required: false, checked: fields.get('placeOfPicture') === 'ja', value: 'ja' })}
${trapField(lang, fields.get('website') ?? '')}<p class="kern-hint">${t.privacy}</p>${buttonRow(button({ label: t.send }))}`;
}

/** Seen by programs alone; a person whose browser filled it in sees it with its mistake. */
function trapField(lang: Lang, value: string): Html {
  const t = publicReportTexts(lang);
  if (value !== '') return textField({ name: 'website', label: t.trap, lang, required: false, value });
  return html`<div class="k-trap" aria-hidden="true"><label for="f-website">${t.trap}</label><input id="f-website" name="website" type="text" tabindex="-1" autocomplete="off"></div>`;
}

function thanksPage(view: PageView): Html {
  const t = publicReportTexts(view.lang);
  const main = html`${pageTitle(t.thanks, { lead: t.thanksText })}${alert('danger', t.emergency)}${buttonRow(linkButton({ label: t.again, href: PATH, kind: 'secondary' }))}`;
  return page(view, { title: t.thanks, main });
}
