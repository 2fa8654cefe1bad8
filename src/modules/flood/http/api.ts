import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { cursorId, decodeCursor, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { FloodContext } from '../application/context.ts';
import { bringGrid, bringGridToLage, gridsFor } from '../application/grids.ts';
import { MOST_GRID_BYTES } from '../application/read-grid.ts';
import { layersOfRun } from '../application/results.ts';
import { cancelFloodRun, floodedFacilities, floodRun, floodRuns, startFloodRun } from '../application/runs.ts';
import { whatIf } from '../application/what-if.ts';
import { readGridWish } from './read-form.ts';
import {
  byId,
  byKey,
  facilityView,
  gridView,
  presentFacility,
  presentGrid,
  presentRun,
  presentWhatIf,
  presentWholeRun,
  runBody,
  runView,
  whatIfBody,
  whatIfView,
  wholeRunView,
} from './schemas.ts';

const tag = 'Flut';
const BASE = '/api/lagen/:key/flut';
const RUNS = `${BASE}/rechnungen`;
const UPLOAD =
  'GeoTIFF oder ESRI-ASCII-Raster in EPSG:25832 (Feld file). Weitere Felder: name, source, inletBelowMetres, structures (GeoJSON mit kind, name, crestMetres, sillMetres).';

/** Floods for programs. */
export function floodApi(ctx: FloodContext): AnyRoute[] {
  return [...gridApi(ctx), ...cityGridApi(ctx), ...runApi(ctx), ...oneRunApi(ctx)];
}

const spoolOf = ({ uploads }: FloodContext) => ({ directory: uploads, maxBytes: MOST_GRID_BYTES });

function gridApi(ctx: FloodContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: `${BASE}/gitter`,
      access: LAGE_ACCESS,
      tag,
      summary: 'Höhenraster mit ihren Deichen und Toren; höchstens 200, auf einer Seite',
      params: byKey,
      output: pageOf(gridView),
      handle: async ({ actor, params: { key } }) => {
        const found = await gridsFor(ctx, actor, key);
        return found.ok ? ok({ items: found.value.map(presentGrid), next: null }) : found;
      },
    }),
    apiRoute({
      method: 'post',
      path: `${BASE}/gitter`,
      access: [...LAGE_ACCESS, 'device'],
      tag,
      summary: `Bringt ein Höhenraster mit. ${UPLOAD}`,
      params: byKey,
      upload: true,
      spool: spoolOf(ctx),
      status: 201,
      output: gridView,
      handle: async ({ actor, params: { key }, fields, spooled }) => {
        const made = await bringGridToLage(ctx, actor, key, spooled[0]?.path, readGridWish(fields));
        return made.ok ? ok(presentGrid(made.value)) : made;
      },
    }),
  ];
}

function cityGridApi(ctx: FloodContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/flood/grids',
      access: ['administration'],
      tag,
      summary: `Bringt ein Höhenraster für alle Lagen der Stadt mit. ${UPLOAD}`,
      upload: true,
      spool: spoolOf(ctx),
      status: 201,
      output: gridView,
      handle: async ({ actor, fields, spooled }) => {
        const made = await bringGrid(ctx, actor, spooled[0]?.path, readGridWish(fields));
        return made.ok ? ok(presentGrid(made.value)) : made;
      },
    }),
    apiRoute({
      method: 'post',
      path: `${BASE}/was-waere-wenn`,
      access: LAGE_ACCESS,
      tag,
      summary: 'Sofort: was bei diesem Pegel im Wasser steht, wenn diese Tore offen bleiben. Ändert nichts.',
      limit: 'drawing',
      params: byKey,
      body: whatIfBody,
      output: whatIfView,
      handle: async ({ actor, params: { key }, body }) => {
        const answer = await whatIf(ctx, actor, key, body);
        return answer.ok ? ok(presentWhatIf(key, body, answer.value)) : answer;
      },
    }),
  ];
}

function runApi(ctx: FloodContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: RUNS,
      access: LAGE_ACCESS,
      tag,
      summary: 'Rechnungen der Lage, neueste zuerst',
      params: byKey,
      query: pageQuery,
      output: pageOf(runView),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit } }) => {
        const before = cursorId(cursor);
        if (!before.ok) return before;
        const found = await floodRuns(ctx, actor, key, { limit, ...(before.value === undefined ? {} : { before: before.value }) });
        if (!found.ok) return found;
        const { runs, next } = found.value;
        return ok({ items: runs.map(presentRun), next: next === undefined ? null : encodeCursor([next]) });
      },
    }),
    apiRoute({
      method: 'post',
      path: RUNS,
      access: LAGE_ACCESS,
      tag,
      summary: 'Bestellt eine Rechnung: Scheitel mal Brüche. Sie läuft im Hintergrund.',
      status: 202,
      params: byKey,
      body: runBody,
      output: runView,
      handle: async ({ actor, params: { key }, body: { curve, breaches, ...input } }) => {
        const wish = {
          ...input,
          ...(curve === undefined ? {} : { curve }),
          breaches: breaches.map(({ place, ...breach }) => ({ ...breach, ...(place === undefined ? {} : { place }) })),
        };
        const started = await startFloodRun(ctx, actor, key, wish);
        return started.ok ? ok(presentRun(started.value)) : started;
      },
    }),
  ];
}

function oneRunApi(ctx: FloodContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: `${RUNS}/:id`,
      access: LAGE_ACCESS,
      tag,
      summary: 'Eine Rechnung mit ihren Fällen und Ebenen. Ebenen als GeoJSON: /lagen/:key/flut/rechnungen/:id/depth.geojson',
      params: byId,
      output: wholeRunView,
      handle: async ({ actor, params: { key, id } }) => {
        const found = await floodRun(ctx, actor, key, id);
        return found.ok ? ok(presentWholeRun(found.value, layersOfRun(key, found.value.run))) : found;
      },
    }),
    apiRoute({
      method: 'post',
      path: `${RUNS}/:id/abbruch`,
      access: LAGE_ACCESS,
      tag,
      summary: 'Bricht eine Rechnung ab, die wartet oder läuft',
      params: byId,
      output: runView,
      handle: async ({ actor, params: { key, id } }) => {
        const done = await cancelFloodRun(ctx, actor, key, id);
        return done.ok ? ok(presentRun(done.value)) : done;
      },
    }),
    apiRoute({
      method: 'get',
      path: `${RUNS}/:id/einrichtungen`,
      access: LAGE_ACCESS,
      tag,
      summary: 'Einrichtungen im Wasser, die frühesten zuerst',
      params: byId,
      query: pageQuery,
      output: pageOf(facilityView.extend({ number: z.number() })),
      handle: async ({ actor, params: { key, id }, queryInput: { cursor, limit } }) => {
        const [after] = decodeCursor(cursor) ?? [];
        const found = await floodedFacilities(ctx, actor, key, id, { after: typeof after === 'number' ? after : 0, limit });
        if (!found.ok) return found;
        const { facilities, next } = found.value;
        return ok({
          items: facilities.map((one) => ({ number: one.number, ...presentFacility(one) })),
          next: next === undefined ? null : encodeCursor([next]),
        });
      },
    }),
  ];
}
