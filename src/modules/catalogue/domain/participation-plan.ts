import { z } from 'zod';
import { identifier, langText } from './texts.ts';

/*
 * The section `participation` of a service package: who is asked, what is displayed to the public,
 * how long, and what silence means.
 */

/** Length of a period; counted by § 31 VwVfG, §§ 187-193 BGB. */
const planPeriod = z.strictObject({ length: z.number().int().min(1).max(120), unit: z.enum(['days', 'weeks', 'months']) });
export type PlanPeriod = z.output<typeof planPeriod>;

/** Who a consultee is: Behoerde, other Traeger oeffentlicher Belange, neighbour, or an office of the own house. */
const CONSULTEE_KINDS = ['behoerde', 'toeb', 'nachbar', 'fachamt'] as const;
export type ConsulteeKind = (typeof CONSULTEE_KINDS)[number];

/**
 * What no answer in time means: consent where a statute orders it, no objections to be known, may be
 * disregarded (§ 4a(5) BauGB), or nothing at all: then somebody must ask again.
 */
const SILENCES = ['zustimmung', 'keine-bedenken', 'unbeachtlich', 'keine'] as const;
export type Silence = (typeof SILENCES)[number];

const plannedConsultee = z.strictObject({
  id: identifier,
  name: langText,
  kind: z.enum(CONSULTEE_KINDS),
  /** The functional mailbox; absent: the officer fills it in, or the answer comes on paper. */
  email: z.email().optional(),
  /** FEEL over the answers of the application; asked for by the officer's page when true. */
  when: z.string().min(1).default('true'),
  period: planPeriod,
  legalBasis: z.string().min(1),
  silence: z.enum(SILENCES),
});
export type PlannedConsultee = z.output<typeof plannedConsultee>;

const plannedRound = z.strictObject({
  id: identifier,
  name: langText,
  legalBasis: z.string().min(1),
  period: planPeriod.extend({
    /** The display lasts at least so many days, even where a month is shorter (§ 3(2) BauGB). */
    atLeastDays: z.number().int().min(1).max(365).optional(),
  }),
  /** Whole days between the notice and the first day of the display. */
  noticeDays: z.number().int().min(0).max(60).default(0),
});

const unique = (items: readonly { readonly id: string }[]): boolean => new Set(items.map(({ id }) => id)).size === items.length;

export const participationPlan = z.strictObject({
  consultees: z.array(plannedConsultee).max(100).default([]).refine(unique, 'Zwei Stellen haben dieselbe Kennung.'),
  publicRounds: z.array(plannedRound).max(20).default([]).refine(unique, 'Zwei Auslegungen haben dieselbe Kennung.'),
  /** A mail reminds so many days before the end. */
  reminderDays: z.number().int().min(1).max(30).default(7),
  /** A personal link works so many days longer than its round, for late answers. */
  graceDays: z.number().int().min(0).max(90).default(14),
});
export type ParticipationPlan = z.output<typeof participationPlan>;
