import type { Priority, StepKind } from '../../../kernel/log.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSaid, stepProblems, type NewStep } from './message-steps.ts';
import { copyHolders, firstDistribution, isOverdue, unreadBy, type Step } from './message.ts';

const NOW = Temporal.Instant.from('2026-11-28T19:00:00Z');

const step = (kind: StepKind, over: Partial<Step> = {}): Step => ({
  messageId: 'm',
  place: 1,
  kind,
  copy: null,
  toFunction: null,
  ref: null,
  note: '',
  at: NOW,
  byId: 'p',
  by: 'Petra',
  byFunction: 'S6',
  sha256: '',
  ...over,
});

describe('the four sheets', () => {
  it('go: blue to the first, green to the second, red to S2, yellow stays with S6; more read on the screen', () => {
    assert.deepEqual(
      firstDistribution(['S3', 'leiter', 'S4', 'S2']).map(({ copy, toFunction }) => `${copy}:${toFunction}`),
      ['blau:S3', 'gruen:leiter', 'null:S4', 'rot:S2', 'gelb:S6'],
    );
    assert.deepEqual(
      firstDistribution([]).map(({ copy }) => copy),
      ['rot', 'gelb'],
    );
  });

  it('lie with whom they were given last', () => {
    const given = (copy: Step['copy'], toFunction: Step['toFunction']) => step('verteilung', { copy, toFunction });
    assert.deepEqual(copyHolders([given('blau', 'S3'), given('rot', 'S2'), given('gelb', 'S6'), given('blau', 'S4')]), {
      blau: 'S4',
      gruen: null,
      rot: 'S2',
      gelb: 'S6',
    });
  });
});

describe('an urgent message', () => {
  const CASES: readonly (readonly [string, 'in' | 'out', Priority, number, readonly StepKind[], boolean])[] = [
    ['Blitz waits two minutes', 'in', 'blitz', 2, [], false],
    ['Blitz is overdue after that', 'in', 'blitz', 3, [], true],
    ['Sofort waits ten minutes', 'in', 'sofort', 10, [], false],
    ['Sofort is overdue after that', 'in', 'sofort', 11, ['gelesen'], true],
    ['acknowledged, it is settled', 'in', 'blitz', 60, ['quittung'], false],
    ['what came in is not settled by forwarding', 'in', 'blitz', 60, ['befoerderung'], true],
    ['what goes out is settled when forwarded', 'out', 'blitz', 60, ['befoerderung'], false],
    ['without priority nothing is overdue', 'in', 'none', 600, [], false],
  ];
  for (const [rule, direction, priority, minutes, kinds, overdue] of CASES)
    it(rule, () => assert.equal(isOverdue({ direction, priority, takenAt: NOW.subtract({ minutes }), steps: kinds.map((kind) => step(kind)) }, NOW), overdue));
});

describe('steps', () => {
  const CASES: readonly (readonly [string, 'in' | 'out', Partial<NewStep> & Pick<NewStep, 'kind'>, readonly string[]])[] = [
    ['an acknowledgement needs nothing', 'in', { kind: 'quittung' }, []],
    ['what came in is not forwarded', 'in', { kind: 'befoerderung' }, ['kind']],
    ['a distribution says to whom', 'in', { kind: 'verteilung' }, ['toFunction']],
    ['red belongs to S2', 'in', { kind: 'verteilung', copy: 'rot', toFunction: 'S3' }, ['copy']],
    ['yellow stays with S6', 'in', { kind: 'verteilung', copy: 'gelb', toFunction: 'S3' }, ['copy']],
    ['a link says to what', 'in', { kind: 'bezug' }, ['ref']],
    ['a note is short', 'in', { kind: 'quittung', note: 'x'.repeat(501) }, ['note']],
  ];
  for (const [rule, direction, one, fields] of CASES)
    it(rule, () =>
      assert.deepEqual(
        stepProblems(direction, { note: '', ...one }).map(({ field }) => field),
        fields,
      ),
    );

  it('are not said twice: a stamp once, an acknowledgement once for each function', () => {
    assert.equal(isSaid([step('annahme')], { kind: 'annahme', note: '' }, 'S3'), true);
    assert.equal(isSaid([step('quittung')], { kind: 'quittung', note: '' }, 'S3'), false);
    assert.equal(isSaid([step('quittung')], { kind: 'quittung', note: '' }, 'S6'), true);
  });

  it('a sheet that comes back is given again', () => {
    const given = (toFunction: Step['toFunction']) => step('verteilung', { copy: 'blau', toFunction });
    assert.equal(isSaid([given('S3'), given('S4')], { kind: 'verteilung', copy: 'blau', toFunction: 'S3', note: '' }, 'S6'), false);
    assert.equal(isSaid([given('S3'), given('S4')], { kind: 'verteilung', copy: 'blau', toFunction: 'S4', note: '' }, 'S6'), true);
  });

  it('unread are those who were given it and said nothing since', () => {
    const given = step('verteilung', { toFunction: 'S3' });
    assert.deepEqual(unreadBy([given, step('gelesen', { byFunction: 'S4' })]), ['S3']);
    assert.deepEqual(unreadBy([given, step('gelesen', { byFunction: 'S3' })]), []);
  });
});
