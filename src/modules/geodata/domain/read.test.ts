import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readCsv, type CsvShape } from './read-csv.ts';
import { readGeoJson, type GeoJsonHead } from './read-geojson.ts';
import { UnreadableFile, type SourceRow } from './source.ts';

/** A file in pieces of any size. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
async function all(rows: AsyncIterable<SourceRow>): Promise<SourceRow[]> {
  const found: SourceRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}
const feature = (id: number, properties: object = {}) => ({ type: 'Feature', id, geometry: { type: 'Point', coordinates: [10, 53] }, properties });

describe('GeoJSON', () => {
  it('is the same in one piece and in pieces of any size, whatever stands in its texts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (values, size, lines) => {
          const features = values.map((value, index) => feature(index, { value, 'a}"\\{': '{"features": [' }));
          const text = lines
            ? features.map((one) => JSON.stringify(one)).join('\n')
            : JSON.stringify({ name: 'x {', type: 'FeatureCollection', features, extra: [{ a: 1 }] });
          if (lines && features.length === 0) return;
          const found = await all(readGeoJson(pieces(utf8(text), size)));
          assert.deepEqual(
            found.map((row) => ('value' in row ? row.value.properties : row)),
            // JSON writes -0 as 0
            features.map(({ properties }) => JSON.parse(JSON.stringify(properties)) as object),
          );
          assert.deepEqual(
            found.map(({ row }) => row),
            features.map((_, index) => index + 1),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
  it('says its system before its features', async () => {
    const heads: GeoJsonHead[] = [];
    const text = JSON.stringify({
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25832' } },
      features: [feature(1)],
    });
    await all(readGeoJson(pieces(utf8(text), 1000), (found) => heads.push(found)));
    assert.deepEqual(heads, [{ crs: '25832', encoding: 'utf-8' }]);
    const strange = text.replace('25832', '31467');
    await assert.rejects(all(readGeoJson(pieces(utf8(strange), 1000))), /31467.*kennt Kontor nicht/);
  });
  it('rejects what is no feature by its row and goes on', async () => {
    const text = `{"type":"FeatureCollection","features":[${JSON.stringify(feature(1))},{"type":"Tisch"},{"type": Feature},${JSON.stringify(feature(4))}]}`;
    const found = await all(readGeoJson(pieces(utf8(text), 7)));
    assert.deepEqual(
      found.map((row) => ('reason' in row ? `${row.row} ${row.reason}` : row.row)),
      [1, '2 Das ist kein Feature, sondern: Tisch.', '3 Das ist kein gültiges JSON.', 4],
    );
  });
  for (const [name, bytes, message] of [
    ['other JSON', utf8('{"a": 1}'), /kein GeoJSON/],
    ['nothing', utf8(''), /kein GeoJSON/],
    ['a broken download', utf8('{"type":"FeatureCollection","features":[{"type":"Feature","geo'), /bricht mitten/],
    ['a bracket too many', utf8('}'), /nie geöffnet/],
    ['two encodings', Uint8Array.from([...utf8('{"a": "üüüüüüüüüüüüüüüüüü'), 0xfc, 0x22]), /mischt Zeichensätze/],
    ['deep nesting', utf8('['.repeat(500)), /tiefer geschachtelt/],
  ] as const)
    it(`refuses ${name} with a sentence`, async () => {
      await assert.rejects(all(readGeoJson(pieces(bytes, 16))), (error) => error instanceof UnreadableFile && message.test(error.message));
    });
});

describe('CSV', () => {
  const shapeOf = async (text: string): Promise<CsvShape> => {
    const shapes: CsvShape[] = [];
    await all(readCsv(pieces(utf8(text), 5), (shape) => shapes.push(shape)));
    return shapes[0]!;
  };
  it('finds delimiter, columns and system, and says so', async () => {
    assert.deepEqual(await shapeOf('name,lon,lat\na,10,53\n'), { delimiter: ',', encoding: 'utf-8', crs: 'CRS84', x: 'lon', y: 'lat' });
    assert.deepEqual(await shapeOf('Name;Ostwert;Nordwert\r\na;565000,5;5934000\r\n'), {
      delimiter: ';',
      encoding: 'utf-8',
      crs: '25832',
      x: 'Ostwert',
      y: 'Nordwert',
    });
    assert.deepEqual(await shapeOf('x\ty\n9,9\t53,5\n'), { delimiter: '\t', encoding: 'utf-8', crs: 'CRS84', x: 'x', y: 'y' });
    await assert.rejects(shapeOf('x,y\n3500000,5900000\n'), /weder Grad noch UTM/);
    await assert.rejects(shapeOf('a,b\n1,2\n'), /Keine Spalte nennt Koordinaten/);
  });
  it('keeps quotes, line ends in quotes, decimal commas, and texts that only look like numbers', async () => {
    const [row] = await all(readCsv(pieces(utf8('text;plz;zahl;lon;lat\n"a ""b""; c\nd";020;1,5;10;53\n'), 3)));
    assert.deepEqual(row, {
      row: 1,
      value: { geometry: { type: 'Point', coordinates: [10, 53] }, properties: { text: 'a "b"; c\nd', plz: '020', zahl: 1.5 } },
    });
  });
  it('reads what German offices write in Windows-1252, wherever the pieces end; UTF-8 too', async () => {
    const written = 'name,lon,lat\nBäume an der Straße,10,53\n';
    for (const bytes of [Uint8Array.from(Buffer.from(written, 'latin1')), utf8(written)]) {
      for (let size = 1; size < 40; size++) {
        const [row] = await all(readCsv(pieces(bytes, size)));
        assert.deepEqual(row && 'value' in row && row.value.properties, { name: 'Bäume an der Straße' }, `pieces of ${size}`);
      }
    }
  });
  it('rejects a row without a number where the place stands, and one with too many fields', async () => {
    const found = await all(readCsv(pieces(utf8('n,lon,lat\na,,53\nb,10,53,7\n\nc,10,53\n'), 100)));
    assert.deepEqual(
      found.map((row) => ('reason' in row ? `${row.row} ${row.reason}` : row.row)),
      ['1 In „lon“ steht keine Zahl.', '2 Die Zeile hat 4 Felder, die erste Zeile nennt 3.', 3],
    );
  });
  it('refuses an open quote', async () => {
    await assert.rejects(all(readCsv(pieces(utf8('lon,lat\n"1,2\n'), 100))), /Anführungszeichen/);
  });
});
