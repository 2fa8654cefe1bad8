import type { Visit } from '../../../platform/http/route.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { frameTexts } from './frame-texts.ts';
import type { Lage, LageView } from '../domain/lage.ts';

/** Sets a page into the city's frame. */
export type CityFrame = (visit: Visit) => PageView;

/** Sets a page of a Lage into the city's frame, with the head of the Lage above it. */
export type LageFrame = (visit: Visit, view: LageView) => PageView;

/** One part of a Lage in its own menu. */
export interface LagePart {
  readonly path: string;
  readonly label: Readonly<Record<Lang, string>>;
}

/** The head that stands above every page of a Lage: which it is, whether it is an exercise, and where one can go. */
export function lageBand(lage: Lage, parts: readonly LagePart[], { lang, url }: Pick<PageView, 'lang' | 'url'>): Html {
  const t = frameTexts(lang);
  const base = `/lagen/${lage.key}`;
  const path = url.split('?')[0] ?? '';
  const current = parts
    .map((part) => `${base}${part.path}`)
    .filter((href) => href === path || path.startsWith(`${href}/`))
    .toSorted((a, b) => b.length - a.length)[0];
  const exercise = lage.exercise ? html`<p class="k-lage__exercise"><strong>${t.exercise}</strong> ${t.exerciseText}</p>` : '';
  const closed = lage.state === 'closed' && lage.closedAt !== null ? html`<p class="k-lage__closed">${t.closed(formatInstant(lang, lage.closedAt))}</p>` : '';
  return html`<div${attributes({ role: 'region', 'aria-label': lage.title, class: `k-lage${lage.exercise ? ' k-lage--exercise' : ''}`, 'data-lage': lage.key })}><div class="k-lage__inner">
    ${exercise}${closed}<p class="k-lage__title"><a class="kern-link" href="${base}">${lage.title}</a> <span class="k-lage__led">${t.ledBy(lage.ledBy)}</span></p>
    <nav class="k-lage__nav" aria-label="${t.nav}"><ul>${parts.map((part) => {
      const href = `${base}${part.path}`;
      return html`<li><a${attributes({ class: 'k-lage__link', href, 'aria-current': href === current ? (href === path ? 'page' : 'true') : undefined })}>${part.label[lang]}</a></li>`;
    })}</ul></nav></div></div>`;
}

/** The frame of a Lage from the city's and its parts. */
export const lageFrame =
  (city: CityFrame, parts: readonly LagePart[]): LageFrame =>
  (visit, { lage }) => {
    const view = city(visit);
    return { ...view, band: lageBand(lage, parts, view) };
  };
