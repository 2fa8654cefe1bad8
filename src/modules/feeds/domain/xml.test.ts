import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { XmlDocument, XmlElement as LibElement, XmlText, XmlCData } from 'libxml2-wasm';
import { parseXml, type XmlElement } from './xml.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

/** What both readers must agree on. */
interface Plain {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Plain[];
}

const ownPlain = ({ name, namespace, attributes, text, children }: XmlElement): Plain => ({
  name,
  namespace,
  attributes: Object.fromEntries([...attributes].filter(([key]) => !key.startsWith('xmlns')).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  text,
  children: children.map(ownPlain),
});

function libPlain(element: LibElement): Plain {
  const children: Plain[] = [];
  let text = '';
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof LibElement) children.push(libPlain(node));
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  }
  const attributes = element.attrs.map((one) => [one.prefix === '' ? one.name : `${one.prefix}:${one.name}`, one.value] as const);
  return {
    name: element.name,
    namespace: element.namespaceUri,
    attributes: Object.fromEntries(attributes.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    text,
    children,
  };
}

function lib(xml: string): Plain | undefined {
  try {
    const document = XmlDocument.fromString(xml);
    try {
      return libPlain(document.root);
    } finally {
      document.dispose();
    }
  } catch {
    return undefined;
  }
}

const SAME = [
  '<event uid="A" type=\'a-f-G\'><point lat="53.5" lon="9.9"/><detail><contact callsign="HLRW &#50;1 &amp; &quot;x&quot;"/></detail></event>',
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a>\r\n x<![CDATA[ <b> & ]]>y<!-- z --></a>\n<!-- end -->',
  '<a xmlns="urn:oasis:names:tc:emergency:cap:1.2"><b xmlns:x="u" x:c="1"><x:d/></b></a><?pi data?>',
  '<a b="line\none\ttwo">ä€🌊&#x1F30A;</a >',
  '\ufeff<a/>',
];

const REFUSED: readonly [string, string][] = [
  ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ['an entity of its own', '<a>&x;</a>'],
  ['a billion laughs', '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'],
  ['an element that is not closed', '<a><b></a>'],
  ['two roots', '<a/><b/>'],
  ['an attribute twice', '<a b="1" b="2"/>'],
  ['an attribute twice by its namespace', '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>'],
  ['a prefix nobody has explained', '<x:a/>'],
  ['< in a value', '<a b="<"/>'],
  ['a bare &', '<a>a & b</a>'],
  [']]> in a text', '<a>]]></a>'],
  ['-- in a comment', '<a><!-- a -- b --></a>'],
  ['a control character', '<a>\u0001</a>'],
  ['a control character by its number', '<a>&#1;</a>'],
  ['half of a surrogate pair', '<a>\ud800</a>'],
  ['too deep', `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`],
  ['too many elements', `<a>${'<b/>'.repeat(20_001)}</a>`],
  ['nothing', ''],
  ['a text', 'hallo'],
];

describe('the reader of XML', () => {
  for (const xml of SAME)
    it(`reads as libxml2 does: ${xml.slice(0, 40)}`, () => {
      const own = parseXml(xml);
      assert.ok(own.ok, own.ok ? '' : own.problem);
      assert.deepEqual(ownPlain(own.value), lib(xml));
    });

  for (const [what, xml] of REFUSED)
    it(`refuses ${what} with a sentence`, () => {
      const own = parseXml(xml);
      assert.ok(!own.ok && own.problem.endsWith('.'));
    });

  it('takes nothing that libxml2 refuses, and reads what it takes in the same way', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="1">',
      '</b>',
      '<b/>',
      ' ',
      'x',
      '&amp;',
      '&#65;',
      '&',
      '<',
      '>',
      '"',
      "'",
      ']]>',
      '<![CDATA[',
      '<!--',
      '-->',
      'c="2"',
      '\r\n',
      '<x:a xmlns:x="u">',
      '</x:a>',
      'ä',
      '=',
      '/',
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.boolean(), (pieces, wrapped) => {
        const xml = wrapped ? `<a>${pieces.join('')}</a>` : pieces.join('');
        const own = parseXml(xml);
        if (!own.ok) return;
        taken += 1;
        assert.deepEqual(ownPlain(own.value), lib(xml), xml);
      }),
      { numRuns: 3000 },
    );
    assert.ok(taken > 50, `only ${taken} were taken`);
  });

  it('never throws and never hangs, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void parseXml(text)),
      { numRuns: 300 },
    );
    for (const text of ['<a '.repeat(50_000), '<!--'.repeat(50_000), `<a>${'&'.repeat(100_000)}`, `<a ${'b="1" '.repeat(20_000)}`, '<a>'.repeat(100_000)]) {
      const started = reckonedMs();
      assert.ok(!parseXml(text).ok);
      assert.ok(reckonedMs() - started < 500, text.slice(0, 10));
    }
  });
});
