import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEMO_PROPERTIES, demoPlace, demoStreams, dice } from './demo-streams.ts';
import { demoSlot, demoValue } from './demo-values.ts';

const START = Date.UTC(2026, 10, 28);
const QUARTER = 15 * 60_000;
const streams = demoStreams();

describe('the demo city’s streams', () => {
  it('are 1,500, numbered without gaps', () => {
    assert.equal(streams.length, 1500);
    assert.ok(streams.every(({ number }, index) => number === index));
  });
  it('say the same at the same time, whenever they are asked', () => {
    for (const stream of streams.filter(({ number }) => number % 97 === 0)) {
      const slot = demoSlot(stream.property, START + 1234);
      assert.equal(demoValue(stream, slot), demoValue(stream, slot));
      assert.equal(slot % (DEMO_PROPERTIES[stream.property].minutes * 60_000), 0);
    }
  });
  it('measure nothing impossible over a year', () => {
    const bounds = { bikes: [0, 600], level: [-4, 5], no2: [0, 120], pm10: [0, 90], pm25: [0, 60], o3: [0, 160], parking: [0, 600], charging: [0, 8] } as const;
    for (const stream of streams.filter(({ number }) => number % 31 === 0)) {
      for (let hour = 0; hour < 366 * 24; hour += 7) {
        const value = demoValue(stream, START + hour * 4 * QUARTER);
        const [low, high] = bounds[stream.property];
        assert.ok(value >= low && value <= high, `${stream.property} ${value}`);
      }
    }
  });
  it('have a tide of two highs a day at the Elbe', () => {
    const gauge = streams.find(({ property, number }) => property === 'level' && number % 4 !== 3)!;
    const values = Array.from({ length: 96 * 4 }, (_, index) => demoValue(gauge, START + index * QUARTER));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const crossings = values.filter((value, index) => index > 0 && value > mean !== values[index - 1]! > mean).length;
    // four days hold 7.7 tides, each crossing the middle twice; noise may add a few
    assert.ok(crossings >= 14 && crossings <= 22, String(crossings));
  });
  it('carry more bikes on a workday’s morning than at night', () => {
    const counter = streams[0]!;
    const at = (hour: number): number => demoValue(counter, Date.UTC(2026, 5, 17, hour - 2));
    assert.ok(at(8) > 3 * at(3), `${at(8)} ${at(3)}`);
  });
});

describe('dice', () => {
  it('fall evenly', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => dice(index, 5));
    assert.ok(values.every((value) => value >= 0 && value < 1));
    assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length - 0.5) < 0.02);
  });
});

it('stations stand inside the city, each at its own place', () => {
  const inside = ({ lon, lat }: { lon: number; lat: number }): boolean => lon > 9.9 && lon < 10.1 && lat > 53.5 && lat < 53.6;
  const around = [
    { lon: 9.95, lat: 53.55 },
    { lon: 10.05, lat: 53.52 },
    { lon: 9.905, lat: 53.595 },
  ];
  const places = Array.from({ length: 300 }, (_, station) => demoPlace(station, around, inside));
  assert.ok(places.every(inside));
  assert.ok(new Set(places.map(({ lon, lat }) => `${lon} ${lat}`)).size > 290);
});
