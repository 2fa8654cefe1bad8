import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { filledDraft, officer, procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import { act } from './act.ts';
import { readStatistics } from './statistics.ts';
import { submit } from './submit.ts';

let city: ProcedureCity;
before(async () => {
  city = await procedureCity();
});
after(() => city.close());

const DAYS = { from: Temporal.PlainDate.from('2026-11-01'), until: Temporal.PlainDate.from('2027-11-01') };
const figures = async (who = officer) => (await readStatistics(city.ctx, who, DAYS)).services;
const at = (day: string): void => city.clock.set(`${day}T09:00:00Z`);

async function tree(): Promise<string> {
  const id = await filledDraft(city, 'baumfaellung');
  expectOk(await submit(city.ctx, city.citizen, id, 'de'));
  return id;
}

async function does(id: string, command: Parameters<typeof act>[2]['command']): Promise<void> {
  expectOk(await act(city.ctx, officer, { caseId: id, command }));
}

let serial = 0;
async function decides(id: string): Promise<void> {
  const text = { operative: ['Erteilt.'], nebenbestimmungen: [], reasons: [], discretion: ['Abgewogen.'], items: [] };
  await does(id, { action: 'draft-decision', outcome: 'grant', feeCents: 0, text });
  await does(id, { action: 'decide', decisionId: `0190a000-0000-7000-8000-00000000f${String((serial += 1)).padStart(3, '0')}` });
}

it('measures duration, steps, whom cases waited for, and whether the period was kept', async () => {
  const ids = [await tree(), await tree(), await tree()];
  at('2026-11-26'); // two days in eingegangen
  for (const id of ids)
    await does(id, { action: 'request-documents', requestId: '0190a000-0000-7000-8000-00000000f999', items: [{ id: 'foto', text: 'Foto' }], text: '' });
  at('2026-12-04'); // eight days with the applicant
  for (const id of ids) {
    expectOk(await act(city.ctx, city.citizen, { caseId: id, command: { action: 'answer-request', text: 'Hier', documents: [] } }));
    await does(id, { action: 'confirm-complete' });
  }
  at('2026-12-14'); // ten days in Prüfung; eight weeks are kept
  await decides(ids[0]!);
  await decides(ids[1]!);
  assert.equal((await figures())[0]!.medianDays, undefined, 'two decisions are too few to show');
  at('2027-02-12'); // seventy days: too late
  await decides(ids[2]!);
  const [found] = await figures();
  assert.deepEqual({ submitted: found!.submitted, decided: found!.decided, open: found!.open }, { submitted: 3, decided: 3, open: 0 });
  assert.equal(Math.round(found!.medianDays!), 20);
  assert.equal(Math.round(found!.onTimeShare! * 100), 67);
  assert.equal(found!.automatedShare, 0);
  const step = (status: string) => found!.steps.find((one) => one.status === status);
  assert.deepEqual([step('unvollstaendig')!.waitingFor, step('unvollstaendig')!.stays, Math.round(step('unvollstaendig')!.medianDays!)], ['applicant', 3, 8]);
  assert.equal(Math.round(step('in_pruefung')!.medianDays!), 10);
  // 3 x 8 days with the applicants of 3 x 10 and 10 + 10 + 70
  assert.equal(Math.round(found!.waiting!.applicant * 1000), Math.round((24 / 120) * 1000));
});

it('counts what the machine decided', async () => {
  for (let index = 0; index < 3; index += 1) {
    const id = await filledDraft(city, 'hund');
    expectOk(await submit(city.ctx, city.citizen, id, 'de'));
  }
  await city.jobs.drain();
  const hund = { ...officer, authorities: ['hunderegister'] };
  const [found] = await figures(hund);
  assert.deepEqual([found!.decided, found!.automatedShare], [3, 1]);
});

it('shows an authority its own cases only, and Revision all', async () => {
  assert.deepEqual(await figures({ ...officer, authorities: ['bezirksamt-wandsbek'] }), []);
  const all = await figures({ ...officer, roles: ['revision'], authorities: [] });
  assert.deepEqual(
    all.map((one) => one.service),
    ['baumfaellung', 'hund'],
  );
});

it('holds no word of a person', async () => {
  assert.doesNotMatch(JSON.stringify(await figures({ ...officer, roles: ['revision'] })), /Petersen|Beispielstraße/);
});
