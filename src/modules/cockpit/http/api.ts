import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { changeItem, removeItem } from '../application/change-item.ts';
import type { CockpitContext } from '../application/context.ts';
import { reportList } from '../application/quarter-report.ts';
import { changesSince } from '../application/changes-since.ts';
import { findGaps, openMeasure, outlook, quarterStart, standing, versionsOf } from '../application/read-strategy.ts';
import { reasonSentence, ruleOn } from '../application/reason-words.ts';
import { strategyData } from '../application/open-data.ts';
import { model } from '../application/model.ts';
import type { ItemKind } from '../domain/items.ts';
import { decisionRoute } from './api-decisions.ts';
import { EDITORS, readDay, TAG } from './frame.ts';

const { eventKindsOf, ITEM_KINDS, measuresOfEvent, measuresOfService, noItem, traceOf } = model;

const byKey = z.object({ key: z.string().max(100) });
const itemParams = z.object({ kind: z.enum(ITEM_KINDS as [ItemKind, ...ItemKind[]]), key: z.string().max(60) });
const reason = z.string().max(2000).describe('Grund der Änderung. Er ist öffentlich.');
const version = z.number().int().min(1).optional().describe('Fassung, die angesehen wurde. Fehlt sie, ist der Eintrag neu.');
const decision = z.string().max(60).optional().describe('Schlüssel der Entscheidung, die damit ausgeführt wird.');
const changed = z.object({ version: z.number() });
const anything = z.record(z.string(), z.unknown());
const names = z.array(z.string());

/** The strategy for programs: read by everybody, changed as its pages change it. */
export function strategyApi(ctx: CockpitContext): AnyRoute[] {
  return [
    ...[wholeRoute, measureRoute, decisionRoute, versionsRoute, eventTrace, serviceTrace, gapsRoute, changesRoute, outlookRoute, reportsRoute].map((route) =>
      route(ctx),
    ),
    ...changeRoutes(ctx),
  ];
}

const wholeRoute = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Die ganze Strategie mit ihren Ampeln, heute oder wie sie an einem Tag stand',
    query: z.object({ stand: z.string().max(20).optional().describe('Ein Tag, zum Beispiel 2026-06-30.') }),
    output: anything,
    handle: async ({ queryInput: { stand } }) => {
      const day = stand === undefined ? undefined : readDay(stand);
      if (stand !== undefined && day === undefined)
        return refuse(invalidField('stand', 'Diesen Tag gibt es nicht. Schreiben Sie ihn zum Beispiel so: 2026-06-30.'));
      return ok(strategyData(await standing(ctx, day), ctx.settings) as Record<string, unknown>);
    },
  });

const measureRoute = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy/measures/:key',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Eine Maßnahme: ihre Ampel mit Gründen und Regel, ihre Spur, und was davon abhängt',
    params: byKey,
    output: z.object({
      key: z.string(),
      title: z.string(),
      light: z.string(),
      byRule: z.string(),
      rule: z.string(),
      reasons: names,
      setUntil: z.string().nullable(),
      field: z.string().nullable(),
      vision: z.string().nullable(),
      priority: z.string(),
      services: names,
      indicators: z.array(z.object({ key: z.string(), events: names })),
      lastEvents: z.array(z.object({ kind: z.string(), seq: z.number(), at: z.string() })),
      downstream: z.array(z.object({ measure: z.string(), path: names })),
    }),
    handle: async ({ params: { key } }) => {
      const opened = await openMeasure(ctx, key);
      if (!opened.ok) return opened;
      const { measure, status, trace, lastEvents, strategy } = opened.value;
      return ok({
        key,
        title: measure.title.de,
        light: status.light,
        byRule: status.byRule,
        rule: ruleOn(opened.value.day).de,
        reasons: status.reasons.map((one) => reasonSentence(one, strategy, 'de')),
        setUntil: status.set?.until ?? null,
        field: trace.field?.key ?? null,
        vision: trace.vision?.key ?? null,
        priority: measure.priority,
        services: [...trace.services],
        indicators: trace.indicators.map((one) => ({ key: one.key, events: [...one.events] })),
        lastEvents: [...lastEvents].map(([kind, { seq, at }]) => ({ kind, seq, at: at.toString() })),
        downstream: model.downstreamOf(strategy, measure.key).map((one) => ({ measure: one.measure, path: [...one.path] })),
      });
    },
  });

