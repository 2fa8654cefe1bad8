import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mergeConditions } from './conditions.ts';
import type { WeighingResult } from './events.ts';

const asks = (name: string, number: string, result: WeighingResult, ...conditions: string[]) => ({
  number,
  author: { name },
  conditions,
  weighing: { result, reasons: '', reply: '', on: '2026-11-24', by: 'staff:a' },
});

describe('§ 36 VwVfG: what agencies ask for', () => {
  it('stands there with who asks, numbered where a statement asks for several', () => {
    assert.deepEqual(
      mergeConditions([asks('Feuerwehr', 'SN-1', 'gefolgt', 'Zufahrt freihalten.', 'Rauchmelder.'), asks('Stadtgrün', 'SN-2', 'gefolgt', 'Zaun.')]),
      [
        { text: 'Zufahrt freihalten.', from: ['Feuerwehr, Stellungnahme SN-1, Nr. 1'], wholly: true },
        { text: 'Rauchmelder.', from: ['Feuerwehr, Stellungnahme SN-1, Nr. 2'], wholly: true },
        { text: 'Zaun.', from: ['Stadtgrün, Stellungnahme SN-2'], wholly: true },
      ],
    );
  });

  it('the same words of two agencies are one condition, followed when one of them is', () => {
    const [one, ...more] = mergeConditions([asks('A', 'SN-1', 'teilweise', 'Zufahrt  freihalten'), asks('B', 'SN-2', 'gefolgt', 'zufahrt freihalten.')]);
    assert.deepEqual(more, []);
    assert.deepEqual([one?.wholly, one?.from], [true, ['A, Stellungnahme SN-1', 'B, Stellungnahme SN-2']]);
  });

  it('followed in part: offered, not proposed', () => {
    assert.equal(mergeConditions([asks('A', 'SN-1', 'teilweise', 'Zaun.')])[0]?.wholly, false);
  });
});
