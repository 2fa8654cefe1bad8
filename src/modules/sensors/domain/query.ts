import type { EntityName } from './entities.ts';
import type { Expression, Path } from './expression.ts';

export interface Order {
  readonly by: Expression;
  readonly descending: boolean;
}

export interface Expand {
  readonly relation: string;
  readonly target: EntityName;
  readonly many: boolean;
  readonly query: Query;
}

/** The options of one collection or entity, of a request or inside `$expand` (SensorThings API 1.1, 9.3). */
export interface Query {
  readonly filter?: Expression;
  readonly orderby?: readonly Order[];
  readonly select?: readonly Path[];
  readonly expand?: readonly Expand[];
  readonly top?: number;
  readonly skip?: number;
  readonly count?: boolean;
}

/** An option as it came: its name with `$`, and its decoded text. */
export interface GivenOption {
  readonly name: string;
  readonly text: string;
}
