import { z } from 'zod';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { apiRoute, getPage, problemPage, type Answer, type AnyRoute } from '../../../platform/http/route.ts';
import { publishCatalogue, publishLeistung, type PublishContext, type PublishedLeistung } from '../application/publish-leistung.ts';
import { publishForm, type FormPublishContext } from '../application/xdatenfelder.ts';

const tag = 'Datenaustausch';
const output = z.object({ name: z.string(), mediaType: z.literal('application/xml'), xml: z.string() });
const params = z.object({ key: z.string().max(100) });

/** Catalogue entries and forms for everybody: as files, and for programs. */
export function publishRoutes(ctx: PublishContext & FormPublishContext): AnyRoute[] {
  return [
    getPage('/leistungen/:key/xzufi.xml', 'public', async ({ params: { key } }) => asFile(publishLeistung(ctx, key ?? ''))),
    getPage('/leistungen/:key/xdatenfelder.xml', 'public', async ({ params: { key } }) => asFile(publishForm(ctx, key ?? ''))),
    getPage('/katalog/xzufi.xml', 'public', async () => asFile(ok(publishCatalogue(ctx)))),
    apiRoute({
      method: 'get',
      path: '/api/exchange/services/:key/xzufi',
      access: 'public',
      tag,
      summary: 'Der Katalogeintrag einer Leistung als XZuFi 2.2.0 (nicht gegen das XSD geprüft)',
      params,
      output,
      handle: async ({ params: { key } }) => presented(publishLeistung(ctx, key)),
    }),
    apiRoute({
      method: 'get',
      path: '/api/exchange/services/:key/xdatenfelder',
      access: 'public',
      tag,
      summary: 'Das Formular einer Leistung als XDatenfelder 3.0.0, Stammdatenschema 0102 (nicht gegen das XSD geprüft)',
      params,
      output,
      handle: async ({ params: { key } }) => presented(publishForm(ctx, key)),
    }),
    apiRoute({
      method: 'get',
      path: '/api/exchange/xzufi',
      access: 'public',
      tag,
      summary: 'Der ganze Katalog als XZuFi 2.2.0 (nicht gegen das XSD geprüft)',
      output,
      handle: async () => presented(ok(publishCatalogue(ctx))),
    }),
  ];
}

type Published = Result<PublishedLeistung, Problem<'not-found'>>;

const asFile = (published: Published): Answer =>
  published.ok
    ? { kind: 'file', bytes: Buffer.from(published.value.xml, 'utf8'), mediaType: 'application/xml', fileName: published.value.fileName }
    : problemPage(published.problem);

const presented = (published: Published): Result<z.output<typeof output>, Problem> =>
  published.ok ? ok({ name: published.value.fileName, mediaType: 'application/xml', xml: published.value.xml }) : published;
