import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateDecision } from './evaluate.ts';
import { parseDmn } from './parse-dmn.ts';

const MODEL_15 = 'https://www.omg.org/spec/DMN/20230324/MODEL/';

const dmn = (content: string, namespace = MODEL_15): string => `<definitions xmlns="${namespace}" id="m" name="m" namespace="urn:m">${content}</definitions>`;
const text = (words: string): string => `<literalExpression><text>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text></literalExpression>`;
const needs = (...hrefs: readonly string[]): string =>
  hrefs.map((href) => `<informationRequirement><requiredDecision href="#${href}"/></informationRequirement>`).join('');
const wants = (...hrefs: readonly string[]): string =>
  hrefs.map((href) => `<informationRequirement><requiredInput href="#${href}"/></informationRequirement>`).join('');
const knows = (...hrefs: readonly string[]): string =>
  hrefs.map((href) => `<knowledgeRequirement><requiredKnowledge href="#${href}"/></knowledgeRequirement>`).join('');
const decision = (id: string, logic: string, requirements = '', type = ''): string =>
  `<decision id="${id}" name="${id}"><variable name="${id}"${type === '' ? '' : ` typeRef="${type}"`}/>${requirements}${logic}</decision>`;
const input = (id: string, type: string): string => `<inputData id="${id}" name="${id}"><variable name="${id}" typeRef="${type}"/></inputData>`;

async function value(content: string, id: string, inputs: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const { rules, mistakes } = await parseDmn(dmn(content));
  assert.deepEqual(mistakes, []);
  return evaluateDecision(rules, id, inputs).value;
}

const logics: readonly (readonly [name: string, logic: string, expected: unknown])[] = [
  [
    'context with a result',
    `<context><contextEntry><variable name="rate"/>${text('2')}</contextEntry><contextEntry><variable name="base fee"/>${text('rate * 10')}</contextEntry><contextEntry>${text('base fee + 1')}</contextEntry></context>`,
    21,
  ],
  [
    'context without one',
    `<context><contextEntry><variable name="a"/>${text('1')}</contextEntry><contextEntry><variable name="b"/>${text('a + 1')}</contextEntry></context>`,
    { a: 1, b: 2 },
  ],
  ['list', `<list>${text('1')}${text('"x"')}</list>`, [1, 'x']],
  [
    'relation',
    `<relation><column name="zone"/><column name="cents"/><row>${text('"A"')}${text('100')}</row><row>${text('"B"')}${text('200')}</row></relation>`,
    [
      { zone: 'A', cents: 100 },
      { zone: 'B', cents: 200 },
    ],
  ],
  ['conditional (1.4)', `<conditional><if>${text('1 > 2')}</if><then>${text('"yes"')}</then><else>${text('"no"')}</else></conditional>`, 'no'],
  ['filter (1.4)', `<filter><in>${text('[1, 2, 3]')}</in><match>${text('item >= 2')}</match></filter>`, [2, 3]],
  ['filter that is neither true nor false', `<filter><in>${text('[1, 2, 3]')}</in><match>${text('"x"')}</match></filter>`, null],
  ['for (1.4)', `<for iteratorVariable="tree size"><in>${text('1..3')}</in><return>${text('tree size * 2')}</return></for>`, [2, 4, 6]],
  ['some (1.4)', `<some iteratorVariable="x"><in>${text('[1, 2]')}</in><satisfies>${text('x = 2')}</satisfies></some>`, true],
  ['every (1.4)', `<every iteratorVariable="x"><in>${text('[1, 2]')}</in><satisfies>${text('x = 2')}</satisfies></every>`, false],
  ['several expressions side by side', text('1, 2'), [1, 2]],
];
for (const [name, logic, expected] of logics) {
  test(`DMN 1.5, 10.2.2 boxed ${name}`, async () => {
    // a boxed iterator walks over what `in` gives; `1..3` alone is written as a range
    assert.deepEqual(await value(decision('d', logic.replace('1..3', '[1..3]')), 'd'), expected);
  });
}

const SQUARE = `<businessKnowledgeModel id="square" name="square"><variable name="square"/><encapsulatedLogic><formalParameter name="side length" typeRef="number"/>${text('side length * side length')}</encapsulatedLogic></businessKnowledgeModel>`;

test('a business knowledge model is called by name, by position, and boxed', async () => {
  assert.equal(await value(SQUARE + decision('d', text('square(3)'), knows('square')), 'd'), 9);
  assert.equal(await value(SQUARE + decision('d', text('square(side length: 4)'), knows('square')), 'd'), 16);
  const boxed = `<invocation>${text('square')}<binding><parameter name="side length"/>${text('5')}</binding></invocation>`;
  assert.equal(await value(SQUARE + decision('d', boxed, knows('square')), 'd'), 25);
  assert.equal(await value(SQUARE + decision('d', text('square("3")'), knows('square')), 'd'), null);
  assert.equal(await value(SQUARE + decision('d', text('square(3)')), 'd'), null, 'what is not required is not seen');
});

