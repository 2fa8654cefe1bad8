import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EVENT_BASE, EVENTS, readClaims, stateAfter, type AuthenticationTags, type FitConnectEvent, type SetClaims } from './fit-connect-events.ts';
import { readLogTokens, type LogQuestion, type LogToken } from './fit-connect-log.ts';

const SUBMISSION = 'f65feab2-4883-4dff-85fb-169448545d9f';
const CASE = 'f73d30c6-8894-4444-8687-00ae756fea90';
const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const tags: AuthenticationTags = { metadata: 'M'.repeat(22), data: 'D'.repeat(22) };
const question: LogQuestion = { submissionId: SUBMISSION, caseId: CASE, now: NOW, known: new Map() };
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function token(n: number, event: FitConnectEvent, change: Partial<SetClaims> = {}, author?: 'delivery-service' | 'subscriber'): LogToken {
  const claims: SetClaims = {
    jti: uuid(n),
    issuer: 'x',
    issuedAt: NOW.epochMilliseconds / 1000,
    subject: `submission:${SUBMISSION}`,
    transaction: `case:${CASE}`,
    eventUri: EVENT_BASE + event,
    problems: [],
    ...(event === 'submit-submission' ? { tags } : {}),
    ...change,
  };
  const usual = ['accept-submission', 'reject-submission', 'forward-submission'].includes(event) ? 'subscriber' : 'delivery-service';
  return { tokenSha256: `sha-${n}`, author: author ?? usual, claims };
}
const log = (...events: FitConnectEvent[]): LogToken[] => events.map((event, n) => token(n, event));
const stateOf = (tokens: readonly LogToken[], change: Partial<LogQuestion> = {}) => readLogTokens(tokens, { ...question, ...change }).state;

describe('event log: order of states', () => {
  for (const [events, state] of [
    [['create-submission'], 'incomplete'],
    [['create-submission', 'submit-submission'], 'submitted'],
    [['create-submission', 'submit-submission', 'notify-submission'], 'submitted'],
    [['create-submission', 'submit-submission', 'forward-submission'], 'forwarded'],
    [['create-submission', 'submit-submission', 'accept-submission'], 'accepted'],
    [['create-submission', 'submit-submission', 'forward-submission', 'reject-submission'], 'rejected'],
    [['create-submission', 'submit-submission', 'accept-submission', 'reject-submission'], 'accepted'],
    [['create-submission', 'submit-submission', 'reject-submission', 'accept-submission'], 'rejected'],
    [['create-submission', 'submit-submission', 'accept-submission', 'notify-submission'], 'accepted'],
    [['create-submission', 'submit-submission', 'accept-submission', 'delete-submission'], 'deleted'],
    [['create-submission', 'accept-submission'], 'incomplete'],
    [['submit-submission', 'accept-submission'], undefined],
    [['accept-submission'], undefined],
    [[], undefined],
  ] as const) {
    it(`${events.join(', ') || 'nothing'}: ${state ?? 'none'}`, () => assert.equal(stateOf(log(...events)), state));
  }
  it('law: whatever events come in whatever order, nothing is accepted that was not submitted first, and an answer stays', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 12 }), (events) => {
        const { taken, state, submitted } = readLogTokens(log(...events), question);
        const names = taken.map(({ event }) => event);
        const answers = names.filter((name) => name === 'accept-submission' || name === 'reject-submission');
        assert.ok(answers.length <= 1);
        assert.ok(answers.length === 0 || (submitted !== undefined && names.indexOf('submit-submission') < names.indexOf(answers[0]!)));
        assert.equal(
          names.reduce<ReturnType<typeof stateAfter>>((before, name) => stateAfter(before, name), undefined),
          state,
        );
      }),
    );
  });
  it('law: refused events anywhere in a log leave its state as it was', () => {
    const good = log('create-submission', 'submit-submission', 'accept-submission');
    const bad: LogToken = { tokenSha256: 'bad', refusal: 'bad-signature' };
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 6 }), (places) => {
        const mixed = [...good];
        for (const at of places) mixed.splice(at, 0, bad);
        const read = readLogTokens(mixed, question);
        assert.equal(read.state, 'accepted');
        assert.equal(read.refused.length, places.length);
      }),
    );
  });
});

