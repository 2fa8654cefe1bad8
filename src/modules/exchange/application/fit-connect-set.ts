import { createPrivateKey, createPublicKey } from 'node:crypto';
import { CompactSign, compactVerify } from 'jose';
import { ok, type Result } from '../../../kernel/result.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { jsonOf, segmentsOf, sha256 } from '../domain/fit-connect-compact.ts';
import { EVENT_BASE, readClaims, type AuthenticationTags, type Author, type FitConnectEvent, type RejectProblem } from '../domain/fit-connect-events.ts';
import { readPublicJwk, type PrivateJwk } from '../domain/fit-connect-jwk.ts';
import type { ReplyEvent } from '../domain/fit-connect-reply.ts';
import type { LogToken, SetRefusal } from '../domain/fit-connect-log.ts';

const ALG = 'PS512';
const TYPE = 'secevent+jwt';
/** A reject event with 200 problems stays below it. */
const MAX_TOKEN_LENGTH = 512 * 1024;

export interface NewSet {
  /** URI of the payload's schema; absent: none is named. */
  readonly schema?: string;
  readonly jti: string;
  /** The destination's id, or the URL of a delivery service. */
  readonly issuer: string;
  readonly issuedAt: Temporal.Instant;
  readonly submissionId: string;
  readonly caseId: string;
  /** Named by events of a reply: then it is what the event is about. */
  readonly replyId?: string;
  readonly event: FitConnectEvent | ReplyEvent;
  readonly tags?: AuthenticationTags;
  readonly problems?: readonly RejectProblem[];
}

/** Signs an event as Security Event Token (RFC 8417) with PS512. */
export function signSet(set: NewSet, { kid, kty, n, e, d, p, q, dp, dq, qi }: PrivateJwk): Promise<string> {
  const payload = {
    ...(set.schema === undefined ? {} : { $schema: set.schema }),
    jti: set.jti,
    iss: set.issuer,
    iat: Math.floor(set.issuedAt.epochMilliseconds / 1000),
    sub: set.replyId === undefined ? `submission:${set.submissionId}` : `reply:${set.replyId}`,
    txn: `case:${set.caseId}`,
    events: {
      [EVENT_BASE + set.event]: {
        ...(set.tags === undefined ? {} : { authenticationTags: set.tags }),
        ...(set.problems === undefined ? {} : { problems: set.problems }),
      },
    },
  };
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: ALG, typ: TYPE, kid })
    .sign(createPrivateKey({ key: { kty, n, e, d, p, q, dp, dq, qi }, format: 'jwk' }));
}

/** Who may sign in this log, and with which keys. */
export interface Signers {
  /** `undefined`: nobody of that name has anything to say here. */
  readonly authorOf: (issuer: string) => Author | undefined;
  /** The signer's key of that id, unread; `undefined`: there is none. Only an unreachable house is a problem. */
  readonly keyOf: (author: Author, kid: string) => Promise<Result<unknown, CommonProblem>>;
}

/**
 * Checks one token: form, algorithm, type, issuer, key and signature. Nothing in the token chooses how
 * it is checked: algorithm and type are ours, the key comes from its issuer's list.
 * @returns the token with what it says, or with the reason it is not believed; a problem only when a key could not be asked for
 */
export async function verifySet(token: string, signers: Signers): Promise<Result<LogToken, CommonProblem>> {
  const tokenSha256 = sha256(token);
  const no = (refusal: SetRefusal) => ok({ tokenSha256, refusal });
  const segments = token.length > MAX_TOKEN_LENGTH ? undefined : segmentsOf(token, 3);
  const header = jsonOf(segments?.[0]);
  const payload = jsonOf(segments?.[1]);
  if (segments === undefined || header === undefined) return no('malformed');
  const { alg, typ, kid, crit } = header;
  if (alg !== ALG || crit !== undefined) return no('wrong-algorithm');
  if (typ !== TYPE) return no('wrong-type');
  if (segments[2] === '') return no('unsigned');
  if (payload === undefined || typeof kid !== 'string' || kid.length > 64) return no('malformed');
  const author = typeof payload['iss'] === 'string' ? signers.authorOf(payload['iss']) : undefined;
  if (author === undefined) return no('unknown-issuer');
  const given = await signers.keyOf(author, kid);
  if (!given.ok) return given;
  const key = readPublicJwk(given.value, 'signature', kid);
  if (key === undefined) return no('unknown-key');
  try {
    await compactVerify(token, createPublicKey({ key: { kty: key.kty, n: key.n, e: key.e }, format: 'jwk' }), { algorithms: [ALG] });
  } catch {
    return no('bad-signature');
  }
  const claims = readClaims(payload);
  return claims === undefined ? no('malformed') : ok({ tokenSha256, author, claims });
}
