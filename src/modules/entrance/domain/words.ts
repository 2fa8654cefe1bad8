import { z } from 'zod';

/** A text in the three languages of the city. */
export interface Words {
  readonly de: string;
  readonly en: string;
  readonly leicht: string;
}

export const words = z.strictObject({ de: z.string().min(1), en: z.string().min(1), leicht: z.string().min(1) });

export const entryKey = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'Ein Schlüssel hat nur kleine Buchstaben, Ziffern und Bindestriche.');

/** Each key stands once in a file. @param remedy what to do about the second one */
export const uniqueKeys =
  (remedy: string) =>
  (all: readonly { readonly key: string }[], ctx: z.RefinementCtx): void => {
    for (const [index, { key }] of all.entries()) {
      if (all.findIndex((one) => one.key === key) < index)
        ctx.addIssue({ code: 'custom', path: [index, 'key'], message: `«${key}» gibt es zweimal. ${remedy}` });
    }
  };
