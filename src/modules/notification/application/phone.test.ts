import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../../kernel/id.ts';
import { legalDay } from '../../../kernel/time.ts';
import { temporaryCity, TEST_NOW, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { codeRules } from '../domain/phone.ts';
import { notificationJobs } from '../jobs.ts';
import { findPhone } from '../store/addresses.ts';
import type { NotificationContext } from './context.ts';
import { keptDemoSms, takeDemoSms } from './demo-sms.ts';
import { forgetNotices } from './holdings.ts';
import { notifyThrough } from './notify.ts';
import { confirmPhone, requestPhoneCode } from './phone.ts';

let city: TemporaryCity;
let ctx: NotificationContext;
const sent: { to: string; text: string; reference: string }[] = [];

const LANGUAGE: NotificationContext['language'] = { of: async () => 'de', keep: async () => {} };

before(async () => {
  city = await temporaryCity({
    jobs: (platform) => {
      ctx = {
        ...platform,
        secret: 'a secret of the tests, long enough for a key',
        push: { publicKey: 'key', admits: async () => true, send: async () => ({ kind: 'sent' }) },
        sms: {
          send: async (message) => {
            sent.push(message);
            return { kind: 'sent' };
          },
        },
        addressOf: async () => undefined,
        language: LANGUAGE,
        expiring: async () => [],
      };
      return notificationJobs(ctx, notifyThrough(platform, LANGUAGE, true));
    },
  });
});
after(() => city.close());
beforeEach(async () => {
  sent.length = 0;
  city.clock.set(TEST_NOW);
  await sql`delete from notification.code_day`.execute(city.database.read);
});

let serial = 0;
const account = (): string => `0190a000-0000-7000-8000-${String((serial += 1)).padStart(12, '0')}`;

describe('a telephone', () => {
  const codeSms = () => sent.findLast(({ text }) => text.startsWith('Ihr Code'))!;
  const codeIn = (): string => /\d{6}/.exec(codeSms().text)![0];
  const later = (minutes: number) => city.clock.now().add({ minutes });

  it('counts only after its code, which is nowhere in clear', async () => {
    const id = account();
    assert.ok((await requestPhoneCode(ctx, id, '0171 3920011', 'de', city.clock.now())).ok);
    assert.equal(await findPhone(city.database.read, id), undefined, 'not before it is confirmed');
    await city.jobs.drain();
    const code = codeIn();
    assert.equal(codeSms().to, '+491713920011');
    const { rows } = await sql<{ all: string }>`select (select string_agg(d::text, ' ') from notification.delivery d where account_id = ${id})
      || (select string_agg(p::text, ' ') from notification.phone_code p where account_id = ${id}) as all`.execute(city.database.read);
    assert.ok(!new RegExp(`\\b${code}\\b`).test(rows[0]!.all), 'gone once it is sent');
    assert.ok((await confirmPhone(ctx, id, ` ${code} `, later(9))).ok);
    assert.equal(await findPhone(city.database.read, id), '+491713920011');
    assert.equal((await confirmPhone(ctx, id, code, later(9))).ok, false, 'once');
  });
  it('five wrong codes are enough, ten minutes too; another account’s code is none', async () => {
    const [id, stranger] = [account(), account()];
    await requestPhoneCode(ctx, id, '0171 3920012', 'de', city.clock.now());
    await city.jobs.drain();
    const right = codeIn();
    const wrong = right === '000000' ? '111111' : '000000';
    assert.equal((await confirmPhone(ctx, stranger, right, city.clock.now())).ok, false);
    for (let tries = 0; tries < 5; tries += 1) assert.equal((await confirmPhone(ctx, id, wrong, city.clock.now())).ok, false);
    assert.equal((await confirmPhone(ctx, id, right, city.clock.now())).ok, false);
    const late = account();
    await requestPhoneCode(ctx, late, '0171 3920013', 'de', city.clock.now());
    await city.jobs.drain();
    assert.equal((await confirmPhone(ctx, late, codeIn(), later(10))).ok, false);
  });
  it('rings three times an hour at most, for one account and for one number', async () => {
    const id = account();
    const ask = (who: string, number: string) => requestPhoneCode(ctx, who, number, 'de', city.clock.now());
    for (const number of ['0171 3920020', '0171 3920021', '0171 3920022']) assert.ok((await ask(id, number)).ok);
    const fourth = await ask(id, '0171 3920023');
    assert.ok(!fourth.ok && fourth.problem.kind === 'too-many');
    for (let n = 0; n < 2; n += 1) assert.ok((await ask(account(), '0171 3920020')).ok);
    assert.equal((await ask(account(), '0171 3920020')).ok, false, 'a stranger’s telephone');
    city.clock.advance({ hours: 1, minutes: 1 });
    assert.ok((await ask(id, '0171 3920023')).ok);
    assert.equal((await ask(account(), 'keine Nummer')).ok, false);
  });
  it('rings three times however many requests come at once, and in whatever order they name accounts and numbers', async () => {
    const id = account();
    const numbers = Array.from({ length: 8 }, (_, n) => `0171 39200${30 + n}`);
    const all = await Promise.all(numbers.map((number) => requestPhoneCode(ctx, id, number, 'de', city.clock.now())));
    assert.equal(all.filter(({ ok }) => ok).length, 3);
    const two = [account(), account()];
    const crossed = ['0171 3920026', '0171 3920027'].flatMap((number) => two.map((who) => requestPhoneCode(ctx, who, number, 'de', city.clock.now())));
    assert.ok(
      (await Promise.all(crossed)).every(({ ok }) => ok),
      'nobody waits for somebody who waits for them',
    );
  });
  it('takes German mobile numbers only: what costs more by the message is refused with what may be typed instead', async () => {
    for (const number of ['+44 7700 900123', '+882 13 300000', '040 1234567', '0900 1234567', '0164 1234567', '+372 5555 5555']) {
      const asked = await requestPhoneCode(ctx, account(), number, 'de', city.clock.now());
      assert.ok(!asked.ok && asked.problem.kind === 'invalid-input', number);
      assert.match(asked.problem.fields![0]!.message, /015, 016 oder 017/);
    }
    assert.ok((await requestPhoneCode(ctx, account(), '+49 (0)160 99000000', 'de', city.clock.now())).ok);
  });
  it('stops for the day when the city has sent as many codes as it may, says so, and goes on the next day', async () => {
    const most = codeRules(legalDay(city.clock.now())).perDay;
    await sql`insert into notification.code_day (day, sent) values (${legalDay(city.clock.now())}, ${most - 1})
      on conflict (day) do update set sent = excluded.sent`.execute(city.database.read);
    const ask = () => requestPhoneCode(ctx, account(), `0172 99259${String((serial += 1)).padStart(3, '0')}`, 'de', city.clock.now());
    const all = await Promise.all([ask(), ask(), ask()]);
    assert.equal(all.filter(({ ok }) => ok).length, 1);
    const refused = all.find(({ ok }) => !ok)!;
    assert.ok(!refused.ok && refused.problem.kind === 'unavailable' && /morgen/.test(refused.problem.detail) && /Mail/.test(refused.problem.detail));
    const total = await sql<{ n: number }>`select sent as n from notification.code_day where day = ${legalDay(city.clock.now())}`.execute(city.database.read);
    assert.equal(total.rows[0]!.n, most, 'what was refused is not counted');
    assert.equal(city.log.lines.filter((line) => JSON.stringify(line).includes('notification.codes-of-the-day-used-up')).length > 0, true);
    city.clock.advance({ days: 1 });
    assert.ok((await ask()).ok);
  });
  it('is not asked more often because accounts come and go', async () => {
    const number = '0171 3920028';
    for (let n = 0; n < 3; n += 1) {
      const gone = account();
      assert.ok((await requestPhoneCode(ctx, gone, number, 'de', city.clock.now())).ok);
      await city.database.write((tx) => forgetNotices(tx, gone));
    }
    assert.equal((await requestPhoneCode(ctx, account(), number, 'de', city.clock.now())).ok, false);
    const { rows } = await sql`select 1 from notification.code_request r where r.account_id is null and r::text like '%392%'`.execute(city.database.read);
    assert.equal(rows.length, 0, 'the number itself is not kept');
  });
});

it('what the demo took is forgotten with who it went to, and nobody’s number stands in it', async () => {
  const [id, other] = [account(), account()];
  await city.jobs.drain();
  for (const who of [id, other]) {
    await requestPhoneCode(ctx, who, who === id ? '0171 3920056' : '0171 3920057', 'de', city.clock.now());
    await city.jobs.drain();
    const { to, text, reference } = sent.at(-1)!;
    await takeDemoSms(city.ctx, { id: newId(3), to, text, reference });
  }
  const shown = async (): Promise<readonly string[]> => (await keptDemoSms(city.ctx)).map(({ recipient }) => recipient).toSorted((a, b) => a.localeCompare(b));
  assert.deepEqual(await shown(), ['… 56', '… 57']);
  await city.database.write((tx) => forgetNotices(tx, id));
  assert.deepEqual(await shown(), ['… 57']);
});
