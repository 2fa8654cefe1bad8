import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pairFigures } from './evaluate.ts';
import { evaluateSet, lineOf, readLine, type LabelledReport } from './evaluate-set.ts';
import { fusableOf } from './fusable.ts';
import { Fusion, type Verdict } from './fuse.ts';
import { madeSet } from './made-set.ts';
import type { IncomingReport } from './report.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

const AT = Temporal.Instant.from('2026-11-28T19:00:00Z');
type Told = Partial<Omit<IncomingReport, 'lageId'>> & { readonly text: string; readonly minutes?: number };
let serial = 0;
const told = ({ minutes = 0, ...over }: Told): Omit<IncomingReport, 'lageId'> => ({
  origin: 'person',
  sourceName: `Florian ${serial++}`,
  eventAt: AT.add({ minutes }),
  receivedAt: AT.add({ minutes }),
  ...over,
});

/** Takes two reports in. @returns what is found of the second */
function second(a: Told, b: Told): Verdict {
  const fusion = new Fusion();
  fusion.place(fusableOf('a', told(a)));
  return fusion.place(fusableOf('b', told(b)));
}

const HERE = { lon: 9.941, lat: 53.545, uncertaintyMetres: 30 };
const metresEast = (metres: number) => ({ ...HERE, lon: HERE.lon + metres / 66_150 });
const LONG = 'Seit eben läuft hier das Wasser in alle Keller, bitte schickt schnell Pumpen und Sandsäcke';

describe('two reports are one event', () => {
  for (const [rule, a, b, reason] of [
    [
      'by what the repost says',
      { text: 'Feuer!', origin: 'social', sourceRef: 'p1' },
      { text: 'Seht euch das an', origin: 'social', originRef: 'p1' },
      'repost',
    ],
    [
      'by the same words of people, wherever they stand',
      { text: LONG, origin: 'social', place: HERE },
      { text: `RT @x: ${LONG}`, origin: 'social', place: metresEast(9000) },
      'same-text',
    ],
    [
      'by kind, place and time, in other words',
      { text: 'Dachstuhl brennt', place: HERE },
      { text: 'Flammen und Rauch', place: metresEast(40), minutes: 6 },
      'alike',
    ],
    ['by the place they name, without coordinates', { text: 'Stromausfall am Sandtorkai' }, { text: 'Am Sandtorkai ist der Strom weg', minutes: 4 }, 'alike'],
    [
      'with a vague place, too',
      { text: 'Schute treibt am Moldauhafen', place: { ...HERE, uncertaintyMetres: 600 } },
      { text: 'Schute am Moldauhafen losgerissen', place: metresEast(500), minutes: 5 },
      'alike',
    ],
  ] as [string, Told, Told, string][])
    it(rule, () => assert.equal(second(a, b).link?.reason, reason));
});

describe('two reports are two events', () => {
  for (const [rule, a, b] of [
    ['of kinds that nobody takes for each other', { text: 'Feuer am Sandtorkai', place: HERE }, { text: 'Tor am Sandtorkai ist offen', place: HERE }],
    [
      'with other street names near by',
      { text: 'Baum liegt quer in der Linnéstraße', place: HERE },
      { text: 'Baum liegt quer in der Ankerstraße', place: metresEast(250), minutes: 5 },
    ],
    ['too far from each other', { text: 'Feuer im Dach', place: HERE }, { text: 'Feuer im Dach', place: metresEast(600), minutes: 2 }],
    ['too late', { text: 'Person treibt im Wasser', place: HERE }, { text: 'Person treibt im Wasser', place: HERE, minutes: 600 }],
    [
      'of one program that always writes alike',
      { text: `Messwert überschritten: ${LONG}`, origin: 'sensor', place: HERE },
      { text: `Messwert überschritten: ${LONG}`, origin: 'sensor', place: metresEast(5000) },
    ],
    ['in other houses of a long street', { text: 'Feuer in der Veddeler Straße 4' }, { text: 'Feuer in der Veddeler Straße 180', minutes: 3 }],
    [
      'with alike words about other places',
      { text: 'Sickerwasser am Deichfuß am Ellerholzweg, etwa 10 m breit' },
      { text: 'Sickerwasser am Deichfuß am Sandtorkai, etwa 10 m breit' },
    ],
  ] as [string, Told, Told][])
    it(rule, () => assert.equal(second(a, b).link, undefined));
});

