import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { OutreachContext } from '../application/context.ts';
import { experimentsOn, startExperiment, stopExperiment } from '../application/experiments.ts';
import type { Experiment, ToldReading } from '../domain/experiment.ts';
import { READERS, WRITERS } from './frame.ts';
import { TAG } from './schemas.ts';

const bySlug = z.object({ slug: z.string().max(64) });
const words = z.object({ de: z.string().max(5000), en: z.string().max(5000), leicht: z.string().max(5000) });
const plan = z.object({
  expectedPercent: z.number().describe('Erwarteter Anteil begonnener Anträge an den Aufrufen.'),
  minimumPercent: z.number().describe('Kleinster Unterschied, der sich lohnt, in Prozentpunkten.'),
  alpha: z.number().describe('0.01, 0.05 oder 0.1.'),
  maximumShown: z.number().int().describe('Aufrufe je Fassung, nach denen ohne Ergebnis Schluss ist.'),
});
const reading = z.object({
  kind: z.enum(['unmeasured', 'no-day-yet', 'uneven', 'impossible', 'open', 'maximum', 'shown']),
  comparisons: z.array(
    z.object({
      variant: z.string(),
      evidence: z.number().nullable().describe('null: weniger als zehn gezeigt oder begonnen.'),
      pValue: z.number().nullable(),
      shown: z.boolean(),
      better: z.boolean(),
    }),
  ),
});
const view = z.object({
  id: z.string(),
  slug: z.string(),
  version: z.number(),
  plan,
  block: z.string(),
  startedOn: z.string(),
  endedAt: z.string().nullable(),
  endedBecause: z.enum(['shown', 'maximum', 'stopped']).nullable(),
});

const present = ({ id, slug, version, plan: fixed, variation, startedOn, endedAt, endedBecause }: Experiment): z.output<typeof view> => ({
  id,
  slug,
  version,
  plan: fixed,
  block: variation.block,
  startedOn: startedOn.toString(),
  endedAt: endedAt?.toString() ?? null,
  endedBecause,
});
const presentReading = (one: ToldReading): z.output<typeof reading> => ({ kind: one.kind, comparisons: 'comparisons' in one ? [...one.comparisons] : [] });

/** Comparisons of wordings for programs. There is no change after the start, so there is no route for it. */
export function experimentApi(ctx: OutreachContext): AnyRoute[] {
  const path = '/api/outreach/pages/:slug/experiment';
  return [
    apiRoute({
      method: 'get',
      path,
      access: READERS,
      tag: TAG,
      summary: 'Der laufende Vergleich einer Zielseite mit dem, was er sagt, und frühere',
      params: bySlug,
      output: z.object({ current: view.extend({ reading }).nullable(), earlier: z.array(view.extend({ reading: reading.nullable() })) }),
      handle: async ({ params: { slug } }) => {
        const opened = await experimentsOn(ctx, slug);
        if (!opened.ok) return opened;
        const { current, earlier } = opened.value;
        const now = current && {
          ...present(current.experiment),
          reading: current.told.kind === 'read' ? presentReading(current.told.reading) : { kind: current.told.kind, comparisons: [] },
        };
        return ok({ current: now ?? null, earlier: earlier.map((one) => ({ ...present(one), reading: one.result && presentReading(one.result) })) });
      },
    }),
    apiRoute({
      method: 'post',
      path,
      access: WRITERS,
      tag: TAG,
      summary: 'Startet einen Vergleich; Plan, Texte und Ende stehen damit fest',
      status: 201,
      params: bySlug,
      body: z.object({
        plan,
        block: z.string().max(10),
        texts: z.partialRecord(z.enum(['b', 'c', 'd']), z.partialRecord(z.enum(['heading', 'text', 'lines', 'label', 'question', 'answer']), words)),
      }),
      output: view,
      handle: async ({ actor, params: { slug }, body: { plan: stated, block, texts } }) => {
        const started = await startExperiment(ctx, actor, { slug, plan: stated, variation: { block, texts } });
        return started.ok ? ok(present(started.value)) : started;
      },
    }),
    apiRoute({
      method: 'delete',
      path,
      access: WRITERS,
      tag: TAG,
      summary: 'Beendet den laufenden Vergleich; ohne belegten Unterschied bleibt es ohne Ergebnis',
      params: bySlug,
      output: view,
      handle: async ({ actor, params: { slug } }) => {
        const ended = await stopExperiment(ctx, actor, slug);
        return ended.ok ? ok(present(ended.value)) : ended;
      },
    }),
  ];
}
