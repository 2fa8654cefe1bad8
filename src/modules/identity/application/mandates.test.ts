import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import { newId } from '../../../kernel/id.ts';
import { ownerOf, owns, personOf, type TrustLevel } from '../../../kernel/actor.ts';
import { legalDay } from '../../../kernel/time.ts';
import { rolledBack } from '../../../../test/support/rolled-back.ts';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { demoAccounts, seedDemoAccounts } from '../public.ts';
import { endMandate, insertMandate, listMandatesOf } from '../store/mandates.ts';
import { setSessionMandate } from '../store/sessions.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { authenticate } from './authenticate.ts';
import { endYoungWays, recentWays } from './end-young-ways.ts';
import { foundOrganisation } from './organisations.ts';
import { openSession } from './open-session.ts';

let city: TemporaryCity;
let people: { id: string }[];
before(async () => {
  city = await temporaryCity();
  await seedDemoAccounts(city.ctx, city.clock.now());
  people = await demoAccounts(city.database.read);
});
after(() => city.close());

const SERVICES = ['baugenehmigung', 'baumfaellung', 'hund'] as const;
const TRUST: readonly TrustLevel[] = ['einfach', 'substanziell', 'hoch'];

/** A mandate as it may have been given and ended, and an hour at which somebody tries to use it. */
const given = fc.record({
  from: fc.integer({ min: -3, max: 3 }),
  days: fc.option(fc.integer({ min: 0, max: 4 })),
  revoked: fc.boolean(),
  ofAnother: fc.boolean(),
  services: fc.option(fc.subarray([...SERVICES], { minLength: 1 })),
  receives: fc.boolean(),
  trust: fc.constantFrom(...TRUST),
  session: fc.constantFrom(...TRUST),
  hour: fc.integer({ min: 0, max: 23 }),
  asked: fc.constantFrom(...SERVICES),
});

it('never acts for a holder outside scope, before or after its days, once revoked, or under the mandate of another', async () => {
  const [holder, agent, another] = people.map(({ id }) => id) as [string, string, string];
  const seen = { inside: 0, outside: 0 };
  await fc.assert(
    fc.asyncProperty(given, async (one) => {
      await rolledBack(city.database, async (database) => {
        const now = city.clock.now().toZonedDateTimeISO('Europe/Berlin').startOfDay().add({ hours: one.hour }).toInstant();
        const today = legalDay(now);
        const validFrom = today.add({ days: one.from });
        const validUntil = one.days === null ? null : validFrom.add({ days: one.days });
        const id = newId(now.epochMilliseconds);
        const session = await database.write(async (tx) => {
          const agentId = one.ofAnother ? another : agent;
          const sides = { id, kind: 'vollmacht', holderId: holder, agentId, role: null } as const;
          const { services, receives, trust } = one;
          await insertMandate(tx, { ...sides, services, receives, writes: true, trust, validFrom, validUntil, grantedAt: now, grantedBy: holder });
          if (one.revoked) await endMandate(tx, id, holder, now);
          const method = { kind: 'citizen', accountId: agent, trust: one.session, method: 'eid' } as const;
          const opened = await openSession(city.ctx, tx, { now, sessionToken: undefined }, method);
          await setSessionMandate(tx, sha256Hex(opened.token), id);
          return opened;
        });
        const { actor } = (await authenticate({ database })(session.token, now))!;
        assert.ok(actor.kind === 'citizen' && personOf(actor) === agent, 'it is always known who really acts');
        const inForce = !one.revoked && !one.ofAnother && one.from <= 0 && (one.days === null || one.from + one.days >= 0);
        const covered = inForce && (one.services === null || one.services.includes(one.asked));
        assert.equal(owns(ownerOf(actor), { accountId: holder, service: one.asked }), covered);
        assert.equal(owns(ownerOf(actor), { accountId: agent, service: one.asked }), !inForce);
        assert.equal(actor.agent?.receives ?? false, inForce && one.receives);
        const level = Math.min(TRUST.indexOf(one.session), inForce ? TRUST.indexOf(one.trust) : 2);
        assert.equal(TRUST.indexOf(actor.trust), level);
        seen[covered ? 'inside' : 'outside'] += 1;
      });
    }),
    { numRuns: 150 },
  );
  assert.ok(seen.inside > 5 && seen.outside > 5, `both kinds were tried: ${JSON.stringify(seen)}`);
});

