import { ECDH } from 'node:crypto';

/** Push services of the browsers, by the end of their host's name. */
const KNOWN = ['fcm.googleapis.com', 'push.services.mozilla.com', 'notify.windows.com', 'push.apple.com'];

/** What a browser hands over (`PushSubscription.toJSON()`). */
export interface PushAddress {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** How far an endpoint can be believed before a name is resolved. */
export function judgeEndpoint(endpoint: string): 'known' | 'ask' | 'refused' {
  const url = endpoint.length > 1000 ? null : URL.parse(endpoint);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '' || url.hash !== '') return 'refused';
  const host = url.hostname;
  return KNOWN.some((name) => host === name || host.endsWith(`.${name}`)) ? 'known' : 'ask';
}

/** Whether the keys have the form of RFC 8291: a point of P-256 without compression, and 16 bytes. */
export function keysAreWhole({ p256dh, auth }: Pick<PushAddress, 'p256dh' | 'auth'>): boolean {
  const [point, secret] = [Buffer.from(p256dh, 'base64url'), Buffer.from(auth, 'base64url')];
  return point.length === 65 && point[0] === 4 && secret.length === 16 && isOnCurve(point);
}

function isOnCurve(point: Buffer): boolean {
  try {
    ECDH.convertKey(point, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}
