import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { testServer } from '../../../test/support/test-server.ts';
import { pageOf, pageQuery } from './paging.ts';
import { apiRoute, getPage, html } from './route.ts';
import { html as markup } from '../ui/html.ts';

const server = testServer([
  apiRoute({
    method: 'get',
    path: '/api/faelle',
    access: ['sachbearbeitung', 'leitung'],
    tag: 'Verfahren',
    summary: 'Fälle',
    query: pageQuery.extend({ suche: z.string().optional() }),
    output: pageOf(z.object({ id: z.uuid(), am: z.string() })),
    handle: async () => ok({ items: [], next: null }),
  }),
  apiRoute({
    method: 'post',
    path: '/api/faelle/:id/entscheidung',
    access: ['leitung'],
    tag: 'Verfahren',
    summary: 'Entscheiden',
    status: 201,
    params: z.object({ id: z.uuid() }),
    body: z.object({ art: z.enum(['bewilligt', 'abgelehnt']), grund: z.string().min(1) }),
    output: z.object({ id: z.string() }),
    handle: async () => ok({ id: '1' }),
  }),
  apiRoute({
    method: 'post',
    path: '/api/faelle/:id/dateien',
    access: 'citizen',
    tag: 'Verfahren',
    summary: 'Hochladen',
    upload: true,
    status: 204,
    output: z.null(),
    handle: async () => ok(null),
  }),
  getPage('/seite', 'public', async () => html(markup`x`)),
]);

interface Document {
  paths: Record<
    string,
    Record<
      string,
      { 'x-kontor-access': string; security: unknown[]; parameters: { name?: string; in?: string }[]; requestBody?: { content: Record<string, unknown> } }
    >
  >;
}
const document = (await (await server.request('/api/openapi.json')).json()) as Document;

test('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>);
  assert.deepEqual(result.errors ?? [], []);
  assert.equal(result.valid, true);
});

test('a broken document is not valid (the validator looks)', async () => {
  const broken = structuredClone(document) as unknown as Record<string, unknown>;
  broken['paths'] = { 'ohne-schraegstrich': { get: { responses: 7 } } };
  assert.equal((await new Validator().validate(broken)).valid, false);
});

test('every API route is in it, with its access, and no page', () => {
  const routes = server.routes.filter((route) => route.kind === 'api');
  assert.ok(routes.length >= 6);
  for (const route of routes) {
    const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method];
    assert.ok(operation !== undefined, route.path);
    assert.equal(operation['x-kontor-access'], typeof route.access === 'string' ? route.access : `staff:${route.access.join('|')}`);
    assert.equal(operation.security.length, route.access === 'public' ? 0 : 1);
  }
  assert.equal(document.paths['/seite'], undefined);
});

test('paths, queries, bodies and uploads are described', () => {
  const decide = document.paths['/api/faelle/{id}/entscheidung']!['post']!;
  assert.ok(decide.parameters.some((parameter) => parameter.name === 'id' && parameter.in === 'path'));
  assert.ok('application/json' in decide.requestBody!.content);
  const list = document.paths['/api/faelle']!['get']!;
  assert.deepEqual(
    list.parameters.map((parameter) => parameter.name),
    ['cursor', 'limit', 'suche'],
  );
  assert.ok('multipart/form-data' in document.paths['/api/faelle/{id}/dateien']!['post']!.requestBody!.content);
});

test('people find the list of it at /api', async () => {
  const page = await (await server.request('/api')).text();
  assert.match(page, /POST \/api\/faelle\/:id\/entscheidung/);
});
