import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuse } from '../../kernel/result.ts';
import { z } from 'zod';
import { testServer } from '../../../test/support/test-server.ts';
import { PROBLEMS } from './problem.ts';
import { apiRoute, getPage, problemPage } from './route.ts';

const kinds = Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[];

const server = testServer(
  kinds.flatMap((kind) => [
    apiRoute({
      method: 'get',
      path: `/api/${kind}`,
      access: 'public',
      tag: 'Test',
      summary: kind,
      output: z.null(),
      handle: async () => refuse({ kind, detail: `Satz zu ${kind}.`, fields: [{ field: 'name', message: 'Fehlt.' }] }),
    }),
    getPage(`/${kind}`, 'public', async () => problemPage({ kind, detail: `Satz zu ${kind}.` })),
  ]),
);

for (const kind of kinds) {
  const { status, title } = PROBLEMS[kind];
  test(`${kind} is ${status} as problem+json (RFC 9457)`, async () => {
    const response = await server.request(`/api/${kind}`);
    assert.equal(response.status, status);
    assert.match(response.headers.get('content-type')!, /^application\/problem\+json/);
    const requestId = response.headers.get('x-request-id');
    assert.deepEqual(await response.json(), {
      type: `http://localhost:8080/api#${kind}`,
      title: title.de,
      status,
      detail: `Satz zu ${kind}.`,
      instance: `urn:uuid:${requestId}`,
      errors: [{ field: 'name', message: 'Fehlt.' }],
    });
  });
  if (kind !== 'sign-in-needed') {
    test(`${kind} is a page of status ${status} that says what to do`, async () => {
      const response = await server.request(`/${kind}`);
      assert.equal(response.status, status);
      const page = await response.text();
      assert.ok(page.includes(title.de) && page.includes(`Satz zu ${kind}.`));
    });
  }
  test(`${kind} is explained at /api in all languages`, async () => {
    assert.ok((await (await server.request('/api')).text()).includes(`id="${kind}"`));
    assert.ok(title.de !== '' && title.en !== '' && title.leicht !== '');
  });
}

test('a page that needs a sign-in leads there and back again', async () => {
  const response = await server.request('/sign-in-needed?a=1');
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), '/anmelden?weiter=%2Fsign-in-needed%3Fa%3D1');
});

test('a kind that only a module knows is a refusal of the input', async () => {
  const own = testServer([
    apiRoute({
      method: 'get',
      path: '/api/x',
      access: 'public',
      tag: 'T',
      summary: 's',
      output: z.null(),
      handle: async () => refuse({ kind: 'outside-hamburg', detail: 'Der Baum steht nicht in Hamburg.' }),
    }),
  ]);
  assert.equal((await own.request('/api/x')).status, 422);
});
