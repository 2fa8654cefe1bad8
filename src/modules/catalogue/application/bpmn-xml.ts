import { BpmnModdle, type ModdleElement } from 'bpmn-moddle';
import { layoutOf, type Layout } from './bpmn-layout.ts';
import { LANES, type ProcessFlow, type ProcessModel, type ProcessNode } from './bpmn-model.ts';
import type { Rect } from './bpmn-route.ts';
import { LANE_WORDS } from './bpmn-words.ts';

const TYPES = {
  start: 'bpmn:StartEvent',
  'message-start': 'bpmn:StartEvent',
  end: 'bpmn:EndEvent',
  terminate: 'bpmn:EndEvent',
  user: 'bpmn:UserTask',
  service: 'bpmn:ServiceTask',
  gateway: 'bpmn:ExclusiveGateway',
  timer: 'bpmn:BoundaryEvent',
  subprocess: 'bpmn:SubProcess',
} as const satisfies Record<ProcessNode['kind'], string>;

const moddle = new BpmnModdle();
const create = (type: string, values: Readonly<Record<string, unknown>>): ModdleElement => moddle.create(type, values);
const documentation = (text: string): ModdleElement[] => [create('bpmn:Documentation', { text })];
const bounds = ({ x, y, width, height }: Rect): ModdleElement => create('dc:Bounds', { x, y, width, height });

/** The process as BPMN 2.0 XML with its drawing (BPMN DI), names in German. The same model gives the same bytes. */
export async function bpmnXml(model: ProcessModel, layout: Layout = layoutOf(model)): Promise<string> {
  const elements = new Map<string, ModdleElement>();
  for (const node of model.nodes) elements.set(node.id, semanticOf(node));
  for (const node of model.nodes) if (node.attachedTo !== undefined) elements.get(node.id)!.set('attachedToRef', elements.get(node.attachedTo));
  for (const flow of model.flows) elements.set(flow.id, flowOf(flow, elements));
  const process = processOf(model, elements);
  const participant = create('bpmn:Participant', {
    id: `Pool_${model.key}`,
    name: model.name.de,
    processRef: process,
    documentation: documentation(model.note),
  });
  const collaboration = create('bpmn:Collaboration', { id: `Zusammenarbeit_${model.key}`, participants: [participant] });
  const plane = create('bpmndi:BPMNPlane', {
    id: `Ebene_${model.key}`,
    bpmnElement: collaboration,
    planeElement: [...shapesOf(model, layout, elements, participant, process), ...edgesOf(model, layout, elements)],
  });
  const definitions = create('bpmn:Definitions', {
    id: `Prozess_${model.key}_${model.version}`,
    name: model.name.de,
    targetNamespace: `urn:kontor:leistung:${model.key}`,
    exporter: 'Kontor',
    exporterVersion: '1.0.0',
    rootElements: [collaboration, process],
    diagrams: [create('bpmndi:BPMNDiagram', { id: `Bild_${model.key}`, name: model.name.de, plane })],
  });
  return (await moddle.toXML(definitions, { format: true })).xml;
}

function semanticOf(node: ProcessNode): ModdleElement {
  const base = { id: node.id, name: node.name.de, documentation: documentation(node.note) };
  if (node.kind === 'timer') {
    const timeDuration = create('bpmn:FormalExpression', { body: node.duration });
    const eventDefinitions = [create('bpmn:TimerEventDefinition', { id: `${node.id}-dauer`, timeDuration })];
    return create(TYPES.timer, { ...base, cancelActivity: node.interrupting, eventDefinitions });
  }
  if (node.kind === 'message-start') {
    return create(TYPES[node.kind], {
      ...base,
      isInterrupting: true,
      eventDefinitions: [create('bpmn:MessageEventDefinition', { id: `${node.id}-nachricht` })],
    });
  }
  if (node.kind === 'terminate')
    return create(TYPES.terminate, { ...base, eventDefinitions: [create('bpmn:TerminateEventDefinition', { id: `${node.id}-ende` })] });
  return create(TYPES[node.kind], { ...base, ...(node.kind === 'subprocess' && { triggeredByEvent: true }) });
}