const versionsRoute = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy/items/:kind/:key/versions',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Alle Fassungen eines Eintrags mit ihren Gründen, neueste zuerst',
    params: itemParams,
    output: z.object({
      items: z.array(z.object({ version: z.number(), at: z.string(), reason: z.string(), decision: z.string().nullable(), facts: anything.nullable() })),
    }),
    handle: async ({ params: { kind, key } }) => {
      const found = await versionsOf(ctx, kind, key);
      if (!found.ok) return found;
      return ok({
        items: found.value.map((one) => ({
          version: one.version,
          at: one.at.toString(),
          reason: one.reason,
          decision: one.decision ?? null,
          facts: one.facts as Record<string, unknown> | null,
        })),
      });
    },
  });

const upward = z.object({
  measures: z.array(z.object({ measure: z.string(), priority: z.string(), vision: z.string().nullable(), field: z.string().nullable() })),
  events: names,
});
const pair = z.object({ measure: z.string(), indicator: z.string() });
const rows = (strategy: Parameters<typeof traceOf>[0], measures: readonly Parameters<typeof traceOf>[1][]) =>
  measures.map((one) => {
    const trace = traceOf(strategy, one, undefined);
    return { measure: one.key, priority: one.priority, vision: trace.vision?.key ?? null, field: trace.field?.key ?? null };
  });

const eventTrace = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy/trace/events/:key',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Welche Maßnahmen ein Ereignis belegt, hinauf bis zum Zukunftsbild',
    params: byKey,
    output: upward,
    handle: async ({ params: { key } }) => {
      const { strategy, indicators } = await standing(ctx);
      const measures = measuresOfEvent(strategy, indicators, key);
      return measures.length === 0 ? refuse(noItem) : ok({ measures: rows(strategy, measures), events: [key] });
    },
  });

const serviceTrace = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy/trace/services/:key',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Welchen Maßnahmen eine Leistung dient, und welche Ereignisse sie belegen',
    params: byKey,
    output: upward,
    handle: async ({ params: { key } }) => {
      if (!ctx.services().some((one) => one.key === key)) return refuse(noItem);
      const { strategy, indicators } = await standing(ctx);
      const measures = measuresOfService(strategy, key);
      return ok({ measures: rows(strategy, measures), events: [...new Set(measures.flatMap((one) => traceOf(strategy, one, indicators).events))] });
    },
  });

const gapsRoute = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy/trace',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Die Ereignisse, aus denen die Kennzahlen der Maßnahmen gerechnet sind, und wo die Spur reißt',
    output: z.object({
      events: names,
      gaps: z.object({
        measuresWithoutIndicator: names,
        measuresWithoutMilestone: names,
        indicatorsWithoutEvent: z.array(pair),
        indicatorsUnknown: z.array(pair),
        servicesWithoutMeasure: names,
        servicesUnknown: z.array(z.object({ measure: z.string(), service: z.string() })),
        indicatorsNeverSeen: z.array(pair),
      }),
    }),
    handle: async () => {
      const { gaps, stands } = await findGaps(ctx);
      return ok({ events: eventKindsOf(stands.strategy, stands.indicators), gaps: structuredClone(gaps) as never });
    },
  });

