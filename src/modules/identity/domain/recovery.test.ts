import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recoveryStep, recoveryTerms, recoveryTimes } from './recovery.ts';
import { CODE_BYTES, readRecoveryCode, recoveryCodeFrom } from './recovery-code.ts';
import { countWays, mailOpensAtOnce, mayReplacePassword } from './ways-in.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');

describe('a recovery by mail', () => {
  const terms = recoveryTerms(Temporal.PlainDate.from('2026-11-24'));
  const times = recoveryTimes(terms, NOW);

  it('waits 72 hours and tells half-way', () => {
    assert.equal(NOW.until(times.readyAt).total('hours'), 72);
    assert.equal(NOW.until(times.halfAt).total('hours'), 36);
  });
  it('takes the terms of the day: a later row does not touch what began before it', () => {
    const rows = [
      { from: '2026-01-01', waitHours: 72, openHours: 24 },
      { from: '2027-01-01', waitHours: 96, openHours: 24 },
    ];
    assert.equal(recoveryTerms(Temporal.PlainDate.from('2026-12-31'), rows).waitHours, 72);
    assert.equal(recoveryTerms(Temporal.PlainDate.from('2027-01-01'), rows).waitHours, 96);
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
    const password = { password: true, passkeys: 0, eids: 0 };
    assert.equal(mailOpensAtOnce(password, 0), true);
    assert.equal(mailOpensAtOnce(password, 1), false);
    assert.equal(mailOpensAtOnce({ ...password, passkeys: 1 }, 0), false);
    assert.equal(mailOpensAtOnce({ ...password, eids: 1 }, 0), false);
    assert.equal(countWays({ password: true, passkeys: 2, eids: 1 }), 4);
  });
  it('a password is replaced without the old one only shortly after a sign-in that proves the person', () => {
    const at = (method: 'password' | 'passkey' | 'eid' | 'oidc' | 'code' | 'recovery', minutes: number) =>
      mayReplacePassword({ method, createdAt: NOW }, NOW.add({ minutes }));
    for (const method of ['passkey', 'eid', 'code', 'recovery'] as const) {
      assert.equal(at(method, 14), true, method);
      assert.equal(at(method, 15), false, method);
    }
    assert.equal(at('password', 0), false);
    assert.equal(at('oidc', 0), false);
  });
});
