import { createPublicKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** RSA keys of 4096 bits at least (BSI TR-02102-1; «Vorgaben für kryptographische Verfahren»). */
const MIN_BITS = 4096;

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);
const publicSchema = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(8).max(64),
  alg: z.enum(['RSA-OAEP-256', 'PS512']),
  key_ops: z.array(z.string()),
  use: z.enum(['enc', 'sig']).optional(),
  n: base64url,
  e: z.literal('AQAB'),
  x5c: z.array(z.base64()).max(10).optional(),
});

/** A public RSA key for one purpose, as FIT-Connect wants it. */
export type FitConnectJwk = z.output<typeof publicSchema>;

const privateSchema = publicSchema.extend({ d: base64url, p: base64url, q: base64url, dp: base64url, dq: base64url, qi: base64url });
/** A key pair of ours; never leaves the process. */
export type PrivateJwk = z.output<typeof privateSchema>;

/** What a key is for, and how its two halves say so (RFC 7517 section 4.3). */
const PURPOSES = {
  encryption: { alg: 'RSA-OAEP-256', use: 'enc', publicOp: 'wrapKey', privateOp: 'unwrapKey' },
  signature: { alg: 'PS512', use: 'sig', publicOp: 'verify', privateOp: 'sign' },
} as const;
export type KeyPurpose = keyof typeof PURPOSES;

const longEnough = (jwk: { n: string }): boolean => Buffer.from(jwk.n, 'base64url').byteLength * 8 >= MIN_BITS;

/** Reads a public key for the purpose; `undefined` for one that is weak, private, or for something else. */
export function readPublicJwk(value: unknown, purpose: KeyPurpose, kid: string): FitConnectJwk | undefined {
  const read = publicSchema.safeParse(value);
  const { alg, use, publicOp } = PURPOSES[purpose];
  if (!read.success || (typeof value === 'object' && value !== null && 'd' in value)) return undefined;
  const jwk = read.data;
  const fits = jwk.kid === kid && jwk.alg === alg && (jwk.use ?? use) === use && jwk.key_ops.length === 1 && jwk.key_ops[0] === publicOp && longEnough(jwk);
  return fits ? jwk : undefined;
}

/** Reads one of our own keys; `undefined` for one that is weak or for something else. */
export function readPrivateJwk(value: unknown, purpose: KeyPurpose): PrivateJwk | undefined {
  const read = privateSchema.safeParse(value);
  const { alg, privateOp } = PURPOSES[purpose];
  return read.success && read.data.alg === alg && read.data.key_ops.includes(privateOp) && longEnough(read.data) ? read.data : undefined;
}

/** The half that others may have. */
export function publicHalf({ kid, alg, n, e, x5c }: PrivateJwk): FitConnectJwk {
  const { publicOp } = alg === 'PS512' ? PURPOSES.signature : PURPOSES.encryption;
  return { kty: 'RSA', kid, alg, key_ops: [publicOp], n, e, ...(x5c === undefined ? {} : { x5c }) };
}

export type ChainMistake = 'no-certificate' | 'unreadable' | 'other-key' | 'not-valid-now' | 'weak' | 'broken-chain' | 'unknown-root';

/**
 * Checks the certificates of a key (`x5c`, RFC 7517 section 4.7): the first holds this very key, each
 * is valid now and signed by the next, issuers are authorities, and the last is or was signed by an
 * anchor. Revocation (OCSP) is not asked here.
 * @param anchors roots in PEM, such as those of the Verwaltungs-PKI
 */
export function chainMistake(jwk: FitConnectJwk, anchors: readonly string[], now: Temporal.Instant): ChainMistake | undefined {
  if (jwk.x5c === undefined || jwk.x5c.length === 0) return 'no-certificate';
  const chain = jwk.x5c.map(certificate);
  const roots = anchors.map((pem) => new X509Certificate(pem));
  if (!chain.every((one) => one !== undefined)) return 'unreadable';
  const leaf = chain[0]!;
  if (!leaf.publicKey.equals(createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: 'jwk' }))) return 'other-key';
  if (!chain.every((one) => validAt(one, now))) return 'not-valid-now';
  if (!chain.every(isStrong)) return 'weak';
  for (const [index, one] of chain.slice(0, -1).entries()) if (!isIssuedBy(one, chain[index + 1]!)) return 'broken-chain';
  const last = chain.at(-1)!;
  return roots.some((root) => validAt(root, now) && (root.raw.equals(last.raw) || isIssuedBy(last, root))) ? undefined : 'unknown-root';
}

function certificate(base64: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

const validAt = ({ validFromDate, validToDate }: X509Certificate, now: Temporal.Instant): boolean =>
  validFromDate.getTime() <= now.epochMilliseconds && now.epochMilliseconds <= validToDate.getTime();

const isStrong = ({ publicKey }: X509Certificate): boolean =>
  publicKey.asymmetricKeyType === 'rsa' || publicKey.asymmetricKeyType === 'rsa-pss' ? (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_BITS : false;

const isIssuedBy = (one: X509Certificate, issuer: X509Certificate): boolean => issuer.ca && one.checkIssued(issuer) && one.verify(issuer.publicKey);
