import { attributes, classes } from './attributes.ts';
import { described, fieldFrame, fieldId, type FieldBase } from './form-field.ts';
import { button } from './form-frame.ts';
import { formatBytes } from './formats.ts';
import { html, type Html, type Lang } from './html.ts';
import { icon } from './icons.ts';
import { shellTexts } from './texts.ts';

/** A file somebody has uploaded. */
export interface FileItem {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  /** Where it can be looked at. */
  readonly previewUrl?: string;
  /** Sent instead of a removal when it may not be removed. */
  readonly note?: string;
}

export interface FileListOptions {
  readonly lang: Lang;
  /**
   * Removing: a submit button of this name with the file's id as its value. With `formaction` it
   * leads there, else it belongs to the form around it.
   */
  readonly remove?: { readonly name: string; readonly formaction?: string };
}

/** Uploaded files with picture, size, view and removal. */
export function fileList(files: readonly FileItem[], options: FileListOptions): Html {
  const t = shellTexts(options.lang);
  return html`<ul class="k-files">${files.map(
    (file) => html`<li class="k-file" data-id="${file.id}">
    ${
      file.previewUrl !== undefined && /^image\/(jpeg|png|webp)$/.test(file.mediaType)
        ? html`<img class="k-file__picture" src="${file.previewUrl}" alt="" loading="lazy" width="56" height="56">`
        : html`<span class="k-file__picture">${icon('draft')}</span>`
    }
    <div class="k-file__text"><span class="k-file__name">${file.name}</span><span class="k-file__facts">${formatBytes(options.lang, file.sizeBytes)}${file.note === undefined ? undefined : ` · ${file.note}`}</span></div>
    <div class="k-file__actions">${file.previewUrl === undefined ? undefined : html`<a class="kern-link" href="${file.previewUrl}" target="_blank" rel="noopener">${t.preview}<span class="kern-sr-only">: ${file.name}</span></a>`}
    ${options.remove === undefined ? undefined : button({ label: t.remove, kind: 'tertiary', small: true, icon: 'delete', name: options.remove.name, value: file.id, context: file.name, ...(options.remove.formaction === undefined ? {} : { formaction: options.remove.formaction }) })}</div>
  </li>`,
  )}</ul>`;
}

export interface FileField extends FieldBase {
  /** Media types, e.g. `['image/jpeg', 'application/pdf']`. */
  readonly accept?: readonly string[];
  readonly multiple?: boolean;
  readonly maxMegabytes: number;
  readonly files?: readonly FileItem[];
  /** Name of the submit button that removes a file; its value is the file's id. Absent means `remove`. */
  readonly removeName?: string;
  readonly removeAction?: string;
  /**
   * Takes one file at once while the rest is filled in: multipart POST with the file under the
   * field's name; answers `{id, name, sizeBytes, mediaType, previewUrl}` or problem+json.
   */
  readonly uploadUrl?: string;
}

const KINDS: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/heic': 'HEIC',
  'application/pdf': 'PDF',
  'text/plain': 'Text',
  '.zip': 'ZIP',
  'application/zip': 'ZIP',
  'application/xml': 'XML',
  '.xml': 'XML',
};

/** Files to hand in. Without JavaScript they travel with the form; with it at once, with progress. */
export function fileField(field: FileField): Html {
  const t = shellTexts(field.lang);
  const kinds = field.accept === undefined ? t.anyFile : [...new Set(field.accept.map((type) => KINDS[type] ?? type))].join(', ');
  const limits = t.fileHint(kinds, field.maxMegabytes);
  const hint = field.hint === undefined ? limits : html`${field.hint} ${limits}`;
  const withHint = { ...field, hint };
  const input = html`<input${attributes({
    class: classes('kern-form-input__input', field.error !== undefined && 'kern-form-input__input--error'),
    id: fieldId(field.name),
    name: field.name,
    type: 'file',
    accept: field.accept?.join(','),
    multiple: field.multiple === true,
    disabled: field.disabled,
    ...described(withHint),
  })}>`;
  const list =
    field.files === undefined || field.files.length === 0
      ? undefined
      : fileList(field.files, {
          lang: field.lang,
          remove: { name: field.removeName ?? 'remove', ...(field.removeAction === undefined ? {} : { formaction: field.removeAction }) },
        });
  if (field.uploadUrl === undefined) return fieldFrame(withHint, html`${list}${input}`);
  return fieldFrame(
    withHint,
    html`<kontor-upload${attributes({
      'data-upload-url': field.uploadUrl,
      'data-max-bytes': field.maxMegabytes * 1_000_000,
      'data-remove-name': field.removeName ?? 'remove',
      'data-remove-action': field.removeAction,
    })}>${list}${input}</kontor-upload>`,
  );
}
