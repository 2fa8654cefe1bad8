import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markProblems, marksOpen, mmOf, pointsOf, standingOf, type MarkInput, type MarkPlace } from './mark.ts';

const A4 = { width: 595.3, height: 841.9 };
const place: MarkPlace = { boxes: [A4], current: true, others: [] };
const input: MarkInput = { page: 1, xMm: 20, yMm: 30, kind: 'vermerk', text: 'Abstand prüfen' };
const wrong = (change: Partial<MarkInput>, at: Partial<MarkPlace> = {}): string[] =>
  markProblems({ ...input, ...change }, { ...place, ...at }).map(({ field }) => field);

describe('Entries on a sheet', () => {
  it('millimetres from the upper left corner, both ways', () => {
    assert.equal(mmOf(pointsOf(297)), 297);
    assert.deepEqual(wrong({}), []);
    assert.deepEqual(wrong({ xMm: 210, yMm: 297 }), []);
  });
  for (const [what, change, at, fields] of [
    ['a page that is not there', { page: 2 }, {}, ['page']],
    ['a place beside the page', { xMm: 211, yMm: -1 }, {}, ['xMm', 'yMm']],
    ['a remark without words', { text: ' ' }, {}, ['text']],
    ['a text beyond measure', { text: 'x'.repeat(1001) }, {}, ['text']],
    ['a green stamp on an old version', { kind: 'gruen' }, { current: false }, ['kind']],
    ['green beside invalid', { kind: 'gruen' }, { others: [{ kind: 'ungueltig', page: 1 }] }, ['kind']],
    ['invalid beside green', { kind: 'ungueltig' }, { others: [{ kind: 'gruen', page: 1 }] }, ['kind']],
  ] as const) {
    it(`refuses ${what}`, () => assert.deepEqual(wrong(change, at), fields));
  }
  it('a stamp needs no words, and an old version may be marked invalid', () => {
    assert.deepEqual(wrong({ kind: 'gruen', text: '' }), []);
    assert.deepEqual(wrong({ kind: 'ungueltig', text: '' }, { current: false }), []);
  });
  it('only a stamp or an Auflage brings a sheet into the decision', () => {
    const standing = (...kinds: MarkInput['kind'][]) => standingOf(kinds.map((kind) => ({ kind })));
    assert.deepEqual(
      [standing('vermerk'), standing('vermerk', 'auflage'), standing('gruen', 'auflage'), standing('ungueltig')],
      [undefined, 'vermerkt', 'genehmigt', 'ungueltig'],
    );
  });
  it('is open while the authority examines, and closed for approval and after the decision', () => {
    const open = (status: string, decided = false) => marksOpen({ status, decided });
    assert.deepEqual(
      [open('eingegangen'), open('in_pruefung'), open('freigabe'), open('beschlossen'), open('zurueckgenommen'), open('in_pruefung', true)],
      [true, true, false, false, false, false],
    );
  });
});
