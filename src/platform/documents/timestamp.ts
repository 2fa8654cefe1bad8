import { createHash, randomBytes } from 'node:crypto';
import { fromBER, Integer, OctetString } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq, TimeStampResp, TSTInfo } from 'pkijs';
import { bytesUpTo } from '../../kernel/bytes.ts';
import type { Timestamper } from './cms-sign.ts';
import { CmsError, verifyCms } from './cms-verify.ts';
import { assertDer, children, readDer } from './der.ts';
import { DIGESTS, OID } from './oids.ts';
import { followChain, type TrustAnchor } from './trust.ts';

/** The time-stamping authority does not answer, or answers wrongly. Sealing is tried again later. */
export class TimestampError extends Error {}

export interface TimestampOptions {
  readonly url: string;
  /** Without anchors of use `timestamp` the answer's certificate is taken as it comes. */
  readonly anchors: readonly TrustAnchor[];
  readonly timeoutMilliseconds?: number;
}

const MAX_ANSWER = 64 * 1024;

/** Asks a time-stamping authority over HTTP (RFC 3161, 3.4) and verifies what it answers. */
export function timestampFrom({ url, anchors, timeoutMilliseconds = 10_000 }: TimestampOptions): Timestamper {
  return async (signature) => {
    const nonce = Buffer.concat([Buffer.of(0x40 | (randomBytes(1)[0]! >> 2)), randomBytes(15)]);
    const answer = await ask(url, request(signature, nonce), timeoutMilliseconds);
    const token = tokenOf(answer);
    let stamp: Timestamp;
    try {
      stamp = verifyTimestamp(token, signature);
    } catch (cause) {
      throw new TimestampError(`Der Zeitstempel von ${new URL(url).host} ist falsch: ${(cause as Error).message}`, { cause });
    }
    if (stamp.nonce === undefined || !stamp.nonce.equals(nonce)) throw new TimestampError('Der Zeitstempel gehört zu einer anderen Anfrage (Nonce).');
    if (anchors.some((anchor) => anchor.use === 'timestamp')) {
      const chain = followChain(stamp.cms.signer, stamp.cms.others, anchors, 'timestamp', stamp.at);
      if (!chain.trusted) throw new TimestampError(`Dem Zeitstempeldienst wird nicht vertraut. ${chain.reason}`);
    }
    return token;
  };
}

export interface Timestamp {
  readonly at: Temporal.Instant;
  readonly cms: ReturnType<typeof verifyCms>;
  readonly nonce?: Buffer;
}

/** Verifies a token over `stamped`: signature, kind of content, imprint. Throws; says nothing on trust. */
export function verifyTimestamp(token: Buffer, stamped: Uint8Array): Timestamp {
  const cms = verifyCms(token, { contentType: OID.tstInfo });
  assertDer(cms.content!);
  const info = new TSTInfo({ schema: fromBER(new Uint8Array(cms.content!)).result });
  const digest = DIGESTS[info.messageImprint.hashAlgorithm.algorithmId];
  const imprint = Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView);
  if (digest === undefined || !imprint.equals(createHash(digest).update(stamped).digest())) {
    throw new CmsError('Der Zeitstempel gehört zu einem anderen Siegel.');
  }
  const nonce = info.nonce === undefined ? undefined : Buffer.from(info.nonce.valueBlock.valueHexView);
  return { at: Temporal.Instant.fromEpochMilliseconds(info.genTime.getTime()), cms, ...(nonce && { nonce }) };
}

function request(signature: Buffer, nonce: Buffer): Buffer {
  const imprint = new MessageImprint({
    hashAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256 }),
    hashedMessage: new OctetString({ valueHex: new Uint8Array(createHash('sha256').update(signature).digest()).buffer }),
  });
  const ask_ = new TimeStampReq({ version: 1, messageImprint: imprint, nonce: new Integer({ valueHex: new Uint8Array(nonce).buffer }), certReq: true });
  return Buffer.from(ask_.toSchema().toBER(false));
}

async function ask(url: string, body: Buffer, timeoutMilliseconds: number): Promise<Buffer> {
  const host = new URL(url).host;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (!response.ok) throw new TimestampError(`Der Zeitstempeldienst ${host} antwortet mit Status ${response.status}.`);
    return await bounded(response, host);
  } catch (cause) {
    if (cause instanceof TimestampError) throw cause;
    throw new TimestampError(`Der Zeitstempeldienst ${host} antwortet nicht.`, { cause });
  }
}

async function bounded(response: Response, host: string): Promise<Buffer> {
  const bytes = await bytesUpTo(response.body, MAX_ANSWER);
  if (bytes === undefined) throw new TimestampError(`Der Zeitstempeldienst ${host} antwortet mit zu vielen Daten.`);
  return bytes;
}

/** The token out of a `TimeStampResp`, byte for byte. */
function tokenOf(answer: Buffer): Buffer {
  try {
    assertDer(answer);
    const response = new TimeStampResp({ schema: fromBER(new Uint8Array(answer)).result });
    // 0 granted, 1 granted with changes (RFC 3161, 2.4.2).
    if (response.status.status > 1) throw new TimestampError(`Der Zeitstempeldienst lehnt ab (Status ${response.status.status}).`);
    const [, token] = children(readDer(answer));
    if (token === undefined) throw new Error('no token');
    return Buffer.from(token.whole);
  } catch (cause) {
    if (cause instanceof TimestampError) throw cause;
    throw new TimestampError('Die Antwort des Zeitstempeldienstes lässt sich nicht lesen.', { cause });
  }
}
