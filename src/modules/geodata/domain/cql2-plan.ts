import { typeOf, type FilterType, type Queryables } from './cql2-check.ts';
import type { Cql2 } from './cql2-tree.ts';
import { boxToStorage, geometryToStorage, type Crs } from './crs.ts';

/** A checked filter as the store takes it: geometries in EPSG:25832, and what type each part has. */
export interface FilterPlan {
  readonly filter: Cql2;
  readonly queryables: Queryables;
  readonly typeOf: (node: Cql2) => FilterType;
}

/** @param crs of the coordinates in the filter */
export function planCql2(filter: Cql2, queryables: Queryables, crs: Crs): FilterPlan {
  return { filter: inStorage(filter, crs), queryables, typeOf: (node) => typeOf(node, queryables) };
}

function inStorage(node: Cql2, crs: Crs): Cql2 {
  if (node.kind === 'op') return { ...node, args: node.args.map((arg) => inStorage(arg, crs)) };
  if (node.kind === 'geometry') return { ...node, geometry: geometryToStorage(node.geometry, crs) };
  return node.kind === 'bbox' ? { kind: 'geometry', geometry: boxToStorage(node.box, crs), at: node.at } : node;
}
