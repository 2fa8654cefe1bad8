import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectOk } from '../../../kernel/result.ts';
import type { Ask, Command, OpenRound } from './commands.ts';
import { decide, type Circumstances } from './decide.ts';
import type { Meta } from './events.ts';
import { emptyParticipation, evolve, type Participation } from './participation.ts';
import { participationPlan } from '../../catalogue/public.ts';
import { NO_PLAN } from '../application/no-plan.ts';
import { displayEnd, earliestStart, reminderDay, type Fristende } from './period.ts';

/** Counts without rest days, so that each test shows one rule. */
const fristende: Fristende = (from, { length, unit }) => ({
  date: Temporal.PlainDate.from(from)
    .add({ [unit]: length })
    .toString(),
  steps: [],
});
const on = (today: string): Circumstances => ({ today, fristende });
const meta: Meta = { version: 1, actor: 'staff:a' };

const MONTH = { length: 1, unit: 'months' } as const;
const display = (change: Partial<OpenRound> = {}): OpenRound => ({
  action: 'open-round',
  roundId: 'r1',
  kind: 'oeffentlich',
  title: 'Entwurf',
  request: 'Ein neuer Plan.',
  legalBasis: '§ 3 Abs. 2 BauGB',
  startsOn: '2026-12-02',
  period: { ...MONTH, atLeastDays: 30 },
  noticeDays: 7,
  graceDays: 14,
  ...change,
});
const agencies: OpenRound = { ...display(), roundId: 's1', kind: 'stellen', startsOn: undefined, noticeDays: 0, period: MONTH };
const asking = (change: Partial<Ask> = {}): Ask => ({
  action: 'ask',
  consultationId: 'c1',
  roundId: 's1',
  kind: 'toeb',
  name: 'Wasserwerk',
  email: 'toeb@wasser.example',
  period: MONTH,
  reminderDays: 7,
  legalBasis: '§ 4 Abs. 2 BauGB',
  silence: 'unbeachtlich',
  ...change,
});

function after(commands: readonly (readonly [string, Command])[], state: Participation = emptyParticipation('case')): Participation {
  return commands.reduce((now, [today, command]) => expectOk(decide(now, command, on(today))).reduce((one, event) => evolve(one, event, meta), now), state);
}
function refused(state: Participation, command: Command, today: string): string {
  const result = decide(state, command, on(today));
  assert.ok(!result.ok, 'expected a refusal');
  return `${result.problem.kind} ${result.problem.fields?.[0]?.field ?? ''}`.trim();
}

describe('§ 3 Abs. 2 BauGB: a month, at least 30 days', () => {
  for (const [start, end, why] of [
    ['2026-12-02', '2027-01-02', 'the month is longer'],
    ['2027-02-01', '2027-03-03', 'February: 30 days are longer'],
    ['2028-02-01', '2028-03-02', 'leap February: 30 days are longer'],
    ['2027-01-31', '2027-03-02', 'a month that ends early is stretched to 30 days'],
  ] as const) {
    it(`from ${start} to ${end}: ${why}`, () => assert.equal(displayEnd(start, { ...MONTH, atLeastDays: 30 }, fristende).date, end));
  }
  it('without a least number of days the month stands', () => assert.equal(displayEnd('2027-02-01', MONTH, fristende).date, '2027-03-01'));
  it('the display never lasts less than 30 days, on any day of four years', () => {
    for (let day = Temporal.PlainDate.from('2026-01-01'); day.year < 2030; day = day.add({ days: 1 })) {
      const end = Temporal.PlainDate.from(displayEnd(day.toString(), { ...MONTH, atLeastDays: 30 }, fristende).date);
      assert.ok(day.until(end).days >= 30, day.toString());
    }
  });
  it('a week of notice lies wholly between notice and first day', () => assert.equal(earliestStart('2026-11-24', 7), '2026-12-02'));
  it('a display a day too early is refused at its field', () =>
    assert.equal(refused(emptyParticipation('c'), display({ startsOn: '2026-12-01' }), '2026-11-24'), 'invalid-input startsOn'));
  it('a notice that appeared elsewhere before counts', () => {
    const state = after([['2026-11-24', display({ startsOn: '2026-11-25', noticedOn: '2026-11-17' })]]);
    assert.equal(state.rounds[0]?.noticedOn, '2026-11-17');
  });
  it('a notice of tomorrow is none', () =>
    assert.equal(refused(emptyParticipation('c'), display({ noticedOn: '2026-11-25' }), '2026-11-24'), 'invalid-input noticedOn'));
  it('a start in the past or in two years is refused', () => {
    for (const startsOn of ['2026-11-23', '2028-11-24'])
      assert.equal(refused(emptyParticipation('c'), display({ startsOn, noticedOn: '2026-01-01' }), '2026-11-24'), 'invalid-input startsOn');
  });
  it('opened twice with one id it is one round', () =>
    assert.equal(
      after([
        ['2026-11-24', display()],
        ['2026-11-24', display()],
      ]).rounds.length,
      1,
    ));
});

