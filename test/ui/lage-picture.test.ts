import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { extent, isOld, middle, SeenPicture } from '../../src/browser/lage-picture.ts';
import type { SeenObject } from '../../src/browser/lage-types.ts';
import { isContradicted } from '../../src/kernel/lage-signs.ts';

const object = (id: string, seq: number, more: Partial<SeenObject> = {}): SeenObject => ({
  ...{ id, seq, kind: 'unit', layer: 'kraefte', title: id, geometry: null, facts: {}, ended: false },
  ...{ source: { kind: 'person', name: 'S2' }, eventAt: '2026-11-28T12:00:00Z', receivedAt: '2026-11-28T12:00:00Z', changedAt: '2026-11-28T12:00:00Z' },
  ...more,
});
const KINDS = { unit: { title: 'Einheit', colour: '#000000', staleSeconds: 600 } };

describe('the picture in the browser', () => {
  it('keeps the newest word on an object, in whichever order it comes, and once', () => {
    const picture = new SeenPicture();
    assert.equal(picture.take([object('a', 1), object('a', 3), object('b', 2)]).length, 3);
    assert.equal(picture.take([object('a', 2), object('a', 3)]).length, 0);
    assert.equal(picture.objects.get('a')?.seq, 3);
  });
  it('what has ended goes, and an older word does not bring it back', () => {
    const picture = new SeenPicture();
    picture.take([object('a', 1), object('a', 4, { ended: true })]);
    assert.equal(picture.objects.has('a'), false);
    picture.take([object('a', 3)]);
    assert.equal(picture.objects.has('a'), false);
    picture.take([object('a', 5)]);
    assert.equal(picture.objects.has('a'), true);
  });
  it('what left comes back with the word it had, what ended does not', () => {
    const picture = new SeenPicture();
    picture.take([object('a', 1), object('b', 2)]);
    picture.leave(['a', 'b', 'c']);
    assert.equal(picture.objects.size, 0);
    assert.equal(picture.take([object('a', 1), object('b', 3, { ended: true }), object('b', 2)]).length, 2);
    assert.deepEqual([...picture.objects.keys()], ['a']);
  });
  it('is old by its own limit, else by that of its kind', () => {
    const at = Date.parse('2026-11-28T12:05:00Z');
    assert.equal(isOld(object('a', 1), KINDS, at), false);
    assert.equal(isOld(object('a', 1, { staleAfterSeconds: 60 }), KINDS, at), true);
    assert.equal(isOld(object('a', 1), KINDS, at + 600_000), true);
  });
  it('says where sources contradict each other', () => {
    assert.equal(isContradicted({ contradiction: true }), true);
    assert.equal(isContradicted({ contradicts: ['report:1'] }), true);
    assert.equal(isContradicted({ contradicts: [] }), false);
  });
  it('knows extent and middle of every shape', () => {
    assert.deepEqual(
      extent({
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [9, 53],
              [10, 53],
              [10, 54],
              [9, 53],
            ],
          ],
        ],
      }),
      [9, 53, 10, 54],
    );
    assert.deepEqual(middle({ type: 'Point', coordinates: [9, 53] }), [9, 53]);
    assert.equal(middle(null), undefined);
  });
});
