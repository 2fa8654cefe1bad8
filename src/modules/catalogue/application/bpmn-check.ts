import type { ModdleElement } from 'bpmn-moddle';
import { manyOf, oneOf, textOf } from './bpmn-read.ts';

const isA = (element: ModdleElement, ...names: readonly string[]): boolean => names.some((name) => element.$type === `bpmn:${name}`);
const nameOf = (element: ModdleElement): string => textOf(element, 'name') ?? textOf(element, 'id') ?? element.$type;

/** Flow nodes: whatever a way may lead to. */
const isNode = (element: ModdleElement): boolean => /(Task|Event|Gateway|SubProcess|CallActivity|Transaction)$/.test(element.$type);

/**
 * What is wrong with the structure of a process, in sentences: ways without ends, no start or several, elements that
 * nothing leads to or that lead nowhere, choices without words. BPMN 2.0 (formal/2011-01-03) chapter 10.
 */
export function structureProblems(definitions: ModdleElement): string[] {
  return manyOf(definitions, 'rootElements')
    .filter((root) => isA(root, 'Process'))
    .flatMap((process) => scopeProblems(process, 'process'));
}

function scopeProblems(scope: ModdleElement, kind: 'process' | 'event' | 'inner'): string[] {
  const elements = manyOf(scope, 'flowElements');
  const nodes = elements.filter(isNode);
  const flows = elements.filter((one) => isA(one, 'SequenceFlow'));
  const loose = flows.filter((flow) => oneOf(flow, 'sourceRef') === undefined || oneOf(flow, 'targetRef') === undefined);
  const starts = nodes.filter((node) => isA(node, 'StartEvent'));
  const eventScopes = nodes.filter((node) => node['triggeredByEvent'] === true);
  const wrongStarts =
    starts.length === 1 || (kind === 'inner' && starts.length === 0) ? [] : [`«${nameOf(scope)}» hat ${starts.length} Startereignisse statt eines.`];
  const reached = reachedFrom([...starts, ...eventScopes], nodes, flows);
  const leads = (node: ModdleElement): boolean => flows.some((flow) => oneOf(flow, 'sourceRef') === node);
  return [
    ...loose.map((flow) => `Der Weg «${nameOf(flow)}» hat keinen Anfang oder kein Ende.`),
    ...wrongStarts,
    ...(starts.length === 0 ? [] : nodes.filter((node) => !reached.has(node)).map((node) => `Zu «${nameOf(node)}» führt kein Weg.`)),
    ...nodes
      .filter((node) => !isA(node, 'EndEvent') && !eventScopes.includes(node) && !leads(node))
      .map((node) => `Von «${nameOf(node)}» führt kein Weg weiter.`),
    ...flows
      .filter((flow) => isA(oneOf(flow, 'sourceRef') ?? flow, 'ExclusiveGateway') && textOf(flow, 'name') === undefined)
      .filter((flow) => flows.filter((other) => oneOf(other, 'sourceRef') === oneOf(flow, 'sourceRef')).length > 1)
      .map((flow) => `Der Weg «${nameOf(flow)}» sagt nicht, wann er genommen wird.`),
    ...nodes.filter((node) => isA(node, 'SubProcess')).flatMap((node) => scopeProblems(node, node['triggeredByEvent'] === true ? 'event' : 'inner')),
  ];
}

function reachedFrom(starts: readonly ModdleElement[], nodes: readonly ModdleElement[], flows: readonly ModdleElement[]): Set<ModdleElement> {
  const reached = new Set(starts);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const flow of flows) {
      const [source, target] = [oneOf(flow, 'sourceRef'), oneOf(flow, 'targetRef')];
      if (source !== undefined && target !== undefined && reached.has(source)) reached.add(target);
    }
    for (const node of nodes) {
      const on = oneOf(node, 'attachedToRef');
      if (on !== undefined && reached.has(on)) reached.add(node);
    }
  }
  return reached;
}
