import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DATED_RULES, MEASURES } from './rules-data.ts';
import { beyondStages, classOf, inSeason, RULE_NAMES, rulesOn, stageOf, toNhn, valueOf, type DatedRule } from './rules.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const rules = rulesOn(day('2026-11-28'), DATED_RULES, MEASURES);

describe('levels and stages at Pegel St. Pauli', () => {
  it('every rule names its source and a first day', () => {
    for (const one of DATED_RULES) assert.ok(one.source.length > 10 && /^\d{4}-\d\d-\d\d$/.test(one.validFrom), one.name);
    assert.deepEqual(Object.keys(rules.values).toSorted(), [...RULE_NAMES].toSorted());
  });

  for (const [metres, stage] of [
    [3.64, undefined],
    [3.65, 0],
    [4.99, 0],
    [5, 1],
    [5.49, 1],
    [5.5, 2],
    [6.5, 2],
    [7.2, 2],
  ] as const)
    it(`stage at ${metres} m is ${stage ?? 'none'}`, () => assert.equal(stageOf(metres, rules), stage));

  it('above stage 2 no further stage is laid down, and that is said', () => {
    assert.equal(beyondStages(6.5, rules), false);
    assert.equal(beyondStages(6.51, rules), true);
  });

  for (const [metres, name] of [
    [3.64, 'none'],
    [3.65, 'sturmflut'],
    [4.65, 'schwere'],
    [5.64, 'schwere'],
    [5.65, 'sehr-schwere'],
  ] as const)
    it(`BSH: ${metres} m with MHW 2.15 is ${name}`, () => assert.equal(classOf(metres, rules), name));

  it('MHW is a dated setting: another year, another Sturmflut', () => {
    const then = rulesOn(day('2018-06-01'), DATED_RULES, MEASURES);
    assert.equal(valueOf(then, 'mhw'), 2.13);
    assert.equal(classOf(3.63, then), 'sturmflut');
    assert.equal(classOf(3.63, rules), 'none');
  });

  it('the older page on closing the port stays beside the one in force', () => {
    assert.equal(valueOf(rules, 'port-closed-from'), 5.5);
    const other = rules.others.find(({ name }) => name === 'port-closed-from');
    assert.equal(other?.value, 6.5);
    assert.equal(other?.checked, 'contradicts-newer');
  });

  it('what the administration lays down counts from its day; of two on one day the later recorded', () => {
    const own = (value: number, recordedAt: string): DatedRule => ({
      name: 'mhw',
      value,
      unit: 'm NHN',
      validFrom: '2027-01-01',
      source: 'BSH 2027',
      checked: 'by-administration',
      recordedAt,
    });
    const all = [...DATED_RULES, own(2.2, '2026-12-02T00:00:00Z'), own(2.17, '2026-12-01T00:00:00Z')];
    assert.equal(valueOf(rulesOn(day('2026-12-31'), all, MEASURES), 'mhw'), 2.15);
    assert.equal(valueOf(rulesOn(day('2027-01-01'), all, MEASURES), 'mhw'), 2.2);
  });

  for (const [text, expected] of [
    ['2026-09-14', false],
    ['2026-09-15', true],
    ['2026-12-31', true],
    ['2027-03-31', true],
    ['2027-04-01', false],
  ] as const)
    it(`season from 15 September to 31 March: ${text} is ${expected ? 'in' : 'out'}`, () => assert.equal(inSeason(day(text), rules), expected));

  it('heights are kept in NHN, whatever they were counted from', () => {
    assert.equal(toNhn(10.3, 'PN', rules), 5.3);
    assert.equal(toNhn(3.5, 'MHW', rules), 5.65);
    assert.equal(toNhn(5.65, 'NHN', rules), 5.65);
  });
});