it('reads the session, its mandate and its holder in one quick query', async () => {
  const [holder, agent] = people.map(({ id }) => id) as [string, string];
  await rolledBack(city.database, async (database) => {
    const now = city.clock.now();
    const { token } = await database.write(async (tx) => {
      const id = newId(now.epochMilliseconds);
      const terms = { services: ['hund'], receives: true, writes: true, trust: 'hoch', validFrom: legalDay(now), validUntil: null, grantedAt: now } as const;
      await insertMandate(tx, { id, kind: 'vollmacht', holderId: holder, agentId: agent, role: null, grantedBy: holder, ...terms });
      const opened = await openSession(city.ctx, tx, { now, sessionToken: undefined }, { kind: 'citizen', accountId: agent, trust: 'hoch', method: 'eid' });
      await setSessionMandate(tx, sha256Hex(opened.token), id);
      return opened;
    });
    const who = authenticate({ database });
    const times: number[] = [];
    for (let run = 0; run < 200; run += 1) {
      const started = performance.now();
      assert.equal((await who(token, now))?.acting?.name, 'Katharina Petersen');
      times.push(performance.now() - started);
    }
    const p95 = times.toSorted((a, b) => a - b)[189]!;
    assert.ok(p95 < 20, `95 of 100 below ${p95.toFixed(1)} ms`);
  });
});

it('a way back ends what the account gave for an organisation, and what those gave whom it let in; not who founded it', async () => {
  const [owner, planted, accomplice, colleague] = people.map(({ id }) => id) as [string, string, string, string];
  const actor = { kind: 'citizen', accountId: owner, trust: 'substanziell' } as const;
  const address = { street: 'Am Musterdeich', houseNumber: '5', postcode: '21037', place: 'Hamburg' };
  const then = city.clock.now();
  const founded = await foundOrganisation(city.ctx, actor, { name: 'Elbhaus GmbH', registerNumber: '', ...address }, then);
  const holderId = founded.ok ? founded.value : assert.fail(JSON.stringify(founded.problem));
  city.clock.advance({ hours: 24 * 30 });
  const now = city.clock.now();
  await rolledBack(city.database, async (database) => {
    const terms = { holderId, services: null, receives: true, writes: true, trust: 'einfach', validFrom: legalDay(now), validUntil: null } as const;
    const id = (): string => newId(now.epochMilliseconds);
    const ids = [id(), id(), id(), id()] as const;
    const ended = await database.write(async (tx) => {
      const give = (id: string, kind: 'vollmacht' | 'mitglied', agentId: string, grantedBy: string, grantedAt = now) =>
        insertMandate(tx, { ...terms, id, kind, role: kind === 'mitglied' ? 'verwaltung' : null, agentId, grantedBy, grantedAt });
      await give(ids[0], 'vollmacht', planted, owner);
      await give(ids[1], 'mitglied', planted, owner);
      await give(ids[2], 'vollmacht', accomplice, planted);
      await give(ids[3], 'mitglied', colleague, owner, then);
      const { forOrganisations } = await recentWays(tx, owner, now);
      assert.deepEqual(
        forOrganisations.map(({ organisation }) => organisation),
        ['Elbhaus GmbH', 'Elbhaus GmbH', 'Elbhaus GmbH'],
      );
      return endYoungWays(city.ctx, tx, owner, { at: now, settleDays: 7, codes: 'all', now });
    });
    assert.deepEqual(ended.mandates.toSorted(), ids.slice(0, 3).toSorted());
    const standing = (await listMandatesOf(database.read, holderId)).filter(({ endedAt }) => endedAt === null).map(({ agentId }) => agentId);
    assert.deepEqual(standing.toSorted(), [owner, colleague].toSorted(), 'the founder, and who was let in long before');
  });
});
