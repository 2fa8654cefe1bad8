import { z } from 'zod';
import { identifier, isoDay, langText } from './texts.ts';

/** A length that order or statute sets, from a day on; the version in force on the day of the decision counts. */
const term = z.strictObject({
  validFrom: isoDay,
  length: z.number().int().positive().max(1200),
  unit: z.enum(['days', 'months', 'years']),
  legalBasis: z.string().min(1),
  /** False where the text in force could not be checked. */
  verified: z.boolean(),
});

/**
 * How long what is granted holds. Either a field of the form proposes the last day and the decision names it (`until`),
 * or a length runs from the decision or its Bekanntgabe (`from`, `terms`).
 */
export const validity = z.strictObject({
  /** Date field with the last day that was asked for. */
  until: identifier.optional(),
  /** `decision`: its day is the first one (§ 187(2) BGB). `announcement`: runs after its Bekanntgabe (§ 187(1) BGB). */
  from: z.enum(['decision', 'announcement']).optional(),
  terms: z.array(term).default([]),
  /** The decision may name another last day. */
  named: z.boolean().default(false),
  /** A renewal begins the day after the one in the field, where that is at most `withinDays` ahead. */
  continues: z.strictObject({ field: identifier, withinDays: z.number().int().positive().max(366) }).optional(),
  /** Why it may hold on all the same, e.g. because building has begun. */
  unless: langText.optional(),
  /** Fields that say what it is for: when the same is granted again, nobody is reminded of the old one. `list.field` for each item. */
  same: z.array(z.string().regex(/^[a-z][a-zA-Z0-9-]*(\.[a-z][a-zA-Z0-9-]*)?$/)).min(1),
  /** What the holder does to keep it. */
  again: z.enum(['verlaengern', 'neu']),
  /** Days before the end on which the holder is reminded, from a day on. */
  remind: z
    .array(
      z.strictObject({
        validFrom: isoDay,
        daysBefore: z.array(z.number().int().positive().max(366)).min(1).max(4),
        source: z.string().min(1),
      }),
    )
    .min(1),
});
export type Validity = z.output<typeof validity>;
