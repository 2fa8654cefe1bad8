import { STAFF_ROLES } from '../../../kernel/actor.ts';
import { z } from 'zod';

export const STAFF = STAFF_ROLES;
export const WATCHERS = ['administration', 'revision'] as const;
export const KEEPERS = ['administration'] as const;
export const TAG = 'KI';

const threeLanguages = z.object({ de: z.string(), en: z.string(), leicht: z.string() });

export const modelView = z.object({
  key: z.string(),
  label: z.string(),
  demo: z.boolean(),
  uses: z.array(z.string()),
  dataClass: z.enum(['public', 'internal', 'personal']),
  outside: z.boolean().describe('Ob Texte die Rechner der Stadt verlassen.'),
  legalBasis: z.string(),
  contact: z.string(),
  since: z.string(),
  active: z.boolean(),
});
export const useView = z.object({
  key: z.string(),
  title: threeLanguages,
  purpose: threeLanguages,
  legalBasis: z.string(),
  riskClass: z.enum(['minimal', 'limited']).describe('Risikoklasse nach der KI-Verordnung.'),
  dataClass: z.enum(['public', 'internal', 'personal']),
  openTo: z.enum(['staff', 'everybody']),
  contact: z.string(),
  since: z.string(),
  active: z.boolean(),
});
export const registerView = z.object({ models: z.array(modelView), uses: z.array(useView) });

export const switchBody = z.object({ kind: z.enum(['model', 'use']), key: z.string().max(60), active: z.boolean() });
export const limitBody = z.object({
  name: z.enum(['person-day', 'unit-day', 'person-at-once', 'unit-at-once']),
  value: z.number().int().min(0).max(1_000_000),
});
export const limitsView = z.object({ 'person-day': z.number(), 'unit-day': z.number(), 'person-at-once': z.number(), 'unit-at-once': z.number() });
export const feedbackBody = z.object({
  use: z.string().max(60),
  model: z.string().max(60),
  kind: z.enum(['helpful', 'not-helpful', 'wrong-source']),
  words: z.string().max(1000).default(''),
});
export const probeBody = z.object({ model: z.string().max(60) });

export const usageView = z.object({
  from: z.string(),
  usage: z.array(
    z.object({
      day: z.string(),
      use: z.string(),
      model: z.string(),
      unit: z.string(),
      counts: z
        .object({
          persons: z.number(),
          orders: z.number(),
          failed: z.number(),
          masked: z.number(),
          droppedCalls: z.number(),
          inputTokens: z.number(),
          outputTokens: z.number(),
        })
        .nullable()
        .describe('null: weniger als 5 Personen.'),
    }),
  ),
  cents: z.array(z.object({ model: z.string(), cents: z.number() })),
  feedback: z.array(z.object({ use: z.string(), model: z.string(), kind: z.string(), given: z.number() })),
});
