import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTime, tacticalTime } from './tactical-time.ts';

const NOW = Temporal.Instant.from('2026-11-12T19:00:00Z');

describe('tactical time (DV 102): day, hour, minute, month, year on the city’s clock', () => {
  for (const [at, written] of [
    ['2026-11-12T18:48:00Z', '121948nov26'],
    ['2026-07-01T22:05:00Z', '020005jul26'],
    ['2026-03-03T23:30:00Z', '040030mrz26'],
  ] as const)
    it(`${at} is ${written}`, () => assert.equal(tacticalTime(Temporal.Instant.from(at)), written));
});

describe('times as people type them', () => {
  const CASES: readonly (readonly [string, string | undefined])[] = [
    ['19:48', '2026-11-12T18:48:00Z'],
    ['19.48 Uhr', '2026-11-12T18:48:00Z'],
    // later than now: it was yesterday
    ['23:10', '2026-11-11T22:10:00Z'],
    ['12.11.2026 19:48', '2026-11-12T18:48:00Z'],
    ['12.11.26, 7:05', '2026-11-12T06:05:00Z'],
    ['121948nov26', '2026-11-12T18:48:00Z'],
    ['121948NOV26', '2026-11-12T18:48:00Z'],
    ['121948JAN19', '2019-01-12T18:48:00Z'],
    ['2026-11-12T19:48', '2026-11-12T18:48:00Z'],
    ['31.02.2026 10:00', undefined],
    ['25:00', undefined],
    ['121948xyz26', undefined],
    ['gestern', undefined],
    ['', undefined],
  ];
  for (const [typed, at] of CASES) it(`${typed === '' ? 'nothing' : typed} is ${at ?? 'no time'}`, () => assert.equal(readTime(typed, NOW)?.toString(), at));
});
