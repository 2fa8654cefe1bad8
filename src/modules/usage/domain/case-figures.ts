import { inTens } from '../../../kernel/few.ts';

/** `left-at`: of those given up, by page. */
export type CaseMeasure = 'submitted' | 'decided' | 'given-up' | 'left-at';

/** What is told of the cases of a service: whole tens, and nothing of fewer. */
export interface CaseFigure {
  readonly service: string;
  readonly measure: CaseMeasure;
  /** Empty where it is of all pages. */
  readonly page: string;
  readonly count: number;
}

/** Exact counts of a service, as its cases and drafts say. */
export interface CountedCases {
  readonly service: string;
  readonly submitted: number;
  readonly decided: number;
  readonly givenUp: number;
  readonly leftAt: Readonly<Record<string, number>>;
}

/** A number from 0 to 9 that belongs to a counter for good, and is told to nobody. */
export type PhaseOf = (counter: string) => number;

/**
 * The exact counts as they may be told. Rounding down alone would not do: of 20 given up, of which 10 on one page of two, 1
 * to 9 were left on the other; and who sends nine applications of their own sees the next one come. With a secret phase a
 * figure `n` leaves open everything from `n` to `n + 18`, as the counters do (`tens.ts`), and no group of 1 to 9 is known.
 */
export function toldCases(cases: readonly CountedCases[], phaseOf: PhaseOf): readonly CaseFigure[] {
  return cases.flatMap(({ service, submitted, decided, givenUp, leftAt }) => {
    const told = (measure: CaseMeasure, page: string, count: number, counter: string): CaseFigure => ({
      service,
      measure,
      page,
      count: inTens(Math.max(0, count - phaseOf(`${service}\n${counter}`))),
    });
    return [
      // one phase for both: more decided than submitted would be nonsense
      told('submitted', '', submitted, 'cases'),
      told('decided', '', decided, 'cases'),
      told('given-up', '', givenUp, 'given-up'),
      ...Object.entries(leftAt).map(([page, count]) => told('left-at', page, count, `left-at\n${page}`)),
    ].filter(({ count }) => count > 0);
  });
}
