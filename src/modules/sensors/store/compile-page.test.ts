import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { insertSensors } from '../../../../test/support/sensor-rows.ts';
import { engines, temporaryDatabase } from '../../../../test/support/temporary-database.ts';
import type { Database } from '../../../platform/database/port.ts';
import { parseQuery } from '../domain/parse-query.ts';
import { parseResource } from '../domain/parse-resource.ts';
import { planOf } from '../domain/plan.ts';
import { compileRequest } from './compile-page.ts';
import { filled, statementOf } from './statement.ts';

const skip = engines.includes('postgres') ? false : 'plans are PostgreSQL’s own, and there is no test server here';

describe('how PostgreSQL reads what was compiled', { skip }, () => {
  let database: Database;
  before(async () => {
    ({ database } = await temporaryDatabase('postgres'));
    await insertSensors(database);
    await sql`insert into sensors.observation (stream_id, phenomenon_start, result_number)
      select 1 + n % 4, '2026-10-01T00:00:00Z'::timestamptz + n * interval '1 minute', n from generate_series(1, 60000) n`.execute(database.read);
    await sql`analyze`.execute(database.read);
  });
  after(() => database.close());

  async function planFor(path: string, options: Readonly<Record<string, string>>): Promise<string> {
    const resource = parseResource(path);
    assert.ok(resource.ok);
    const { entity } = resource.value.steps.at(-1)!;
    const query = parseQuery(
      entity,
      Object.entries(options).map(([name, text]) => ({ name, text })),
    );
    assert.ok(query.ok);
    const asked = { resource: resource.value, plan: planOf(entity, query.value), after: undefined };
    const statement = compileRequest(asked, { seesInternal: false, now: Temporal.Instant.from('2026-11-24T09:00:00Z') });
    const explained = statementOf(sql`explain ${statement}`, database.read);
    const { rows } = await database.read.executeQuery(filled<{ 'QUERY PLAN': string }>(explained, resource.value));
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  for (const [name, path, options] of [
    ['the latest observation of a stream', 'Datastreams(1)/Observations', { $top: '1', $orderby: 'phenomenonTime desc' }],
    ['the latest observation of each stream', 'Datastreams', { $expand: 'Observations($top=1;$orderby=phenomenonTime desc)' }],
    ['the latest of each stream of each Thing', 'Things', { $expand: 'Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))' }],
  ] as const)
    it(`${name} comes from the end of the index (stream_id, phenomenon_start, id)`, async () => {
      const plan = await planFor(path, options);
      assert.match(plan, /Index Scan using observation_2026_11_stream_id_phenomenon_start_id_idx/);
      assert.doesNotMatch(plan, /Seq Scan on observation/);
      assert.doesNotMatch(plan, /Sort Key: .*phenomenon_start/);
    });

  it('a time in the filter leaves the other months unread', async () => {
    const plan = await planFor('Datastreams(1)/Observations', { $filter: 'phenomenonTime ge 2026-11-10T00:00:00Z and phenomenonTime lt 2026-11-11T00:00:00Z' });
    assert.doesNotMatch(plan, /observation_2026_10/);
  });
});
