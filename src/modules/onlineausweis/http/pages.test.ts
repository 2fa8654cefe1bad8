import assert from 'node:assert/strict';
import { it } from 'node:test';
import { testServer } from '../../../../test/support/test-server.ts';
import type { Reader, Use } from '../../../kernel/usage.ts';
import { createTypesetter } from '../../../platform/documents/typesetter.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { onlineAusweisRoutes } from '../public.ts';

const NOW = Temporal.Instant.from('2026-11-29T09:00:00Z');
const counted: [Reader | undefined, Use][] = [];
const server = testServer(
  onlineAusweisRoutes(
    {
      clock: () => NOW,
      settings: { env: 'demo', publicUrl: 'http://localhost:8080', city: 'Demo-Stadt' },
      typesetter: createTypesetter({ clock: () => NOW }),
      count: (reader, use) => void counted.push([reader, use]),
    },
    (visit) => viewOf(visit, { demo: true }),
  ),
);
const langs = async (path: string, headers: Record<string, string> = {}) => {
  counted.length = 0;
  await server.request(path, { headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0', ...headers } });
  return counted.map(([reader, use]) => [reader?.lang, use.step, use.page]);
};

it('counts beginnings and ends in the language that was read, and who declines as nobody', async () => {
  assert.deepEqual(await langs('/online-ausweis', { 'accept-language': 'ro' }), [['ro', 'helper-begun', undefined]]);
  assert.deepEqual(await langs('/online-ausweis?sprache=ar'), [['ar', 'helper-begun', undefined]]);
  assert.deepEqual(await langs('/online-ausweis?weg=v&sprache=leicht'), [['leicht', 'helper-ended', 'lost-card']]);
  assert.deepEqual(await langs('/online-ausweis?weg=p'), [], 'never which answers somebody gave');
  assert.deepEqual(await langs('/online-ausweis', { dnt: '1' }), [[undefined, 'helper-begun', undefined]]);
});
