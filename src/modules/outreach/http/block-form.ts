import type { Problem } from '../../../kernel/problem.ts';
import type { Upload } from '../../../platform/http/route.ts';
import { dateField, readDateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { hiddenField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ServiceView } from '../application/context.ts';
import { BLOCKS, OFFERED } from '../application/offered.ts';
import type { Block, BlockKind, WordName, Words } from '../domain/blocks.ts';
import { CAMPAIGNS } from './frame.ts';
import { DRAWING_WORDS, KIND_WORDS, LANGUAGE_WORDS, pageTexts, WORD_WORDS } from './page-texts.ts';

export const PAGES = `${CAMPAIGNS}/seite`;
const LONG: readonly WordName[] = ['text', 'lines', 'answer'];

/** A block as its form posted it. */
export function readBlock(fields: URLSearchParams, id: string, kind: BlockKind): Block {
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const words = Object.fromEntries(
    BLOCKS.parts[kind].words.map((name): [WordName, Words] => [name, { de: get(`${name}.de`), en: get(`${name}.en`), leicht: get(`${name}.leicht`) }]),
  );
  const plain = Object.fromEntries(BLOCKS.parts[kind].plain.map((name) => [name, name === 'date' ? readDateField(fields, name) : get(name)]));
  return { id, kind, words, ...plain };
}

/** A block as its form writes it. */
export function blockFields(block: Block): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, words] of Object.entries(block.words)) for (const lang of BLOCKS.languages) fields.set(`${name}.${lang}`, words[lang]);
  for (const name of BLOCKS.parts[block.kind].plain) fields.set(name, block[name] ?? '');
  return fields;
}

interface Shown {
  readonly slug: string;
  readonly version: number;
  readonly block: { readonly id: string; readonly kind: BlockKind };
  readonly fields: URLSearchParams;
  readonly services: readonly ServiceView[];
  readonly problem?: Problem | undefined;
}

/** The page with the form of one block. */
export function blockFormPage(view: PageView, { slug, version, block, fields, services, problem }: Shown): Html {
  const { lang } = view;
  const t = pageTexts(lang);
  const problems = problem?.fields ?? [];
  const title = KIND_WORDS[block.kind][lang];
  const parts = BLOCKS.parts[block.kind];
  const error = (name: string) => errorOf(problems, name);
  const inner = html`${hiddenField('version', fields.get('version') ?? String(version))}${hiddenField('kind', block.kind)}
${parts.plain.map((name) => plainField(name, fields, services, error(name), lang))}
${parts.words.map((name) => wordFields(name, fields, error, lang))}
${buttonRow(button({ label: t.save }))}`;
  const action = `${PAGES}/${slug}/baustein/${block.id}`;
  const main = html`${problem === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? problem.detail : undefined)}${pageTitle(title)}
${form({ action, multipart: block.kind === 'image' }, inner)}`;
  return page(view, { title, main, hasErrors: problem !== undefined, breadcrumb: [{ label: `/d/${slug}`, href: `${PAGES}/${slug}` }, { label: title }] });
}

function wordFields(name: WordName, fields: URLSearchParams, error: (name: string) => { readonly error?: string }, lang: Lang): Html {
  const t = pageTexts(lang);
  const one = (language: 'de' | 'en' | 'leicht'): Html => {
    const field = `${name}.${language}`;
    const common = { name: field, lang, label: `${WORD_WORDS[name][lang]} (${LANGUAGE_WORDS[language]})`, value: fields.get(field) ?? '', ...error(field) };
    if (!LONG.includes(name)) return textField({ ...common, maxLength: BLOCKS.limits[name] });
    return textArea({ ...common, rows: 5, maxLength: BLOCKS.limits[name], ...(name === 'lines' ? { hint: t.linesHint } : {}) });
  };
  return html`${BLOCKS.languages.map(one)}`;
}

function plainField(
  name: 'service' | 'source' | 'date' | 'picture',
  fields: URLSearchParams,
  services: readonly ServiceView[],
  error: { readonly error?: string },
  lang: Lang,
): Html {
  const t = pageTexts(lang);
  const value = fields.get(name) ?? '';
  const common = { name, lang, value, ...error };
  switch (name) {
    case 'service':
      return selectField({ ...common, label: t.service, empty: true, options: services.map((one) => ({ value: one.key, label: one.name[lang] })) });
    case 'source':
      return textField({ ...common, label: t.source });
    case 'date':
      return dateField({ ...common, label: t.date });
    case 'picture':
      return pictureFields(value, common, lang);
  }
}

function pictureFields(value: string, common: { readonly name: string; readonly lang: Lang; readonly value: string }, lang: Lang): Html {
  const t = pageTexts(lang);
  const drawings = OFFERED.drawings.map((one) => ({ value: one as string, label: DRAWING_WORDS[one][lang] }));
  const own = /^[0-9a-f]{64}$/.test(value) ? [{ value, label: `${t.own} ${value.slice(0, 8)}` }] : [];
  return html`${selectField({ ...common, label: t.picture, hint: t.pictureHint, empty: true, options: [...drawings, ...own] })}
${fileField({ name: 'file', lang, label: t.upload, hint: t.uploadHint, required: false, maxMegabytes: 2, accept: ['image/jpeg', 'image/png'] })}`;
}

/** The file of a form, when somebody chose one. */
export const chosenFile = (files: readonly Upload[]): Upload | undefined =>
  files.find(({ fileName, bytes, tooLarge }) => fileName !== '' || bytes.byteLength > 0 || tooLarge);
