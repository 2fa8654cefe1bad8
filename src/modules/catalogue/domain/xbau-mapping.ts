import { z } from 'zod';
import { identifier } from './texts.ts';

const path = z
  .string()
  .regex(
    /^(xbau:)?[a-zA-Z][\w.]*(\/(xbau:)?[a-zA-Z][\w.]*)*$/,
    'Ein Pfad besteht aus Elementnamen mit «/» dazwischen; davor steht «xbau:», wo das Schema das Element qualifiziert.',
  );

/** Codes as the list writes them; YAML would read `02` as a number. */
const code = z.string().min(1).max(60);

const field = z.strictObject({
  path,
  field: identifier,
  as: z.enum(['text', 'number', 'yes-no', 'code', 'present', 'paragraphs', 'address', 'person', 'contact', 'parcels', 'place']).default('text'),
  readOnly: z.boolean().default(false),
  codes: z
    .array(z.strictObject({ code, value: z.string().min(1) }))
    .min(1)
    .optional(),
  list: z.strictObject({ uri: z.string().startsWith('urn:'), version: z.string().min(1) }).optional(),
  channels: z.array(code).min(1).optional(),
  otherwise: z.boolean().optional(),
  into: path.optional(),
  district: identifier.optional(),
});

const document = z.strictObject({
  slot: identifier,
  name: z.string().min(1).max(200),
  codes: z.array(code).default([]),
  words: z.array(z.string().min(3)).default([]),
});

/** `xbau.yaml`: a Leistung in the words of XBau 2.6. Fields in the order of the standard. */
export const xbauMapping = z.strictObject({ fields: z.array(field).min(1), documents: z.array(document) });
export type XbauPackageMapping = z.output<typeof xbauMapping>;
