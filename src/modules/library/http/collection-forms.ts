import type { FieldProblem } from '../../../kernel/problem.ts';
import { button, buttonRow, errorOf, form } from '../../../platform/ui/form-frame.ts';
import { checkboxGroup, confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { CollectionWish } from '../application/collections.ts';
import type { NamedStaff } from '../application/context.ts';
import { MAX_FILE_MEGABYTES, MAX_PAGES } from '../application/read-text.ts';
import { COLLECTIONS } from './frame.ts';
import { libraryTexts } from './texts.ts';

/** What was typed and what was wrong with it. */
export interface Typed {
  readonly fields: URLSearchParams;
  readonly problems: readonly FieldProblem[];
}

export const ACCEPTED = ['.pdf', '.docx', '.odt', '.html', '.htm', '.eml', '.csv', '.txt', '.png', '.jpg', '.jpeg'] as const;

export interface SharingChoices {
  readonly colleagues: readonly NamedStaff[];
  readonly authorities: readonly { readonly id: string; readonly name: string }[];
}

/** A form's words about a collection. */
export function readWish(fields: URLSearchParams): CollectionWish {
  const readers = fields.get('readers');
  const editors = fields.getAll('editors');
  const named = fields.getAll('members').filter((id) => !editors.includes(id));
  return {
    title: fields.get('title') ?? '',
    description: fields.get('description') ?? '',
    readers: readers === 'authority' || readers === 'staff' ? readers : 'named',
    authority: fields.get('authority') ?? undefined,
    members: [...editors.map((staffId) => ({ staffId, role: 'editor' as const })), ...named.map((staffId) => ({ staffId, role: 'reader' as const }))],
  };
}

export function wishForm(lang: Lang, action: string, label: string, { colleagues, authorities }: SharingChoices, { fields, problems }: Typed): Html {
  const t = libraryTexts(lang);
  const value = (name: string): string => fields.get(name) ?? '';
  const people = colleagues.map(({ staffId, name }) => ({ value: staffId, label: name }));
  const named = (name: 'members' | 'editors', words: string): Html =>
    checkboxGroup({ name, lang, label: `${t.members}: ${words}`, required: false, values: fields.getAll(name), options: people, ...errorOf(problems, name) });
  return form({ action }, [
    textField({ name: 'title', lang, label: t.name, value: value('title'), ...errorOf(problems, 'title') }),
    textArea({ name: 'description', lang, label: t.description, required: false, value: value('description'), ...errorOf(problems, 'description') }),
    radioGroup({
      name: 'readers',
      lang,
      label: t.readers,
      value: value('readers') || 'named',
      options: (['named', 'authority', 'staff'] as const).map((one) => ({ value: one, label: t[one] })),
    }),
    selectField({
      name: 'authority',
      lang,
      label: t.whichAuthority,
      required: false,
      empty: true,
      value: value('authority'),
      options: authorities.map(({ id, name }) => ({ value: id, label: name })),
      ...errorOf(problems, 'authority'),
    }),
    people.length === 0 ? html`<p class="kern-body">${t.noColleagues}</p>` : html`${named('members', t.onlyReaders)}${named('editors', t.editors)}`,
    buttonRow(button({ label })),
  ]);
}

export function uploadForm(lang: Lang, collection: string, problems: Typed['problems']): Html {
  const t = libraryTexts(lang);
  return form({ action: `${COLLECTIONS}/${collection}/dokumente`, multipart: true }, [
    fileField({
      name: 'file',
      lang,
      label: t.files,
      hint: `${t.filesHint} ${t.pageLimit(MAX_PAGES.toLocaleString('de-DE'))}`,
      accept: ACCEPTED,
      multiple: true,
      maxMegabytes: MAX_FILE_MEGABYTES,
      ...errorOf(problems, 'file'),
    }),
    confirmField({ name: 'personal', lang, label: t.personal, required: false }),
    buttonRow(button({ label: t.send })),
  ]);
}
