import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BASE_RATE, lateInterestCents } from './dunning.ts';
import { isIban } from '../../../kernel/check-digits.ts';
import { isKassenzeichen, kassenzeichen, kassenzeichenIn, printedKassenzeichen } from './kassenzeichen.ts';
import { signMessage, verifyMessage } from './standard-webhooks.ts';
import { giroCode } from './transfer.ts';

describe('Kassenzeichen (ISO 11649)', () => {
  const any = fc.tuple(fc.integer({ min: 2020, max: 2099 }), fc.integer({ min: 1, max: 99_999_999 })).map(([year, serial]) => kassenzeichen(year, serial));
  it('is right, printed or plain', () => {
    fc.assert(fc.property(any, (one) => assert.ok(isKassenzeichen(one) && isKassenzeichen(printedKassenzeichen(one)) && isKassenzeichen(one.toLowerCase()))));
  });
  it('one wrong digit, or two neighbours swapped, is found', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 5, max: 16 }), fc.integer({ min: 1, max: 9 }), (one, place, by) => {
        const wrong = one.slice(0, place) + ((Number(one[place]) + by) % 10) + one.slice(place + 1);
        assert.equal(isKassenzeichen(wrong), false);
        if (place < 16 && one[place] !== one[place + 1])
          assert.equal(isKassenzeichen(one.slice(0, place) + one[place + 1]! + one[place]! + one.slice(place + 2)), false);
      }),
    );
  });
  it('is found in the words of a transfer, however it was spaced', () => {
    fc.assert(fc.property(any, (one) => assert.deepEqual(kassenzeichenIn(`Gebuehr ${printedKassenzeichen(one)} danke, ${one}`), [one])));
    assert.deepEqual(kassenzeichenIn('RF00K202600000001 und RF'), []);
  });
  it('knows the check digits of the published examples', () => {
    assert.ok(isIban('DE89 3704 0044 0532 0130 00'));
    assert.equal(isIban('DE88 3704 0044 0532 0130 00'), false);
  });
});

describe('Standard Webhooks', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: Buffer.from('{"test": 2432232314}') };
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  it('signs as the published example', () => assert.equal(signMessage(secret, message), signature));
  const CASES: readonly (readonly [string, ReturnType<typeof verifyMessage>, Parameters<typeof verifyMessage>])[] = [
    ['right and fresh', 'ok', [[secret], message, signature, message.timestamp + 300]],
    ['one of several signatures', 'ok', [[secret], message, `v1,AAAA ${signature}`, message.timestamp]],
    ['while the key is being changed', 'ok', [['whsec_bmV1', secret], message, signature, message.timestamp]],
    ['five minutes and a second old', 'stale', [[secret], message, signature, message.timestamp + 301]],
    ['from the future', 'stale', [[secret], message, signature, message.timestamp - 301]],
    ['another body', 'wrong-signature', [[secret], { ...message, body: Buffer.from('{}') }, signature, message.timestamp]],
    ['another id', 'wrong-signature', [[secret], { ...message, id: 'msg_x' }, signature, message.timestamp]],
    ['another time', 'wrong-signature', [[secret], { ...message, timestamp: message.timestamp + 1 }, signature, message.timestamp]],
    ['another key', 'wrong-signature', [['whsec_bmV1'], message, signature, message.timestamp]],
    ['no signature', 'no-signature', [[secret], message, '', message.timestamp]],
    ['no time', 'no-signature', [[secret], { ...message, timestamp: Number.NaN }, signature, message.timestamp]],
  ];
  for (const [what, verdict, input] of CASES) it(`${what}: ${verdict}`, () => assert.equal(verifyMessage(...input), verdict));
});

describe('§ 19 GebG (Hamburg): Säumniszinsen', () => {
  it('3 points over the base rate of the first day late, for the whole time', () => {
    // 1000 EUR, due on 30 June 2025, late from 1 July 2025 (1.27 %): 4.27 % for 73 days of 365
    assert.equal(lateInterestCents(100_000, '2025-06-30', '2025-09-11'), 854);
  });
  it('none on the due day, and no figure where the base rate is not known', () => {
    assert.equal(lateInterestCents(100_000, '2025-06-30', '2025-06-30'), 0);
    assert.equal(lateInterestCents(100_000, '2026-11-20', '2026-12-20'), undefined);
  });
  it('a figure again once the city has entered the base rate of that half-year', (t) => {
    BASE_RATE.set([{ from: '2026-07-01', value: { percent: 1 }, source: 'Test' }]);
    t.after(() => BASE_RATE.set([]));
    // 4 % for 30 days of 365
    assert.equal(lateInterestCents(100_000, '2026-11-20', '2026-12-20'), 328);
    assert.equal(lateInterestCents(100_000, '2027-01-01', '2027-02-01'), undefined);
    assert.equal(lateInterestCents(100_000, '2026-03-01', '2026-04-01'), undefined, 'nobody entered the half-year between');
    assert.equal(lateInterestCents(100_000, '2025-06-30', '2025-09-11'), 854);
  });
});

describe('GiroCode (EPC069-12)', () => {
  it('has its lines in order', () => {
    const text = giroCode({ holder: 'Kasse', iban: 'DE89 3704 0044 0532 0130 00' }, 6505, 'RF18 5390 0754 7034');
    assert.deepEqual(text.split('\n'), ['BCD', '002', '1', 'SCT', '', 'Kasse', 'DE89370400440532013000', 'EUR65.05', '', 'RF18539007547034']);
  });
});
