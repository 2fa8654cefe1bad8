import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { berechneBekanntgabe, berechneFristende } from '../domain/fristenrechner.ts';

const fristAnswer = z.object({
  date: z.string(),
  widerspruchBis: z.string().optional(),
  steps: z.array(z.object({ text: z.string(), paragraph: z.string(), date: z.string() })),
  holidays: z.array(z.object({ date: z.string(), name: z.string() })),
  regime: z.string(),
  notes: z.array(z.string()),
});

/** The Fristenrechner for programs. */
export function fristRoutes(): AnyRoute[] {
  const tag = 'Fristen';
  const text = z.string().optional();
  return [
    apiRoute({
      method: 'get',
      path: '/api/frist/bekanntgabe',
      access: 'public',
      tag,
      summary: 'Tag der Bekanntgabe und Ende der Widerspruchsfrist',
      query: z.object({ via: text, on: text, regime: text, received: text }),
      output: fristAnswer,
      handle: async ({ queryInput }) => mutable(berechneBekanntgabe(queryInput)),
    }),
    apiRoute({
      method: 'get',
      path: '/api/frist/ende',
      access: 'public',
      tag,
      summary: 'Ende einer Frist',
      query: z.object({ from: text, months: text, weeks: text, days: text }),
      output: fristAnswer,
      handle: async ({ queryInput }) => mutable(berechneFristende(queryInput)),
    }),
  ];
}

const mutable = (answer: ReturnType<typeof berechneBekanntgabe>) =>
  answer.ok ? ok({ ...answer.value, steps: [...answer.value.steps], holidays: [...answer.value.holidays], notes: [...answer.value.notes] }) : answer;
