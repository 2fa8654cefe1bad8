import { inTens } from '../../../kernel/few.ts';

/** `online-matched`: submitted in months in which the counters counted, too. `left-at`: of those given up, by page. */
export type CaseMeasure = 'submitted' | 'decided' | 'online-matched' | 'given-up' | 'left-at';

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
  /** Of the submitted, those of months in which the counters counted; absent: there were none. */
  readonly onlineMatched?: number;
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
  return cases.flatMap(({ service, submitted, decided, onlineMatched = 0, givenUp, leftAt }) => {
    const told = (measure: CaseMeasure, page: string, count: number, ...counters: readonly string[]): CaseFigure => ({
      service,
      measure,
      page,
      count: inTens(Math.max(0, count - counters.reduce((sum, counter) => sum + phaseOf(`${service}\n${counter}`), 0))),
    });
    return [
      // one phase for both: more decided than submitted would be nonsense
      told('submitted', '', submitted, 'cases'),
      told('decided', '', decided, 'cases'),
      // both phases. With the first alone, who sends applications one by one would see the difference: the cases of the other
      // months. With another one alone, twelve counted months would be told twice. So it is never more than submitted, either
      told('online-matched', '', onlineMatched, 'cases', 'uncounted'),
      told('given-up', '', givenUp, 'given-up'),
      ...Object.entries(leftAt).map(([page, count]) => told('left-at', page, count, `left-at\n${page}`)),
    ].filter(({ count }) => count > 0);
  });
}
