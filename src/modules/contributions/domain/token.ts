import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const keyed = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('base64url');

/** The cookie of a supporter without an account: random bits and our signature, so that nobody makes up thousands offline. */
export function supporterCookie(secret: string, random: string = randomBytes(16).toString('base64url')): string {
  return `${random}.${keyed(secret, `supporter-cookie\n${random}`)}`;
}

/** Whether we made this cookie. */
export function isOurCookie(secret: string, cookie: string | undefined): cookie is string {
  const match = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/.exec(cookie ?? '');
  if (match === null) return false;
  const wanted = Buffer.from(keyed(secret, `supporter-cookie\n${match[1]!}`));
  return timingSafeEqual(wanted, Buffer.from(match[2]!));
}

/**
 * What is kept of a supporter: one person has one in a participation and another one in the next, so that
 * the rows of two of them cannot be joined, and nobody without the city's secret can tell who it is.
 * @param who account, or the cookie
 */
export const supporterKey = (secret: string, participationId: string, who: string): string => keyed(secret, `supporter\n${participationId}\n${who}`);
