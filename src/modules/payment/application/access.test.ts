import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CitizenActor } from '../../../kernel/actor.ts';
import type { Claim } from '../domain/claim.ts';
import { maySee, payRefusal } from './access.ts';

const claim = { accountId: 'holder', purpose: 'baugenehmigung', authority: 'bezirksamt-altona' } as Claim;
const person = (accountId: string): CitizenActor => ({ kind: 'citizen', accountId, trust: 'einfach' });
const acting = (services: readonly string[] | undefined, writes = true): CitizenActor => ({
  ...person('holder'),
  agent: { accountId: 'agent', mandateId: 'm', trust: 'einfach', receives: false, writes, ...(services && { services }) },
});

describe('§ 14 VwVfG: who sees and pays what the holder owes', () => {
  const rows: readonly [who: string, actor: CitizenActor, sees: boolean, pays: 'yes' | 'not-found' | 'not-allowed'][] = [
    ['the holder', person('holder'), true, 'yes'],
    ['the agent in their own name', person('agent'), false, 'not-found'],
    ['an agent for all services', acting(undefined), true, 'yes'],
    ['an agent for this service', acting(['baugenehmigung']), true, 'yes'],
    ['an agent for another service', acting(['hund']), false, 'not-found'],
    ['a member who only reads', acting(undefined, false), true, 'not-allowed'],
  ];
  for (const [who, actor, sees, pays] of rows) {
    it(who, () => {
      assert.equal(maySee(actor, claim), sees);
      assert.equal(payRefusal(actor, claim)?.kind ?? 'yes', pays);
    });
  }
});
