import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { readTck } from './read-tck.ts';
import { runTck, type TckLevel } from './run-tck.ts';

const NOW = Temporal.Instant.from('2026-11-24T10:00:00Z');

const model = (content: string, head = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m" ${head}>${content}</definitions>`;

const tests = (name: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><modelName>${name}</modelName>${content}</testCases>`;

/** Writes a folder of test cases, runs it, and takes it away again. */
async function run(files: Readonly<Record<string, string>>, folder?: string): Promise<readonly TckLevel[]> {
  const directory = await mkdtemp(join(tmpdir(), 'kontor-tck-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), content);
    }
    return await runTck(directory, { now: NOW, ...(folder !== undefined && { folder }) });
  } finally {
    await rm(directory, { recursive: true });
  }
}

const doubled = model(
  '<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData><decision id="d" name="twice n"><variable name="twice n" typeRef="number"/><informationRequirement><requiredInput href="#n"/></informationRequirement><literalExpression><text>n * 2</text></literalExpression></decision>',
);
const doubling = (id: string, value: string, expected: string): string =>
  `<testCase id="${id}"><inputNode name="n">${value}</inputNode><resultNode name="twice n" type="decision"><expected>${expected}</expected></resultNode></testCase>`;
const decimal = (value: string): string => `<value xsi:type="xsd:decimal">${value}</value>`;

test('a case passes when its result is the expected one, and is told with both values when not', async () => {
  const [level] = await run({
    'compliance-level-2/0001-twice/0001-twice.dmn': doubled,
    'compliance-level-2/0001-twice/0001-twice-test-01.xml': tests(
      '0001-twice.dmn',
      doubling('001', decimal('21'), decimal('42')) +
        doubling('002', decimal('2'), decimal('5')) +
        doubling('003', '<value>4</value>', decimal('8')) +
        doubling('004', '<value xsi:type="xsd:string">x</value>', '<value xsi:nil="true"/>'),
    ),
  });
  assert.deepEqual({ name: level!.name, passed: level!.passed, total: level!.total }, { name: 'compliance-level-2', passed: 3, total: 4 });
  assert.deepEqual(level!.folders[0]!.failures, [{ file: '0001-twice-test-01.xml', case: '002', result: 'twice n', expected: '5', actual: '4' }]);
});

test('parts and items of an input take the types that the model declares for them', async () => {
  const [level] = await run({
    'compliance-level-2/y/y.dmn': model(
      '<itemDefinition name="tSizes" isCollection="true"><typeRef>number</typeRef></itemDefinition><itemDefinition name="tPlot"><itemComponent name="area"><typeRef>number</typeRef></itemComponent><itemComponent name="house number"><typeRef>string</typeRef></itemComponent><itemComponent name="sizes"><typeRef>tSizes</typeRef></itemComponent></itemDefinition><inputData id="p" name="p"><variable name="p" typeRef="tPlot"/></inputData><decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#p"/></informationRequirement><literalExpression><text>string(p.area + sum(p.sizes)) + p.house number</text></literalExpression></decision>',
    ),
    'compliance-level-2/y/y-test-01.xml': tests(
      'y.dmn',
      '<testCase id="1"><inputNode name="p"><component name="area"><value>40</value></component><component name="house number"><value>7</value></component><component name="sizes"><list><item><value>1</value></item><item><value>1</value></item></list></component></inputNode><resultNode name="d"><expected><value>427</value></expected></resultNode></testCase>',
    ),
  });
  assert.deepEqual(level!.folders[0]!.failures, []);
});

test('a day or a duration without a type of its own is what the model declares', async () => {
  const [level] = await run({
    'compliance-level-3/x/x.dmn': model(
      '<inputData id="f" name="f"><variable name="f" typeRef="date"/></inputData><inputData id="l" name="l"><variable name="l" typeRef="dayTimeDuration"/></inputData><decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#f"/></informationRequirement><informationRequirement><requiredInput href="#l"/></informationRequirement><literalExpression><text>f + l &gt; date("2026-11-24")</text></literalExpression></decision>',
    ),
    'compliance-level-3/x/x-test-01.xml': tests(
      'x.dmn',
      '<testCase id="1"><inputNode name="f"><value>2026-11-24</value></inputNode><inputNode name="l"><value>P1D</value></inputNode><resultNode name="d"><expected><value>true</value></expected></resultNode></testCase>',
    ),
  });
  assert.deepEqual(level!.folders[0]!.failures, []);
});

test('the same instant at another offset is not the expected value', async () => {
  const [level] = await run({
    'compliance-level-3/x/x.dmn': model(
      '<decision id="a" name="a"><variable name="a"/><literalExpression><text>@"2026-11-24T10:00:00Z"</text></literalExpression></decision>',
    ),
    'compliance-level-3/x/x-test-01.xml': tests(
      'x.dmn',
      ['10:00:00Z', '11:00:00+01:00', '10:00:00@Etc/UTC']
        .map(
          (time) =>
            `<testCase id="${time}"><resultNode name="a"><expected><value xsi:type="xsd:dateTime">2026-11-24T${time}</value></expected></resultNode></testCase>`,
        )
        .join(''),
    ),
  });
  assert.deepEqual(
    level!.folders[0]!.failures.map((one) => one.case),
    ['11:00:00+01:00', '10:00:00@Etc/UTC'],
  );
});

test('a named service is called although the result bears the name of its decision; of several outputs the named one counts', async () => {
  const decision = (id: string, given: string, text: string): string =>
    `<decision id="${id}" name="${id}"><variable name="${id}"/>${given}<literalExpression><text>${text}</text></literalExpression></decision>`;
  const needs = '<informationRequirement><requiredDecision href="#fee"/></informationRequirement>';
  const [level] = await run({
    'compliance-level-3/x/x.dmn': model(
      `${decision('fee', '', '10')}${decision('sum', needs, 'fee * 2')}${decision('note', needs, '"fee: " + string(fee)')}<decisionService id="one" name="one"><variable name="one"/><outputDecision href="#sum"/><inputDecision href="#fee"/></decisionService><decisionService id="both" name="both"><variable name="both"/><outputDecision href="#sum"/><outputDecision href="#note"/><inputDecision href="#fee"/></decisionService>`,
    ),
    'compliance-level-3/x/x-test-01.xml': tests(
      'x.dmn',
      [
        `<testCase id="given" type="decisionService" invocableName="one"><inputNode name="fee">${decimal('7')}</inputNode><resultNode name="sum"><expected>${decimal('14')}</expected></resultNode></testCase>`,
        `<testCase id="not given" type="decisionService" invocableName="one"><resultNode name="sum"><expected><value xsi:nil="true"/></expected></resultNode></testCase>`,
        `<testCase id="one of two" type="decisionService" invocableName="both"><inputNode name="fee">${decimal('7')}</inputNode><resultNode name="note"><expected><value xsi:type="xsd:string">fee: 7</value></expected></resultNode></testCase>`,
        `<testCase id="both" type="decisionService" invocableName="both"><inputNode name="fee">${decimal('7')}</inputNode><resultNode name="both"><expected><component name="sum">${decimal('14')}</component><component name="note"><value xsi:type="xsd:string">fee: 7</value></component></expected></resultNode></testCase>`,
        `<testCase id="no service"><resultNode name="sum"><expected>${decimal('20')}</expected></resultNode></testCase>`,
      ].join(''),
    ),
  });
  assert.deepEqual(level!.folders[0]!.failures, []);
  assert.equal(level!.total, 5);
});

test('lists, components, dates and numbers in the eighth decimal are compared by value', async () => {
  const [level] = await run({
    'compliance-level-3/x/x.dmn': model(
      '<decision id="a" name="a"><variable name="a"/><literalExpression><text>{ day: @"2026-11-24", parts: [1/3, "x"], none: null }</text></literalExpression></decision>',
    ),
    'compliance-level-3/x/x-test-01.xml': tests(
      'x.dmn',
      `<testCase id="1"><resultNode name="a"><expected><component name="none"><value xsi:nil="true"/></component><component name="day"><value xsi:type="xsd:date">2026-11-24</value></component><component name="parts"><list><item>${decimal('0.333333333')}</item><item><value xsi:type="xsd:string">x</value></item></list></component></expected></resultNode></testCase>`,
    ),
  });
  assert.equal(level!.passed, 1, JSON.stringify(level));
});

test('services and knowledge models are called by their parameters; imports by place and name', async () => {
  const importing = model(
    '<import name="i" namespace="urn:other" locationURI="deep/other.dmn" importType="x"/><decision id="d" name="d"><variable name="d"/><informationRequirement><requiredDecision href="urn:other#e"/></informationRequirement><literalExpression><text>"got " + i.e</text></literalExpression></decision><decisionService id="s" name="s"><variable name="s"/><outputDecision href="#o"/><inputData href="#n"/></decisionService><decision id="o" name="o"><variable name="o"/><informationRequirement><requiredInput href="#n"/></informationRequirement><literalExpression><text>n + 1</text></literalExpression></decision><inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData><businessKnowledgeModel id="b" name="b"><variable name="b"/><encapsulatedLogic><formalParameter name="x" typeRef="number"/><literalExpression><text>x * x</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>',
  );
  const other = model(
    '<inputData id="p" name="p"><variable name="p"/></inputData><decision id="e" name="e"><variable name="e"/><informationRequirement><requiredInput href="#p"/></informationRequirement><literalExpression><text>p</text></literalExpression></decision>',
  ).replace('urn:m', 'urn:other');
  const [level] = await run({
    'compliance-level-3/x/x.dmn': importing,
    'compliance-level-3/x/deep/other.dmn': other,
    'compliance-level-3/x/x-test-01.xml': tests(
      'x.dmn',
      `<testCase id="import"><inputNode name="i.p"><value xsi:type="xsd:string">it</value></inputNode><resultNode name="d"><expected><value xsi:type="xsd:string">got it</value></expected></resultNode></testCase><testCase id="namespace"><inputNode name="p" namespace="urn:other"><value xsi:type="xsd:string">this</value></inputNode><resultNode name="d"><expected><value xsi:type="xsd:string">got this</value></expected></resultNode></testCase><testCase id="service" type="decisionService" invocableName="s"><inputNode name="n">${decimal('1')}</inputNode><resultNode name="s"><expected>${decimal('2')}</expected></resultNode></testCase><testCase id="bkm" type="bkm" invocableName="b"><inputNode name="x">${decimal('3')}</inputNode><resultNode name="b"><expected>${decimal('9')}</expected></resultNode></testCase>`,
    ),
  });
  assert.deepEqual(level!.folders[0]!.failures, []);
  assert.equal(level!.total, 4);
});

test('a folder may be chosen; what cannot be read is a failure with its reason', async () => {
  const files = {
    'compliance-level-3/a/a.dmn': doubled,
    'compliance-level-3/a/a-test-01.xml': tests('fehlt.dmn', doubling('1', decimal('1'), decimal('2'))),
    'compliance-level-3/b/b-test-01.xml': '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><testCases>&e;</testCases>',
    'compliance-level-3/c/c-test-01.xml': '<testCases><unclosed></testCases>',
    'compliance-level-3/d/notes.xml': '<notes/>',
    'other/e/e-test-01.xml': tests('a.dmn', ''),
  };
  const [level] = await run(files);
  assert.deepEqual(
    level!.folders.map((one) => [one.name, one.passed, one.total, one.failures[0]?.actual.split('\n')[0]]),
    [
      ['a', 0, 1, 'Das Modell fehlt.dmn gibt es nicht.'],
      ['b', 0, 1, 'Die Testdatei enthält eine Dokumenttyp-Definition. Entfernen Sie <!DOCTYPE …>.'],
      ['c', 0, 1, level!.folders[2]!.failures[0]!.actual.split('\n')[0]],
    ],
  );
  assert.match(level!.folders[2]!.failures[0]!.actual, /mismatch/);
  assert.deepEqual(
    (await run(files, 'b'))[0]!.folders.map((one) => one.name),
    ['b'],
  );
});

test('now() and today() are those of the run', async () => {
  const [level] = await run({
    'compliance-level-3/x/x.dmn': model('<decision id="a" name="a"><variable name="a"/><literalExpression><text>today()</text></literalExpression></decision>'),
    'compliance-level-3/x/x-test-01.xml': tests(
      'x.dmn',
      '<testCase id="1"><resultNode name="a"><expected><value xsi:type="xsd:date">2026-11-24</value></expected></resultNode></testCase>',
    ),
  });
  assert.equal(level!.passed, 1);
});

test('a test file reads no entity and no file that it names', () => {
  assert.throws(() => readTck('<!DOCTYPE t [<!ENTITY a "b">]><testCases>&a;</testCases>'), /Dokumenttyp-Definition/);
  assert.throws(() => readTck(' '.repeat(5_000_001)), /größer als 5 MB/);
  assert.equal(readTck('<other/>'), undefined);
});
