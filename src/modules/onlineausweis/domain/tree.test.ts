import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WORDS } from './all-words.ts';
import { LANGUAGES } from './languages.ts';
import { CARD_FEE, DURATIONS, letterSent, RESET_BY_LETTER } from './parameters.ts';
import { END_OF, ENDS, FIRST, lettersOf, MOST_QUESTIONS, QUESTION_OF, type QuestionId } from './tree.ts';
import { cardOf, follow } from './walk.ts';

interface WholePath {
  readonly path: string;
  readonly end: string;
}

/** Every path through the tree. @throws where one asks the same question twice: a loop */
function everyPath(question: QuestionId = FIRST, path = '', asked: readonly QuestionId[] = []): WholePath[] {
  assert.ok(!asked.includes(question), `the path ${path} asks ${question} twice`);
  return Object.entries(QUESTION_OF[question].answers).flatMap(([letter, target]) =>
    'end' in target ? [{ path: path + letter, end: target.end }] : everyPath(target.question, path + letter, [...asked, question]),
  );
}

const PATHS = everyPath();
const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([one]) => one).sort();

describe('the tree of the Online-Ausweis helper', () => {
  it(`asks at most ${MOST_QUESTIONS} questions on any path, and one path asks that many`, () => {
    const longest = Math.max(...PATHS.map(({ path }) => path.length));
    assert.equal(longest, MOST_QUESTIONS);
    assert.ok(PATHS.length > 50, `only ${PATHS.length} paths`);
  });

  it('reaches every end and every question, and the walk agrees with the data', () => {
    assert.deepEqual([...new Set(PATHS.map(({ end }) => end))].sort(), [...ENDS].sort());
    const reached = new Set(
      PATHS.flatMap(({ path }) => {
        const followed = follow(path);
        return followed.ok ? followed.value.given.map(({ question }) => question) : [];
      }),
    );
    assert.deepEqual([...reached].sort(), Object.keys(QUESTION_OF).sort());
    for (const { path, end } of PATHS) {
      const followed = follow(path);
      assert.ok(followed.ok, path);
      assert.deepEqual(followed.value.at, { end });
      assert.equal(followed.value.given.map(({ letter }) => letter).join(''), path);
    }
  });

  it('knows words for exactly the answers of each question, and a source for each step', () => {
    for (const [id, { words, answers, source }] of Object.entries(QUESTION_OF)) {
      assert.deepEqual(Object.keys(answers).sort(), [...lettersOf(words)].sort(), id);
      assert.ok(Object.keys(answers).length >= 2, `${id} has no choice`);
      assert.ok(source.length > 5, id);
    }
    for (const id of ENDS) {
      assert.ok(END_OF[id].steps.length > 0, id);
      assert.ok(END_OF[id].source.length > 5, id);
      // whatever the card, something stays to be done
      for (const card of ['p', 't', 'e'] as const)
        assert.ok(
          END_OF[id].steps.some(({ cards, when }) => when === undefined && (cards?.includes(card) ?? true)),
          `${id} says nothing for ${card}`,
        );
    }
  });

  it('refuses a path that no question knows, one that goes on after an end, and names of the object itself', () => {
    for (const path of ['x', 'px', 'vj', 'kk', 'P', 'ps ', 'toString', '__proto__']) {
      const followed = follow(path);
      assert.ok(!followed.ok && followed.problem.kind === 'invalid-input', path);
    }
  });

  it('tells the card of a path', () => {
    assert.equal(cardOf([{ question: 'card', letter: 't' }]), 't');
    assert.equal(cardOf([{ question: 'card', letter: 'v' }]), undefined);
    assert.equal(cardOf([]), undefined);
  });
});

describe('the words of the helper', () => {
  /** Every text of a language by its place. */
  function texts(value: unknown, place = ''): [string, string][] {
    if (typeof value === 'string') return [[place, value]];
    return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${place}.${key}`));
  }
  const german = texts(WORDS.de);

  it('are there in twelve languages, each text in each, with the same things to put in', () => {
    assert.equal(LANGUAGES.length, 12);
    assert.ok(german.length > 90, `only ${german.length} texts`);
    for (const { key } of LANGUAGES) {
      const own = new Map(texts(WORDS[key]));
      assert.deepEqual([...own.keys()].sort(), german.map(([place]) => place).sort(), key);
      for (const [place, text] of german) {
        const words = own.get(place)!;
        assert.ok(words.trim() !== '' || (key === 'de' && place === '.frame.unchecked'), `${key}${place} is empty`);
        assert.deepEqual(placeholders(words), placeholders(text), `${key}${place}`);
      }
    }
  });

  it('are translated, not copied, and written in the script of their language', () => {
    const SCRIPTS = { uk: /\p{Script=Cyrillic}/u, ru: /\p{Script=Cyrillic}/u, bg: /\p{Script=Cyrillic}/u, fa: /\p{Script=Arabic}/u, ar: /\p{Script=Arabic}/u };
    for (const { key, direction } of LANGUAGES.filter((one) => one.key !== 'de')) {
      const own = texts(WORDS[key]);
      const same = own.filter(([place, text]) => german.find(([other]) => other === place)?.[1] === text);
      // Leichte Sprache is German, and some sentences are easy already
      assert.ok(same.length <= (key === 'leicht' ? 25 : 0), `${key} says ${same.length} texts as in German: ${same.map(([place]) => place).join(', ')}`);
      const script = (SCRIPTS as Record<string, RegExp>)[key];
      assert.equal(direction === 'rtl', key === 'fa' || key === 'ar');
      if (script !== undefined) for (const [place, text] of own) assert.match(text, script, `${key}${place}`);
    }
  });

  it('keep a telephone number together where it would be read from the wrong end', () => {
    for (const { key } of LANGUAGES.filter(({ direction }) => direction === 'rtl')) {
      for (const [place, text] of texts(WORDS[key])) assert.doesNotMatch(text, /\d \d/, `${key}${place}`);
    }
  });

  it('names in every language the numbers that matter: 115, 116 116, and the app by its name', () => {
    for (const { key } of LANGUAGES) {
      assert.match(WORDS[key].steps['block-card'], /116[ \u00a0]116/, key);
      assert.match(WORDS[key].frame.help, /115/, key);
      assert.match(WORDS[key].steps['appointment'], /040[ \u00a0]115/, key);
      assert.match(WORDS[key].steps['app'], /AusweisApp/, key);
      assert.match(WORDS[key].steps['change-pin'], /Transport[- ]PIN/, key);
    }
  });
});

describe('what a city must look after', () => {
  const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

  it('the fee of a card changed on 7 February 2026', () => {
    assert.equal(CARD_FEE.on(day('2026-02-06')).full, 3700);
    assert.deepEqual(CARD_FEE.on(day('2026-02-07')), { full: 4600, young: 2760 });
    assert.equal(CARD_FEE.inForceOn(day('2019-01-01')), undefined);
    assert.ok(DURATIONS.inForceOn(day('2026-11-29')));
  });

  it('the reset by letter is off since 29 December 2023, and on again by a day that a city names', (t) => {
    for (const [on, sent] of [
      ['2020-01-01', false],
      ['2023-12-28', true],
      ['2023-12-29', false],
      ['2026-11-29', false],
      ['2027-01-01', false],
    ] as const)
      assert.equal(letterSent(day(on)), sent, on);
    RESET_BY_LETTER.set([{ from: '2027-01-01', value: { sent: true }, source: 'Test' }]);
    t.after(() => RESET_BY_LETTER.set([]));
    assert.deepEqual([letterSent(day('2026-12-31')), letterSent(day('2027-01-01'))], [false, true]);
  });
});
