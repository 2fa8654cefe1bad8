import { z } from 'zod';
import { ANSWER_KINDS, CONSULTEE_KINDS, RESULT_KINDS, SILENCE_KINDS } from './answer-texts.ts';

const day = z.iso.date().refine((text) => Number(text.slice(0, 4)) >= 1990 && Number(text.slice(0, 4)) <= 2190, 'Das Jahr muss zwischen 1990 und 2190 liegen.');
const text = (most: number) => z.string().max(most);
const period = z.strictObject({ length: z.number().int().min(1).max(120), unit: z.enum(['days', 'weeks', 'months']) });
export const position = z.strictObject({ lon: z.number(), lat: z.number() });
const id = z.uuid();

/** What an officer may wish of rounds and consultees. */
export const wishSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('declare-none'), reason: text(2000) }),
  z.strictObject({
    action: z.literal('open-round'),
    roundId: id.optional(),
    kind: z.enum(['stellen', 'oeffentlich']),
    planId: z.string().max(100).optional(),
    title: text(200),
    request: text(10_000),
    legalBasis: text(200).optional(),
    period: period.optional(),
    startsOn: day.optional(),
    noticedOn: day.optional(),
    place: position.optional(),
    showPlace: z.boolean().optional(),
    repeat: z.strictObject({ of: id, changes: text(10_000), limited: z.boolean(), dueOn: day.optional(), shortenedBecause: text(2000).optional() }).optional(),
  }),
  z.strictObject({ action: z.literal('ask-planned'), roundId: id, planIds: z.array(z.string()).max(100) }),
  z.strictObject({
    action: z.literal('ask'),
    roundId: id,
    kind: z.enum(CONSULTEE_KINDS),
    name: text(200),
    email: text(254).optional(),
    period,
    legalBasis: text(200),
    silence: z.enum(SILENCE_KINDS),
  }),
  z.strictObject({ action: z.literal('show-documents'), roundId: id, documentIds: z.array(z.string()).max(100) }),
  z.strictObject({ action: z.enum(['remind', 'renew-link', 'revoke-link']), consultationId: id }),
  z.strictObject({ action: z.literal('extend'), consultationId: id, dueOn: day, reason: text(2000) }),
  z.strictObject({ action: z.literal('withdraw'), consultationId: id, reason: text(2000) }),
  z.strictObject({ action: z.literal('close-round'), roundId: id }),
]);

/** What an officer may do with a statement. */
export const statementCommandSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.enum(['release', 'publish', 'unpublish', 'reply']) }),
  z.strictObject({ action: z.literal('anonymise'), text: text(10_000), confirmed: z.boolean().default(false), placesShown: z.boolean().default(true) }),
  z.strictObject({
    action: z.literal('weigh'),
    result: z.enum(RESULT_KINDS),
    reasons: text(10_000),
    reply: text(10_000),
    mayBeDisregarded: z.boolean().optional(),
  }),
]);

/** What came on paper. */
export const paperSchema = z.strictObject({
  to: z.union([z.strictObject({ consultationId: id, answer: z.enum(ANSWER_KINDS) }), z.strictObject({ roundId: id })]),
  receivedOn: day,
  text: text(10_001).default(''),
  conditions: z.array(text(2000)).max(20).default([]),
  author: z.strictObject({ name: z.string().optional(), address: z.string().optional(), email: z.string().optional() }).default({}),
  places: z.array(position).max(5).default([]),
});

/** A statement of the public. */
export const publicStatementSchema = z.strictObject({
  text: z.string(),
  author: z.strictObject({ name: z.string().optional(), address: z.string().optional(), email: z.string().optional() }).default({}),
  places: z.array(position).max(5).default([]),
  receipt: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'Nehmen Sie 32 zufällige Bytes in base64url, also 43 Zeichen.')
    .optional()
    .describe('Eigenes Geheimnis: zweimal gesendet ist es eine Stellungnahme, und es öffnet ihre Quittung. Fehlt es, macht die Stadt eines.'),
  linkAccount: z.boolean().default(false),
});

const file = z.object({ id: z.string(), fileName: z.string(), mediaType: z.string(), sizeBytes: z.number(), sha256: z.string() });
const step = z.object({ text: z.string(), paragraph: z.string(), date: z.string() });

export const roundView = z.object({
  id: z.string(),
  kind: z.enum(['stellen', 'oeffentlich']),
  title: z.string(),
  request: z.string(),
  legalBasis: z.string(),
  startsOn: z.string(),
  dueOn: z.string(),
  noticedOn: z.string().nullable(),
  status: z.enum(['open', 'due', 'closed']),
  steps: z.array(step),
  repeatOf: z.string().nullable(),
  changes: z.string().nullable(),
  shortenedBecause: z.string().nullable(),
  limited: z.boolean(),
  place: position.nullable(),
  documents: z.array(file),
});

export const consultationView = z.object({
  id: z.string(),
  roundId: z.string(),
  kind: z.enum(CONSULTEE_KINDS),
  name: z.string(),
  email: z.string().nullable(),
  legalBasis: z.string(),
  silence: z.enum(SILENCE_KINDS),
  askedOn: z.string(),
  dueOn: z.string(),
  remindedOn: z.string().nullable(),
  status: z.enum(['asked', 'answered', 'expired', 'withdrawn']),
  answer: z.object({ kind: z.enum(ANSWER_KINDS), statementId: z.string(), receivedOn: z.string(), late: z.boolean(), via: z.string() }).nullable(),
  linkRevoked: z.boolean(),
  claimed: z.boolean(),
});

export const participationView = z.object({
  caseId: z.string(),
  version: z.number(),
  noneNeeded: z.object({ reason: z.string(), on: z.string() }).nullable(),
  rounds: z.array(roundView),
  consultations: z.array(consultationView),
});

export const statementView = z.object({
  id: z.string(),
  number: z.string(),
  version: z.number(),
  roundId: z.string(),
  consultationId: z.string().nullable(),
  answer: z.string(),
  text: z.string(),
  conditions: z.array(z.string()),
  author: z.object({ name: z.string().nullable(), address: z.string().nullable(), email: z.string().nullable() }),
  places: z.array(position),
  files: z.array(file),
  receivedOn: z.string(),
  late: z.boolean(),
  revision: z.number(),
  releasedOn: z.string().nullable(),
  publishedOn: z.string().nullable(),
  anonymised: z.string().nullable(),
  placesShown: z.boolean(),
  weighing: z.object({ result: z.enum(RESULT_KINDS), reasons: z.string(), reply: z.string(), on: z.string() }).nullable(),
  repliedOn: z.string().nullable(),
});

export const displayRowView = z.object({
  id: z.string(),
  title: z.string(),
  startsOn: z.string(),
  dueOn: z.string(),
  state: z.enum(['coming', 'running', 'over']),
});

export const publicStatementView = z.object({
  number: z.string(),
  text: z.string(),
  from: z.string().nullable(),
  receivedOn: z.string(),
  places: z.array(position),
});

export const releasedView = z.object({
  number: z.string(),
  from: z.string().nullable(),
  answer: z.string(),
  text: z.string(),
  conditions: z.array(z.string()),
  receivedOn: z.string(),
  releasedOn: z.string(),
});

export const receiptView = z.object({
  number: z.string(),
  roundId: z.string(),
  receivedOn: z.string(),
  late: z.boolean(),
  text: z.string(),
  result: z.object({ reply: z.string(), reasons: z.string() }).nullable(),
});
