import assert from 'node:assert/strict';
import { createECDH } from 'node:crypto';
import { describe, it } from 'node:test';
import { audibleAt, channelsFor, DEFAULTS, mailGoes } from './channels.ts';
import { codeOf, hidden, readCode, readPhone } from './phone.ts';
import { judgeEndpoint, keysAreWhole } from './push-endpoint.ts';
import { REMINDER_DAYS, reminderDays, remindersDue } from './reminders.ts';
import { codeWords, pushWords, reminderMail, smsWords, waitingMail } from './words.ts';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

describe('quiet hours', () => {
  const night = { from: 22, until: 7 };
  for (const [now, audible] of [
    ['2026-11-24T20:59:00Z', '2026-11-24T20:59:00Z'], // 21:59 in Hamburg
    ['2026-11-24T21:00:00Z', '2026-11-25T06:00:00Z'], // 22:00
    ['2026-11-25T05:59:00Z', '2026-11-25T06:00:00Z'], // 06:59
    ['2026-11-25T06:00:00Z', '2026-11-25T06:00:00Z'], // 07:00
    ['2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'], // the night in which clocks go back: 23:00, then 07:00 in winter time
    ['2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'], // the night in which they go forward
  ] as const)
    it(`at ${now}: ${audible}`, () => assert.equal(audibleAt('mailbox', night, at(now)).toString(), at(audible).toString()));
  it('of the day end on the same day; none, or an empty span, is none', () => {
    assert.equal(audibleAt('reminder', { from: 9, until: 17 }, at('2026-11-24T10:00:00Z')).toString(), '2026-11-24T16:00:00Z');
    for (const quiet of [undefined, { from: 5, until: 5 }])
      assert.equal(audibleAt('mailbox', quiet, at('2026-11-24T04:30:00Z')).toString(), '2026-11-24T04:30:00Z');
  });
  it('do not hold back what concerns the ways into the account', () => {
    for (const kind of ['security', 'recovery'] as const) assert.equal(audibleAt(kind, night, at('2026-11-24T23:00:00Z')).toString(), '2026-11-24T23:00:00Z');
  });
});

describe('channels', () => {
  const there = { push: true, sms: true };
  it('are those chosen and there; a recovery takes every one', () => {
    assert.deepEqual(channelsFor('mailbox', { ...DEFAULTS, push: false }, there), ['sms']);
    assert.deepEqual(channelsFor('mailbox', DEFAULTS, { push: false, sms: false }), []);
    assert.deepEqual(channelsFor('recovery', { ...DEFAULTS, push: false, sms: false }, there), ['push', 'sms']);
    assert.deepEqual(channelsFor('reminder', { ...DEFAULTS, reminders: false }, there), []);
  });
  it('mail goes by choice, about ways in always, and where nothing else would', () => {
    const off = { ...DEFAULTS, mail: false };
    assert.equal(mailGoes('mailbox', DEFAULTS, 2), true);
    assert.equal(mailGoes('mailbox', off, 1), false);
    assert.equal(mailGoes('mailbox', off, 0), true);
    assert.equal(mailGoes('security', off, 2), true);
    assert.equal(mailGoes('recovery', off, 2), true);
    assert.equal(mailGoes('reminder', { ...DEFAULTS, reminders: false }, 0), false);
  });
});

describe('a telephone number', () => {
  for (const [typed, number] of [
    ['0171 3920010', '+491713920010'],
    ['0171/39 200-10', '+491713920010'],
    ['+49 (0)171 3920010', '+491713920010'],
    ['0049 171 3920010', '+491713920010'],
    ['+44 20 7946 0958', '+442079460958'],
    ['110', undefined],
    ['3920010', undefined],
    ['', undefined],
    ['+49171392001012345678', undefined],
    ['0171 39200ab', undefined],
    ['+49171; drop', undefined],
  ] as const)
    it(`«${typed}» is ${number ?? 'none'}`, () => assert.equal(readPhone(typed), number));
  it('is shown with its middle hidden; a code has six digits', () => {
    assert.equal(hidden('+491713920010'), '+4917 … 010');
    assert.equal(codeOf(42), '000042');
    assert.equal(readCode(' 123 456 '), '123456');
    for (const typed of ['12345', '1234567', 'abcdef', '']) assert.equal(readCode(typed), undefined);
  });
});

