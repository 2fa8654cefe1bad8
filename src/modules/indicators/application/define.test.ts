import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { cell, indicatorsOver } from '../../../../test/support/known-figures.ts';
import { engines, temporaryDatabase } from '../../../../test/support/temporary-database.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { Database } from '../../../platform/database/port.ts';
import { createJournal } from '../../../platform/journal/journal.ts';
import { BUILT_IN } from '../domain/built-in.ts';
import { nameOf, type Definition } from '../domain/definition.ts';
import type { DefinitionInput } from '../domain/definition-input.ts';
import { formulaMistake } from '../domain/formula.ts';
import { define } from './define.ts';
import { feel } from './feel.ts';

const STRATEGY: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000000a', roles: ['strategie'], authorities: [] };
const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const three = { de: 'Probe', en: 'Probe', leicht: 'Probe' };

describe('a formula that cannot be is refused where it is entered, with its place', () => {
  let database: Database;
  before(async () => ({ database } = await temporaryDatabase(engines[0])));
  after(() => database.close());

  const enter = async (key: string, formula: string, version = 0): Promise<string> => {
    const input: DefinitionInput = {
      ...{ key, kind: 'defined', name: three, definition: three, confidenceReason: three, formula, unit: 'share', better: 'more', origin: 'live' },
      ...{ source: 'Probe', owner: 'Leitstelle', confidence: 'high', reason: 'Probe', version },
    };
    const ctx = { database, journal: createJournal(), clock: () => NOW };
    const done = await define(ctx as Parameters<typeof define>[0], STRATEGY, input);
    if (done.ok) return '';
    assert.equal(done.problem.kind, 'invalid-input');
    return JSON.stringify(done.problem);
  };

  it('a circle of one, of two and of three, with the way round', async () => {
    assert.match(await enter('selbst', 'selbst + 1'), /"formula".*selbst → selbst/);
    assert.equal(await enter('erste', '1'), '');
    assert.equal(await enter('zweite', 'erste * 2'), '');
    assert.equal(await enter('dritte', 'zweite / (decided + 1)'), '');
    assert.match(await enter('erste', 'zweite / 2', 1), /erste → zweite → erste/);
    assert.match(await enter('erste', 'if decided > 0 then 1 else 1 - dritte', 1), /erste → dritte → zweite → erste/, 'also in a branch');
    assert.equal(await enter('erste', '2', 1), '', 'what is no circle is still taken');
  });
  it('a division by what is always zero', async () => {
    for (const [formula, at] of [
      ['decided / 0', 11],
      ['1 + decided / (received - received)', 15],
      ['if decided > 0 then decided / (0 * received) else 0', 31],
    ] as const)
      assert.match(await enter('null', formula), new RegExp(`"formula".*An Stelle ${at} wird durch`), formula);
  });
});

const CALLED = [
  'received',
  'decided',
  'automated',
  'counter',
  'online_matched',
  'median_days',
  'accounts',
  'ratings',
  'llm_answers',
  'sensors_all',
  'automation',
];
const { formula } = fc.letrec<{ formula: string }>((again) => ({
  formula: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...CALLED),
    fc.integer({ min: 0, max: 400 }).map(String),
    fc.tuple(again('formula'), fc.constantFrom('+', '-', '*', '/', '/', '**'), again('formula')).map(([a, sign, b]) => `(${a}) ${sign} (${b})`),
    fc.tuple(again('formula'), again('formula')).map(([a, b]) => `(if (${a}) > (${b}) then ${a} else ${b})`),
    again('formula').map((one) => `abs(${one})`),
  ),
}));
const count = fc.constantFrom(0, 0, 10, 12, 40, 1_000_000);

describe('a formula that can be', () => {
  const own = (text: string): Definition => {
    const { base: _, ...like } = BUILT_IN.find(({ key }) => key === 'automation')!;
    return { ...like, key: 'eigene', kind: 'defined', formula: text };
  };
  const stateOf = async (text: string, counts: Record<string, number>) => {
    const definitions = new Map([...BUILT_IN, own(text)].map((one) => [nameOf(one.key), one]));
    const { indicators } = indicatorsOver([cell('hund', '2026-10', counts), cell('', '2026-10', { accounts: 40 })], NOW, { definitions });
    return { state: expectOk(await indicators.one('eigene')).state, history: await indicators.history('eigene') };
  };
  it('and is divided by what is zero now is unknown, and says by what and where', async () => {
    const { state } = await stateOf('received / (decided - 40)', { received: 30, decided: 40 });
    assert.ok(state.kind === 'unknown');
    assert.match(state.reason.de, /„\(decided - 40\)“ an Stelle 12 der Formel ist 0/);
    assert.match(state.reason.en, /position 12/);
    assert.deepEqual((await stateOf('received / (decided - 30)', { received: 30, decided: 40 })).state, { kind: 'known', value: 3 });
  });
  it('through another indicator, too', async () => {
    const { state } = await stateOf('1 - automation', { received: 30 });
    assert.ok(
      state.kind === 'unknown' && state.reason.de.startsWith('automation: ') && state.reason.de.includes('Bisher 0: Anträge mit einem ersten Bescheid.'),
      JSON.stringify(state),
    );
  });
  it('is never infinite and never no number, whatever the data', async () => {
    let [known, unknown] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        formula,
        fc.record({ received: count, decided: count, automated: count, counter: count, counter_records: count, ratings: count }),
        async (text, counts) => {
          if (formulaMistake(text, CALLED, feel) !== undefined) return;
          const { state, history } = await stateOf(text, { ...counts, automated: Math.min(counts.automated, counts.decided) });
          if (state.kind === 'known') known += 1;
          if (state.kind === 'unknown') unknown += 1;
          assert.ok(state.kind !== 'known' || Number.isFinite(state.value), text);
          assert.ok(state.kind !== 'unknown' || Object.values(state.reason).every((words) => words.length > 10 && !/NaN|Infinity|undefined/.test(words)), text);
          assert.ok(
            history.every(({ value }) => value === undefined || Number.isFinite(value)),
            text,
          );
        },
      ),
      { numRuns: 400 },
    );
    assert.ok(known > 20 && unknown > 20, `${known} known, ${unknown} unknown`);
  });
});
