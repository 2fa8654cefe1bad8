import { assetUrl } from '../http/assets.ts';
import { classes } from './attributes.ts';
import { formatInstant } from './formats.ts';
import { html, htmlLang, raw, type Html } from './html.ts';
import { breadcrumb, type Crumb } from './parts.ts';
import { footer, header } from './shell.ts';
import { shellTexts } from './texts.ts';
import { DEVICE_PATH, type PageView } from './view.ts';

export interface PageParts {
  readonly title: string;
  /** The page's content; it brings its own h1 (see `pageTitle`). */
  readonly main: Html | readonly Html[];
  /** Beside the content on wide screens, below it on narrow ones. */
  readonly aside?: Html;
  readonly breadcrumb?: readonly Crumb[];
  /** The HTTP status it is sent with, so that a broken page can look like one. */
  readonly status?: number;
  /** Uses the whole width: tables and maps for work. */
  readonly wide?: boolean;
  /** Uses the frame's width at reading size: start pages with cards. */
  readonly frame?: boolean;
  /** More bundles, e.g. `map`. */
  readonly scripts?: readonly string[];
  /** Web app manifest, where a page can be put on a phone's home screen. */
  readonly manifest?: string;
  /** When the figures shown were taken; absent: now. */
  readonly asOf?: Temporal.Instant;
  /** A page of problems says so in its title, so that it is heard first. */
  readonly hasErrors?: boolean;
}

/** Five minutes after it was shown the page of a shared device goes, also where no script runs; that look keeps nothing awake. Scripts ask for more time while somebody types. */
const LEAVES_BY_ITSELF = raw(`<noscript><meta http-equiv="refresh" content="305;url=${DEVICE_PATH}"></noscript>\n`);

/** The whole document around a page. */
export function page(view: PageView, parts: PageParts): Html {
  const t = shellTexts(view.lang);
  const theme = view.theme === 'auto' ? '' : raw(view.theme === 'night' ? ' data-kern-theme="dark" data-light="red"' : ` data-kern-theme="${view.theme}"`);
  const layout = classes(
    'k-main',
    parts.wide === true && 'k-main--wide',
    parts.frame === true && 'k-main--frame',
    parts.aside !== undefined && 'k-main--aside',
  );
  const status = parts.status !== undefined && parts.status >= 400 ? raw(' k-page--broken') : '';
  return html`<!doctype html>
<html lang="${htmlLang(view.lang)}" data-lang="${view.lang}"${theme}${view.sharedDevice === undefined ? '' : raw(' data-shared')}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${view.theme === 'auto' ? 'light dark' : view.theme === 'night' ? 'dark' : view.theme}">
${view.sharedDevice === 'open' ? LEAVES_BY_ITSELF : undefined}<title>${parts.hasErrors === true ? `${t.error}: ` : ''}${parts.title} – Kontor</title>
${stylesheet('main.css')}${(parts.scripts ?? []).map((name) => stylesheet(`${name}.css`))}
${script('main')}${(parts.scripts ?? []).map(script)}
${favicon()}${parts.manifest === undefined ? undefined : html`<link rel="manifest" href="${parts.manifest}" crossorigin="use-credentials">`}
</head>
<body class="k-page${status}">
<a class="k-skip" href="#inhalt">${t.skip}</a>
${header(view)}
${view.band}
<div class="${layout}">
${parts.breadcrumb === undefined ? undefined : breadcrumb(parts.breadcrumb, view.lang)}
<main id="inhalt" tabindex="-1" class="k-content">${parts.main}<p class="k-freshness">${t.freshness(formatInstant(view.lang, parts.asOf ?? view.now))}</p></main>
${parts.aside === undefined ? undefined : html`<aside class="k-aside">${parts.aside}</aside>`}
</div>
${view.sharedDevice === 'closed' ? undefined : footer(view)}
</body>
</html>`;
}

function favicon(): Html | undefined {
  const url = assetUrl('icon.svg');
  return url === undefined ? undefined : html`<link rel="icon" href="${url}" type="image/svg+xml">`;
}

function stylesheet(name: string): Html | undefined {
  const url = assetUrl(name);
  return url === undefined ? undefined : html`<link rel="stylesheet" href="${url}">`;
}

function script(name: string): Html | undefined {
  const url = assetUrl(name);
  return url === undefined ? undefined : html`<script type="module" src="${url}"></script>`;
}

/** The heading of a page, with a line above and a sentence below where it helps. */
export function pageTitle(title: string, options: { readonly preline?: string; readonly lead?: string | Html; readonly badge?: Html } = {}): Html {
  return html`<header class="k-title">${options.preline === undefined ? undefined : html`<p class="k-title__preline">${options.preline}</p>`}<h1 class="k-title__text">${title}</h1>${options.badge}${options.lead === undefined ? undefined : html`<p class="k-lead">${options.lead}</p>`}</header>`;
}
