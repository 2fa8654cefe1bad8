import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evaluate } from 'feelin';
import { evaluateDecision } from './evaluate.ts';
import { evaluateFeel, feelMistake, passesTests } from './feel.ts';
import type { Outcome } from './model.ts';
import { parseDmn } from './parse-dmn.ts';

/** A decision table for tests: rows of `[...tests, ...results, sentence]`. */
interface Sketch {
  readonly id: string;
  readonly policy?: string;
  readonly aggregation?: string;
  readonly requires?: readonly string[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function dmnOf(...sketches: readonly Sketch[]): string {
  const decisions = sketches.map(
    ({ id, policy = 'UNIQUE', aggregation, requires = [], inputs, outputs, rows }) => `<decision id="${id}" name="${id}">
${requires.map((other) => `<informationRequirement id="${id}-${other}"><requiredDecision href="#${other}"/></informationRequirement>`).join('')}
<decisionTable id="${id}-t" hitPolicy="${policy}"${aggregation === undefined ? '' : ` aggregation="${aggregation}"`}>
${inputs.map((text, i) => `<input id="${id}-i${i}" label="${text}"><inputExpression id="${id}-e${i}"><text>${xml(text)}</text></inputExpression></input>`).join('')}
${outputs.map((name, i) => `<output id="${id}-o${i}" name="${name}"/>`).join('')}
${rows
  .map(
    (row, r) => `<rule id="${id}-r${r}"><description>${xml(row.at(-1)!)}</description>
${row
  .slice(0, inputs.length)
  .map((text, i) => `<inputEntry id="${id}-r${r}i${i}"><text>${xml(text)}</text></inputEntry>`)
  .join('')}
${row
  .slice(inputs.length, -1)
  .map((text, i) => `<outputEntry id="${id}-r${r}o${i}"><text>${xml(text)}</text></outputEntry>`)
  .join('')}</rule>`,
  )
  .join('\n')}
</decisionTable></decision>`,
  );
  return `<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="t" namespace="urn:t">${decisions.join('\n')}</definitions>`;
}

async function decide(inputs: Readonly<Record<string, unknown>>, ...sketches: readonly Sketch[]): Promise<Outcome> {
  const { rules, mistakes } = await parseDmn(dmnOf(...sketches));
  assert.deepEqual(mistakes, []);
  return evaluateDecision(rules, sketches.at(-1)!.id, inputs);
}

/** Two rows fit 5, the first also 15, the third 101. */
const table = (policy: string, more: Partial<Sketch> = {}): Sketch => ({
  id: 'd',
  policy,
  inputs: ['n'],
  outputs: ['out'],
  rows: [
    ['< 20', '10', 'unter zwanzig'],
    ['< 10', '30', 'unter zehn'],
    ['> 100', '99', 'über hundert'],
  ],
  ...more,
});

test('DMN 8.2.10 UNIQUE: the one rule that fits; none is null; two are a problem, never guessed', async () => {
  const one = await decide({ n: 15 }, table('UNIQUE'));
  assert.equal(one.value, 10);
  assert.deepEqual(one.problems, []);
  assert.equal((await decide({ n: 50 }, table('UNIQUE'))).value, null);
  const two = await decide({ n: 5 }, table('UNIQUE'));
  assert.equal(two.value, null);
  assert.deepEqual(
    two.problems.map(({ kind, decision, rules }) => ({ kind, decision, rules })),
    [{ kind: 'contradiction', decision: 'd', rules: [1, 2] }],
  );
  assert.match(two.problems[0]!.detail, /die Zeilen 1, 2 zugleich zu/);
  assert.equal(two.trace.length, 2, 'the trace shows what fits');
});

test('DMN 8.2.10 ANY: several rules if they agree', async () => {
  const rows = [
    ['< 20', '1', 'a'],
    ['< 10', '1', 'b'],
    ['< 3', '2', 'c'],
  ];
  assert.equal((await decide({ n: 5 }, table('ANY', { rows }))).value, 1);
  const apart = await decide({ n: 2 }, table('ANY', { rows }));
  assert.equal(apart.value, null);
  assert.match(apart.problems[0]!.detail, /sagen die Zeilen 1, 2, 3 Verschiedenes/);
});

test('DMN 8.2.10 FIRST: the first in order, and the trace names it alone', async () => {
  const { value, trace } = await decide({ n: 5 }, table('FIRST'));
  assert.equal(value, 10);
  assert.deepEqual(trace, [{ decision: 'd', rule: 1, sentence: 'unter zwanzig', inputs: { n: 5 }, outputs: { out: 10 } }]);
});

test('DMN 8.2.11 RULE ORDER and COLLECT: all that fit, in order; none is an empty list', async () => {
  for (const policy of ['RULE ORDER', 'COLLECT']) {
    const both = await decide({ n: 5 }, table(policy));
    assert.deepEqual(both.value, [10, 30]);
    assert.deepEqual(
      both.trace.map((entry) => entry.sentence),
      ['unter zwanzig', 'unter zehn'],
    );
    assert.deepEqual((await decide({ n: 50 }, table(policy))).value, []);
  }
});

for (const [aggregation, value, ofNone] of [
  ['SUM', 40, null],
  ['COUNT', 2, 0],
  ['MIN', 10, null],
  ['MAX', 30, null],
] as const) {
  test(`DMN 8.2.11 COLLECT with ${aggregation}`, async () => {
    assert.equal((await decide({ n: 5 }, table('COLLECT', { aggregation }))).value, value);
    assert.equal((await decide({ n: 50 }, table('COLLECT', { aggregation }))).value, ofNone);
  });
}

test('several outputs make an object', async () => {
  const outcome = await decide({ n: 1 }, table('FIRST', { outputs: ['class', 'count'], rows: [['-', '"gross"', '2', 'immer']] }));
  assert.deepEqual(outcome.value, { class: 'gross', count: 2 });
});

test('a decision sees the value of the one it requires, and its trace comes first', async () => {
  const base: Sketch = { id: 'base', inputs: ['n'], outputs: ['b'], rows: [['-', 'n * 2', 'doppelt']] };
  const top: Sketch = {
    id: 'top',
    requires: ['base'],
    inputs: ['base'],
    outputs: ['t'],
    rows: [
      ['> 9', 'true', 'gross'],
      ['<= 9', 'false', 'klein'],
    ],
  };
  const { value, trace } = await decide({ n: 5 }, base, top);
  assert.equal(value, true);
  assert.deepEqual(
    trace.map((entry) => entry.sentence),
    ['doppelt', 'gross'],
  );
  assert.deepEqual(trace[1]!.inputs, { base: 10 });
});

test('a literal expression decides by itself; an unknown decision is a bug', async () => {
  const { rules } = await parseDmn(
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x" name="x" namespace="n"><decision id="twice" name="twice"><literalExpression id="l"><text>n * 2</text></literalExpression></decision></definitions>',
  );
  assert.equal(evaluateDecision(rules, 'twice', { n: 21 }).value, 42);
  assert.throws(() => evaluateDecision(rules, 'fehlt', {}), /unknown decision fehlt/);
});

test('DMN 10.3: what is not known is null, and null is never true', () => {
  for (const expression of ['unknown', 'unknown < 3', 'unknown = true', 'unknown.part', 'date(unknown).month = 3']) {
    assert.notEqual(evaluateFeel(expression, {}), true, expression);
    assert.notEqual(evaluateFeel(expression, { unknown: null }), true, expression);
  }
});

const cells: readonly (readonly [tests: string, value: unknown, passes: boolean])[] = [
  ['-', null, true],
  ['>= 80', 80, true],
  ['>= 80', null, false],
  ['[120..200)', 120, true],
  ['[120..200)', 200, false],
  ['not("self")', 'private', true],
  ['not("self")', 'self', false],
  ['null', null, true],
  ['"a", "b"', 'b', true],
  ['? != null and date(?) > date(today)', '2026-11-25', true],
  ['? != null and date(?) > date(today)', '2026-11-24', false],
  ['? != null and date(?) > date(today)', null, false],
];
for (const [tests, value, passes] of cells) {
  test(`DMN 7.3.1 unary test «${tests}» on ${JSON.stringify(value)}: ${passes}`, () =>
    assert.equal(passesTests(tests, value, { today: '2026-11-24' }), passes));
}

const unreadable: readonly (readonly [text: string, kind: 'expression' | 'tests'])[] = [
  ['growth =', 'expression'],
  ['"open', 'expression'],
  ['', 'expression'],
  ['>=', 'tests'],
  ['[1..', 'tests'],
];
for (const [text, kind] of unreadable) {
  test(`no FEEL (${kind}): «${text}»`, () => assert.equal(typeof feelMistake(text, kind), 'string'));
}

test('FEEL that can be read has no mistake', () => {
  for (const text of ['growth = "single" or growth = null', 'some tree in trees satisfies tree.girth >= 80', 'date(day) + duration("P42D")'])
    assert.equal(feelMistake(text), undefined, text);
  assert.equal(feelMistake('>= 80', 'tests'), undefined);
});

const planted: readonly (readonly [name: string, dmn: string, message: RegExp])[] = [
  ['no XML', 'not xml at all', /kein lesbares DMN/],
  ['a hit policy that is not known', dmnOf(table('BEST')), /Auswahlregel BEST/],
  ['an input that is no FEEL', dmnOf(table('FIRST', { inputs: ['n +'] })), /«n \+» ist kein gültiges FEEL/],
  ['a cell that is no FEEL', dmnOf(table('FIRST', { rows: [['<', '1', 'x']] })), /«<» ist kein gültiges FEEL/],
  ['a result that is no FEEL', dmnOf(table('FIRST', { rows: [['-', '1 +', 'x']] })), /«1 \+» ist kein gültiges FEEL/],
  ['a rule without its reason (§ 39 VwVfG)', dmnOf(table('FIRST', { rows: [['-', '1', '']] })), /Zeile 1: die Begründung/],
  ['a requirement that is not there', dmnOf(table('FIRST', { requires: ['weg'] })), /baut auf weg auf/],
  [
    'a decision without logic',
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x" name="x" namespace="n"><decision id="leer" name="leer"/></definitions>',
    /leer hat weder Tabelle noch Ausdruck/,
  ],
];
for (const [name, dmn, message] of planted) {
  test(`mistake found in DMN: ${name}`, async () => {
    const { mistakes } = await parseDmn(dmn);
    assert.ok(
      mistakes.some((mistake) => message.test(mistake.message)),
      JSON.stringify(mistakes),
    );
  });
}

// What the standard leaves to an interpreter (null in a quantifier) is not compared.
test('expressions say what feelin, another interpreter, says with whatever answers', () => {
  const expressions = [
    'a = "x" or b >= 3',
    'if a = null then b else a',
    'b + 1',
    'not(c)',
    'c and b > 2',
    'every i in [a, "x"] satisfies i = "x"',
    'a in ("x", "y")',
    'b between 2 and 4',
    '{ z: b, y: z }.y',
    'string length(a) > 0',
    'b instance of number',
    'max([b, 2])',
    'list[item > b]',
  ];
  const contexts = fc.record({
    a: fc.constantFrom('x', 'y', '', null),
    b: fc.oneof(fc.integer({ min: -5, max: 9 }), fc.constant(null)),
    c: fc.constantFrom(true, false, null),
    list: fc.array(fc.integer({ min: -5, max: 9 }), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.constantFrom(...expressions), contexts, (expression, context) => {
      assert.deepEqual(evaluateFeel(expression, context), evaluate(expression, { ...context }).value);
    }),
    { numRuns: 2000 },
  );
});

test('names that only the context can tell are read with it', () => {
  assert.equal(evaluateFeel('a-b', { 'a-b': 7 }), 7);
  assert.equal(evaluateFeel('a-b', { a: 7, b: 2 }), 5);
  assert.equal(evaluateFeel('monthly rate * 12', { 'monthly rate': 5 }), 60);
});

test('rules never read the clock', () => {
  assert.match(feelMistake('date(day) > today()')!, /liest die Uhr/);
  assert.equal(feelMistake('date(day) > date(today)'), undefined);
});
