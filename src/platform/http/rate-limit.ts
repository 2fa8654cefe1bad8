import type { Problem } from '../../kernel/problem.ts';

/** So many at once, and so many a second in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Keys remembered at most; the ones unseen longest go first. About 10 MB when full. */
const MAX_KEYS = 50_000;

/** Token buckets by key; memory is bounded, and a forgotten key simply starts full again. */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #maxKeys: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, maxKeys = MAX_KEYS) {
    this.#rate = rate;
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** Takes one token. @returns seconds to wait, 0 when there was one. @param now milliseconds */
  take(key: string, now: number): number {
    const { burst, perSecond } = this.#rate;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.#maxKeys) this.#buckets.delete(this.#buckets.keys().next().value!);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond);
    bucket.tokens -= 1;
    return 0;
  }
}

type Rule = 'client' | 'account' | 'sign-in' | 'upload' | 'costly' | 'drawing' | 'scarce';

/** A library or a school shares one address: the rate of an address is far above that of a person. */
const RATES: Readonly<Record<Rule, Rate>> = {
  client: { burst: 400, perSecond: 50 },
  account: { burst: 120, perSecond: 15 },
  'sign-in': { burst: 20, perSecond: 0.25 },
  upload: { burst: 30, perSecond: 0.5 },
  costly: { burst: 10, perSecond: 0.2 },
  drawing: { burst: 60, perSecond: 2 },
  // a family, or a class that goes together; 36 an hour from one address
  scarce: { burst: 10, perSecond: 0.01 },
};

export interface RateLimiter {
  /** @returns the refusal and how many seconds to wait, or `undefined` when the request may pass */
  check(rule: Rule, key: string): { problem: Problem; retryAfterSeconds: number } | undefined;
}

/** @param factor multiplies every rate; 0 switches the limits off */
export function createRateLimiter(factor: number, milliseconds: () => number): RateLimiter {
  if (factor === 0) return { check: () => undefined };
  const scaled = (rate: Rate) => new TokenBuckets({ burst: Math.max(1, rate.burst * factor), perSecond: rate.perSecond * factor });
  const buckets: Record<Rule, TokenBuckets> = {
    client: scaled(RATES.client),
    account: scaled(RATES.account),
    'sign-in': scaled(RATES['sign-in']),
    upload: scaled(RATES.upload),
    costly: scaled(RATES.costly),
    drawing: scaled(RATES.drawing),
    scarce: scaled(RATES.scarce),
  };
  return {
    check(rule, key) {
      const retryAfterSeconds = buckets[rule].take(key, milliseconds());
      return retryAfterSeconds === 0 ? undefined : { problem: tooMany(retryAfterSeconds), retryAfterSeconds };
    },
  };
}

function tooMany(seconds: number): Problem {
  const wait = seconds === 1 ? 'eine Sekunde' : seconds < 120 ? `${seconds} Sekunden` : `${Math.ceil(seconds / 60)} Minuten`;
  return { kind: 'too-many', detail: `Das waren sehr viele Anfragen in kurzer Zeit. Warten Sie ${wait} und versuchen Sie es dann noch einmal.` };
}

/** An IPv6 household has a whole /64: it counts as one client. */
export function clientKey(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const full = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return full.slice(0, 4).join(':');
}
