import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fromUtm32, toUtm32 } from '../../kernel/geo.ts';
import { LABELS, LINES, WATER_AREAS } from './basemap.ts';
import { describePosition, mapInput, readMapInput } from './map-input.ts';
import { frameFor, metresPerPixel, pixelToPosition, positionToPixel } from './map-projection.ts';
import { baseMapGeoJson, mapPicture, mapSvg, pictureQuery, readDistricts } from './static-map.ts';

const DISTRICTS = readDistricts(JSON.parse(readFileSync('services/bezirke.geojson', 'utf8')));
const lon = fc.double({ min: 9.6, max: 10.4, noNaN: true });
const lat = fc.double({ min: 53.35, max: 53.75, noNaN: true });
const zoom = fc.integer({ min: 9, max: 19 });

test('Web Mercator: a place and its pixel lead to each other', () => {
  fc.assert(
    fc.property(lon, lat, lon, lat, zoom, (x, y, centreLon, centreLat, z) => {
      const frame = { centre: { lon: centreLon, lat: centreLat }, zoom: z, width: 640, height: 420 };
      const pixel = positionToPixel(frame, { lon: x, lat: y });
      const back = pixelToPosition(frame, pixel.x, pixel.y);
      assert.ok(Math.abs(back.lon - x) < 1e-6 && Math.abs(back.lat - y) < 1e-6);
    }),
  );
});

test('Web Mercator: the tile address of the Rathaus at zoom 10 (EPSG:3857)', () => {
  // Tile 540/330 holds it: x = (9.9937+180)/360*1024 = 540.426…, y = 330.7…; the pixel lies 0.426 tiles from the left edge.
  const frame = { centre: { lon: (540 / 1024) * 360 - 180, lat: 53.5503 }, zoom: 10, width: 0, height: 0 };
  assert.ok(Math.abs(positionToPixel(frame, { lon: 9.9937, lat: 53.5503 }).x - 0.4265 * 256) < 0.05);
  assert.ok(Math.abs(metresPerPixel({ centre: { lon: 10, lat: 53.55 }, zoom: 10 }) - 90.8) < 0.1);
});

test("UTM 32N: the way back undoes the kernel's way there to a millimetre", () => {
  fc.assert(
    fc.property(lon, lat, (x, y) => {
      const { eastingMetres, northingMetres } = toUtm32({ lon: x, lat: y });
      const back = fromUtm32(eastingMetres, northingMetres);
      assert.ok(Math.abs(back.lon - x) < 2e-8 && Math.abs(back.lat - y) < 1e-8, `${back.lon - x}`);
    }),
  );
});

test('a frame shows all its places, and the whole city when there are none', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ lon, lat }), { minLength: 1, maxLength: 20 }), (places) => {
      const frame = frameFor(places, { width: 640, height: 420 });
      for (const place of places) {
        const { x, y } = positionToPixel(frame, place);
        assert.ok(frame.zoom === 9 || (x >= 0 && x <= 640 && y >= 0 && y <= 420));
      }
    }),
  );
  assert.equal(frameFor([], { width: 640, height: 420 }).zoom, 10);
});

const posted = (more: Record<string, string>): URLSearchParams =>
  new URLSearchParams({ 'p.view': '10.000000,53.550000,12', 'p.lon': '', 'p.lat': '', ...more });

test('a click on the picture is the place under it, with the map nearer', () => {
  const read = readMapInput(posted({ 'p.mapl.x': '320', 'p.mapl.y': '210' }), 'p', 'de');
  assert.deepEqual(read, { kind: 'picked', position: { lon: 10, lat: 53.55 }, extent: { centre: { lon: 10, lat: 53.55 }, zoom: 14 } });
});

test("the phone's picture has its own size", () => {
  const read = readMapInput(posted({ 'p.maps.x': '132', 'p.maps.y': '150' }), 'p', 'de');
  assert.ok(read.kind === 'picked' && read.position.lon === 10 && read.position.lat === 53.55);
});

test('the picture pressed by keyboard posts 0,0 and chooses nothing', () => {
  assert.equal(readMapInput(posted({ 'p.mapl.x': '0', 'p.mapl.y': '0' }), 'p', 'de').kind, 'none');
});

test('a click outside the picture or without its extent is not believed', () => {
  assert.equal(readMapInput(posted({ 'p.mapl.x': '9999', 'p.mapl.y': '1' }), 'p', 'de').kind, 'none');
  assert.equal(readMapInput(new URLSearchParams({ 'p.mapl.x': '5', 'p.mapl.y': '5', 'p.view': 'x,y,z' }), 'p', 'de').kind, 'none');
});

