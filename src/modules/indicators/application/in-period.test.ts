import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cell, indicatorsOver } from '../../../../test/support/known-figures.ts';
import { expectOk } from '../../../kernel/result.ts';
import { BUILT_IN } from '../domain/built-in.ts';
import { nameOf } from '../domain/definition.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const target = { value: 0.5, by: Temporal.PlainDate.from('2027-12-31'), source: 'eigene Setzung' };
const start = { value: 0.2, on: Temporal.PlainDate.from('2025-01-01') };
const definitions = new Map(BUILT_IN.map((one) => [nameOf(one.key), { ...one, target: { ...target, value: one.unit === 'share' ? 0.5 : 1000 }, start }]));

const decided = (month: string, all: number, automated: number) => cell('hund', month, { received: all, decided: all, automated, timed: all });
const { indicators } = indicatorsOver(
  [
    ...[decided('2026-07', 100, 20), decided('2026-08', 200, 40), decided('2026-09', 100, 20)],
    // a small month is in no figure
    ...[decided('2026-04', 30, 15), decided('2026-05', 30, 15), decided('2026-06', 4, 4), decided('2026-10', 50, 40), decided('2026-11', 50, 40)],
    cell('', '2026-08', { accounts: 40 }),
  ],
  NOW,
  { definitions },
);
const of = async (key: string, first: string, last: string) => expectOk(await indicators.during(key, { first, last }));

describe('the figure of a quarter', () => {
  it('is of its own months, with its cases and the light of its last day', async () => {
    const { state, cases, light, asOf } = await of('automation', '2026-07', '2026-09');
    assert.deepEqual([state, cases, light?.light], [{ kind: 'known', value: 0.2 }, 400, 'red']);
    assert.match(light!.rule.de, /am 30\.09\.2026 mindestens 37/);
    assert.equal(asOf?.toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString(), '2026-09-30');
  });
  it('leaves out the months that its history hides', async () => {
    const { state, cases } = await of('automation', '2026-04', '2026-06');
    assert.deepEqual([state, cases], [{ kind: 'known', value: 0.5 }, 60]);
    assert.deepEqual((await of('applications', '2026-06', '2026-06')).state, { kind: 'suppressed' });
  });
  it('is a sum without a light where more months make more of it', async () => {
    const { state, light } = await of('applications', '2026-07', '2026-09');
    assert.deepEqual([state, light], [{ kind: 'known', value: 400 }, undefined]);
  });
  it('of what there is a number of, it is that of its end', async () =>
    assert.deepEqual((await of('accounts', '2026-07', '2026-09')).state, { kind: 'known', value: 40 }));
  it('of one service is that of its shown months, and has no light: the target is the city’s', async () => {
    const { state, cases, light } = expectOk(await indicators.during('automation', { first: '2026-07', last: '2026-09' }, { service: 'hund' }));
    assert.deepEqual([state, cases, light], [{ kind: 'known', value: 0.2 }, 400, undefined]);
    assert.equal(expectOk(await indicators.during('accounts', { first: '2026-07', last: '2026-09' }, { service: 'hund' })).state.kind, 'unknown');
  });
  it('is none while the quarter runs, and none of a time of which nobody counted', async () => {
    assert.equal((await of('automation', '2026-10', '2026-12')).state.kind, 'unknown');
    assert.equal((await of('automation', '2025-07', '2025-09')).state.kind, 'unknown');
    assert.equal((await indicators.during('nichts', { first: '2026-07', last: '2026-09' })).ok, false);
  });
});
