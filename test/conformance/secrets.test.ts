import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { apiRoute, type AnyRoute } from '../../src/platform/http/route.ts';
import { ok } from '../../src/kernel/result.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

/** What a field is called that opens something for whoever holds it. */
const SECRET = /^(?:code|codes|key|token|secret|password|receipt|link|pin|otp|\w+(?:Code|Key|Token|Secret|Password|Receipt|Link))$/;

/** Fields that are called so and open nothing, each with what it is. */
const named = (what: string, fields: readonly string[]): Record<string, string> => Object.fromEntries(fields.map((field) => [field, what]));
const OPENS_NOTHING: Readonly<Record<string, string>> = {
  ...named('a name that stands in addresses', [
    'post /api/services/checks key',
    'post /api/services/publications key',
    'post /api/exchange/bpmn key',
    'post /api/exchange/xdatenfelder key',
    'post /api/exchange/xzufi key',
    'post /api/contributions/participations key',
    'put /api/contributions/participations/:key key',
    'post /api/lagen key',
    'post /api/lagen/:key/ende key',
    'post /api/lagen/:key/leitung key',
    'put /api/lagen/:key/oeffentliche-meldungen key',
    'post /api/lagen-gast key',
    'post /api/lagen/:key/sturmflut/massnahmen/:measure/bestaetigung key',
    'put /api/assistent/register key',
    'post /api/assistant/blocks key',
    'post /api/finden key',
    'post /api/guides/places key',
    'put /api/guides/places/:place key',
    'post /api/outreach/campaigns key',
    'put /api/outreach/campaigns/:id key',
    'post /api/outreach/campaigns/:id/state key',
    'put /api/indicators/:key key',
  ]),
  ...named('the name of a letter or a check of the case', ['post /api/cases/:id/actions key']),
  ...named('what a bank reads from a picture; a claim is paid with it, not opened', [
    'post /api/payments/:id/cancellation giroCode',
    'post /api/payments/:id/refunds giroCode',
    'post /api/payments/:id/refunds/:refundId/confirmation giroCode',
    'post /api/cash-desk/unassigned/:id/claim giroCode',
  ]),
  ...named('whether a receipt is wanted', ['post /api/lagen/:key/nachrichten wantsReceipt', 'post /api/lagen/:key/nachrichten/:id/vermerke wantsReceipt']),
  ...named('the short name of a gate or a zone', ['post /api/lagen/:key/tore/:id code', 'post /api/lagen/:key/sturmflut/zonen/:id code']),
  ...named('stands on posters', [
    'post /api/outreach/campaigns/:id/links code',
    'delete /api/outreach/links/:code code',
    'post /api/outreach/campaigns/:id/pages code',
    'put /api/outreach/pages/:slug code',
    'post /api/outreach/pages/:slug/publication code',
    'delete /api/outreach/pages/:slug/publication code',
  ]),
  ...named('the path of a case, behind its own door', ['post /api/exchange/xbau/check link', 'post /api/exchange/xbau link']),
};

/** Names of all fields in an answer, at any depth. */
function fieldsOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(fieldsOf);
  if (schema === null || typeof schema !== 'object') return [];
  const { properties } = schema as { properties?: object };
  return [...(properties === undefined ? [] : Object.keys(properties)), ...Object.values(schema).flatMap(fieldsOf)];
}

/** Writes whose answers would lie readable among the stored ones: with a secret and without `keepsNoAnswer`. */
function storedSecrets(routes: readonly AnyRoute[]): { readonly wrong: string[]; readonly seen: string[] } {
  const seen: string[] = [];
  const wrong: string[] = [];
  for (const route of routes) {
    if (route.kind !== 'api' || route.method === 'get') continue;
    const fields = new Set(fieldsOf(z.toJSONSchema(route.output, { io: 'output', unrepresentable: 'any' })).filter((name) => SECRET.test(name)));
    for (const field of fields) {
      const name = `${route.method} ${route.path} ${field}`;
      seen.push(name);
      if (route.keepsNoAnswer !== true && !(name in OPENS_NOTHING)) wrong.push(name);
    }
  }
  return { wrong, seen };
}

describe('an answer with a secret', () => {
  let city: WholeCity;
  before(async () => {
    city = await wholeCity();
  });
  after(() => city.close());

  it('is never stored for a repeat, in any module', () => {
    const { wrong, seen } = storedSecrets(city.server.routes);
    assert.deepEqual(wrong, [], 'mark them keepsNoAnswer, or say in the table above what they are');
    assert.ok(seen.length >= 15, `only ${seen.length} fields looked at`);
    assert.deepEqual(
      Object.keys(OPENS_NOTHING).filter((name) => !seen.includes(name)),
      [],
      'no row without a route',
    );
  });
  it('is seen by this test', () => {
    const route = (keeps: object): AnyRoute =>
      apiRoute({
        method: 'post',
        path: '/api/planted',
        access: 'public',
        tag: 'Test',
        summary: 'Test',
        output: z.object({ items: z.array(z.object({ guestLink: z.string() })) }),
        handle: async () => ok({ items: [] }),
        ...keeps,
      });
    assert.deepEqual(storedSecrets([route({})]).wrong, ['post /api/planted guestLink']);
    assert.deepEqual(storedSecrets([route({ keepsNoAnswer: true })]).wrong, []);
  });
});
