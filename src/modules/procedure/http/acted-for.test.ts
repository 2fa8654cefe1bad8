import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CitizenActor } from '../../../kernel/actor.ts';
import type { Case } from '../domain/case.ts';
import { otherName } from './acted-for.ts';

const state = {
  accountId: 'kp',
  applicant: { name: 'Katharina Petersen', addressLines: [] },
  coApplicants: [{ accountId: 'jw', givenName: 'Jürgen', familyName: 'Weber', name: 'Jürgen Weber' }],
} as unknown as Case;
const actedFor = new Map([['m', { agent: 'Elif Yılmaz', holder: 'Katharina Petersen', kind: 'vollmacht' } as const]]);
const person = (accountId: string): CitizenActor => ({ kind: 'citizen', accountId, trust: 'einfach' });
const agent: CitizenActor = { ...person('kp'), agent: { accountId: 'ey', mandateId: 'm', trust: 'einfach', receives: false, writes: true } };

describe('§ 14 VwVfG: the history says who acted', () => {
  const byAgent = { actor: 'citizen:ey', mandateId: 'm' };
  const rows: readonly [what: string, event: { actor: string; mandateId?: string }, reader: CitizenActor, name: string | undefined][] = [
    ['the applicant reads their own deed', { actor: 'citizen:kp' }, person('kp'), undefined],
    ['the applicant reads the agent’s', byAgent, person('kp'), 'Elif Yılmaz für Katharina Petersen (Vollmacht)'],
    ['the agent reads their own', byAgent, agent, 'Elif Yılmaz für Katharina Petersen (Vollmacht)'],
    ['the agent reads the applicant’s', { actor: 'citizen:kp' }, agent, 'Katharina Petersen'],
    ['one applicant reads the other’s', { actor: 'citizen:jw' }, person('kp'), 'Jürgen Weber'],
    ['the other way round', { actor: 'citizen:kp' }, person('jw'), 'Katharina Petersen'],
  ];
  for (const [what, event, reader, name] of rows) {
    it(what, () => assert.equal(otherName({ state, actedFor }, event, reader, 'de'), name));
  }
  it('an account that is gone has no name, and the applicant still does', () => {
    const gone = new Map([['m', { agent: null, holder: null, kind: 'mitglied' } as const]]);
    assert.equal(otherName({ state, actedFor: gone }, byAgent, person('kp'), 'de'), 'Jemand für Katharina Petersen (Organisation)');
  });
});
