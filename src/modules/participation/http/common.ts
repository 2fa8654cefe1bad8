import type { Visit } from '../../../platform/http/route.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatBytes, formatDate, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { FileRef, PeriodStep } from '../domain/events.ts';
import { publicTexts } from './public-texts.ts';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;

/** What others add to the pages for everybody; this module does not know them. */
export interface Beside {
  /** Another part of the list of what one can take part in. */
  readonly list?: (lang: Lang, when: 'running' | 'past' | 'all') => Promise<Html | undefined>;
  /** What else belongs to a public display. */
  readonly ofDisplay?: (displayId: string, lang: Lang) => Promise<Html | undefined>;
}

/** Staff that may open the officers' pages; whether the case is theirs, the use case asks. */
export const OFFICERS = ['sachbearbeitung', 'leitung', 'revision'] as const;

export const longDay = (lang: Lang, day: string): string => formatDate(lang, Temporal.PlainDate.from(day));
export const shortDay = (lang: Lang, day: string): string => formatShortDate(lang, Temporal.PlainDate.from(day));

/** Text as somebody typed it, in its paragraphs. */
export const paragraphs = (text: string): Html => html`${text.split(/\r?\n\s*\r?\n/).map((part) => html`<p class="kern-body k-typed">${part}</p>`)}`;

/** Files to open, with their size. */
export function documentList(files: readonly FileRef[], hrefOf: (file: FileRef) => string, lang: Lang): Html {
  return html`<ul class="kern-list k-documents">${files.map(
    (file) => html`<li><a class="kern-link" href="${hrefOf(file)}">${file.fileName}</a> <span class="k-muted">${formatBytes(lang, file.sizeBytes)}</span></li>`,
  )}</ul>`;
}

/** How a deadline was computed, step by step with its paragraph. */
export function stepsPart(steps: readonly PeriodStep[], lang: Lang): Html {
  const t = publicTexts(lang);
  const table = dataTable(
    [
      { label: t.step, rowHeader: true, cell: (step: PeriodStep) => step.text },
      { label: t.paragraph, cell: (step) => step.paragraph },
      { label: t.day, cell: (step) => shortDay(lang, step.date) },
    ],
    steps,
    { caption: t.computed, captionHidden: true, lang },
  );
  return accordion(t.computed, table);
}
