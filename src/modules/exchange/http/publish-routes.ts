import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, getPage, problemPage, type AnyRoute } from '../../../platform/http/route.ts';
import { publishLeistung, type PublishContext } from '../application/publish-leistung.ts';

/** Catalogue entries for everybody: as a file, and for programs. */
export function publishRoutes(ctx: PublishContext): AnyRoute[] {
  return [
    getPage('/leistungen/:key/xzufi.xml', 'public', async ({ params }) => {
      const published = publishLeistung(ctx, params['key'] ?? '');
      if (!published.ok) return problemPage(published.problem);
      const { xml, fileName } = published.value;
      return { kind: 'file', bytes: Buffer.from(xml, 'utf8'), mediaType: 'application/xml', fileName };
    }),
    apiRoute({
      method: 'get',
      path: '/api/exchange/services/:key/xzufi',
      access: 'public',
      tag: 'Datenaustausch',
      summary: 'Der Katalogeintrag einer Leistung als XZuFi 2.2.0 (nicht gegen das XSD geprüft)',
      params: z.object({ key: z.string().max(100) }),
      output: z.object({ name: z.string(), mediaType: z.literal('application/xml'), xml: z.string() }),
      handle: async ({ params: { key } }) => {
        const published = publishLeistung(ctx, key);
        return published.ok ? ok({ name: published.value.fileName, mediaType: 'application/xml' as const, xml: published.value.xml }) : published;
      },
    }),
  ];
}
