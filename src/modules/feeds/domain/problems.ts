import type { CommonProblemKind, Problem } from '../../../kernel/problem.ts';

export type FeedProblem = Problem<CommonProblemKind>;

export const noSource: FeedProblem = { kind: 'not-found', detail: 'Diese Quelle gibt es in dieser Lage nicht.' };
export const sourceOff: FeedProblem = { kind: 'wrong-state', detail: 'Diese Quelle ist abgeschaltet. Schalten Sie sie auf der Seite der Quellen wieder ein.' };
