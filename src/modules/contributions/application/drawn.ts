import type { Position, Ring } from '../../../kernel/geo.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { Participation } from '../domain/participation.ts';
import { boundsOf, cornersOf } from '../domain/shape.ts';

/** A line or an area as a map draws it; an `edge` is the outline of the participation. */
export interface Drawn {
  readonly kind: 'line' | 'area' | 'edge';
  readonly path: Ring;
}

/** The outline of the participation. */
export const edgesOf = ({ area }: Pick<Participation, 'area'>): Drawn[] => area.map((path) => ({ kind: 'edge', path }));

/** Lines and areas of contributions; points are their markers. */
export const shapesOf = (contributions: readonly Contribution[]): Drawn[] =>
  contributions.flatMap(({ geometry }): Drawn[] =>
    geometry === null || geometry.type === 'Point' ? [] : [{ kind: geometry.type === 'Polygon' ? 'area' : 'line', path: cornersOf(geometry) }],
  );

/** Two opposite corners of the box around all of it. */
export const boxAround = (drawn: readonly Drawn[]): readonly Position[] => boundsOf(drawn.map(({ path }) => path));
