import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import { ok, refuse } from '../../../kernel/result.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { SurgeContext } from '../application/context.ts';
import { forecastsOf, levelsOf, showSurge, type SurgeView } from '../application/read-surge.ts';
import { allRules, layDownRule, renewRules } from '../application/rules.ts';
import { bindLevel, enterLevels, importForecast, importForecastCsv } from '../application/water.ts';
import { RULE_NAMES } from './vocabulary.ts';
import { byKey, forecastInput, forecastView, presentForecast, presentRule, reference, ruleView, TAG } from './schemas.ts';

const WITH_DEVICES = [...LAGE_ACCESS, 'device'] as const;
const numberCursor = /^\d{1,9}$/;

/** Level, forecasts and rules for programs. */
export function waterApi(ctx: SurgeContext): AnyRoute[] {
  return [summaryRoute(ctx), ...forecastRoutes(ctx), ...levelRoutes(ctx), ...ruleRoutes(ctx)];
}

const nullable = z.number().nullable();

const summaryView = z.object({
  now: z.string(),
  level: z.object({ metres: z.number(), at: z.string(), source: z.string(), trendCentimetresPerHour: nullable, stage: nullable, class: z.string() }).nullable(),
  forecast: forecastView.nullable(),
  peak: z
    .object({
      metres: z.number(),
      plusMinus: z.number(),
      at: z.string(),
      minutesLeft: z.number(),
      stage: nullable,
      class: z.string(),
      beyondStages: z.boolean(),
    })
    .nullable(),
  gates: z.object({ all: z.number(), shut: z.number(), contradictions: z.number(), silent: z.number(), late: z.number() }),
  measures: z.object({ due: z.number(), overdue: z.number(), done: z.number() }),
  proposals: z.number(),
  rulesOf: z.string().describe('Tag, dessen Werte in dieser Lage gelten.'),
});

const summaryRoute = (ctx: SurgeContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/sturmflut',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Stand der Sturmflut: Pegel, Trend, Stufe, Vorhersage, offene Tore, Fristen',
    params: byKey,
    output: summaryView,
    handle: async ({ actor, params: { key } }) => {
      const shown = await showSurge(ctx, actor, key);
      return shown.ok ? ok(presentSummary(shown.value)) : shown;
    },
  });

function presentSummary({ state, proposals }: SurgeView): z.output<typeof summaryView> {
  const { forecast, gates, items, surge, now } = state;
  const count = (pick: (row: (typeof gates)[number]) => boolean): number => gates.filter(pick).length;
  const measures = (wanted: string): number => items.filter((item) => item.state === wanted).length;
  return {
    now: now.toString(),
    ...presentWater(state),
    forecast: forecast === undefined ? null : presentForecast(forecast),
    gates: {
      all: gates.length,
      shut: count(({ shut }) => shut),
      contradictions: count(({ judged }) => judged.contradiction),
      silent: count(({ judged }) => judged.silent),
      late: count(({ shut, due }) => !shut && due.minutesLeft !== null && due.minutesLeft < 0),
    },
    measures: { due: measures('due'), overdue: measures('overdue'), done: measures('done') },
    proposals: proposals.length,
    rulesOf: surge.rules.day,
  };
}

function presentWater({ level, trend, peak, levelMeans, peakMeans, minutesToPeak }: SurgeView['state']): Pick<z.output<typeof summaryView>, 'level' | 'peak'> {
  const means = (one: NonNullable<typeof levelMeans>) => ({ stage: one.stage ?? null, class: one.class });
  return {
    level:
      level === undefined
        ? null
        : { metres: level.metres, ...means(levelMeans!), at: level.at.toString(), source: level.source, trendCentimetresPerHour: trend ?? null },
    peak:
      peak === undefined
        ? null
        : {
            metres: peak.metres,
            ...means(peakMeans!),
            plusMinus: peak.plusMinus,
            at: peak.at.toString(),
            minutesLeft: Math.round(minutesToPeak!),
            beyondStages: peakMeans!.beyondStages,
          },
  };
}

function forecastRoutes(ctx: SurgeContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/sturmflut/vorhersagen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Alle Vorhersagen der Lage, die neueste zuerst',
      params: byKey,
      query: pageQuery,
      output: pageOf(forecastView),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit } }) => {
        if (cursor !== undefined && !numberCursor.test(cursor))
          return refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
        const found = await forecastsOf(ctx, actor, key, { limit: limit + 1, after: cursor === undefined ? undefined : Number(cursor) });
        if (!found.ok) return found;
        const items = found.value.slice(0, limit);
        return ok({ items: items.map(presentForecast), next: found.value.length > limit ? String(items.at(-1)!.number) : null });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/vorhersagen',
      access: WITH_DEVICES,
      tag: TAG,
      summary: 'Nimmt eine Vorhersage auf; gefälschte, zukünftige und unmögliche werden mit Grund abgelehnt',
      params: byKey,
      body: forecastInput,
      status: 201,
      output: forecastView,
      handle: async ({ actor, params: { key }, body }) => {
        const taken = await importForecast(ctx, actor, key, body);
        return taken.ok ? ok(presentForecast(taken.value)) : taken;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/vorhersagen/csv',
      access: WITH_DEVICES,
      tag: TAG,
      summary: 'Nimmt eine Vorhersage als CSV auf: issuer;issuedAt;kind;at;metres;plusMinus',
      params: byKey,
      body: z.object({ csv: z.string().max(400_000), reference, synthetic: z.boolean().default(false) }),
      status: 201,
      output: forecastView,
      handle: async ({ actor, params: { key }, body }) => {
        const taken = await importForecastCsv(ctx, actor, key, body);
        return taken.ok ? ok(presentForecast(taken.value)) : taken;
      },
    }),
  ];
}

