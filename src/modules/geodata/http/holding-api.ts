import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { Spool } from '../../../platform/http/spool.ts';
import { BLANK, describe, holding, holdings, makeCollection, type Holding } from '../application/administer.ts';
import { removeCollection } from '../application/collections.ts';
import { FORMATS } from '../application/formats.ts';
import {
  cancelOrder,
  importOrder,
  importOrders,
  orderRejects,
  orderUpload,
  orderUrl,
  type ImportContext,
  type ImportOrder,
  type OrderEnd,
  type OrderWish,
} from '../application/import-orders.ts';
import { CRS, readWish, WRONG_ORIGIN } from './holding-forms.ts';

const tag = 'Geodaten';
const READERS = ['administration', 'revision', 'device'] as const;
/** An import's address may hold a key: devices follow the files they brought, and see no list. */
const WATCHERS = ['administration', 'revision'] as const;
const KEEPERS = ['administration'] as const;
/** A program with a key brings its files; it makes and deletes no collection. */
const BRINGERS = ['administration', 'device'] as const;
const COLLECTIONS = '/api/geodata/collections';
const IMPORTS = '/api/geodata/imports';

const text = z.string().max(5000);
const description = z.object({
  title: text,
  description: text.default(''),
  owner: text.default(''),
  contact: text.default(''),
  licence: text.default(''),
  attribution: text.default(''),
  source: text.default(''),
  keywords: z.array(z.string().max(100)).max(50).default([]),
  renewedEvery: text.default(''),
  quality: text.default(''),
  access: z.enum(['open', 'internal']).default('open'),
  keyProperty: text.default(''),
  dataAsOf: text.default(''),
});
const named = z.object({ id: z.string() });
const collection = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  owner: z.string().nullable(),
  licence: z.string().nullable(),
  access: z.enum(['open', 'internal']),
  keyProperty: z.string().nullable(),
  features: z.number(),
  changedAt: z.string(),
  dataAsOf: z.string().nullable(),
  renewedEvery: z.string().nullable(),
  freshness: z.enum(['fresh', 'overdue', 'unknown']),
  quality: z.string().nullable(),
  lastImport: z.object({ state: z.string(), rowsRead: z.number(), rejected: z.number(), startedAt: z.string() }).nullable(),
});
const order = z.object({
  id: z.string(),
  collection: z.string(),
  name: z.string(),
  url: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  state: z.enum(['waiting', 'fetching', 'reading', 'done', 'failed', 'cancelled']),
  message: z.string().nullable(),
  notes: z.array(z.string()),
  rowsRead: z.number(),
  created: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  orderedAt: z.string(),
  endedAt: z.string().nullable(),
});

function presentHolding({ collection: one, freshness, lastImport }: Holding): z.output<typeof collection> {
  const { id, title, description: told, about, access, keyProperty = null, features, changedAt, dataAsOf } = one;
  return {
    id,
    title,
    description: told,
    owner: about.owner ?? null,
    licence: about.licence ?? null,
    access,
    keyProperty,
    features,
    changedAt: changedAt.toString(),
    dataAsOf: dataAsOf?.toString() ?? null,
    renewedEvery: about.renewedEvery ?? null,
    freshness,
    quality: about.quality ?? null,
    lastImport:
      lastImport === undefined
        ? null
        : { state: lastImport.state, rowsRead: lastImport.rowsRead, rejected: lastImport.rejected, startedAt: lastImport.startedAt.toString() },
  };
}

function presentOrder(one: ImportOrder): z.output<typeof order> {
  const { id, collectionId, name, url, sizeBytes, state, message, notes, rowsRead, created, changed, unchanged, rejected, orderedAt, endedAt } = one;
  return {
    id,
    collection: collectionId,
    name,
    url,
    sizeBytes,
    state,
    message,
    notes: [...notes],
    rowsRead,
    created,
    changed,
    unchanged,
    rejected,
    orderedAt: orderedAt.toString(),
    endedAt: endedAt?.toString() ?? null,
  };
}

/** Collections and imports, for programs. */
export function holdingApi(ctx: ImportContext, spool: Spool): AnyRoute[] {
  return [...collectionApi(ctx), ...bringApi(ctx, spool), ...importApi(ctx)];
}

const one = z.object({ id: z.string().max(63) });

function collectionApi(ctx: ImportContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: COLLECTIONS,
      access: READERS,
      tag,
      summary: 'Alle Sammlungen mit Zuständigkeit, Lizenz, Frische und dem letzten Import.',
      output: z.object({ items: z.array(collection), next: z.null() }),
      handle: async () => ok({ items: (await holdings(ctx)).map(presentHolding), next: null }),
    }),
    apiRoute({
      method: 'get',
      path: `${COLLECTIONS}/:id`,
      access: READERS,
      tag,
      summary: 'Eine Sammlung.',
      params: one,
      output: collection,
      handle: async ({ params }) => {
        const found = await holding(ctx, params.id);
        return found.ok ? ok(presentHolding(found.value)) : found;
      },
    }),
    apiRoute({
      method: 'post',
      path: COLLECTIONS,
      access: KEEPERS,
      tag,
      summary: 'Legt eine leere Sammlung an.',
      body: description.extend({ id: z.string().max(63) }),
      output: named,
      status: 201,
      handle: ({ actor, body: { id, ...told } }) => makeCollection(ctx, actor, id, { ...BLANK, ...told }),
    }),
    apiRoute({
      method: 'put',
      path: `${COLLECTIONS}/:id`,
      access: KEEPERS,
      tag,
      summary: 'Beschreibt eine Sammlung neu; was fehlt, gilt als nicht angegeben.',
      params: one,
      // nothing becomes public because nobody said anything
      body: description.extend({ access: z.enum(['open', 'internal']) }),
      output: named,
      handle: ({ actor, params, body }) => describe(ctx, actor, params.id, body),
    }),
    apiRoute({
      method: 'delete',
      path: `${COLLECTIONS}/:id`,
      access: KEEPERS,
      tag,
      summary: 'Löscht eine Sammlung mit allem darin, sofort und endgültig.',
      params: one,
      output: z.object({ features: z.number() }),
      handle: ({ actor, params }) => removeCollection(ctx, actor, params.id),
    }),
  ];
}

