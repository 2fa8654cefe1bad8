import { z, type ZodType } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { ForcesContext } from '../application/context.ts';
import { placeOne } from '../application/positions.ts';
import { editOne, listOf, makeOne, openOne, stepOne } from '../application/records.ts';
import { readSummary } from '../application/summary.ts';
import { RECORD_KINDS } from '../../../kernel/forces.ts';
import type { Bodies, RecordKind, Steps } from '../domain/records.ts';
import { printStrength } from '../../../kernel/strength.ts';
import type { Sum } from '../domain/summary.ts';
import { BEGIN, byId, byKey, INPUTS, moment, PATHS, place, presentBody, presentRecord, recordView, STEP_INPUTS } from './schemas.ts';

const TAG = 'Kräfte';

/** Forces, tasks, requests, shelters and materials for programs. What is fixed in an address stands before what is named. */
export function forcesApi(ctx: ForcesContext): AnyRoute[] {
  return [summaryRoute(ctx), ...RECORD_KINDS.flatMap((kind) => [...readRoutes(ctx, kind), ...writeRoutes(ctx, kind)]), positionRoute(ctx)];
}

const NAMES: Readonly<Record<RecordKind, readonly [many: string, one: string]>> = {
  unit: ['Einheiten', 'Einheit'],
  task: ['Aufträge', 'Auftrag'],
  request: ['Anforderungen', 'Anforderung'],
  shelter: ['Notunterkünfte', 'Notunterkunft'],
  material: ['Materialien', 'Material'],
};

const changeView = z.object({ version: z.number(), step: z.string(), changedAt: z.string(), changedBy: z.string(), body: z.record(z.string(), z.unknown()) });

function readRoutes(ctx: ForcesContext, kind: RecordKind): AnyRoute[] {
  const path = `/api/lagen/:key/${PATHS[kind]}`;
  return [
    apiRoute({
      method: 'get',
      path,
      access: LAGE_ACCESS,
      tag: TAG,
      summary: `${NAMES[kind][0]} einer Lage nach ihrer Nummer`,
      params: byKey,
      query: pageQuery.extend({ open: z.enum(['ja', 'nein']).optional().describe('Nur, was noch da und offen ist, oder nur das andere.') }),
      output: pageOf(recordView),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit, open } }) => {
        const [after] = decodeCursor(cursor) ?? [];
        if (cursor !== undefined && (typeof after !== 'number' || !Number.isSafeInteger(after) || Math.abs(after) > 2 ** 31 - 1))
          return refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
        const found = await listOf(ctx, actor, key, kind, { limit, after: after as number | undefined, open: open === undefined ? undefined : open === 'ja' });
        if (!found.ok) return found;
        const { records } = found.value;
        return ok({ items: records.map(presentRecord), next: records.length < limit ? null : encodeCursor([records.at(-1)!.number]) });
      },
    }),
    apiRoute({
      method: 'get',
      path: `${path}/:id`,
      access: LAGE_ACCESS,
      tag: TAG,
      summary: `${NAMES[kind][1]} mit den letzten 200 Änderungen`,
      params: byId,
      output: recordView.extend({ changes: z.array(changeView) }),
      handle: async ({ actor, params: { key, id } }) => {
        const opened = await openOne(ctx, actor, key, kind, id);
        if (!opened.ok) return opened;
        const changes = opened.value.changes.map(({ changedAt, body, ...rest }) => ({ ...rest, changedAt: changedAt.toString(), body: presentBody(body) }));
        return ok({ ...presentRecord(opened.value.record), changes });
      },
    }),
  ];
}

const change = {
  basis: z.number().int().describe('Version, die Sie gesehen haben.'),
  changeId: z.uuid().optional().describe('Von Ihnen gemacht: zweimal gesendet ist es eine Änderung.'),
};

function writeRoutes(ctx: ForcesContext, kind: RecordKind): AnyRoute[] {
  const path = `/api/lagen/:key/${PATHS[kind]}`;
  // the schema of a kind gives what its rules take; only the table knows that both are of one kind
  const input = INPUTS[kind] as unknown as ZodType<never>;
  const step = STEP_INPUTS[kind] as unknown as ZodType<Steps[RecordKind]>;
  const begin = BEGIN[kind] as (typed: never) => Bodies[RecordKind];
  return [
    apiRoute({
      method: 'post',
      path,
      access: LAGE_ACCESS,
      tag: TAG,
      summary: `${NAMES[kind][1]} anlegen`,
      status: 201,
      params: byKey,
      body: z.object({ id: z.uuid().optional().describe('Von Ihnen gemacht: zweimal gesendet ist es eins.'), body: input }),
      output: recordView,
      handle: async ({ actor, params: { key }, body }) => {
        const made = await makeOne(ctx, actor, key, kind, begin(body.body), body.id);
        return made.ok ? ok(presentRecord(made.value)) : made;
      },
    }),
    apiRoute({
      method: 'put',
      path: `${path}/:id`,
      access: LAGE_ACCESS,
      tag: TAG,
      summary: `${NAMES[kind][1]} berichtigen; was sich ereignet, sind Schritte`,
      params: byId,
      body: z.object({ ...change, body: input }),
      output: recordView,
      handle: async ({ actor, params: { key, id }, body: { body, ...rest } }) => {
        const done = await editOne(ctx, actor, key, kind, { id, ...rest, body: begin(body) });
        return done.ok ? ok(presentRecord(done.value)) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: `${path}/:id/schritte`,
      access: LAGE_ACCESS,
      tag: TAG,
      summary: `Was mit ${NAMES[kind][1]} geschieht`,
      params: byId,
      body: z.object({ ...change, step }),
      output: recordView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const done = await stepOne(ctx, actor, key, kind, { id, ...body });
        return done.ok ? ok(presentRecord(done.value)) : done;
      },
    }),
  ];
}

const positionRoute = (ctx: ForcesContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/lagen/:key/kraefte/:id/position',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Sagt, wo eine Einheit ist; Älteres als das Bekannte ändert nichts',
    params: byId,
    body: z.object({ place, at: moment, accuracyMetres: z.number().min(0).max(100_000).optional() }),
    output: z.object({ moved: z.boolean() }),
    handle: async ({ actor, params: { key, id }, body }) => placeOne(ctx, actor, key, { ...body, unitId: id, at: Temporal.Instant.from(body.at) }),
  });

const sumView = z.object({ name: z.string(), units: z.number(), strength: z.string() });
const presentSum = ({ name, units, strength }: Sum): z.output<typeof sumView> => ({ name, units, strength: printStrength(strength) });

const summaryRoute = (ctx: ForcesContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/kraefte/uebersicht',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Stärke nach Organisation, Status und Abschnitt, und was fehlt',
    params: byKey,
    output: z.object({
      total: z.string(),
      byOrganisation: z.array(sumView),
      byStatus: z.array(sumView),
      bySection: z.array(sumView),
      gaps: z.array(z.object({ kind: z.string(), id: z.string(), title: z.string(), missing: z.number().optional() })),
    }),
    handle: async ({ actor, params: { key } }) => {
      const read = await readSummary(ctx, actor, key);
      if (!read.ok) return read;
      const { total, byOrganisation, byStatus, bySection, gaps } = read.value.summary;
      return ok({
        total: printStrength(total),
        byOrganisation: byOrganisation.map(presentSum),
        byStatus: byStatus.map(presentSum),
        bySection: bySection.map(presentSum),
        gaps: [...gaps],
      });
    },
  });
