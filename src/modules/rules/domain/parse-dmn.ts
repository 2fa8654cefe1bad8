import { DmnModdle } from 'dmn-moddle';
import { feelMistake } from './feel.ts';
import { HIT_POLICIES, type Decision, type DecisionTable, type HitPolicy, type RuleSet } from './model.ts';

/** The parts of dmn-moddle's tree that we read. */
interface Element {
  readonly $type: string;
  readonly id: string;
  readonly name?: string;
  readonly drgElement?: readonly Element[];
  readonly decisionLogic?: Element;
  readonly informationRequirement?: readonly { readonly requiredDecision?: { readonly href: string } }[];
  readonly hitPolicy?: string;
  readonly aggregation?: DecisionTable['aggregation'];
  readonly input?: readonly { readonly label?: string; readonly inputExpression?: { readonly text?: string } }[];
  readonly output?: readonly { readonly name?: string; readonly label?: string }[];
  readonly rule?: readonly {
    readonly description?: string;
    readonly inputEntry?: readonly { readonly text?: string }[];
    readonly outputEntry?: readonly { readonly text?: string }[];
  }[];
  readonly text?: string;
}

/** A mistake in a DMN file; `find` is a piece of text to look the line up by. */
export interface DmnMistake {
  readonly message: string;
  readonly find?: string;
}

/** Reads a DMN 1.3 file. Mistakes come back as data: the service lint explains them. */
export async function parseDmn(xml: string): Promise<{ rules: RuleSet; mistakes: DmnMistake[] }> {
  const mistakes: DmnMistake[] = [];
  const rules = new Map<string, Decision>();
  let root: Element;
  try {
    const parsed = await new DmnModdle().fromXML(xml);
    root = parsed.rootElement as Element;
    mistakes.push(...parsed.warnings.map((warning) => ({ message: warning.message })));
  } catch (error) {
    return { rules, mistakes: [{ message: `Die Datei ist kein lesbares DMN: ${(error as Error).message}` }] };
  }
  for (const element of root.drgElement ?? []) {
    if (element.$type === 'dmn:Decision') rules.set(element.id, readDecision(element, mistakes));
  }
  for (const decision of rules.values()) {
    for (const required of decision.requires) {
      if (!rules.has(required)) mistakes.push({ message: `Entscheidung ${decision.id} baut auf ${required} auf, die es nicht gibt.`, find: required });
    }
  }
  return { rules, mistakes };
}

function readDecision(element: Element, mistakes: DmnMistake[]): Decision {
  const requires = (element.informationRequirement ?? []).flatMap((requirement) => requirement.requiredDecision?.href.replace('#', '') ?? []);
  const base = { id: element.id, name: element.name ?? element.id, requires };
  const logic = element.decisionLogic;
  if (logic?.$type === 'dmn:LiteralExpression') {
    checkCell(logic.text ?? '', 'expression', element.id, mistakes);
    return { ...base, logic: { kind: 'literal', text: logic.text ?? 'null' } };
  }
  if (logic?.$type !== 'dmn:DecisionTable') {
    mistakes.push({ message: `Entscheidung ${element.id} hat weder Tabelle noch Ausdruck.`, find: element.id });
    return { ...base, logic: { kind: 'literal', text: 'null' } };
  }
  return { ...base, logic: readTable(logic, element.id, mistakes) };
}

function readTable(table: Element, decision: string, mistakes: DmnMistake[]): DecisionTable {
  const hitPolicy = (table.hitPolicy ?? 'UNIQUE') as HitPolicy;
  if (!HIT_POLICIES.includes(hitPolicy)) {
    mistakes.push({
      message: `Entscheidung ${decision}: die Auswahlregel ${hitPolicy} wird nicht unterstützt. Möglich: ${HIT_POLICIES.join(', ')}.`,
      find: hitPolicy,
    });
  }
  const inputs = (table.input ?? []).map((input) => ({
    label: input.label ?? input.inputExpression?.text ?? '',
    expression: input.inputExpression?.text ?? 'null',
  }));
  for (const input of inputs) checkCell(input.expression, 'expression', decision, mistakes);
  const rules = (table.rule ?? []).map((rule) => ({
    description: rule.description ?? '',
    tests: (rule.inputEntry ?? []).map((entry) => entry.text ?? '-'),
    results: (rule.outputEntry ?? []).map((entry) => entry.text ?? 'null'),
  }));
  for (const [index, rule] of rules.entries()) {
    if (rule.description === '')
      mistakes.push({ message: `Entscheidung ${decision}, Zeile ${index + 1}: die Begründung (description) fehlt.`, find: decision });
    for (const test of rule.tests) checkCell(test, 'tests', decision, mistakes);
    for (const result of rule.results) checkCell(result, 'expression', decision, mistakes);
  }
  const outputs = (table.output ?? []).map((output, index) => ({ name: output.name ?? output.label ?? `output${index + 1}` }));
  return { kind: 'table', hitPolicy, ...(table.aggregation && { aggregation: table.aggregation }), inputs, outputs, rules };
}

function checkCell(text: string, kind: 'expression' | 'tests', decision: string, mistakes: DmnMistake[]): void {
  const mistake = feelMistake(text, kind);
  if (mistake !== undefined) mistakes.push({ message: `Entscheidung ${decision}: «${text}» ist kein gültiges FEEL (${mistake}).`, find: text });
}
