import { z } from 'zod';
import { STANDINGS } from '../domain/cosigner.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const text = z.string().max(20_000);
const outcome = z.enum(['grant', 'partial', 'refuse']);
const channel = z.enum(['postfach', 'post']);

export const decisionText = z.object({
  operative: z.array(text).max(20),
  nebenbestimmungen: z.array(z.object({ kind: z.enum(['Bedingung', 'Auflage', 'Befristung', 'Widerrufsvorbehalt', 'Auflagenvorbehalt']), text })).max(150),
  reasons: z.array(text).max(50),
  discretion: z.array(text).max(50),
  items: z.array(z.object({ label: text, outcome, reason: text })).max(50),
  fees: z
    .array(z.object({ label: text, cents: z.number().int().min(0) }))
    .max(50)
    .optional(),
});

const draft = {
  outcome,
  channel: channel.optional(),
  feeCents: z.number().int().min(0),
  validUntil: day.optional().describe('Letzter Tag dessen, was erlaubt wird; fehlt er, gilt die Regel des Leistungspakets'),
  text: decisionText,
};

/** What can be done to a case, as JSON. The server makes the ids of requests, hearings and decisions. */
export const commandSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('confirm-complete'), completeOn: day.optional() }),
  z.object({ action: z.literal('request-documents'), items: z.array(z.object({ id: z.string(), text })).max(50), text, dueOn: day.optional() }),
  z.object({ action: z.literal('answer-request'), text, receivedOn: day.optional() }),
  z.object({ action: z.literal('hear'), text, dueOn: day.optional() }),
  z.object({ action: z.literal('answer-hearing'), text, receivedOn: day.optional() }),
  z.object({ action: z.literal('suspend'), reason: text, from: day.optional() }),
  z.object({ action: z.literal('resume'), on: day.optional() }),
  z.object({ action: z.literal('extend'), reason: text }),
  z.object({ action: z.literal('draft-decision'), ...draft }),
  z.object({ action: z.literal('decide-objection'), ...draft }),
  z.object({ action: z.literal('follow-decision'), decisionKind: z.enum(['berichtigung', 'ruecknahme', 'widerruf']), ...draft }),
  z.object({ action: z.literal('submit-for-approval') }),
  z.object({ action: z.literal('approve') }),
  z.object({ action: z.literal('return-draft'), remark: text }),
  z.object({ action: z.literal('decide') }),
  z.object({ action: z.literal('record-bekanntgabe'), via: z.enum(['post', 'zugang', 'verkuendung']), on: day }),
  z.object({ action: z.literal('withdraw'), reason: text }),
  z.object({ action: z.literal('object'), text: text.min(1), receivedOn: day.optional() }),
  z.object({ action: z.literal('request-certificate') }),
  z.object({ action: z.literal('note'), text }),
  z.object({ action: z.literal('assign'), staffId: z.uuid().nullable() }),
  z.object({ action: z.literal('remind'), on: day.nullable() }),
  z.object({ action: z.literal('record-step'), step: z.string().max(100), on: day.optional(), note: text.default('') }),
  z.object({ action: z.literal('check-tasks'), done: z.array(z.string().max(500)).max(40) }),
  z.object({ action: z.literal('transfer'), authority: z.string(), reason: text }),
]);
export type CommandInput = z.output<typeof commandSchema>;

export const idParams = z.object({ id: z.uuid() });

export const problemItem = z.object({ field: z.string(), message: z.string(), pageId: z.string(), itemIndex: z.number().optional() });

export const standing = z.enum(STANDINGS);

/** Somebody who is asked to sign, as the owner of the draft sees them. */
export const cosignerView = z.object({
  id: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  email: z.string(),
  standing,
  signedAt: z.string().nullable(),
  declineReason: z.string().nullable(),
  linkUntil: z.string(),
});

export const draftView = z.object({
  id: z.string(),
  service: z.string(),
  answers: z.record(z.string(), z.unknown()),
  channel,
  updatedAt: z.string(),
  deletedOn: z.string().describe('Tag, an dem der Antrag gelöscht wird, wenn ihn bis dahin niemand ändert'),
  missing: z.array(problemItem),
  uploads: z.array(z.object({ id: z.string(), slot: z.string(), fileName: z.string(), mediaType: z.string(), sizeBytes: z.number() })),
  /** Who is asked to apply together with the owner. */
  cosigners: z.array(cosignerView),
  proven: z
    .array(z.object({ field: z.string(), typed: z.unknown(), proven: z.unknown() }))
    .describe('Was der Online-Ausweis anders sagt als der Antrag, wo die Leistung ihn verlangt'),
});

