import { builtin, library } from './builtin.ts';
import { compareValues, Range, type Value } from './value.ts';

/** A range from two things to compare: a point is a range of one. */
const rangeOf = (value: Value): Range => (value instanceof Range ? value : new Range(value, value, true, true));

type Relation = (a: Range, b: Range, order: (x: Value, y: Value) => number) => boolean;

const NOT_TOLD = Symbol('the order cannot be told');

/** A relation of Allen's interval algebra; null where an end is missing or two ends have no order. */
function relate(relation: Relation): (a: Value, b: Value) => Value {
  return (a, b) => {
    const order = (x: Value, y: Value): number => {
      const result = compareValues(x, y);
      if (result === null) throw NOT_TOLD;
      return result;
    };
    try {
      const [left, right] = [rangeOf(a), rangeOf(b)];
      order(left.start ?? left.end, right.start ?? right.end);
      return relation(left, right, order);
    } catch (error) {
      if (error === NOT_TOLD) return null;
      throw error;
    }
  };
}

const before: Relation = (a, b, order) => {
  const gap = order(a.end, b.start);
  return gap < 0 || (gap === 0 && !(a.endIncluded && b.startIncluded));
};
const meets: Relation = (a, b, order) => a.endIncluded && b.startIncluded && order(a.end, b.start) === 0;
const overlaps: Relation = (a, b, order) => {
  const [first, second] = [order(a.end, b.start), order(a.start, b.end)];
  return (first > 0 || (first === 0 && a.endIncluded && b.startIncluded)) && (second < 0 || (second === 0 && a.startIncluded && b.endIncluded));
};
const overlapsBefore: Relation = (a, b, order) => {
  const starts = order(a.start, b.start);
  const touch = order(a.end, b.start);
  const ends = order(a.end, b.end);
  return (
    (starts < 0 || (starts === 0 && a.startIncluded && !b.startIncluded)) &&
    (touch > 0 || (touch === 0 && a.endIncluded && b.startIncluded)) &&
    (ends < 0 || (ends === 0 && (!a.endIncluded || b.endIncluded)))
  );
};
const overlapsAfter: Relation = (a, b, order) => {
  const starts = order(b.start, a.start);
  const touch = order(b.end, a.start);
  const ends = order(b.end, a.end);
  return (
    (starts < 0 || (starts === 0 && b.startIncluded && !a.startIncluded)) &&
    (touch > 0 || (touch === 0 && b.endIncluded && a.startIncluded)) &&
    (ends < 0 || (ends === 0 && (!b.endIncluded || a.endIncluded)))
  );
};
const finishes: Relation = (a, b, order) => {
  const starts = order(a.start, b.start);
  return a.endIncluded === b.endIncluded && order(a.end, b.end) === 0 && (starts > 0 || (starts === 0 && (!a.startIncluded || b.startIncluded)));
};
const starts: Relation = (a, b, order) => {
  const ends = order(a.end, b.end);
  return a.startIncluded === b.startIncluded && order(a.start, b.start) === 0 && (ends < 0 || (ends === 0 && (!a.endIncluded || b.endIncluded)));
};
const includes: Relation = (a, b, order) => {
  const [low, high] = [order(a.start, b.start), order(a.end, b.end)];
  return (low < 0 || (low === 0 && (a.startIncluded || !b.startIncluded))) && (high > 0 || (high === 0 && (a.endIncluded || !b.endIncluded)));
};
const coincides: Relation = (a, b, order) =>
  order(a.start, b.start) === 0 && a.startIncluded === b.startIncluded && order(a.end, b.end) === 0 && a.endIncluded === b.endIncluded;

const swapped =
  (relation: Relation): Relation =>
  (a, b, order) =>
    relation(b, a, order);

const POINT = 'number|string|date|time|date and time|days and time duration|years and months duration';

/** Of two ranges, or of a point and a range, under the names that DMN 1.5 gives the parameters (table 77). */
const both = (name: string, relation: Relation): ReturnType<typeof builtin> =>
  builtin(
    name,
    [`point1: ${POINT}, point2: ${POINT}`, relate(relation)],
    [`point: ${POINT}, range: range`, relate(relation)],
    [`range: range, point: ${POINT}`, relate(relation)],
    ['range1: range, range2: range', relate(relation)],
  );

const ofRanges = (name: string, relation: Relation): ReturnType<typeof builtin> => builtin(name, ['range1: range, range2: range', relate(relation)]);

const pointFirst = (name: string, relation: Relation): ReturnType<typeof builtin> =>
  builtin(name, [`point: ${POINT}, range: range`, relate(relation)], ['range1: range, range2: range', relate(relation)]);

const rangeFirst = (name: string, relation: Relation): ReturnType<typeof builtin> =>
  builtin(name, [`range: range, point: ${POINT}`, relate(relation)], ['range1: range, range2: range', relate(relation)]);

/** A point finishes or starts a range that includes its end. */
export const RANGE_FUNCTIONS = library(
  both('before', before),
  both('after', swapped(before)),
  ofRanges('meets', meets),
  ofRanges('met by', swapped(meets)),
  ofRanges('overlaps', overlaps),
  ofRanges('overlaps before', overlapsBefore),
  ofRanges('overlaps after', overlapsAfter),
  pointFirst('finishes', finishes),
  rangeFirst('finished by', swapped(finishes)),
  rangeFirst('includes', includes),
  pointFirst('during', swapped(includes)),
  pointFirst('starts', starts),
  rangeFirst('started by', swapped(starts)),
  builtin('coincides', [`point1: ${POINT}, point2: ${POINT}`, relate(coincides)], ['range1: range, range2: range', relate(coincides)]),
);
