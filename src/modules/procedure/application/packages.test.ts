import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { filledDraft, officer, procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import { computeFee } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import type { CaseCommand } from '../domain/commands.ts';
import { act } from './act.ts';
import { chooseChannel } from './drafts.ts';
import { resumePaid } from './resume-paid.ts';
import { proposeFor } from './propose-decision.ts';
import { openCase } from './read-case.ts';
import { submit } from './submit.ts';
import { sweepDeadlines } from './sweep-deadlines.ts';

let city: ProcedureCity;
let serial = 0;
before(async () => {
  city = await procedureCity();
});
after(() => city.close());

type Change = Parameters<typeof filledDraft>[2];
const newDecisionId = (): string => `0190a000-0000-7000-8000-0000000de${String((serial += 1)).padStart(3, '0')}`;
const does = async (caseId: string, command: CaseCommand): Promise<Case> => expectOk(await act(city.ctx, officer, { caseId, command }));
const stateOf = async (id: string): Promise<Case> => expectOk(await openCase(city.ctx, city.citizen, id)).state;

async function submitted(key: string, change?: Change, channel: 'postfach' | 'post' = 'postfach'): Promise<Case> {
  const id = await filledDraft(city, key, change);
  if (channel === 'post') expectOk(await chooseChannel(city.ctx, city.citizen, { draftId: id, channel }));
  const state = expectOk(await submit(city.ctx, city.citizen, id, 'de'));
  await city.jobs.drain();
  return state;
}

async function drafted(id: string, outcome: 'grant' | 'refuse' = 'grant'): Promise<void> {
  await does(id, { action: 'confirm-complete' });
  const text = { ...expectOk(await proposeFor(city.ctx, officer, id, outcome)), discretion: ['Abgewogen.'] };
  await does(id, { action: 'draft-decision', outcome, feeCents: 5000, text });
}

async function granted(id: string): Promise<void> {
  await drafted(id);
  await does(id, { action: 'decide', decisionId: newDecisionId() });
  await city.jobs.drain();
}

describe('Hund anmelden', () => {
  it('gives the register number at once', async () => {
    const { id } = await submitted('hund');
    const { decisions, status } = await stateOf(id);
    assert.equal(status, 'bekanntgegeben');
    assert.match(decisions[0]!.registerNumber ?? '', /^HR-2026-\d{6}-[0-9A-Z]$/);
    assert.equal(decisions[0]!.feeCents, 1400);
  });
  const doubts: [string, Record<string, unknown>, RegExp][] = [
    ['a listed breed', { breed: 'pitbull' }, /Erlaubnis/],
    ['a presumed dangerous breed', { breed: 'rottweiler' }, /vermutet/],
    ['an unknown breed', { breed: 'unbekannt' }, /nicht aus der Liste/],
    ['a bite', { incident: true }, /gebissen/],
    ['999,999 euros insured', { insuredEuro: 999_999 }, /unter 1\.000\.000/],
    ['an own share of 501 euros', { ownShareEuro: 501 }, /über 500/],
    ['kept before it was born', { keptSince: '2024-01-01' }, /jünger als seine Haltung/],
  ];
  for (const [name, change, reason] of doubts) {
    it(`${name} goes to a person`, async () => {
      const { id } = await submitted('hund', (answers) => ({ ...answers, ...change }));
      const { decisions, handedToPerson } = await stateOf(id);
      assert.equal(decisions.length, 0);
      assert.match(handedToPerson.join(' '), reason);
    });
  }
  it('exactly 1,000,000 euros with an own share of 500 is enough', async () => {
    const { id } = await submitted('hund', (answers) => ({ ...answers, insuredEuro: 1_000_000, ownShareEuro: 500 }));
    assert.deepEqual((await stateOf(id)).handedToPerson, []);
  });
  it('asks for the chip from three months of age', async () => {
    const without = ({ chip: _chip, ...answers }: Record<string, unknown>) => answers;
    const id = await filledDraft(city, 'hund', without);
    assert.equal((await submit(city.ctx, city.citizen, id, 'de')).ok, false);
    const puppy = await filledDraft(city, 'hund', (answers) => ({ ...without(answers), dogBirth: '2026-10-01', keptSince: '2026-11-20' }));
    assert.equal((await submit(city.ctx, city.citizen, puppy, 'de')).ok, true);
  });
});

describe('§ 16 GebG: a fee that is due before the decision', () => {
  it('is demanded once with the application; the machine waits, and goes on when the Kasse says so', async () => {
    const { ctx, kasse } = city;
    kasse.paid = false;
    const { id } = await submitted('hund');
    assert.equal((await stateOf(id)).decisions.length, 0);
    assert.deepEqual(
      kasse.demands.filter((one) => one.caseId === id).map(({ amountCents, key }) => ({ amountCents, key })),
      [{ amountCents: 1400, key: `${id}.antrag` }],
    );
    kasse.paid = true;
    for (const _twice of [1, 2]) await ctx.database.write((tx) => resumePaid(ctx, tx, id, 'claim-1'));
    await city.jobs.drain();
    const { decisions, status } = await stateOf(id);
    assert.deepEqual([decisions.length, status], [1, 'bekanntgegeben']);
    assert.equal(kasse.demands.filter((one) => one.caseId === id).length, 1, 'what was paid before is not demanded again');
  });
  it('paid before anybody asked (the money was faster than the registration) is decided at once', async () => {
    city.kasse.paid = true;
    const { id } = await submitted('hund');
    assert.equal((await stateOf(id)).decisions.length, 1);
  });
  it('a person cannot grant before it is paid either, but can refuse', async () => {
    const { kasse } = city;
    kasse.paid = false;
    const { id } = await submitted('hund', (answers) => ({ ...answers, breed: 'unbekannt' }));
    const hundeamt = { ...officer, authorities: ['hunderegister'] };
    const as = (command: CaseCommand) => act(city.ctx, hundeamt, { caseId: id, command });
    const text = { operative: ['Eingetragen.'], nebenbestimmungen: [], reasons: ['Weil.'], discretion: [], items: [] };
    expectOk(await as({ action: 'confirm-complete' }));
    expectOk(await as({ action: 'draft-decision', outcome: 'grant', feeCents: 1400, text }));
    const early = await as({ action: 'decide', decisionId: newDecisionId() });
    assert.match(early.ok ? '' : early.problem.detail, /noch nicht bezahlt/);
    kasse.paid = true;
    expectOk(await as({ action: 'decide', decisionId: newDecisionId() }));
  });
});

it('a fee that is due afterwards is demanded when the Bescheid is known, with a month to pay', async () => {
  const { id } = await submitted('bewohnerparkausweis');
  const [demand] = city.kasse.demands.filter((one) => one.caseId === id);
  // known on 28.11.2026, thirty days
  assert.deepEqual([demand!.amountCents, demand!.dueOn.toString()], [6500, '2026-12-28']);
});

describe('Wohnraumschutznummer', () => {
  it('comes at once, for eight weeks a year', async () => {
    const { id } = await submitted('wohnraumschutznummer', (answers) => ({ ...answers, daysPerYear: 56 }));
    assert.match((await stateOf(id)).decisions[0]?.registerNumber ?? '', /^WN-2026-/);
  });
  it('57 days a year go to a person', async () => {
    const { id } = await submitted('wohnraumschutznummer', (answers) => ({ ...answers, daysPerYear: 57 }));
    assert.match((await stateOf(id)).handedToPerson.join(' '), /acht Wochen/);
  });
});

describe('Sondernutzung and its Aufgrabeschein', () => {
  const chained = (fileNumber: string) => (answers: Record<string, unknown>) => ({ ...answers, sondernutzung: fileNumber });

  it('the fee is reckoned by the tariff of the day: square metres begun, days, rate', () => {
    const pkg = city.ctx.desk.current('sondernutzung')!;
    const fee = (day: string) => computeFee(pkg, pkg.walk.answers, Temporal.PlainDate.from(day));
    // 18 m x 1.5 m = 27 m², 45 days
    assert.deepEqual(
      fee('2026-11-24').positions.map((one) => one.cents),
      [4000, 27 * 45 * 12],
    );
    assert.equal(fee('2027-01-01').cents, 4000 + 27 * 45 * 13);
    assert.match(fee('2026-11-24').positions[1]!.label, /27 m² und 45 Tage/);
  });
  it('names only a case of the same person and service', async () => {
    const other = await submitted('hund');
    for (const number of ['SN-2026-999999-X', other.fileNumber, '']) {
      const id = await filledDraft(city, 'aufgrabeschein', chained(number));
      const refused = await submit(city.ctx, city.citizen, id, 'de');
      assert.ok(!refused.ok);
      assert.deepEqual(
        refused.problem.fields?.map((one) => one.field),
        ['sondernutzung'],
      );
    }
  });
  it('takes the number as people type it', async () => {
    const { fileNumber } = await submitted('sondernutzung');
    const { id } = await submitted('aufgrabeschein', chained(` ${fileNumber.toLowerCase().replaceAll('-', ' ')} `));
    assert.equal((await stateOf(id)).status, 'eingegangen');
  });
  it('can be applied for at once, but is granted only after the Sondernutzung; a refusal is possible before', async () => {
    const first = await submitted('sondernutzung');
    const second = await submitted('aufgrabeschein', chained(first.fileNumber));
    await drafted(second.id);
    const early = await act(city.ctx, officer, { caseId: second.id, command: { action: 'decide', decisionId: newDecisionId() } });
    assert.ok(!early.ok);
    assert.match(early.problem.detail, new RegExp(first.fileNumber));
    await granted(first.id);
    await does(second.id, { action: 'decide', decisionId: newDecisionId() });
    await city.jobs.drain();
    assert.equal((await stateOf(second.id)).status, 'bekanntgegeben');
  });
});

it('§ 41 Abs. 2 VwVfG: a Bescheid by post is known once its posting is on record', async () => {
  const { id } = await submitted('sondernutzung', undefined, 'post');
  await granted(id);
  assert.equal((await stateOf(id)).status, 'beschlossen');
  await does(id, { action: 'record-bekanntgabe', via: 'post', on: '2026-11-24' });
  const { status, decisions } = await stateOf(id);
  assert.equal(status, 'bekanntgegeben');
  assert.equal(decisions[0]!.delivery?.bekanntgabeOn, '2026-11-28');
});

it('the desk is warned by mail before a period ends and its heads when it has passed, once each', async () => {
  const { id } = await submitted('sondernutzung');
  await does(id, { action: 'confirm-complete' }); // three months: 24.2.2027
  const warnings = async (day: string): Promise<unknown[]> => {
    city.clock.set(`${day}T09:00:00Z`);
    await sweepDeadlines(city.ctx);
    await sweepDeadlines(city.ctx);
    await city.jobs.drain();
    const { history } = expectOk(await openCase(city.ctx, officer, id));
    return history.flatMap((event) => (event.kind === 'frist-gewarnt' ? [event.facts.stage] : []));
  };
  assert.deepEqual(await warnings('2027-02-09'), []);
  assert.deepEqual(await warnings('2027-02-10'), ['vorher']);
  assert.deepEqual(await warnings('2027-02-24'), ['vorher']);
  assert.deepEqual(await warnings('2027-03-01'), ['vorher', 'nachher']);
});
