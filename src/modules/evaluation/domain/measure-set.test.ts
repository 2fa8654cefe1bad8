import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FoundPassage } from '../../../kernel/passage.ts';
import { measureSet, type ShownQuote } from './measure-set.ts';
import type { QuestionSet } from './question-set.ts';

const TEXT = 'Größe: 10 m². Der Hund braucht einen Chip. 👍';
const SET: QuestionSet = {
  pages: [{ id: 'p', document: 'hund', title: 'Hund', page: 2, text: TEXT }],
  questions: [{ id: 'f', question: 'Braucht mein Hund einen Chip?', relevant: ['p'] }],
};
const FOUND: FoundPassage = { id: '1', documentId: 'hund', title: 'Hund', documentSha256: '', page: 2, start: 14, end: 42, text: TEXT.slice(14, 42), score: 1 };
const quote = (change: Partial<ShownQuote> = {}): ShownQuote => ({ document: 'hund', page: 2, start: 14, end: 42, quote: TEXT.slice(14, 42), ...change });
const precision = (...quotes: ShownQuote[]): number => measureSet(SET, { search: () => [FOUND], quotes: () => quotes }).citations.precision;

it('a quotation is right when the page has its very bytes there', () => {
  assert.equal(precision(quote()), 1);
  assert.equal(precision(quote({ start: 0, end: TEXT.length, quote: TEXT })), 1);
});

for (const [what, change] of [
  ['one letter is another', { quote: 'Der Hund braucht keinen Chip' }],
  ['it stands elsewhere', { start: 15, end: 43 }],
  ['the page is another', { page: 1 }],
  ['the document is another', { document: 'katze' }],
  ['it is empty', { start: 3, end: 3, quote: '' }],
  ['it is written in other code points', { start: 0, end: 5, quote: 'Größe'.normalize('NFD') }],
] as const) {
  it(`a quotation is wrong when ${what}`, () => assert.equal(precision(quote(), quote(change)), 0.5));
}

it('a search that finds what the set does not have is a bug', () => {
  assert.throws(() => measureSet(SET, { search: () => [{ ...FOUND, page: 9 }], quotes: () => [] }), /does not have/);
});