describe('§ 4a Abs. 3 BauGB: the draft changed', () => {
  const before = after([['2026-11-24', display()]]);
  const again = (repeat: Partial<NonNullable<OpenRound['repeat']>>) =>
    display({ roundId: 'r2', startsOn: '2027-02-01', noticedOn: '2027-01-20', repeat: { of: 'r1', changes: 'Höhe des Hauses', limited: true, ...repeat } });
  it('the repeated round may be limited to the changed parts', () => {
    const state = after([['2027-01-20', again({})]], before);
    assert.deepEqual([state.rounds[1]?.repeatOf, state.rounds[1]?.limited, state.rounds[1]?.dueOn], ['r1', true, '2027-03-03']);
  });
  it('shortened only with a reason, which stays with the round', () => {
    assert.equal(refused(before, again({ dueOn: '2027-02-15' }), '2027-01-20'), 'invalid-input shortenedBecause');
    const state = after([['2027-01-20', again({ dueOn: '2027-02-15', shortenedBecause: 'Nur eine Baulinie' })]], before);
    assert.deepEqual(
      [state.rounds[1]?.dueOn, state.rounds[1]?.shortenedBecause, state.rounds[1]?.steps.at(-1)?.paragraph],
      ['2027-02-15', 'Nur eine Baulinie', '§ 4a Abs. 3 Satz 3 BauGB'],
    );
  });
  it('says what changed, and repeats a round there is', () => {
    assert.equal(refused(before, again({ changes: ' ' }), '2027-01-20'), 'invalid-input changes');
    assert.equal(refused(before, again({ of: 'nope' }), '2027-01-20'), 'invalid-input repeatOf');
  });
});

