import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { temporaryDatabase, type TemporaryDatabase } from '../../../../test/support/temporary-database.ts';
import { answersDue, answersDueQuery } from './expiring.ts';

const FOREIGN = 4000;
const [MINE, HERS, THIRD] = ['0190a000-0000-7000-8000-00000000aaa1', '0190a000-0000-7000-8000-00000000aaa2', '0190a000-0000-7000-8000-00000000aaa3'] as const;
const SPAN = { from: Temporal.PlainDate.from('2026-11-24'), until: Temporal.PlainDate.from('2027-01-23') };
let temporary: TemporaryDatabase;

before(async () => {
  temporary = await temporaryDatabase('postgres');
  await temporary.database.write(async (tx) => {
    const insert = (select: ReturnType<typeof sql>) =>
      sql`insert into procedure.case_file (id, file_number, service, package_hash, authority, account_id, status, version, state, search_text, submitted_at,
        changed_at, co_accounts) ${select}`.execute(tx);
    const rest = sql`'hund', 'x', 'amt', account_id, 'anhoerung', 1, state, '', now(), now(), co from`;
    await insert(sql`select gen_random_uuid(), 'F-' || n, ${rest}
      (select n, gen_random_uuid() as account_id, '{}'::jsonb as state, '{}'::uuid[] as co from generate_series(1, ${FOREIGN}) n) f`);
    const joint = JSON.stringify({ coApplicants: [{ accountId: MINE }] });
    const withdrawn = JSON.stringify({ coApplicants: [{ accountId: MINE }], withdrawn: [MINE] });
    await insert(sql`select gen_random_uuid(), number, ${rest} (values
      ('mine', ${MINE}::uuid, '{}'::jsonb, '{}'::uuid[]), ('hers', ${HERS}::uuid, '{}'::jsonb, '{}'::uuid[]),
      ('joint', ${THIRD}::uuid, ${joint}::jsonb, array[${MINE}::uuid]),
      ('withdrawn', ${THIRD}::uuid, ${withdrawn}::jsonb, array[${MINE}::uuid])) v (number, account_id, state, co)`);
    await sql`insert into procedure.deadline (case_id, kind, due_on) select id, 'anhoerung', '2026-12-01' from procedure.case_file`.execute(tx);
  });
  await sql`analyze procedure.case_file`.execute(temporary.database.read);
  await sql`analyze procedure.deadline`.execute(temporary.database.read);
});
after(() => temporary.database.close());

const numbers = async (accountIds?: readonly string[]): Promise<string[]> => {
  const db = temporary.database.read;
  const ids = (await answersDue(db, { ...SPAN, ...(accountIds && { accountIds }) })).map(({ caseId }) => caseId);
  const { rows } = await sql<{ n: string }>`select file_number as n from procedure.case_file where id = any(${ids}::uuid[]) order by 1`.execute(db);
  return rows.map(({ n }) => n);
};

it('finds what the named accounts must answer, alone or with others, and not what they withdrew from', async () => {
  assert.deepEqual(await numbers([MINE]), ['joint', 'mine']);
  assert.deepEqual(await numbers([MINE, HERS]), ['hers', 'joint', 'mine']);
  assert.deepEqual(await numbers([]), []);
  assert.equal((await numbers()).length, FOREIGN + 4);
});

it('reads no case of others: every row comes by an index, and none is thrown away but what was withdrawn', async () => {
  type Node = { 'Node Type': string; 'Relation Name'?: string; 'Actual Rows': number; 'Actual Loops': number; Plans?: Node[] } & Record<string, unknown>;
  const { rows } = await sql<{
    'QUERY PLAN': [{ Plan: Node }];
  }>`explain (analyze, format json) ${answersDueQuery({ ...SPAN, accountIds: [MINE, HERS] })}`.execute(temporary.database.read);
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  const scans = flat(rows[0]!['QUERY PLAN'][0].Plan).filter((node) => ['case_file', 'deadline'].includes(node['Relation Name'] ?? ''));
  assert.ok(scans.length >= 2);
  for (const scan of scans) {
    assert.notEqual(scan['Node Type'], 'Seq Scan', JSON.stringify(scan));
    assert.ok(scan['Actual Rows'] * scan['Actual Loops'] <= 4, JSON.stringify(scan));
    assert.equal(scan['Rows Removed by Filter'] ?? 0, 0, JSON.stringify(scan));
  }
});
