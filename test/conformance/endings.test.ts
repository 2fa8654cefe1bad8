import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { legalDay } from '../../src/kernel/time.ts';
import { demoAccounts } from '../../src/modules/identity/public.ts';
import { startDraft } from '../../src/modules/procedure/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { testClock } from '../support/temporary-city.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;

let city: WholeCity;
let server: CityServer;
let owner: Citizen;
let agent: Citizen;
let other: Citizen;
const clock = testClock('2026-11-10T09:00:00Z');
before(async () => {
  city = await wholeCity({ clock: clock.now });
  const [first, second, third] = (await demoAccounts(city.ctx.database.read)).map(({ id }): Citizen => ({
    kind: 'citizen',
    accountId: id,
    trust: 'substanziell',
  }));
  [owner, agent, other] = [first!, second!, third!];
  const actors: Readonly<Record<string, Actor>> = { owner, agent, other };
  server = serverOf(city, (token) => actors[token], clock.now);
  await sql`insert into identity.mandate (id, kind, holder_id, agent_id, receives, writes, trust, valid_from, valid_until, granted_at)
    values (${newId(3)}, 'vollmacht', ${owner.accountId}, ${agent.accountId}, true, true, 'einfach', '2026-01-01', null, ${clock.now()})`.execute(
    city.ctx.database.read,
  );
});
after(() => city.close());

const get = (path: string, who = 'owner', lang = 'de') =>
  Promise.resolve(server.request(path, { headers: { cookie: `kontor_session=${who}; kontor_lang=${lang}` } }));
