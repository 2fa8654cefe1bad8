import { LANES, type LaneId, type ProcessFlow, type ProcessModel, type ProcessNode } from './bpmn-model.ts';
import { Lattice, STEP, type Point, type Port, type Rect } from './bpmn-route.ts';
import { textWidth } from './bpmn-text.ts';

/** Where everything stands, in pixels from the top left. Shapes begin and end on the lattice of the ways. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly pool: Rect;
  readonly lanes: ReadonlyMap<LaneId, Rect>;
  readonly shapes: ReadonlyMap<string, Rect>;
  /** Words beside events, gateways and ways; tasks carry theirs inside. */
  readonly labels: ReadonlyMap<string, Rect>;
  readonly ways: ReadonlyMap<string, readonly Point[]>;
}

export const HEADER = 40;
export const LABEL_SIZE = 13;
export const LABEL_LINE = 16;
const GAP = 80;
const TASK = { width: 160, height: 80 };
const SMALL = 40;
const LANE_TOP = 60;
const ROW = TASK.height + GAP;
const LABEL_WIDTH = 108;

const isTask = ({ kind }: ProcessNode): boolean => kind === 'user' || kind === 'service';

/** Left to right by column, lanes from top to bottom, empty columns and rows closed up. Pure; some 100 ms, so keep it. */
export function layoutOf(model: ProcessModel): Layout {
  const columns = columnsOf(model);
  const { lanes, height } = lanesOf(model);
  const width = 2 * HEADER + columns.width + STEP;
  const shapes = new Map<string, Rect>();
  for (const node of model.nodes) if (node.attachedTo === undefined) shapes.set(node.id, place(node, columns.middle, lanes));
  for (const node of model.nodes.filter(({ attachedTo }) => attachedTo !== undefined)) {
    const on = shapes.get(node.attachedTo!)!;
    shapes.set(node.id, { x: on.x + on.width - 3 * STEP, y: on.y + on.height - SMALL / 2, width: SMALL, height: SMALL });
  }
  const labels = new Map<string, Rect>();
  for (const node of model.nodes) {
    const label = labelBeside(node, shapes.get(node.id)!);
    if (label !== undefined) labels.set(node.id, label);
  }
  const pool = { x: STEP, y: STEP, width: width - STEP, height };
  const ways = waysOf(model, shapes, labels, { width: width + STEP, height: height + 2 * STEP });
  for (const [id, rect] of flowLabels(model.flows, ways, [...shapes.values(), ...labels.values()])) labels.set(id, rect);
  const bands = new Map([...lanes].map(([id, { top, height: high }]) => [id, { x: STEP + HEADER, y: top, width: width - STEP - HEADER, height: high }]));
  return { width: width + STEP, height: height + 2 * STEP, pool, lanes: bands, shapes, labels, ways };
}

function columnsOf({ nodes }: ProcessModel): { readonly middle: ReadonlyMap<number, number>; readonly width: number } {
  const used = [...new Set(nodes.map(({ column }) => column))].toSorted((a, b) => a - b);
  const middle = new Map<number, number>();
  let x = STEP + 2 * HEADER + STEP;
  for (const column of used) {
    const wide = nodes.some((node) => node.column === column && isTask(node)) ? TASK.width : 2 * SMALL;
    x += GAP;
    middle.set(column, x + wide / 2);
    x += wide;
  }
  return { middle, width: x - HEADER };
}

interface Band {
  readonly top: number;
  readonly height: number;
  readonly rows: readonly number[];
}

function lanesOf({ nodes }: ProcessModel): { readonly lanes: ReadonlyMap<LaneId, Band>; readonly height: number } {
  const lanes = new Map<LaneId, Band>();
  let top = STEP;
  for (const lane of LANES) {
    const rows = [...new Set(nodes.filter((node) => node.lane === lane).map(({ row }) => row))].toSorted((a, b) => a - b);
    const height = LANE_TOP + Math.max(rows.length, 1) * ROW;
    lanes.set(lane, { top, height, rows });
    top += height;
  }
  return { lanes, height: top - STEP };
}

function place(node: ProcessNode, middle: ReadonlyMap<number, number>, lanes: ReadonlyMap<LaneId, Band>): Rect {
  const band = lanes.get(node.lane)!;
  const x = middle.get(node.column)!;
  const y = band.top + LANE_TOP + band.rows.indexOf(node.row) * ROW + TASK.height / 2;
  if (node.kind === 'subprocess') {
    const end = middle.get(node.column + 1)!;
    return { x: x - 3 * STEP, y: y - 4 * STEP, width: end - x + 6 * STEP, height: 8 * STEP };
  }
  if (isTask(node)) return { x: x - TASK.width / 2, y: y - TASK.height / 2, ...TASK };
  const lower = node.parent === undefined ? 0 : 2 * STEP;
  return { x: x - SMALL / 2, y: y + lower - SMALL / 2, width: SMALL, height: SMALL };
}

/** Longest name over the languages decides: one drawing serves all. */
function labelBeside({ kind, name, parent }: ProcessNode, { x, y }: Rect): Rect | undefined {
  if (kind === 'user' || kind === 'service' || kind === 'subprocess') return undefined;
  const widest = Math.max(...[name.de, name.en, name.leicht].map((text) => textWidth(text, LABEL_SIZE)));
  if (kind === 'timer') return { x: x + SMALL + 4, y: y + SMALL / 2 + 4, width: Math.min(Math.ceil(widest) + 2, LABEL_WIDTH), height: LABEL_LINE };
  const lines = parent === undefined ? 3 : 2;
  const height = lines * LABEL_LINE;
  const width = kind === 'gateway' ? LABEL_WIDTH - STEP : LABEL_WIDTH;
  const left = kind === 'gateway' ? x + SMALL / 2 - 6 - width : x + SMALL / 2 - width / 2;
  return { x: left, y: y - 4 - height, width, height };
}

