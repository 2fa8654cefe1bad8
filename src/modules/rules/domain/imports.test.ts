import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompiledModel } from './compile-model.ts';
import { Environment } from './environment.ts';
import { readModel } from './read-model.ts';
import { readXml } from './read-xml.ts';
import { Run } from './run.ts';
import { printValue } from './value.ts';

const decision = (name: string, text: string, requirements = ''): string =>
  `<decision id="${name.replaceAll(' ', '-')}" name="${name}"><variable name="${name}"/>${requirements}<literalExpression><text>${text}</text></literalExpression></decision>`;
const needs = (href: string): string => `<informationRequirement><requiredDecision href="${href}"/></informationRequirement>`;
const wants = (href: string): string => `<informationRequirement><requiredInput href="${href}"/></informationRequirement>`;
const knows = (href: string): string => `<knowledgeRequirement><requiredKnowledge href="${href}"/></knowledgeRequirement>`;
const imports = (...names: readonly string[]): string => names.map((name) => `<import name="" namespace="urn:${name}" importType="x"/>`).join('');
const input = (name: string): string => `<inputData id="${name}" name="${name}"><variable name="${name}"/></inputData>`;

/** What an element answers, asked for by its name in the first of some models that find each other by namespace. */
async function answer(contents: Readonly<Record<string, string>>, name: string, inputs: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
  const models = new Map<string, CompiledModel>();
  for (const [id, content] of Object.entries(contents)) {
    const namespace = `urn:${id}`;
    const read = await readXml(
      `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="${id}" namespace="${namespace}">${content}</definitions>`,
    );
    assert.ok('root' in read, JSON.stringify(read));
    models.set(namespace, new CompiledModel(readModel(read.root), (one) => models.get(one)));
  }
  const found = new Run([...models.values()][0]!, (place) => inputs[place.path + place.name], new Environment({})).named(name);
  if (found === undefined) return undefined;
  assert.ok(found.element.kind === 'decision' || found.element.kind === 'input');
  return printValue(found.run.valueOf(found.element));
}

test("DMN 1.5, 6.3.3 what an import without a name brings is referred to like what is one's own", async () => {
  const city = {
    town: `${imports('state')}${decision('fee', 'base fee + bonus(2)', needs('#base-fee') + knows('#bonus') + wants('#people'))}`,
    state: `${decision('base fee', 'people * 10', wants('#people'))}${input('people')}<businessKnowledgeModel id="bonus" name="bonus"><variable name="bonus"/><encapsulatedLogic><formalParameter name="n"/><literalExpression><text>n * 3</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>`,
  };
  assert.equal(await answer({ ...city, state: city.state.replace('people * 10', '40') }, 'fee'), '46');
  assert.equal(await answer({ town: `${imports('state')}${decision('fee', 'who', wants('#who'))}`, state: input('who') }, 'fee', { who: 'Ada' }), 'Ada');
});

test('the members of what is referred to may have names of several words', async () => {
  const state = `<decision id="d" name="d"><variable name="d"/><context><contextEntry><variable name="base fee"/><literalExpression><text>7</text></literalExpression></contextEntry></context></decision>`;
  assert.equal(await answer({ town: `${imports('state')}${decision('fee', 'd.base fee + 1', needs('#d'))}`, state }, 'fee'), '8');
});

const chains: readonly (readonly [name: string, models: Readonly<Record<string, string>>, expected: string])[] = [
  ['through an import of the import', { a: imports('b') + decision('top', 'low', needs('#low')), b: imports('c'), c: decision('low', '"c"') }, 'c'],
  ["one's own before an import", { a: imports('b') + decision('top', 'low', needs('#low')) + decision('low', '"a"'), b: decision('low', '"b"') }, 'a'],
  [
    'an import before its own imports',
    { a: imports('b') + decision('top', 'low', needs('#low')), b: imports('c') + decision('low', '"b"'), c: decision('low', '"c"') },
    'b',
  ],
  ['imports in their order', { a: imports('b', 'c') + decision('top', 'low', needs('#low')), b: decision('low', '"b"'), c: decision('low', '"c"') }, 'b'],
  ['depth first', { a: imports('b', 'd') + decision('top', 'low', needs('#low')), b: imports('c'), c: decision('low', '"c"'), d: decision('low', '"d"') }, 'c'],
  ['past an import without it', { a: imports('b', 'd') + decision('top', 'low', needs('#low')), b: imports('c'), c: '', d: decision('low', '"d"') }, 'd'],
  ['two that import each other', { a: imports('b') + decision('top', 'low', needs('#low')), b: imports('a') + decision('low', '"b"') }, 'b'],
  ['a model that imports itself', { a: imports('a') + decision('top', 'low', needs('#low')) + decision('low', '"a"') }, 'a'],
  ['nobody', { a: imports('b') + decision('top', 'low', needs('#low')), b: imports('a') }, 'null'],
  [
    'by the namespace of the import that hands it on',
    { a: imports('b') + decision('top', 'low', needs('urn:b#low')), b: imports('c'), c: decision('low', '"c"') },
    'c',
  ],
  [
    'by the namespace of an importing model',
    { a: imports('b') + decision('top', 'low', needs('#low')) + decision('own', '"a"'), b: imports('a') + decision('low', 'own', needs('urn:a#own')) },
    'a',
  ],
];
for (const [name, models, expected] of chains) {
  test(`DMN 1.5, 6.3.3 import without a name: ${name}`, async () => assert.equal(await answer(models, 'top'), expected));
}

test('DMN 1.5, 6.3.3 of two elements with one name, that of the importing model stands, for the imported ones too', async () => {
  const town = imports('state') + decision('top', 'fee', needs('#fee')) + decision('rate', '"town"');
  for (const href of ['#rate', 'urn:state#rate']) {
    const state = decision('fee', 'rate', needs(href)) + decision('rate', '"state"');
    assert.equal(await answer({ town, state }, 'top'), 'town', href);
    assert.equal(await answer({ state, town }, 'fee'), 'state', 'the imported model alone keeps its own');
    const named = town.replace('<import name=""', '<import name="s"').replace('<text>fee', '<text>s.fee').replace('"#fee"', '"urn:state#fee"');
    assert.equal(await answer({ town: named, state }, 'top'), 'state', 'an import with a name keeps its own');
  }
});

test('a service of an imported model takes what the importing model put in its place', async () => {
  const state = `${input('n')}${decision('sum', 'n + rate', wants('#n') + needs('#rate'))}${decision('rate', '1')}<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#sum"/><inputDecision href="#rate"/><inputData href="#n"/></decisionService>`;
  const town = imports('state') + decision('rate', '100') + decision('top', 's(1, 2) + rate', knows('#s') + needs('#rate'));
  assert.equal(await answer({ town, state }, 'top'), '103');
});

test('an imported decision is a result of the importing model', async () => {
  assert.equal(await answer({ town: imports('state'), state: input('n') + decision('low', 'n', wants('#n')) }, 'low', { n: 'x' }), 'x');
  assert.equal(await answer({ town: imports('state').replace('name=""', 'name="s"'), state: decision('low', '1') }, 'low'), undefined);
});
