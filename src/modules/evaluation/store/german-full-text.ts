import { sql } from 'kysely';
import type { Database } from '../../../platform/database/port.ts';
import type { QuestionSet } from '../domain/question-set.ts';

const FOUND = 10;

/**
 * What PostgreSQL's German full text finds, its words joined by OR and ordered by `ts_rank`: the peer of the same run. The
 * table lives as long as the transaction.
 * @returns ids of pages for each question, best first
 */
export async function foundByFullText(database: Database, { pages, questions }: QuestionSet): Promise<string[][]> {
  return database.write(async (tx) => {
    await sql`create temporary table set_page (id text primary key, words tsvector not null) on commit drop`.execute(tx);
    for (const { id, title, text } of pages) {
      await sql`insert into set_page values (${id}, to_tsvector('german', ${`${title}\n${text}`.replaceAll('\0', ' ')}))`.execute(tx);
    }
    const found: string[][] = [];
    for (const { question } of questions) {
      const { rows } = await sql<{ id: string }>`
        with asked as (select replace(plainto_tsquery('german', ${question.replaceAll('\0', ' ')})::text, '&', '|')::tsquery as query)
        select id from set_page, asked where words @@ query order by ts_rank(words, query) desc, id limit ${FOUND}`.execute(tx);
      found.push(rows.map(({ id }) => id));
    }
    return found;
  });
}
