import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../../kernel/result.ts';
import { balanceCents, isSettled, outstandingCents, paidFact, statusOf, surplusCents, type Claim } from './claim.ts';
import { decide, type ClaimCommand } from './decide.ts';
import { evolve } from './evolve.ts';
import type { ProviderFact } from './provider.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const AMOUNT = 6500;

const begun = (): Claim =>
  evolve(
    undefined,
    {
      kind: 'demanded',
      caseId: 'c',
      fileNumber: 'BF-2026-000001-X',
      accountId: 'a',
      authority: 'bezirksamt-altona',
      kassenzeichen: 'RF00K',
      amountCents: AMOUNT,
      purpose: 'gebuehr',
      legalBasis: '§ 1 GebG',
      demandedOn: '2026-11-01',
      dueOn: '2026-11-20',
    },
    'claim',
  );

function after(claim: Claim, ...commands: readonly ClaimCommand[]): Claim {
  return commands.reduce((state, command) => expectOk(decide(state, command, NOW)).reduce<Claim>((one, event) => evolve(one, event, one.id), state), claim);
}

const fact = (attemptId: string, state: ProviderFact['state'], amountCents = AMOUNT, bookingId = `b-${attemptId}`): ClaimCommand => ({
  action: 'note-fact',
  provider: 'p',
  fact: {
    attemptId,
    providerRef: `r-${attemptId}`,
    state,
    amountCents: state === 'succeeded' || state === 'reversed' ? amountCents : 0,
    on: '2026-11-24',
    bookingId,
  },
});
const transfer = (id: string, amountCents: number): ClaimCommand => ({
  action: 'note-transfer',
  booking: { id: `transfer:${id}`, via: 'transfer', amountCents, on: '2026-11-23' },
});

/** A claim whose attempts were planned one after the other, each given up before the next. */
function withAttempts(ids: readonly string[]): Claim {
  return ids.reduce(
    (claim, attemptId, index) =>
      after(claim, ...(index === 0 ? [] : [{ action: 'expire-attempt', attemptId: ids[index - 1]! } as const]), {
        action: 'plan-attempt',
        attemptId,
        provider: 'p',
      }),
    begun(),
  );
}

/** All but how many events it took. */
const shown = (claim: Claim): Claim => ({ ...claim, version: 0 });

describe('What is shown follows from verified facts', () => {
  const started = (): Claim => withAttempts(['x']);
  const CASES: readonly (readonly [string, Claim, string])[] = [
    ['nothing happened', begun(), 'open'],
    ['an attempt is under way', started(), 'in-payment'],
    ['the bank declined', after(started(), fact('x', 'declined')), 'open'],
    ['paid', after(started(), fact('x', 'succeeded')), 'paid'],
    ['paid although the attempt had been given up', after(started(), { action: 'expire-attempt', attemptId: 'x' }, fact('x', 'succeeded')), 'paid'],
    ['paid, and then a late word of a decline', after(started(), fact('x', 'succeeded'), fact('x', 'declined')), 'paid'],
    ['less than owed', after(begun(), transfer('t', 100)), 'partly'],
    ['by card and by transfer', after(started(), fact('x', 'succeeded'), transfer('t', AMOUNT)), 'overpaid'],
    ['cancelled unpaid', after(begun(), { action: 'cancel', reason: 'erlassen' }), 'cancelled'],
    ['paid after it was cancelled', after(started(), { action: 'cancel', reason: 'bescheid-aufgehoben' }, fact('x', 'succeeded')), 'refund-due'],
    ['taken back by the bank', after(started(), fact('x', 'succeeded'), fact('x', 'reversed', AMOUNT, 'back')), 'open'],
  ];
  for (const [what, claim, status] of CASES) it(`${what}: ${status}`, () => assert.equal(statusOf(claim), status));

  it('no second attempt runs beside the first, none on what is paid or cancelled', () => {
    const plan = { action: 'plan-attempt', attemptId: 'y', provider: 'p' } as const;
    for (const claim of [started(), after(started(), fact('x', 'succeeded')), after(begun(), { action: 'cancel', reason: 'erlassen' })]) {
      const refused = decide(claim, plan, NOW);
      assert.ok(!refused.ok && refused.problem.kind === 'wrong-state');
    }
  });
  it('a word about a foreign attempt is refused', () => assert.equal(decide(begun(), fact('zzz', 'succeeded'), NOW).ok, false));
  it('the day of payment is the day the money was whole', () => {
    const claim = after(begun(), transfer('a', AMOUNT - 1), {
      action: 'note-transfer',
      booking: { id: 'transfer:b', via: 'transfer', amountCents: 1, on: '2026-11-25' },
    });
    assert.deepEqual(paidFact(claim), { on: '2026-11-25', via: 'transfer' });
  });
});

describe('Refunds need two people and no more money than there is', () => {
  const over = (): Claim => after(begun(), transfer('t', AMOUNT + 500));
  const request = (amountCents: number) => ({ action: 'request-refund', refundId: 'r', amountCents, by: 'staff:1' }) as const;
  it('the same person cannot confirm', () => {
    const refused = decide(after(over(), request(500)), { action: 'confirm-refund', refundId: 'r', by: 'staff:1' }, NOW);
    assert.ok(!refused.ok && refused.problem.kind === 'not-allowed');
  });
  it('another person can, once, and the claim is paid', () => {
    const confirm = { action: 'confirm-refund', refundId: 'r', by: 'staff:2' } as const;
    const claim = after(over(), request(500), confirm, confirm);
    assert.equal(statusOf(claim), 'paid');
    assert.equal(balanceCents(claim), AMOUNT);
  });
  for (const cents of [501, 0, -1, 1.5]) it(`refuses ${cents} of 500`, () => assert.equal(decide(over(), request(cents), NOW).ok, false));
  it('what is ordered already cannot be ordered again', () => assert.equal(decide(after(over(), request(400)), request(101), NOW).ok, false));
});

