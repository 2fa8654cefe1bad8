import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { filledDraft, officer, procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { CaseCommand } from '../domain/commands.ts';
import { findCase } from '../store/cases.ts';
import { act } from './act.ts';
import { submit } from './submit.ts';
import { sweepDeadlines } from './sweep-deadlines.ts';

let city: ProcedureCity;
before(async () => {
  city = await procedureCity();
});
after(() => city.close());

async function complete(key: string): Promise<string> {
  const id = await filledDraft(city, key);
  expectOk(await submit(city.ctx, city.citizen, id, 'de'));
  expectOk(await act(city.ctx, officer, { caseId: id, command: { action: 'confirm-complete' } }));
  return id;
}
const stateOf = async (id: string) => (await findCase(city.ctx.database.read, id))!;

describe('the period has passed and the sweeper has not come yet', () => {
  const late: readonly CaseCommand[] = [
    { action: 'extend', reason: 'Schwierig' },
    { action: 'suspend', reason: 'Gutachten' },
    { action: 'hear', hearingId: 'h', text: 'Wir erwägen die Ablehnung.' },
    { action: 'request-documents', requestId: 'r', items: [{ id: 'lageplan', text: 'Plan' }], text: '' },
    { action: 'withdraw', reason: '' },
  ];
  it('§ 42a Abs. 1 VwVfG: nothing done afterwards undoes the permit that the statute gave', async () => {
    const ids = await Promise.all(late.map(() => complete('baugenehmigung')));
    city.clock.advance({ days: 120 });
    for (const [index, command] of late.entries()) {
      const id = ids[index]!;
      const done = await act(city.ctx, command.action === 'withdraw' ? city.citizen : officer, { caseId: id, command });
      assert.equal(done.ok, command.action === 'hear', `${command.action}: afterwards only what one may do with a permit`);
      assert.deepEqual(
        (await stateOf(id)).decisions.map((one) => one.kind),
        ['fiktion'],
        command.action,
      );
    }
  });

  it('where no statute gives it, the desk goes on', async () => {
    const id = await complete('baumfaellung');
    city.clock.advance({ days: 120 });
    expectOk(await act(city.ctx, officer, { caseId: id, command: { action: 'note', text: 'Zu spät.' } }));
    assert.equal((await stateOf(id)).decisions.length, 0);
  });
});

describe('the sweeper', () => {
  it('a case that cannot be worked on does not keep the others from their effect, and is not passed over in silence', async () => {
    const [broken, sound] = [await complete('baugenehmigung'), await complete('baugenehmigung')];
    await sql`update procedure.case_file set state = jsonb_set(state, '{packageHash}', '"nothing"') where id = ${broken}`.execute(city.ctx.database.read);
    city.clock.advance({ days: 120 });
    await assert.rejects(sweepDeadlines(city.ctx));
    assert.equal((await stateOf(sound)).decisions[0]?.kind, 'fiktion');
    assert.equal((await stateOf(broken)).decisions.length, 0);
  });
});
