import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { openTo } from './change-scenario.ts';
import { writeComment } from './comments.ts';
import { forgetAccounts } from './forget-accounts.ts';
import { saveKit } from './kits.ts';
import { makeScenario } from './make-scenario.ts';
import { exportScenarios, scenariosFor, showScenario } from './show.ts';

const person = (last: string): Actor => ({ kind: 'citizen', accountId: `0190a000-0000-7000-8000-00000000000${last}`, trust: 'hoch' });
const [ANNA, BEN] = [person('a'), person('b')];
let city: TemporaryCity;
before(async () => {
  city = await temporaryCity();
});
after(() => city.close());

async function make(owner: Actor, title: string): Promise<string> {
  const { id } = expectOk(await makeScenario(city.ctx, owner, { title, question: '', area: '10 53.55\n10.01 53.55\n10.01 53.56', data: {} }));
  expectOk(await openTo(city.ctx, owner, id, 'public'));
  return id;
}

it('Art. 17 DSGVO: who deletes their account leaves no scenario, kit or comment behind; others keep theirs', async () => {
  const [ofAnna, ofBen] = [await make(ANNA, 'Annas Platz'), await make(BEN, 'Bens Platz')];
  expectOk(await saveKit(city.ctx, ANNA, { title: 'Kasten', question: '', views: [], scenarioIds: [ofAnna] }));
  expectOk(await writeComment(city.ctx, ANNA, ofBen, 'Das bin ich'));
  expectOk(await writeComment(city.ctx, BEN, ofBen, 'Das bleibt'));
  assert.equal((await exportScenarios(city.ctx, '0190a000-0000-7000-8000-00000000000a')).length, 1, 'Art. 15 DSGVO: it is told before');
  assert.equal(await forgetAccounts(city.ctx), 0);
  await city.database.write((tx) =>
    city.ctx.journal.append(tx, ANNA, city.clock.now(), [
      { stream: 'account:0190a000-0000-7000-8000-00000000000a', kind: 'identity.account-deleted', payload: {} },
    ]),
  );
  assert.equal(await forgetAccounts(city.ctx), 1);
  assert.equal(await forgetAccounts(city.ctx), 0, 'once is enough');
  const { scenarios } = await scenariosFor(city.ctx, { kind: 'anonymous' }, { which: 'open', limit: 10 });
  assert.deepEqual(
    scenarios.map(({ scenario }) => scenario.title),
    ['Bens Platz'],
  );
  const { comments } = expectOk(await showScenario(city.ctx, BEN, ofBen));
  assert.deepEqual(
    comments.map(({ text }) => text),
    ['Das bleibt'],
  );
});
