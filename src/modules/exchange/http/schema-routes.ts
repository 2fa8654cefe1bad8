import { z } from 'zod';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { jsonSchema } from '../application/data-schema.ts';
import type { FormSource } from '../domain/xdatenfelder-model.ts';

const NOT_FOUND: Problem<'not-found'> = {
  kind: 'not-found',
  detail: 'Diese Leistung gibt es nicht, oder die Behörde beginnt sie selbst. Prüfen Sie ihren Schlüssel.',
};

/**
 * What data of an application must be like, for houses that send them.
 * @param context.source a package that can be applied for
 */
export function schemaRoutes({ publicUrl, source }: { readonly publicUrl: string; readonly source: (key: string) => FormSource | undefined }): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/exchange/services/:key/schema',
      access: 'public',
      tag: 'Datenaustausch',
      summary: 'Das JSON-Schema (2020-12), dem Fachdaten eines Antrags über FIT-Connect folgen',
      params: z.object({ key: z.string().max(100) }),
      output: z.record(z.string(), z.unknown()),
      handle: async ({ params: { key } }) => {
        const pkg = source(key);
        return pkg === undefined ? refuse(NOT_FOUND) : ok(jsonSchema(pkg, publicUrl));
      },
    }),
  ];
}