describe('event log: what is refused', () => {
  const submitted = log('create-submission', 'submit-submission');
  const reasonOf = (one: LogToken, change: Partial<LogQuestion> = {}) =>
    readLogTokens([...submitted, one], { ...question, ...change }).refused.map(({ reason }) => reason);
  const accept = (change: Partial<SetClaims> = {}) => token(9, 'accept-submission', change);
  for (const [name, one, change, reason] of [
    ['a foreign case', accept({ transaction: `case:${uuid(1)}` }), {}, 'foreign-case'],
    ['an unknown event', accept({ eventUri: `${EVENT_BASE}steal-submission` }), {}, 'unknown-event'],
    ['an event of another house', accept({ eventUri: 'https://evil.example/accept-submission' }), {}, 'unknown-event'],
    ['an acceptance by the service', token(9, 'accept-submission', {}, 'delivery-service'), {}, 'wrong-author'],
    ['a deletion by the destination', token(9, 'delete-submission', {}, 'subscriber'), {}, 'wrong-author'],
    ['61 seconds ahead', accept({ issuedAt: NOW.epochMilliseconds / 1000 + 61 }), {}, 'future-dated'],
    ['a jti twice in one log', token(1, 'accept-submission'), {}, 'replayed'],
    ['a jti of another token', accept(), { known: new Map([[uuid(9), { tokenSha256: 'other', submissionId: SUBMISSION }]]) }, 'replayed'],
    ['a jti of another submission', accept(), { known: new Map([[uuid(9), { tokenSha256: 'sha-9', submissionId: uuid(2) }]]) }, 'replayed'],
    ['other tags than ours', accept({ tags: { ...tags, data: 'X'.repeat(22) } }), { expectedTags: tags }, 'wrong-tags'],
    ['tags with one attachment more', accept({ tags: { ...tags, attachments: { [uuid(3)]: 'X'.repeat(22) } } }), { expectedTags: tags }, 'wrong-tags'],
    ['a second submit', token(9, 'submit-submission'), {}, 'out-of-order'],
  ] as const) {
    it(`${name}: ${reason}`, () => assert.deepEqual(reasonOf(one, change), [reason]));
  }
  it('a submit without tags is none: nothing would tie the contents to it', () => {
    const { tags: _, ...claims } = (token(1, 'submit-submission') as { claims: SetClaims }).claims;
    const bare: LogToken = { tokenSha256: 'x', author: 'delivery-service', claims };
    assert.equal(stateOf([token(0, 'create-submission'), bare]), 'incomplete');
  });
  it('takes 60 seconds ahead, the same token again, an acceptance without tags, and passes over other submissions of the case', () => {
    assert.deepEqual(reasonOf(accept({ issuedAt: NOW.epochMilliseconds / 1000 + 60 })), []);
    assert.deepEqual(reasonOf(accept(), { known: new Map([[uuid(9), { tokenSha256: 'sha-9', submissionId: SUBMISSION }]]) }), []);
    assert.deepEqual(reasonOf(accept(), { expectedTags: tags }), []);
    assert.deepEqual(reasonOf(accept({ subject: `reply:${uuid(4)}` })), []);
    assert.equal(stateOf([...submitted, accept({ subject: `submission:${uuid(4)}` })]), 'submitted');
  });
});

describe('payload of a Security Event Token', () => {
  const good = { jti: uuid(1), iss: 'x', iat: 1, sub: `submission:${SUBMISSION}`, txn: `case:${CASE}`, events: { [`${EVENT_BASE}create-submission`]: {} } };
  it('reads one with exactly one event', () => assert.equal(readClaims(good)?.eventUri, `${EVENT_BASE}create-submission`));
  for (const [name, wrong] of [
    ...['jti', 'iss', 'iat', 'sub', 'txn', 'events'].map((claim) => [`without ${claim}`, { ...good, [claim]: undefined }] as const),
    ['with no event', { ...good, events: {} }],
    ['with two events', { ...good, events: { ...good.events, [`${EVENT_BASE}accept-submission`]: {} } }],
    ['with a jti that is no UUID', { ...good, jti: '1' }],
    ['with a fractional time', { ...good, iat: 1.5 }],
    ['with a foreign schema', { ...good, $schema: 'https://evil.example/schema.json' }],
    ['with a tag that is none', { ...good, events: { x: { authenticationTags: { metadata: 'short' } } } }],
    ['that is null', null],
    ['that is a list', [good]],
  ] as const) {
    it(`refuses one ${name}`, () => assert.equal(readClaims(wrong), undefined));
  }
});
