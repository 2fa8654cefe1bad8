import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { factsOf, random, type Step } from '../../../../test/support/indicator-histories.ts';
import { apply, cellKey, emptyCell, firstDifference, foldBatch, merge, Recomputation, type Cells, type States } from './fold.ts';
import { contributionsOf } from './contributions.ts';
import type { Fact } from './facts.ts';
import { addMonths, monthAt, monthsBetween } from './months.ts';
import { nextState, type StreamState } from './stream-state.ts';

/** All figures of a history, in one go. */
function figuresOf(facts: readonly Fact[]): Cells {
  const anew = new Recomputation();
  anew.take(facts);
  return anew.cells();
}

/** What is counted for one service and month after these steps. */
function counted(steps: readonly Step[], month: string, service = 'hund'): Record<string, number> {
  return figuresOf(factsOf(steps)).get(cellKey({ service, month }))?.counts ?? {};
}

const APPLIED: Step = ['2026-03-02', 'antrag-eingereicht', { service: 'hund' }];
const COMPLETE: Step = ['2026-03-04', 'vollstaendig', { completeOn: '2026-03-04' }];
const REQUEST: Step = ['2026-03-03', 'nachforderung-gestellt', {}];
const bescheid = (on: string, more: object = {}): Step => [
  on,
  'bescheid-erlassen',
  { decisionKind: 'bescheid', channel: 'postfach', automated: false, decidedOn: on, ...more },
];

describe('rules: what a case counts for', () => {
  it('an Antrag counts in the month of its receipt, which may be before its entry', () => {
    assert.deepEqual(counted([APPLIED], '2026-03'), { received: 1 });
    assert.deepEqual(counted([['2026-04-02', 'antrag-eingereicht', { service: 'hund', receivedOn: '2026-03-31', source: 'fit-connect' }]], '2026-03'), {
      received: 1,
    });
  });
  it('a Bescheid counts in its month, with the whole days since the Antrag was complete', () => {
    const cells = figuresOf(factsOf([APPLIED, COMPLETE, bescheid('2026-04-08', { automated: true })]));
    assert.deepEqual(cells.get('2026-03 hund')?.counts, { received: 1, completed: 1, complete_first: 1 });
    assert.deepEqual(cells.get('2026-04 hund')?.counts, { decided: 1, automated: 1, timed: 1 });
    assert.deepEqual(cells.get('2026-04 hund')?.days, { '35': 1 });
  });
  it('a Nachforderung before completeness is counted, and the Antrag was not complete at once', () =>
    assert.deepEqual(counted([APPLIED, REQUEST, ['2026-03-20', 'vollstaendig', { completeOn: '2026-03-18' }], bescheid('2026-03-25')], '2026-03'), {
      received: 1,
      completed: 1,
      decided: 1,
      timed: 1,
      requests: 1,
    }));
  it('a Nachforderung after completeness starts the days anew, and changes nothing of the first completeness', () => {
    const late: Step[] = [
      APPLIED,
      COMPLETE,
      ['2026-03-10', 'nachforderung-gestellt', {}],
      ['2026-03-20', 'vollstaendig', { completeOn: '2026-03-20' }],
      bescheid('2026-03-25'),
    ];
    const cell = figuresOf(factsOf(late)).get('2026-03 hund')!;
    assert.deepEqual(cell.days, { '5': 1 });
    assert.equal(cell.counts['complete_first'], 1);
  });
  it('decided without stated completeness: counted, but without days', () =>
    assert.deepEqual(counted([APPLIED, bescheid('2026-03-09')], '2026-03'), { received: 1, decided: 1, undated: 1 }));
  it('withdrawn before the Bescheid: it came in, and is not decided; withdrawn after: the Bescheid counts', () => {
    assert.deepEqual(counted([APPLIED, COMPLETE, ['2026-03-05', 'zurueckgenommen', {}]], '2026-03'), {
      received: 1,
      completed: 1,
      complete_first: 1,
      withdrawn: 1,
    });
    assert.deepEqual(counted([APPLIED, bescheid('2026-03-09'), ['2026-03-10', 'zurueckgenommen', {}]], '2026-03'), { received: 1, decided: 1, undated: 1 });
  });
  it('corrected, reopened, revoked, decided on a Widerspruch: the first Bescheid counts, once', () => {
    const before = [APPLIED, COMPLETE, bescheid('2026-03-09')];
    for (const decisionKind of ['berichtigung', 'widerspruchsbescheid', 'ruecknahme', 'widerruf', 'bescheid'])
      assert.deepEqual(figuresOf(factsOf([...before, bescheid('2026-05-01', { decisionKind, automated: true })])), figuresOf(factsOf(before)), decisionKind);
    assert.equal(counted([...before, ['2026-04-01', 'widerspruch-eingelegt', { receivedOn: '2026-04-01' }]], '2026-04')['objections'], 1);
  });
  it('taken over closed: counts for nothing but itself', () =>
    assert.deepEqual(counted([['2026-03-02', 'akte-uebernommen', { service: 'hund', closedOn: '2020-01-01' }]], '2026-03'), { taken_over: 1 }));
  it('begun by the authority: nobody applied, so neither online share nor days nor automation', () =>
    assert.deepEqual(counted([['2026-03-02', 'von-amts-wegen-begonnen', { service: 'hund' }], bescheid('2026-03-09')], '2026-03'), { own_motion: 1 }));
  it('a permit by law is no Bescheid', () =>
    assert.deepEqual(counted([APPLIED, COMPLETE, ['2026-06-05', 'genehmigung-fingiert', { since: '2026-06-04' }]], '2026-06'), { fictions: 1 }));
  it('anything by post is a break of media, also what was sent after the Bescheid was issued', () => {
    assert.equal(counted([APPLIED, bescheid('2026-03-09', { channel: 'post' })], '2026-03')['media_breaks'], 1);
    assert.equal(counted([APPLIED, bescheid('2026-03-09'), ['2026-04-02', 'bescheid-bekanntgegeben', { via: 'post' }]], '2026-03')['media_breaks'], 1);
    assert.equal(
      counted([APPLIED, bescheid('2026-03-09'), ['2026-04-02', 'bescheid-bekanntgegeben', { via: 'zugang' }]], '2026-03')['media_breaks'],
      undefined,
    );
  });
  it('an entry of a case that nothing began says nothing', () => assert.deepEqual([...figuresOf(factsOf([COMPLETE, bescheid('2026-03-09')]))], []));
});