test('a parameter may be named like a path; where it is not in scope, the path is one', async () => {
  const described = `<businessKnowledgeModel id="b" name="b"><encapsulatedLogic><formalParameter name="tree.girth" typeRef="number"/>${text('tree.girth * 2')}</encapsulatedLogic></businessKnowledgeModel>`;
  const call = `<invocation>${text('b')}<binding><parameter name="tree.girth"/>${text('tree.girth')}</binding></invocation>`;
  assert.equal(await value(described + decision('d', call, knows('b')), 'd', { tree: { girth: 40 } }), 80);
});

test('a decision service takes its inputs and given decisions, and hides the rest', async () => {
  const service = `<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#sum"/><encapsulatedDecision href="#sum"/><inputDecision href="#given"/><inputData href="#n"/></decisionService>`;
  const content =
    service +
    input('n', 'number') +
    decision('given', text('"never asked"')) +
    decision('sum', text('n + given'), wants('n') + needs('given')) +
    decision('d', text('s(1, 2)'), knows('s'));
  assert.equal(await value(content, 'd', { n: 100 }), 3);
});

test('requirements make a graph: each decision is asked once, and only what it requires is seen by its name', async () => {
  const row = (id: string, result: string): string =>
    `<decisionTable hitPolicy="UNIQUE"><output name="${id}"/><rule><description>${id} (§ 1).</description><outputEntry><text>${result}</text></outputEntry></rule></decisionTable>`;
  const content =
    decision('base', row('base', '1')) +
    decision('left', row('left', 'base + 1'), needs('base')) +
    decision('right', row('right', 'base + 2'), needs('base')) +
    decision('top', row('top', 'left * right'), needs('left', 'right'));
  const { rules, mistakes } = await parseDmn(dmn(content));
  assert.deepEqual(mistakes, []);
  const outcome = evaluateDecision(rules, 'top', {});
  assert.equal(outcome.value, 6);
  assert.deepEqual(
    outcome.trace.map((entry) => entry.sentence),
    ['base (§ 1).', 'left (§ 1).', 'right (§ 1).', 'top (§ 1).'],
  );
});

test('a decision that requires itself is null, not an endless walk', async () => {
  assert.equal(await value(decision('a', text('b'), needs('b')) + decision('b', text('a'), needs('a')), 'a'), null);
});

const TYPES = `<itemDefinition name="tKind"><typeRef>string</typeRef><allowedValues><text>"hedge", "tree"</text></allowedValues></itemDefinition><itemDefinition name="tKinds" isCollection="true"><typeRef>tKind</typeRef></itemDefinition><itemDefinition name="tTree"><itemComponent name="trunk girth"><typeRef>number</typeRef></itemComponent><itemComponent name="kind"><typeRef>tKind</typeRef></itemComponent></itemDefinition>`;
const typed: readonly (readonly [type: string, expression: string, expected: unknown])[] = [
  ['number', '"x"', null],
  ['number', '[10]', 10],
  ['tKinds', '"tree"', ['tree']],
  ['tKind', '"bush"', null],
  ['tKinds', '["tree", "bush"]', null],
  ['tTree', '{trunk girth: 1, kind: "tree", more: 2}', { 'trunk girth': 1, kind: 'tree', more: 2 }],
  ['tTree', '{kind: "tree"}', null],
  ['date and time', '@"2026-11-24"', '2026-11-24T00:00:00Z'],
  ['feel:string', '"x"', 'x'],
];
for (const [type, expression, expected] of typed) {
  test(`DMN 1.5, 10.3.2.9.4 «${expression}» as ${type}`, async () =>
    assert.deepEqual(await value(TYPES + decision('d', text(expression), '', type), 'd'), expected));
}

test('members of a type are names behind a dot, whatever their spelling', async () => {
  assert.equal(
    await value(TYPES + input('tree', 'tTree') + decision('d', text('tree.trunk girth + 1'), wants('tree')), 'd', {
      tree: { 'trunk girth': 80, kind: 'tree' },
    }),
    81,
  );
});

