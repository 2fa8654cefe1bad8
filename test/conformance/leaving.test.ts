import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { samplePicture } from '../../src/commands/sample-picture.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { addUpload } from '../../src/modules/procedure/public.ts';
import { startJob } from '../../src/modules/processes/public.ts';
import { mailsTo, signedIn, type Person } from '../support/person.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';
import { FATES } from './leaving.ts';

let city: WholeCity;
before(async () => {
  city = await wholeCity();
});
after(() => city.close());

/** Columns that name a person, or lead to one. */
const PERSONAL =
  /(?:^|_)(?:account|accounts|agent|holder|asker|owner|author|person|supporter|applicant|coworker|citizen|member|staff|actor)(?:_id)?$|^(?:who|stream|email|phone|contact|given_name|family_name|recipient|endpoint)$|_by$/;

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

async function tables(): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`select c.table_schema || '.' || c.table_name as name, array_agg(c.column_name::text order by c.column_name) as columns
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema', 'public', 'topology', 'tiger', 'pgboss')
    group by 1 order by 1`.execute(city.ctx.database.read);
  return rows;
}

describe('every table that names a person', () => {
  it('says what becomes of its rows when an account asks for its data and when it leaves', async () => {
    const all = await tables();
    assert.ok(all.length >= 150, `only ${all.length} tables seen`);
    const personal = all.filter(({ columns }) => columns.some((column) => PERSONAL.test(column))).map(({ name }) => name);
    assert.deepEqual(
      personal.filter((name) => FATES[name] === undefined),
      [],
      'name them in leaving.ts, and cover them in otherHoldings and forgetElsewhere of src/modules.ts',
    );
    assert.deepEqual(
      Object.keys(FATES).filter((name) => !personal.includes(name)),
      [],
      'no row without a table',
    );
  });
});

describe('somebody who has used everything', () => {
  let person: Person;
  let exported: Record<string, unknown>;
  let held: readonly string[];

  before(async () => {
    person = await signedIn(city, 'jan.niedrig', 'hoch');
    await useEverything(person);
    held = await tablesNaming(person.accountId);
    const answer = await person.api('GET', '/api/account/export');
    assert.equal(answer.status, 200);
    exported = answer.json;
  });

  it('has used what this test is about', () => {
    const told = Object.entries(FATES).filter(([, { told: part, left }]) => part !== undefined && left !== 'staff');
    const missing = told.filter(([name, { unused }]) => unused === undefined && !held.includes(name)).map(([name]) => name);
    assert.deepEqual(missing, [], 'these rows were never made here, so nothing is known of them');
  });
  it('Art. 15, 20 DSGVO: reads in the export what every table holds', () => {
    for (const name of held) {
      const fate = FATES[name];
      assert.ok(fate !== undefined, `${name} holds the account and is in no row`);
      if (fate.told === undefined) continue;
      const part = fate.told.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], exported);
      assert.ok(part !== undefined && part !== null && JSON.stringify(part).length > 4, `${name} is not in the export at ${fate.told}`);
    }
  });
  it('Art. 17 DSGVO: leaves, and no table holds the account but those that say why', async () => {
    assert.equal((await person.api('DELETE', '/api/account')).status, 200);
    for (const job of ['contributions.forget-accounts', 'cockpit.forget-accounts', 'scenarios.forget']) await city.jobs.strike(job);
    await city.jobs.drain();
    const left = (await tablesNaming(person.accountId)).filter((name) => FATES[name]?.left !== 'kept');
    assert.deepEqual(left, []);
    const files = await sql`select 1 from procedure.upload where not submitted`.execute(city.ctx.database.read);
    assert.equal(files.rows.length, 0, 'files of drafts');
  });
});

it('an organisation leaves with its drafts', async () => {
  const { api } = await signedIn(city, 'katharina.petersen', 'hoch');
  const founded = await api('POST', '/api/account/organisations', { name: 'Werft am Kai' });
  assert.equal(founded.status, 201, JSON.stringify(founded.json));
  const { id } = founded.json as { id: string };
  const { mandateId } = ((await api('GET', '/api/account/organisations')).json as { id: string; mandateId: string }[]).find((one) => one.id === id)!;
  assert.equal((await api('PUT', '/api/session/acting-for', { mandateId })).status, 200);
  assert.equal((await api('POST', '/api/drafts', { service: 'baumfaellung' })).status, 201);
  assert.ok((await tablesNaming(id)).includes('procedure.draft'));
  assert.equal((await api('DELETE', '/api/session/acting-for')).status, 204);
  assert.equal((await api('DELETE', `/api/account/organisations/${id}`)).status, 200);
  assert.deepEqual(
    (await tablesNaming(id)).filter((name) => FATES[name]?.left !== 'kept'),
    [],
  );
});

