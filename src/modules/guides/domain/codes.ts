import { createHmac, randomInt } from 'node:crypto';

/** No vowels, so that no words come about; no signs that look alike. */
const SIGNS = 'BCDFGHJKMNPQRSTVWXZ23456789';

/** A code that is read out or typed in, e.g. `BKWZ-7F3H`. @param groups of four signs each */
export function drawCode(groups: number): string {
  const group = (): string => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]!).join('');
  return Array.from({ length: groups }, group).join('-');
}

/**
 * The code of a help, from its id and the city's secret: its owner can look at it again while it waits, and nothing more of
 * it is kept than its hash.
 */
export function helpCode(id: string, secret: string): string {
  const bytes = createHmac('sha256', secret).update(`guides help code ${id}`).digest();
  // four bytes a sign: no sign comes noticeably oftener than another
  const signs = Array.from({ length: 8 }, (_, index) => SIGNS[bytes.readUInt32BE(index * 4) % SIGNS.length]!).join('');
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}

/** Signs of a code as somebody typed them: without what only stands between, and in capitals. */
export const codeSigns = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 40);

/** What is kept of a code. Short codes could be tried out against a plain hash: it needs the city's secret. */
export const codeHash = (typed: string, secret: string): string =>
  createHmac('sha256', secret)
    .update(`guides ${codeSigns(typed)}`)
    .digest('hex');
