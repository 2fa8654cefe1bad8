import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
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
} from '../../../platform/http/route.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { numberField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { mapInput, readMapInput, type MapReading } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { LageFrame, LageView } from '../application/context.ts';
import type { ReportsContext } from '../application/context.ts';
import { enterReport } from '../application/enter-report.ts';
import { PICTURE_MEGABYTES, PICTURE_TYPES } from '../application/pictures.ts';
import { enterReports } from '../application/read-reports.ts';
import { newReceipt } from '../application/report-publicly.ts';
import { CATEGORIES, CREDIBILITIES, RELIABILITIES } from '../../../kernel/report.ts';
import { LONGEST } from './limits.ts';
import { eventPath, reportsPath } from './list-page.ts';
import { CATEGORY_NAMES, CREDIBILITY_NAMES, RELIABILITY_NAMES } from './names.ts';
import { publicReportTexts } from './public-texts.ts';
import { reportTexts } from './texts.ts';

/** The form by which somebody of the Lage enters a report, their own or one that was told to them. */
export function enterPages(ctx: ReportsContext, frame: LageFrame): AnyRoute[] {
  return [
    getPage('/lagen/:key/meldungen/neu', LAGE_ACCESS, async (visit) => {
      const opened = await enterReports(ctx, visit.actor, visit.params['key']!, 'report');
      if (!opened.ok) return problemPage(opened.problem);
      return answerHtml(
        formPage(frame(visit, opened.value), opened.value, new URLSearchParams({ receipt: newReceipt() }), { kind: 'none', extent: undefined }),
      );
    }),
    postPage('/lagen/:key/meldungen/neu', LAGE_ACCESS, async (visit) => take(ctx, frame, visit)),
  ];
}

async function take(ctx: ReportsContext, frame: LageFrame, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key']!;
  const opened = await enterReports(ctx, visit.actor, key, 'report');
  if (!opened.ok) return problemPage(opened.problem);
  const { fields, lang } = visit;
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const where = readMapInput(fields, 'place', lang);
  const again = (problem?: Problem): Answer =>
    answerHtml(formPage(frame(visit, opened.value), opened.value, fields, where, problem), problem === undefined ? 200 : problemStatus(problem));
  if (where.kind === 'picked' || where.kind === 'moved') return again();
  const eventAt = readTime(get('when'), visit.now);
  const metres = readMetres(get('metres'));
  const problems: FieldProblem[] = [
    ...(where.kind === 'problem' ? [{ field: 'place', message: where.message }] : []),
    ...(eventAt === 'unreadable' ? [{ field: 'when', message: reportTexts(lang).badTime }] : []),
    ...(metres === 'unreadable' ? [{ field: 'metres', message: 'Schreiben Sie eine Zahl in Metern, etwa 50.' }] : []),
  ];
  if (problems.length > 0 || eventAt === 'unreadable' || metres === 'unreadable') return again(invalidFields(problems));
  const category = CATEGORIES.find((one) => one === get('category'));
  const reliability = RELIABILITIES.find((one) => one === get('reliability'));
  const credibility = CREDIBILITIES.find((one) => String(one) === get('credibility'));
  const done = await enterReport(ctx, visit.actor, key, {
    text: get('text'),
    sourceName: get('sourceName'),
    eventAt,
    pictures: visit.files,
    sourceRef: get('receipt') === '' ? newReceipt() : get('receipt'),
    ...(where.kind === 'typed' ? { place: { ...where.position, ...(metres === undefined ? {} : { uncertaintyMetres: metres }) } } : {}),
    ...(category === undefined ? {} : { category }),
    ...(reliability === undefined ? {} : { reliability }),
    ...(credibility === undefined ? {} : { credibility }),
  });
  return done.ok ? redirect(eventPath(key, done.value.eventId)) : again(done.problem);
}

