import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engines, temporaryDatabase } from '../../../../test/support/temporary-database.ts';
import type { Database } from '../../../platform/database/port.ts';
import { foundByFullText } from './german-full-text.ts';

for (const engine of engines) {
  describe(`PostgreSQL's German full text as a peer: ${engine}`, () => {
    let database: Database;
    before(async () => {
      ({ database } = await temporaryDatabase(engine));
    });
    after(() => database.close());

    it('finds words by their stem, joined by OR, best first, and leaves nothing behind', async () => {
      const page = (id: string, text: string): { id: string; document: string; title: string; page: number; text: string } => ({
        id,
        document: id,
        title: id,
        page: 1,
        text,
      });
      const set = {
        pages: [page('baum', 'Die Bäume werden gefällt. Ein Baum, ein Baum.'), page('hund', 'Der Hund steht am Baum.'), page('amt', 'Das Amt ist offen.')],
        questions: ['Darf ich den Baum fällen?', 'der die das', "' & | :* \0"].map((question, at) => ({ id: String(at), question, relevant: [] })),
      };
      assert.deepEqual(await foundByFullText(database, set), [['baum', 'hund'], [], []]);
      assert.deepEqual(await foundByFullText(database, set), [['baum', 'hund'], [], []]);
    });
  });
}
