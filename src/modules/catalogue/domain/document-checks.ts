import { z } from 'zod';

/** DIN 476 sizes that a package may ask for. */
export const PAGE_SIZES = ['A0', 'A1', 'A2', 'A3', 'A4'] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

/**
 * Technical rules of one document of a package, as data: section `checks` of `form.yaml`. Every rule
 * refuses; `pdfA: recommended` only advises.
 */
export const documentChecks = z.strictObject({
  /** The file must claim PDF/A (ISO 19005); what it claims is read, not validated. */
  pdfA: z.union([z.boolean(), z.literal('recommended')]).default(false),
  maxPages: z.number().int().positive().max(2000).optional(),
  pageSizes: z.array(z.enum(PAGE_SIZES)).min(1).optional(),
  /** 1 MB is 1,000,000 bytes. */
  maxMegabytes: z.number().positive().max(50).optional(),
  noEncryption: z.boolean().default(true),
  /** No JavaScript, no action that starts programs. */
  noScript: z.boolean().default(true),
  /** Of pictures, in dots per inch. */
  minDpi: z.number().int().positive().max(1200).optional(),
});
export type DocumentChecks = z.output<typeof documentChecks>;
