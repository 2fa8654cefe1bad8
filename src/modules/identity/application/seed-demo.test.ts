import assert from 'node:assert/strict';
import { it } from 'node:test';
import { temporaryCity } from '../../../../test/support/temporary-city.ts';
import { findEidLink } from '../store/logins.ts';
import { DEMO_CITIZENS, DEMO_IDP_PATH } from '../domain/demo-people.ts';
import { seedDemoAccounts, seedDemoStaff } from './seed-demo.ts';

it('a demo that answers at another address keeps its people and their cards', async () => {
  const city = await temporaryCity();
  try {
    const at = (publicUrl: string) => ({ ...city.ctx, settings: { ...city.ctx.settings, publicUrl } });
    const now = city.clock.now();
    const linkAt = (publicUrl: string) => findEidLink(city.database.read, publicUrl + DEMO_IDP_PATH, DEMO_CITIZENS[0]!.subject);
    assert.ok((await seedDemoAccounts(at('http://localhost:8080'), now)) > 0);
    const [staff, link] = [await seedDemoStaff(at('http://localhost:8080'), now), await linkAt('http://localhost:8080')];
    assert.ok(link !== undefined);
    assert.equal(await seedDemoAccounts(at('http://localhost:8081'), now), 0);
    assert.deepEqual(await seedDemoStaff(at('http://localhost:8081'), now), staff);
    assert.deepEqual(await linkAt('http://localhost:8081'), link);
    assert.equal(await linkAt('http://localhost:8080'), undefined);
  } finally {
    await city.close();
  }
});
