import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { pageOf } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { SituationContext } from '../application/context.ts';
import { changeSection, endSection, makeSection, sectionsOf } from '../application/sections.ts';
import { byKey, geometrySchema, presentSection, sectionView, TAG } from './schemas.ts';

const area = geometrySchema.nullable().default(null);

/** Einsatzabschnitte and Sektoren, for programs. */
export function sectionApi(ctx: SituationContext): AnyRoute[] {
  return [...readAndMake(ctx), ...changeAndEnd(ctx)];
}

function readAndMake(ctx: SituationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/abschnitte',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Einsatzabschnitte und Sektoren; höchstens 500, auf einer Seite',
      params: byKey,
      output: pageOf(sectionView),
      handle: async ({ actor, params: { key } }) => {
        const found = await sectionsOf(ctx, actor, key);
        return found.ok ? ok({ items: found.value.map(presentSection), next: null }) : found;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/abschnitte',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Bildet einen Einsatzabschnitt oder einen Sektor darin',
      status: 201,
      params: byKey,
      body: z.object({
        name: z.string().max(500),
        kind: z.enum(['abschnitt', 'sektor']),
        parentId: z.uuid().nullable().default(null),
        leader: z.string().max(500).default(''),
        area,
      }),
      output: sectionView,
      handle: async ({ actor, params: { key }, body }) => {
        const made = await makeSection(ctx, actor, key, body);
        return made.ok ? ok(presentSection(made.value)) : made;
      },
    }),
  ];
}

function changeAndEnd(ctx: SituationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/lagen/:key/abschnitte/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Sagt, wer einen Abschnitt leitet und wo er liegt',
      params: byKey.extend({ id: z.uuid() }),
      body: z.object({ leader: z.string().max(500), area }),
      output: sectionView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const changed = await changeSection(ctx, actor, key, id, body);
        return changed.ok ? ok(presentSection(changed.value)) : changed;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/lagen/:key/abschnitte/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Löst einen Abschnitt mit seinen Sektoren auf',
      params: byKey.extend({ id: z.uuid() }),
      output: z.object({ id: z.string() }),
      handle: async ({ actor, params: { key, id } }) => endSection(ctx, actor, key, id),
    }),
  ];
}
