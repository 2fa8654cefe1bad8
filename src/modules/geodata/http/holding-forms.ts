import type { FieldProblem } from '../../../kernel/problem.ts';
import { confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorOf, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { BLANK, type Description } from '../application/administer.ts';
import { FORMATS } from '../application/formats.ts';
import type { OrderWish } from '../application/import-orders.ts';
import { MOST_IMPORT_BYTES } from '../application/take-order.ts';
import { holdingFormTexts } from './holding-form-texts.ts';

export const HOLDINGS_PATH = '/verwaltung/daten';
export const WRONG_ORIGIN = 'Schreiben Sie den Nullpunkt als Ostwert, Nordwert, etwa 565000,5934000.';
export const CRS = ['CRS84', '25832', '3857'] as const;

/** What was typed, right or wrong, with what is wrong about it. */
export interface Typed {
  readonly fields: URLSearchParams;
  readonly problems: readonly FieldProblem[];
}

/** The form of a new collection: only what it cannot be without. */
export function makeForm(lang: Lang, typed?: Typed): Html {
  const t = holdingFormTexts(lang);
  const field = (name: string) => ({ name, lang, value: typed?.fields.get(name) ?? '', ...errorOf(typed?.problems ?? [], name) });
  return form({ action: HOLDINGS_PATH }, [
    textField({ ...field('id'), label: t.id, hint: t.idHint, maxLength: 63, spellcheck: false }),
    textField({ ...field('title'), label: t.titleField, maxLength: 200 }),
    textField({ ...field('keyProperty'), label: t.keyProperty, hint: t.keyHint, required: false, maxLength: 200, spellcheck: false }),
    accessField(lang, typed?.fields.get('access') ?? 'open'),
    buttonRow(button({ label: t.make })),
  ]);
}

function accessField(lang: Lang, value: string): Html {
  const t = holdingFormTexts(lang);
  const options = [
    { value: 'open', label: t.open },
    { value: 'internal', label: t.internal },
  ];
  return radioGroup({ name: 'access', lang, label: t.access, value, options, inline: true });
}

/** The form of everything that is told of a collection. */
export function describeForm(lang: Lang, id: string, known: Description, problems: readonly FieldProblem[]): Html {
  const t = holdingFormTexts(lang);
  const text = (name: keyof Description, label: string, hint?: string, required = false): Html =>
    textField({
      name,
      lang,
      label,
      required,
      value: name === 'keywords' ? known.keywords.join(', ') : known[name],
      ...(hint === undefined ? {} : { hint }),
      ...errorOf(problems, name),
    });
  return form({ action: `${HOLDINGS_PATH}/${id}/beschreiben` }, [
    text('title', t.titleField, undefined, true),
    textArea({ name: 'description', lang, label: t.description, required: false, value: known.description, ...errorOf(problems, 'description') }),
    text('owner', t.owner),
    text('contact', t.contact),
    text('licence', t.licence, t.licenceHint),
    text('attribution', t.attribution),
    text('source', t.source),
    text('keywords', t.keywords, t.keywordsHint),
    selectField({
      name: 'renewedEvery',
      lang,
      label: t.renewedEvery,
      required: false,
      empty: true,
      value: known.renewedEvery,
      options: periods(lang, known.renewedEvery),
      ...errorOf(problems, 'renewedEvery'),
    }),
    text('dataAsOf', t.dataAsOf, t.dataAsOfHint),
    text('quality', t.quality),
    text('keyProperty', t.keyProperty, t.keyHint),
    accessField(lang, known.access),
    buttonRow(button({ label: t.save })),
  ]);
}

/** The usual ones; another that is kept stays to be chosen. */
function periods(lang: Lang, kept: string): readonly { readonly value: string; readonly label: string }[] {
  const t = holdingFormTexts(lang);
  const usual = [
    ['PT1H', t.hourly],
    ['P1D', t.daily],
    ['P1W', t.weekly],
    ['P1M', t.monthly],
    ['P3M', t.quarterly],
    ['P1Y', t.yearly],
  ] as const;
  const options = usual.map(([value, label]) => ({ value, label }));
  return kept === '' || usual.some(([value]) => value === kept) ? options : [...options, { value: kept, label: kept }];
}

export function readDescription(fields: URLSearchParams): Description {
  const texts = Object.keys(BLANK).map((name) => [name, fields.get(name) ?? ''] as const);
  return {
    ...BLANK,
    ...Object.fromEntries(texts),
    keywords: (fields.get('keywords') ?? '').split(',').filter((word) => word.trim() !== ''),
    // nothing becomes public because nobody said anything
    access: fields.get('access') === 'open' ? 'open' : 'internal',
  };
}

/** Both ways of bringing data: a file, or an address. */
export function importForms(lang: Lang, id: string, typed?: Typed): { readonly upload: Html; readonly fetch: Html } {
  const t = holdingFormTexts(lang);
  const problems = typed?.problems ?? [];
  const [ofUpload, ofFetch] = typed?.fields.has('url') === true ? [undefined, typed] : [typed, undefined];
  const start = buttonRow(button({ label: t.start }));
  return {
    upload: form({ action: `${HOLDINGS_PATH}/${id}/datei`, multipart: true }, [
      fileField({ name: 'file', lang, label: t.file, hint: t.uploadHint, maxMegabytes: MOST_IMPORT_BYTES / 1_000_000, ...errorOf(problems, 'file') }),
      wishFields(lang, ofUpload),
      start,
    ]),
    fetch: form({ action: `${HOLDINGS_PATH}/${id}/adresse` }, [
      textField({
        name: 'url',
        lang,
        label: t.url,
        hint: t.urlHint,
        type: 'url',
        value: ofFetch?.fields.get('url') ?? '',
        spellcheck: false,
        ...errorOf(problems, 'url'),
      }),
      wishFields(lang, ofFetch, 'url-'),
      start,
    ]),
  };
}

/** @param prefix two forms of one page need names of their own */
function wishFields(lang: Lang, typed: Typed | undefined, prefix = ''): Html {
  const t = holdingFormTexts(lang);
  const field = (name: string) => ({
    name: `${prefix}${name}`,
    lang,
    required: false,
    value: typed?.fields.get(`${prefix}${name}`) ?? '',
    ...errorOf(typed?.problems ?? [], name),
  });
  return html`${selectField({ ...field('format'), label: t.format, hint: t.formatHint, empty: true, options: FORMATS.map((one) => ({ value: one, label: one })) })}
${selectField({ ...field('crs'), label: t.crs, hint: t.crsHint, empty: true, options: CRS.map((one) => ({ value: one, label: one === 'CRS84' ? t.lonLat : `EPSG:${one}` })) })}
${textField({ ...field('layer'), label: t.layer, maxLength: 200 })}
${textField({ ...field('origin'), label: t.origin, hint: t.originHint, maxLength: 60 })}
${confirmField({ name: `${prefix}replace`, lang, label: t.replace, required: false, checked: typed?.fields.get(`${prefix}replace`) === 'ja' })}`;
}

/** How the file is to be read; or that the origin is none. */
export function readWish(fields: URLSearchParams, prefix = ''): OrderWish | 'wrong-origin' {
  const text = (name: string): string => (fields.get(`${prefix}${name}`) ?? '').trim();
  const format = FORMATS.find((one) => one === text('format'));
  const crs = CRS.find((one) => one === text('crs'));
  const origin = /^(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)$/.exec(text('origin'));
  if (text('origin') !== '' && origin === null) return 'wrong-origin';
  return {
    ...(format && { format }),
    ...(crs && { crs }),
    ...(text('layer') === '' ? {} : { layer: text('layer').slice(0, 200) }),
    ...(origin === null ? {} : { origin: [Number(origin[1]), Number(origin[2])] as const }),
    ...(text('replace') === 'ja' ? { replace: true } : {}),
  };
}
