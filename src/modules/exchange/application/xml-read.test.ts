import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../../kernel/result.ts';
import { child, children, descend, everyElement, textOf } from '../domain/xml-tree.ts';
import { element, toXml, type XmlNode } from '../domain/xml-write.ts';
import { readXml } from './xml-read.ts';

const read = (xml: string, limits = {}) => readXml(Buffer.from(xml, 'utf8'), limits);
const refusal = (bytes: Uint8Array | string, limits = {}) => {
  const done = readXml(typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes, limits);
  assert.equal(done.ok, false);
  return done.ok ? undefined! : done.problem;
};
const LAUGHS = `<!DOCTYPE l [<!ENTITY a "ha">${'bcdefghij'.replaceAll(/./g, (name) => `<!ENTITY ${name} "${`&${String.fromCharCode(name.charCodeAt(0) - 1)};`.repeat(10)}">`)}]><l>&j;</l>`;

describe('XML of others is refused with reason and line', () => {
  const hostile: readonly [string, Uint8Array | string, string, number | undefined][] = [
    ['billion laughs', LAUGHS, 'doctype', 1],
    ['XXE', '<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<a/>', 'doctype', 2],
    ['a document type behind a comment that names another', '<!-- <!DOCTYPE b> -->\n\n<!DOCTYPE a><a/>', 'doctype', 3],
    ['an entity nobody declared', '<a>&x;</a>', 'not-well-formed', 1],
    ['endless nesting', '<a>'.repeat(100_000), 'too-deep', 1],
    ['masses of elements', `<a>${'<b/>'.repeat(200_001)}</a>`, 'too-many-elements', 1],
    ['masses of attributes', `<a ${'b="" '.repeat(200_001)}/>`, 'too-many-elements', 1],
    ['masses of comments', `<a>${'<!---->'.repeat(200_001)}</a>`, 'too-many-elements', 1],
    ['tags that never end', '<a "'.repeat(100_000), 'not-well-formed', 1],
    ['UTF-16', Buffer.from('\uFEFF<a/>', 'utf16le'), 'encoding', undefined],
    ['Latin-1 that calls itself UTF-8', Buffer.from('<a>\xe4</a>', 'latin1'), 'encoding', undefined],
    ['a declared Latin-1', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>', 'encoding', 1],
    ['a declared UTF-7', "<?xml version='1.0' encoding='UTF-7'?><a/>", 'encoding', 1],
    ['a NUL', '<a>\u0000</a>', 'encoding', undefined],
    ['a control character by number', '<a>\n&#11;</a>', 'not-well-formed', 2],
    ['an open element', '<a>\n<b></a>', 'not-well-formed', 2],
    ['a prefix nobody declared', '<p:a/>', 'not-well-formed', 1],
    ['two roots', '<a/>\n<a/>', 'not-well-formed', 2],
    ['an attribute twice', '<a b="1" b="2"/>', 'not-well-formed', 1],
    ['nothing', '', 'not-well-formed', undefined],
  ];
  for (const [name, bytes, reason, line] of hostile) {
    it(name, () => {
      const problem = refusal(bytes);
      assert.equal(problem.reason, reason, problem.detail);
      if (line !== undefined) {
        assert.equal(problem.line, line);
        assert.ok(problem.detail.startsWith(`Zeile ${line}: `), problem.detail);
      }
    });
  }
  it('too many bytes, before anything is read', () => assert.equal(refusal('<a>12345678</a>', { maxBytes: 10 }).kind, 'too-large'));
  it('counts lines beyond 65,535', () => assert.equal(refusal(`<a>${'\n'.repeat(70_000)}<b></a>`).line, 70_001));
});

it('nothing is included or fetched', () => {
  const root = expectOk(read('<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>'));
  assert.deepEqual(
    root.children.map(({ text, children: inner }) => [text, inner.length]),
    [['', 0]],
  );
});

it('reads namespaces, text with CDATA, attributes and lines, and finds its way', () => {
  const root = expectOk(
    read(
      '\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<!-- c --><n:a xmlns:n="urn:n" xmlns:q="urn:q" q:x="1" x="2">\n<n:b> t<![CDATA[<u>]]> </n:b><b/>\n<n:b><n:c>d</n:c></n:b></n:a>',
    ),
  );
  assert.deepEqual([root.name, root.namespace, root.line], ['a', 'urn:n', 2]);
  assert.deepEqual(
    [...root.attributes],
    [
      ['{urn:q}x', '1'],
      ['x', '2'],
    ],
  );
  assert.deepEqual(
    children(root, 'urn:n', 'b').map(({ line }) => line),
    [3, 4],
  );
  assert.equal(textOf(root, 'urn:n', 'b'), 't<u>');
  assert.equal(textOf(child(root, '', 'b'), ''), undefined);
  assert.equal(descend(children(root, 'urn:n', 'b')[1], 'urn:n', 'c')?.text, 'd');
  assert.equal(descend(root, 'urn:n', 'x', 'y'), undefined);
  assert.deepEqual(
    [...everyElement(root)].map(({ name }) => name),
    ['a', 'b', 'b', 'b', 'c'],
  );
});

describe('laws', () => {
  const alphabet = fc.constantFrom(
    '<',
    '>',
    '/',
    '!',
    '[',
    ']',
    '-',
    '?',
    '"',
    "'",
    '=',
    '&',
    ';',
    '#',
    'a',
    ':',
    ' ',
    '\n',
    'CDATA',
    'DOCTYPE',
    'xml',
    '\u0000',
    'ä',
    '😀',
  );
  it('whatever the bytes: an answer, never an exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => assert.equal(typeof readXml(bytes).ok, 'boolean')));
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 60 }), (parts) => assert.equal(typeof read(parts.join('')).ok, 'boolean')),
      { numRuns: 1000 },
    );
  });
  it('a refusal is a sentence that ends', () => {
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 30 }), (parts) => {
        const done = read(parts.join(''));
        if (!done.ok) assert.match(done.problem.detail, /^(Zeile \d+: )?[A-Z].*\.$/s);
      }),
    );
  });
  it('what is written is read back: names, attributes, text', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 20 });
    const leaf = fc.tuple(words, words).map(([value, text]) => element('p:leaf', { x: value }, text));
    const tree = fc.array(leaf, { maxLength: 5 }).map((leaves) => element('p:root', { 'xmlns:p': 'urn:p' }, leaves));
    fc.assert(
      fc.property(tree, (root) => {
        const back = expectOk(read(toXml(root)));
        const leaves = root.children as readonly XmlNode[];
        assert.deepEqual(
          back.children.map(({ text, attributes }) => [text, attributes.get('x')]),
          leaves.map(({ children: [text], attributes }) => [text ?? '', attributes['x']]),
        );
      }),
    );
  });
});
