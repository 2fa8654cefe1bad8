import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { TrustLevel } from '../../src/kernel/actor.ts';
import { openSession } from '../../src/modules/identity/application/open-session.ts';
import { sha256Hex } from '../../src/kernel/token.ts';
import { findPasswordLogin } from '../../src/modules/identity/store/logins.ts';
import type { WholeCity } from './whole-city.ts';

/** Somebody at the city's door, with a session of their own. */
export interface Person {
  readonly accountId: string;
  readonly email: string;
  readonly cookie: string;
  /** A call of the API; its answer is read as JSON. */
  api(method: string, path: string, body?: object): Promise<Answered>;
  /** A page, or a form sent to one. */
  page(path: string, fields?: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly text: string; readonly location: string | null }>;
}

export interface Answered {
  readonly status: number;
  // oxlint-disable-next-line no-explicit-any -- whatever the route answers; each test says what it looks at
  readonly json: any;
}

/** Signs a demo person in at a level of trust, without the provider's pages. */
export async function signedIn(city: WholeCity, name: string, trust: TrustLevel = 'einfach'): Promise<Person> {
  const email = `${name}@buerger.example`;
  const { database, clock } = city.ctx;
  const { accountId } = (await findPasswordLogin(database.read, email))!;
  const holder = { kind: 'citizen', accountId, trust, method: trust === 'einfach' ? 'password' : 'eid' } as const;
  const { token } = await database.write((tx) => openSession(city.ctx, tx, { now: clock(), sessionToken: undefined }, holder));
  const headers = { cookie: `kontor_session=${token}`, origin: city.ctx.settings.publicUrl };
  return {
    accountId,
    email,
    cookie: headers.cookie,
    async api(method, path, body) {
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const answer = await city.server.request(path, {
        method,
        headers: { ...headers, ...type },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
    },
    async page(path, fields) {
      const init = fields === undefined ? { headers } : { method: 'POST', headers, body: new URLSearchParams(fields) };
      const answer = await city.server.request(path, init);
      return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
    },
  };
}

/** Mails that have left or wait to leave for this address. */
export async function mailsTo(city: WholeCity, email: string): Promise<{ subject: string; body: string }[]> {
  await city.jobs.drain();
  const found = await sql<{ subject: string; body: string }>`select distinct on (id) subject, body from (
      select id, sent_at, subject, body from platform.demo_mail where recipient = ${email}
      union all select id, null, subject, body from platform.mail where recipient = ${email}) every_mail order by id`.execute(city.ctx.database.read);
  return found.rows;
}

/** The token of the link about a Vertretung that went to this address and waits for an answer. */
export async function mandateToken(city: WholeCity, email: string): Promise<string> {
  const tokens = (await mailsTo(city, email)).flatMap(({ body }) => /\/vertretung\/link\/([\w-]+)/.exec(body)?.[1] ?? []);
  const open = await sql<{ hash: string }>`select token_sha256 as hash from identity.mandate_offer where email = ${email}`.execute(city.ctx.database.read);
  const waiting = tokens.filter((token) => open.rows.some(({ hash }) => hash === sha256Hex(token)));
  assert.equal(waiting.length, 1, 'one link waits');
  return waiting[0]!;
}

/** Asks until the answer is there: letters are written behind, by workers of the city. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not happen');
}
