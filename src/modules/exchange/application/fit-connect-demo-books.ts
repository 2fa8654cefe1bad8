import { randomUUID } from 'node:crypto';
import { ok } from '../../../kernel/result.ts';
import type { Clock } from '../../../kernel/time.ts';
import { authenticationTag, segmentsOf } from '../domain/fit-connect-compact.ts';
import { eventOf, mayWrite, sameTags, stateAfter, type AuthenticationTags, type FitConnectEvent, type FitConnectState } from '../domain/fit-connect-events.ts';
import { publicHalf, type FitConnectJwk, type PrivateJwk } from '../domain/fit-connect-jwk.ts';
import type { ReplyChannel } from '../domain/fit-connect-metadata.ts';
import { replyStandard, type ReplyEvent } from '../domain/fit-connect-reply.ts';
import type { SubscriberKeys } from './fit-connect-context.ts';
import { signSet, verifySet } from './fit-connect-set.ts';

/** The payload schema that the delivery service names today. */
const SCHEMA = 'https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json';

/** A Zustellpunkt of the demo. */
export interface DemoDestination {
  readonly destinationId: string;
  /** Public keys: one to encrypt for it, one to check its events. */
  readonly keys: readonly FitConnectJwk[];
  readonly encryptionKid: string;
  readonly services: readonly { readonly identifier: string; readonly schemaUris: readonly string[] }[];
  /** Standards in which it answers through FIT-Connect; none: it does not. */
  readonly replyStandards: readonly string[];
}

interface Envelope {
  readonly submissionId: string;
  readonly caseId: string;
  readonly destinationId: string;
  readonly service: { readonly identifier: string; readonly name: string };
  readonly announced: readonly string[];
  readonly attachments: Map<string, string>;
  encryptedMetadata?: string;
  encryptedData?: string;
  state: FitConnectState;
  tags?: AuthenticationTags;
  readonly log: string[];
}

/** A letter on its way back to the online service. */
interface DemoReply {
  readonly replyId: string;
  readonly caseId: string;
  readonly announced: readonly string[];
  readonly attachments: Map<string, string>;
  encryptedMetadata?: string;
  encryptedData?: string;
}

/** What the demo answers to a step: done, or the status of its refusal. */
export type DemoVerdict = 'done' | 404 | 409 | 422;

/** Unfinished and finished envelopes at most; the oldest go first. */
const MAX_ENVELOPES = 500;

/**
 * The demo delivery service's memory: what the real one keeps in its database, forgotten at a restart.
 * It checks what the real one checks: shape of a JWE, announced attachments, signature, author, state
 * and tags of an event.
 */
export class DemoDeliveryBooks {
  readonly issuer: string;
  readonly #key: PrivateJwk;
  readonly #clock: Clock;
  readonly #destinations: ReadonlyMap<string, DemoDestination>;
  readonly #envelopes = new Map<string, Envelope>();
  readonly #replies = new Map<string, DemoReply>();
  readonly #jtis = new Set<string>();

  constructor(options: { readonly issuer: string; readonly key: PrivateJwk; readonly clock: Clock; readonly destinations: readonly DemoDestination[] }) {
    this.issuer = options.issuer;
    this.#key = options.key;
    this.#clock = options.clock;
    this.#destinations = new Map(options.destinations.map((one) => [one.destinationId, one]));
  }

