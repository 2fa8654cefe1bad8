import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rankingFigures } from './ranking-figures.ts';

const near = (one: number, other: number): void => assert.ok(Math.abs(one - other) < 1e-12, `${one} is not ${other}`);

it('MRR@10, recall@5 and nDCG@10 by hand', () => {
  const figures = rankingFigures([
    { found: ['a', 'b', 'c'], relevant: ['a'] },
    { found: ['x', 'a', 'y', 'b'], relevant: ['a', 'b'] },
    { found: ['x', 'y'], relevant: ['a'] },
    { found: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'a'], relevant: ['a'] },
    { found: ['x'], relevant: [] },
  ]);
  assert.equal(figures.questions, 4);
  near(figures.mrr10, (1 + 1 / 2 + 0 + 0) / 4);
  near(figures.recall5, (1 + 1 + 0 + 0) / 4);
  near(figures.ndcg10, (1 + (1 / Math.log2(3) + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3))) / 4);
});

it('nothing asked is nothing found', () => assert.deepEqual(rankingFigures([]), { questions: 0, mrr10: 0, recall5: 0, ndcg10: 0 }));
