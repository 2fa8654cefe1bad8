import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import type { AnyRoute } from '../../src/platform/http/route.ts';
import { DEMO_PASSWORD } from '../../src/modules/identity/domain/demo-people.ts';
import { mandateToken, signedIn, type Person } from '../support/person.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

let city: WholeCity;
let holder: Person;
let mandateId: string;
before(async () => {
  city = await wholeCity();
  holder = await signedIn(city, 'katharina.petersen', 'substanziell');
  const agent = await signedIn(city, 'yusuf.oezkan', 'hoch');
  await agent.api('POST', '/api/account/mandates/requests', { email: holder.email, services: null });
  mandateId = (await holder.api('POST', `/api/account/mandates/links/${await mandateToken(city, holder.email)}`, { accept: true })).json.mandateId;
});
after(() => city.close());

/** A new session that acts for Katharina. */
async function acting(): Promise<Person> {
  const agent = await signedIn(city, 'yusuf.oezkan', 'hoch');
  assert.equal((await agent.api('PUT', '/api/session/acting-for', { mandateId })).status, 200);
  return agent;
}

/** Routes about an account and its Postfach; all the others are about cases. */
const aboutAccounts = (): AnyRoute[] =>
  city.server.routes.filter(({ path }) =>
    /^\/(api\/(account|me|mailbox|passkeys|password-resets|registrations|sessions?)|abmelden|anmelden|konto|organisationen|passwort-|postfach|registrieren|vertretung)/.test(
      path,
    ),
  );

it('routes about an account see the person alone; of those open to who acts for somebody, only the Postfach is the holder’s', () => {
  const routes = aboutAccounts();
  assert.ok(routes.length >= 70, `only ${routes.length} routes found`);
  const holders = routes.filter(({ access }) => access === 'citizen').map(({ path }) => path);
  assert.deepEqual(
    holders.filter((path) => !/^\/(api\/mailbox|postfach)/.test(path)),
    [],
    'these would reach the holder’s account',
  );
});

const OWN = { givenName: 'Yusuf', familyName: 'Özkan', birthDate: '02.11.1991', street: 'Neue Allee', houseNumber: '1', postcode: '20243', place: 'Hamburg' };
const BODIES: Readonly<Record<string, object>> = {
  '/api/account/profile': OWN,
  '/konto': OWN,
  '/api/account/email': { email: 'new@example.org' },
  '/konto/email': { email: 'new@example.org' },
  '/api/account/password': { oldPassword: DEMO_PASSWORD, newPassword: 'Ein ganz anderes Wort' },
  '/konto/passwort': { oldPassword: 'falsch', newPassword: 'Ein ganz anderes Wort' },
  '/api/account/organisations': { name: 'Özkan & Co.' },
  '/organisationen/neu': { name: 'Özkan & Co.' },
  '/api/account/mandates/offers': { email: 'third@example.org', services: null },
  '/vertretung/geben': { email: 'third@example.org', scope: 'all' },
  '/api/account/mandates/requests': { email: 'third@example.org', services: null },
  '/vertretung/anfragen': { email: 'third@example.org', scope: 'all' },
};
/** These end the account, so they come last. */
const DELETES = ['/api/account', '/konto/loeschen'];

it('whatever is asked while acting for somebody, nothing of their account is changed or told', async () => {
  const before = await accountOf(holder);
  const sessions = await sql<{ id: string }>`select id from identity.session where account_id = ${holder.accountId}`.execute(city.ctx.database.read);
  const told: string[] = [];
  for (const route of aboutAccounts().filter(({ path, method }) => !(DELETES.includes(path) && method !== 'get'))) {
    for (const id of [holder.accountId, sessions.rows[0]!.id]) {
      const path = route.path.replace(/:\w+/g, id);
      const agent = await acting();
      const answer = await call(route, path, agent);
      if (answer.status >= 500 && answer.status !== 503) told.push(`${route.method} ${route.path} breaks`);
      if (/katharina\.petersen@|Beispielstraße|17\.05\.1984|1984-05-17/.test(answer.text)) told.push(`${route.method} ${route.path} tells of the holder`);
    }
  }
  assert.deepEqual(told, []);
  assert.deepEqual(await accountOf(holder), before);
});

it('and what concerns the own account does what it says, for the own account', async () => {
  const agent = await acting();
  assert.equal((await agent.api('PUT', '/api/account/profile', OWN)).status, 200);
  const { json } = await agent.api('GET', '/api/me');
  assert.deepEqual([json.accountId, json.address.street, json.actingFor.accountId], [agent.accountId, 'Neue Allee', holder.accountId]);
  const exported = (await agent.api('GET', '/api/account/export')).json;
  assert.equal(exported.account.profile.accountId, agent.accountId);
  assert.ok(
    exported.account.mandates.some((one: { id: string }) => one.id === mandateId),
    'Art. 15 DSGVO: what they may do for others is theirs to know',
  );
  assert.match((await agent.page('/konto')).text, /Diese Seite zeigt Ihr eigenes Konto/);
  assert.ok((await agent.api('GET', '/api/sessions')).json.length > 1);
  const managed = ((await agent.api('GET', '/api/account/organisations')).json as { id: string; role: string }[]).filter(({ role }) => role === 'verwaltung');
  assert.equal((await agent.api('DELETE', '/api/account')).status, 409, 'an organisation would be left without anybody who manages it');
  for (const one of managed) assert.equal((await agent.api('DELETE', `/api/account/organisations/${one.id}`)).status, 200);
  assert.equal((await agent.api('DELETE', '/api/account')).status, 200);
  const gone = await sql<{ id: string; deleted: boolean }>`select id, deleted_at is not null as deleted from identity.account
    where id in (${agent.accountId}, ${holder.accountId}) order by id`.execute(city.ctx.database.read);
  assert.deepEqual(
    new Map(gone.rows.map(({ id, deleted }) => [id, deleted])),
    new Map([
      [agent.accountId, true],
      [holder.accountId, false],
    ]),
  );
  const left = (await holder.api('GET', '/api/account/mandates')).json;
  assert.deepEqual(left.given, [], 'an account that is gone represents nobody');
});

async function call(route: AnyRoute, path: string, agent: Person): Promise<{ status: number; text: string }> {
  const body = BODIES[route.path] ?? {};
  if (route.kind === 'page') return agent.page(path, route.method === 'get' ? undefined : (body as Record<string, string>));
  const { status, json } = await agent.api(route.method.toUpperCase(), path, route.method === 'get' ? undefined : body);
  return { status, text: JSON.stringify(json ?? '') };
}

/** Everything kept about an account, but for the moment a session was last used. */
async function accountOf({ accountId }: Person): Promise<unknown> {
  const tables = ['password_login', 'eid_link', 'passkey', 'mail_link', 'mailbox_message'];
  const rows: unknown[] = [(await sql`select * from identity.account where id = ${accountId}`.execute(city.ctx.database.read)).rows];
  for (const table of tables) {
    rows.push((await sql`select * from ${sql.table(`identity.${table}`)} where account_id = ${accountId} order by 1`.execute(city.ctx.database.read)).rows);
  }
  const mandates = sql`select id, ended_at from identity.mandate where holder_id = ${accountId} order by id`;
  const offers = sql`select id from identity.mandate_offer where holder_id = ${accountId} order by id`;
  const sessions = sql`select id, mandate_id from identity.session where account_id = ${accountId} order by id`;
  for (const query of [mandates, offers, sessions]) rows.push((await query.execute(city.ctx.database.read)).rows);
  return JSON.parse(JSON.stringify(rows));
}