  keys(): readonly FitConnectJwk[] {
    return [publicHalf(this.#key)];
  }

  destination(id: string): DemoDestination | undefined {
    return this.#destinations.get(id);
  }

  async announce(destinationId: string, announced: readonly string[], service: Envelope['service']): Promise<Envelope | undefined> {
    const offered = this.#destinations.get(destinationId)?.services.some(({ identifier }) => identifier === service.identifier);
    if (offered !== true || new Set(announced).size !== announced.length) return undefined;
    const ids = { submissionId: randomUUID(), caseId: randomUUID(), destinationId };
    const envelope: Envelope = { ...ids, service, announced, attachments: new Map(), state: 'incomplete', log: [] };
    envelope.log.push(await this.#event(envelope, 'create-submission'));
    this.#envelopes.set(envelope.submissionId, envelope);
    if (this.#envelopes.size > MAX_ENVELOPES) this.#envelopes.delete(this.#envelopes.keys().next().value!);
    return envelope;
  }

  upload(submissionId: string, attachmentId: string, jwe: string): DemoVerdict {
    const envelope = this.#envelopes.get(submissionId);
    if (envelope === undefined || !envelope.announced.includes(attachmentId)) return 404;
    if (envelope.state !== 'incomplete') return 409;
    if (segmentsOf(jwe, 5) === undefined) return 422;
    envelope.attachments.set(attachmentId, jwe);
    return 'done';
  }

  async submit(submissionId: string, encryptedMetadata: string, encryptedData: string): Promise<DemoVerdict> {
    const envelope = this.#envelopes.get(submissionId);
    if (envelope === undefined) return 404;
    if (envelope.state !== 'incomplete') return 409;
    const whole = envelope.announced.every((id) => envelope.attachments.has(id));
    if (!whole || segmentsOf(encryptedMetadata, 5) === undefined || segmentsOf(encryptedData, 5) === undefined) return 422;
    const attachments = Object.fromEntries([...envelope.attachments].map(([id, jwe]) => [id, authenticationTag(jwe)]));
    Object.assign(envelope, { encryptedMetadata, encryptedData, state: 'submitted' });
    envelope.tags = { metadata: authenticationTag(encryptedMetadata), data: authenticationTag(encryptedData), attachments };
    envelope.log.push(await this.#event(envelope, 'submit-submission', envelope.tags));
    return 'done';
  }

  /** What waits to be fetched, oldest first. */
  waiting(destinationId: string): readonly Envelope[] {
    return [...this.#envelopes.values()].filter((one) => one.destinationId === destinationId && isOpen(one));
  }

  /** A submission as its destination may fetch it: until it is answered. */
  open(submissionId: string): Envelope | undefined {
    const envelope = this.#envelopes.get(submissionId);
    return envelope !== undefined && isOpen(envelope) ? envelope : undefined;
  }

  log(caseId: string): { readonly destinationId: string; readonly events: readonly string[] } | undefined {
    const envelope = this.#ofCase(caseId);
    return envelope === undefined ? undefined : { destinationId: envelope.destinationId, events: envelope.log };
  }

  /** Takes an event of the destination, when it is what it claims to be. */
  async postEvent(caseId: string, token: string): Promise<DemoVerdict> {
    const envelope = this.#ofCase(caseId);
    const destination = envelope === undefined ? undefined : this.#destinations.get(envelope.destinationId);
    if (envelope === undefined || destination === undefined) return 404;
    const verified = await verifySet(token, {
      authorOf: (issuer) => (issuer === destination.destinationId ? 'subscriber' : undefined),
      keyOf: async (_, kid) => ok(destination.keys.find((key) => key.kid === kid)),
    });
    if (!verified.ok || 'refusal' in verified.value) return 422;
    const { claims } = verified.value;
    const event = eventOf(claims.eventUri);
    if (claims.transaction !== `case:${caseId}` || claims.subject !== `submission:${envelope.submissionId}`) return 422;
    if (event === undefined || !mayWrite('subscriber', event) || claims.schema !== SCHEMA) return 422;
    if (claims.tags === undefined || envelope.tags === undefined || !sameTags(claims.tags, envelope.tags)) return 422;
    const state = stateAfter(envelope.state, event);
    if (state === undefined || this.#jtis.has(claims.jti)) return 409;
    this.#jtis.add(claims.jti);
    envelope.state = state;
    envelope.log.push(token);
    // contents are deleted once they are answered
    if (!isOpen(envelope)) {
      envelope.attachments.clear();
      delete envelope.encryptedMetadata;
      delete envelope.encryptedData;
    }
    return 'done';
  }

  /** Only about a submission that has arrived. */
  async announceReply(caseId: string, announced: readonly string[]): Promise<DemoReply | undefined> {
    const envelope = this.#ofCase(caseId);
    if (envelope === undefined || envelope.state === 'incomplete' || new Set(announced).size !== announced.length) return undefined;
    const reply: DemoReply = { replyId: randomUUID(), caseId, announced, attachments: new Map() };
    this.#replies.set(reply.replyId, reply);
    if (this.#replies.size > MAX_ENVELOPES) this.#replies.delete(this.#replies.keys().next().value!);
    envelope.log.push(await this.#event(envelope, 'create-reply', undefined, reply.replyId));
    return reply;
  }

  uploadReply(replyId: string, attachmentId: string, jwe: string): DemoVerdict {
    const reply = this.#replies.get(replyId);
    if (reply === undefined || !reply.announced.includes(attachmentId)) return 404;
    if (reply.encryptedMetadata !== undefined) return 409;
    if (segmentsOf(jwe, 5) === undefined) return 422;
    reply.attachments.set(attachmentId, jwe);
    return 'done';
  }

  async submitReply(replyId: string, encryptedMetadata: string, encryptedData: string): Promise<DemoVerdict> {
    const reply = this.#replies.get(replyId);
    const envelope = reply === undefined ? undefined : this.#ofCase(reply.caseId);
    if (reply === undefined || envelope === undefined) return 404;
    if (reply.encryptedMetadata !== undefined) return 409;
    const whole = reply.announced.every((id) => reply.attachments.has(id));
    if (!whole || segmentsOf(encryptedMetadata, 5) === undefined || segmentsOf(encryptedData, 5) === undefined) return 422;
    Object.assign(reply, { encryptedMetadata, encryptedData });
    const attachments = Object.fromEntries([...reply.attachments].map(([id, jwe]) => [id, authenticationTag(jwe)]));
    const tags = { metadata: authenticationTag(encryptedMetadata), data: authenticationTag(encryptedData), attachments };
    envelope.log.push(await this.#event(envelope, 'submit-reply', tags, replyId));
    return 'done';
  }

  /** What waits for the online service, oldest first. */
  waitingReplies(): readonly DemoReply[] {
    return [...this.#replies.values()].filter(({ encryptedMetadata }) => encryptedMetadata !== undefined);
  }

  #ofCase(caseId: string): Envelope | undefined {
    return this.#envelopes.values().find((one) => one.caseId === caseId);
  }

  #event({ submissionId, caseId }: Envelope, event: FitConnectEvent | ReplyEvent, tags?: AuthenticationTags, replyId?: string): Promise<string> {
    const set = { schema: SCHEMA, jti: randomUUID(), issuer: this.issuer, issuedAt: this.#clock(), submissionId, caseId, event };
    return signSet({ ...set, ...(tags === undefined ? {} : { tags }), ...(replyId === undefined ? {} : { replyId }) }, this.#key);
  }
}

const isOpen = ({ state }: Envelope): boolean => state === 'submitted' || state === 'forwarded';

/** The demo city's own Zustellpunkt; invented, the same in every demo. */
export const DEMO_DESTINATION_ID = '0190a000-0000-4000-8000-00000000f17c';

/** The destination of the demo city, with the public halves of its keys. */
export function demoDestination(
  { decryption: [decrypts], signature }: SubscriberKeys,
  { services, replyStandards }: Pick<DemoDestination, 'services' | 'replyStandards'>,
): DemoDestination {
  if (decrypts === undefined) throw new Error('a destination needs a key to decrypt');
  return { destinationId: DEMO_DESTINATION_ID, keys: [publicHalf(decrypts), publicHalf(signature)], encryptionKid: decrypts.kid, services, replyStandards };
}

/** How the demo's online service asks to be answered: with a key of its own, by the standard that the destination offers. */
export const demoReplyChannel = (key: PrivateJwk, publicUrl: string): ReplyChannel => ({
  fitConnect: { encryptionPublicKey: { ...publicHalf(key) }, processStandards: [replyStandard(publicUrl)] },
});
