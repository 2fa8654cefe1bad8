import { attributes } from './attributes.ts';
import { buttonForm, linkButton } from './form-frame.ts';
import { hiddenField } from './form.ts';
import { html, raw, type Html, type Lang } from './html.ts';
import { icon, type IconName } from './icons.ts';
import { shellTexts } from './texts.ts';
import { DEVICE_PATH, PAGE_THEMES, SETTINGS_PATH, STOP_ACTING_PATH, type NavItem, type PageView } from './view.ts';

/** A K in a square: our own mark, nobody's arms. */
const MARK = raw(
  '<svg class="k-mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false"><rect class="k-mark__field" width="40" height="40" rx="9"/><path class="k-mark__line" d="M12 9v22M28.5 9 17 20l11.5 11"/></svg>',
);

const LANG_NAMES: readonly { readonly lang: Lang; readonly name: string; readonly short: string; readonly spoken: string }[] = [
  { lang: 'de', name: 'Deutsch', short: 'DE', spoken: 'de' },
  { lang: 'en', name: 'English', short: 'EN', spoken: 'en' },
  { lang: 'leicht', name: 'Leichte Sprache', short: 'Leicht', spoken: 'de' },
];

export function header(view: PageView): Html {
  const t = shellTexts(view.lang);
  return html`${view.demo ? demoBanner(view.lang) : undefined}<header class="k-header"><div class="k-header__inner">
    <a class="k-brand" href="/">${MARK}<span class="k-brand__text"><span class="k-brand__name">Kontor</span><span class="k-brand__claim">${t.brandClaim}</span></span></a>
    <div class="k-service" role="group" aria-label="${t.serviceNav}">${languageSwitch(view)}${themeSwitch(view)}${account(view)}</div>
  </div>${view.sharedDevice === 'closed' ? undefined : mainNav(view)}</header>${deviceBanner(view)}${actingBanner(view)}`;
}

/** At a shared device: the way out stands on every page, and without input it comes by itself. */
function deviceBanner({ sharedDevice, sharedVisit, lang }: PageView): Html | undefined {
  if (sharedDevice !== 'open') return undefined;
  const t = shellTexts(lang);
  const warning = html`<div data-warning hidden><p class="k-acting__inner"><strong>${t.deviceSoon}</strong></p></div>`;
  return html`<aside class="k-acting" aria-label="${t.deviceTitle}"><kontor-device data-visit="${sharedVisit ?? ''}"><div class="k-acting__inner"><p><strong>${t.deviceTitle}.</strong> ${t.deviceIdle}</p>${buttonForm(`${DEVICE_PATH}/fertig`, { label: t.deviceDone, icon: 'logout' })}</div>${warning}</kontor-device></aside>`;
}

/** Whom the reader acts for, and the way back; it stands on every page while it lasts. */
function actingBanner({ acting, lang }: PageView): Html | undefined {
  if (acting === undefined) return undefined;
  const t = shellTexts(lang);
  const sentence = acting.ended ? t.actingEnded(acting.name) : t.actingFor(acting.name);
  return html`<aside class="k-acting" aria-label="${t.actingTitle}"><div class="k-acting__inner"><p><strong>${sentence}</strong>${acting.onlyReads ? html` ${t.actingReads}` : ''}</p>${buttonForm(STOP_ACTING_PATH, { label: acting.ended ? t.understood : t.stopActing, kind: 'secondary', small: true })}</div></aside>`;
}

function demoBanner(lang: Lang): Html {
  const t = shellTexts(lang);
  return html`<aside class="k-demo" aria-label="${t.demoTitle}"><p><strong class="k-demo__title">${t.demoTitle}</strong><span>${t.demoText}</span></p></aside>`;
}

/** A form, so that the choice outlives the page: the answer sets a cookie and leads back here. */
function languageSwitch(view: PageView): Html {
  const t = shellTexts(view.lang);
  return html`<form class="k-switch" method="post" action="${SETTINGS_PATH}"><fieldset><legend class="kern-sr-only">${t.language}</legend>${hiddenField('back', withoutLang(view.url))}${LANG_NAMES.map(
    ({ lang, name, short, spoken }) =>
      html`<button${attributes({ class: 'k-switch__button', type: 'submit', name: 'lang', value: lang, lang: spoken, 'aria-pressed': lang === view.lang ? 'true' : 'false' })}><span aria-hidden="true">${short}</span><span class="kern-sr-only">${name}</span></button>`,
  )}</fieldset></form>`;
}

