import { z } from 'zod';

/** Where the names of events and problems live. */
export const EVENT_BASE = 'https://schema.fitko.de/fit-connect/events/';

/** The events of a submission, without their base. */
export const EVENTS = [
  'create-submission',
  'submit-submission',
  'notify-submission',
  'forward-submission',
  'accept-submission',
  'reject-submission',
  'delete-submission',
] as const;
export type FitConnectEvent = (typeof EVENTS)[number];

/** Where a submission stands by the event log. */
export type FitConnectState = 'incomplete' | 'submitted' | 'forwarded' | 'accepted' | 'rejected' | 'deleted';

/** Who signs an event: the delivery service, or the administration that receives. A sender writes none about a submission. */
export type Author = 'delivery-service' | 'subscriber';

const AUTHORS: Readonly<Record<FitConnectEvent, readonly Author[]>> = {
  'create-submission': ['delivery-service'],
  'submit-submission': ['delivery-service'],
  'notify-submission': ['delivery-service'],
  'forward-submission': ['subscriber'],
  'accept-submission': ['subscriber'],
  // the delivery service rejects what nobody fetched for 14 days
  'reject-submission': ['subscriber', 'delivery-service'],
  'delete-submission': ['delivery-service'],
};

/** What a state may become; an event that stands nowhere here changes nothing. */
const TRANSITIONS: Readonly<Record<FitConnectState | 'none', Partial<Record<FitConnectEvent, FitConnectState>>>> = {
  none: { 'create-submission': 'incomplete' },
  incomplete: { 'submit-submission': 'submitted', 'delete-submission': 'deleted' },
  submitted: {
    'notify-submission': 'submitted',
    'forward-submission': 'forwarded',
    'accept-submission': 'accepted',
    'reject-submission': 'rejected',
    'delete-submission': 'deleted',
  },
  forwarded: {
    'notify-submission': 'forwarded',
    'forward-submission': 'forwarded',
    'accept-submission': 'accepted',
    'reject-submission': 'rejected',
    'delete-submission': 'deleted',
  },
  // the notice may be written after the answer
  accepted: { 'notify-submission': 'accepted', 'delete-submission': 'deleted' },
  rejected: { 'notify-submission': 'rejected', 'delete-submission': 'deleted' },
  deleted: {},
};

/** Whether this author may write this event. */
export const mayWrite = (author: Author, event: FitConnectEvent): boolean => AUTHORS[event].includes(author);

/** The state after the event; `undefined` when the event may not follow here. */
export const stateAfter = (state: FitConnectState | undefined, event: FitConnectEvent): FitConnectState | undefined => TRANSITIONS[state ?? 'none'][event];

const tag = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const tagsSchema = z.object({ metadata: tag, data: tag.optional(), attachments: z.record(z.uuid(), tag).optional() });

/** The authentication tags of a submission's JWEs: metadata, data, and each attachment by its id. */
export type AuthenticationTags = z.output<typeof tagsSchema>;

const problemSchema = z.object({
  type: z.string().max(500),
  title: z.string().max(1000).optional(),
  detail: z.string().max(5000).optional(),
  instance: z.string().max(500).optional(),
});

/** A problem in a `reject-submission` event (RFC 7807 in form). */
export type RejectProblem = z.output<typeof problemSchema>;

/** URI of the schema that a SET payload follows, e.g. `…/set-payload/1.2.2/set-payload.schema.json`. */
export const SET_SCHEMA = /^https:\/\/schema\.fitko\.de\/fit-connect\/set-payload\/\d+\.\d+\.\d+\/set-payload\.schema\.json$/;

const payloadSchema = z.object({ authenticationTags: tagsSchema.optional(), problems: z.array(problemSchema).max(200).optional() });
const claimsSchema = z.object({
  $schema: z.string().regex(SET_SCHEMA).optional(),
  // one spelling of an id, or the same token could come back in capitals
  jti: z.uuid().transform((id) => id.toLowerCase()),
  iss: z.string().min(1).max(500),
  iat: z.number().int().positive(),
  sub: z.string().max(100),
  txn: z.string().max(100),
  events: z.record(z.string().max(500), z.unknown()),
});

/** What a Security Event Token says (RFC 8417), read and checked in form. */
export interface SetClaims {
  readonly schema?: string;
  readonly jti: string;
  readonly issuer: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** `submission:<uuid>`, or another subject of the case such as `reply:<uuid>`. */
  readonly subject: string;
  /** `case:<uuid>` */
  readonly transaction: string;
  /** URI of the event. */
  readonly eventUri: string;
  readonly tags?: AuthenticationTags;
  readonly problems: readonly RejectProblem[];
}

/** Reads the payload of a SET; `undefined` when it is not one as FIT-Connect defines it: exactly one event. */
export function readClaims(payload: unknown): SetClaims | undefined {
  const read = claimsSchema.safeParse(payload);
  const [event, ...others] = Object.entries(read.data?.events ?? {});
  if (!read.success || event === undefined || others.length > 0) return undefined;
  const content = payloadSchema.safeParse(event[1]);
  if (!content.success) return undefined;
  const { $schema, jti, iss, iat, sub, txn } = read.data;
  const { authenticationTags, problems = [] } = content.data;
  return {
    ...($schema === undefined ? {} : { schema: $schema }),
    jti,
    issuer: iss,
    issuedAt: iat,
    subject: sub,
    transaction: txn,
    eventUri: event[0],
    ...(authenticationTags === undefined ? {} : { tags: authenticationTags }),
    problems,
  };
}

/** The event that a URI names; `undefined` for one of another kind. */
export const eventOf = (uri: string): FitConnectEvent | undefined => EVENTS.find((name) => EVENT_BASE + name === uri);

/** Whether both name the same parts with the same tags. */
export function sameTags(a: AuthenticationTags, b: AuthenticationTags): boolean {
  const [left, right] = [a.attachments ?? {}, b.attachments ?? {}];
  const ids = Object.keys(left);
  return (
    a.metadata === b.metadata &&
    a.data === b.data &&
    ids.length === Object.keys(right).length &&
    ids.every((id) => Object.hasOwn(right, id) && left[id] === right[id])
  );
}
