import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { TEST_SERVER, temporaryDatabase, type TemporaryDatabase } from '../../test/support/temporary-database.ts';
import { follow } from '../modules/indicators/public.ts';
import { createJournal } from '../platform/journal/journal.ts';
import { indicatorsCommand } from './indicators.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');

describe('./kontor indicators', { skip: TEST_SERVER === undefined ? 'needs a PostgreSQL that two processes can open' : false }, () => {
  let city: TemporaryDatabase;
  const journal = createJournal();
  before(async () => {
    city = await temporaryDatabase('postgres');
    const entries = ['a', 'b', 'c'].map((id) => ({
      stream: `case:${id}`,
      kind: 'procedure.antrag-eingereicht',
      payload: { service: 'hund', receivedOn: '2026-11-02' },
    }));
    await city.database.write((tx) => journal.append(tx, { kind: 'system', job: 'probe' }, NOW, entries));
    await follow({ database: city.database, journal, clock: () => NOW });
  });
  after(() => city.database.close());

  async function run(...args: string[]): Promise<{ status: number; said: string }> {
    const lines: string[] = [];
    const before = process.env['DATABASE_URL'];
    process.env['DATABASE_URL'] = city.url;
    try {
      const status = await indicatorsCommand.run(args, { print: (line) => lines.push(line), complain: (line) => lines.push(line) });
      return { status, said: lines.join('\n') };
    } finally {
      if (before === undefined) delete process.env['DATABASE_URL'];
      else process.env['DATABASE_URL'] = before;
    }
  }

  it('says that all is equal', async () => {
    assert.deepEqual(await run('verify'), {
      status: 0,
      said: 'Die Kennzahlen stimmen mit dem Journal überein, bis Eintrag 3: 1 Zeilen aus Leistung und Monat.',
    });
  });
  it('names the first figure that is not', async () => {
    await sql`update indicators.cell set counts = '{"received": 4}'`.execute(city.database.read);
    const { status, said } = await run('verify');
    assert.equal(status, 1);
    assert.match(said, /Erste Abweichung: hund, 2026-11, received: geführt 4, neu gerechnet 3\./);
  });
  it('says how it is called', async () => {
    const { status, said } = await run();
    assert.equal(status, 2);
    assert.match(said, /indicators verify/);
  });
});
