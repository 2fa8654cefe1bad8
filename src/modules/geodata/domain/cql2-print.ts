import { powerOf } from './cql2-text.ts';
import { isCall, type Cql2, type Geometry, type Operation } from './cql2-tree.ts';

type OperationNode = Extract<Cql2, { kind: 'op' }>;

/** The filter as CQL2 JSON, as a value. */
export function printCql2Json(filter: Cql2): unknown {
  switch (filter.kind) {
    case 'op':
      return { op: filter.op, args: filter.args.map(printCql2Json) };
    case 'property':
      return { property: filter.name };
    case 'literal':
      return filter.value;
    case 'date':
      return { date: filter.text };
    case 'timestamp':
      return { timestamp: filter.text };
    case 'interval':
      return {
        interval: [filter.from, filter.to].map((bound) =>
          bound === '..' || bound.kind === 'property' ? (bound === '..' ? '..' : { property: bound.name }) : timeText(bound),
        ),
      };
    case 'geometry':
      return filter.geometry;
    case 'bbox':
      return { bbox: filter.box };
    case 'array':
      return filter.items.map(printCql2Json);
  }
}

const timeText = (bound: Cql2): string => (bound.kind === 'date' || bound.kind === 'timestamp' ? bound.text : '..');

/** The filter as CQL2 text. */
export function printCql2Text(filter: Cql2): string {
  switch (filter.kind) {
    case 'op':
      return operation(filter);
    case 'property':
      return `"${filter.name.replaceAll('"', '""')}"`;
    case 'literal':
      return typeof filter.value === 'string' ? quoted(filter.value) : String(filter.value).toUpperCase();
    case 'date':
      return `DATE(${quoted(filter.text)})`;
    case 'timestamp':
      return `TIMESTAMP(${quoted(filter.text)})`;
    case 'interval':
      return `INTERVAL(${[filter.from, filter.to].map((bound) => (bound === '..' || bound.kind !== 'property' ? quoted(bound === '..' ? '..' : timeText(bound)) : printCql2Text(bound))).join(', ')})`;
    case 'geometry':
      return wktOf(filter.geometry);
    case 'bbox':
      return `BBOX(${filter.box.join(', ')})`;
    case 'array':
      return `(${filter.items.map(printCql2Text).join(', ')})`;
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** NOT binds more strongly than AND and OR. */
const needsBrackets = (arg: OperationNode, op: Operation): boolean => !isCall(arg.op) && !isCall(op) && !(arg.op === 'not' && (op === 'and' || op === 'or'));

function operation({ op, args }: OperationNode): string {
  const texts = args.map((arg) => (arg.kind === 'op' && needsBrackets(arg, op) ? `(${printCql2Text(arg)})` : printCql2Text(arg)));
  if (isCall(op)) return `${op.toUpperCase()}(${texts.join(', ')})`;
  switch (op) {
    case 'not':
      return `NOT ${texts[0]!}`;
    case 'isNull':
      return `${texts[0]!} IS NULL`;
    case 'between':
      return `${texts[0]!} BETWEEN ${texts[1]!} AND ${texts[2]!}`;
    case 'in':
    case 'like':
      return `${texts[0]!} ${op.toUpperCase()} ${texts[1]!}`;
    default:
      return texts.join(powerOf(op) === undefined ? ', ' : ` ${op.toUpperCase()} `);
  }
}

function wktOf({ type, coordinates, geometries }: Geometry): string {
  if (geometries !== undefined) return `GEOMETRYCOLLECTION(${geometries.map(wktOf).join(', ')})`;
  return `${type.toUpperCase()}${type === 'Point' ? `(${positionOf(coordinates)})` : nested(coordinates)}`;
}

const positionOf = (position: unknown): string => (position as readonly number[]).join(' ');

function nested(value: unknown): string {
  const parts = value as readonly unknown[];
  return `(${parts.map((part) => (typeof (part as readonly unknown[])[0] === 'number' ? positionOf(part) : nested(part))).join(', ')})`;
}
