import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BUILT_IN } from './built-in.ts';
import type { Definition } from './definition.ts';
import { lightOf, pathOn } from './light.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const start = { value: 0.2, on: day('2026-01-01') };
const target = { value: 0.6, by: day('2027-01-01'), source: 'Test' };
const share: Definition = { ...BUILT_IN.find(({ key }) => key === 'online-share')!, start, target };
const show = (_: string, value: number): string => `${Math.round(value * 100)} %`;
const light = (value: number, on: string, of: Definition = share): string | undefined => lightOf(of, value, day(on), show)?.light;

describe('a light', () => {
  it('is never lit without target and start', () => {
    const { target: _, ...without } = share;
    assert.equal(lightOf(without, 0.9, day('2026-06-01'), show), undefined);
  });
  it('follows the straight path, with a tolerance of a tenth of the way', () => {
    assert.equal(Math.round(pathOn(start, target, day('2026-07-02')) * 1000), 399);
    assert.deepEqual([light(0.4, '2026-07-02'), light(0.37, '2026-07-02'), light(0.35, '2026-07-02')], ['green', 'yellow', 'red']);
  });
  it('before the start the path has not begun, after the day of the target it is the target', () => {
    assert.deepEqual([light(0.2, '2025-06-01'), light(0.59, '2029-01-01'), light(0.6, '2029-01-01')], ['green', 'yellow', 'green']);
  });
  it('turns round where less is better', () => {
    const days: Definition = {
      ...BUILT_IN.find(({ key }) => key === 'days-median')!,
      start: { value: 40, on: start.on },
      target: { value: 20, by: target.by, source: 'Test' },
    };
    assert.deepEqual([light(29, '2026-07-02', days), light(32, '2026-07-02', days), light(39, '2026-07-02', days)], ['green', 'yellow', 'red']);
  });
  it('says its rule in three languages', () => {
    const { rule } = lightOf(share, 0.4, day('2026-07-02'), show)!;
    assert.match(
      rule.de,
      /Gerader Weg von 20 % \(01\.01\.2026\) zu 60 % \(01\.01\.2027\): am 02\.07\.2026 mindestens 40 %\. Grün: erreicht\. Gelb: um höchstens 4\u00a0Prozentpunkte darunter/,
    );
    assert.match(rule.en, /at least 40 %/);
    assert.match(rule.leicht, /mindestens 40 %/);
  });
});
