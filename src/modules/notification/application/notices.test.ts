import assert from 'node:assert/strict';
import { createECDH } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../../kernel/id.ts';
import type { Lang } from '../../../kernel/lang.ts';
import type { NoticeKind } from '../../../kernel/notice.ts';
import { temporaryCity, TEST_NOW, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import type { Expiry } from '../domain/reminders.ts';
import { notificationJobs } from '../jobs.ts';
import { keepDevice, keepPhone } from '../store/addresses.ts';
import type { NotificationContext, Outcome } from './context.ts';
import { deliverNotice, pauseSeconds } from './deliver-notice.ts';
import { forgetNotices, noticesOf } from './holdings.ts';
import { notifyThrough } from './notify.ts';
import { requestPhoneCode } from './phone.ts';
import { changePreferences, noticeSettings, remindersOff } from './preferences.ts';
import { addPushDevice, removePushDevice } from './push-devices.ts';
import { endingSoon, remind } from './remind.ts';

let city: TemporaryCity;
let ctx: NotificationContext;
const sent: { to: string; text: string; reference: string }[] = [];
const pushed: string[] = [];
const topics: string[] = [];
let smsOutcome: Outcome = { kind: 'sent' };
let pushOutcome: Outcome = { kind: 'sent' };
let ending: Expiry[] = [];
const notify = () => notifyThrough(city.ctx, language, true);

const spoken = new Map<string, Lang>();
const language: NotificationContext['language'] = {
  of: async (_db, accountId) => spoken.get(accountId) ?? 'de',
  keep: async (_tx, accountId, lang) => void spoken.set(accountId, lang),
};

before(async () => {
  city = await temporaryCity({
    jobs: (platform) => {
      ctx = {
        ...platform,
        secret: 'a secret of the tests, long enough for a key',
        push: {
          publicKey: 'key',
          admits: async (endpoint) => !endpoint.includes('intern'),
          send: async ({ endpoint }, words, topic) => {
            topics.push(topic);
            if (pushOutcome.kind === 'sent') pushed.push(`${endpoint} ${words.body}`);
            return pushOutcome;
          },
        },
        sms: {
          send: async (message) => {
            if (smsOutcome.kind === 'sent') sent.push(message);
            return smsOutcome;
          },
        },
        addressOf: async (_db, accountId) => `${accountId.slice(-4)}@konto.example`,
        language,
        expiring: async ({ from, until, accountId }) =>
          ending.filter(
            (one) =>
              (accountId === undefined || one.accountId === accountId) &&
              Temporal.PlainDate.compare(one.day, from) >= 0 &&
              Temporal.PlainDate.compare(one.day, until) <= 0,
          ),
      };
      return notificationJobs(ctx, notifyThrough(platform, language, true));
    },
  });
});
after(() => city.close());
beforeEach(() => {
  sent.length = pushed.length = topics.length = 0;
  [smsOutcome, pushOutcome, ending] = [{ kind: 'sent' }, { kind: 'sent' }, []];
  city.clock.set(TEST_NOW);
});

let serial = 0;
const account = (): string => `0190a000-0000-7000-8000-${String((serial += 1)).padStart(12, '0')}`;
const device = (accountId: string, endpoint = `https://push.example.org/${accountId}`): Promise<string> =>
  city.database.write((tx) => keepDevice(tx, { id: newId(1), accountId, endpoint, p256dh: 'p', auth: 'a', deviceKind: 'Firefox, Windows' }, city.clock.now()));
const phone = (accountId: string): Promise<void> => city.database.write((tx) => keepPhone(tx, accountId, '+491713920010', city.clock.now()));
const tell = (accountId: string, kind: NoticeKind = 'mailbox', key: string = newId(2)) =>
  city.database.write((tx) => notify()(tx, { accountId, kind, key }, city.clock.now()));
const choose = (accountId: string, wish: Partial<Parameters<typeof changePreferences>[2]>) =>
  changePreferences(ctx, accountId, { mail: true, push: true, sms: true, reminders: true, lang: 'de', ...wish }, city.clock.now());
async function mails(accountId: string): Promise<string[]> {
  await city.jobs.drain();
  const { rows } = await sql<{ subject: string }>`select subject from platform.demo_mail where recipient = ${`${accountId.slice(-4)}@konto.example`}`.execute(
    city.database.read,
  );
  return rows.map(({ subject }) => subject);
}
const states = async (accountId: string): Promise<string[]> =>
  (await noticesOf(city.database.read, accountId)).delivery.map((one) => (one as { state: string }).state).toSorted((a, b) => a.localeCompare(b));

describe('a notice', () => {
  it('goes once to every channel that is there, whatever runs twice', async () => {
    const id = account();
    await device(id);
    await phone(id);
    assert.deepEqual(await tell(id, 'mailbox', 'once'), { mail: true, others: 2 });
    await tell(id, 'mailbox', 'once');
    await city.jobs.drain();
    const { rows } = await sql<{ id: string }>`select id from notification.delivery where account_id = ${id}`.execute(city.database.read);
    for (const row of rows) await deliverNotice(ctx, row);
    assert.deepEqual([sent.length, pushed.length], [1, 1]);
    assert.deepEqual(await states(id), ['sent', 'sent']);
    assert.match(sent[0]!.text, /^In Ihrem Postfach der Stadt liegt etwas Neues\. http/);
  });
  it('shows a push service no kind: its topic is the same for one device and kind, and else another', async () => {
    const [one, other] = [account(), account()];
    for (const id of [one, other]) await device(id);
    for (const [id, kind] of [
      [one, 'mailbox'],
      [one, 'mailbox'],
      [one, 'security'],
      [other, 'mailbox'],
    ] as const) {
      await tell(id, kind);
      await city.jobs.drain();
    }
    for (const topic of topics) assert.match(topic, /^[\w-]{32}$/); // RFC 8030, 5.4
    assert.deepEqual([topics.length, new Set(topics).size, topics[0] === topics[1]], [4, 3, true]);
  });
  it('leaves nothing when its cause is rolled back', async () => {
    const id = account();
    await phone(id);
    await assert.rejects(
      city.database.write(async (tx) => {
        await notify()(tx, { accountId: id, kind: 'mailbox', key: 'never' }, city.clock.now());
        throw new Error('the cause failed');
      }),
    );
    await city.jobs.drain();
    assert.deepEqual([sent.length, await states(id)], [0, []]);
  });
  it('follows the choice, in the chosen language', async () => {
    const id = account();
    await device(id);
    await phone(id);
    await choose(id, { mail: false, push: false, lang: 'leicht' });
    assert.deepEqual(await tell(id), { mail: false, others: 1 });
    await city.jobs.drain();
    assert.match(sent[0]!.text, /In Ihrem Post-Fach ist etwas Neues/);
    assert.equal(pushed.length, 0);
    assert.deepEqual(await tell(account()), { mail: true, others: 0 }, 'mail stays the default');
  });
  it('waits for the end of quiet hours, and a recovery does not', async () => {
    const id = account();
    await phone(id);
    await choose(id, { quiet: { from: 9, until: 12 } }); // it is ten in Hamburg
    await tell(id);
    const { rows } = await sql<{ id: string; due: Temporal.Instant }>`select id, due_at as due from notification.delivery where account_id = ${id}`.execute(
      city.database.read,
    );
    assert.equal(rows[0]!.due.toString(), '2026-11-24T11:00:00Z');
    const order = await sql<{ after: Temporal.Instant }>`select start_after as after from platform_jobs.job where data->>'id' = ${rows[0]!.id}`.execute(
      city.database.read,
    );
    assert.equal(order.rows[0]!.after.toString(), '2026-11-24T11:00:00Z', 'its order waits as long');
    await tell(id, 'recovery');
    const loud = await sql<{ due: Temporal.Instant }>`select due_at as due from notification.delivery where account_id = ${id} and kind = 'recovery'`.execute(
      city.database.read,
    );
    assert.equal(loud.rows[0]!.due.toString(), '2026-11-24T09:00:00Z');
  });
  it('is tried again after quiet hours only, and waiting counts as no try', async () => {
    const id = account();
    await phone(id);
    await tell(id);
    const row = async () =>
      (
        await sql<{
          id: string;
          due: Temporal.Instant;
          attempts: number;
        }>`select id, due_at as due, attempts from notification.delivery where account_id = ${id}`.execute(city.database.read)
      ).rows[0]!;
    await choose(id, { quiet: { from: 9, until: 12 } }); // chosen while it waits; it is ten in Hamburg
    await deliverNotice(ctx, await row());
    assert.deepEqual([sent.length, (await row()).attempts, (await row()).due.toString()], [0, 0, '2026-11-24T11:00:00Z']);
    await choose(id, { quiet: { from: 12, until: 14 } });
    city.clock.set('2026-11-24T10:59:50Z');
    smsOutcome = { kind: 'later', reason: 'answered 429' };
    await deliverNotice(ctx, await row());
    assert.deepEqual([(await row()).attempts, (await row()).due.toString()], [1, '2026-11-24T13:00:00Z']);
  });
  it('that a gateway cannot take comes later, and by mail when it never can', async () => {
    const id = account();
    await phone(id);
    await choose(id, { mail: false });
    smsOutcome = { kind: 'later', reason: 'answered 429', retryAfterSeconds: 120 };
    await tell(id);
    const { rows } = await sql<{ id: string }>`select id from notification.delivery where account_id = ${id}`.execute(city.database.read);
    const due = async () =>
      (
        await sql<{ due: Temporal.Instant; attempts: number }>`select due_at as due, attempts from notification.delivery where id = ${rows[0]!.id}`.execute(
          city.database.read,
        )
      ).rows[0]!;
    await deliverNotice(ctx, rows[0]!);
    assert.equal((await due()).due.toString(), '2026-11-24T09:02:00Z', 'no sooner than it said');
    smsOutcome = { kind: 'later', reason: 'the gateway does not answer' };
    for (let tries = 1; tries < 8; tries += 1) {
      city.clock.set((await due()).due);
      await deliverNotice(ctx, rows[0]!);
    }
    assert.deepEqual(await states(id), ['failed']);
    assert.deepEqual(await mails(id), ['Es wartet etwas auf Sie']);
    assert.deepEqual([pauseSeconds(1, undefined), pauseSeconds(3, undefined), pauseSeconds(1, 900), pauseSeconds(8, 10 ** 9)], [30, 120, 900, 21_600]);
  });
  it('to a browser that is gone forgets it; mail steps in only where nothing else has it', async () => {
    const [alone, both] = [account(), account()];
    await device(alone);
    await device(both);
    await phone(both);
    pushOutcome = { kind: 'gone' };
    await tell(alone);
    await tell(both);
    assert.equal((await mails(alone)).length, 1);
    assert.equal((await mails(both)).length, 0);
    assert.deepEqual((await noticeSettings(ctx, alone, city.clock.now())).devices, []);
  });
  it('under one key reaches both of two people, by SMS and by the mail that steps in', async () => {
    const [holder, receiver] = [account(), account()];
    for (const id of [holder, receiver]) {
      await phone(id);
      await choose(id, { mail: false });
      await tell(id, 'mailbox', 'shared');
    }
    smsOutcome = { kind: 'refused', reason: 'answered 400' };
    await city.jobs.drain();
    for (const id of [holder, receiver]) assert.deepEqual([await states(id), await mails(id)], [['refused'], ['Es wartet etwas auf Sie']]);
  });
  it('in SMS goes ten times a day, then by mail', async () => {
    const id = account();
    await phone(id);
    await choose(id, { mail: false });
    for (let n = 0; n < 10; n += 1) assert.equal((await tell(id)).others, 1);
    assert.deepEqual(await tell(id), { mail: true, others: 0 });
    city.clock.advance({ hours: 25 });
    assert.equal((await tell(id)).others, 1);
    city.clock.set(TEST_NOW);
  });
});

describe('a browser', () => {
  const keys = { p256dh: createECDH('prime256v1').generateKeys('base64url'), auth: Buffer.alloc(16).toString('base64url') };
  it('is kept with a sound address and whole keys only, belongs to who signed in last, and is removed by its owner', async () => {
    const [id, next] = [account(), account()];
    const add = (who: string, endpoint: string, change: Partial<typeof keys> = {}) =>
      addPushDevice(ctx, who, { endpoint, ...keys, ...change }, city.clock.now());
    assert.equal((await add(id, 'https://intern.example/x')).ok, false);
    assert.equal((await add(id, 'https://push.example.org/1', { auth: 'AA' })).ok, false);
    const added = await add(id, 'https://push.example.org/1');
    assert.ok(added.ok);
    assert.ok((await add(next, 'https://push.example.org/1')).ok);
    assert.deepEqual((await noticeSettings(ctx, id, city.clock.now())).devices, []);
    assert.equal((await removePushDevice(ctx, id, added.value.id, city.clock.now())).ok, false, 'not the owner any more');
    assert.ok((await removePushDevice(ctx, next, added.value.id, city.clock.now())).ok);
  });
  it('number eleven is one too many', async () => {
    const id = account();
    for (let n = 0; n < 9; n += 1) await device(id, `https://push.example.org/many-${n}`);
    const add = (name: string) => addPushDevice(ctx, id, { endpoint: `https://push.example.org/${name}`, ...keys }, city.clock.now());
    const all = await Promise.all(['ten', 'eleven', 'twelve'].map(add));
    assert.equal(all.filter(({ ok }) => ok).length, 1, 'at once too');
  });
});

describe('a reminder', () => {
  const due = (accountId: string, day: string, key = 'case.1.anhoerung'): Expiry => ({
    accountId,
    key,
    kind: 'answer',
    day: Temporal.PlainDate.from(day),
    path: '/vorgang/1',
    about: { de: 'Baumfällung', en: 'Tree felling', leicht: 'Baum' },
  });
  const on = async (day: string): Promise<number> => {
    city.clock.set(`${day}T08:00:00Z`);
    return remind(ctx, notify(), city.clock.now());
  };

  it('comes seven days and one day before, each once', async () => {
    const id = account();
    await choose(id, { lang: 'en' });
    ending = [due(id, '2026-12-10')];
    const given: number[] = [];
    for (const day of ['2026-12-02', '2026-12-03', '2026-12-03', '2026-12-04', '2026-12-08', '2026-12-09', '2026-12-09', '2026-12-10', '2026-12-11'])
      given.push(await on(day));
    assert.deepEqual(given, [0, 1, 0, 0, 0, 1, 0, 0, 0]);
    assert.deepEqual(await mails(id), ['Something in your service account ends soon', 'Something in your service account ends soon']);
  });
  it('comes once when several days were missed, and again for a new end', async () => {
    const id = account();
    ending = [due(id, '2026-12-10')];
    assert.equal(await on('2026-12-09'), 1);
    assert.equal(await on('2026-12-10'), 0);
    ending = [due(id, '2026-12-20')];
    assert.equal(await on('2026-12-14'), 1);
  });
  it('is turned off by its own link without signing in, and nothing else is', async () => {
    const id = account();
    ending = [due(id, '2026-12-10'), due(id, '2026-12-15', 'mandate.1')];
    await on('2026-12-03');
    await city.jobs.drain();
    const { rows } = await sql<{ body: string }>`select body from platform.demo_mail where recipient = ${`${id.slice(-4)}@konto.example`}`.execute(
      city.database.read,
    );
    const token = /abmelden\/([\w-]{43})/.exec(rows[0]!.body)![1]!;
    assert.doesNotMatch(rows[0]!.body, /Baum|10\.12|2026/);
    assert.ok((await remindersOff(ctx, token, city.clock.now())).ok);
    assert.ok((await remindersOff(ctx, token, city.clock.now())).ok, 'twice is fine');
    assert.equal((await remindersOff(ctx, 'x'.repeat(43), city.clock.now())).ok, false);
    await on('2026-12-09');
    assert.equal((await mails(id)).length, 1);
    assert.deepEqual(await tell(id), { mail: true, others: 0 }, 'notices of post go on');
  });
  it('says on the page behind the sign-in what it is about, the nearest first', async () => {
    const id = account();
    ending = [due(id, '2026-12-24', 'b'), due(id, '2026-12-01', 'a'), due(account(), '2026-12-01')];
    assert.deepEqual(
      (await endingSoon(ctx, id, city.clock.now())).map(({ key }) => key),
      ['a', 'b'],
    );
  });
});

it('everything held is told without keys and codes, and forgotten whole', async () => {
  const id = account();
  await device(id);
  await phone(id);
  await choose(id, {});
  await requestPhoneCode(ctx, id, '0171 3920055', 'de', city.clock.now());
  await tell(id);
  const held = await noticesOf(city.database.read, id);
  for (const table of ['preference', 'push_subscription', 'phone', 'phone_code', 'code_request', 'delivery'] as const) assert.ok(held[table].length > 0, table);
  assert.doesNotMatch(JSON.stringify(held), /hmac|p256dh|"auth"|token/i);
  await city.database.write((tx) => forgetNotices(tx, id));
  for (const rows of Object.values(await noticesOf(city.database.read, id))) assert.deepEqual(rows, []);
});
