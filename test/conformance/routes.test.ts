import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Actor } from '../../src/kernel/actor.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { checkTarget } from '../../src/modules/outreach/domain/target.ts';
import { refusalOf } from '../../src/platform/http/access.ts';
import type { AnyRoute } from '../../src/platform/http/route.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

let city: WholeCity;
let server: CityServer;
before(async () => {
  city = await wholeCity();
  // The city's own routes behind sessions whose token is the role's name
  server = serverOf(
    city,
    (token) => (token in ACTORS ? ACTORS[token as TestActor] : undefined),
    () => Temporal.Now.instant(),
  );
});
after(() => city.close());

const CALLERS: readonly { readonly name: string; readonly actor: Actor; readonly headers: Record<string, string> }[] = [
  { name: 'anonymous', actor: { kind: 'anonymous' }, headers: {} },
  ...Object.entries(ACTORS).map(([name, actor]) => ({ name, actor, headers: as(name as TestActor) })),
];

/** All that a campaign's link may lead to. */
const CAMPAIGNS_REACH = [
  '/',
  '/beteiligung',
  '/beteiligung/:id{[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+}',
  '/beteiligung/:key',
  '/d/:slug',
  '/finden',
  '/hilfe-vor-ort',
  '/lebenslagen/:key',
  '/leistungen/:key',
  '/leistungen/:key/check',
  '/online-ausweis',
  '/registrieren',
  '/strategie',
  '/transparenz',
];

/** A path with invented ids: the row is never there, but the door is. */
const concrete = (path: string): string => path.replace(/:\w+(\{[^}]*\})?/g, '0190a000-0000-7000-8000-0000000000ff');

function call(route: AnyRoute, headers: Record<string, string>): Promise<Response> {
  const path = concrete(route.path);
  if (route.method === 'get') return server.request(path, { headers });
  const body = route.kind === 'page' || (route.kind === 'api' && route.upload === true) ? new URLSearchParams() : '{}';
  const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
  return server.request(path, { method: route.method.toUpperCase(), headers: { ...headers, ...type }, body });
}

describe('every route of the city', () => {
  it('states who may call it, and no path is there twice', () => {
    const routes = city.server.routes;
    assert.ok(routes.length >= 50, `only ${routes.length} routes found`);
    const seen = new Set<string>();
    for (const route of routes) {
      const name = `${route.method} ${route.path}`;
      const stated: unknown = route.access;
      const known =
        stated === 'public' || stated === 'citizen' || stated === 'person' || stated === 'signed-in' || (Array.isArray(stated) && stated.length > 0);
      assert.ok(known, `${name} states no access`);
      assert.ok(!seen.has(name), `${name} is declared twice`);
      seen.add(name);
    }
  });

  it('is out of reach of a campaign, but those that inform: no procedure, no account, no desk, no payment', () => {
    const around = { publicUrl: 'http://localhost:8080', hasService: () => true };
    const reached = new Set<string>();
    for (const route of city.server.routes)
      for (const sample of ['hund', '0190a000-0000-7000-8000-0000000000ff', 'k7mfm2', '1'])
        for (const dressed of [(path: string) => path, (path: string) => `${around.publicUrl}${path}`, (path: string) => `${path}?k=b7kfmx`])
          if (checkTarget(dressed(route.path.replace(/:\w+(\{[^}]*\})?/g, sample)), around).ok) reached.add(route.path);
    assert.deepEqual([...reached].toSorted(), CAMPAIGNS_REACH);
    for (const path of reached) {
      const shown = city.server.routes.find((route) => route.method === 'get' && route.path === path);
      assert.equal(shown?.access, 'public', `${path} is a page for everybody`);
    }
  });

  it('lets each role in or refuses it as it states, and never breaks on empty input', async () => {
    const wrong: string[] = [];
    for (const route of server.routes) {
      for (const caller of CALLERS) {
        const response = await call(route, caller.headers);
        const leadsToSignIn = response.status === 303 && (response.headers.get('location') ?? '').startsWith('/anmelden?weiter=');
        const refusal = refusalOf(route.access, caller.actor);
        const asStated =
          refusal === undefined
            ? response.status < 500 || response.status === 503
            : refusal.kind === 'sign-in-needed'
              ? response.status === 401 || leadsToSignIn
              : response.status === 403;
        if (!asStated)
          wrong.push(
            `${route.method} ${route.path} as ${caller.name}: ${response.status} ${JSON.stringify(city.log.lines.findLast((line) => line.event === 'http.failed')?.facts ?? {})}`,
          );
      }
    }
    assert.deepEqual(wrong, []);
  });
});

it('the description of the whole API is valid OpenAPI 3.1 and names every API route', async () => {
  const document = (await (await city.server.request('/api/openapi.json')).json()) as { paths: Record<string, Record<string, unknown>> };
  const result = await new Validator().validate(structuredClone(document));
  assert.deepEqual(result.errors ?? [], []);
  for (const route of city.server.routes.filter((one) => one.kind === 'api')) {
    assert.ok(document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method] !== undefined, `${route.method} ${route.path} is missing`);
  }
});
