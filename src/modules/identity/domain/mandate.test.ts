import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actorRef, inOwnName, ownerOf, owns, personOf, type TrustLevel } from '../../../kernel/actor.ts';
import { actorUnder, rightsOf, stageOf, type MandateStage } from './mandate.ts';
import { readOrganisation, readScope, type ScopeInput } from './mandate-input.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const TODAY = day('2026-11-24');

describe('§ 14 Abs. 1 VwVfG: when a Vollmacht is good', () => {
  const rows: readonly [from: string, until: string | null, ended: boolean, stage: MandateStage][] = [
    ['2026-11-24', null, false, 'inForce'],
    ['2026-11-24', '2026-11-24', false, 'inForce'],
    ['2026-11-25', null, false, 'ahead'],
    ['2026-11-01', '2026-11-23', false, 'over'],
    ['2026-11-01', null, true, 'ended'],
    ['2026-11-25', null, true, 'ended'],
  ];
  for (const [from, until, ended, stage] of rows) {
    it(`${from} – ${until ?? '…'}${ended ? ', revoked' : ''}: ${stage}`, () => {
      const endedAt = ended ? Temporal.Instant.from('2026-11-20T08:00:00Z') : null;
      assert.equal(stageOf({ validFrom: day(from), validUntil: until === null ? null : day(until), endedAt }, TODAY), stage);
    });
  }
});

describe('who acts under a mandate', () => {
  const mandate = { id: 'm', holderId: 'holder', agentId: 'agent', services: ['baugenehmigung'], receives: false, writes: true } as const;
  const rows: readonly [given: TrustLevel, session: TrustLevel, trust: TrustLevel][] = [
    ['einfach', 'hoch', 'einfach'],
    ['hoch', 'einfach', 'einfach'],
    ['substanziell', 'hoch', 'substanziell'],
    ['hoch', 'hoch', 'hoch'],
  ];
  for (const [given, session, trust] of rows) {
    it(`given with ${given}, signed in with ${session}: acts with ${trust}`, () => {
      assert.equal(actorUnder({ ...mandate, trust: given }, session).trust, trust);
    });
  }
  it('rows are the holder’s, the journal names the agent, and in their own name nothing of the holder is left', () => {
    const actor = actorUnder({ ...mandate, trust: 'einfach' }, 'hoch');
    assert.deepEqual([actor.accountId, personOf(actor), actorRef(actor)], ['holder', 'agent', 'citizen:agent']);
    assert.deepEqual(inOwnName(actor), { kind: 'citizen', accountId: 'agent', trust: 'hoch' });
  });
  it('§ 14 Abs. 1 Satz 2 VwVfG: the scope bounds it', () => {
    const limited = ownerOf(actorUnder({ ...mandate, trust: 'einfach' }, 'einfach'));
    const whole = ownerOf(actorUnder({ ...mandate, services: null, trust: 'einfach' }, 'einfach'));
    assert.deepEqual(
      [
        owns(limited, { accountId: 'holder', service: 'baugenehmigung' }),
        owns(limited, { accountId: 'holder', service: 'hund' }),
        owns(whole, { accountId: 'holder', service: 'hund' }),
        owns(whole, { accountId: 'agent', service: 'hund' }),
        owns(whole, { accountId: null, service: 'hund' }),
      ],
      [true, false, true, false, false],
    );
  });
  it('who only reads neither writes nor receives', () => {
    assert.deepEqual(rightsOf('lesen'), { receives: false, writes: false });
    assert.deepEqual(rightsOf('bearbeitung'), rightsOf('verwaltung'));
  });
});

describe('a scope as typed', () => {
  const good: ScopeInput = { email: 'a@b.example', scope: 'named', services: ['hund'], receives: true, validFrom: '', validUntil: '' };
  const rows: readonly [what: string, change: Partial<ScopeInput>, field: string | undefined][] = [
    ['named services', {}, undefined],
    ['all of them', { scope: 'all', services: [] }, undefined],
    ['no address', { email: 'kein' }, 'email'],
    ['nothing chosen', { scope: '' }, 'scope'],
    ['named, but none', { services: [] }, 'services'],
    ['a service there is not', { services: ['mond'] }, 'services'],
    ['a day there is not', { validFrom: '31.02.2027' }, 'validFrom'],
    ['over already', { validUntil: '23.11.2026' }, 'validUntil'],
    ['ends before it begins', { validFrom: '10.12.2026', validUntil: '2026-12-09' }, 'validUntil'],
  ];
  for (const [what, change, field] of rows) {
    it(what, () => {
      const read = readScope({ ...good, ...change }, ['hund', 'baugenehmigung'], TODAY);
      assert.equal(read.ok ? undefined : read.problem.fields?.[0]?.field, field);
    });
  }
  it('without a first day it begins today', () => {
    const read = readScope(good, ['hund'], TODAY);
    assert.ok(read.ok && read.value.scope.validFrom.equals(TODAY) && read.value.scope.validUntil === null);
  });
});

it('an organisation needs a name, and an address is whole or none', () => {
  const typed = { name: ' Elbhaus  GmbH ', registerNumber: 'hrb 123456 Amtsgericht Hamburg', street: '', houseNumber: '', postcode: '', place: '' };
  const read = readOrganisation(typed);
  assert.deepEqual(read.ok && read.value, { organisation: { name: 'Elbhaus GmbH', registerNumber: 'HRB 123456, Amtsgericht Hamburg' }, address: null });
  for (const [change, field] of [
    [{ name: '' }, 'name'],
    [{ name: '<b>' }, 'name'],
    [{ street: 'Elbweg' }, 'houseNumber'],
    [{ registerNumber: 'HRB 123456' }, 'registerNumber'],
    [{ registerNumber: 'Amtsgericht Hamburg' }, 'registerNumber'],
    [{ registerNumber: 'ABC 123456, Amtsgericht Hamburg' }, 'registerNumber'],
    [{ registerNumber: 'HRB 123456, Hamburg 2' }, 'registerNumber'],
    [{ registerNumber: 'HRB 1234567890 Hamburg' }, 'registerNumber'],
    [{ registerNumber: 'Hamburg HRB 1 Bremen' }, 'registerNumber'],
    [{ registerNumber: '<b>HRB 1 Hamburg' }, 'registerNumber'],
  ] as const) {
    const refused = readOrganisation({ ...typed, ...change });
    assert.equal(refused.ok ? undefined : refused.problem.fields?.[0]?.field, field, JSON.stringify(change));
  }
  for (const [registerNumber, kept] of [
    ['', undefined],
    ['Amtsgericht Hamburg, VR 7', 'VR 7, Amtsgericht Hamburg'],
    ['AG Charlottenburg (Berlin) HRB 150148 b', 'HRB 150148 B, Amtsgericht Charlottenburg (Berlin)'],
    ['GnR 1042 Lübeck', 'GnR 1042, Amtsgericht Lübeck'],
    ['GSR-12; Registergericht Bad Homburg v. d. Höhe', 'GsR 12, Amtsgericht Bad Homburg v. d. Höhe'],
    ['PR 88, Frankfurt am Main', 'PR 88, Amtsgericht Frankfurt am Main'],
  ] as const) {
    const said = readOrganisation({ ...typed, registerNumber });
    assert.equal(said.ok ? said.value.organisation.registerNumber : 'refused', kept, registerNumber);
  }
});
