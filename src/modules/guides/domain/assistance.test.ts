import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { consent, fieldKey, offer, phaseOf, typedAfter, type Assistance } from './assistance.ts';
import { codeHash, codeSigns, drawCode, helpCode } from './codes.ts';

const AT = Temporal.Instant.from('2026-11-30T10:00:00Z');
const after = (minutes: number): Temporal.Instant => AT.add({ minutes });
const fresh: Assistance = {
  id: 'a',
  draftId: 'd',
  accountId: 'p',
  service: 'hund',
  answerUntil: after(10),
  staffId: null,
  consentedAt: null,
  runsUntil: null,
  endedAt: null,
  endedBecause: null,
  typed: {},
};

const valueOf = <T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T => {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
};

describe('help with a draft', () => {
  it('a code is good for ten minutes and once', () => {
    assert.equal(phaseOf(fresh, after(9)), 'code');
    assert.equal(phaseOf(fresh, after(10)), 'over');
    const offered = valueOf(offer(fresh, 'lotte', after(9)));
    assert.equal(phaseOf(offered, after(10)), 'offered');
    assert.equal(offer(offered, 'dirk', after(10)).ok, false);
    assert.equal(offer(fresh, 'lotte', after(10)).ok, false);
  });
  it('runs only after the yes to this very guide, and thirty minutes at most', () => {
    const offered = valueOf(offer(fresh, 'lotte', AT));
    assert.equal(consent(fresh, 'lotte', AT).ok, false, 'nobody has offered');
    assert.equal(consent(offered, 'dirk', AT).ok, false, 'the name that was read is another');
    const running = valueOf(consent(offered, 'lotte', after(5)));
    assert.equal(phaseOf(running, after(34)), 'running');
    assert.equal(phaseOf(running, after(35)), 'over');
    assert.equal(consent(running, 'lotte', after(6)).ok, false, 'once');
    assert.equal(phaseOf({ ...running, endedAt: after(6), endedBecause: 'person' }, after(6)), 'over');
  });
  it('an offer nobody answers lapses', () => {
    const offered = valueOf(offer(fresh, 'lotte', after(9)));
    assert.equal(phaseOf(offered, after(19)), 'over');
    assert.equal(consent(offered, 'lotte', after(19)).ok, false);
  });
  it('knows what a guide typed since a page was shown, of that page and item alone', () => {
    const typed = {
      [fieldKey('trees', 1, 'species')]: after(2).toString(),
      [fieldKey('trees', 0, 'height')]: after(2).toString(),
      [fieldKey('hund', undefined, 'chip')]: after(1).toString(),
    };
    assert.deepEqual([...typedAfter({ typed }, 'trees', 1, after(1))], ['species']);
    assert.deepEqual([...typedAfter({ typed }, 'hund', undefined, AT)], ['chip']);
    assert.deepEqual([...typedAfter({ typed }, 'hund', undefined, after(1))], []);
  });
});

describe('codes', () => {
  it('have no vowels and nothing that looks alike, and are read however they are typed', () => {
    for (let count = 0; count < 200; count++) assert.match(drawCode(2), /^[BCDFGHJKMNPQRSTVWXZ2-9]{4}-[BCDFGHJKMNPQRSTVWXZ2-9]{4}$/);
    const [one, other] = [helpCode('1', 's'.repeat(32)), helpCode('2', 's'.repeat(32))];
    assert.match(one, /^[BCDFGHJKMNPQRSTVWXZ2-9]{4}-[BCDFGHJKMNPQRSTVWXZ2-9]{4}$/);
    assert.notEqual(one, other);
    assert.equal(codeSigns(' bkwz 7f3h '), 'BKWZ7F3H');
    assert.equal(codeHash('bkwz7f3h', 's'.repeat(32)), codeHash('BKWZ-7F3H', 's'.repeat(32)));
    assert.notEqual(codeHash('BKWZ-7F3H', 's'.repeat(32)), codeHash('BKWZ-7F3H', 't'.repeat(32)));
  });
});