function flowOf({ id, from, to, name }: ProcessFlow, elements: ReadonlyMap<string, ModdleElement>): ModdleElement {
  const [source, target] = [elements.get(from)!, elements.get(to)!];
  const flow = create('bpmn:SequenceFlow', { id, ...(name && { name: name.de }), sourceRef: source, targetRef: target });
  (source.get('outgoing') as ModdleElement[]).push(flow);
  (target.get('incoming') as ModdleElement[]).push(flow);
  return flow;
}

function processOf(model: ProcessModel, elements: ReadonlyMap<string, ModdleElement>): ModdleElement {
  const parents = new Map(model.nodes.flatMap(({ id, parent }) => (parent === undefined ? [] : [[id, parent]])));
  for (const [id, parent] of parents) (elements.get(parent)!.get('flowElements') as ModdleElement[]).push(elements.get(id)!);
  for (const { id, from } of model.flows) {
    const parent = parents.get(from);
    if (parent !== undefined) (elements.get(parent)!.get('flowElements') as ModdleElement[]).push(elements.get(id)!);
  }
  const lanes = LANES.map((lane) => {
    const flowNodeRef = model.nodes.filter((node) => node.lane === lane && node.parent === undefined).map(({ id }) => elements.get(id));
    return create('bpmn:Lane', { id: `Bahn_${lane}`, name: LANE_WORDS[lane].de, flowNodeRef });
  });
  const top = [...model.nodes, ...model.flows.map(({ id, from }) => ({ id, parent: parents.get(from) }))];
  return create('bpmn:Process', {
    id: `Ablauf_${model.key}`,
    name: model.name.de,
    isExecutable: false,
    documentation: documentation(model.note),
    laneSets: [create('bpmn:LaneSet', { id: `Bahnen_${model.key}`, lanes })],
    flowElements: top.filter(({ parent }) => parent === undefined).map(({ id }) => elements.get(id)),
  });
}

const labelOf = (label: Rect | undefined): { readonly label?: ModdleElement } =>
  label === undefined ? {} : { label: create('bpmndi:BPMNLabel', { bounds: bounds(label) }) };

function shapesOf(
  model: ProcessModel,
  layout: Layout,
  elements: ReadonlyMap<string, ModdleElement>,
  participant: ModdleElement,
  process: ModdleElement,
): ModdleElement[] {
  const shape = (bpmnElement: ModdleElement, rect: Rect, more: Readonly<Record<string, unknown>> = {}): ModdleElement =>
    create('bpmndi:BPMNShape', { id: `${String(bpmnElement['id'])}_di`, bpmnElement, bounds: bounds(rect), ...more });
  const [laneSet] = process['laneSets'] as ModdleElement[];
  const lanes = laneSet!['lanes'] as ModdleElement[];
  return [
    shape(participant, layout.pool, { isHorizontal: true }),
    ...LANES.map((lane, index) => shape(lanes[index]!, layout.lanes.get(lane)!, { isHorizontal: true })),
    ...model.nodes.map(({ id, kind }) =>
      shape(elements.get(id)!, layout.shapes.get(id)!, {
        ...(kind === 'gateway' && { isMarkerVisible: true }),
        ...(kind === 'subprocess' && { isExpanded: true }),
        ...labelOf(layout.labels.get(id)),
      }),
    ),
  ];
}

function edgesOf(model: ProcessModel, layout: Layout, elements: ReadonlyMap<string, ModdleElement>): ModdleElement[] {
  return model.flows.map(({ id }) => {
    const waypoint = layout.ways.get(id)!.map(({ x, y }) => create('dc:Point', { x, y }));
    return create('bpmndi:BPMNEdge', { id: `${id}_di`, bpmnElement: elements.get(id), waypoint, ...labelOf(layout.labels.get(id)) });
  });
}
