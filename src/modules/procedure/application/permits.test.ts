import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { filledDraft, lead, officer, procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { expectOk } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { CaseCommand } from '../domain/commands.ts';
import { replay } from '../domain/evolve.ts';
import { act } from './act.ts';
import { readHistory } from './history.ts';
import { decisionData } from './letter-data.ts';
import { permitsOf, permitsToRemindOf } from './permits.ts';
import { openCase, type CaseView } from './read-case.ts';
import { rulesOf } from './rules-of.ts';
import { submit } from './submit.ts';

for (const engine of engines) {
  describe(`permits that end, on ${engine}`, () => {
    let city: ProcedureCity;
    before(async () => {
      city = await procedureCity({ engine });
    });
    after(() => city.close());

    const granted = async (key: string, change: Record<string, unknown> = {}): Promise<string> => {
      const id = await filledDraft(city, key, (answers) => ({ ...answers, ...change }));
      expectOk(await submit(city.ctx, city.citizen, id, 'de'));
      await city.jobs.drain();
      return id;
    };
    const seen = async (id: string): Promise<CaseView> => expectOk(await openCase(city.ctx, city.citizen, id));
    const does = async (caseId: string, command: CaseCommand, actor: typeof officer | ProcedureCity['citizen'] = officer) =>
      expectOk(await act(city.ctx, actor, { caseId, command }));
    const remindedOn = async (day: string): Promise<string[]> => {
      city.clock.set(`${day}T09:00:00Z`);
      const found = [];
      for await (const { caseId } of permitsToRemindOf(city.ctx, city.ctx.database.read, legalDay(city.clock.now()))) found.push(caseId);
      return found;
    };
    const ofCitizen = async (holders = [city.citizen.accountId]): Promise<string[]> => {
      const from = legalDay(city.clock.now());
      return (await permitsOf(city.ctx, city.ctx.database.read, { from, until: from.add({ days: 60 }), holders })).map(({ caseId }) => caseId);
    };

    it('a Bewohnerparkausweis ends after a year, is reminded of on its days alone, and its renewal takes its place', async () => {
      city.clock.set('2026-11-24T09:00:00Z');
      const id = await granted('bewohnerparkausweis');
      const { state, permit, pkg, authority } = await seen(id);
      assert.deepEqual([permit?.until, permit?.ended, permit?.again], ['2027-11-23', false, undefined]);
      assert.deepEqual(replay(await readHistory(city.ctx, city.ctx.database.read, id)), state);
      const letter = { state, pkg, rules: rulesOf(pkg), authority, demo: true, publicUrl: 'https://x', now: city.clock.now() };
      assert.equal((decisionData(state.decisions[0]!, letter) as { validity: string }).validity, 'Diese Erlaubnis gilt bis 23.11.2027.');
      assert.deepEqual(await remindedOn('2027-10-11'), [], '43 days ahead');
      assert.deepEqual(await remindedOn('2027-10-12'), [id], '42 days ahead');
      assert.deepEqual(await remindedOn('2027-10-25'), [id], 'made up for after a standstill');
      assert.deepEqual(await remindedOn('2027-10-29'), [], 'the next one is near');
      assert.deepEqual(await remindedOn('2027-11-09'), [id], '14 days ahead');
      assert.deepEqual(await remindedOn('2027-11-23'), [id]);
      assert.deepEqual(await remindedOn('2027-11-24'), []);
      assert.equal((await seen(id)).permit?.ended, true, 'and the case says that it is over');

      city.clock.set('2027-10-20T09:00:00Z');
      assert.deepEqual((await seen(id)).permit?.again, { how: 'verlaengern', path: '/antrag/neu/bewohnerparkausweis' });
      assert.deepEqual(await ofCitizen(), [id]);
      assert.deepEqual(await ofCitizen([city.stranger.accountId]), [], 'nobody else is told');
      const other = await granted('bewohnerparkausweis', { plate: 'HH-XY 77' });
      assert.deepEqual(await ofCitizen(), [id], 'a permit for another car takes no place');
      const renewed = await granted('bewohnerparkausweis', { plate: 'hh-kp2026', renewal: true, expiresOn: '2027-11-23' });
      assert.equal((await seen(renewed)).permit?.until, '2028-11-23', 'it joins the one that still holds');
      const { permit: former } = await seen(id);
      assert.deepEqual([former?.successor?.id, former?.again], [renewed, undefined]);
      assert.deepEqual(await ofCitizen(), []);
      assert.deepEqual(await remindedOn('2027-11-20'), [], 'and nobody is reminded of the old one');
      assert.notEqual(other, renewed);
    });

    it('what is revoked, refused or withdrawn reminds nobody', async () => {
      city.clock.set('2026-11-24T09:00:00Z');
      const id = await granted('bewohnerparkausweis', { plate: 'HH-RV 1' });
      const withdrawn = await filledDraft(city, 'sondernutzung');
      expectOk(await submit(city.ctx, city.citizen, withdrawn, 'de'));
      await does(withdrawn, { action: 'withdraw', reason: '' }, city.citizen);
      assert.equal((await seen(withdrawn)).permit, undefined);
      city.clock.set('2027-11-12T09:00:00Z');
      assert.ok((await ofCitizen()).includes(id));
      await does(id, { action: 'hear', hearingId: 'h', text: 'Sie sind weggezogen.' });
      await does(id, { action: 'answer-hearing', text: 'Ja.' }, city.citizen);
      const text = { operative: ['Der Ausweis wird widerrufen.'], nebenbestimmungen: [], reasons: ['Wegzug.'], discretion: [], items: [] };
      await does(id, { action: 'follow-decision', decisionKind: 'widerruf', outcome: 'refuse', feeCents: 0, text });
      await does(id, { action: 'decide', decisionId: '0190a000-0000-7000-8000-00000000e001' });
      await city.jobs.drain();
      assert.equal((await seen(id)).permit, undefined);
      assert.ok(!(await ofCitizen()).includes(id));
      assert.ok(!(await remindedOn('2027-11-12')).includes(id));
    });

    it('the decision on a Sondernutzung names the last day', async () => {
      city.clock.set('2026-12-02T09:00:00Z');
      const id = await granted('sondernutzung', { from: '2027-02-01', until: '2027-04-15' });
      const text = { operative: ['Erlaubt.'], nebenbestimmungen: [], reasons: ['Kürzer.'], discretion: ['Abgewogen.'], items: [] };
      await does(id, { action: 'confirm-complete' });
      const past = await act(city.ctx, officer, {
        caseId: id,
        command: { action: 'draft-decision', outcome: 'partial', feeCents: 0, text, validUntil: '2026-12-01' },
      });
      assert.ok(!past.ok && past.problem.fields?.[0]?.field === 'validUntil');
      await does(id, { action: 'draft-decision', outcome: 'partial', feeCents: 0, text, validUntil: '2027-03-31' });
      await does(id, { action: 'submit-for-approval' });
      await does(id, { action: 'approve', decisionId: '0190a000-0000-7000-8000-00000000e002' }, lead);
      await city.jobs.drain();
      assert.equal((await seen(id)).permit?.until, '2027-03-31');
      assert.deepEqual(await remindedOn('2027-01-30'), [id], '60 days ahead');
    });
  });
}