const page = async (path: string, who?: string, lang?: string): Promise<string> => (await get(path, who, lang)).text();
const post = (path: string, who = 'owner') =>
  Promise.resolve(
    server.request(path, { method: 'POST', headers: { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080' }, body: new URLSearchParams() }),
  );
const reminders = async (key: string): Promise<string[]> => {
  const { rows } = await sql<{ who: string }>`select account_id || '.' || days_before as who from notification.reminder where key = ${key}`.execute(
    city.ctx.database.read,
  );
  return rows.map(({ who }) => who).toSorted();
};
const mine = (days: number): string => `${owner.accountId}.${days}`;
const agents = (days: number): string => `${agent.accountId}.${days}`;

it('a permit that ends is on the page of its holder and of who receives the post, with the way on, and reminded of on its own days, once', async () => {
  const caseId = newId(2);
  const pkg = city.ctx.desk.current('bewohnerparkausweis')!;
  const validity = { until: '2026-12-22' };
  const decision = {
    id: 'd',
    kind: 'bescheid',
    outcome: 'grant',
    decidedOn: '2025-12-22',
    validity,
    delivery: { via: 'postfach', on: '2025-12-22', bekanntgabeOn: '2025-12-26', remedyUntil: '2026-01-26' },
  };
  const state = { id: caseId, accountId: owner.accountId, service: pkg.key, packageHash: pkg.hash, status: 'bestandskraeftig', decisions: [decision] };
  await sql`insert into procedure.case_file (id, file_number, service, package_hash, authority, account_id, status, version, state, search_text, submitted_at, changed_at, valid_until, valid_for)
    values (${caseId}, 'T-9', ${pkg.key}, ${pkg.hash}, 'landesbetrieb-verkehr', ${owner.accountId}, 'bestandskraeftig', 1, ${state}, '', ${clock.now()}, ${clock.now()}, '2026-12-22', 'x')`.execute(
    city.ctx.database.read,
  );
  for (const who of ['owner', 'agent'])
    for (const [lang, words] of [
      ['de', /Erlaubnis endet: Bewohnerparkausweis[\s\S]*Verlängern/],
      ['en', /Permit ends: Resident parking permit[\s\S]*Renew/],
      ['leicht', /Eine Erlaubnis endet: Park-Ausweis[\s\S]*Verlängern/],
    ] as const)
      assert.match(await page('/konto/benachrichtigungen', who, lang), words);
  assert.match(await page('/konto/benachrichtigungen'), /href="\/antrag\/neu\/bewohnerparkausweis"/);
  assert.doesNotMatch(await page('/konto/benachrichtigungen', 'other'), new RegExp(caseId));
  const told = (await (await get('/api/account/notifications')).json()) as { ending: { kind: string; next: unknown }[] };
  assert.deepEqual(
    told.ending.filter(({ kind }) => kind === 'permit').map(({ next }) => next),
    [{ how: 'verlaengern', path: '/antrag/neu/bewohnerparkausweis' }],
  );
  await city.jobs.strike('notification.remind');
  assert.deepEqual(await reminders(`permit.${caseId}`), [mine(42), agents(42)].toSorted(), '42 days ahead');
  await city.jobs.strike('notification.remind');
  clock.set('2026-12-08T09:00:00Z');
  await city.jobs.strike('notification.remind');
  await city.jobs.strike('notification.remind');
  assert.deepEqual(await reminders(`permit.${caseId}`), [mine(14), mine(42), agents(14), agents(42)].toSorted());
});

it('a year of a draft that nobody works on: announced, reminded of twice, kept by a click, deleted a year later, and its link says so', async () => {
  clock.set('2026-12-10T09:00:00Z');
  const { id } = expectOk(await startDraft(city.ctx, owner, 'baumfaellung'));
  assert.match(await page(`/antrag/${id}/pruefen`), /wird der Entwurf am 10\. Dezember 2027 gelöscht|wird der Entwurf am 10\.12\.2027 gelöscht/);
  assert.match(await page('/antraege'), /2027/);
  const events: string[] = [];
  const walk = async (from: string, until: string): Promise<void> => {
    for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, Temporal.PlainDate.from(until)) <= 0; day = day.add({ days: 1 })) {
      clock.set(`${day.toString()}T08:00:00Z`);
      const before = (await reminders(`draft.${id}`)).length;
      await city.jobs.strike('procedure.tidy-drafts');
      await city.jobs.strike('procedure.tidy-drafts');
      await city.jobs.strike('notification.remind');
      const given = (await reminders(`draft.${id}`)).length - before;
      if (given > 0) events.push(`${day.toString()} ${given} reminded`);
      if ((await get(`/antrag/${id}/pruefen`)).status === 410 && events.at(-1)?.endsWith('deleted') !== true) events.push(`${day.toString()} deleted`);
    }
  };
  await walk('2027-11-08', '2027-11-20');
  assert.deepEqual(events, ['2027-11-10 2 reminded'], 'thirty days before, the owner and who receives the post');
  for (const [lang, words] of [
    ['de', /Ihr Entwurf wird am [^<]*2027 gelöscht/],
    ['en', /Your draft is deleted on [^<]*2027/],
    ['leicht', /Wir löschen Ihren Antrag am [^<]*2027/],
  ] as const)
    assert.match(await page(`/antrag/${id}/pruefen`, 'owner', lang), words);
  assert.match(await page('/konto/benachrichtigungen'), /Entwurf wird gelöscht: Baum fällen[\s\S]*Entwurf behalten/);
  assert.equal((await post(`/antrag/${id}/behalten`, 'other')).status, 404, 'nobody else keeps it');
  assert.equal((await post(`/antrag/${id}/behalten`)).status, 303);
  assert.doesNotMatch(await page('/konto/benachrichtigungen'), /Entwurf wird gelöscht/);
  await walk('2027-12-05', '2027-12-15');
  await walk('2028-10-18', '2028-11-21');
  assert.deepEqual(events.slice(1), ['2028-10-21 2 reminded', '2028-11-13 2 reminded', '2028-11-20 deleted']);
  const gone = await page(`/antrag/${id}/pruefen`);
  assert.match(gone, /Dieser Entwurf ist gelöscht[\s\S]*„Baum fällen“ wurde am [^<]*2028 gelöscht/);
  assert.equal((await get(`/antrag/${id}`, 'other')).status, 404, 'nobody else hears of it');
  const answer = await get(`/api/drafts/${id}`);
  assert.equal(answer.status, 404);
  assert.match(await answer.text(), /Der Entwurf «Baum fällen» wurde am 20\.11\.2028 gelöscht/);
  const { rows } = await sql<{ kind: string; payload: string }>`select kind, payload from platform.journal
    where stream = ${`account:${owner.accountId}`} and kind = 'procedure.entwurf-geloescht'`.execute(city.ctx.database.read);
  assert.deepEqual(
    rows.map(({ payload }) => JSON.parse(payload) as unknown),
    [{ draftId: id, accountId: owner.accountId, service: 'baumfaellung', months: 12 }],
  );
  assert.equal(legalDay(clock.now()).toString(), '2028-11-21');
});

it('the last day to object and the day a fee is due are on the page of whom they concern, and reminded of; what is paid or objected to is not', async () => {
  clock.set('2029-03-01T09:00:00Z');
  const { read } = city.ctx.database;
  const pkg = city.ctx.desk.current('hund')!;
  const made = async (status: string, number: string): Promise<string> => {
    const id = newId(number.length);
    const state = { id, accountId: owner.accountId, service: pkg.key, packageHash: pkg.hash, status, decisions: [] };
    await sql`insert into procedure.case_file (id, file_number, service, package_hash, authority, account_id, status, version, state, search_text, submitted_at, changed_at)
      values (${id}, ${number}, ${pkg.key}, ${pkg.hash}, 'hunderegister', ${owner.accountId}, ${status}, 1, ${state}, '', ${clock.now()}, ${clock.now()})`.execute(
      read,
    );
    await sql`insert into procedure.deadline (case_id, kind, due_on) values (${id}, 'rechtsbehelf', '2029-04-04')`.execute(read);
    return id;
  };
  const [decided, objected] = [await made('bekanntgegeben', 'T-10'), await made('widerspruch', 'T-111')];
  const claim = async (status: string, number: string): Promise<string> => {
    const id = newId(number.length);
    const state = { id, caseId: decided, fileNumber: number, accountId: owner.accountId, purpose: pkg.key, dueOn: '2029-04-04' };
    await sql`insert into payment.claim (id, demand_key, case_id, file_number, account_id, authority, kassenzeichen, status, due_on, amount_cents, version, state, changed_at)
      values (${id}, ${number}, ${decided}, ${number}, ${owner.accountId}, 'hunderegister', ${number}, ${status}, '2029-04-04', 12000, 1, ${state}, ${clock.now()})`.execute(
      read,
    );
    return id;
  };
  const [owed, paid] = [await claim('open', 'T-1212'), await claim('paid', 'T-13131')];
  for (const who of ['owner', 'agent']) {
    const shown = await page('/konto/benachrichtigungen', who);
    assert.match(shown, new RegExp(`href="/vorgang/${decided}">Widerspruch ist möglich: Hund`), who);
    assert.match(shown, new RegExp(`href="/zahlungen/${owed}">Gebühr ist zu zahlen: Hund`), who);
    for (const id of [objected, paid]) assert.ok(!shown.includes(id), who);
  }
  for (const id of [decided, owed]) assert.ok(!(await page('/konto/benachrichtigungen', 'other')).includes(id));
  await city.jobs.strike('notification.remind');
  assert.deepEqual([await reminders(`case.${decided}.rechtsbehelf`), await reminders(`fee.${owed}`)], [[], []], 'five weeks ahead');
  clock.set('2029-03-28T09:00:00Z');
  await city.jobs.strike('notification.remind');
  assert.deepEqual(await reminders(`case.${decided}.rechtsbehelf`), [mine(7), agents(7)].toSorted());
  assert.deepEqual(await reminders(`fee.${owed}`), [mine(7), agents(7)].toSorted());
  clock.set('2029-04-03T09:00:00Z');
  await city.jobs.strike('notification.remind');
  assert.deepEqual(await reminders(`case.${decided}.rechtsbehelf`), [mine(7), agents(7)].toSorted(), 'of a right once');
  assert.deepEqual(await reminders(`fee.${owed}`), [mine(1), mine(7), agents(1), agents(7)].toSorted());
});
