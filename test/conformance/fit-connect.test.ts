import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expectOk } from '../../src/kernel/result.ts';
import { demoFitConnectKeys } from '../../src/modules/exchange/application/fit-connect-keys.ts';
import { prepareSubmission } from '../../src/modules/exchange/application/fit-connect-prepare.ts';
import { pickUpSubmissions } from '../../src/modules/exchange/application/fit-connect-receive.ts';
import { followSubmissions, sentSubmission } from '../../src/modules/exchange/application/fit-connect-send.ts';
import type { Contents } from '../../src/modules/exchange/public.ts';
import { openCase } from '../../src/modules/procedure/application/read-case.ts';
import { officer } from '../support/procedure-city.ts';
import { CACHE } from '../support/temporary-database.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

const data = mkdtempSync(join(tmpdir(), 'kontor-fit-'));
let city: WholeCity;
before(async () => {
  const kept = join(CACHE, 'fit-connect');
  if (!existsSync(kept)) await demoFitConnectKeys('demo', kept);
  cpSync(kept, join(data, 'fit-connect'), { recursive: true });
  city = await wholeCity({ env: { KONTOR_DATA: data } });
  await city.fitConnect.open();
});
after(async () => {
  await city.close();
  rmSync(data, { recursive: true, force: true });
});

const keeper = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000e1', roles: ['administration'], authorities: [] } as const;
const example = (): Contents => city.fitConnect.desk.example('baumfaellung')!;
async function send(key: string, change: Partial<Contents> = {}): Promise<string> {
  const destinationId = city.fitConnect.demoDestinationId()!;
  const { id } = expectOk(await prepareSubmission(city.fitConnect.ctx, keeper, { ...example(), ...change, key, destinationId }));
  // the city works by itself: wait for its own workers
  for (let tries = 0; (await view(id)).state === 'prepared' && tries < 300; tries++) await sleep(100);
  await pickUpSubmissions(city.fitConnect.ctx);
  await followSubmissions(city.fitConnect.ctx);
  return id;
}
const view = async (id: string) => (await sentSubmission(city.fitConnect.ctx, id))!;
const cases = async (submissionId: string | null) =>
  (await sql<{ id: string }>`select id from procedure.case_file where state->>'reference' = ${submissionId}`.execute(city.ctx.database.read)).rows.map(
    ({ id }) => id,
  );
const journal = async (kind: string) =>
  (await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds: [`exchange.fit-connect-${kind}`], limit: 1000 })).map(({ payload }) => payload);

describe('FIT-Connect through the whole city', () => {
  it('an application with pictures becomes a case; the sender believes the signed answer', async () => {
    const id = await send('whole');
    const sent = await view(id);
    assert.equal(sent.state, 'accepted');
    const [caseId, ...more] = await cases(sent.submissionId);
    assert.equal(more.length, 0);
    const found = expectOk(await openCase(city.ctx, officer, caseId!));
    assert.equal(found.state.origin, 'fit-connect');
    assert.deepEqual(found.uploads.map(({ slot }) => slot).toSorted(), ['foto.0', 'foto.1', 'original']);
    assert.equal(found.state.applicant.name, 'Katharina Petersen');
  });

  it('fetched again, it is one case', async () => {
    const { submissionId } = await view(await send('again'));
    await sql`delete from exchange.fit_connect_received where submission_id = ${submissionId}`.execute(city.ctx.database.read);
    await pickUpSubmissions(city.fitConnect.ctx);
    assert.equal((await cases(submissionId)).length, 1);
  });

  it('data that do not follow the published schema go back as schema-violation, journalled, and make no case', async () => {
    const { data: good } = example();
    const id = await send('broken', { data: { ...(good as object), givenName: 7, trees: [] } });
    const sent = await view(id);
    assert.equal(sent.state, 'rejected');
    assert.match(sent.problems.join(' '), /schema-violation/);
    assert.deepEqual(await cases(sent.submissionId), []);
    const rejected = (await journal('rejected')).find((one) => one['submissionId'] === sent.submissionId);
    assert.match(JSON.stringify(rejected), /schema-violation/);
    assert.doesNotMatch(JSON.stringify(rejected), /Petersen/);
  });

  it('a forged callback changes nothing, is refused and journalled', async () => {
    const before = (await journal('callback-refused')).length;
    const headers = { 'callback-authentication': 'forged', 'callback-timestamp': String(Math.floor(Date.now() / 1000)) };
    const answer = await city.answer(new Request('http://localhost:8080/api/fit-connect/callbacks', { method: 'POST', headers, body: '{}' }), {});
    assert.ok(answer.status >= 400);
    assert.equal((await journal('callback-refused')).length, before + 1);
  });

  it('the demo service says that it is one', async () => {
    const answer = await city.answer(new Request('http://localhost:8080/demo-zustelldienst'), {});
    assert.match(answer.headers.get('x-kontor-demo') ?? '', /DEMO/);
  });

  it('publishes the schema that it asks for', async () => {
    const { schemaUri } = example();
    const answer = await city.answer(new Request(schemaUri), {});
    assert.equal(answer.status, 200);
    const schema = (await answer.json()) as { $id: string; required: string[] };
    assert.equal(schema.$id, schemaUri);
    assert.ok(schema.required.includes('givenName'));
  });
});
