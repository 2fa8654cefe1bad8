import { checkboxGroup, radioGroup } from '../../../platform/ui/form-choices.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import type { OfferedModel, OfferedSources } from '../application/choices.ts';
import type { KeptBlock } from '../domain/text-block.ts';
import { fieldOf, modelPart, sourcesPart, type Typed } from './form-parts.ts';
import { LONGEST } from './schemas.ts';
import { assistantTexts } from './texts.ts';

const FILE_MEGABYTES = 25;

/** Choices whose names are words of the catalogue. */
const named = <const Key extends string>(keys: readonly Key[], words: { readonly [Name in Key]: string }) =>
  keys.map((value) => ({ value, label: words[value] }));

export function summaryFields(typed: Typed, offered: OfferedSources, models: readonly OfferedModel[], lang: Lang): Html {
  const t = assistantTexts(lang);
  const field = fieldOf(typed, lang);
  const chosen = (name: string, standard: string): string => typed.fields.get(name) ?? standard;
  return html`${sourcesPart(typed, offered, lang, false)}
${fileField({ ...field('files'), label: t.files, hint: t.filesHint, required: false, multiple: true, maxMegabytes: FILE_MEGABYTES })}
${textArea({ ...field('text'), label: t.pasted, hint: t.pastedHint, required: false, rows: 6 })}
${radioGroup({ ...field('length'), label: t.length, value: chosen('length', 'medium'), options: named(['short', 'medium', 'long'], t) })}
${radioGroup({ ...field('style'), label: t.style, value: chosen('style', 'prose'), options: named(['prose', 'bullets'], t) })}
${modelPart(typed, models, lang)}
${
  models.length === 0
    ? ''
    : html`${selectField({ ...field('audience'), label: t.audience, hint: t.onlyModel, value: chosen('audience', 'colleagues'), options: named(['colleagues', 'leadership', 'citizens'], t) })}
${textArea({ ...field('extra'), label: t.extra, hint: t.onlyModel, required: false, rows: 3, maxLength: LONGEST.extra })}`
}`;
}

export function writingFields(typed: Typed, blocks: readonly KeptBlock[], models: readonly OfferedModel[], lang: Lang): Html {
  const t = assistantTexts(lang);
  const field = fieldOf(typed, lang);
  const chosen = (name: string, standard: string): string => typed.fields.get(name) ?? standard;
  const tones = { formal: t.formal, plain: t.plain, leicht: t.leicht };
  const picked = typed.fields.getAll('blocks');
  return html`${radioGroup({ ...field('kind'), label: t.kind, value: chosen('kind', 'letter'), options: named(['letter', 'note', 'mail', 'notice'], t) })}
${textField({ ...field('subject'), label: t.subject, required: false, maxLength: LONGEST.line })}
${textArea({ ...field('points'), label: t.points, hint: t.pointsHint, rows: 7 })}
${selectField({ ...field('salutation'), label: t.salutation, value: chosen('salutation', 'everybody'), options: named(['everybody', 'frau', 'herr', 'name', 'neutral', 'none'], t) })}
${textField({ ...field('name'), label: t.salutationName, required: false })}
${textArea({ ...field('addressee'), label: t.addressee, required: false, rows: 4 })}
${radioGroup({ ...field('tone'), label: t.tone, value: chosen('tone', 'formal'), options: named(['formal', 'plain', 'leicht'], t) })}
${accordion(
  t.chosenBlocks,
  checkboxGroup({
    name: 'blocks',
    label: t.chosenBlocks,
    lang,
    required: false,
    values: picked,
    options: blocks.map(({ key, title, tone, text }) => ({ value: key, label: `${title} (${tones[tone]})`, hint: text })),
  }),
  { open: picked.length > 0 },
)}
${textField({ ...field('fileNumber'), label: t.fileNumber, required: false, width: 'l', spellcheck: false })}
${textField({ ...field('signature'), label: t.signature, required: false })}
${modelPart(typed, models, lang)}
${models.length === 0 ? '' : textArea({ ...field('extra'), label: t.extra, hint: t.onlyModel, required: false, rows: 3, maxLength: LONGEST.extra })}`;
}

export function researchFields(typed: Typed, offered: OfferedSources, models: readonly OfferedModel[], lang: Lang): Html {
  const t = assistantTexts(lang);
  const field = fieldOf(typed, lang);
  const open = typed.fields.getAll('documents').length + typed.fields.getAll('collections').length > 0;
  return html`${textArea({ ...field('question'), label: t.question, hint: t.questionHint, rows: 3, maxLength: LONGEST.extra })}
${accordion(`${t.documents}: ${t.allDocuments}`, sourcesPart(typed, offered, lang, true), { open })}
${modelPart(typed, models, lang)}`;
}