function levelRoutes(ctx: SurgeContext): AnyRoute[] {
  const level = z.object({ at: instant, metres: z.number(), reference, source: z.string().max(500).optional() });
  const binding = z.object({
    streamId: z.number().int().positive().nullable(),
    reference,
    divisor: z.number().default(1).describe('100, wenn der Strom Zentimeter misst.'),
  });
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/sturmflut/pegel',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Gemessene Wasserstände in m NHN, höchstens 2.000, älteste zuerst',
      params: byKey,
      query: z.object({ hours: z.coerce.number().int().min(1).max(72).default(12) }),
      output: z.object({
        items: z.array(z.object({ at: z.string(), metres: z.number(), source: z.string(), byHand: z.boolean(), receivedAt: z.string() })),
        next: z.string().nullable(),
      }),
      handle: async ({ actor, params: { key }, queryInput: { hours } }) => {
        const found = await levelsOf(ctx, actor, key, hours);
        return found.ok
          ? ok({ items: found.value.map((one) => ({ ...one, at: one.at.toString(), receivedAt: one.receivedAt.toString() })), next: null })
          : found;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/pegel',
      access: WITH_DEVICES,
      tag: TAG,
      summary: 'Nimmt abgelesene Wasserstände auf, bis zu 1.000',
      params: byKey,
      body: z.object({ levels: z.array(level).min(1).max(1000) }),
      status: 201,
      output: z.object({ kept: z.number() }),
      handle: async ({ actor, params: { key }, body }) => enterLevels(ctx, actor, key, body.levels),
    }),
    apiRoute({
      method: 'put',
      path: '/api/lagen/:key/sturmflut/pegel/strom',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Bindet den Pegel der Lage an einen Datenstrom der SensorThings API',
      params: byKey,
      body: binding,
      output: binding,
      handle: async ({ actor, params: { key }, body }) => bindLevel(ctx, actor, key, body),
    }),
  ];
}

function ruleRoutes(ctx: SurgeContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/sturmflut/regeln',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Werte, mit denen diese Lage rechnet, mit Quelle und erstem Tag; auch die, die nicht gelten',
      params: byKey,
      output: z.object({ day: z.string(), items: z.array(ruleView.extend({ inForce: z.boolean() })), next: z.null() }),
      handle: async ({ actor, params: { key } }) => {
        const shown = await showSurge(ctx, actor, key);
        if (!shown.ok) return shown;
        const { day, values, others } = shown.value.state.surge.rules;
        const items = [
          ...Object.values(values).map((one) => ({ ...presentRule(one), inForce: true })),
          ...others.map((one) => ({ ...presentRule(one), inForce: false })),
        ];
        return ok({ day, items, next: null });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/regeln/erneuern',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Die Lage rechnet ab jetzt mit den Werten von heute; steht im Tagebuch',
      params: byKey,
      output: z.object({ changed: z.number() }),
      handle: async ({ actor, params: { key } }) => renewRules(ctx, actor, key),
    }),
    apiRoute({
      method: 'get',
      path: '/api/sturmflut/regeln',
      access: ['krisenstab', 'administration', 'revision'],
      tag: TAG,
      summary: 'Alle festgelegten Werte für Sturmfluten, auch frühere und spätere',
      output: z.object({ items: z.array(ruleView.extend({ inForce: z.boolean() })), next: z.null() }),
      handle: async () => {
        const { rows, today } = await allRules(ctx);
        return ok({ items: rows.map((one) => ({ ...presentRule(one), inForce: today.values[one.name] === one })), next: null });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/sturmflut/regeln',
      access: ['administration'],
      tag: TAG,
      summary: 'Legt einen Wert von einem Tag an fest; offene Lagen behalten ihren',
      body: z.object({ name: z.enum(RULE_NAMES), value: z.number(), validFrom: z.string().max(30), source: z.string().max(1000) }),
      status: 201,
      output: ruleView,
      handle: async ({ actor, body }) => {
        const laid = await layDownRule(ctx, actor, body);
        return laid.ok ? ok(presentRule(laid.value)) : laid;
      },
    }),
  ];
}
