import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Reader, Use } from '../../../kernel/usage.ts';
import { keyOf } from '../domain/cell.ts';
import { MOST_A_DAY, UseCounter } from './counter.ts';
import { cellsOf } from './demo-history.ts';

const SHOWN: Use = { step: 'service-shown', subject: 'hund' };
const reader = (index: number, more: Partial<Reader> = {}): Reader => ({
  device: 'phone',
  lang: 'de',
  modes: [],
  robot: false,
  ofToday: `reader-${index}`,
  ...more,
});

function counting(start = '2026-11-24T09:00:00Z') {
  let now = Temporal.Instant.from(start);
  const counter = new UseCounter({ clock: () => now, random: () => Buffer.alloc(32, 7), writer: '0190a000-0000-7000-8000-0000000000f1', size: 2 ** 20 });
  const sums = new Map<string, number>();
  return {
    counter,
    at: (to: string) => void (now = Temporal.Instant.from(to)),
    /** Writes as the city does. @returns sums by `step dimension value` */
    write(): Map<string, number> {
      const batch = counter.batch();
      for (const { cell, add, day } of batch?.cells ?? []) {
        const { step, dimension, value } = keyOf(cell);
        const key = `${day} ${step} ${dimension} ${value}`.trim();
        sums.set(key, (sums.get(key) ?? 0) + add);
      }
      if (batch !== undefined) counter.settle(batch);
      return sums;
    },
  };
}

describe('Counting', () => {
  it('counts nobody who does not want it', () => {
    const { counter } = counting();
    for (let index = 0; index < 100; index++) counter.count(undefined, SHOWN);
    assert.equal(counter.batch(), undefined);
  });

  it('counts one browser once a day, however often it comes', () => {
    const { counter, write } = counting();
    for (let turn = 0; turn < 300; turn++) counter.count(reader(1), SHOWN);
    for (let index = 2; index <= 9; index++) counter.count(reader(index), SHOWN);
    assert.equal(write().size, 0, 'nine browsers');
    for (let index = 10; index <= 40; index++) counter.count(reader(index), SHOWN);
    const kept = write().get('2026-11-24 service-shown all');
    assert.ok(kept === 20 || kept === 30, `${kept}`);
  });

  it('tells apart by one thing at a time, and a field with its page', () => {
    const { counter, write } = counting();
    const use: Use = { step: 'form-refused', subject: 'hund', page: 'tier', field: 'rasse', origin: 'b7kfm.b' };
    for (let index = 0; index < 40; index++) counter.count(reader(index, { lang: 'leicht', modes: ['leicht', 'dark'] }), use);
    const keys = [...write().keys()].map((key) => key.replace('2026-11-24 form-refused ', '')).toSorted();
    assert.deepEqual(keys, ['all', 'device phone', 'field tier/rasse', 'lang leicht', 'mode dark', 'origin b7kfm.b', 'page tier']);
  });

  it('takes no text for a name', () => {
    const { counter, write } = counting();
    const typed: Use = { step: 'search-nothing', subject: 'mein Hund heißt Bello', page: 'a b', field: 'x\ny', origin: 'hallo' };
    for (let index = 0; index < 40; index++) {
      counter.count(reader(index), typed);
      counter.count(reader(index), { ...typed, subject: 'search' });
    }
    assert.deepEqual([...write().keys()].toSorted(), [
      '2026-11-24 search-nothing all',
      '2026-11-24 search-nothing device phone',
      '2026-11-24 search-nothing lang de',
    ]);
  });

  it('counts robots and floods apart, by rule', () => {
    const { counter, write } = counting();
    for (let index = 0; index < 40; index++) counter.count(reader(index, { robot: true }), SHOWN);
    for (let browser = 100; browser < 130; browser++) for (let turn = 0; turn <= MOST_A_DAY; turn++) counter.count(reader(browser), SHOWN);
    const sums = write();
    assert.ok((sums.get('2026-11-24 service-shown excluded robot') ?? 0) >= 30);
    assert.ok((sums.get('2026-11-24 service-shown excluded flood') ?? 0) >= 10);
    assert.ok((sums.get('2026-11-24 service-shown all') ?? 0) <= 30, 'robots are not among people');
  });

  it('writes only when ten browsers came since the last time', () => {
    const { counter, write } = counting();
    for (let index = 0; index < 40; index++) counter.count(reader(index), SHOWN);
    const before = write().get('2026-11-24 service-shown all')!;
    for (let index = 40; index < 49; index++) counter.count(reader(index), SHOWN);
    assert.equal(write().get('2026-11-24 service-shown all'), before, 'nine more are not seen');
    for (let index = 49; index < 60; index++) counter.count(reader(index), SHOWN);
    assert.ok(write().get('2026-11-24 service-shown all')! > before);
  });

  it('keeps a batch until it is settled, and drops with the day what is not full', () => {
    const { counter, at, write } = counting('2026-11-24T22:50:00Z');
    for (let index = 0; index < 25; index++) counter.count(reader(index), SHOWN);
    const first = counter.batch();
    assert.equal(counter.batch(), first);
    counter.settle(first!);
    for (let index = 25; index < 45; index++) counter.count(reader(index), SHOWN);
    at('2026-11-24T23:10:00Z'); // ten past midnight in Hamburg
    for (let index = 0; index < 9; index++) counter.count(reader(index), SHOWN);
    const sums = write();
    assert.deepEqual([...new Set([...sums.keys()].map((key) => key.slice(0, 10)))], ['2026-11-24']);
    for (let index = 9; index < 40; index++) counter.count(reader(index), SHOWN);
    assert.ok((write().get('2026-11-25 service-shown all') ?? 0) >= 20);
  });
});

describe('The past of a demo', () => {
  it('tells no fewer applications sent by a campaign than came, however many links and services it has', () => {
    const day = Temporal.PlainDate.from('2026-11-24');
    const begun = ['hund', 'bewohnerparkausweis'].flatMap((service) =>
      ['a', 'b', 'c'].flatMap((origin) => Array.from({ length: 9 }, () => ({ day, service, origin, pages: 0, submitted: true }))),
    );
    const cells = cellsOf({ from: day, landing: 'seite', begun, opened: [], counted: [], rated: [] }, [], day);
    const sent = cells.filter(({ step, dimension }) => step === 'form-submitted' && dimension === 'origin');
    assert.equal(
      sent.reduce((sum, { add }) => sum + add, 0),
      50,
    );
  });
});