export const caseSummary = z.object({
  id: z.string(),
  fileNumber: z.string(),
  service: z.string(),
  authority: z.string(),
  status: z.string(),
  /** Null: applied for in a Servicekonto; `amt`: begun by the authority; else the system it came from. */
  origin: z.string().nullable(),
  submittedAt: z.string(),
  decisionDue: z.string().nullable(),
});

export const caseView = z.object({
  id: z.string(),
  fileNumber: z.string(),
  service: z.string(),
  authority: z.string(),
  status: z.string(),
  origin: z.string().nullable(),
  refusedFiles: z.array(z.object({ fileName: z.string(), reason: z.string() })),
  /** Who applied, the first takes letters for all; empty where the authority began. */
  applicants: z.array(z.object({ name: z.string(), withdrawn: z.boolean() })),
  applicantProof: z
    .enum(['organisation', 'card', 'earlier-card', 'other-name', 'self'])
    .nullable()
    .describe(
      'Für die Behörde, wie weit geprüft ist, wer den Antrag stellt; organisation: Name selbst angegeben, Vertretung nicht geprüft; earlier-card: für diesen Antrag hat niemand den Ausweis gezeigt',
    ),
  version: z.number(),
  submittedOn: z.string(),
  filedBy: z.string().nullable().describe('Wer den Antrag in Vertretung eingereicht hat; null: die antragstellende Person selbst'),
  completeOn: z.string().nullable(),
  decisionDue: z.string().nullable(),
  deadlineSteps: z.array(z.object({ text: z.string(), paragraph: z.string(), date: z.string() })),
  actions: z.array(z.string()),
  handedToPerson: z.array(z.string()),
  request: z.object({ items: z.array(z.string()), text: z.string(), dueOn: z.string() }).nullable(),
  hearing: z.object({ text: z.string(), dueOn: z.string(), open: z.boolean() }).nullable(),
  decisions: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      outcome: z.string(),
      decidedOn: z.string(),
      automated: z.boolean(),
      registerNumber: z.string().nullable(),
      /** Versions of the files that it rests on. */
      documents: z.array(z.object({ slot: z.string(), version: z.number(), sha256: z.string() })),
      feeCents: z.number(),
      sealed: z.boolean(),
      bekanntgabeOn: z.string().nullable(),
      remedyUntil: z.string().nullable(),
      validUntil: z.string().nullable().describe('Letzter Tag, an dem das Erlaubte gilt; null: ohne Ende, nichts erlaubt oder noch nicht bekannt'),
    }),
  ),
  /** How long what was granted holds; null: without an end, nothing granted, or taken back. */
  permit: z
    .object({
      until: z.string(),
      ended: z.boolean(),
      again: z
        .object({ how: z.enum(['verlaengern', 'neu']), path: z.string() })
        .nullable()
        .describe('Womit es weitergeht, sobald das Ende nah ist'),
      followedBy: z.string().nullable().describe('Vorgang, in dem dasselbe schon neu erteilt ist'),
    })
    .nullable(),
  letters: z.array(z.object({ key: z.string(), kind: z.string(), fileName: z.string(), sha256: z.string(), href: z.string() })),
  findings: z.array(z.string()),
  /** For the authority: what plan sheets and consulted agencies ask for; `proposed` goes into the draft unless taken out. */
  conditions: z.array(z.object({ kind: z.string(), text: z.string(), proposed: z.boolean() })),
  /** Steps of the examination, for the authority; who ticked them off and when, or null. */
  checks: z.array(z.object({ key: z.string(), name: z.string(), required: z.boolean(), done: z.object({ by: z.string(), on: z.string() }).nullable() })),
  course: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      legalBasis: z.string(),
      stage: z.enum(['done', 'next', 'ahead']),
      on: z.string().nullable(),
      public: z.boolean(),
    }),
  ),
});