describe('The clock', () => {
  const at = (day: string) => Temporal.Instant.from(`${day}T09:00:00Z`);
  const remind = (claim: Claim, day: string) => expectOk(decide(claim, { action: 'remind' }, at(day)));
  it('reminds after a week, duns two weeks later, each once', () => {
    assert.deepEqual(remind(begun(), '2026-11-27'), []);
    const [reminded] = remind(begun(), '2026-11-28');
    assert.deepEqual(reminded, { kind: 'reminded', on: '2026-11-28' });
    const claim = evolve(begun(), reminded, 'claim');
    assert.deepEqual(remind(claim, '2026-12-12'), []);
    const [dunned] = remind(claim, '2026-12-13');
    assert.deepEqual(dunned, { kind: 'dunned', on: '2026-12-13' });
    assert.deepEqual(remind(evolve(claim, dunned, 'claim'), '2027-01-30'), []);
  });
  it('leaves in peace who has paid, is paying, or owes nothing', () => {
    for (const claim of [after(begun(), transfer('t', AMOUNT)), withAttempts(['x']), after(begun(), { action: 'cancel', reason: 'erlassen' })]) {
      assert.deepEqual(remind(claim, '2027-06-01'), []);
    }
  });
});

/** What a truthful provider says of one payment: perhaps pending, then one end; money may go back after it came. */
const story = (attemptId: string) =>
  fc
    .record({
      end: fc.constantFrom('succeeded', 'declined', 'cancelled', 'expired', 'none'),
      cents: fc.integer({ min: 1, max: 2 * AMOUNT }),
      back: fc.boolean(),
    })
    .map(({ end, cents, back }): ClaimCommand[] => [
      fact(attemptId, 'pending'),
      ...(end === 'none' ? [] : [fact(attemptId, end, cents)]),
      ...(end === 'succeeded' && back ? [fact(attemptId, 'reversed', cents, `back-${attemptId}`)] : []),
    ]);
const transfers = fc.array(fc.integer({ min: 1, max: 2 * AMOUNT }), { maxLength: 3 }).map((all) => all.map((cents, index) => transfer(`t${index}`, cents)));
const IDS = ['x', 'y', 'z'];
const facts = fc.tuple(...IDS.map(story), transfers).map((parts) => parts.flat());
/** The facts in some order, each perhaps several times. */
const told = facts.chain((all) =>
  fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: all.length, maxLength: all.length })
    .chain((times) =>
      fc.shuffledSubarray(
        all.flatMap((one, index) => Array<ClaimCommand>(times[index]!).fill(one)),
        { minLength: times.reduce((a, b) => a + b, 0) },
      ),
    )
    .map((order) => ({ all, order })),
);

/** Cents that truly moved, counted without the domain. */
function moved(commands: readonly ClaimCommand[]): number {
  const seen = new Map<string, number>();
  for (const command of commands) {
    if (command.action === 'note-transfer') seen.set(command.booking.id, command.booking.amountCents);
    if (command.action !== 'note-fact') continue;
    const { state, amountCents, bookingId } = command.fact;
    if (state === 'succeeded') seen.set(bookingId, amountCents);
    if (state === 'reversed') seen.set(bookingId, -amountCents);
  }
  return [...seen.values()].reduce((total, cents) => total + cents, 0);
}

describe('Laws', () => {
  it('truthful facts in every order, each told once or often, end in the same claim', () => {
    fc.assert(
      fc.property(told, ({ all, order }) => assert.deepEqual(shown(after(withAttempts(IDS), ...order)), shown(after(withAttempts(IDS), ...all)))),
      { numRuns: 500 },
    );
  });
  it('the money adds up, and every cent is owed, settled, or to be given back', () => {
    fc.assert(
      fc.property(told, fc.boolean(), ({ order }, cancel) => {
        const claim = after(withAttempts(IDS), ...order, ...(cancel ? [{ action: 'cancel', reason: 'erlassen' } as const] : []));
        assert.equal(balanceCents(claim), moved(order));
        const owed = cancel ? 0 : AMOUNT;
        assert.equal(balanceCents(claim), owed - outstandingCents(claim) + surplusCents(claim));
      }),
      { numRuns: 500 },
    );
  });
  it('at every moment: "paid" only with the verified money, never "open" while it is here', () => {
    fc.assert(
      fc.property(told, ({ order }) => {
        let claim = withAttempts(IDS);
        for (const [index, command] of order.entries()) {
          claim = after(claim, command);
          const money = moved(order.slice(0, index + 1));
          const status = statusOf(claim);
          assert.equal(status === 'paid' || status === 'overpaid', money >= AMOUNT, `${status} with ${money}`);
          assert.equal(isSettled(claim), money >= AMOUNT);
          if (money > 0) assert.ok(!['open', 'dunned', 'in-payment', 'cancelled'].includes(status), `${status} with ${money}`);
        }
      }),
      { numRuns: 500 },
    );
  });
  it('cancelling before or after the money comes makes no difference to what is given back', () => {
    const cancel: ClaimCommand = { action: 'cancel', reason: 'bescheid-aufgehoben' };
    fc.assert(
      fc.property(told, fc.nat(), ({ order }, place) => {
        const at = place % (order.length + 1);
        const claim = after(withAttempts(IDS), ...order.slice(0, at), cancel, ...order.slice(at));
        assert.deepEqual(shown(claim), shown(after(withAttempts(IDS), ...order, cancel)));
        assert.equal(surplusCents(claim), Math.max(0, moved(order)));
      }),
      { numRuns: 300 },
    );
  });
});
