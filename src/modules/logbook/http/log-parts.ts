import { tacticalTime } from '../../../kernel/tactical-time.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { ReadEntry } from '../domain/entry.ts';
import { logTexts } from './log-texts.ts';
import { functionName, KIND_NAMES } from './names.ts';

/** A moment as everybody reads it, and as staffs write it. */
export const bothTimes = (lang: Lang, at: Temporal.Instant): Html =>
  html`<time datetime="${at.toString()}">${formatInstant(lang, at)}</time> <span class="k-muted">${tacticalTime(at)}</span>`;

/** Lines as they were typed. */
export const lines = (text: string): Html => html`${text.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))}`;

/** The words of an entry; those of a corrected one struck through, with the way to what holds. */
export function entryText(base: string, { text, correctedBy, corrects }: ReadEntry, lang: Lang): Html {
  const t = logTexts(lang);
  const words = correctedBy === null ? lines(text) : html`<s>${lines(text)}</s>`;
  return html`<span lang="de">${words}</span>${corrects === null ? '' : html`<br><a class="kern-link" href="${base}/${corrects}">${t.correctsEntry(corrects)}</a>`}${
    correctedBy === null ? '' : html`<br><a class="kern-link" href="${base}/${correctedBy}">${t.correctedBy(correctedBy)}</a>`
  }`;
}

/** What an entry names, each with the way to it. @param lage address of the Lage */
export function refLinks(lage: string, refs: readonly string[], lang: Lang): Html {
  const t = logTexts(lang);
  return html`${refs.map((ref, index) => html`${index === 0 ? '' : ', '}${refLink(lage, ref, t)}`)}`;
}

function refLink(lage: string, ref: string, t: ReturnType<typeof logTexts>): Html {
  const colon = ref.indexOf(':');
  const [kind, id] = [ref.slice(0, colon), ref.slice(colon + 1)];
  if (kind === 'log') return html`<a class="kern-link" href="${lage}/tagebuch/${id}">${t.entry(Number(id))}</a>`;
  if (kind === 'message') return html`<a class="kern-link" href="${lage}/nachrichten/${id}">${t.message}</a>`;
  if (kind === 'lagebericht') return html`<a class="kern-link" href="${lage}/lageberichte/${id}">${t.report}</a>`;
  return html`${t.other} <span class="k-muted">${ref}</span>`;
}

function links(lage: string, { refs, referredBy }: ReadEntry, lang: Lang): Html {
  const t = logTexts(lang);
  return html`${refs.length === 0 ? '' : html`<br><span class="k-muted">${t.refersTo}:</span> ${refLinks(lage, refs, lang)}`}${
    referredBy.length === 0
      ? ''
      : html`<br><span class="k-muted">${t.referredBy}:</span> ${refLinks(
          lage,
          referredBy.map((number) => `log:${number}`),
          lang,
        )}`
  }`;
}

/** The book as a table: the same on the page and in print. @param lage address of the Lage */
export function logTable(lage: string, entries: readonly ReadEntry[], lang: Lang): Html {
  const t = logTexts(lang);
  const base = `${lage}/tagebuch`;
  return dataTable<ReadEntry>(
    [
      { label: t.number, rowHeader: true, cell: ({ number }) => number },
      { label: t.event, cell: ({ eventAt }) => bothTimes(lang, eventAt) },
      { label: t.kind, cell: ({ kind }) => KIND_NAMES[lang][kind] },
      { label: t.what, cell: (one) => html`${entryText(base, one, lang)}${links(lage, one, lang)}` },
      { label: t.who, cell: (one) => html`${one.author}, ${functionName(lang, one.function)}<br><span class="k-muted">${one.organisation}</span>` },
      { label: t.written, cell: ({ writtenAt }) => formatInstant(lang, writtenAt) },
    ],
    entries,
    { caption: t.title, captionHidden: true, lang, empty: t.none, dense: true, shortcuts: true, href: ({ number }) => `${base}/${number}` },
  );
}