/** The address without `lang`, which would win over the cookie. */
function withoutLang(url: string): string {
  const [path = '/', query = ''] = url.split('?');
  const rest = new URLSearchParams(query);
  rest.delete('lang');
  return rest.size === 0 ? path : `${path}?${rest}`;
}

function themeSwitch(view: PageView): Html {
  const t = shellTexts(view.lang);
  const looks: Readonly<Record<(typeof PAGE_THEMES)[number], { icon: IconName; word: string }>> = {
    auto: { icon: 'brightness-medium', word: t.themeAuto },
    light: { icon: 'light-mode', word: t.themeLight },
    dark: { icon: 'dark-mode', word: t.themeDark },
  };
  return html`<form class="k-switch k-switch--theme" method="post" action="${SETTINGS_PATH}"><fieldset><legend class="kern-sr-only">${t.theme}</legend>${hiddenField('back', view.url)}${PAGE_THEMES.map(
    (theme) =>
      html`<button${attributes({ class: 'k-switch__button', type: 'submit', name: 'theme', value: theme, title: looks[theme].word, 'aria-pressed': theme === view.theme ? 'true' : 'false' })}>${icon(looks[theme].icon, { size: 'small' })}<span class="kern-sr-only">${looks[theme].word}</span></button>`,
  )}</fieldset></form>`;
}

function account(view: PageView): Html {
  const t = shellTexts(view.lang);
  if (view.sharedDevice === 'closed') return html``;
  if (view.actor.kind !== 'citizen' && view.actor.kind !== 'staff' && view.actor.kind !== 'guest') {
    return html`<div class="k-account">${linkButton({ label: t.signIn, href: `/anmelden?weiter=${encodeURIComponent(view.url)}`, kind: 'secondary', small: true, icon: 'account-circle' })}</div>`;
  }
  const name =
    view.userName === undefined
      ? undefined
      : html`<span class="k-account__name">${icon('account-circle', { size: 'small' })}<span><span class="kern-sr-only">${t.signedInAs('')} </span>${view.userName}</span></span>`;
  return html`<div class="k-account">${name}${view.sharedDevice === 'open' ? undefined : buttonForm('/abmelden', { label: t.signOut, kind: 'tertiary', small: true, icon: 'logout' })}</div>`;
}

function mainNav(view: PageView): Html | undefined {
  if (view.nav === undefined || view.nav.length === 0) return undefined;
  const t = shellTexts(view.lang);
  const path = view.url.split('?')[0] ?? '/';
  const best = currentEntry(view.nav, path);
  return html`<nav class="k-nav" aria-label="${t.mainNav}"><ul>${view.nav.map((item) => {
    const count = item.count ?? 0;
    return html`<li><a${attributes({ class: 'k-nav__link', href: item.href, 'aria-current': item === best ? (item.href === path ? 'page' : 'true') : undefined })}>${item.label}${count === 0 ? undefined : html` <span class="k-count">${count}</span>`}</a></li>`;
  })}</ul></nav>`;
}

/** The entry whose address is the longest beginning of this one. */
function currentEntry(nav: readonly NavItem[], path: string): NavItem | undefined {
  const fits = nav.filter((item) => item.href === path || (item.href !== '/' && path.startsWith(`${item.href}/`)));
  return fits.toSorted((a, b) => b.href.length - a.href.length)[0];
}

/** What every page leads to at its end: only pages that every city has. Further ones have their labels in `shellTexts`. */
const FOOTER_LINKS = [
  { href: '/online-ausweis', label: 'onlineIdHelp' },
  { href: '/hilfe-vor-ort', label: 'helpOnSite' },
  { href: '/strategie', label: 'strategy' },
  { href: '/transparenz', label: 'transparency' },
  { href: '/status', label: 'caseStatus' },
  { href: '/wartezeiten', label: 'waitingTimes' },
  { href: '/fristen', label: 'deadlineCalculator' },
  { href: '/pruefen', label: 'checkNotice' },
  { href: '/barrierefreiheit', label: 'accessibility' },
  { href: '/datenschutz', label: 'privacy' },
  { href: '/impressum', label: 'imprint' },
  { href: '/api', label: 'api' },
] as const;

export function footer(view: PageView): Html {
  const t = shellTexts(view.lang);
  return html`<footer class="k-footer"><div class="k-footer__inner"><p class="k-footer__brand">${MARK}<span>${t.footerClaim}</span></p><nav aria-label="${t.footerNav}"><ul>${FOOTER_LINKS.map(({ href, label }) => html`<li><a class="k-footer__link" href="${href}">${t[label]}</a></li>`)}</ul></nav></div></footer>`;
}
