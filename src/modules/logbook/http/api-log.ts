import { instant } from '../../../platform/http/instant.ts';
import { LOG_KINDS, WRITTEN_KINDS } from '../../../kernel/log.ts';
import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { LogbookContext } from '../application/context.ts';
import { exportLog } from '../application/export-lage.ts';
import { readEntry, readLog } from '../application/read-log.ts';
import { writeEntry } from '../application/write-entry.ts';
import { byKey, cursorNumber, entryView, nextOf, packed, presentEntry, presentFile, refs, TAG } from './schemas.ts';

/** The Einsatztagebuch for programs. */
export function logApi(ctx: LogbookContext): AnyRoute[] {
  return [listRoute(ctx), readRoute(ctx), writeRoute(ctx), exportRoute(ctx)];
}

const listRoute = (ctx: LogbookContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/tagebuch',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Einträge des Einsatztagebuchs, der neueste zuerst; mit `after` die neuen seit einer Nummer, der älteste zuerst',
    params: byKey,
    query: pageQuery.extend({
      after: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
      kind: z.enum(LOG_KINDS).optional(),
      author: z.string().max(80).optional(),
      from: instant.optional(),
      until: instant.optional(),
      text: z.string().max(200).optional(),
      ref: z.string().max(140).optional().describe('Was der Eintrag nennt, z. B. `log:12` oder `task:…`.'),
    }),
    output: pageOf(entryView),
    handle: async ({ actor, params: { key }, queryInput: { cursor, limit, after, kind, ...filter } }) => {
      const before = cursorNumber(cursor);
      if (!before.ok) return before;
      // a cursor of a list that runs forward goes on from there
      const place = after === undefined ? { before: before.value } : { after: before.value ?? after };
      const read = await readLog(ctx, actor, key, { limit, ...place, ...filter, kinds: kind === undefined ? undefined : [kind] });
      return read.ok ? ok({ items: read.value.entries.map(presentEntry), next: nextOf(read.value.entries, limit) }) : read;
    },
  });

const readRoute = (ctx: LogbookContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/tagebuch/:number',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Ein Eintrag mit denen, die er nennt und die ihn nennen',
    params: byKey.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647) }),
    output: entryView.extend({ linked: z.array(entryView) }),
    handle: async ({ actor, params: { key, number } }) => {
      const read = await readEntry(ctx, actor, key, number);
      return read.ok ? ok({ ...presentEntry(read.value.entry), linked: read.value.linked.map(presentEntry) }) : read;
    },
  });

const writeRoute = (ctx: LogbookContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/lagen/:key/tagebuch',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Schreibt einen Eintrag, oder berichtigt einen durch einen weiteren; dieselbe `id` zweimal ist ein Eintrag',
    status: 201,
    params: byKey,
    body: z.object({
      id: z.uuid().optional(),
      kind: z.enum([...WRITTEN_KINDS, 'berichtigung']),
      text: z.string().max(50_000),
      eventAt: instant.optional(),
      refs,
      corrects: z.number().int().min(1).max(2_147_483_647).optional(),
    }),
    output: entryView,
    handle: async ({ actor, params: { key }, body }) => {
      const written = await writeEntry(ctx, actor, key, body);
      return written.ok ? ok(presentEntry(written.value)) : written;
    },
  });

const exportRoute = (ctx: LogbookContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/lagen/:key/tagebuch/ausgabe',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Das ganze Tagebuch als gesiegeltes PDF, oder als ZIP mit Daten, die sich ohne Kontor prüfen lassen (base64)',
    limit: 'costly',
    params: byKey,
    body: z.object({ form: z.enum(['pdf', 'zip']) }),
    output: packed,
    handle: async ({ actor, params: { key }, body }) => {
      const file = await exportLog(ctx, actor, key, body.form);
      return file.ok ? ok(presentFile(file.value)) : file;
    },
  });