/** `19:48` of today (or of yesterday, when that lies ahead), or `28.11.2026 19:48`; empty: nothing. */
function readTime(text: string, now: Temporal.Instant): Temporal.Instant | undefined | 'unreadable' {
  if (text === '') return undefined;
  const match = /^(?:(\d{1,2})\.(\d{1,2})\.(\d{4})[ ,]+)?(\d{1,2})[:.](\d{2})(?: ?Uhr)?$/.exec(text);
  if (match === null) return 'unreadable';
  const [, day, month, year, hour, minute] = match;
  const today = now.toZonedDateTimeISO(CITY_ZONE);
  try {
    const date =
      day === undefined ? today.toPlainDate() : Temporal.PlainDate.from({ day: Number(day), month: Number(month), year: Number(year) }, { overflow: 'reject' });
    const time = Temporal.PlainTime.from({ hour: Number(hour), minute: Number(minute) }, { overflow: 'reject' });
    const at = date.toZonedDateTime({ timeZone: CITY_ZONE, plainTime: time });
    const ahead = day === undefined && Temporal.ZonedDateTime.compare(at, today.add({ minutes: 2 })) > 0;
    return (ahead ? at.subtract({ days: 1 }) : at).toInstant();
  } catch (error) {
    if (error instanceof RangeError) return 'unreadable';
    throw error;
  }
}

function readMetres(text: string): number | undefined | 'unreadable' {
  if (text === '') return undefined;
  return /^\d{1,6}$/.test(text) ? Number(text) : 'unreadable';
}

function formPage(view: PageView, { lage }: LageView, fields: URLSearchParams, where: MapReading, problem?: Problem): Html {
  const { lang } = view;
  const t = reportTexts(lang);
  const p = publicReportTexts(lang);
  const problems = (problem?.fields ?? []).map((one) => (one.field === 'eventAt' ? { ...one, field: 'when' } : one));
  const field = (name: string) => ({ name, lang, value: fields.get(name) ?? '', ...errorOf(problems, name) });
  const found = where.kind === 'picked' || where.kind === 'typed' ? where.position : { lon: fields.get('place.lon') ?? '', lat: fields.get('place.lat') ?? '' };
  const grades = (['reliability', 'credibility'] as const).map((name) =>
    selectField({
      ...field(name),
      label: t[name],
      required: false,
      empty: t.asIs,
      options:
        name === 'reliability'
          ? RELIABILITIES.map((value) => ({ value, label: RELIABILITY_NAMES[lang][value] }))
          : CREDIBILITIES.map((value) => ({ value: String(value), label: CREDIBILITY_NAMES[lang][value] })),
    }),
  );
  const main = html`${errorSummary(problems, lang, problem !== undefined && problems.length === 0 ? problem.detail : undefined)}${pageTitle(t.enter)}
${form(
  { action: `${reportsPath(lage.key)}/neu`, multipart: true, hidden: { receipt: fields.get('receipt') ?? '' } },
  html`${textArea({ ...field('text'), label: t.text, rows: 5, maxLength: LONGEST.text })}
${selectField({ ...field('category'), label: t.category, required: false, empty: t.fromText, options: CATEGORIES.map((value) => ({ value, label: CATEGORY_NAMES[lang][value] })) })}
${textField({ ...field('sourceName'), label: t.from, hint: t.fromHint, required: false, maxLength: LONGEST.source })}
${textField({ ...field('when'), label: t.when, hint: t.whenHint, required: false, width: 'm' })}
${mapInput({ name: 'place', label: t.where, lang, required: false, value: found, ...(where.extent === undefined ? {} : { extent: where.extent }), ...errorOf(problems, 'place') })}
${numberField({ ...field('metres'), label: t.uncertainty, required: false, unit: 'm' })}
${fileField({ name: 'picture', label: p.picture, lang, required: false, accept: PICTURE_TYPES, maxMegabytes: PICTURE_MEGABYTES, ...errorOf(problems, 'picture') })}
${grades}${buttonRow(button({ label: t.save }))}`,
)}`;
  return page(view, {
    title: t.enter,
    main,
    hasErrors: problem !== undefined,
    scripts: ['map'],
    breadcrumb: [{ label: t.title, href: reportsPath(lage.key) }, { label: t.enter }],
  });
}