test('8.2.10: PRIORITY and OUTPUT ORDER go by the values of the outputs; a default answers where no rule does', async () => {
  const table = (policy: string, fallback = ''): string =>
    `<decisionTable hitPolicy="${policy}"><input label="n"><inputExpression><text>n</text></inputExpression></input><output name="o"><outputValues><text>"refuse", "grant"</text></outputValues>${fallback}</output>${[
      ['&lt; 20', '"grant"'],
      ['&lt; 10', '"refuse"'],
    ]
      .map(
        ([test_, result]) =>
          `<rule><description>x</description><inputEntry><text>${test_}</text></inputEntry><outputEntry><text>${result}</text></outputEntry></rule>`,
      )
      .join('')}</decisionTable>`;
  assert.equal(await value(decision('d', table('PRIORITY')), 'd', { n: 5 }), 'refuse');
  assert.deepEqual(await value(decision('d', table('OUTPUT ORDER')), 'd', { n: 5 }), ['refuse', 'grant']);
  assert.equal(await value(decision('d', table('PRIORITY')), 'd', { n: 50 }), null);
  const fallback = '<defaultOutputEntry><text>"grant"</text></defaultOutputEntry>';
  assert.equal(await value(decision('d', table('PRIORITY', fallback)), 'd', { n: 50 }), 'grant');
});

test('8.3: a value that a column does not allow is null there', async () => {
  const table = `<decisionTable><input label="n"><inputExpression><text>n</text></inputExpression><inputValues><text>[0..100]</text></inputValues></input><output name="o"/>${[
    ['null', '"unknown"'],
    ['&gt;= 0', '"known"'],
  ]
    .map(
      ([test_, result]) =>
        `<rule><annotationEntry><text>§ 2</text></annotationEntry><inputEntry><text>${test_}</text></inputEntry><outputEntry><text>${result}</text></outputEntry></rule>`,
    )
    .join('')}</decisionTable>`;
  assert.equal(await value(decision('d', table), 'd', { n: 7 }), 'known');
  assert.equal(await value(decision('d', table), 'd', { n: 700 }), 'unknown');
});

test('versions 1.1 to 1.5 and any prefix are read', async () => {
  const old = `<dmn:definitions xmlns:dmn="http://www.omg.org/spec/DMN/20151101/dmn.xsd" id="m" name="m" namespace="urn:m"><dmn:decision id="d" name="d"><dmn:variable name="d" typeRef="feel:number"/><dmn:literalExpression><dmn:text>1 + 1</dmn:text></dmn:literalExpression></dmn:decision></dmn:definitions>`;
  const namespaces = [
    'http://www.omg.org/spec/DMN/20180521/MODEL/',
    'https://www.omg.org/spec/DMN/20191111/MODEL/',
    'https://www.omg.org/spec/DMN/20211108/MODEL/',
    MODEL_15,
  ];
  for (const xml of [old, ...namespaces.map((namespace) => dmn(decision('d', text('1 + 1')), namespace))]) {
    const { rules, mistakes } = await parseDmn(xml);
    assert.deepEqual(mistakes, [], xml);
    assert.equal(evaluateDecision(rules, 'd', {}).value, 2, xml);
  }
});

const hostile: readonly (readonly [name: string, xml: string, reason: RegExp])[] = [
  ['entities', '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><definitions>&b;</definitions>', /Dokumenttyp-Definition/],
  ['a file from elsewhere', '<!DOCTYPE d SYSTEM "file:///etc/passwd"><definitions/>', /Dokumenttyp-Definition/],
  ['depth', dmn(decision('d', '<list>'.repeat(500) + '</list>'.repeat(500))), /tiefer als 150/],
  ['size', dmn(`<!--${'x'.repeat(5_000_001)}-->`), /größer als 5 MB/],
  ['no DMN', '<html><body/></html>', /kein lesbares DMN/],
];
for (const [name, xml, reason] of hostile) {
  test(`hostile XML is refused with its reason: ${name}`, async () => {
    const { rules, mistakes } = await parseDmn(xml);
    assert.equal(rules.size, 0);
    assert.match(mistakes[0]!.message, reason);
  });
}

test('a greater-than sign in an attribute is no depth', async () => {
  const many = Array.from({ length: 200 }, (_, index) => decision(`d${index}`, text('1')).replace('<variable ', '<variable label="a > b" ')).join('');
  assert.equal(await value(many, 'd7'), 1);
});

test('Java and PMML are not run, and the lint says so', async () => {
  const { rules, mistakes } = await parseDmn(
    dmn(
      `<businessKnowledgeModel id="b" name="b"><encapsulatedLogic kind="Java"><formalParameter name="x"/>${text('{class: "java.lang.System", "method signature": "exit(int)"}')}</encapsulatedLogic></businessKnowledgeModel>${decision('d', text('b(1)'), knows('b'))}`,
    ),
  );
  assert.equal(evaluateDecision(rules, 'd', {}).value, null);
  assert.match(mistakes[0]!.message, /Java oder PMML werden nicht ausgeführt/);
});

test('a cell that is no FEEL makes its decision null and is named; nothing throws', async () => {
  const { rules, mistakes } = await parseDmn(dmn(decision('d', text('1 +'))));
  assert.equal(evaluateDecision(rules, 'd', {}).value, null);
  assert.match(mistakes[0]!.message, /«1 \+» ist kein gültiges FEEL/);
});
