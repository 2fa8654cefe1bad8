import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readSet } from './question-set.ts';

const PAGE = '{"id":"p1","document":"hund","title":"Hund","page":1,"text":"Der Hund braucht einen Chip."}';

it('reads pages and questions', () => {
  const { set, mistakes } = readSet(
    `${PAGE}\n\n{"id":"p2","document":"baum","text":"Der Baum ist alt."}\r\n`,
    '{"id":"f1","question":"Chip?","relevant":["p1"]}\n{"id":"f2","question":"Pass?","relevant":[]}',
  );
  assert.deepEqual(mistakes, []);
  assert.deepEqual(set.pages[1], { id: 'p2', document: 'baum', title: 'baum', page: 1, text: 'Der Baum ist alt.' });
  assert.deepEqual(
    set.questions.map(({ relevant }) => relevant),
    [['p1'], []],
  );
});

for (const [what, passages, questions, file, line, wrong] of [
  ['a broken line', `${PAGE}\n{`, '{"id":"f","question":"?","relevant":[]}', 'passages.jsonl', 2, /kein JSON/],
  ['a list', '[1]', '{"id":"f","question":"?","relevant":[]}', 'passages.jsonl', 1, /kein JSON-Objekt/],
  ['a page without text', '{"id":"x","document":"d"}', '{"id":"f","question":"?","relevant":[]}', 'passages.jsonl', 1, /«text»/],
  ['a page number that is none', PAGE.replace('"page":1', '"page":0'), '{"id":"f","question":"?","relevant":[]}', 'passages.jsonl', 1, /«page»/],
  ['an id that stands twice', `${PAGE}\n${PAGE.replace('hund', 'katze')}`, '{"id":"f","question":"?","relevant":[]}', 'passages.jsonl', 2, /gibt es schon/],
  ['a page that stands twice', `${PAGE}\n${PAGE.replace('p1', 'p2')}`, '{"id":"f","question":"?","relevant":[]}', 'passages.jsonl', 2, /steht zweimal/],
  ['a question without a list', PAGE, '{"id":"f","question":"?"}', 'questions.jsonl', 1, /«relevant»/],
  ['a passage that is not there', PAGE, '\n{"id":"f","question":"?","relevant":["p9"]}', 'questions.jsonl', 2, /«p9»/],
  ['an empty file', PAGE, '', 'questions.jsonl', 1, /keine gültige Zeile/],
] as const) {
  it(`names file and line of ${what}`, () => {
    const [first] = readSet(passages, questions).mistakes;
    assert.deepEqual([first?.file, first?.line], [file, line]);
    assert.match(first!.wrong, wrong);
  });
}
