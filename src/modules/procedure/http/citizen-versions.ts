import { selectField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { DocumentRule } from '../../catalogue/public.ts';
import type { CaseView } from '../application/read-case.ts';
import { ADDITIONAL, versionsOf, type Replaces } from '../domain/versions.ts';
import { citizenTexts } from './citizen-texts.ts';

/** Name of the choice beside the files of a document. */
export const replacesField = (documentId: string): string => `ersetzt.${documentId}`;

/** What the person said of the file, if they were asked. */
export function saidOf(fields: URLSearchParams, documentId: string): Replaces | undefined {
  return fields.get(replacesField(documentId)) ?? undefined;
}

/** Whether a new file replaces one that was handed in before; asked only where that is not plain. */
export function replacesChoice(document: DocumentRule, { uploads }: CaseView, lang: Lang, posted: URLSearchParams | undefined): Html {
  if (document.maxCount === 1) return html``;
  const files = versionsOf(uploads).filter((upload) => upload.slot === document.id && upload.submitted && upload.current);
  if (files.length === 0) return html``;
  const t = citizenTexts(lang);
  return selectField({
    name: replacesField(document.id),
    label: t.whatIsFile(document.label[lang]),
    hint: t.formerStays,
    lang,
    value: posted?.get(replacesField(document.id)) ?? (files.length === 1 ? files[0]!.id : ADDITIONAL),
    options: [...files.map((file) => ({ value: file.id, label: t.newVersionOf(file.fileName) })), { value: ADDITIONAL, label: t.additionalFile }],
  });
}
