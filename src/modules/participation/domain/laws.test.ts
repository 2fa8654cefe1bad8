import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Command } from './commands.ts';
import { decide } from './decide.ts';
import { mayClose } from './decide-rounds.ts';
import { emptyParticipation, evolve, type Participation } from './participation.ts';
import type { Fristende } from './period.ts';

const fristende: Fristende = (from, { length, unit }) => ({
  date: Temporal.PlainDate.from(from)
    .add({ [unit]: length })
    .toString(),
  steps: [],
});
const period = { length: 2, unit: 'weeks' } as const;
const id = fc.constantFrom('a', 'b');
const day = fc.integer({ min: -5, max: 60 }).map((days) => Temporal.PlainDate.from('2026-11-24').add({ days }).toString());

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    action: fc.constant('open-round' as const),
    roundId: id,
    kind: fc.constant('stellen' as const),
    title: fc.constant('t'),
    request: fc.constant('r'),
    legalBasis: fc.constant('§ 4'),
    period: fc.constant(period),
    noticeDays: fc.constant(0),
    graceDays: fc.constant(14),
  }),
  fc.record({
    action: fc.constant('ask' as const),
    consultationId: fc.uuid(),
    roundId: id,
    kind: fc.constant('toeb' as const),
    name: fc.constantFrom('x', 'y'),
    email: fc.constantFrom('x@y.de', undefined),
    period: fc.constant(period),
    reminderDays: fc.constant(7),
    legalBasis: fc.constant('§ 4'),
    silence: fc.constant('keine' as const),
  }),
  fc.constant<Command>({ action: 'pass-time' }),
  fc.record({ action: fc.constant('close-round' as const), roundId: id }),
);
/** Commands on some consultee there is. */
const onOne = fc.oneof(
  fc.record({
    action: fc.constant('answer' as const),
    statementId: fc.uuid(),
    answer: fc.constantFrom('no-objection' as const, 'objection' as const),
    via: fc.constantFrom('link' as const, 'paper' as const),
    receivedOn: fc.option(day, { nil: undefined }),
  }),
  fc.record({ action: fc.constant('extend' as const), dueOn: day, reason: fc.constant('x'), reminderDays: fc.constant(7) }),
  fc.record({ action: fc.constant('withdraw' as const), reason: fc.constant('x') }),
  fc.record({ action: fc.constantFrom('remind' as const, 'renew-link' as const, 'revoke-link' as const) }),
);
const step = fc.record({ days: fc.integer({ min: 0, max: 9 }), what: fc.oneof(command, fc.record({ of: fc.nat(), one: onOne })) });

function checkState(before: Participation, state: Participation, today: string): void {
  for (const one of state.consultations) {
    const was = before.consultations.find((each) => each.id === one.id);
    const round = state.rounds.find((each) => each.id === one.roundId)!;
    assert.ok(round.dueOn >= one.dueOn, 'a round lasts as long as the longest deadline in it');
    if (one.answer !== undefined) {
      assert.equal(one.status, 'answered');
      assert.ok(one.answer.receivedOn >= one.askedOn && one.answer.receivedOn <= today);
      if (was?.answer !== one.answer) assert.equal(one.answer.late, one.answer.receivedOn > one.dueOn);
      if (was?.answer !== undefined) assert.equal(one.answer.statementId, was.answer.statementId, 'a changed answer stays one statement');
    }
    if (was?.status === 'answered' || was?.status === 'withdrawn') assert.equal(one.status, was.status, 'settled stays settled');
  }
  for (const round of state.rounds) {
    const was = before.rounds.find((each) => each.id === round.id);
    if (was?.status === 'closed') assert.equal(round.status, 'closed', 'closed stays closed');
    else if (round.status === 'closed') assert.ok(mayClose(before, was!, today), 'closed only when due or all have answered');
  }
}

it('whatever officers, consultees and the clock do, in whatever order: the laws of a round hold', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      let state = emptyParticipation('case');
      let today = Temporal.PlainDate.from('2026-11-24');
      for (const { days, what } of steps) {
        today = today.add({ days });
        const at = { today: today.toString(), fristende };
        const one = 'of' in what ? state.consultations[what.of % Math.max(1, state.consultations.length)] : undefined;
        if ('of' in what && one === undefined) continue;
        const wanted = 'of' in what ? ({ ...what.one, consultationId: one!.id } as Command) : what;
        const decided = decide(state, wanted, at);
        if (!decided.ok) continue;
        const before = state;
        for (const event of decided.value) state = evolve(state, event, { version: state.version + 1, actor: 'x' });
        accepted += decided.value.length;
        checkState(before, state, at.today);
        assert.equal(state.version, before.version + decided.value.length);
        if (wanted.action === 'pass-time') assert.deepEqual(decide(state, wanted, at), { ok: true, value: [] }, 'the clock is idempotent');
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(accepted > 1000, `only ${accepted} events; the commands hardly do anything`);
});
