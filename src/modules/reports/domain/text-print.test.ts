import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bandsOf, compareNames, normalised, printOf, similarity, type NameRelation } from './text-print.ts';

describe('a text as it is compared', () => {
  for (const [text, plain] of [
    ['RT @konto: Wasser an der Brücke!! https://example.org/x', 'wasser an der bruecke'],
    ['WASSER  an der BRÜCKE 😱', 'wasser an der bruecke'],
    ['Groß-Borstel, Straße 12a', 'grossborstel strasse 12a'],
    ['Veddeler Str. 5: Pegel 6,10 m', 'veddeler strasse 5 pegel 6.10 m'],
    ['', ''],
  ] as const)
    it(`«${text}» is «${plain}»`, () => assert.equal(normalised(text), plain));

  it('is the same in another dress', () => {
    const one = printOf('Das Fluttor am Sandtorkai steht noch offen.');
    for (const dressed of ['RT @konto: Das Fluttor am Sandtorkai steht noch offen', 'DAS FLUTTOR AM SANDTORKAI STEHT NOCH OFFEN 😱 https://example.org'])
      assert.equal(printOf(dressed).canonical, one.canonical);
  });

  it('is estimated as alike as it is (three standard errors)', () => {
    const runs = (text: string): Set<string> => {
      const framed = ` ${normalised(text)} `;
      return new Set(Array.from({ length: framed.length - 3 }, (_, at) => framed.slice(at, at + 4)));
    };
    const words = 'Wasser läuft am Fischmarkt in die Keller und steht schon vierzig Zentimeter hoch auf der Straße bitte schnell Sandsäcke'.split(' ');
    for (let kept = 4; kept <= words.length; kept += 3) {
      const [a, b] = [words.join(' '), words.slice(0, kept).join(' ')];
      const [one, two] = [runs(a), runs(b)];
      const both = [...two].filter((run) => one.has(run)).length;
      const real = both / (one.size + two.size - both);
      assert.ok(Math.abs(similarity(printOf(a), printOf(b)) - real) <= 3 * Math.sqrt((real * (1 - real)) / 64) + 1e-9, `${kept} words`);
    }
  });

  it('of a few letters is like nothing', () => {
    assert.equal(similarity(printOf('ja'), printOf('ja')), 0);
    assert.deepEqual(bandsOf(printOf('Hilfe!')), []);
  });
});

describe('places that two texts name', () => {
  for (const [a, b, relation] of [
    ['Brand in der Veddeler Straße 12', 'Feuer Veddeler Str. 12', 'shared'],
    ['Brand in der Veddeler Straße 12', 'Feuer Veddeler Str. 14', 'near'],
    ['Brand in der Veddeler Straße 12', 'Feuer Veddeler Straße 80', 'other-number'],
    ['Brand in der Veddeler Straße', 'Feuer am Sandtorkai', 'different'],
    ['Brand am Baumwall', 'Feuer in Övelgönne', 'doubtful'],
    ['Tor 12 ist offen', 'Tor 13 ist offen', 'different'],
    ['Tor 12 ist offen', 'Fluttor 12 steht offen', 'shared'],
    ['Es brennt', 'Feuer am Sandtorkai', 'none'],
    ['Wasser auf der Fahrbahn, Keller im Erdgeschoss voll', 'Feuer am Sandtorkai', 'none'],
  ] as [string, string, NameRelation][])
    it(`«${a}» and «${b}»: ${relation}`, () => {
      assert.equal(compareNames(printOf(a).names, printOf(b).names), relation);
      assert.equal(compareNames(printOf(b).names, printOf(a).names), relation);
    });
});