describe('rules: accounts, and what belongs to the city alone', () => {
  const account = (...events: [day: string, kind: string, payload: object][]): Fact[] =>
    events.map(([day, kind, payload], index) => ({
      seq: index + 1,
      at: Temporal.Instant.from(`${day}T10:00Z`),
      stream: 'account:a',
      kind,
      payload: { ...payload },
    }));
  const stock = (facts: readonly Fact[]): Record<string, Record<string, number>> =>
    Object.fromEntries([...figuresOf(facts)].map(([key, { counts }]) => [key.trim(), counts]));

  it('an account counts from registration to deletion, its card from the first sign-in with it', () => {
    const events = account(
      ['2026-01-05', 'identity.account-registered', {}],
      ['2026-02-05', 'identity.signed-in', { method: 'eid', account: 'joined' }],
      ['2026-02-06', 'identity.signed-in', { method: 'eid', account: 'known' }],
    );
    assert.deepEqual(stock(events), { '2026-01': { accounts: 1 }, '2026-02': { eid_accounts: 1 } });
    const gone = [...events, { ...events[0]!, kind: 'identity.account-deleted', at: Temporal.Instant.from('2026-05-01T10:00Z') }];
    assert.deepEqual(stock(gone)['2026-05'], { accounts: -1, eid_accounts: -1 });
  });
  it('the first sign-in with a card can found the account', () =>
    assert.deepEqual(stock(account(['2026-02-05', 'identity.signed-in', { method: 'eid', account: 'new' }])), { '2026-02': { accounts: 1, eid_accounts: 1 } }));
  it('a password is no card, and an organisation is no person', () => {
    assert.deepEqual(stock(account(['2026-02-05', 'identity.signed-in', { method: 'password' }])), {});
    assert.deepEqual(stock(account(['2026-02-05', 'identity.organisation-founded', {}])), { '2026-02': { organisations: 1 } });
  });
  it('ratings out of range and counts that are no number are not counted', () => {
    const fact = (kind: string, payload: object): Fact => ({
      seq: 1,
      at: Temporal.Instant.from('2026-02-05T10:00Z'),
      stream: 'x',
      kind,
      payload: { ...payload },
    });
    assert.deepEqual(
      stock([fact('usage.rated', { service: 'hund', score: 9, after: 'decision' }), fact('usage.counter-cases', { service: 'hund', count: '3' })]),
      {},
    );
    assert.deepEqual(stock([fact('situation.lage-opened', { exercise: false })]), {});
  });
});

