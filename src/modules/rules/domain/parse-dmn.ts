import { CompiledModel, splitHref } from './compile-model.ts';
import { evaluatorOf } from './evaluate.ts';
import { lintModel, type DmnMistake } from './lint-model.ts';
import type { Decision, DecisionElement, RuleSet } from './model.ts';
import { readModel } from './read-model.ts';
import { readXml } from './read-xml.ts';

export type { DmnMistake };

/**
 * Reads a DMN file, version 1.1 to 1.5. Mistakes come back as data: the service lint explains them. A
 * cell that is no FEEL makes its decision null, never an exception.
 */
export async function parseDmn(xml: string): Promise<{ rules: RuleSet; mistakes: DmnMistake[] }> {
  const read = await readXml(xml);
  if ('refusal' in read) return { rules: new Map(), mistakes: [{ message: `Die Datei ist kein lesbares DMN: ${read.refusal}` }] };
  const source = readModel(read.root);
  const model = new CompiledModel(source);
  const decisions = source.elements.filter((one): one is DecisionElement => one.kind === 'decision');
  return {
    rules: new Map(decisions.map((one) => [one.id, decisionOf(model, one)])),
    mistakes: [...read.warnings.map((message) => ({ message })), ...lintModel(source)],
  };
}

function decisionOf(model: CompiledModel, element: DecisionElement): Decision {
  return {
    id: element.id,
    name: element.name,
    requires: element.decisions.map((href) => splitHref(href).id),
    logic: element.logic,
    evaluate: evaluatorOf(model, element),
  };
}
