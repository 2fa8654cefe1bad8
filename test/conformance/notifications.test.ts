import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { sha256Hex } from '../../src/kernel/token.ts';
import { deliver, demoAccounts } from '../../src/modules/identity/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';
import { testClock } from '../support/temporary-city.ts';

let city: WholeCity;
let server: CityServer;
let owner: Extract<Actor, { kind: 'citizen' }>;
const clock = testClock('2026-11-10T09:00:00Z');
before(async () => {
  city = await wholeCity({ clock: clock.now });
  const [katharina, other] = await demoAccounts(city.ctx.database.read);
  owner = { kind: 'citizen', accountId: katharina!.id, trust: 'einfach' };
  const actors: Readonly<Record<string, Actor>> = { owner, other: { kind: 'citizen', accountId: other!.id, trust: 'einfach' } };
  server = serverOf(city, (token) => actors[token], clock.now);
});
after(() => city.close());

const said = (de: string) => ({ de, en: de, leicht: de });
const page = async (path: string, who = 'owner'): Promise<string> => (await server.request(path, { headers: { cookie: `kontor_session=${who}` } })).text();
const post = (path: string, fields: Record<string, string>, who = 'owner'): Promise<Response> =>
  Promise.resolve(
    server.request(path, { method: 'POST', headers: { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080' }, body: new URLSearchParams(fields) }),
  );
/** Shown by the demo's gateway, once the outbox has been emptied. */
const smsOfDemo = async (): Promise<string> => {
  await city.jobs.drain();
  // the city's own workers may hold the last one
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await sql`select 1 from notification.delivery where state = 'waiting'`.execute(city.ctx.database.read);
    if (rows.length === 0) break;
    await pause(100);
  }
  return /<main[\s\S]*<\/main>/.exec(await page('/demo/sms'))![0];
};

it('a number is confirmed in the browser, and a message in the Postfach then comes by SMS too, without its content', async () => {
  assert.match(await page('/konto/benachrichtigungen'), /Demo: Keine SMS verlässt das Haus/);
  assert.equal((await post('/konto/benachrichtigungen/telefon', { number: 'keine' })).status, 422);
  assert.equal((await post('/konto/benachrichtigungen/telefon', { number: '0171 3920010' })).status, 303);
  const code = /Ihr Code für Kontor: (\d{6})/.exec(await smsOfDemo())![1]!;
  assert.equal((await post('/konto/benachrichtigungen/telefon/bestaetigen', { code }, 'other')).status, 409, 'somebody else’s code');
  assert.equal((await post('/konto/benachrichtigungen/telefon/bestaetigen', { code })).status, 303);
  const shown = await page('/konto/benachrichtigungen');
  assert.match(shown, /\+4917 … 010/);
  assert.doesNotMatch(shown, /\+491713920010/);
  const message = {
    accountId: owner.accountId,
    caseId: newId(1),
    key: 'n-1',
    subject: said('Bescheid über Ihre Eiche'),
    body: [said('Er liegt bei.')],
    documents: [],
  };
  const send = () => city.ctx.database.write((tx) => deliver(city.ctx, tx, { kind: 'system', job: 'test' }, message, clock.now()));
  const first = await send();
  assert.deepEqual([first.noticeSent, (await send()).isNew], [true, false]);
  const sms = await smsOfDemo();
  assert.equal(sms.match(/In Ihrem Postfach der Stadt liegt etwas Neues/g)?.length, 1);
  assert.doesNotMatch(sms, /Eiche|Bescheid|Petersen/);
});

it('an answer that is due and a Vollmacht that ends are reminded of once and shown on the page of whom they concern alone', async () => {
  const { database } = city.ctx;
  const caseId = newId(2);
  const agentId = (await demoAccounts(database.read))[2]!.id;
  await database.write(async (tx) => {
    await sql`insert into procedure.case_file (id, file_number, service, package_hash, authority, account_id, status, version, state, search_text, submitted_at, changed_at)
      values (${caseId}, 'T-1', 'baumfaellung', ${city.ctx.desk.current('baumfaellung')!.hash}, 'bezirksamt-altona', ${owner.accountId}, 'anhoerung', 1, '{}', '',
        ${clock.now()}, ${clock.now()})`.execute(tx);
    await sql`insert into procedure.deadline (case_id, kind, due_on) values (${caseId}, 'anhoerung', '2026-11-17'), (${caseId}, 'entscheidung', '2026-11-17')`.execute(
      tx,
    );
    await sql`insert into identity.mandate (id, kind, holder_id, agent_id, receives, writes, trust, valid_from, valid_until, granted_at)
      values (${newId(3)}, 'vollmacht', ${owner.accountId}, ${agentId}, false, true, 'einfach', '2026-01-01', '2026-11-30', ${clock.now()})`.execute(tx);
  });
  const shown = await page('/konto/benachrichtigungen');
  assert.ok(shown.includes(`href="/vorgang/${caseId}"`) && /Vollmacht endet/.test(shown));
  assert.doesNotMatch(await page('/konto/benachrichtigungen', 'other'), new RegExp(caseId));
  const reminded = async (): Promise<number> => {
    await city.jobs.strike('notification.remind');
    return (await smsOfDemo()).match(/In Ihrem Servicekonto endet bald etwas/g)?.length ?? 0;
  };
  assert.equal(await reminded(), 1);
  assert.equal(await reminded(), 1, 'once');
  clock.set('2026-11-16T09:00:00Z');
  assert.equal(await reminded(), 2, 'the day before');
  const { rows } = await sql<{ key: string }>`select key from notification.reminder where account_id = ${owner.accountId}`.execute(database.read);
  assert.ok(rows.every(({ key }) => key === `case.${caseId}.anhoerung`));
  await database.write(async (tx) => {
    await sql`delete from procedure.deadline where case_id = ${caseId}`.execute(tx);
    await sql`delete from procedure.case_file where id = ${caseId}`.execute(tx);
  });
});

it('who receives somebody’s post sees what they must answer, within the services of the Vollmacht and while it is in force', async () => {
  const { database } = city.ctx;
  const accounts = await demoAccounts(database.read);
  const other = accounts[1]!.id;
  const caseId = newId(12);
  const mandate = (id: string, services: string[] | null, until: string, receives = true) =>
    sql`insert into identity.mandate (id, kind, holder_id, agent_id, services, receives, writes, trust, valid_from, valid_until, granted_at)
      values (${id}, 'vollmacht', ${owner.accountId}, ${other}, ${services}::text[], ${receives}, true, 'einfach', '2026-01-01', ${until}::date, ${clock.now()})`.execute(
      database.read,
    );
  await sql`insert into procedure.case_file (id, file_number, service, package_hash, authority, account_id, status, version, state, search_text, submitted_at, changed_at)
    values (${caseId}, 'T-2', 'baumfaellung', ${city.ctx.desk.current('baumfaellung')!.hash}, 'bezirksamt-altona', ${owner.accountId}, 'anhoerung', 1, '{}', '',
      ${clock.now()}, ${clock.now()})`.execute(database.read);
  await sql`insert into procedure.deadline (case_id, kind, due_on) values (${caseId}, 'anhoerung', '2026-11-25')`.execute(database.read);
  const sees = async (who: string): Promise<boolean> => (await page('/konto/benachrichtigungen', who)).includes(`href="/vorgang/${caseId}"`);
  assert.deepEqual([await sees('owner'), await sees('other')], [true, false]);
  const wrong = [newId(13), newId(14), newId(15)];
  await mandate(wrong[0]!, ['hund'], '2027-11-30');
  await mandate(wrong[1]!, null, '2026-11-01');
  await mandate(wrong[2]!, null, '2027-11-30', false);
  assert.equal(await sees('other'), false, 'another service, over, or without post');
  const right = newId(16);
  await mandate(right, ['baumfaellung'], '2027-11-30');
  assert.equal(await sees('other'), true);
  await sql`delete from identity.mandate where id = any(${[...wrong, right]}::uuid[])`.execute(database.read);
  await sql`delete from procedure.deadline where case_id = ${caseId}`.execute(database.read);
  await sql`delete from procedure.case_file where id = ${caseId}`.execute(database.read);
});

it('the demo warns before a number is typed, and shows none afterwards', async () => {
  assert.match(await page('/konto/benachrichtigungen'), /Nehmen Sie eine erfundene Nummer, zum Beispiel 0171 3920010/);
  const shown = await smsOfDemo();
  assert.match(shown, /… 10/);
  assert.doesNotMatch(shown, /1713920010/);
});

it('nobody’s settings, numbers or browsers are another’s', async () => {
  const id = newId(4);
  await sql`insert into notification.push_subscription (id, account_id, endpoint, p256dh, auth, created_at)
    values (${id}, ${owner.accountId}, 'https://push.example.org/o', 'p', 'a', ${clock.now()})`.execute(city.ctx.database.read);
  assert.equal((await post(`/konto/benachrichtigungen/geraete/${id}/entfernen`, {}, 'other')).status, 404);
  assert.equal((await post('/konto/benachrichtigungen/telefon/entfernen', {}, 'other')).status, 303);
  assert.match(await page('/konto/benachrichtigungen'), /\+4917 … 010/);
  assert.doesNotMatch(await page('/konto/benachrichtigungen', 'other'), /\+4917 … 010/);
  const half = await post('/konto/benachrichtigungen', { quietFrom: '22' });
  assert.equal(half.status, 422, 'half a quiet time');
  const refused = await half.text();
  assert.match(refused, /<title>Fehler: Benachrichtigungen/);
  assert.equal(refused.split('Ruhezeiten sind volle Stunden').length - 1, 2, 'once above and once at the field');
  assert.match(await (await post('/passwort-vergessen', { email: 'x' })).text(), /<title>Fehler: /);
  assert.equal((await post('/konto/benachrichtigungen', { ways: 'mail', quietFrom: '22', quietUntil: '7' })).status, 303);
  const held = (await (await server.request('/api/account/notifications', { headers: { cookie: 'kontor_session=owner' } })).json()) as { preferences: object };
  assert.deepEqual(held.preferences, { mail: true, push: false, sms: false, reminders: false, quiet: { from: 22, until: 7 }, lang: 'de' });
});

it('leaving takes everything along and forgets it: what this module held too', async () => {
  const exported = (await (await server.request('/api/account/export', { headers: { cookie: 'kontor_session=owner' } })).json()) as {
    benachrichtigungen: Record<string, unknown[]>;
    account: Record<string, unknown>;
  };
  for (const table of ['preference', 'push_subscription', 'phone', 'delivery', 'reminder']) assert.ok(exported.benachrichtigungen[table]!.length > 0, table);
  for (const part of ['recoveryCodes', 'recoveries', 'knownDevices']) assert.ok(part in exported.account, part);
  await sql`insert into identity.session (token_sha256, id, account_id, method, trust, created_at, last_seen_at, expires_at)
    values (${sha256Hex('owner')}, ${newId(9)}, ${owner.accountId}, 'password', 'einfach', ${clock.now()}, ${clock.now()}, ${clock.now().add({ hours: 8 })})`.execute(
    city.ctx.database.read,
  );
  const left = await server.request('/api/account', { method: 'DELETE', headers: { cookie: 'kontor_session=owner', origin: 'http://localhost:8080' } });
  assert.equal(left.status, 200, await left.text());
  for (const table of ['preference', 'push_subscription', 'phone', 'phone_code', 'code_request', 'delivery', 'reminder']) {
    const { rows } = await sql`select 1 from ${sql.table(`notification.${table}`)} where account_id = ${owner.accountId}`.execute(city.ctx.database.read);
    assert.equal(rows.length, 0, table);
  }
});
