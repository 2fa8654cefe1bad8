import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { html as markup, type Html } from '../ui/html.ts';
import { accessName } from './access.ts';
import type { AnyApiRoute } from './api-route.ts';
import { openApiDocument } from './openapi.ts';
import { PROBLEMS } from './problem.ts';
import type { RenderPage } from './refusals.ts';
import { apiRoute, getPage, html, type AnyRoute } from './route.ts';

/** `/api/openapi.json` for programs and `/api` for people, both made from the routes themselves. */
export function openApiRoutes(routes: readonly AnyRoute[], publicUrl: string, renderPage: RenderPage): readonly AnyRoute[] {
  let document: Record<string, unknown> | undefined;
  const all: AnyApiRoute[] = routes.filter((route) => route.kind === 'api');
  const description = apiRoute({
    method: 'get',
    path: '/api/openapi.json',
    access: 'public',
    tag: 'Betrieb',
    summary: 'Diese Beschreibung als OpenAPI 3.1.',
    output: z.record(z.string(), z.unknown()),
    handle: async () => ok((document ??= openApiDocument(all, publicUrl))),
  });
  if (description.kind === 'api') all.push(description);
  const page = getPage('/api', 'public', async (visit) => html(renderPage(visit, { title: 'Programmierschnittstelle (API)', body: listOf(all) })));
  return [description, page];
}

function listOf(routes: readonly AnyApiRoute[]): Html {
  const tags = [...new Set(routes.map((route) => route.tag))].sort();
  return markup`
    <p>Alles, was diese Stadt kann, kann auch ein Programm. Die ganze Beschreibung steht in <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
    ${tags.map((tag) =>
      section(
        tag,
        routes.filter((route) => route.tag === tag),
      ),
    )}
    <h2 class="kern-heading-medium">Ablehnungen</h2>
    <p>Eine Ablehnung hat die Form <code>application/problem+json</code> (RFC 9457).</p>
    <table class="kern-table"><caption class="kern-title">Arten der Ablehnung</caption>
      <thead class="kern-table__head"><tr class="kern-table__row"><th class="kern-table__header" scope="col">Art</th><th class="kern-table__header" scope="col">Status</th><th class="kern-table__header" scope="col">Bedeutung</th></tr></thead>
      <tbody class="kern-table__body">${Object.entries(PROBLEMS).map(([kind, { status, title }]) => markup`<tr class="kern-table__row" id="${kind}"><td class="kern-table__cell"><code>${kind}</code></td><td class="kern-table__cell">${status}</td><td class="kern-table__cell">${title.de}</td></tr>`)}</tbody>
    </table>`;
}

function section(tag: string, routes: readonly AnyApiRoute[]): Html {
  return markup`<h2 class="kern-heading-medium">${tag}</h2>
    <ul>${routes.map((route) => markup`<li><code>${route.method.toUpperCase()} ${route.path}</code>: ${route.summary} (${accessName(route.access)})</li>`)}</ul>`;
}
