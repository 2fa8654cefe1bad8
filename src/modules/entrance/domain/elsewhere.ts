import { z } from 'zod';
import { entryKey, uniqueKeys, words } from './words.ts';

/** What people look for here and do elsewhere: where, with the norm or the body it rests on the day somebody last looked at it, and the source to read where there is one. */
export const elsewhereSchema = z
  .array(
    z.strictObject({
      key: entryKey,
      name: words,
      where: words,
      words: z.array(z.string().min(1)).min(1),
      source: z.string().min(1),
      checked: z.iso.date('Nennen Sie den Tag, an dem der Eintrag zuletzt angesehen wurde, etwa 2026-11-29.'),
      link: z.url({ protocol: /^https$/, error: 'Nennen Sie die ganze Adresse der Quelle, mit https://.' }).optional(),
    }),
  )
  .superRefine(uniqueKeys('Geben Sie einem Eintrag einen anderen Schlüssel.'));

export type Elsewhere = z.output<typeof elsewhereSchema>[number];