describe('the endpoint of a push service', () => {
  it('is https at its own port, without a password; known services need no look-up', () => {
    for (const known of [
      'https://fcm.googleapis.com/fcm/send/x',
      'https://updates.push.services.mozilla.com/wpush/v2/x',
      'https://web.push.apple.com/x',
      'https://db5p.notify.windows.com/w/?token=x',
    ])
      assert.equal(judgeEndpoint(known), 'known', known);
    assert.equal(judgeEndpoint('https://push.example.org/x'), 'ask');
    assert.equal(judgeEndpoint('https://fcm.googleapis.com.evil.example/x'), 'ask');
    assert.equal(judgeEndpoint('https://evilpush.apple.com.example/x'), 'ask');
    for (const bad of [
      'http://fcm.googleapis.com/x',
      'https://a:b@fcm.googleapis.com/',
      'https://fcm.googleapis.com:8443/',
      'file:///etc/passwd',
      'x',
      `https://fcm.googleapis.com/${'x'.repeat(1000)}`,
    ])
      assert.equal(judgeEndpoint(bad), 'refused', bad);
  });
  it('comes with a whole point of the curve and 16 bytes', () => {
    const point = createECDH('prime256v1').generateKeys('base64url');
    assert.equal(keysAreWhole({ p256dh: point, auth: Buffer.alloc(16).toString('base64url') }), true);
    assert.equal(keysAreWhole({ p256dh: point, auth: 'AA' }), false);
    assert.equal(keysAreWhole({ p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: Buffer.alloc(16).toString('base64url') }), false, 'off the curve');
    assert.equal(keysAreWhole({ p256dh: Buffer.alloc(65, 2).toString('base64url'), auth: Buffer.alloc(16).toString('base64url') }), false);
  });
});

describe('reminders', () => {
  it('are given seven days and one day before', () => assert.deepEqual(reminderDays(Temporal.PlainDate.from('2026-11-24')), [7, 1]));
  it('follow the row of the day, with those that the city has set', (t) => {
    REMINDER_DAYS.set([{ from: '2027-01-01', value: { daysBefore: [3, 14] }, source: 'Test' }]);
    t.after(() => REMINDER_DAYS.set([]));
    assert.deepEqual(reminderDays(Temporal.PlainDate.from('2026-12-31')), [7, 1]);
    assert.deepEqual(reminderDays(Temporal.PlainDate.from('2027-01-01')), [14, 3]);
  });
  for (const [left, due] of [
    [8, []],
    [7, [7]],
    [5, [7]],
    [2, [7]],
    [1, [7, 1]],
    [0, [7, 1]],
    [-1, []],
  ] as const)
    it(`with ${left} days left: ${due.join(' and ') || 'none'}`, () => assert.deepEqual(remindersDue(left, [7, 1]), due));
});

it('no notice says what waits, for whom, or when; an SMS is one SMS', () => {
  for (const lang of ['de', 'en', 'leicht'] as const) {
    for (const kind of ['mailbox', 'reminder', 'security', 'recovery'] as const) {
      const text = smsWords(kind, lang, 'https://kontor.stadt.example');
      assert.ok(text.length <= 160, `${text.length}: ${text}`);
      assert.doesNotMatch(text + pushWords(kind, lang).body, /Bescheid|Antrag|\d/);
    }
    assert.match(codeWords(lang, '123456'), /123456/);
  }
  for (const lang of ['de', 'en', 'leicht'] as const) {
    const who = { to: 'a@b.example', lang, publicUrl: 'https://x.example' };
    for (const { subject, text } of [waitingMail(who, '/postfach'), reminderMail(who, 'tok')]) assert.doesNotMatch(subject + text, /Bescheid|Frist|\d/);
  }
});
