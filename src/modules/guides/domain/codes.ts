import { createHmac, randomInt } from 'node:crypto';

/** No vowels, so that no words come about; no signs that look alike. */
const SIGNS = 'BCDFGHJKMNPQRSTVWXZ23456789';

/** A code that is read out or typed in, e.g. `BKWZ-7F3H`. @param groups of four signs each */
export function drawCode(groups: number): string {
  const group = (): string => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]!).join('');
  return Array.from({ length: groups }, group).join('-');
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
