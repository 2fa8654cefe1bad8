import { attributes } from './attributes.ts';
import { html, type Html, type Lang } from './html.ts';
import { icon } from './icons.ts';
import { shellTexts } from './texts.ts';

/** Something to open when wanted. */
export function accordion(title: string, body: string | Html, options: { readonly open?: boolean } = {}): Html {
  const inner = typeof body === 'string' ? html`<p class="kern-body">${body}</p>` : body;
  return html`<details class="kern-accordion"${attributes({ open: options.open === true })}><summary class="kern-accordion__header"><span class="kern-title">${title}</span></summary><section class="kern-accordion__body">${inner}</section></details>`;
}

export interface Crumb {
  readonly label: string;
  /** Absent for the page one is on. */
  readonly href?: string;
}

export function breadcrumb(crumbs: readonly Crumb[], lang: Lang): Html {
  return html`<nav class="k-breadcrumb" aria-label="${shellTexts(lang).breadcrumbNav}"><ol>${crumbs.map((crumb) =>
    crumb.href === undefined
      ? html`<li><span aria-current="page">${crumb.label}</span></li>`
      : html`<li><a class="kern-link" href="${crumb.href}">${crumb.label}</a></li>`,
  )}</ol></nav>`;
}

/** Earlier and later pages of a list that is read by cursor. */
export function pagination(links: { readonly previous?: string; readonly next?: string; readonly note?: string }, lang: Lang): Html | undefined {
  if (links.previous === undefined && links.next === undefined) return undefined;
  const t = shellTexts(lang);
  return html`<nav class="k-pagination" aria-label="${t.pages}">${
    links.previous === undefined
      ? html`<span></span>`
      : html`<a class="kern-btn kern-btn--secondary" rel="prev" href="${links.previous}">${icon('chevron-left')}<span class="kern-label">${t.previous}</span></a>`
  }${links.note === undefined ? undefined : html`<span class="k-muted">${links.note}</span>`}${
    links.next === undefined
      ? html`<span></span>`
      : html`<a class="kern-btn kern-btn--secondary" rel="next" href="${links.next}"><span class="kern-label">${t.next}</span>${icon('chevron-right')}</a>`
  }</nav>`;
}

/** How far something has come. `value` and `max` in the same unit. */
export function progressBar(label: string, value: number, max: number, note?: string): Html {
  return html`<div class="kern-progress k-progress"><span class="k-progress__label"><span>${label}</span><span class="k-muted">${note ?? `${Math.round((value / max) * 100)} %`}</span></span><progress class="k-bar" max="${max}" value="${value}" aria-label="${label}">${Math.round((value / max) * 100)} %</progress></div>`;
}

/** Code or a number to take along; the button appears where the browser can copy. */
export function copyable(text: string, lang: Lang, label?: string): Html {
  return html`<kontor-copy class="k-copy" data-label="${shellTexts(lang).copy}">${label === undefined ? undefined : html`<span class="k-copy__label">${label}</span>`}<code class="k-code">${text}</code></kontor-copy>`;
}

/** Short facts side by side: what it costs, how long it takes, who decides. */
export function factList(facts: readonly { readonly label: string; readonly value: string | Html; readonly note?: string }[]): Html {
  return html`<dl class="k-facts">${facts.map((fact) => html`<div class="k-fact"><dt>${fact.label}</dt><dd>${fact.value}${fact.note === undefined ? undefined : html`<span class="k-fact__note">${fact.note}</span>`}</dd></div>`)}</dl>`;
}

/** Part of a page with its own heading. */
export function section(title: string, body: Html | readonly Html[], options: { readonly id?: string; readonly aside?: Html } = {}): Html {
  return html`<section class="k-section"${attributes({ id: options.id })}><div class="k-section__head"><h2 class="kern-heading-medium">${title}</h2>${options.aside}</div>${body}</section>`;
}

/** Reloads a part of the page when its stream says so; without JavaScript it is just the part. */
export function live(source: string, id: string, body: Html): Html {
  return html`<kontor-live data-src="${source}" data-fragment="${id}"><div id="${id}">${body}</div></kontor-live>`;
}