test('the buttons move the map by half a picture and stay within the zooms there are', () => {
  const east = readMapInput(posted({ 'p.move': 'east', 'p.lon': '9,99', 'p.lat': '53,55' }), 'p', 'de');
  assert.ok(east.kind === 'moved' && east.extent.centre.lon > 10.05 && Math.abs(east.extent.centre.lat - 53.55) < 1e-6);
  const out = readMapInput(new URLSearchParams({ 'p.view': '10,53.55,9', 'p.move': 'out' }), 'p', 'de');
  assert.ok(out.kind === 'moved' && out.extent.zoom === 9);
});

for (const [typedLon, typedLat] of [
  ['9,993682', '53,551086'],
  ['9.993682', '53.551086'],
  [' 9,993682° O', '53,551086°N'],
  ['565833', '5934036'],
] as const) {
  test(`typed ${typedLon} / ${typedLat} is the Rathausmarkt`, () => {
    const read = readMapInput(posted({ 'p.lon': typedLon, 'p.lat': typedLat }), 'p', 'de');
    assert.equal(read.kind, 'typed');
    assert.ok(read.kind === 'typed' && Math.abs(read.position.lon - 9.993682) < 1e-5 && Math.abs(read.position.lat - 53.551086) < 1e-5, JSON.stringify(read));
  });
}

test('what cannot be read, or lies far away, gets a sentence', () => {
  for (const [x, y] of [
    ['hier', '53,5'],
    ['9,99', ''],
    ['1e5', '53'],
  ] as const)
    assert.match((readMapInput(posted({ 'p.lon': x, 'p.lat': y }), 'p', 'de') as { message: string }).message, /beide Koordinaten/);
  assert.match((readMapInput(posted({ 'p.lon': '13,4', 'p.lat': '52,5' }), 'p', 'de') as { message: string }).message, /nicht auf der Karte/);
});

test('mistakes in the numbers are shown again as typed', async () => {
  const text = (await mapInput({ name: 'p', label: 'Wo?', lang: 'de', value: { lon: 'hier"><b>', lat: '53,5' }, error: 'Nein.' })).toString();
  assert.match(text, /value="hier&quot;&gt;&lt;b&gt;"/);
  assert.match(text, /value="53,5"/);
  assert.match(text, /Noch kein Ort gewählt/);
});

test('the list beside the map says the place in degrees and metres', () => {
  assert.match(describePosition({ lon: 9.993682, lat: 53.551086 }, 'de'), /^53,551086° N, 9,993682° O \(UTM 32N 565833, 5934036\)$/);
});

test('a hostile query draws a picture and nothing else', () => {
  const svg = mapPicture(new URLSearchParams({ g: '9e9x-1', c: 'NaN,<script>', z: '1e99', m: '10,53.55,"><script>alert(1)</script>,1' }), DISTRICTS);
  assert.doesNotMatch(svg, /<script/);
  assert.match(svg, /^<svg [^>]*width="(640|1600)"/);
  assert.doesNotMatch(svg, /NaN|Infinity/);
});

test('a picture names its districts, scale, source and markers', () => {
  const frame = frameFor([], { width: 640, height: 420 });
  const svg = mapSvg({ frame, districts: DISTRICTS, markers: [{ position: { lon: 10, lat: 53.55 }, label: '7', active: true }] });
  assert.match(svg, />\d+ k?m<\/text>/);
  assert.match(svg, /nicht amtlich/);
  assert.match(svg, /class="pin"[\s\S]*>7<\/text>/);
  assert.ok(Buffer.byteLength(svg) < 40_000);
  assert.equal(mapPicture(new URLSearchParams(pictureQuery(frame)), DISTRICTS), mapSvg({ frame, districts: DISTRICTS, markers: [] }));
});

test('the base map: rings are closed, all of it lies in and around Hamburg', () => {
  for (const { name, ring } of WATER_AREAS) assert.deepEqual(ring[0], ring.at(-1), name);
  const points = [...WATER_AREAS.flatMap(({ ring }) => ring), ...LINES.flatMap(({ path }) => path), ...LABELS.map(({ at }) => at)];
  for (const [x, y] of points) assert.ok(x > 9.5 && x < 10.5 && y > 53.35 && y < 53.75, `${x},${y}`);
  const { features } = baseMapGeoJson(DISTRICTS) as { features: unknown[] };
  assert.equal(features.length, DISTRICTS.length + WATER_AREAS.length + LINES.length + LABELS.length);
});