describe('§ 4 Abs. 2 BauGB: agencies', () => {
  const asked = after([
    ['2026-11-24', agencies],
    ['2026-11-24', asking()],
  ]);
  const answer = { action: 'answer', consultationId: 'c1', statementId: 't1', answer: 'conditions', via: 'link' } as const;
  it('each has a month and an own deadline; the round lasts as long as the longest', () => {
    const state = after([['2026-11-24', asking({ consultationId: 'c2', name: 'Bahn', period: { length: 2, unit: 'months' } })]], asked);
    assert.deepEqual(
      state.consultations.map((one) => one.dueOn),
      ['2026-12-24', '2027-01-24'],
    );
    assert.equal(state.rounds[0]?.dueOn, '2027-01-24');
  });
  it('nobody is asked twice in one round', () => assert.equal(refused(asked, asking({ consultationId: 'c2' }), '2026-11-24'), 'invalid-input name'));
  it('on the last day an answer is in time, a day later it is late', () => {
    const inTime = after([['2026-12-24', answer]], asked).consultations[0];
    const late = after([['2026-12-25', answer]], asked).consultations[0];
    assert.deepEqual([inTime?.answer?.late, late?.answer?.late], [false, true]);
  });
  it('an answer may be changed until the deadline, not after', () => {
    const first = after([['2026-12-01', answer]], asked);
    const second = after([['2026-12-24', { ...answer, answer: 'no-objection', statementId: 't2' }]], first);
    assert.deepEqual([second.consultations[0]?.answer?.kind, second.consultations[0]?.answer?.statementId], ['no-objection', 't1']);
    assert.equal(refused(second, answer, '2026-12-25'), 'wrong-state');
  });
  it('a paper answer counts from the day it came', () => {
    const state = after([['2027-01-10', { ...answer, via: 'paper', receivedOn: '2026-12-23' }]], asked);
    assert.deepEqual([state.consultations[0]?.answer?.late, state.consultations[0]?.answer?.receivedOn], [false, '2026-12-23']);
    for (const receivedOn of ['2026-11-23', '2027-01-11'])
      assert.equal(refused(asked, { ...answer, via: 'paper', receivedOn }, '2027-01-10'), 'invalid-input receivedOn');
  });
  it('silence counts as the package says, once, from the day after the deadline', () => {
    assert.deepEqual(
      expectOk(decide(asked, { action: 'pass-time' }, on('2026-12-24'))).filter((event) => event.kind === 'stelle-schweigt'),
      [],
    );
    const silent = expectOk(decide(asked, { action: 'pass-time' }, on('2026-12-25')));
    assert.deepEqual(
      silent.map((event) => event.kind),
      ['stelle-schweigt', 'runde-faellig'],
    );
    assert.deepEqual(silent[0]?.facts, { consultationId: 'c1', silence: 'unbeachtlich', legalBasis: '§ 4 Abs. 2 BauGB' });
    const after25 = silent.reduce((one, event) => evolve(one, event, meta), asked);
    assert.deepEqual(expectOk(decide(after25, { action: 'pass-time' }, on('2027-03-01'))), []);
  });
  it('a late first answer is taken while the round is open, and never after it is closed', () => {
    const expired = after([['2026-12-25', { action: 'pass-time' }]], asked);
    assert.equal(after([['2026-12-26', answer]], expired).consultations[0]?.status, 'answered');
    const closed = after([['2026-12-26', { action: 'close-round', roundId: 's1' }]], expired);
    assert.equal(refused(closed, answer, '2026-12-27'), 'wrong-state');
    assert.equal(after([['2026-12-27', { ...answer, via: 'paper' }]], closed).consultations[0]?.answer?.late, true);
  });
  it('an extension needs a later day and a reason, and wakes what had expired', () => {
    const extend = { action: 'extend', consultationId: 'c1', dueOn: '2027-01-15', reason: 'Gutachten', reminderDays: 7 } as const;
    assert.equal(refused(asked, { ...extend, dueOn: '2026-12-24' }, '2026-12-01'), 'invalid-input dueOn');
    assert.equal(refused(asked, { ...extend, reason: ' ' }, '2026-12-01'), 'invalid-input reason');
    const state = after(
      [
        ['2026-12-25', { action: 'pass-time' }],
        ['2026-12-27', extend],
      ],
      asked,
    );
    assert.deepEqual([state.consultations[0]?.status, state.rounds[0]?.dueOn, state.rounds[0]?.status], ['asked', '2027-01-15', 'open']);
    assert.deepEqual(state.consultations[0]?.extensions, [{ from: '2026-12-24', to: '2027-01-15', reason: 'Gutachten' }]);
  });
  it('reminds once, a week before, and not whose link is revoked', () => {
    assert.deepEqual(expectOk(decide(asked, { action: 'pass-time' }, on('2026-12-16'))), []);
    const reminded = after([['2026-12-17', { action: 'pass-time' }]], asked);
    assert.equal(reminded.consultations[0]?.remindedOn, '2026-12-17');
    assert.deepEqual(expectOk(decide(reminded, { action: 'pass-time' }, on('2026-12-18'))), []);
    const revoked = after([['2026-12-01', { action: 'revoke-link', consultationId: 'c1' }]], asked);
    assert.deepEqual(expectOk(decide(revoked, { action: 'pass-time' }, on('2026-12-18'))), []);
    assert.equal(reminderDay('2026-12-01', '2026-12-04', 7), '2026-12-02');
  });
  it('one account takes it over, a second one cannot', () => {
    const claimed = after([['2026-12-01', { action: 'claim', consultationId: 'c1', by: 'citizen:1' }]], asked);
    assert.deepEqual(expectOk(decide(claimed, { action: 'claim', consultationId: 'c1', by: 'citizen:1' }, on('2026-12-01'))), []);
    assert.equal(refused(claimed, { action: 'claim', consultationId: 'c1', by: 'citizen:2' }, '2026-12-01'), 'wrong-state');
  });
  it('withdrawn: no answer, no link, and "none needed" becomes possible', () => {
    const none = { action: 'declare-none', reason: 'Innenbereich' } as const;
    assert.equal(refused(asked, none, '2026-12-01'), 'wrong-state');
    const gone = after([['2026-12-01', { action: 'withdraw', consultationId: 'c1', reason: 'Irrtum' }]], asked);
    assert.equal(refused(gone, answer, '2026-12-02'), 'wrong-state');
    assert.equal(refused(gone, { action: 'renew-link', consultationId: 'c1' }, '2026-12-02'), 'wrong-state');
    assert.equal(after([['2026-12-02', none]], gone).noneNeeded?.reason, 'Innenbereich');
    assert.equal(refused(gone, { action: 'declare-none', reason: '' }, '2026-12-02'), 'invalid-input reason');
  });
  it('asking after all takes "none needed" back', () => {
    const none = after([
      ['2026-11-24', { action: 'declare-none', reason: 'klein' }],
      ['2026-11-24', agencies],
    ]);
    assert.equal(after([['2026-11-25', asking()]], none).noneNeeded, undefined);
  });
  it('what nobody knows is not found', () => {
    for (const command of [
      { ...answer, consultationId: 'x' },
      { action: 'remind', consultationId: 'x' },
      { action: 'close-round', roundId: 'x' },
    ] as const)
      assert.equal(refused(asked, command, '2026-12-01'), 'not-found');
  });
});