const changesRoute = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy/changes',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Was sich seit einem Tag geändert hat: Ampeln, verschobene Termine, Meilensteine, alle Einträge',
    query: z.object({ since: z.string().max(20).optional().describe('Ein Tag; fehlt er, der letzte vor diesem Quartal.') }),
    output: z.object({
      since: z.string(),
      lights: z.array(z.object({ measure: z.string(), from: z.string(), to: z.string() })),
      byFigures: z
        .boolean()
        .describe(
          'Ob die Ampeln auf beiden Seiten auch den Kennzahlen folgen. Vom letzten Tag eines Quartals sind deren Zahlen bekannt; sonst hängen sie hier allein an Meilensteinen und Abhängigkeiten, und was Kennzahlen ändern könnten, ist `none`.',
        ),
      slips: z.array(z.object({ milestone: z.string(), measure: z.string(), from: z.string(), to: z.string(), days: z.number(), reason: z.string() })),
      reached: names,
      enteredLate: names.describe('Davon schon vorher erreicht und erst in dieser Zeit eingetragen.'),
      changes: z.array(z.object({ kind: z.string(), key: z.string(), how: z.string(), facts: names, reason: z.string().nullable() })),
    }),
    handle: async ({ queryInput, now }) => {
      const since = queryInput.since === undefined ? quarterStart(now.toZonedDateTimeISO('Europe/Berlin').toPlainDate()) : readDay(queryInput.since);
      if (since === undefined) return refuse(invalidField('since', 'Diesen Tag gibt es nicht. Schreiben Sie ihn zum Beispiel so: 2026-06-30.'));
      const { lights, byFigures, slips, reached, enteredLate, changes } = await changesSince(ctx, since, await standing(ctx));
      return ok({
        since: since.toString(),
        lights: [...lights],
        byFigures,
        slips: [...slips],
        reached: [...reached],
        enteredLate: [...enteredLate],
        changes: changes.map(({ kind, key, how, facts, reason: why }) => ({ kind, key, how, facts: [...facts], reason: why ?? null })),
      });
    },
  });

const outlookRoute = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy/outlook',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Wann die Maßnahmen voraussichtlich fertig sind, mit Spanne',
    output: z.object({
      milestones: z.number(),
      open: z.number(),
      ends: z.array(
        z.object({
          measure: z.string(),
          promised: z.string(),
          first: z.string().describe('Wie er zuerst zugesagt war.'),
          low: z.string(),
          mid: z.string(),
          high: z.string(),
        }),
      ),
    }),
    handle: async () => {
      const { delays, ends } = await outlook(ctx, await standing(ctx));
      return ok({
        milestones: delays.days.length,
        open: delays.open,
        ends: [...ends].map(([measure, { promised, first, low, mid, high }]) => ({ measure, promised, first, low, mid, high })),
      });
    },
  });

const reportsRoute = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy/reports',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Die Berichte der Quartale mit ihren Prüfsummen',
    output: z.object({ items: z.array(z.object({ quarter: z.string(), sha256: z.string(), madeAt: z.string(), pdf: z.string() })), running: z.string() }),
    handle: async () => {
      const { kept, running } = await reportList(ctx);
      return ok({
        items: kept.map((one) => ({
          quarter: one.quarter,
          sha256: one.sha256,
          madeAt: one.madeAt.toString(),
          pdf: `/strategie/berichte/${one.quarter}.pdf`,
        })),
        running,
      });
    },
  });

function changeRoutes(ctx: CockpitContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/strategy/items/:kind/:key',
      access: EDITORS,
      tag: TAG,
      summary: 'Legt einen Eintrag der Strategie an oder ändert ihn, mit Grund',
      params: itemParams,
      body: z.object({ facts: anything, reason, version, decision }),
      output: changed,
      handle: async ({ actor, params, body }) => changeItem(ctx, actor, { ...params, ...body }),
    }),
    apiRoute({
      method: 'post',
      path: '/api/strategy/items/:kind/:key/removal',
      access: EDITORS,
      tag: TAG,
      summary: 'Nimmt einen Eintrag aus der Strategie heraus, mit Grund; was war, bleibt lesbar',
      params: itemParams,
      body: z.object({ reason, version, decision }),
      output: changed,
      handle: async ({ actor, params, body }) => removeItem(ctx, actor, { ...params, ...body }),
    }),
  ];
}
