import { z } from 'zod';
import { documentChecks } from './document-checks.ts';
import { identifier, isoDay, langText } from './texts.ts';

/** Element of the FIM building block Datenfelder with its version: `F60000000243V1.1.0`. */
const fim = z
  .string()
  .regex(/^[FG]\d{1,20}(V\d+(\.\d+){0,3})?$/, 'Ein Element von FIM steht als F60000000243V1.1.0.')
  .optional();

const option = z.strictObject({ value: z.string().min(1), label: langText });

const fieldBase = {
  id: identifier,
  label: langText,
  help: langText.optional(),
  /** True, false or a FEEL condition over the answers (and the item's own fields). */
  required: z.union([z.boolean(), z.string()]).default(true),
  /** FEEL: the field is asked only when this is true. */
  condition: z.string().optional(),
  /** Where the Servicekonto knows the answer already, e.g. `account.email`. */
  prefill: z.enum(['account.givenName', 'account.familyName', 'account.email', 'account.birthDate', 'account.address', 'account.organisation']).optional(),
  /** The Datenfeld that this field is derived from. */
  fim,
};

export const field = z.discriminatedUnion('type', [
  z.strictObject({
    ...fieldBase,
    type: z.enum(['text', 'textarea', 'email', 'tel']),
    maxLength: z.number().int().positive().max(5000).optional(),
    pattern: z.string().optional(),
    patternMessage: langText.optional(),
    autocomplete: z.string().optional(),
    /** Words in it may matter to the decision (§ 24(1) sentence 3 VwVfG): automation hands over to a person. */
    mayMatter: z.boolean().default(false),
  }),
  z.strictObject({
    ...fieldBase,
    type: z.literal('number'),
    unit: z.string().optional(),
    min: z.number(),
    max: z.number(),
    integer: z.boolean().default(true),
  }),
  z.strictObject({
    ...fieldBase,
    type: z.literal('date'),
    min: z.union([isoDay, z.literal('today')]).optional(),
    max: z.union([isoDay, z.literal('today')]).optional(),
    autocomplete: z.string().optional(),
  }),
  z.strictObject({ ...fieldBase, type: z.enum(['choice', 'choices']), options: z.array(option).min(2) }),
  z.strictObject({ ...fieldBase, type: z.enum(['yes-no', 'confirm', 'address', 'plate', 'position']) }),
  z.strictObject({ ...fieldBase, type: z.literal('file'), document: identifier }),
]);
export type Field = z.output<typeof field>;

export const page = z.strictObject({
  id: identifier,
  title: langText,
  help: langText.optional(),
  condition: z.string().optional(),
  /** The page is filled once for each item of a list, e.g. each tree. */
  repeat: z.strictObject({ id: identifier, min: z.number().int().min(1), max: z.number().int().max(50), itemLabel: langText, addLabel: langText }).optional(),
  fields: z.array(field).min(1),
  /** The Datenfeldgruppe that this page is derived from. */
  fim,
});
export type Page = z.output<typeof page>;

export const document = z.strictObject({
  id: identifier,
  label: langText,
  help: langText.optional(),
  accept: z.array(z.enum(['application/pdf', 'image/jpeg', 'image/png', 'application/gml+xml'])).min(1),
  maxMegabytes: z.number().positive().max(50).default(10),
  maxCount: z.number().int().positive().max(20).default(5),
  /** Technical rules: what the file must be like, beyond its type and size. */
  checks: documentChecks.optional(),
});
export type DocumentRule = z.output<typeof document>;

/** A quick check without an account: questions, then the first rule that fits. */
export const eligibility = z.strictObject({
  questions: z.array(field).min(1).max(6),
  outcomes: z
    .array(
      z.strictObject({
        when: z.string(),
        result: z.enum(['yes', 'probably', 'no']),
        title: langText,
        text: langText,
      }),
    )
    .min(1),
});

export const form = z.strictObject({ pages: z.array(page).min(1), documents: z.array(document), eligibility });
export type Form = z.output<typeof form>;
