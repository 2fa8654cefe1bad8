import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { BurdenContext } from '../application/context.ts';
import { declareMeasure, takeBackMeasure } from '../application/declare-measure.ts';
import { reckonCity, reckonService, WAY_KEYS, type ReckonedService } from '../application/reckon.ts';
import type { Measure } from '../domain/history.ts';
import { STRATEGY } from './service-page.ts';
import { valueRows } from './shown.ts';

const TAG = 'Aufwand';
const words = z.object({ de: z.string(), en: z.string(), leicht: z.string() });
const measure = z.object({
  id: z.string(),
  service: z.string(),
  kind: z.enum(['once-only', 'prefilled', 'visit-ended']),
  target: z.string().nullable(),
  effectiveOn: z.string(),
  reason: z.string(),
});
const short = z.object({
  service: z.string(),
  name: words,
  version: z.string(),
  secondsFirst: z.int().describe('Sekunden je Fall, der online kommt, im ersten bekannten Stand.'),
  secondsNow: z.int(),
  casesPerYear: z
    .int()
    .nullable()
    .describe('Fälle der letzten zwölf ganzen Monate auf allen Wegen, von denen man es weiß, in Zehnern. null: von keinem, nie 0.'),
  countedMonths: z.int().describe('In wie vielen dieser Monate Schalter, Telefon und Post gezählt sind; aus den übrigen fehlen ihre Fälle.'),
  secondsPerYear: z.int().nullable(),
  removedSecondsPerYear: z.int().nullable().describe('Was seit dem ersten bekannten Stand weggefallen ist; unter 0: gewachsen.'),
  ways: z
    .array(z.object({ way: z.enum(WAY_KEYS), secondsFirst: z.int(), secondsNow: z.int(), casesPerYear: z.int().nullable() }))
    .describe('Je Weg. Überall wird dasselbe verlangt; nur online ist etwas vorausgefüllt und hochzuladen, nur zum Schalter gehört der Weg.'),
  businessShare: z.number().nullable(),
  businessCentsNow: z.int().describe('Kosten eines Falls für einen Betrieb.'),
});
const whole = short.extend({
  items: z.array(
    z.object({
      activity: z.string(),
      id: z.string().nullable(),
      label: words.nullable(),
      count: z.int(),
      seconds: z.int(),
      basis: z.enum(['guide', 'own']).describe('`own`: eigene Schätzung.'),
    }),
  ),
  changes: z.array(
    z.object({
      on: z.string().describe('Bei `returned`: spätestens.'),
      version: z.string().nullable(),
      returned: z.boolean().describe('Eine frühere Fassung gilt wieder; seit welchem Tag genau, ist nicht bekannt.'),
      measure: measure.nullable(),
      secondsBefore: z.int(),
      secondsAfter: z.int(),
    }),
  ),
  coming: z.array(measure),
});
const sum = z.object({
  services: z.int(),
  leftOut: z.array(z.string()).describe('Nicht in der Summe: zu wenige Fälle, oder nicht bekannt.'),
  onlineOnly: z.array(z.string()).describe('In der Summe nur mit dem, was online kam: Die anderen Wege zählt niemand.'),
  othersOnly: z.array(z.string()).describe('In der Summe nur mit den anderen Wegen: Online sind es zu wenige, oder es ist nicht bekannt.'),
  cases: z.int(),
  unplaced: z.array(z.string()).describe('In der Summe der Stunden, aber ohne Euro: Anteil der Betriebe nicht bekannt.'),
  secondsPerYear: z.int(),
  citizenSeconds: z.int(),
  businessSeconds: z.int(),
  unplacedSeconds: z.int(),
  businessCents: z.int(),
  removedSecondsPerYear: z.int(),
  removedBusinessCents: z.int(),
});

/** Everything the pages can do, for programs. */
export function burdenApi(ctx: BurdenContext): AnyRoute[] {
  return [...readRoutes(ctx), ...measureRoutes(ctx)];
}

