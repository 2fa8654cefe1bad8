import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyJsonPatch, UnusablePatch } from './json-patch.ts';
import type { Json } from './observation.ts';

describe('RFC 6902', () => {
  for (const [name, document, patch, expected] of [
    ['A.1 adds a member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
    ['A.2 adds an element', { foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
    ['A.3 removes a member', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
    ['A.4 removes an element', { foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['bar', 'baz'] }],
    ['A.5 replaces a value', { baz: 'qux', foo: 'bar' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo', foo: 'bar' }],
    [
      'A.6 moves a value',
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      'A.7 moves an element',
      { foo: ['all', 'grass', 'cows', 'eat'] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    ['A.8 tests with success', { baz: 'qux', foo: ['a', 2, 'c'] }, [{ op: 'test', path: '/foo/1', value: 2 }], { baz: 'qux', foo: ['a', 2, 'c'] }],
    ['A.10 adds a nested object', { foo: 'bar' }, [{ op: 'add', path: '/child', value: { grandchild: {} } }], { foo: 'bar', child: { grandchild: {} } }],
    ['A.14 escapes ~', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
    ['A.16 adds at the end', { foo: ['bar'] }, [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }], { foo: ['bar', ['abc', 'def']] }],
  ] as const)
    it(name, () => assert.deepEqual(applyJsonPatch(document as unknown as Json, patch), expected));
  for (const [name, document, patch] of [
    ['A.9 tests with error', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }]],
    ['A.12 adds to a parent that is not there', { foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'qux' }]],
    ['A.15 compares strings with numbers', { '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }]],
    ['moves into itself', { a: { b: 1 } }, [{ op: 'move', from: '/a', path: '/a/b/c' }]],
    ['an unknown operation', {}, [{ op: 'mix', path: '/a' }]],
    ['a place past the end', { a: [1] }, [{ op: 'add', path: '/a/3', value: 1 }]],
    ['no list', {}, { op: 'add' }],
    ['a missing value', {}, [{ op: 'add', path: '/a' }]],
  ] as const)
    it(`refuses: ${name}`, () => assert.throws(() => applyJsonPatch(document, patch), UnusablePatch));
});

it('never changes the document given, and touches no prototype', () => {
  const document = { a: [1] };
  applyJsonPatch(document, [{ op: 'add', path: '/a/-', value: 2 }]);
  assert.deepEqual(document, { a: [1] });
  applyJsonPatch({}, [{ op: 'add', path: '/__proto__', value: { dirty: true } }]);
  assert.throws(() => applyJsonPatch({}, [{ op: 'add', path: '/__proto__/dirty', value: true }]), UnusablePatch);
  assert.equal(({} as { dirty?: boolean }).dirty, undefined);
});

it('never lets a part double until it fills the memory', () => {
  const twice = Array.from({ length: 1000 }, (_, step) => ({ op: 'copy', from: '', path: `/${step}` }));
  assert.throws(() => applyJsonPatch({ a: 'x'.repeat(100) }, twice), /fügt zu viel hinzu/);
});

it('understands or refuses whatever comes', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.array(
        fc.record({ op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'), path: fc.string(), from: fc.string(), value: fc.jsonValue() }),
      ),
      (document, patch) => {
        try {
          applyJsonPatch(document as Json, patch);
        } catch (error) {
          assert.ok(error instanceof UnusablePatch);
        }
      },
    ),
  );
});
