import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Block, BlockSurroundings } from './blocks.ts';
import { assign, checkExperiment, readCounts, suggestedMaximum, variantsOf, variedBlocks, type Plan, type Variation } from './experiment.ts';

const AROUND: BlockSurroundings = { hasService: () => true, hasPicture: () => true, today: Temporal.PlainDate.from('2026-11-24') };
const all = (text: string) => ({ de: text, en: text, leicht: text });
const LEAD: Block = { id: 'b1', kind: 'lead', words: { heading: all('Hund anmelden'), text: all('Das geht online.') } };
const FACT: Block = { id: 'b2', kind: 'fact', words: { text: all('So ist es.') }, source: 'Amt', date: '2026-01-01' };
const LEGAL: Block = { id: 'b3', kind: 'legal', words: {}, service: 'hund' };
const CONTENT = { blocks: [LEAD, FACT, LEGAL] };
const PLAN: Plan = { expectedPercent: 20, minimumPercent: 10, alpha: 0.05, maximumShown: 1000 };
const OTHER: Variation = { block: 'b1', texts: { b: { heading: all('Ihr Hund geht online'), text: all('Das geht schnell.') } } };

const fieldsOf = (plan: Plan, variation: Variation): readonly string[] => {
  const checked = checkExperiment(plan, variation, CONTENT, AROUND);
  return checked.ok ? [] : (checked.problem.fields ?? []).map(({ field }) => field);
};

describe('a comparison of wordings, before the start', () => {
  it('is taken with everything stated', () => assert.deepEqual(fieldsOf(PLAN, OTHER), []));
  for (const [what, plan, variation, fields] of [
    ['facts', PLAN, { block: 'b2', texts: { b: { text: all('Anders.') } } }, ['block']],
    ['what is said of the law', PLAN, { block: 'b3', texts: { b: {} } }, ['block']],
    ['a block that is not there', PLAN, { block: 'b9', texts: {} }, ['block']],
    ['no second wording', PLAN, { block: 'b1', texts: {} }, ['variants']],
    ['the same wording again', PLAN, { block: 'b1', texts: { b: LEAD.words } }, ['b.heading.de']],
    [
      'a wording that tells a fee',
      PLAN,
      { block: 'b1', texts: { b: { heading: all('Ohne Gebühr anmelden'), text: all('Das geht.') } } },
      ['b.heading.de', 'b.heading.en', 'b.heading.leicht'],
    ],
    ['a language missing', PLAN, { block: 'b1', texts: { b: { heading: { ...all('Neu'), en: '' }, text: all('Das geht.') } } }, ['b.heading.en']],
    ['no expected rate', { ...PLAN, expectedPercent: 0 }, OTHER, ['expected']],
    ['a difference beyond everything', { ...PLAN, expectedPercent: 95 }, OTHER, ['minimum']],
    ['an alpha of one’s own', { ...PLAN, alpha: 0.2 }, OTHER, ['alpha']],
    ['no end', { ...PLAN, maximumShown: Number.NaN }, OTHER, ['maximum']],
  ] as const satisfies readonly (readonly [string, Plan, Variation, readonly string[]])[])
    it(`${what}: refused`, () => assert.deepEqual(fieldsOf(plan, variation), fields));

  it('changes the words of one block and nothing else', () => {
    const [lead, fact] = variedBlocks(CONTENT, OTHER, 'b');
    assert.equal(lead!.words.heading?.de, 'Ihr Hund geht online');
    assert.equal(fact, FACT);
    assert.deepEqual(variedBlocks(CONTENT, OTHER, 'a'), CONTENT.blocks);
  });
  it('gives each wording the same chance', () => {
    const variants = variantsOf({ block: 'b1', texts: { b: {}, d: {} } });
    assert.deepEqual(variants, ['a', 'b', 'd']);
    assert.deepEqual(
      [0, 0.34, 0.67, 0.999].map((chance) => assign(variants, () => chance)),
      ['a', 'b', 'd', 'd'],
    );
  });
  it('more wordings need more views', () => assert.ok(suggestedMaximum(PLAN, 4) > suggestedMaximum(PLAN, 2)));
});

describe('what the counts say', () => {
  const read = (counts: Parameters<typeof readCounts>[2], plan = PLAN) => readCounts(plan, ['a', 'b'], counts);
  it('nothing before anybody came', () => assert.equal(read({}).kind, 'open'));
  it('no result yet while it may be chance', () => assert.equal(read({ a: { shown: 300, reached: 60 }, b: { shown: 310, reached: 70 } }).kind, 'open'));
  it('a difference that is shown, and in which direction', () => {
    const more = read({ a: { shown: 500, reached: 100 }, b: { shown: 510, reached: 170 } });
    assert.ok(more.kind === 'shown' && more.comparisons[0]!.better && more.comparisons[0]!.evidence >= 20);
    const less = read({ a: { shown: 500, reached: 170 }, b: { shown: 510, reached: 100 } });
    assert.ok(less.kind === 'shown' && !less.comparisons[0]!.better);
  });
  it('no difference, when the end that was stated is there', () =>
    assert.equal(read({ a: { shown: 1000, reached: 200 }, b: { shown: 1005, reached: 205 } }).kind, 'maximum'));
  it('nothing at all where one was shown far more often', () => {
    const uneven = read({ a: { shown: 500, reached: 100 }, b: { shown: 900, reached: 400 } });
    assert.ok(uneven.kind === 'uneven' && uneven.chance < 0.001);
  });
  it('nothing at all where more was begun than shown', () =>
    assert.equal(read({ a: { shown: 30, reached: 31 }, b: { shown: 30, reached: 3 } }).kind, 'impossible'));
  it('several wordings are held to a stricter measure', () => {
    const counts = { a: { shown: 400, reached: 80 }, b: { shown: 400, reached: 121 }, c: { shown: 400, reached: 80 }, d: { shown: 400, reached: 80 } };
    const alone = readCounts(PLAN, ['a', 'b'], counts);
    const among = readCounts(PLAN, ['a', 'b', 'c', 'd'], counts);
    assert.equal(alone.kind, 'shown');
    assert.equal(among.kind, 'open');
  });
});
