import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RECOVERY_TERMS, recoveryStep, recoveryTerms, recoveryTimes } from './recovery.ts';
import { CODE_BYTES, readRecoveryCode, recoveryCodeFrom } from './recovery-code.ts';
import { countWays, isFresh, mailOpensAtOnce, mayReplacePassword, mayTakeAway } from './ways-in.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');

describe('a recovery by mail', () => {
  const terms = recoveryTerms(Temporal.PlainDate.from('2026-11-24'));
  const times = recoveryTimes(terms, NOW);

  it('waits 72 hours and tells half-way', () => {
    assert.equal(NOW.until(times.readyAt).total('hours'), 72);
    assert.equal(NOW.until(times.halfAt).total('hours'), 36);
  });
  it('takes the terms of the day: a later row does not touch what began before it', (t) => {
    RECOVERY_TERMS.set([{ from: '2027-01-01', value: { waitHours: 96, openHours: 24, settleDays: 7 }, source: 'Test' }]);
    t.after(() => RECOVERY_TERMS.set([]));
    assert.equal(recoveryTerms(Temporal.PlainDate.from('2026-12-31')).waitHours, 72);
    assert.equal(recoveryTerms(Temporal.PlainDate.from('2027-01-01')).waitHours, 96);
  });
  for (const [hours, halfTold, opened, step] of [
    [0, false, false, 'wait'],
    [35.9, false, false, 'wait'],
    [36, false, false, 'tell-half'],
    [36, true, false, 'wait'],
    [71.9, true, false, 'wait'],
    [72, false, false, 'open'],
    [72, true, true, 'wait'],
    [144, true, true, 'expire'],
    [144, false, false, 'expire'],
  ] as const)
    it(`after ${hours} h (told ${halfTold}, opened ${opened}): ${step}`, () => {
      assert.equal(recoveryStep({ ...times, halfTold, opened }, NOW.add({ minutes: hours * 60 })), step);
    });
});

describe('a recovery code', () => {
  it('is four groups of four signs, none of which is read as another', () => {
    const code = recoveryCodeFrom(Uint8Array.from({ length: CODE_BYTES }, (_, i) => i * 25));
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    assert.equal(recoveryCodeFrom(new Uint8Array(CODE_BYTES)), '0000-0000-0000-0000');
    assert.equal(recoveryCodeFrom(new Uint8Array(CODE_BYTES).fill(255)), 'ZZZZ-ZZZZ-ZZZZ-ZZZZ');
    assert.throws(() => recoveryCodeFrom(new Uint8Array(4)));
  });
  it('is read as people write it', () => {
    for (const typed of ['0123-4567-89AB-CDEF', ' 0123 4567 89ab cdef ', 'OI23–4567–89AB–CDEF', 'ol23456789abcdef'])
      assert.equal(readRecoveryCode(typed), '0123456789ABCDEF', typed);
    for (const typed of ['', '0123', '0123-4567-89AB-CDEFG', '0123-4567-89AB-CDEU', '0123-4567-89AB-CDE!'])
      assert.equal(readRecoveryCode(typed), undefined, typed);
  });
});

describe('ways in', () => {
  it('mail alone opens at once only where mail and password were all there was', () => {
    const none = { accountSince: NOW.subtract({ hours: 24 * 100 }), passkeys: [], eids: [], codes: [] };
    assert.equal(mailOpensAtOnce(none, NOW, 7), true);
    for (const kind of ['passkeys', 'eids', 'codes'] as const) {
      assert.equal(mailOpensAtOnce({ ...none, [kind]: [NOW.subtract({ hours: 24 * 7 })] }, NOW, 7), false, kind);
      assert.equal(mailOpensAtOnce({ ...none, [kind]: [NOW.subtract({ hours: 24 * 7 - 1 })] }, NOW, 7), true, `${kind}: too new to count`);
      assert.equal(mailOpensAtOnce({ ...none, accountSince: NOW, [kind]: [NOW] }, NOW, 7), false, `${kind}: the account began with it`);
    }
    assert.equal(countWays({ password: true, passkeys: 2, eids: 1 }), 4);
  });
  it('a password is replaced without the old one only shortly after a sign-in that proves the person', () => {
    const at = (method: 'password' | 'passkey' | 'eid' | 'oidc' | 'code' | 'recovery', minutes: number) =>
      mayReplacePassword({ method, createdAt: NOW, confirmedAt: null, ...old }, NOW.add({ minutes }), 7);
    const old = { since: NOW.subtract({ hours: 24 * 8 }), accountSince: NOW.subtract({ hours: 24 * 30 }) };
    for (const method of ['passkey', 'eid', 'code', 'recovery'] as const) {
      assert.equal(at(method, 14), true, method);
      assert.equal(at(method, 15), false, method);
    }
    assert.equal(at('password', 0), false);
    assert.equal(at('oidc', 0), false);
  });
  it('a way that is new proves nothing against older ones; asking for the password again makes a session fresh, no more', () => {
    const dates = { since: NOW.subtract({ hours: 24 * 6 }), accountSince: NOW.subtract({ hours: 24 * 30 }) };
    const begun = { method: 'passkey', createdAt: NOW, confirmedAt: null, ...dates } as const;
    assert.deepEqual([mayReplacePassword(begun, NOW, 7), mayTakeAway(begun, NOW, 7), isFresh(begun, NOW)], [false, false, true]);
    const old = { ...begun, since: NOW.subtract({ hours: 24 * 7 }) };
    assert.deepEqual([mayReplacePassword(old, NOW, 7), mayTakeAway(old, NOW, 7)], [true, true]);
    const later = NOW.add({ minutes: 20 });
    const confirmed = { ...old, confirmedAt: later };
    assert.deepEqual([isFresh(old, later), isFresh(confirmed, later), mayTakeAway(confirmed, later, 7)], [false, true, false]);
    assert.deepEqual([mayReplacePassword({ ...old, method: 'code' }, NOW, 7), mayTakeAway({ ...old, method: 'code' }, NOW, 7)], [true, false]);
  });
});
