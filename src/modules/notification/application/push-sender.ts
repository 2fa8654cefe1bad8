import { createECDH, hkdfSync, type ECDH } from 'node:crypto';
import { request } from 'node:https';
import webPush from 'web-push';
import type { Outbound } from '../../../platform/outbound/port.ts';
import { judgeEndpoint, keysAreWhole } from '../domain/push-endpoint.ts';
import type { Outcome, PushSender } from './context.ts';
import { outcomeOf } from './sms-gateway.ts';

/** A push service keeps a notice for a browser that is away this long (seconds). */
const TTL_SECONDS = 24 * 3600;
const TIMEOUT_MS = 10_000;

/** An answer of a push service. */
export interface PushAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
}

/** One request to a push service. */
export type PostPush = (endpoint: string, headers: Readonly<Record<string, string>>, body: Buffer) => Promise<PushAnswer>;

/**
 * The city's key for push services (VAPID, RFC 8292), derived from its secret like the key of federation: nothing more
 * must be kept, every process has the same. A new secret makes subscriptions of before useless; browsers then subscribe anew.
 */
export function vapidKeys(secret: string): { readonly publicKey: string; readonly privateKey: string } {
  for (let round = 0; ; round += 1) {
    const seed = Buffer.from(hkdfSync('sha256', secret, '', `kontor-vapid-p256-${round}`, 32));
    const pair = pairOf(seed);
    if (pair !== undefined) return { publicKey: pair.getPublicKey().toString('base64url'), privateKey: seed.toString('base64url') };
  }
}

/** One seed in 2³² is no key of the curve: then the next one is taken. */
function pairOf(seed: Buffer): ECDH | undefined {
  const pair = createECDH('prime256v1');
  try {
    pair.setPrivateKey(seed);
    return pair;
  } catch {
    return undefined;
  }
}

/** @param contact where a push service reaches the operator, `mailto:` or `https:` */
export function pushSender(settings: { readonly secret: string; readonly contact: string; readonly outbound: Outbound; readonly post?: PostPush }): PushSender {
  const keys = vapidKeys(settings.secret);
  const post = settings.post ?? postThrough(settings.outbound);
  return {
    publicKey: keys.publicKey,
    async admits(endpoint) {
      const judged = judgeEndpoint(endpoint);
      return judged === 'known' || (judged === 'ask' && (await settings.outbound.admit(endpoint, ['https:'])).ok);
    },
    async send({ endpoint, p256dh, auth }, words, topic) {
      if (judgeEndpoint(endpoint) === 'refused') return { kind: 'gone' };
      // a key that was kept before it was checked will never do
      if (!keysAreWhole({ p256dh, auth })) return { kind: 'refused', reason: 'the key is no point of the curve' };
      const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(words), {
        vapidDetails: { subject: settings.contact, ...keys },
        TTL: TTL_SECONDS,
        contentEncoding: 'aes128gcm',
        topic,
      });
      const headers = Object.fromEntries(
        Object.entries(details.headers as Readonly<Record<string, string | number>>).map(([name, value]) => [name, String(value)]),
      );
      try {
        const { status, retryAfter } = await post(endpoint, headers, details.body);
        return [404, 410].includes(status) ? { kind: 'gone' } : outcomeOf(status, retryAfter);
      } catch (error) {
        return { kind: 'later', reason: error instanceof Error ? error.message : 'broke' } satisfies Outcome;
      }
    },
  };
}

/** Connects to the addresses that were checked and to no others, whatever the name says a moment later. */
function postThrough(outbound: Outbound): PostPush {
  return async (endpoint, headers, body) => {
    const admitted = await outbound.admit(endpoint, ['https:']);
    if (!admitted.ok) throw new Error('the push service’s address is not reachable or not public');
    const { url, lookup } = admitted.value;
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent: false, lookup, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      sent.on('response', (answer) => {
        answer.resume(); // what it says is not looked at
        resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] ?? null });
      });
      sent.on('error', () => reject(new Error('the connection to the push service broke'))).end(body);
    });
  };
}
