import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FoundPassage } from '../../../kernel/passage.ts';
import { ranked } from './ranked.ts';

const passage = (id: string, text = id): FoundPassage => ({
  ...{ id, text, documentId: 'd', title: 'Akte', documentSha256: 'ab'.repeat(32), page: 1, start: 0, end: text.length, score: 1 },
});

it('another ranker orders what the reader may see, and adds and changes nothing', async () => {
  const own = [passage('a'), passage('b')];
  const ranker = { name: 'fremd', rank: async () => [passage('geheim'), passage('b', 'gefälscht'), passage('b'), passage('a')] };
  const found = await ranked([ranker], 'frage', own);
  assert.deepEqual(new Set(found.map(({ id, text }) => `${id}=${text}`)), new Set(['a=a', 'b=b']));
  assert.deepEqual(await ranked([], 'frage', own), own);
});
