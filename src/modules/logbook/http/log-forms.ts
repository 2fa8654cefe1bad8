import { LOG_KINDS, WRITTEN_KINDS } from '../../../kernel/log.ts';
import { button, buttonForm, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { logTexts } from './log-texts.ts';
import { KIND_NAMES } from './names.ts';
import { fieldOf, type Typed } from './typed.ts';

const options = (lang: Lang, kinds: readonly (keyof (typeof KIND_NAMES)['de'])[]) => kinds.map((value) => ({ value, label: KIND_NAMES[lang][value] }));

/** Writing by hand. @param id of the entry to be: sent twice it is one */
export function entryForm(base: string, id: string, typed: Typed, lang: Lang): Html {
  const t = logTexts(lang);
  const field = fieldOf(typed, lang);
  return form(
    { action: base, hidden: { id } },
    html`${selectField({ ...field('kind', 'feststellung'), label: t.kind, options: options(lang, WRITTEN_KINDS) })}
${textArea({ ...field('text'), label: t.text, rows: 4, maxLength: 10_000 })}
${textField({ ...field('eventAt'), label: t.eventAt, hint: t.eventHint, required: false, width: 'm', spellcheck: false })}
${textField({ ...field('refs'), label: t.refs, hint: t.refsHint, required: false, width: 'm', spellcheck: false })}
${buttonRow(button({ label: t.save }))}`,
  );
}

/** Correcting an entry by a further one. */
export function correctionForm(base: string, id: string, number: number, typed: Typed, lang: Lang): Html {
  const t = logTexts(lang);
  return form(
    { action: base, hidden: { id, kind: 'berichtigung', corrects: String(number) } },
    html`${textArea({ ...fieldOf(typed, lang)('text'), label: t.correctThis, hint: t.correctHint, rows: 4, maxLength: 10_000 })}${buttonRow(button({ label: t.save }))}`,
  );
}

/** What part of the book is shown. */
export function filterForm(base: string, typed: Typed, lang: Lang): Html {
  const t = logTexts(lang);
  const field = fieldOf(typed, lang);
  return form(
    { action: base, method: 'get' },
    html`${selectField({ ...field('art'), label: t.kind, required: false, empty: t.allKinds, options: options(lang, LOG_KINDS) })}
${textField({ ...field('wer'), label: t.author, required: false, maxLength: 80 })}
${textField({ ...field('von'), label: t.from, required: false, width: 'm', spellcheck: false })}
${textField({ ...field('bis'), label: t.until, required: false, width: 'm', spellcheck: false })}
${textField({ ...field('suche'), label: t.search, required: false, type: 'search', maxLength: 200 })}
${buttonRow(button({ label: t.show, kind: 'secondary' }))}`,
  );
}

export function exportForms(base: string, lang: Lang): Html {
  const t = logTexts(lang);
  const one = (label: string, value: string): Html => buttonForm(`${base}/ausgabe`, { label, kind: 'secondary', icon: 'download' }, { form: value });
  return html`<p class="kern-body">${t.exportText}</p><div class="k-buttons">${one(t.exportPdf, 'pdf')}${one(t.exportZip, 'zip')}</div>`;
}
