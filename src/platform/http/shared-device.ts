import type { Problem } from '../../kernel/problem.ts';
import { DEVICE_PATH, PROVIDER_SIGN_OUT_PATH, SETTINGS_PATH } from '../ui/view.ts';
import type { AnyRoute, Cookie, Visit } from './route.ts';
import { SESSION_COOKIE } from './session-cookie.ts';

/** Tells a device that strangers use one after another; it stays when a visit ends. */
export const DEVICE_COOKIE = 'kontor_geraet';

/** Names the visit for which the browser was cleaned: what it keeps is of that one. It goes with the visit. */
export const VISIT_COOKIE = 'kontor_besuch';

/** Where a request comes from that has a device's cookie. */
export interface SharedDevice {
  readonly name: string;
  /** The visit for which it is open; absent: it is closed. */
  readonly visitId?: string;
  /** It was opened for this visit, and its browser still has what the one before left: closed until it is cleaned. */
  readonly opening?: string;
  /** It was taken out of use; its browser still says that it is one. */
  readonly removed?: true;
}

/** Which shared device a cookie belongs to; made by the identity module. @param usedIn the visit that the request keeps awake */
export type FindSharedDevice = (token: string, now: Temporal.Instant, usedIn: string | undefined) => Promise<SharedDevice | undefined>;

/** Looking whether it is still open is no use: a page that nobody reads does it, too. */
const NO_USE: ReadonlySet<string> = new Set([DEVICE_PATH, '/api/device']);
export const isUse = (method: string, path: string): boolean => !(/^(GET|HEAD)$/.test(method) && NO_USE.has(path));

/** The device as this browser may use it: a visit begins where the browser was cleaned for it. */
export function inBrowser(device: SharedDevice | undefined, cookies: Readonly<Record<string, string>>): SharedDevice | undefined {
  if (device?.visitId === undefined || cookies[VISIT_COOKIE] === device.visitId) return device;
  const { visitId: opening, ...closed } = device;
  return { ...closed, opening };
}

/** All that a closed device still answers. */
const WHEN_CLOSED: ReadonlySet<string> = new Set([
  DEVICE_PATH,
  `${DEVICE_PATH}/fertig`,
  SETTINGS_PATH,
  PROVIDER_SIGN_OUT_PATH,
  '/api/device',
  '/api/device/visit',
]);

const CLOSED: Problem = {
  kind: 'not-allowed',
  detail: `Dieses gemeinsame Gerät ist zu. Bitten Sie eine Digitallotsin oder einen Digitallotsen, es zu öffnen: ${DEVICE_PATH}.`,
};
const OWN_DEVICE: Problem = {
  kind: 'not-allowed',
  detail: 'An einem gemeinsamen Gerät geht das nicht: Andere könnten es nach Ihnen benutzen. Machen Sie das an einem Gerät, das Ihnen allein gehört.',
};

/** Why a shared device may not call this route: it is closed, or what it does would stay behind in the browser. */
export function refusedAtDevice(route: AnyRoute, { sharedDevice }: Pick<Visit, 'sharedDevice'>): Problem | undefined {
  if (sharedDevice === undefined) return undefined;
  if (isClosed({ sharedDevice }) && !WHEN_CLOSED.has(route.path)) return CLOSED;
  return 'ownDeviceOnly' in route && route.ownDeviceOnly === true ? OWN_DEVICE : undefined;
}

export const isClosed = ({ sharedDevice }: { readonly sharedDevice?: SharedDevice | undefined }): boolean =>
  sharedDevice !== undefined && sharedDevice.visitId === undefined;

/** Every cookie of a visit at a shared device, deleted; the device stays known. */
export const forgottenCookies = (cookies: Readonly<Record<string, string>>): readonly Cookie[] =>
  Object.keys(cookies)
    .filter((name) => name.startsWith('kontor_') && name !== DEVICE_COOKIE)
    .map((name) => ({ name, value: '' }));

/** Once a device is closed, what its browser has kept goes with each page: also when nobody said that they were done. */
export const closedHeaders = (visit: Pick<Visit, 'sharedDevice'>): Readonly<Record<string, string>> =>
  isClosed(visit) ? { 'clear-site-data': '"cache", "storage"' } : {};

/** A page of a shared device: its browser keeps and offers nothing that somebody typed. Texts of people are escaped, so only our own markup fits. */
export const pageOfDevice = (page: string, { sharedDevice }: Pick<Visit, 'sharedDevice'>): string =>
  sharedDevice === undefined ? page : page.replaceAll(/ autocomplete="[^"]*"/g, '').replaceAll('<form ', '<form autocomplete="off" ');

/** The cookies of a visit that a closed device still has. What was chosen on the closed page itself, as the language, is of nobody before. */
export const leftByVisit = (visit: Pick<Visit, 'sharedDevice' | 'cookies'>): readonly Cookie[] =>
  isClosed(visit) && (VISIT_COOKIE in visit.cookies || SESSION_COOKIE in visit.cookies) ? forgottenCookies(visit.cookies) : [];

/** Where setting up leads: who did it is still signed in at the identity provider, and a form may not lead there by itself (CSP). */
export const SET_UP_PATH = `${DEVICE_PATH}?anbieter=1`;

/** A device keeps its cookie for a year after it was last on its own page. */
const KEPT_SECONDS = 365 * 24 * 3600;

/** What goes with each page of the device itself: it stays one, and a visit begins in a clean browser. */
export const ownCookies = ({ sharedDevice, cookies }: Pick<Visit, 'sharedDevice' | 'cookies'>): readonly Cookie[] => [
  ...(sharedDevice === undefined ? [] : [{ name: DEVICE_COOKIE, value: cookies[DEVICE_COOKIE]!, maxAgeSeconds: KEPT_SECONDS }]),
  ...(sharedDevice?.opening === undefined ? [] : [{ name: VISIT_COOKIE, value: sharedDevice.opening, maxAgeSeconds: KEPT_SECONDS }]),
];

/** What a browser gets that becomes a shared device: its own secret, and nothing of whoever set it up. */
export const deviceCookies = (token: string, cookies: Readonly<Record<string, string>>): readonly Cookie[] => [
  ...forgottenCookies(cookies),
  { name: DEVICE_COOKIE, value: token, maxAgeSeconds: KEPT_SECONDS },
];
