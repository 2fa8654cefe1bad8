import { z } from 'zod';
import { participationPlan } from './participation-plan.ts';
import { identifier, isoDay, langText } from './texts.ts';
import { validity } from './validity.ts';

const STATES = [
  'eingegangen',
  'unvollstaendig',
  'in_pruefung',
  'anhoerung',
  'ausgesetzt',
  'freigabe',
  'beschlossen',
  'bekanntgegeben',
  'widerspruch',
  'bestandskraeftig',
  'zurueckgenommen',
  'abgeschlossen',
] as const;
const ACTIONS = [
  'confirm-complete',
  'request-documents',
  'answer-request',
  'hear',
  'answer-hearing',
  'suspend',
  'resume',
  'extend',
  'draft-decision',
  'submit-for-approval',
  'approve',
  'return-draft',
  'decide',
  'record-bekanntgabe',
  'withdraw',
  'object',
  'request-certificate',
  'decide-objection',
  'follow-decision',
  'note',
  'assign',
  'remind',
  'transfer',
  'record-step',
] as const;

const period = { length: z.number().int().positive(), unit: z.enum(['days', 'weeks', 'months']), legalBasis: z.string().min(1) };

/** A norm is not made known to one person but promulgated, and has remedies of its own. */
const promulgation = z.strictObject({
  kind: z.literal('verkuendung'),
  /** What is promulgated, e.g. `Rechtsverordnung`. */
  title: langText,
  /** Days from the promulgation to the day it comes into force: 1 is the day after. */
  inForceDays: z.number().int().min(0).max(60),
  legalBasis: z.string().min(1),
  /** What may be done against it and until when; the first is the one whose end is kept as a deadline. */
  remedies: z.array(z.strictObject({ text: z.string().min(1), months: z.number().int().positive().max(120), legalBasis: z.string().min(1) })).min(1),
});
export type Promulgation = z.output<typeof promulgation>;

export const service = z.strictObject({
  key: identifier,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  filePrefix: z.string().regex(/^[A-Z]{2,4}$/),
  leistungsschluessel: z.string().regex(/^\d{14}$/),
  name: langText,
  summary: langText,
  description: langText,
  needs: z.array(langText).min(1),
  situations: z.array(z.string()).min(1),
  legalBases: z.array(z.strictObject({ citation: z.string(), title: z.string() })).min(1),
  authority: z.union([z.strictObject({ byDistrictOf: z.string() }), z.strictObject({ id: identifier })]),
  /** Who begins: an application, or the authority itself (§ 22 VwVfG); then there is no applicant. */
  initiator: z.enum(['antrag', 'amt']).default('antrag'),
  announcement: z.union([z.literal('bekanntgabe'), promulgation]).default('bekanntgabe'),
  trust: z.enum(['einfach', 'substanziell', 'hoch']),
  regime: z.enum(['bund', 'hh']),
  discretion: z.boolean(),
  automation: z.strictObject({ legalBasis: z.string().min(1), decision: identifier }).optional(),
  fees: z
    .array(
      z.strictObject({
        label: langText,
        validFrom: isoDay,
        validTo: isoDay.optional(),
        minCents: z.number().int().min(0),
        maxCents: z.number().int().min(0),
        legalBasis: z.string(),
        channel: z.enum(['online', 'vor-ort', 'alle']).default('alle'),
      }),
    )
    .min(1),
  /** Amounts by name, each with the days it is in force: what `feeRule` reckons with as `tarif.<name>`. */
  tariffs: z
    .record(
      identifier,
      z.array(z.strictObject({ validFrom: isoDay, validTo: isoDay.optional(), cents: z.number().int().min(0), legalBasis: z.string().min(1) })).min(1),
    )
    .default({}),
  /** Decision under `rules/` that gives the fee in cents, or a list of `{ label, cents }`. */
  feeRule: identifier.optional(),
  payment: z.strictObject({ when: z.enum(['nachher', 'vorher']), dueDays: z.number().int().positive().max(365) }).default({ when: 'nachher', dueDays: 30 }),
  /** A public number that the grant gives, e.g. the Wohnraumschutznummer. */
  register: z.strictObject({ label: langText, prefix: z.string().regex(/^[A-Z]{2,4}$/), legalBasis: z.string().min(1) }).optional(),
  /** Another case of the same person that must be granted before this one can be; the field holds its file number. */
  requires: z.array(z.strictObject({ field: identifier, service: identifier, legalBasis: z.string().min(1) })).default([]),
  /** Further applicants may join and co-sign, up to this many; absent: one person applies. */
  jointApplicants: z.strictObject({ max: z.number().int().min(1).max(20) }).optional(),
  /** How long what is granted holds; absent: without an end. */
  validity: validity.optional(),
  promisedWeeks: z.number().int().positive().optional(),
  retentionYears: z.number().int().positive(),
});
export type Service = z.output<typeof service>;

