import type { Problem } from '../../kernel/problem.ts';
import { DEVICE_PATH, SETTINGS_PATH } from '../ui/view.ts';
import type { AnyRoute, Cookie, Visit } from './route.ts';

/** Tells a device that strangers use one after another; it stays when a visit ends. */
export const DEVICE_COOKIE = 'kontor_geraet';

/** Where a request comes from that has a device's cookie. */
export interface SharedDevice {
  readonly name: string;
  /** Key of the place where it stands. */
  readonly place: string;
  /** The visit for which it is open; absent: it is closed. */
  readonly visitId?: string;
}

/** Which shared device a cookie belongs to; made by the identity module. */
export type FindSharedDevice = (token: string, now: Temporal.Instant) => Promise<SharedDevice | undefined>;

/** All that a closed device still answers. */
const WHEN_CLOSED: ReadonlySet<string> = new Set([DEVICE_PATH, `${DEVICE_PATH}/fertig`, SETTINGS_PATH, '/api/device', '/api/device/visit']);

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
  if (sharedDevice.visitId === undefined && !WHEN_CLOSED.has(route.path)) return CLOSED;
  return 'ownDeviceOnly' in route && route.ownDeviceOnly === true ? OWN_DEVICE : undefined;
}

export const isClosed = ({ sharedDevice }: Pick<Visit, 'sharedDevice'>): boolean => sharedDevice !== undefined && sharedDevice.visitId === undefined;

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

/** A device keeps its cookie for a year; removing it at the desk makes it worthless at once. */
const KEPT_SECONDS = 365 * 24 * 3600;

/** What a browser gets that becomes a shared device: its own secret, and nothing of whoever set it up. */
export const deviceCookies = (token: string, cookies: Readonly<Record<string, string>>): readonly Cookie[] => [
  ...forgottenCookies(cookies),
  { name: DEVICE_COOKIE, value: token, maxAgeSeconds: KEPT_SECONDS },
];
