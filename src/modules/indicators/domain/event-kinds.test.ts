import assert from 'node:assert/strict';
import { it } from 'node:test';
import { factsOf, type Step } from '../../../../test/support/indicator-histories.ts';
import { BUILT_IN } from './built-in.ts';
import { NAMES } from './counters.ts';
import { nameOf, type Definition } from './definition.ts';
import { FOLLOWED, MADE_OF } from './event-kinds.ts';
import type { Fact } from './facts.ts';
import { Figures } from './figures.ts';
import { Recomputation } from './fold.ts';
import { monthsBetween } from './months.ts';
import { eventsBehind } from './told.ts';

const YEAR = monthsBetween('2026-01', '2026-12');

/** What every name of a formula stands for after these entries. */
function numbersOf(facts: readonly Fact[]): Readonly<Record<string, number | undefined>> {
  const anew = new Recomputation();
  anew.take(facts);
  const figures = new Figures();
  figures.take([...anew.cells().values()]);
  const bundle = figures.of(YEAR);
  return Object.fromEntries(Object.keys(NAMES).map((name) => [name, bundle.value(name)]));
}

/** Every way a short stream can go: something begins it, and up to three of the others follow, each on a later day. */
function waysOf(begins: readonly (readonly [string, object])[], others: readonly (readonly [string, (day: string) => object])[]): Step[][] {
  const day = (index: number): string => `2026-03-${String(3 + index * 4).padStart(2, '0')}`;
  let ways: Step[][] = begins.map(([kind, payload]) => [[day(0), kind, payload]]);
  const all = [...ways];
  for (let length = 1; length <= 3; length += 1) {
    ways = ways.flatMap((way) => others.map(([kind, payload]): Step[] => [...way, [day(length), kind, payload(day(length))]]));
    all.push(...ways);
  }
  return all;
}

const CASES = waysOf(
  ['antrag-eingereicht', 'von-amts-wegen-begonnen', 'akte-uebernommen'].map((kind) => [kind, { service: 'hund' }] as const),
  [
    ['vollstaendig', (completeOn) => ({ completeOn })],
    ['nachforderung-gestellt', () => ({})],
    ['bescheid-erlassen', (decidedOn) => ({ decidedOn, decisionKind: 'bescheid', automated: true, channel: 'postfach' })],
    ['bescheid-bekanntgegeben', () => ({ via: 'post' })],
    ['genehmigung-fingiert', (since) => ({ since })],
    ['zurueckgenommen', () => ({})],
    ['widerspruch-eingelegt', (receivedOn) => ({ receivedOn })],
  ],
).map(factsOf);

const accounts = (begins: readonly (readonly [string, object])[], others: readonly (readonly [string, () => object])[]): Fact[][] =>
  waysOf(begins, others).map((steps) => factsOf(steps).map((fact) => ({ ...fact, stream: 'account:1', kind: fact.kind.replace('procedure.', 'identity.') })));
const EID = { method: 'eid', account: 'new' };
const ACCOUNTS = [
  ...accounts(
    [
      ['account-registered', {}],
      ['signed-in', EID],
    ],
    [
      ['signed-in', () => ({ ...EID, account: 'known' })],
      ['account-deleted', () => ({})],
    ],
  ),
  ...accounts([['organisation-founded', {}]], [['organisation-deleted', () => ({})]]),
];

/** What the city itself writes, beside one case. */
const CITY: Fact[] = [
  ...factsOf([['2026-03-02', 'antrag-eingereicht', { service: 'hund' }]]),
  ...Object.entries({
    'usage.counter-cases': { service: 'hund', count: 10 },
    'usage.rated': { service: 'hund', after: 'decision', score: 4 },
    'llm.answered': { finish: 'stop' },
    'proposals.settled': { items: [{ outcome: 'accepted' }, { outcome: 'changed' }] },
    'situation.lage-opened': { exercise: true },
    'guides.consultations': { count: 10 },
    'indicators.snapshot': { snapshot_day: 20260302, sensors_all: 9, sensors_fresh: 8, open_data: 7 },
  }).map(([kind, payload], index): Fact => ({ seq: index + 2, at: Temporal.Instant.from('2026-03-02T12:00Z'), stream: 'city', kind, payload })),
];

it('a name is made of exactly the kinds of events without which it would be another number', () => {
  const found = new Map<string, Set<string>>(Object.keys(NAMES).map((name) => [name, new Set<string>()]));
  for (const facts of [...CASES, ...ACCOUNTS, CITY]) {
    const whole = numbersOf(facts);
    for (const kind of new Set(facts.map((fact) => fact.kind))) {
      const without = numbersOf(facts.filter((fact) => fact.kind !== kind));
      for (const name of Object.keys(NAMES)) if (without[name] !== whole[name]) found.get(name)!.add(kind);
    }
  }
  const sorted = (kinds: Iterable<string>): string[] => [...kinds].toSorted();
  assert.deepEqual(
    Object.fromEntries([...found].map(([name, kinds]) => [name, sorted(kinds)])),
    Object.fromEntries(Object.entries(MADE_OF).map(([name, kinds]) => [name, sorted(kinds)])),
  );
  const written = new Set([...CASES, ...ACCOUNTS, CITY].flat().map(({ kind }) => kind));
  assert.deepEqual(sorted(FOLLOWED), sorted(written), 'every kind that is read was tried');
});

it('a figure is made of the events of its formula, also through other indicators; one from outside of none', () => {
  const own = (key: string, formula: string, kind: Definition['kind'] = 'defined'): Definition => ({ ...BUILT_IN[0]!, key, formula, kind });
  const made = [own('by-people', '1 - automation'), own('twice', 'by_people * 2 + outside'), own('outside', '', 'imported'), own('nothing', '1 + 1')];
  const all = new Map([...BUILT_IN, ...made].map((one) => [nameOf(one.key), one]));
  const events = (key: string): readonly string[] => eventsBehind(all.get(nameOf(key))!, all);
  assert.deepEqual(events('online-share'), ['procedure.antrag-eingereicht', 'usage.counter-cases']);
  assert.deepEqual(events('satisfaction'), ['usage.rated']);
  assert.deepEqual(events('sensor-freshness'), ['indicators.snapshot']);
  assert.deepEqual(events('twice'), ['procedure.antrag-eingereicht', 'procedure.bescheid-erlassen']);
  assert.deepEqual([events('outside'), events('nothing')], [[], []]);
});
