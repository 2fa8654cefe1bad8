import { z } from 'zod';
import { CITY_PAGES } from './city-pages.ts';
import { entryKey, uniqueKeys, words } from './words.ts';

const SITUATION_ICONS = ['home', 'add', 'edit', 'check', 'key', 'pin', 'info', 'language', 'draft', 'help', 'mail'] as const;

/** A step outside Kontor: said in words, with the norm or the body it rests on. */
const elsewhere = z.strictObject({ elsewhere: words, what: words, source: z.string().min(1) });
const service = (known: ReadonlySet<string>) =>
  z.strictObject({
    service: z.string().refine((key) => known.has(key), {
      error: ({ input }) => `Die Leistung «${String(input)}» gibt es nicht. Es gibt: ${[...known].toSorted().join(', ')}.`,
    }),
    why: words,
  });
const page = z.strictObject({
  page: z.enum(CITY_PAGES.map(({ key }) => key) as [string, ...string[]]),
  why: words,
});

/** One kind after the other, so that a mistake is told of the kind that was meant, at its place. */
const step = (known: ReadonlySet<string>) =>
  z.record(z.string(), z.unknown()).transform((raw, ctx) => {
    const shape = 'service' in raw ? service(known) : 'page' in raw ? page : elsewhere;
    const read = shape.safeParse(raw);
    if (read.success) return read.data;
    for (const issue of read.error.issues) ctx.addIssue({ ...issue });
    return z.NEVER;
  });

/** The file of situations, in the order in which the front door shows them. @param known keys of services in force */
export const situationsSchema = (known: ReadonlySet<string>) =>
  z
    .array(
      z.strictObject({
        key: entryKey,
        icon: z.enum(SITUATION_ICONS),
        name: words,
        lead: words,
        words: z.array(z.string().min(1)).min(1),
        steps: z.array(step(known)).min(1).max(12),
      }),
    )
    .min(1)
    .superRefine(uniqueKeys('Geben Sie einer Lebenslage einen anderen Schlüssel.'));

export type Situation = z.output<ReturnType<typeof situationsSchema>>[number];
export type SituationStep = Situation['steps'][number];
