import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { currentVersions, formerOf, versionsOf, type Filed } from './versions.ts';

const file = (id: string, change: Partial<Filed> = {}): Filed => ({ id, slot: 'lageplan', fileName: `${id}.pdf`, replaces: null, submitted: true, ...change });

describe('Versions of documents', () => {
  it('counts along what each file replaces; only the last of a row is current', () => {
    const found = versionsOf([file('a'), file('b'), file('c', { replaces: 'a' }), file('d', { replaces: 'c' })]);
    assert.deepEqual(
      found.map(({ id, version, current, former }) => [id, version, current, former]),
      [
        ['a', 1, false, undefined],
        ['b', 1, true, undefined],
        ['c', 2, false, 'a'],
        ['d', 3, true, 'c'],
      ],
    );
  });

  for (const [what, said, single, fileName, expected] of [
    ['the one that is named', 'a', false, 'neu.pdf', 'a'],
    ['nothing, when it is said to be additional', 'zusaetzlich', true, 'a.pdf', null],
    ['the one of the same name', undefined, false, 'b.pdf', 'b'],
    ['the only one, where the package takes one', undefined, true, 'neu.pdf', 'b'],
    ['nothing, where several are taken and no name fits', undefined, false, 'neu.pdf', null],
    ['nobody: there is no such file', 'weg', false, 'neu.pdf', undefined],
  ] as const) {
    it(`a new file replaces ${what}`, () => {
      assert.equal(formerOf([file('a'), file('b')], { slot: 'lageplan', fileName }, { said, single }), expected);
    });
  }

  it('what is replaced already, not handed in yet, or of another kind cannot be replaced', () => {
    const present = [file('a'), file('b', { replaces: 'a', submitted: false }), file('c', { slot: 'schnitt' })];
    for (const said of ['a', 'b', 'c']) assert.equal(formerOf(present, { slot: 'lageplan', fileName: 'x.pdf' }, { said, single: false }), undefined);
  });

  it('a decision rests on the newest version of what was handed in', () => {
    const present = [file('a'), file('b', { replaces: 'a' }), file('c', { replaces: 'b', submitted: false })].map((one) => ({ ...one, sha256: `${one.id}0` }));
    assert.deepEqual(currentVersions(present), [{ slot: 'lageplan', version: 2, sha256: 'b0' }]);
  });
});