describe('A round is closed', () => {
  const open = after([['2026-11-24', display()]]);
  it('of the public: only when due, never before', () => {
    assert.equal(refused(open, { action: 'close-round', roundId: 'r1' }, '2027-01-02'), 'wrong-state');
    assert.equal(after([['2027-01-03', { action: 'close-round', roundId: 'r1' }]], open).rounds[0]?.status, 'closed');
  });
  it('of agencies: also when all have answered; an empty one not', () => {
    const round = after([['2026-11-24', agencies]]);
    assert.equal(refused(round, { action: 'close-round', roundId: 's1' }, '2026-12-01'), 'wrong-state');
    const answered = after(
      [
        ['2026-11-24', asking()],
        ['2026-12-01', { action: 'answer', consultationId: 'c1', statementId: 't', answer: 'no-objection', via: 'account' }],
      ],
      round,
    );
    assert.equal(after([['2026-12-01', { action: 'close-round', roundId: 's1' }]], answered).rounds[0]?.status, 'closed');
  });
});

describe('The plan of a package', () => {
  it('a package without one has nobody to ask', () => assert.deepEqual([NO_PLAN.consultees, NO_PLAN.publicRounds, NO_PLAN.graceDays], [[], [], 14]));
  it('refuses what it does not know, and one id twice', () => {
    const name = { de: 'a', en: 'a', leicht: 'a' };
    const consultee = { id: 'feuerwehr', name, kind: 'behoerde', period: MONTH, legalBasis: '§ 70 HBauO', silence: 'keine' };
    assert.ok(participationPlan.safeParse({ consultees: [consultee] }).success);
    for (const wrong of [
      { consultees: [consultee, consultee] },
      { consultees: [{ ...consultee, silence: 'ja' }] },
      { more: 1 },
      { consultees: [{ ...consultee, email: 'x' }] },
    ]) {
      assert.equal(participationPlan.safeParse(wrong).success, false);
    }
  });
});

describe('a round of agencies ends when nothing is waited for', () => {
  const two = after([
    ['2026-11-24', agencies],
    ['2026-11-24', asking({ period: { length: 2, unit: 'weeks' } })],
    ['2026-11-24', asking({ consultationId: 'c2', planId: 'feuerwehr', name: 'Feuerwehr', period: { length: 3, unit: 'months' } })],
    ['2026-12-01', { action: 'answer', consultationId: 'c2', statementId: 's', answer: 'no-objection', via: 'link' }],
  ]);
  const close = { action: 'close-round', roundId: 's1' } as const;

  it('one answered, the other’s own deadline has passed in silence: nobody waits for the longest deadline', () => {
    assert.equal(refused(two, close, '2026-12-07'), 'wrong-state', 'the first may still answer');
    const silent = after([['2026-12-09', { action: 'pass-time' }]], two);
    assert.equal(after([['2026-12-09', close]], silent).rounds[0]?.status, 'closed');
  });

  it('closed before the clock came by, the silence is noted all the same', () => {
    const closed = after([['2026-12-09', close]], two);
    assert.deepEqual([closed.consultations[0]?.status, closed.rounds[0]?.status], ['expired', 'closed']);
    assert.deepEqual(expectOk(decide(closed, { action: 'pass-time' }, on('2027-03-01'))), []);
  });
});