const wishInput = z.object({
  format: z.enum(FORMATS).optional(),
  crs: z.enum(CRS).optional(),
  layer: z.string().max(200).optional(),
  origin: z.tuple([z.number(), z.number()]).optional(),
  replace: z.boolean().default(false),
});

function toWish({ format, crs, layer, origin, replace }: z.output<typeof wishInput>): OrderWish {
  return {
    ...(format && { format }),
    ...(crs && { crs }),
    ...(layer === undefined ? {} : { layer }),
    ...(origin && { origin }),
    ...(replace ? { replace } : {}),
  };
}

function bringApi(ctx: ImportContext, spool: Spool): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: `${COLLECTIONS}/:id/imports`,
      access: BRINGERS,
      tag,
      summary: 'Lädt eine Datei hoch und bestellt ihren Import. Weitere Felder: format, crs, layer, origin (Ost,Nord), replace (ja).',
      params: one,
      upload: true,
      spool,
      output: named,
      status: 202,
      handle: async ({ actor, params, fields, spooled }) => {
        const wish = readWish(fields);
        if (wish === 'wrong-origin') return refuse(invalidField('origin', WRONG_ORIGIN));
        return orderUpload(ctx, actor, params.id, spooled[0], wish);
      },
    }),
    apiRoute({
      method: 'post',
      path: `${COLLECTIONS}/:id/fetches`,
      access: KEEPERS,
      tag,
      summary: 'Bestellt, dass die Stadt Daten von einer Adresse holt und einliest.',
      params: one,
      body: wishInput.extend({ url: z.string().max(2000) }),
      output: named,
      status: 202,
      handle: ({ actor, params, body: { url, ...wish } }) => orderUrl(ctx, actor, params.id, url, toWish(wish)),
    }),
  ];
}

const writeEnd = ({ orderedAt, id }: OrderEnd): string => encodeCursor([orderedAt.toString(), id]);

function readEnd(cursor: string | undefined): OrderEnd | undefined {
  const [at, id] = decodeCursor(cursor) ?? [];
  const known = typeof id === 'string' ? parseId(id) : undefined;
  if (known === undefined || typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/.test(at)) return undefined;
  try {
    return { orderedAt: Temporal.Instant.from(at), id: known };
  } catch {
    return undefined;
  }
}

function importApi(ctx: ImportContext): AnyRoute[] {
  const params = z.object({ id: z.uuid() });
  return [
    apiRoute({
      method: 'get',
      path: IMPORTS,
      access: WATCHERS,
      tag,
      summary: 'Importe über die laufende Stadt, neueste zuerst.',
      query: pageQuery.extend({ collection: z.string().max(63).optional() }),
      output: pageOf(order),
      handle: async ({ queryInput: { cursor, limit, collection: of } }) => {
        const before = readEnd(cursor);
        const { orders, next } = await importOrders(ctx, { limit, ...(of === undefined ? {} : { collection: of }), ...(before && { before }) });
        return ok({ items: orders.map(presentOrder), next: next === undefined ? null : writeEnd(next) });
      },
    }),
    apiRoute({
      method: 'get',
      path: `${IMPORTS}/:id`,
      access: READERS,
      tag,
      summary: 'Wie weit ein Import ist.',
      params,
      output: order,
      handle: async ({ actor, params: { id } }) => {
        const found = await importOrder(ctx, actor, id);
        return found.ok ? ok(presentOrder(found.value)) : found;
      },
    }),
    apiRoute({
      method: 'get',
      path: `${IMPORTS}/:id/rejects`,
      access: READERS,
      tag,
      summary: 'Abgewiesene Zeilen mit ihrem Grund, in der Reihenfolge der Datei.',
      params,
      query: pageQuery,
      output: pageOf(z.object({ row: z.number(), reason: z.string() })),
      handle: async ({ actor, params: { id }, queryInput: { cursor, limit } }) => {
        const found = await importOrder(ctx, actor, id);
        if (!found.ok) return found;
        const [after] = decodeCursor(cursor) ?? [];
        const { rejects, next } = await orderRejects(ctx, found.value, typeof after === 'number' && Number.isSafeInteger(after) ? after : 0, limit);
        return ok({ items: rejects.map(({ row, reason }) => ({ row, reason })), next: next === undefined ? null : encodeCursor([next]) });
      },
    }),
    apiRoute({
      method: 'delete',
      path: `${IMPORTS}/:id`,
      access: KEEPERS,
      tag,
      summary: 'Bricht einen Import ab; was eingelesen ist, bleibt.',
      params,
      output: named,
      handle: ({ actor, params: { id } }) => cancelOrder(ctx, actor, id),
    }),
  ];
}
