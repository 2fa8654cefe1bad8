import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { confirmationMissing, gradeOfEvent, independentSources, type Sourced } from './grade.ts';
import { gradeAtReceipt } from './report.ts';
import { printOf } from './text-print.ts';

let serial = 0;
const sourced = (over: Partial<Sourced> & { readonly text?: string } = {}): Sourced => ({
  id: `r${serial++}`,
  origin: 'social',
  sourceName: `konto ${serial}`,
  organisation: null,
  sourceRef: null,
  originRef: null,
  reliability: 'F',
  credibility: 6,
  state: 'new',
  print: printOf(over.text ?? `Ganz eigene Worte Nummer ${serial * 7919} über das, was hier gerade geschieht ${serial}`),
  ...over,
});

describe('independent sources', () => {
  const text = 'Das Fluttor am Sandtorkai steht noch weit offen, Wasser läuft ein';
  for (const [rule, reports, count] of [
    ['two people with words of their own are two', [sourced({ text }), sourced({ text: 'Am Sandtorkai schließt niemand das Tor, der Keller läuft voll' })], 2],
    ['one source twice is one', [sourced({ sourceName: 'x' }), sourced({ sourceName: 'x' })], 1],
    ['a repost and what it copies are one', [sourced({ sourceRef: 'p1' }), sourced({ originRef: 'p1' })], 1],
    ['two reposts of a third are one', [sourced({ originRef: 'p9' }), sourced({ originRef: 'p9' })], 1],
    ['copied words are one', [sourced({ text }), sourced({ text: `${text} 😱` })], 1],
    ['short words alike prove no copy', [sourced({ text: 'Tor offen' }), sourced({ text: 'Tor offen' })], 2],
    ['what is refused counts for nothing', [sourced({ state: 'refused' }), sourced()], 1],
  ] as [string, Sourced[], number][])
    it(rule, () => assert.equal(independentSources(reports).length, count));

  it('a chain of copies is one, in whatever order they came', () => {
    const chain = [sourced({ originRef: 'b', sourceRef: 'c' }), sourced({ sourceRef: 'a' }), sourced({ sourceRef: 'b', originRef: 'a' })];
    assert.equal(independentSources(chain).length, 1);
  });
});

describe('the grade', () => {
  it('of a post that anybody can write is F6', () => {
    for (const origin of ['social', 'public', 'mail'] as const) assert.deepEqual(gradeAtReceipt({ origin }), { reliability: 'F', credibility: 6 });
  });
  it('rates each axis alone', () => assert.deepEqual(gradeAtReceipt({ origin: 'social', credibility: 3 }), { reliability: 'F', credibility: 3 }));
  it('of an event is the best on each axis', () => {
    const { reliability, credibility } = gradeOfEvent([sourced({ reliability: 'B', credibility: 5 }), sourced({ reliability: 'D', credibility: 2 })]);
    assert.deepEqual([reliability, credibility], ['B', 2]);
  });
  it('1 of one source counts as 2', () => {
    assert.equal(gradeOfEvent([sourced({ credibility: 1 })]).credibility, 2);
    assert.equal(gradeOfEvent([sourced({ credibility: 1 }), sourced()]).credibility, 1);
  });
  it('1 is refused by a person without a second source', () => {
    assert.match(confirmationMissing(1, 1)!, /unabhängigen Quellen/);
    assert.equal(confirmationMissing(1, 2), undefined);
    assert.equal(confirmationMissing(2, 1), undefined);
  });
});
