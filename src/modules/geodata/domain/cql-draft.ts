import type { Queryables } from './cql2-check.ts';
import { COMPARISONS, timeNode, type Cql2 } from './cql2-tree.ts';

const COMPARED: ReadonlySet<string> = new Set([...COMPARISONS, 'between', 'in']);

/**
 * A filter in the draft's `cql-text` (OGC 19-079, as GDAL before 3.8 writes it) as CQL2: it is the same but for
 * times, which are written as texts there.
 */
export function fromDraft(filter: Cql2, queryables: Queryables): Cql2 {
  if (filter.kind === 'array') return { ...filter, items: filter.items.map((item) => fromDraft(item, queryables)) };
  if (filter.kind !== 'op') return filter;
  const kind = COMPARED.has(filter.op) ? filter.args.map((arg) => timeOf(arg, queryables)).find((one) => one !== undefined) : undefined;
  return { ...filter, args: filter.args.map((arg) => (kind === undefined ? fromDraft(arg, queryables) : asTime(arg, kind))) };
}

function timeOf(node: Cql2, queryables: Queryables): 'date' | 'timestamp' | undefined {
  const kind = node.kind === 'property' && Object.hasOwn(queryables, node.name) ? queryables[node.name] : undefined;
  return kind === 'date' ? 'date' : kind === 'instant' ? 'timestamp' : undefined;
}

function asTime(node: Cql2, kind: 'date' | 'timestamp'): Cql2 {
  if (node.kind === 'array') return { ...node, items: node.items.map((item) => asTime(item, kind)) };
  if (node.kind !== 'literal' || typeof node.value !== 'string') return node;
  const [day = '', time = '00:00:00'] = node.value.replaceAll('/', '-').split(/[T ]/);
  return timeNode(kind, kind === 'date' ? day : `${day}T${time.replace(/(Z|\+00(:?00)?)$/, '')}Z`, node.at);
}
