import { classes } from './attributes.ts';
import { html, type Html, type Lang } from './html.ts';
import { icon, type IconName } from './icons.ts';
import { shellTexts } from './texts.ts';

export type Kind = 'info' | 'success' | 'warning' | 'danger';

const paragraphs = (body: string | Html | undefined): Html | undefined =>
  body === undefined ? undefined : typeof body === 'string' ? html`<p class="kern-body">${body}</p>` : html`${body}`;

/** A message in the flow of the page. `live` reads it aloud when it appears after loading. */
export function alert(kind: Kind, title: string, body?: string | Html, options: { readonly live?: boolean; readonly id?: string } = {}): Html {
  const role = options.live !== true ? '' : kind === 'danger' || kind === 'warning' ? 'alert' : 'status';
  const inner = html`<div class="kern-alert__header">${icon(kind, { size: 'large' })}<strong class="kern-title">${title}</strong></div>${body === undefined ? undefined : html`<div class="kern-alert__body">${paragraphs(body)}</div>`}`;
  const frame = `kern-alert kern-alert--${kind}`;
  if (role === '') return html`<div class="${frame}">${inner}</div>`;
  return html`<div class="${frame}" role="${role}">${inner}</div>`;
}

export interface Card {
  readonly title: string;
  /** Makes the whole card lead there. */
  readonly href?: string;
  /** A short line above the title, e.g. the file number. */
  readonly preline?: string;
  readonly body?: string | Html;
  readonly footer?: Html;
  readonly badge?: Html;
  readonly icon?: IconName;
  /** Level of the title's heading; absent means 3. */
  readonly level?: 2 | 3 | 4;
}

export function card(options: Card): Html {
  const title =
    options.href === undefined ? html`${options.title}` : html`<a class="kern-link kern-link--stretched" href="${options.href}">${options.title}</a>`;
  const heading =
    options.level === 2
      ? html`<h2 class="kern-title">${title}</h2>`
      : options.level === 4
        ? html`<h4 class="kern-title">${title}</h4>`
        : html`<h3 class="kern-title">${title}</h3>`;
  return html`<article class="${classes('kern-card k-card', options.href !== undefined && 'kern-card--interactive')}"><div class="kern-card__container">
    <header class="kern-card__header">${options.icon === undefined ? undefined : html`<span class="k-card__icon">${icon(options.icon)}</span>`}${options.preline === undefined ? undefined : html`<p class="kern-preline">${options.preline}</p>`}${heading}${options.badge}</header>
    ${options.body === undefined ? undefined : html`<div class="kern-card__body">${paragraphs(options.body)}</div>`}
    ${options.footer === undefined ? undefined : html`<footer class="kern-card__footer">${options.footer}</footer>`}
  </div></article>`;
}

/** Cards side by side where there is room. */
export const cardGrid = (...cards: readonly (Html | readonly Html[])[]): Html => html`<div class="k-cards">${cards}</div>`;

/** A state in a word: colour, icon and text say the same. `neutral` is for states that need nothing. */
export function badge(kind: Kind | 'neutral', label: string, options: { readonly icon?: IconName } = {}): Html {
  const name = options.icon ?? (kind === 'neutral' ? 'ring' : kind);
  return html`<span class="kern-badge kern-badge--small ${kind === 'neutral' ? 'k-badge--neutral' : `kern-badge--${kind}`}">${icon(name, { size: 'small' })}<span class="kern-label">${label}</span></span>`;
}

export type Light = 'green' | 'yellow' | 'red' | 'paused' | 'none';

/**
 * The traffic light of a deadline. Each state has its own shape, and its word is always written;
 * `text` says the rest, e.g. `in 3 Tagen`.
 */
export function trafficLight(light: Light, lang: Lang, text?: string): Html {
  const t = shellTexts(lang);
  const looks: Readonly<Record<Light, { icon: IconName; word: string }>> = {
    green: { icon: 'success', word: t.lightGreen },
    yellow: { icon: 'clock', word: t.lightYellow },
    red: { icon: 'danger', word: t.lightRed },
    paused: { icon: 'pause', word: t.lightPaused },
    none: { icon: 'minus', word: t.lightNone },
  };
  const look = looks[light];
  return html`<span class="k-light k-light--${light}">${icon(look.icon, { size: 'small' })}<span>${look.word}${text === undefined ? undefined : html` <span class="k-light__text">${text}</span>`}</span></span>`;
}

/** Something that is not there yet, with the next step. */
export function emptyState(options: { readonly title: string; readonly body?: string | Html; readonly action?: Html; readonly icon?: IconName }): Html {
  return html`<div class="k-empty">${icon(options.icon ?? 'draft', { size: 'large' })}<p class="k-empty__title">${options.title}</p>${paragraphs(options.body)}${options.action}</div>`;
}

/** A mark on things that are not real, with the sentence that says so. */
export const demoMark = (label: string): Html => html`<span class="k-demo-mark">${label}</span>`;
