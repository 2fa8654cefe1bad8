import fc from 'fast-check';
import type { Fact } from '../../src/modules/indicators/domain/facts.ts';

/** A day, an event of procedure, and its facts. */
export type Step = readonly [day: string, event: string, payload: object];

/** The history of one case, at ten o'clock of each day. */
export const factsOf = (steps: readonly Step[]): Fact[] =>
  steps.map(([day, event, payload], index) => ({
    seq: index + 1,
    at: Temporal.Instant.from(`${day}T10:00Z`),
    stream: 'case:1',
    kind: `procedure.${event}`,
    payload: { ...payload },
  }));

const day = fc.integer({ min: 0, max: 150 }).map((days) => Temporal.PlainDate.from('2026-01-01').add({ days }).toString());
const service = fc.constantFrom('hund', 'baum', 'parken');

/** Events of a case in any order: the figures must bear what no case would do. */
const ofCase = fc.oneof(
  fc.record({ service, receivedOn: day }).map((payload) => ['procedure.antrag-eingereicht', payload] as const),
  service.map((one) => ['procedure.von-amts-wegen-begonnen', { service: one }] as const),
  service.map((one) => ['procedure.akte-uebernommen', { service: one }] as const),
  day.map((completeOn) => ['procedure.vollstaendig', { completeOn }] as const),
  fc.constant(['procedure.nachforderung-gestellt', {}] as const),
  fc
    .record({
      decidedOn: day,
      automated: fc.boolean(),
      channel: fc.constantFrom('post', 'postfach'),
      decisionKind: fc.constantFrom('bescheid', 'bescheid', 'widerruf'),
    })
    .map((payload) => ['procedure.bescheid-erlassen', payload] as const),
  fc.constantFrom('post', 'zugang').map((via) => ['procedure.bescheid-bekanntgegeben', { via }] as const),
  day.map((since) => ['procedure.genehmigung-fingiert', { since }] as const),
  day.map((receivedOn) => ['procedure.widerspruch-eingelegt', { receivedOn }] as const),
  fc.constant(['procedure.zurueckgenommen', {}] as const),
);
const ofAccount = fc.oneof(
  fc.constantFrom('identity.account-registered', 'identity.account-deleted', 'identity.organisation-founded').map((kind) => [kind, {}] as const),
  fc
    .record({ method: fc.constantFrom('eid', 'password'), account: fc.constantFrom('new', 'known', 'joined') })
    .map((payload) => ['identity.signed-in', payload] as const),
);
const ofCity = fc.oneof(
  fc.record({ service, count: fc.integer({ min: -3, max: 9 }) }).map((payload) => ['usage.counter-cases', payload] as const),
  fc
    .record({ service, score: fc.integer({ min: 0, max: 6 }), after: fc.constantFrom('decision', 'decision', 'abandonment') })
    .map((payload) => ['usage.rated', payload] as const),
  fc.constantFrom(-10, 10, 20).map((count) => ['guides.consultations', { count }] as const),
  fc.boolean().map((exercise) => ['situation.lage-opened', { exercise }] as const),
  fc.array(fc.constantFrom('accepted', 'changed', 'refused')).map((all) => ['proposals.settled', { items: all.map((outcome) => ({ outcome })) }] as const),
  fc.record({ sensors_all: fc.nat(20), open_data: fc.nat(20) }).map((payload) => ['indicators.snapshot', payload] as const),
);
const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.nat(5).map((n) => `case:${n}`),
      ofCase,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.nat(3).map((n) => `account:${n}`),
      ofAccount,
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant('city'), ofCity) },
);

/** Histories of a few cases, accounts and the city, mixed; some of their hours lie at the edge of a month. */
const historyOf = (minLength: number) =>
  fc.array(fc.tuple(event, fc.integer({ min: 1, max: 40 })), { minLength, maxLength: 120 }).map((all): Fact[] => {
    let at = Temporal.Instant.from('2026-01-31T20:30Z');
    return all.map(([[stream, [kind, payload]], hours], index) => ({ seq: index + 1, at: (at = at.add({ hours })), stream, kind, payload: { ...payload } }));
  });

export const random = { history: historyOf(0), long: historyOf(40) };
