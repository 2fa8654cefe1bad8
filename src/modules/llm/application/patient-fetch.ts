import { setTimeout as sleep } from 'node:timers/promises';

/** How often and how long a request waits while the model's server is busy. */
export interface Patience {
  readonly tries: number;
  /** Longest wait of one try. */
  readonly longestMs: number;
}

export const PATIENCE: Patience = { tries: 3, longestMs: 5000 };
const FIRST_WAIT_MS = 300;
const BUSY = new Set([429, 503]);

/**
 * `fetch` that tries again while a server says that it is busy: before the first byte of an answer, and never
 * afterwards. A longer wait than is borne is left to the person. Redirects end it: a key goes where it was meant to go.
 */
export function patientFetch({ tries, longestMs }: Patience): typeof fetch {
  return async (input, init) => {
    for (let turn = 1; ; turn += 1) {
      const response = await fetch(input, { ...init, redirect: 'error' });
      if (!BUSY.has(response.status) || turn >= tries) return response;
      const wait = secondsToWait(response.headers.get('retry-after'), Date.now());
      const waitMs = wait === undefined ? FIRST_WAIT_MS * 2 ** (turn - 1) : wait * 1000;
      if (waitMs > longestMs) return response;
      await response.body?.cancel();
      await sleep(waitMs, undefined, init?.signal === undefined || init.signal === null ? {} : { signal: init.signal });
    }
  };
}

/** `Retry-After` in seconds or as a date (RFC 9110); `undefined`: not told. */
export function secondsToWait(header: string | null | undefined, nowMs: number): number | undefined {
  if (header === null || header === undefined) return undefined;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header.trim());
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - nowMs) / 1000);
}
