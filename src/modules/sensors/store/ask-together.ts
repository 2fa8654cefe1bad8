import { CompiledQuery } from 'kysely';
import type { Database } from '../../../platform/database/port.ts';

/** What a read answers: rows as JSON and a count, both null where the way to them does not exist. */
export interface Answer<Row> {
  readonly rows: readonly Row[] | null;
  readonly count: number | null;
}

interface Asking {
  readonly number: number;
  readonly done: (answer: Answer<never>) => void;
  readonly failed: (error: unknown) => void;
}

interface Line {
  readonly waiting: Asking[];
  underway: number;
}

const MOST_AT_ONCE = 100;
/** While so many are on their way, what comes meanwhile gathers. */
const MOST_UNDERWAY = 3;

const lines = new WeakMap<Database, Map<string, Line>>();

/**
 * Asks the same of different numbers in one statement: whoever waits at the same time is answered together, and who
 * is alone waits for nobody. @param text of `togetherOf`, with the numbers as its one parameter
 */
export function askTogether<Row>(database: Database, text: string, number: number): Promise<Answer<Row>> {
  const ours = lines.get(database) ?? new Map<string, Line>();
  lines.set(database, ours);
  const line = ours.get(text) ?? { waiting: [], underway: 0 };
  ours.set(text, line);
  return new Promise<Answer<Row>>((done, failed) => {
    line.waiting.push({ number, done, failed });
    if (line.underway < MOST_UNDERWAY) void work(database, ours, text, line);
  });
}

async function work(database: Database, ours: Map<string, Line>, text: string, line: Line): Promise<void> {
  line.underway += 1;
  while (line.waiting.length > 0) {
    const batch = line.waiting.splice(0, MOST_AT_ONCE);
    await answerAll(database, text, batch).catch((error: unknown) => batch.forEach(({ failed }) => failed(error)));
  }
  line.underway -= 1;
  if (line.underway === 0) ours.delete(text);
}

async function answerAll(database: Database, text: string, batch: readonly Asking[]): Promise<void> {
  const numbers = `{${batch.map(({ number }) => number).join(',')}}`;
  const { rows } = await database.read.executeQuery<Answer<never> & { readonly place: number }>(CompiledQuery.raw(text, [numbers]));
  for (const { place, ...answer } of rows) batch[place - 1]!.done(answer);
}