const requiredStep = {
  id: identifier,
  name: langText,
  legalBasis: z.string().min(1),
  /** Steps that come before. */
  after: z.array(identifier).default([]),
  /** Everybody may see that it is done. */
  public: z.boolean().default(false),
};

/** A step of the procedure, recorded by the officer or following from the decision or its promulgation. */
const milestone = z.strictObject({
  ...requiredStep,
  /** Reached by the decision or by its Bekanntgabe, not recorded. */
  reachedBy: z.enum(['decision', 'announcement']).optional(),
  /** The Beteiligung that must be closed before: an id of `publicRounds`, or `stellen` for the agencies. */
  rounds: z.array(identifier).default([]),
  /** Every statement must be weighed. */
  weighed: z.boolean().default(false),
  /** A document of the form that must be there; the step keeps which. */
  document: identifier.optional(),
});
export type Milestone = z.output<typeof milestone>;

/** A step of the examination. Without an id its German words name it. */
const task = z.strictObject({
  ...langText.shape,
  id: identifier.optional(),
  /** The decision waits for it. */
  required: z.boolean().default(false),
});
export type Task = z.output<typeof task>;

/** By what a step of the examination is known in the cases. */
export const taskKey = ({ id, de }: Pick<Task, 'id' | 'de'>): string => id ?? de;

export const process = z.strictObject({
  decisionPeriod: z.strictObject(period).optional(),
  extension: z.strictObject(period).optional(),
  /** § 42a VwVfG: only where a statute orders it. A deadline alone is no fiction. */
  fiction: z.union([z.literal('none'), z.strictObject({ legalBasis: z.string().min(1) })]),
  /** Days before the end of the decision period on which the desk is warned. */
  warnDays: z.number().int().positive().default(14),
  requestDays: z.number().int().positive(),
  hearingDays: z.number().int().positive(),
  fourEyes: z.enum(['never', 'always', 'refusal']),
  outcomes: z.array(z.enum(['grant', 'partial', 'refuse'])).min(1),
  offered: z.partialRecord(z.enum(STATES), z.array(z.enum(ACTIONS))),
  /** What the officer checks; ticked off in the case. */
  tasks: z.array(task).max(40).default([]),
  /** The course of the procedure, in order. */
  milestones: z.array(milestone).max(40).default([]),
  /** Who is asked before the decision, and what is displayed to the public. */
  participation: participationPlan.optional(),
  /** Decision evaluated for each item of a repeated page, shown to the officer and in the letter. */
  itemDecision: z.strictObject({ repeat: identifier, decision: identifier }).optional(),
  /** Decision evaluated once over all answers; its rows are hints for the officer. */
  caseDecision: identifier.optional(),
});
export type Process = z.output<typeof process>;

export const textBlocks = z.strictObject({
  nebenbestimmungen: z.array(
    z.strictObject({
      id: identifier,
      kind: z.enum(['Bedingung', 'Auflage', 'Befristung', 'Widerrufsvorbehalt', 'Auflagenvorbehalt']),
      title: z.string(),
      text: z.string(),
      legalBasis: z.string(),
      /** FEEL: proposed when true. */
      proposedWhen: z.string().optional(),
    }),
  ),
  discretion: z.array(z.strictObject({ id: identifier, title: z.string(), text: z.string() })),
  operative: z.strictObject({ grant: z.string(), partial: z.string().optional(), refuse: z.string().optional() }),
});
export type TextBlocks = z.output<typeof textBlocks>;

export const walk = z.strictObject({
  answers: z.record(z.string(), z.unknown()),
  documents: z.array(z.strictObject({ slot: z.string(), fileName: z.string() })).default([]),
  decision: z.strictObject({ nebenbestimmungen: z.array(z.string()), discretion: z.array(z.string()), feeCents: z.number().int() }).optional(),
});
export type Walk = z.output<typeof walk>;

export const authority = z.strictObject({
  id: identifier,
  name: z.string(),
  street: z.string(),
  place: z.string(),
  email: z.string(),
  phone: z.string(),
  district: z.string().optional(),
  /** Its entry in the Deutsches Verwaltungsdiensteverzeichnis, prefix and id: the author of XÖV messages. */
  dvdv: z
    .string()
    .regex(/^[a-z]{3}:\d+$/, 'Eine Kennung im DVDV hat drei kleine Buchstaben, einen Doppelpunkt und Ziffern.')
    .optional(),
  /** Who takes the Widerspruch, and where: for the Rechtsbehelfsbelehrung (§ 37(6) VwVfG). */
  remedySeat: z.string(),
});
export type Authority = z.output<typeof authority>;
export const authorities = z.array(authority).min(1);
