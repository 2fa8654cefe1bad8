import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.ts';

/** An entry of a feed: numbered without gaps, chained to the one before. */
export interface FeedEntry {
  readonly n: number;
  readonly kind: 'object' | 'ended' | 'message';
  readonly body: unknown;
  /** Lower-case hex of SHA-256 over the hash before, the number, the kind and the body as canonical JSON. */
  readonly hash: string;
}

/** The hash before the first entry of a feed: it belongs to one share. */
export const feedGenesis = (share: string): string => createHash('sha256').update(`kontor-feed\n${share}`).digest('hex');

export function entryHash(previous: string, { n, kind, body }: Omit<FeedEntry, 'hash'>): string {
  return createHash('sha256')
    .update(`${previous}\n${n}\n${kind}\n${canonicalJson(body)}`)
    .digest('hex');
}

/** Chains bodies behind the end of a feed. */
export function chained(end: { readonly n: number; readonly hash: string }, bodies: readonly Pick<FeedEntry, 'kind' | 'body'>[]): FeedEntry[] {
  let { n, hash } = end;
  return bodies.map(({ kind, body }) => {
    n += 1;
    hash = entryHash(hash, { n, kind, body });
    return { n, kind, body, hash };
  });
}

/** Why entries do not continue a feed, in plain German, or nothing. Those at or before its end are repeats and passed over. */
export function chainProblem(end: { readonly n: number; readonly hash: string }, entries: readonly FeedEntry[]): string | undefined {
  let { n, hash } = end;
  for (const entry of entries) {
    if (entry.n <= end.n) continue;
    if (entry.n !== n + 1) return `Eintrag ${n + 1} fehlt: auf ${n} folgt ${entry.n}.`;
    hash = entryHash(hash, entry);
    if (hash !== entry.hash) return `Eintrag ${entry.n} schließt nicht an: der Strom wurde verändert oder neu begonnen.`;
    n = entry.n;
  }
  return undefined;
}

/** One answer of a feed; signed as the text it is sent as. */
export interface FeedPage {
  readonly share: string;
  /** Of the request: an old answer does not fit a new question. */
  readonly nonce: string;
  readonly at: string;
  readonly lage: { readonly title: string; readonly exercise: boolean; readonly closed: boolean };
  /** Number of the last entry there is. */
  readonly head: number;
  readonly entries: readonly FeedEntry[];
}

/** What one server hands to the other so that they find and know each other; it is no secret. */
export interface PartnerCode {
  readonly url: string;
  readonly share: string;
  /** Name of the server. */
  readonly origin: string;
  readonly publicKey: string;
  readonly title: string;
  readonly exercise: boolean;
}

const CODE = 'kontor-partner-1.';

export const writeCode = (code: PartnerCode): string => CODE + Buffer.from(canonicalJson(code)).toString('base64url');

/** @returns `undefined` when the text is no code */
export function readCode(text: string): PartnerCode | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith(CODE) || trimmed.length > 4000) return undefined;
  try {
    const one = JSON.parse(Buffer.from(trimmed.slice(CODE.length), 'base64url').toString('utf8')) as Partial<Record<keyof PartnerCode, unknown>>;
    const { url, share, origin, publicKey, title, exercise } = one;
    if (typeof url !== 'string' || !/^https?:\/\/[^/]+$/.test(url)) return undefined;
    if (typeof share !== 'string' || !/^[0-9a-f-]{36}$/.test(share) || typeof publicKey !== 'string' || keyFrom(publicKey) === undefined) return undefined;
    if (typeof origin !== 'string' || !/^[a-z0-9.:-]{1,100}$/i.test(origin) || typeof title !== 'string' || typeof exercise !== 'boolean') return undefined;
    return { url, share, origin, publicKey, title: title.slice(0, 200), exercise };
  } catch {
    return undefined;
  }
}

/** First signs of the SHA-256 of a key, in groups: people compare them by telephone. */
export function fingerprint(publicKey: string): string {
  const hex = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 24);
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}

/** DER of an Ed25519 private key (RFC 8410) before its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key of this server, derived from its secret: nothing more must be kept, and every process has the same. */
export class ServerKey {
  readonly #key: KeyObject;
  /** DER of SubjectPublicKeyInfo, base64. */
  readonly publicKey: string;

  /** @param secret at least 32 characters, from the environment */
  constructor(secret: string) {
    const seed = Buffer.from(hkdfSync('sha256', secret, '', 'kontor-federation-ed25519', 32));
    this.#key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
    this.publicKey = createPublicKey(this.#key).export({ format: 'der', type: 'spki' }).toString('base64');
  }

  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#key).toString('base64');
  }
}

/** Whether `signature` is `text` signed by the owner of the key (Ed25519, RFC 8032). */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const key = keyFrom(publicKey);
  return key !== undefined && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

function keyFrom(publicKey: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** What the asking server signs: its question, and when it asked. */
export const questionText = (share: string, after: number, nonce: string, at: string): string => `kontor-feed\n${share}\n${after}\n${nonce}\n${at}`;
