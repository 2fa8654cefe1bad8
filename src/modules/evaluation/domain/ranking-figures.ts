/** How well a ranking puts what answers first; means over questions, each 0 to 1. */
export interface RankingFigures {
  readonly questions: number;
  /** Mean reciprocal rank of the first relevant one among the first ten. */
  readonly mrr10: number;
  /** Share of the relevant ones among the first five. */
  readonly recall5: number;
  /** Järvelin and Kekäläinen 2002, binary gains, discounted by log2, against the ideal order. */
  readonly ndcg10: number;
}

/** What a ranking found for one question, and what is relevant; ids, best first, each once. */
export interface Ranked {
  readonly found: readonly string[];
  readonly relevant: readonly string[];
}

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);
const discount = (rank: number): number => 1 / Math.log2(rank + 2);

/** Questions without anything relevant are left out: they are a matter of abstention. */
export function rankingFigures(all: readonly Ranked[]): RankingFigures {
  const asked = all.filter(({ relevant }) => relevant.length > 0);
  return {
    questions: asked.length,
    mrr10: mean(
      asked.map(({ found, relevant }) => {
        const rank = found.slice(0, 10).findIndex((id) => relevant.includes(id));
        return rank < 0 ? 0 : 1 / (rank + 1);
      }),
    ),
    recall5: mean(asked.map(({ found, relevant }) => found.slice(0, 5).filter((id) => relevant.includes(id)).length / relevant.length)),
    ndcg10: mean(
      asked.map(({ found, relevant }) => {
        const gained = found.slice(0, 10).reduce((sum, id, rank) => sum + (relevant.includes(id) ? discount(rank) : 0), 0);
        const ideal = relevant.slice(0, 10).reduce((sum, _, rank) => sum + discount(rank), 0);
        return gained / ideal;
      }),
    ),
  };
}
