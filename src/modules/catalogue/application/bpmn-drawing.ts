import type { ModdleElement } from 'bpmn-moddle';
import type { LangText } from '../../../platform/ui/html.ts';
import type { ProcessState } from './bpmn-effects.ts';
import { layoutOf } from './bpmn-layout.ts';
import { LANES, processModel, type ProcessModel, type ProcessNode } from './bpmn-model.ts';
import { documentationOf, manyOf, oneOf, textOf } from './bpmn-read.ts';
import type { Point, Rect } from './bpmn-route.ts';
import { LANE_WORDS } from './bpmn-words.ts';
import type { ServicePackage } from '../domain/package.ts';

export type Look = 'pool' | 'lane' | 'task' | 'subprocess' | 'start' | 'intermediate' | 'end' | 'gateway' | 'data' | 'note' | 'group';
export type Mark = 'user' | 'service' | 'timer' | 'message' | 'terminate' | 'exclusive' | 'parallel' | 'inclusive' | 'event';

export interface DrawnShape {
  readonly id: string;
  readonly look: Look;
  readonly mark?: Mark;
  readonly rect: Rect;
  readonly name: LangText;
  /** Words beside the shape; without, they stand inside or below. */
  readonly label?: Rect;
  readonly state?: ProcessState;
  /** Does not interrupt, or is called from elsewhere. */
  readonly dashed?: boolean;
  /** Pools and lanes that run downwards carry their name on top. */
  readonly vertical?: boolean;
  /** Documentation in German. */
  readonly note: string;
  /** Who acts: the lane's name. */
  readonly lane?: LangText;
}

export interface DrawnWay {
  readonly id: string;
  readonly look: 'sequence' | 'message' | 'association';
  readonly points: readonly Point[];
  readonly name?: LangText;
  readonly label?: Rect;
}

/** A process as it is drawn, wherever it comes from. */
export interface Drawing {
  readonly name: LangText;
  /** Left and top of what is drawn, and its size. */
  readonly frame: Rect;
  readonly shapes: readonly DrawnShape[];
  readonly ways: readonly DrawnWay[];
}

const LOOKS: Readonly<Record<ProcessNode['kind'], { readonly look: Look; readonly mark?: Mark }>> = {
  start: { look: 'start' },
  'message-start': { look: 'start', mark: 'message' },
  end: { look: 'end' },
  terminate: { look: 'end', mark: 'terminate' },
  user: { look: 'task', mark: 'user' },
  service: { look: 'task', mark: 'service' },
  gateway: { look: 'gateway', mark: 'exclusive' },
  timer: { look: 'intermediate', mark: 'timer' },
  subprocess: { look: 'subprocess' },
};

/** A package's process, drawn by our own layout. */
export function drawingOf(model: ProcessModel): Drawing {
  const layout = layoutOf(model);
  const labelled = (id: string): { readonly label?: Rect } => (layout.labels.has(id) ? { label: layout.labels.get(id)! } : {});
  const shapes: DrawnShape[] = [
    { id: 'pool', look: 'pool', rect: layout.pool, name: model.name, note: model.note },
    ...LANES.map((lane): DrawnShape => ({ id: `bahn-${lane}`, look: 'lane', rect: layout.lanes.get(lane)!, name: LANE_WORDS[lane], note: '' })),
    ...model.nodes.map((node): DrawnShape => {
      const { id, kind, name, note, state, lane } = node;
      const dashed = kind === 'subprocess' || (kind === 'timer' && node.interrupting === false);
      return { id, ...LOOKS[kind], rect: layout.shapes.get(id)!, name, note, lane: LANE_WORDS[lane], dashed, ...(state && { state }), ...labelled(id) };
    }),
  ];
  const ways = model.flows.map(({ id, name }): DrawnWay => ({ id, look: 'sequence', points: layout.ways.get(id)!, ...(name && { name }), ...labelled(id) }));
  return { name: model.name, frame: { x: 0, y: 0, width: layout.width, height: layout.height }, shapes, ways };
}

/** Drawings by the hash of the package: laid out once, for all its cases. */
const kept = new Map<string, Drawing>();
const MOST_KEPT = 500;

export function drawingFor(pkg: ServicePackage): Drawing {
  const known = kept.get(pkg.hash);
  if (known !== undefined) return known;
  const drawing = drawingOf(processModel(pkg));
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(pkg.hash, drawing);
  return drawing;
}

const sameIn = (text: string): LangText => ({ de: text, en: text, leicht: text });

