import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CITY_CENTRE } from '../../../platform/ui/map-projection.ts';
import { printView, readView } from './address.ts';

const NOW = Temporal.Instant.from('2026-11-28T12:00:00Z');
const read = (query: string) => readView(new URLSearchParams(query), NOW);

describe('the address of a view', () => {
  it('is the whole city when it says nothing, or nothing that can be read', () => {
    for (const query of [
      '',
      'c=a,b&z=x&zeit=gestern&strom=-1&nach=1e9',
      'c=&z=&zeit=&ebene=A B',
      'sonne=mittags&objekt=gebaeude&objekt=/1&figur=kreis*1_2&neigung=x&drehung=0',
    ])
      assert.deepEqual(read(query), { centre: CITY_CENTRE, zoom: 11, collections: [], figures: [] }, query);
  });
  it('stays on the earth and on the scale', () => {
    assert.deepEqual(read('c=999,-999&z=99').centre, { lon: 180, lat: -85 });
    assert.equal(read('z=99').zoom, 19);
  });
  it('reads a time without a zone as the city’s, winter and summer', () => {
    assert.equal(read('zeit=2026-11-27T10:00').at?.toString(), '2026-11-27T09:00:00Z');
    assert.equal(read('zeit=2026-07-01T10:00').at?.toString(), '2026-07-01T08:00:00Z');
    assert.equal(read('zeit=2026-07-01T10:00Z').at?.toString(), '2026-07-01T10:00:00Z');
  });
  it('goes back to 1800 and no further, whatever calendar comes', () => {
    for (const zeit of ['-271821-04-20T00:00Z', '0000-01-01T00:00', '1799-12-31T00:00Z', '-000001-01-01T00:00Z'])
      assert.equal(read(`zeit=${encodeURIComponent(zeit)}`).at?.toString(), '1800-01-01T00:00:00Z', zeit);
  });
  it('knows no future of measurements, but of the sun', () => {
    assert.equal(read('zeit=2027-01-01T00:00Z').at, undefined);
    assert.equal(read('sonne=2027-06-21T12:00').sun?.toString(), '2027-06-21T10:00:00Z');
    assert.equal(read('sonne=2127-06-21T12:00').sun, undefined);
    assert.match(printView(read('sonne=2027-06-21T12:00')), /sonne=2027-06-21T10%3A00Z/);
  });
  it('survives writing and reading', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            centre: fc.record({ lon: fc.integer({ min: -1_800_000, max: 1_800_000 }), lat: fc.integer({ min: -850_000, max: 850_000 }) }),
            zoom: fc.integer({ min: 9, max: 19 }),
            sensors: fc.string({ minLength: 1, maxLength: 40 }),
            collections: fc.uniqueArray(fc.constantFrom('baeume', 'districts', 'a-b_1'), { maxLength: 3 }),
            at: fc.integer({ min: 0, max: 29_000_000 }),
            stream: fc.nat(),
            after: fc.nat(),
            object: fc.record({ collection: fc.constantFrom('baeume', 'a-b_1'), id: fc.string({ minLength: 1, maxLength: 60 }) }, { noNullPrototype: true }),
            figures: fc.constantFrom([], [{ kind: 'punkt' as const, places: [{ lon: 10, lat: 53.5 }] }]),
            pitch: fc.integer({ min: 1, max: 75 }),
            bearing: fc.integer({ min: 1, max: 180 }),
          },
          { requiredKeys: ['centre', 'zoom', 'collections', 'figures'], noNullPrototype: true },
        ),
        ({ centre, at, ...rest }) => {
          const view = {
            ...rest,
            centre: { lon: centre.lon / 10_000, lat: centre.lat / 10_000 },
            ...(at === undefined ? {} : { at: Temporal.Instant.fromEpochMilliseconds(at * 60_000) }),
          };
          const { at: time, ...again } = read(printView(view));
          const { at: wished, ...first } = view as typeof view & { at?: Temporal.Instant };
          assert.deepEqual(again, first);
          assert.equal(time?.toString(), wished?.toString());
        },
      ),
    );
  });
  it('changes and drops parts for a link', () => {
    const view = read('sensoren=NO2&strom=5&nach=7&ebene=districts');
    assert.equal(printView(view, { after: undefined, stream: 6 }), 'c=10.00000%2C53.55000&z=11&sensoren=NO2&ebene=districts&strom=6');
  });
});
