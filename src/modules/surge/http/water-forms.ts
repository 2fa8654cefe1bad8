import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { refuse, ok, type Result } from '../../../kernel/result.ts';
import { getPage, LAGE_ACCESS, postPage, problemPage, redirect, type AnyRoute, type Answer, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { LageFrame } from './frame.ts';
import type { SurgeContext } from '../application/context.ts';
import { openFor } from '../application/read-surge.ts';
import { bindLevel, enterLevels, importForecast, importForecastCsv, type ForecastInput } from '../application/water.ts';
import { readLocalTime, readMetres } from './local-time.ts';
import type { Reference } from '../domain/rules.ts';
import { REFERENCES } from './vocabulary.ts';
import { actionPage, type FieldOf, type Typed } from './action-page.ts';
import { formTexts } from './form-texts.ts';

const NOTHING: Typed = { fields: new URLSearchParams({ plusMinus: '0,2' }) };
const base = (key: string): string => `/lagen/${key}/sturmflut`;

/** Forms by which people enter a forecast or a level, and bind the gauge to a stream. */
export function waterForms(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  const show = async (visit: Visit, typed: Typed, page: typeof forecastPage): Promise<Answer> => {
    const opened = await openFor(ctx, visit.actor, visit.params['key']!, 'feeds');
    return opened.ok ? actionPage(frame, visit, opened.value, typed, page(visit.params['key']!, typed)) : problemPage(opened.problem);
  };
  const form_ = (path: string, page: typeof forecastPage, run: (visit: FormVisit) => Promise<Result<unknown, Problem>>): AnyRoute =>
    postPage(`/lagen/:key/sturmflut/${path}`, LAGE_ACCESS, async (visit) => {
      const done = await run(visit);
      return done.ok ? redirect(base(visit.params['key']!)) : show(visit, { fields: visit.fields, problem: done.problem }, page);
    });
  return [
    getPage('/lagen/:key/sturmflut/vorhersage', LAGE_ACCESS, (visit) => show(visit, NOTHING, forecastPage)),
    form_('vorhersage', forecastPage, async (visit) => {
      const read = readForecast(visit);
      return read.ok ? renamed(await importForecast(ctx, visit.actor, visit.params['key']!, read.value)) : read;
    }),
    form_('vorhersage/csv', forecastPage, async ({ fields, actor, params }) => {
      const taken = await importForecastCsv(ctx, actor, params['key']!, {
        csv: fields.get('csv') ?? '',
        reference: referenceOf(fields),
        synthetic: fields.has('synthetic'),
      });
      return taken.ok ? taken : refuse({ ...taken.problem, fields: [{ field: 'csv', message: taken.problem.fields?.[0]?.message ?? taken.problem.detail }] });
    }),
    getPage('/lagen/:key/sturmflut/pegel', LAGE_ACCESS, (visit) => show(visit, { fields: new URLSearchParams() }, levelPage)),
    form_('pegel', levelPage, async ({ fields, actor, params, now, lang }) => {
      const t = formTexts(lang);
      const at = readLocalTime(fields.get('at') ?? '', now);
      const metres = readMetres(fields.get('metres') ?? '');
      const problems: FieldProblem[] = [];
      if (at === undefined) problems.push({ field: 'at', message: t.badTime });
      if (metres === undefined) problems.push({ field: 'metres', message: t.badNumber });
      if (at === undefined || metres === undefined) return refuse(invalidFields(problems));
      return enterLevels(ctx, actor, params['key']!, [{ at, metres, reference: referenceOf(fields), source: fields.get('source') ?? '' }]);
    }),
    form_('pegel/strom', levelPage, async ({ fields, actor, params, lang }) => {
      const id = (fields.get('streamId') ?? '').trim();
      if (id !== '' && !/^[1-9]\d{0,14}$/.test(id)) return refuse(invalidFields([{ field: 'streamId', message: formTexts(lang).badNumber }]));
      const divisor = fields.get('divisor') === '100' ? 100 : 1;
      return bindLevel(ctx, actor, params['key']!, { streamId: id === '' ? null : Number(id), reference: referenceOf(fields), divisor });
    }),
  ];
}

const referenceOf = (fields: URLSearchParams): Reference => REFERENCES.find((one) => one === fields.get('reference')) ?? 'NHN';

/** Peaks have numbers in the API; the form calls them by what they are. */
function renamed<T>(done: Result<T, Problem>): Result<T, Problem> {
  if (done.ok || done.problem.fields === undefined) return done;
  const fields = done.problem.fields.map(({ field, message }) => ({ field: field.startsWith('peaks') ? 'peakMetres' : field, message }));
  return refuse({ ...done.problem, fields });
}

function readForecast({ fields, now, lang }: FormVisit): Result<ForecastInput, Problem> {
  const t = formTexts(lang);
  const problems: FieldProblem[] = [];
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const time = (name: string): Temporal.Instant => {
    const at = readLocalTime(get(name), now);
    if (at === undefined) problems.push({ field: name, message: t.badTime });
    return at ?? now;
  };
  const number = (name: string): number => {
    const value = readMetres(get(name));
    if (value === undefined) problems.push({ field: name, message: t.badNumber });
    return value ?? 0;
  };
  const issuedAt = time('issuedAt');
  const plusMinus = number('plusMinus');
  const low = get('lowAt') === '' && get('lowMetres') === '' ? [] : [{ kind: 'NW' as const, at: time('lowAt'), metres: number('lowMetres'), plusMinus }];
  const peaks = [...low, { kind: 'HW' as const, at: time('peakAt'), metres: number('peakMetres'), plusMinus }];
  if (problems.length > 0) return refuse(invalidFields(problems));
  return ok({ issuer: get('issuer'), issuedAt, peaks, curve: [], reference: referenceOf(fields), synthetic: fields.has('synthetic') });
}

const referenceField = (field: FieldOf, lang: Lang): Html => {
  const t = formTexts(lang);
  const labels = { NHN: t.nhn, PN: t.pn, MHW: t.mhw } as const;
  const { value, ...rest } = field('reference');
  return selectField({
    ...rest,
    value: value === '' ? 'NHN' : value,
    label: t.reference,
    options: REFERENCES.map((one) => ({ value: one, label: labels[one] })),
  });
};

const syntheticField = (typed: Typed, lang: Lang): Html =>
  checkboxGroup({
    name: 'synthetic',
    lang,
    label: formTexts(lang).source,
    required: false,
    values: typed.fields.getAll('synthetic'),
    options: [{ value: 'yes', label: formTexts(lang).synthetic }],
  });

function forecastPage(key: string, typed: Typed): Parameters<typeof actionPage>[4] {
  return {
    title: (lang) => formTexts(lang).forecastTitle,
    lead: (lang) => formTexts(lang).forecastLead,
    back: base(key),
    body: (lang, field) => {
      const t = formTexts(lang);
      const own = form(
        { action: `${base(key)}/vorhersage` },
        html`${textField({ ...field('issuer'), label: t.issuer, maxLength: 80 })}${textField({ ...field('issuedAt'), label: t.issuedAt, hint: t.timeHint, width: 'm' })}
${textField({ ...field('peakAt'), label: t.peakAt, width: 'm' })}${textField({ ...field('peakMetres'), label: t.peakMetres, inputmode: 'decimal', width: 's' })}
${textField({ ...field('plusMinus'), label: t.plusMinus, inputmode: 'decimal', width: 's' })}${textField({ ...field('lowAt'), label: t.lowAt, required: false, width: 'm' })}
${textField({ ...field('lowMetres'), label: t.lowMetres, required: false, inputmode: 'decimal', width: 's' })}${referenceField(field, lang)}${syntheticField(typed, lang)}${buttonRow(button({ label: t.save }))}`,
      );
      // heights of a file are in NHN, or the form above says what they count from
      const pasted = form(
        { action: `${base(key)}/vorhersage/csv` },
        html`${textArea({ ...field('csv'), label: t.csv, hint: t.csvHint, rows: 8 })}${buttonRow(button({ label: t.save, kind: 'secondary' }))}`,
      );
      return html`${own}${section(t.csvTitle, pasted)}`;
    },
  };
}

function levelPage(key: string): Parameters<typeof actionPage>[4] {
  return {
    title: (lang) => formTexts(lang).levelTitle,
    back: base(key),
    body: (lang, field) => {
      const t = formTexts(lang);
      const own = form(
        { action: `${base(key)}/pegel` },
        html`${textField({ ...field('at'), label: t.levelAt, hint: t.timeHint, width: 'm' })}${textField({ ...field('metres'), label: t.levelMetres, inputmode: 'decimal', width: 's' })}
${referenceField(field, lang)}${textField({ ...field('source'), label: t.levelSource, hint: t.levelSourceHint, required: false, maxLength: 120 })}${buttonRow(button({ label: t.save }))}`,
      );
      const units = [
        { value: '1', label: t.metresUnit },
        { value: '100', label: t.centimetresUnit },
      ];
      const bound = form(
        { action: `${base(key)}/pegel/strom` },
        html`${textField({ ...field('streamId'), label: t.streamId, hint: t.streamHint, required: false, inputmode: 'numeric', width: 's' })}${selectField({ ...field('divisor'), label: t.divisor, options: units })}${buttonRow(button({ label: t.bind, kind: 'secondary' }))}`,
      );
      return html`${own}${section(t.streamTitle, bound)}`;
    },
  };
}