function readRoutes(ctx: BurdenContext): AnyRoute[] {
  const value = z.object({ key: z.string(), value: z.number(), unit: z.enum(['seconds', 'words-per-minute', 'cents']), basis: z.enum(['guide', 'own']) });
  return [
    apiRoute({
      method: 'get',
      path: '/api/burden',
      access: 'public',
      open: true,
      tag: TAG,
      summary: 'Aufwand aller Leistungen nach dem Standardkosten-Modell, mit Summe und Standardwerten',
      output: z.object({ services: z.array(short), sum, values: z.object({ from: z.string(), source: z.string(), rows: z.array(value) }) }),
      handle: async () => {
        const { services, sum: all, values } = await reckonCity(ctx);
        const standard = { from: values.from.toString(), source: values.source, rows: [...valueRows(values)] };
        const lists = { leftOut: [...all.leftOut], onlineOnly: [...all.onlineOnly], othersOnly: [...all.othersOnly], unplaced: [...all.unplaced] };
        return ok({ services: services.map(shortOf), sum: { ...all, ...lists }, values: standard });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/burden/:service',
      access: 'public',
      open: true,
      tag: TAG,
      summary: 'Rechnung einer Leistung, Posten für Posten, mit allen Änderungen',
      params: z.object({ service: z.string().max(100) }),
      output: whole,
      handle: async ({ params }) => {
        const found = await reckonService(ctx, params.service);
        return found.ok ? ok(wholeOf(found.value.service)) : found;
      },
    }),
  ];
}

function measureRoutes(ctx: BurdenContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/burden/:service/measures',
      access: STRATEGY,
      tag: TAG,
      summary: 'Meldet eine Änderung des Aufwands mit Tag und Grund',
      status: 201,
      params: z.object({ service: z.string().max(100) }),
      body: z.object({
        kind: z.string().max(40).describe('once-only, prefilled oder visit-ended'),
        target: z.string().max(100).default(''),
        effectiveOn: z.string().max(40),
        reason: z.string().max(4000),
      }),
      output: measure,
      handle: async ({ actor, params, body }) => {
        const done = await declareMeasure(ctx, actor, params.service, body);
        return done.ok ? ok(measureOf(done.value)) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/burden/:service/measures/:id/withdrawal',
      access: STRATEGY,
      tag: TAG,
      summary: 'Nimmt eine gemeldete Änderung zurück, mit Grund',
      params: z.object({ service: z.string().max(100), id: z.string().max(100) }),
      body: z.object({ reason: z.string().max(4000) }),
      output: z.object({ service: z.string() }),
      handle: async ({ actor, params, body }) => takeBackMeasure(ctx, actor, params.id, body.reason),
    }),
  ];
}

const measureOf = ({ id, service, kind, target, effectiveOn, reason }: Measure) => ({ id, service, kind, target, effectiveOn: effectiveOn.toString(), reason });

function shortOf({ service, name, facts, history, ways, businessShare, businessCents, ...reckoned }: ReckonedService) {
  return {
    service,
    name: { ...name },
    version: facts.version,
    secondsFirst: history.first.seconds,
    secondsNow: history.now.seconds,
    casesPerYear: reckoned.casesPerYear ?? null,
    countedMonths: reckoned.countedMonths,
    secondsPerYear: reckoned.secondsPerYear ?? null,
    removedSecondsPerYear: reckoned.removedSecondsPerYear ?? null,
    ways: ways.map(({ way, history: of, cases }) => ({ way, secondsFirst: of.first.seconds, secondsNow: of.now.seconds, casesPerYear: cases ?? null })),
    businessShare: businessShare ?? null,
    businessCentsNow: businessCents.now,
  };
}

function wholeOf(service: ReckonedService) {
  const { now, changes, coming } = service.history;
  return {
    ...shortOf(service),
    items: now.items.map(({ activity, id, label, count, seconds, basis }) => ({
      activity,
      id: id ?? null,
      label: label === undefined ? null : { ...label },
      count,
      seconds,
      basis,
    })),
    changes: changes.map(({ on, cause, before, after }) => ({
      on: on.toString(),
      version: 'version' in cause ? cause.version : null,
      returned: 'returned' in cause,
      measure: 'measure' in cause ? measureOf(cause.measure) : null,
      secondsBefore: before.seconds,
      secondsAfter: after.seconds,
    })),
    coming: coming.map(measureOf),
  };
}
