import type { Actor } from '../../kernel/actor.ts';
import { LANGS, type Html, type Lang } from './html.ts';

/** `night`: red light alone, for eyes that must see in the dark; offered where people work at night. */
export type Theme = 'auto' | 'light' | 'dark' | 'night';
export const THEMES: readonly Theme[] = ['auto', 'light', 'dark', 'night'];
/** The themes that every page offers. */
export const PAGE_THEMES: readonly Exclude<Theme, 'night'>[] = ['auto', 'light', 'dark'];

/** Cookies of the view; both are set by `POST /einstellungen/ansicht`. */
export const THEME_COOKIE = 'kontor_theme';
export const SETTINGS_PATH = '/einstellungen/ansicht';

/** One entry of the main menu; the app decides which there are. */
export interface NavItem {
  readonly label: string;
  readonly href: string;
  readonly count?: number;
}

/** Whom somebody acts for; the frame says it on every page. */
export interface ActingFor {
  readonly mandateId: string;
  readonly name: string;
  /** The mandate has ended meanwhile: the person acts in their own name again. */
  readonly ended: boolean;
  readonly onlyReads: boolean;
}

/** Where the button leads that ends acting for somebody. */
export const STOP_ACTING_PATH = '/vertretung/selbst';

/** Where a shared device stands between two visits, and whence it is opened and left. */
export const DEVICE_PATH = '/geraet';

/** Ends the session at the staff's identity provider. */
export const PROVIDER_SIGN_OUT_PATH = '/abmelden/anbieter';

/** What a page's frame needs to know of the visit. */
export interface PageView {
  readonly lang: Lang;
  readonly actor: Actor;
  /** Path with query of this page; language and view switches lead back to it. */
  readonly url: string;
  readonly demo: boolean;
  readonly now: Temporal.Instant;
  readonly theme: Theme;
  readonly userName?: string;
  /** Unread messages; shown at the menu entry whose `href` is `mailboxHref`, `/postfach` when absent. */
  readonly unread?: number;
  readonly acting?: ActingFor;
  /** On a device that strangers share: whether somebody's visit runs. */
  readonly sharedDevice?: 'open' | 'closed';
  /** Mark of that visit: a page of another one leaves. */
  readonly sharedVisit?: string;
  readonly nav?: readonly NavItem[];
  /** What belongs to a group of pages and stands above the content of each, e.g. the head of a Lage. */
  readonly band?: Html;
}

/** The part of a `Visit` a view is made of. */
export interface ViewSource {
  readonly lang: Lang;
  readonly actor: Actor;
  readonly url: string;
  readonly now: Temporal.Instant;
  readonly cookies?: Readonly<Record<string, string>>;
  readonly userName?: string;
  readonly unread?: number;
  readonly acting?: ActingFor;
  readonly sharedDevice?: { readonly visitId?: string };
  readonly band?: Html;
}

/** A page's view from the visit and what the app knows. */
export function viewOf(visit: ViewSource, app: { readonly demo: boolean; readonly nav?: readonly NavItem[] }): PageView {
  return {
    lang: visit.lang,
    actor: visit.actor,
    url: visit.url,
    now: visit.now,
    demo: app.demo,
    theme: themeOf(visit.cookies ?? {}),
    ...(visit.userName === undefined ? {} : { userName: visit.userName }),
    ...(visit.unread === undefined ? {} : { unread: visit.unread }),
    ...(visit.acting === undefined ? {} : { acting: visit.acting }),
    ...(visit.sharedDevice === undefined ? {} : { sharedDevice: visit.sharedDevice.visitId === undefined ? ('closed' as const) : ('open' as const) }),
    ...(visit.sharedDevice?.visitId === undefined ? {} : { sharedVisit: visit.sharedDevice.visitId }),
    ...(visit.band === undefined ? {} : { band: visit.band }),
    ...(app.nav === undefined ? {} : { nav: app.nav }),
  };
}

/** The theme a person chose; unknown values follow the device. */
export function themeOf(cookies: Readonly<Record<string, string>>): Theme {
  return THEMES.find((theme) => theme === cookies[THEME_COOKIE]) ?? 'auto';
}

/** What the form of language and view posted: only values that exist, and the path to go back to. */
export function readViewSettings(fields: URLSearchParams): { readonly lang?: Lang; readonly theme?: Theme; readonly back: string } {
  const lang = LANGS.find((one) => one === fields.get('lang'));
  const theme = THEMES.find((one) => one === fields.get('theme'));
  return { ...(lang === undefined ? {} : { lang }), ...(theme === undefined ? {} : { theme }), back: fields.get('back') ?? '/' };
}