function waysOf(
  { nodes, flows }: ProcessModel,
  shapes: ReadonlyMap<string, Rect>,
  labels: ReadonlyMap<string, Rect>,
  size: { readonly width: number; readonly height: number },
): Map<string, Point[]> {
  const lattice = new Lattice(size.width, size.height);
  for (const rect of shapes.values()) lattice.block(rect);
  for (const rect of labels.values()) lattice.write(rect);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const length = ({ from, to }: ProcessFlow): number => {
    const [a, b] = [shapes.get(from)!, shapes.get(to)!];
    return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  };
  const ways = new Map<string, Point[]>();
  for (const flow of flows.toSorted((a, b) => length(a) - length(b))) {
    const [from, to] = [byId.get(flow.from)!, byId.get(flow.to)!];
    const [a, b] = [shapes.get(flow.from)!, shapes.get(flow.to)!];
    const timer = nodes.some(({ attachedTo }) => attachedTo === flow.to);
    const way =
      from.parent === undefined
        ? lattice.route(
            portsOf(
              from,
              a,
              nodes.some(({ attachedTo }) => attachedTo === flow.from),
            ),
            portsOf(to, b, timer),
          )
        : [
            { x: a.x + a.width, y: a.y + a.height / 2 },
            { x: b.x, y: b.y + b.height / 2 },
          ];
    if (way === undefined) throw new Error(`no way from ${flow.from} to ${flow.to}`);
    ways.set(flow.id, way);
  }
  return ways;
}

/** Middles of the sides; tasks have more places on each, but none beneath a timer. */
function portsOf(node: ProcessNode, { x, y, width, height }: Rect, hasTimer: boolean): Port[] {
  const [right, bottom] = [x + width, y + height];
  if (node.kind === 'timer') return [{ x: x + width / 2, y: bottom, out: 1 }];
  if (!isTask(node)) {
    return [
      { x: right, y: y + height / 2, out: 0 },
      { x: x + width / 2, y: bottom, out: 1 },
      { x, y: y + height / 2, out: 2 },
      { x: x + width / 2, y, out: 3 },
    ];
  }
  const ports: Port[] = [];
  for (let at = STEP; at < height; at += STEP) ports.push({ x: right, y: y + at, out: 0 }, { x, y: y + at, out: 2 });
  for (let at = STEP; at < width; at += STEP) {
    ports.push({ x: x + at, y, out: 3 });
    if (!hasTimer || at < 5 * STEP) ports.push({ x: x + at, y: bottom, out: 1 });
  }
  // middles first: of equal ways the first is taken
  const middle = ({ x: px, y: py }: Port): number => Math.abs(px - x - width / 2) * Math.abs(py - y - height / 2);
  return ports.toSorted((a, b) => middle(a) - middle(b));
}

const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Words of a way stand near its beginning, where nothing else stands and no way runs through them. */
function flowLabels(flows: readonly ProcessFlow[], ways: ReadonlyMap<string, readonly Point[]>, taken: readonly Rect[]): Map<string, Rect> {
  const placed = new Map<string, Rect>();
  const lines = [...ways.values()].flatMap((way) => way.slice(1).map((point, index) => spanOf(way[index]!, point)));
  for (const { id, name } of flows) {
    if (name === undefined) continue;
    const width = Math.ceil(Math.max(...[name.de, name.en, name.leicht].map((text) => textWidth(text, LABEL_SIZE)))) + 4;
    const size = { width, height: LABEL_LINE };
    let best: { readonly rect: Rect; readonly price: number } | undefined;
    for (const [order, at] of candidates(ways.get(id)!, size).entries()) {
      const rect = { ...at, ...size };
      const hits = [...taken, ...placed.values()].filter((other) => overlap(rect, other)).length;
      const price = order + hits * 1000 + lines.filter((line) => overlap(rect, line)).length * 50;
      if (best === undefined || price < best.price) best = { rect, price };
    }
    if (best !== undefined) placed.set(id, best.rect);
  }
  return placed;
}

const spanOf = (a: Point, b: Point): Rect => ({
  x: Math.min(a.x, b.x) - 1,
  y: Math.min(a.y, b.y) - 1,
  width: Math.abs(a.x - b.x) + 2,
  height: Math.abs(a.y - b.y) + 2,
});

function candidates(way: readonly Point[], { width, height }: { readonly width: number; readonly height: number }): Point[] {
  return way.slice(1).flatMap((end, index) => {
    const start = way[index]!;
    const length = Math.abs(end.x - start.x) + Math.abs(end.y - start.y);
    const [dx, dy] = [Math.sign(end.x - start.x), Math.sign(end.y - start.y)];
    const found: Point[] = [];
    for (let along = 4; along < length; along += STEP / 2) {
      const [x, y] = [start.x + dx * along, start.y + dy * along];
      if (dy === 0) found.push({ x: dx > 0 ? x : x - width, y: y - height - 3 }, { x: dx > 0 ? x : x - width, y: y + 3 });
      else found.push({ x: x + 5, y: dy > 0 ? y : y - height }, { x: x - 5 - width, y: dy > 0 ? y : y - height });
    }
    return found;
  });
}