describe('months are those of the city', () => {
  it('the last hour of a month in UTC is the next month in Hamburg', () => {
    assert.equal(monthAt(Temporal.Instant.from('2026-02-28T22:59:59Z')), '2026-02');
    assert.equal(monthAt(Temporal.Instant.from('2026-02-28T23:00:00Z')), '2026-03');
    assert.equal(monthAt(Temporal.Instant.from('2026-06-30T22:00:00Z')), '2026-07');
  });
  it('adds over years', () => {
    assert.equal(addMonths('2026-01', -13), '2024-12');
    assert.deepEqual(monthsBetween('2025-11', '2026-02'), ['2025-11', '2025-12', '2026-01', '2026-02']);
  });
});

/** The kept figures after following in runs cut at these places; states are written and read as text, as a restart does. */
function followed(facts: readonly Fact[], cuts: readonly number[]): Cells {
  const kept: Cells = new Map();
  let written = new Map<string, string>();
  const places = [...new Set(cuts.map((cut) => cut % (facts.length + 1)))].toSorted((a, b) => a - b);
  for (const [index, from] of [0, ...places].entries()) {
    const states: States = new Map([...written].map(([stream, text]) => [stream, JSON.parse(text) as StreamState]));
    const { changes, touched } = foldBatch(facts.slice(from, places[index] ?? facts.length), states);
    for (const stream of touched) written.set(stream, JSON.stringify(states.get(stream)));
    for (const [key, change] of changes) kept.set(key, merge(kept.get(key) ?? emptyCell(change.service, change.month), change));
    written = new Map(written);
  }
  return kept;
}

describe('kept incrementally, and equal to a full recomputation', () => {
  it('for random histories, cut and restarted anywhere', () => {
    fc.assert(
      fc.property(random.history, fc.array(fc.nat(400), { maxLength: 8 }), (facts, cuts) => {
        assert.equal(firstDifference(followed(facts, cuts), figuresOf(facts)), undefined);
      }),
      { numRuns: 300 },
    );
  });
  it('and equal to counting each case by itself, whatever the order in which cases are mixed', () => {
    fc.assert(
      fc.property(random.history, (facts) => {
        const byStream = Map.groupBy(facts, ({ stream }) => stream);
        const alone: Cells = new Map();
        for (const [stream, own] of byStream)
          if (/^(case|account):/.test(stream))
            apply(alone, contributionsOf(own.reduce<StreamState | undefined>((state, fact) => nextState(state, fact), undefined)));
        const cases = figuresOf(facts.filter(({ stream }) => /^(case|account):/.test(stream)));
        assert.equal(firstDifference(alone, cases), undefined);
      }),
    );
  });
  it('a figure that was changed by hand is found and named', () => {
    const facts = factsOf([APPLIED, COMPLETE, bescheid('2026-03-09')]);
    const kept = figuresOf(facts);
    kept.get('2026-03 hund')!.counts['decided'] = 2;
    assert.deepEqual(firstDifference(kept, figuresOf(facts)), { service: 'hund', month: '2026-03', name: 'decided', kept: 2, recomputed: 1 });
  });
});
