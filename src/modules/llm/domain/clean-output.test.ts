import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cleanOutput, cleanValue, OutputCleaner } from './clean-output.ts';

describe('text of a model as it may be shown', () => {
  for (const [name, from, to] of [
    ['a tag', '<script>alert(1)</script>', '‹script>alert(1)‹/script>'],
    ['a comment', '<!-- x -->', '‹!-- x -->'],
    ['a comparison stays', 'Abstand < 3 m und 5 > 4', 'Abstand < 3 m und 5 > 4'],
    ['an image that loads', '![Karte](https://boese.example/b.png?d=Petersen)', '[Karte] (boese.example/b.png?d=Petersen)'],
    ['a link', '[hier](http://boese.example)', '[hier] (boese.example)'],
    ['a link by reference', '[hier][1]\n\n[1]: https://boese.example', '[hier] [1]\n\n[1] : boese.example'],
    ['a bare address', 'Siehe https://www.hamburg.de/x.', 'Siehe www.hamburg.de/x.'],
    ['an address inside of an address', 'hthttps://tps://boese.example', 'boese.example'],
    ['a tag made of what is taken out', '<https://img src=x>', '‹img src=x>'],
    ['a joint made of what is taken out', ']https://(x)', '] (x)'],
    ['an image made of what is taken out', '!https://[x]', '[x]'],
    ['signs that hide text', 'ja\u202enein\u200b\u{e0041}', 'janein'],
    ['German stays', '„Größe“: 5 m² – § 3 Abs. 2 [1] (siehe D1)', '„Größe“: 5 m² – § 3 Abs. 2 [1] (siehe D1)'],
  ] as const)
    it(name, () => assert.equal(cleanOutput(from), to));

  const piece = fc.constantFrom(
    '<',
    '!',
    '[',
    ']',
    '(',
    ':',
    '/',
    'h',
    't',
    'tp',
    's',
    'https://',
    'ftp://',
    '://',
    'img',
    ' ',
    '\u200b',
    '\u{1f600}',
    '\ud83d',
    '\ude00',
    '\u{e0041}',
    'ä',
  );
  const text = fc.array(piece, { maxLength: 30 });

  it('whatever it is made of, nothing active is left', () => {
    fc.assert(
      fc.property(text, (pieces) => {
        const out = cleanOutput(pieces.join(''));
        assert.doesNotMatch(out, /<[a-z/!?]|\]\(|\]\[|\]:|!\[|(https?|ftps?):\/\//i);
      }),
      { numRuns: 5000 },
    );
  });
  it('however it is cut, the whole is the same', () => {
    fc.assert(
      fc.property(text, (pieces) => {
        const cleaner = new OutputCleaner();
        const streamed = pieces.map((one) => cleaner.push(one)).join('') + cleaner.end();
        assert.equal(streamed, cleanOutput(pieces.join('')));
      }),
      { numRuns: 5000 },
    );
  });
  it('plain words are not held back', () => {
    const cleaner = new OutputCleaner();
    assert.equal(cleaner.push('Die'), 'Die');
    assert.equal(cleaner.push(' Brücke'), ' Brücke');
  });
  it('every text inside a value, and no key of the prototype', () => {
    assert.deepEqual(cleanValue(JSON.parse('{"a":["<b>",1,null,{"c":"![x](y)"}],"__proto__":{"d":1}}')), { a: ['‹b>', 1, null, { c: '[x] (y)' }] });
  });
});

it('reads a long run of one sign once', () => {
  const before = process.cpuUsage();
  assert.equal(cleanOutput(`${'!'.repeat(60_000)}[`), '[');
  cleanOutput('!'.repeat(60_000));
  const { user, system } = process.cpuUsage(before);
  assert.ok(user + system < 2_000_000, `${user + system} µs`);
});
