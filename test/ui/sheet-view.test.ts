import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bounded, placeAt, stepFor, tilesIn, wholePage, zoomed } from '../../src/browser/sheet-view.ts';

const page = { width: 2000, height: 1000 };
const screen = { width: 800, height: 600 };

describe('What of a sheet is on the screen', () => {
  it('begins with the whole page in the middle', () => {
    const view = wholePage(page, screen);
    assert.deepEqual(view, { scale: 0.4, x: 1000, y: 500 });
    assert.deepEqual(placeAt(view, 0, 300, screen), { x: 0, y: 500 });
  });
  it('comes nearer around the place under the pointer', () => {
    const before = wholePage(page, screen);
    const after = zoomed(before, 2, 100, 250, screen);
    const [a, b] = [placeAt(before, 100, 250, screen), placeAt(after, 100, 250, screen)];
    assert.ok(Math.abs(a.x - b.x) < 1e-9 && Math.abs(a.y - b.y) < 1e-9);
  });
  it('never leaves the page, never shrinks below it, never grows beyond the finest drawing', () => {
    assert.deepEqual(bounded({ scale: 0.01, x: -50, y: 4000 }, page, screen, 8), { scale: 0.4, x: 0, y: 1000 });
    assert.equal(bounded({ scale: 90, x: 1, y: 1 }, page, screen, 8).scale, 8);
  });
  it('asks for the tiles it shows and no others, the middle first', () => {
    const at = { zoom: 2, drawn: 2048 / 2000, tile: 512 };
    const all = tilesIn(wholePage(page, screen), page, screen, at);
    assert.equal(all.length, 4 * 2, 'the grid of the server: 2048 x 1024 pixels');
    const near = tilesIn({ scale: 2, x: 0, y: 0 }, page, screen, at);
    assert.deepEqual(
      near.map(({ key }) => key),
      ['2/0/0'],
    );
    assert.deepEqual([near[0]!.left, near[0]!.top], [400, 300]);
  });
  it('takes the step that is fine enough', () => {
    assert.deepEqual(
      [0.2, 0.5, 1.2, 99].map((wanted) => stepFor([0.25, 0.5, 1, 2], wanted)),
      [0, 1, 2, 3],
    );
  });
});