/** The first drawing of a BPMN file, as its own DI places it; `undefined` where there is none. */
export function drawingFrom(definitions: ModdleElement): Drawing | undefined {
  const plane = manyOf(definitions, 'diagrams')
    .map((diagram) => oneOf(diagram, 'plane'))
    .find((one) => manyOf(one, 'planeElement').length > 0);
  if (plane === undefined) return undefined;
  const elements = manyOf(plane, 'planeElement');
  const lanes = laneNames(elements);
  const shapes = elements.flatMap((element) => shapeFrom(element, lanes));
  const ways = elements.flatMap(wayFrom);
  const points = [
    ...shapes
      .flatMap(({ rect, label }) => [rect, label ?? rect])
      .flatMap(({ x, y, width, height }) => [
        { x, y },
        { x: x + width, y: y + height + 20 },
      ]),
    ...ways.flatMap((way) => way.points),
  ];
  if (points.length === 0) return undefined;
  const [left, top] = [Math.min(...points.map(({ x }) => x)) - 20, Math.min(...points.map(({ y }) => y)) - 40];
  const frame = { x: left, y: top, width: Math.max(...points.map(({ x }) => x)) - left + 20, height: Math.max(...points.map(({ y }) => y)) - top + 20 };
  return { name: sameIn(textOf(definitions, 'name') ?? ''), frame, shapes, ways };
}

function rectFrom(element: ModdleElement | undefined): Rect | undefined {
  const bounds = oneOf(element, 'bounds');
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(bounds?.[name]));
  return [x, y, width, height].every((one) => Number.isFinite(one)) && bounds !== undefined ? { x: x!, y: y!, width: width!, height: height! } : undefined;
}

function laneNames(elements: readonly ModdleElement[]): ReadonlyMap<string, LangText> {
  const names = new Map<string, LangText>();
  for (const lane of elements.map((element) => oneOf(element, 'bpmnElement')).filter((one) => one?.$type === 'bpmn:Lane')) {
    for (const node of manyOf(lane, 'flowNodeRef')) names.set(textOf(node, 'id') ?? '', sameIn(textOf(lane, 'name') ?? ''));
  }
  return names;
}

function shapeFrom(element: ModdleElement, lanes: ReadonlyMap<string, LangText>): DrawnShape[] {
  const of = oneOf(element, 'bpmnElement');
  const rect = rectFrom(element);
  if (element.$type !== 'bpmndi:BPMNShape' || of === undefined || rect === undefined) return [];
  const id = textOf(of, 'id') ?? '';
  const label = rectFrom(oneOf(element, 'label'));
  const dashed = of['cancelActivity'] === false || of['isInterrupting'] === false || of['triggeredByEvent'] === true;
  const lane = lanes.get(id);
  const words = textOf(of, 'name') ?? textOf(of, 'text') ?? '';
  const note = of['documentation'] === undefined ? '' : documentationOf(of);
  return [
    { id, ...lookOf(of), rect, name: sameIn(words), note, dashed, vertical: element['isHorizontal'] === false, ...(label && { label }), ...(lane && { lane }) },
  ];
}

function lookOf(of: ModdleElement): { readonly look: Look; readonly mark?: Mark } {
  const type = of.$type.replace('bpmn:', '');
  const event = manyOf(of, 'eventDefinitions')[0]?.$type.replace('bpmn:', '').replace('EventDefinition', '').toLowerCase();
  const mark = event === 'timer' || event === 'message' || event === 'terminate' ? event : undefined;
  if (type === 'Participant') return { look: 'pool' };
  if (type === 'Lane') return { look: 'lane' };
  if (type === 'StartEvent') return { look: 'start', ...(mark && { mark }) };
  if (type === 'EndEvent') return { look: 'end', ...(mark && { mark }) };
  if (type.endsWith('Event')) return { look: 'intermediate', ...(mark && { mark }) };
  if (type.endsWith('Gateway')) return { look: 'gateway', mark: GATEWAYS[type] ?? 'event' };
  if (type.endsWith('SubProcess') || type === 'Transaction') return { look: 'subprocess' };
  if (type.startsWith('Data')) return { look: 'data' };
  if (type === 'TextAnnotation') return { look: 'note' };
  if (type === 'Group') return { look: 'group' };
  return { look: 'task', ...(type === 'UserTask' && { mark: 'user' as const }), ...(type === 'ServiceTask' && { mark: 'service' as const }) };
}
const GATEWAYS: Readonly<Record<string, Mark>> = { ExclusiveGateway: 'exclusive', ParallelGateway: 'parallel', InclusiveGateway: 'inclusive' };

function wayFrom(element: ModdleElement): DrawnWay[] {
  const of = oneOf(element, 'bpmnElement');
  if (element.$type !== 'bpmndi:BPMNEdge' || of === undefined) return [];
  const points = manyOf(element, 'waypoint').flatMap((point) => {
    const [x, y] = [Number(point['x']), Number(point['y'])];
    return Number.isFinite(x) && Number.isFinite(y) ? [{ x, y }] : [];
  });
  if (points.length < 2) return [];
  const look = of.$type === 'bpmn:SequenceFlow' ? 'sequence' : of.$type === 'bpmn:MessageFlow' ? 'message' : 'association';
  const [name, label] = [textOf(of, 'name'), rectFrom(oneOf(element, 'label'))];
  return [{ id: textOf(of, 'id') ?? '', look, points, ...(name && { name: sameIn(name) }), ...(label && { label }) }];
}
