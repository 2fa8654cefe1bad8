import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { schemaPath, withoutSchema } from '../application/xmllint-testing.ts';
import { din91379 } from './din-91379.ts';

const SCHEMA = 'xbau-2.6/din-norm-91379-datatypes.xsd';

describe('DIN 91379, data type C', () => {
  const cases: readonly [string, string][] = [
    ['Müller-Lüdenscheidt, Straße 1', 'Müller-Lüdenscheidt, Straße 1'],
    ['„Haus am Meer“ – Anbau …', '"Haus am Meer" - Anbau ...'],
    ['Çağlar Đoković Ħal ŷ', 'Çağlar Đoković Ħal ŷ'],
    ['K\u0304ene C\u0328\u0306', 'K\u0304ene C\u0328\u0306'],
    ['Б 東 😀', '? ? ?'],
    ['a\u0000b\u200Bc', 'a?bc'],
    ['zwei\nZeilen', 'zwei\nZeilen'],
  ];
  for (const [given, said] of cases) it(JSON.stringify(given), () => assert.equal(din91379(given), said));
});

describe('against the pattern of the real schema', { skip: withoutSchema(SCHEMA) }, () => {
  const xsd = withoutSchema(SCHEMA) === false ? readFileSync(schemaPath(SCHEMA), 'utf8') : '';
  const pattern = /name="datatypeC"[\s\S]*?pattern value="([^"]+)"/.exec(xsd)?.[1] ?? 'x';
  const allowed = new RegExp(`^(?:${pattern.replace(/&#x([0-9A-F]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))})$`, 'u');

  it('leaves every sign that the norm knows as it is, and writes no other', () => {
    let known = 0;
    for (let code = 0; code < 0xffff; code++) {
      const sign = String.fromCharCode(code);
      if (/[\uD800-\uDFFF]/.test(sign)) continue;
      const said = din91379(sign);
      assert.ok(allowed.test(said), `U+${code.toString(16)} becomes ${JSON.stringify(said)}`);
      if (!allowed.test(sign) || sign.normalize('NFC') !== sign) continue;
      known += 1;
      assert.equal(said, sign, `U+${code.toString(16)}`);
    }
    assert.ok(known > 580, String(known));
  });

  it('writes only what the norm allows, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.match(din91379(text), allowed)));
  });
});