/** Tables with a row in which the id stands anywhere, whatever the column is called. */
async function tablesNaming(accountId: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await tables()) {
    const { rows } = await sql`select 1 from ${sql.table(name)} t where to_jsonb(t)::text like ${`%${accountId}%`} limit 1`.execute(city.ctx.database.read);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

/** By the API, as people do. */
async function useEverything({ accountId, api }: Person): Promise<void> {
  const actor: Actor = { kind: 'citizen', accountId, trust: 'hoch' };
  const send = async (method: string, path: string, body?: object, by = api) => {
    const answer = await by(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
    return answer.json;
  };
  const draft = await send('POST', '/api/drafts', { service: 'baumfaellung' });
  const { slot, fileName } = city.ctx.desk.current('baumfaellung')!.walk.documents[0]!;
  expectOk(await addUpload(city.ctx, actor as never, { ownerId: draft.id, slot, field: slot, fileName, bytes: samplePicture(), tooLarge: false }));
  await send('POST', `/api/drafts/${draft.id}/help`);
  await send('POST', '/api/account/recovery-codes');
  await send('POST', '/api/account/mandates/offers', { email: 'wer@beispiel.example', services: null });
  await send('PUT', '/api/account/notifications', { mail: true, push: false, sms: false, reminders: true, quiet: null, lang: 'de' });
  const area = {
    type: 'Polygon',
    coordinates: [
      [
        [10, 53.55],
        [10.005, 53.55],
        [10.005, 53.553],
        [10, 53.55],
      ],
    ],
  };
  await send('POST', '/api/twin/scenarios', { title: 'Platz', question: '', area, data: {} });
  expectOk(await startJob(city.ctx as never, actor, { processId: 'canopy', inputs: { area, trees: 'none' } }));
  await asked(accountId, api);
  await wrote(actor, accountId);
}

/** Takes part in somebody else's draft. */
async function asked(_accountId: string, api: Person['api']): Promise<void> {
  const owner = await signedIn(city, 'lena.schutz', 'hoch');
  const draft = (await owner.api('POST', '/api/drafts', { service: 'baumfaellung' })).json;
  const email = 'mit@beispiel.example';
  assert.equal((await owner.api('POST', `/api/drafts/${draft.id}/cosigners`, { givenName: 'Jan', familyName: 'Niedrig', email })).status, 201);
  const token = /mitzeichnen\/([\w-]{43})/.exec((await mailsTo(city, email)).map(({ body }) => body).join('\n'))![1]!;
  assert.equal((await api('POST', '/api/cosignings', { token })).status, 201);
}

/** Writes on the map and on the strategy, with the account. */
async function wrote(actor: Actor, accountId: string): Promise<void> {
  const officer: Actor = {
    kind: 'staff',
    staffId: '0190a000-0000-7000-8000-00000000bbbb',
    roles: ['sachbearbeitung', 'leitung'],
    authorities: ['bezirksamt-altona'],
  };
  const server = serverOf(city, (token) => ({ officer, actor })[token]);
  const today = city.ctx.clock().toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString();
  const write = async (path: string, who: string, body: object): Promise<void> => {
    const headers = { cookie: `kontor_session=${who}`, 'content-type': 'application/json' };
    const answer = await server.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.equal(answer.status, 201, await answer.text());
  };
  const at = '/api/contributions/participations';
  const rings = city.ctx.desk.services.districts.find(({ id }) => id === 'altona')!.rings;
  const about = { key: 'markt', title: 'Markt', text: 'Was fehlt?', area: rings, categories: [{ id: 'alles', name: 'Alles' }] };
  await write(at, 'officer', { ...about, startsOn: today, endsOn: today, moderation: 'after', authority: 'bezirksamt-altona' });
  await write(`${at}/markt/contributions`, 'actor', { category: 'alles', title: 'Eine Bank', text: 'Es fehlt eine Bank.', withAccount: true });
  await sql`insert into cockpit.comment (id, measure, account_id, text, state, submitted_at, token_sha256)
    values (gen_random_uuid(), 'digitallotsen', ${accountId}, 'Gut so.', 'waiting', now(), 'x')`.execute(city.ctx.database.read);
}