it('what is neither is proposed to a person', () => {
  const { link, proposals } = second({ text: 'Dachstuhl brennt', place: HERE }, { text: 'Flammen und Rauch', place: metresEast(160), minutes: 2 });
  assert.equal(link, undefined);
  assert.equal(proposals.length, 1);
});

it('a row of neighbours does not grow into one event', () => {
  const fusion = new Fusion();
  const found = Array.from({ length: 40 }, (_, n) =>
    fusion.place(fusableOf(`n${n}`, told({ text: 'Wasser auf der Fahrbahn', category: 'flooded-street', place: metresEast(n * 90), minutes: n }))),
  );
  assert.ok(new Set(found.map(({ eventId }) => eventId)).size >= 5, `${new Set(found.map(({ eventId }) => eventId)).size} events in 3.6 km`);
});

it('contradictions are found at one thing, not at its neighbour', () => {
  const open: Told = { text: 'Tor 12 am Sandtorkai ist noch offen', place: HERE };
  assert.equal(second(open, { text: 'Tor 12 am Sandtorkai ist geschlossen', place: HERE, minutes: 5 }).contradictions.length, 1);
  assert.equal(second(open, { text: 'Tor 13 am Kehrwieder ist geschlossen', place: HERE, minutes: 5 }).contradictions.length, 0);
  assert.equal(second(open, { text: 'Tor 12 am Sandtorkai ist geschlossen', place: HERE, minutes: 50 }).contradictions.length, 0);
});

it('work for one report does not grow with the Lage', () => {
  const fusion = new Fusion();
  const portion = (from: number, count: number): number => {
    const start = reckonedMs();
    for (let n = from; n < from + count; n++)
      fusion.place(fusableOf(`w${n}`, told({ text: `Meldung ${n % 50} vom Platz`, category: 'flooded-street', place: metresEast(n % 20), minutes: n % 60 })));
    return reckonedMs() - start;
  };
  portion(0, 300);
  const early = portion(300, 300);
  portion(600, 2400);
  const late = portion(3000, 300);
  assert.ok(late < early * 5, `${early.toFixed(0)} ms, then ${late.toFixed(0)} ms`);
});

describe('made sets', () => {
  const seeds = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110];
  const all = seeds.map((seed) => evaluateSet({ reports: madeSet(seed), truth: [], estimates: [] }).pairs);
  for (const [index, figures] of all.entries())
    it(`seed ${seeds[index]!}: precision at least 0.85, recall at least 0.8, no more than 6 false merges`, () => {
      assert.ok(figures.reports > 200);
      assert.ok(figures.precision >= 0.85, `precision ${figures.precision}`);
      assert.ok(figures.recall >= 0.8, `recall ${figures.recall}`);
      assert.ok(figures.falseMerges <= 6, `${figures.falseMerges} false merges`);
    });
  it('together: precision at least 0.93, recall at least 0.88', () => {
    const mean = (pick: (one: (typeof all)[number]) => number): number => all.reduce((sum, one) => sum + pick(one), 0) / all.length;
    assert.ok(mean(({ precision }) => precision) >= 0.93, `precision ${mean(({ precision }) => precision)}`);
    assert.ok(mean(({ recall }) => recall) >= 0.88, `recall ${mean(({ recall }) => recall)}`);
  });
  it('are the same for the same seed, and survive the way through a file', () => {
    const set = madeSet(5, 10);
    assert.deepEqual(madeSet(5, 10).map(lineOf), set.map(lineOf));
    const read = set.map((report) => (readLine(lineOf(report)) as { report: LabelledReport }).report);
    assert.deepEqual(evaluateSet({ reports: read, truth: [], estimates: [] }), evaluateSet({ reports: set, truth: [], estimates: [] }));
  });
});

it('pairwise figures count pairs, false merges and pieces', () => {
  const figures = pairFigures([
    { event: 'a', found: '1' },
    { event: 'a', found: '1' },
    { event: 'a', found: '2' },
    { event: 'b', found: '2' },
    { event: 'c', found: '3' },
  ]);
  assert.deepEqual([figures.truePairs, figures.foundPairs, figures.rightPairs, figures.falseMerges, figures.split], [3, 2, 1, 1, 1]);
  assert.deepEqual([figures.precision, figures.recall], [0.5, 1 / 3]);
});
