import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { figuresAsGeoJson, measure, printFigure, readFigure, readTyped, withinBounds, type Figure } from './figure.ts';

const place = fc.record(
  {
    lon: fc.integer({ min: -18_000_000, max: 18_000_000 }).map((one) => one / 1e5),
    lat: fc.integer({ min: -8_500_000, max: 8_500_000 }).map((one) => one / 1e5),
  },
  { noNullPrototype: true },
);
const figure: fc.Arbitrary<Figure> = fc.oneof(
  place.map((one): Figure => ({ kind: 'punkt', places: [one] })),
  fc.array(place, { minLength: 2, maxLength: 30 }).map((places): Figure => ({ kind: 'linie', places })),
  fc.array(place, { minLength: 3, maxLength: 30 }).map((places): Figure => ({ kind: 'flaeche', places })),
);

describe('figures in the address', () => {
  it('survive writing and reading', () => {
    fc.assert(fc.property(figure, (one) => assert.deepEqual(readFigure(printFigure(one)), one)));
  });
  it('are carried by addresses as they are', () => {
    const text = printFigure({
      kind: 'linie',
      places: [
        { lon: 10, lat: 53.55 },
        { lon: -0.5, lat: 53 },
      ],
    });
    assert.equal(new URLSearchParams({ figur: text }).toString(), `figur=${text}`);
  });
  it('that cannot be read are none', () => {
    for (const text of [
      '',
      'kreis*1_2',
      'punkt',
      'punkt*1_2*3_4',
      'linie*1_2',
      'flaeche*1_2*3_4',
      'punkt*1',
      'punkt*1_2_3',
      'punkt*999_2',
      'punkt*1e1_2',
      'punkt*NaN_2',
    ])
      assert.equal(readFigure(text), undefined, text);
    fc.assert(fc.property(fc.string(), (text) => void readFigure(text)));
  });
  it('are at most twenty, with two hundred places in all', () => {
    const line: Figure = { kind: 'linie', places: Array.from({ length: 90 }, () => ({ lon: 10, lat: 53 })) };
    assert.equal(withinBounds([line, line, line]).length, 2);
    assert.equal(withinBounds(Array.from({ length: 30 }, () => ({ kind: 'punkt', places: [{ lon: 10, lat: 53 }] }) as const)).length, 20);
  });
});

describe('figures typed in', () => {
  it('take decimal commas and points, one place a line', () => {
    const read = readTyped('linie', '10,0012 53,5503\n\n 10.002; 53.55 ');
    assert.deepEqual(read.ok && read.value.places, [
      { lon: 10.0012, lat: 53.5503 },
      { lon: 10.002, lat: 53.55 },
    ]);
    assert.equal(readTyped('punkt', '10.5,53.5').ok, false);
  });
  it('say which line is wrong and what is missing', () => {
    const said = (kind: string, text: string): string => {
      const read = readTyped(kind, text);
      return read.ok ? '' : JSON.stringify(read.problem);
    };
    assert.match(said('linie', '10 53\nhier'), /Zeile 2/);
    assert.match(said('flaeche', '10 53\n10 54'), /mindestens drei Orte/);
    assert.match(said('kreis', ''), /Wählen Sie/);
  });
});

it('areas and lines are measured, points are not', () => {
  const [square] = [
    [
      { lon: 10, lat: 53.55 },
      { lon: 10.001, lat: 53.55 },
      { lon: 10.001, lat: 53.551 },
      { lon: 10, lat: 53.551 },
    ],
  ];
  const { lengthMetres = 0, areaSquareMetres = 0 } = measure({ kind: 'flaeche', places: square });
  assert.ok(Math.abs(lengthMetres - 2 * (66.2 + 111.3)) < 1, String(lengthMetres));
  assert.ok(Math.abs(areaSquareMetres - 66.2 * 111.3) < 20, String(areaSquareMetres));
  assert.deepEqual(measure({ kind: 'punkt', places: [square[0]!] }), {});
  const { features } = figuresAsGeoJson([{ kind: 'flaeche', places: square.toReversed() }]);
  assert.deepEqual((features[0]!.geometry.coordinates as number[][][])[0]!.slice(0, 2), [
    [10, 53.55],
    [10.001, 53.55],
  ]);
});
