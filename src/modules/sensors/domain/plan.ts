import type { EntityName } from './entities.ts';
import type { Expression } from './expression.ts';
import { topOf } from './extent.ts';
import { printQuery } from './print-query.ts';
import type { GivenOption, Order, Query } from './query.ts';
import { selectionOf, type Selection } from './selection.ts';

/** A query with nothing left open: what is read, in which order, and how much of it. */
export interface Plan {
  readonly entity: EntityName;
  readonly filter: Expression | undefined;
  readonly orderby: readonly Order[];
  readonly selection: Selection;
  readonly expand: readonly PlannedExpand[];
  readonly top: number;
  readonly skip: number;
  readonly count: boolean;
}

export interface PlannedExpand {
  readonly relation: string;
  readonly many: boolean;
  readonly plan: Plan;
  /** The options as a client would write them, for the address of the next page. */
  readonly options: readonly GivenOption[];
}

export function planOf(entity: EntityName, query: Query): Plan {
  return {
    entity,
    filter: query.filter,
    orderby: query.orderby ?? [],
    selection: selectionOf(entity, query),
    expand: (query.expand ?? []).map(({ relation, target, many, query: inner }) => ({
      relation,
      many,
      plan: planOf(target, inner),
      options: printQuery(inner),
    })),
    top: topOf(query),
    skip: query.skip ?? 0,
    count: query.count === true,
  };
}

/** A row as the store gives it: properties by name, and what no property is called, behind an @. */
export interface Row {
  readonly '@id': number;
  /** What it was ordered by, as text. */
  readonly '@keys'?: readonly (string | null)[];
  /** Of an observation: its stream, and whether that is a MultiDatastream. */
  readonly '@stream'?: number;
  readonly '@multi'?: boolean;
  readonly [name: string]: unknown;
}

/** A page of rows, with one more than was asked for if another page follows. */
export interface RowSet {
  readonly rows: readonly Row[];
  readonly count?: number;
}
