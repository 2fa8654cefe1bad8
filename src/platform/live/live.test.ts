import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { testServer } from '../../../test/support/test-server.ts';
import { engines, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import type { Database } from '../database/port.ts';
import { listen, type Listener } from '../http/listen.ts';
import { getPage } from '../http/route.ts';
import { createJournal } from '../journal/journal.ts';
import type { Journal } from '../journal/port.ts';
import { LiveHub } from './hub.ts';
import { liveAnswer } from './live.ts';

interface Event {
  readonly id: number;
  readonly event?: string;
  readonly data?: { seq: number; payload: { i: number } };
}

/** A browser's EventSource in small: keeps the last id, can drop the line and come back. */
class Reader {
  readonly events: Event[] = [];
  lastEventId: number | undefined;
  #response: IncomingMessage | undefined;
  #rest = '';
  readonly #url: string;
  constructor(url: string) {
    this.#url = url;
  }

  async open(): Promise<this> {
    const headers = this.lastEventId === undefined ? {} : { 'last-event-id': String(this.lastEventId) };
    const response = await new Promise<IncomingMessage>((resolve, reject) => get(this.#url, { headers, agent: false }, resolve).on('error', reject));
    this.#response = response;
    this.#rest = '';
    response
      .setEncoding('utf8')
      .on('data', (text: string) => this.#take(text))
      .on('error', () => {});
    await this.until(() => this.lastEventId !== undefined);
    return this;
  }

  drop(): void {
    this.#response?.destroy();
  }

  pause(): void {
    this.#response?.pause();
  }

  resume(): void {
    this.#response?.resume();
  }

  async until(what: () => boolean, ms = 20_000): Promise<void> {
    for (const end = performance.now() + ms; !what();) {
      if (performance.now() > end) throw new Error(`not in time; last id ${this.lastEventId}, ${this.events.length} events`);
      await sleep(10);
    }
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop()!;
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
      if (fields['id'] !== undefined) this.lastEventId = Number(fields['id']);
      if (fields['data'] !== undefined)
        this.events.push({
          id: Number(fields['id']),
          event: (JSON.parse(fields['data']) as { kind: string }).kind,
          data: JSON.parse(fields['data']) as NonNullable<Event['data']>,
        });
    }
  }
}

for (const engine of engines) {
  describe(`live on ${engine}`, () => {
    let database: Database;
    let journal: Journal;
    let hub: LiveHub;
    let listener: Listener;
    let url: string | undefined;
    const stopping = new AbortController();
    const open: Reader[] = [];
    let count = 0;
    before(async () => {
      ({ database, url } = await temporaryDatabase(engine));
      journal = createJournal(() => hub.beat());
      hub = new LiveHub(journal, database);
      const server = testServer(
        [
          getPage('/live', 'public', async ({ query }) => {
            const stream = query.get('stream');
            return liveAnswer({ hub, heartbeatMs: 200, allowed: (entry) => stream === null || entry.stream === stream });
          }),
        ],
        { stopping: stopping.signal },
      );
      listener = await listen(server.fetch, { host: '127.0.0.1', port: 0 });
    });
    after(async () => {
      stopping.abort();
      await listener.close(500);
      await database.close();
    });
    afterEach(async () => {
      for (const reader of open.splice(0)) reader.drop();
      for (let tries = 0; hub.readers > 0 && tries < 500; tries += 1) await sleep(10);
      assert.equal(hub.readers, 0, 'every reader that went is forgotten');
    });
    const reader = async (query = ''): Promise<Reader> => {
      const one = new Reader(`http://127.0.0.1:${listener.port}/live${query}`);
      open.push(one);
      return one.open();
    };
    const append = async (stream = 'alle', many = 1, on: Journal = journal, to: Database = database): Promise<void> => {
      const entries = Array.from({ length: many }, () => ({ stream, kind: 'probe.ereignis', payload: { i: (count += 1) } }));
      await to.write((tx) => on.append(tx, { kind: 'anonymous' }, Temporal.Now.instant(), entries));
    };
    const numbers = (one: Reader): number[] => one.events.map((event) => event.data!.payload.i);

    it('shows what happens from now on, in the order of the journal, without the actor', async () => {
      await append();
      const one = await reader();
      const from = count;
      for (let i = 0; i < 20; i += 1) await append();
      await one.until(() => one.events.length === 20);
      assert.deepEqual(
        numbers(one),
        Array.from({ length: 20 }, (_, i) => from + i + 1),
      );
      assert.equal(one.events[0]!.event, 'probe.ereignis');
      assert.equal('actor' in one.events[0]!.data!, false);
    });

    it('misses nothing when the line drops again and again while things happen', async () => {
      const one = await reader();
      const from = count;
      const state = { writing: true };
      const writer = (async () => {
        for (let i = 0; i < 120; i += 1) await append('alle', 1 + (i % 3));
        state.writing = false;
      })();
      while (state.writing) {
        await sleep(25);
        one.drop();
        await append();
        await one.open();
      }
      await writer;
      await one.until(() => one.events.length >= count - from);
      const sequence = one.events.map(({ id }) => id);
      assert.deepEqual(
        sequence,
        Array.from({ length: count - from }, (_, i) => sequence[0]! + i),
        'each once, in the order of the journal',
      );
      assert.deepEqual(
        numbers(one).toSorted((a, b) => a - b),
        Array.from({ length: count - from }, (_, i) => from + i + 1),
      );
    });

    it('gives whoever was away long all of it, page by page', async () => {
      const one = await reader();
      one.drop();
      for (let i = 0; i < 5; i += 1) await append('alle', 700);
      await one.open();
      await one.until(() => one.events.length === 3500);
      assert.equal(numbers(one).at(-1), count);
    });

    it('shows only what the reader may see, and moves the place along all the same', async () => {
      const one = await reader('?stream=meins');
      await append('fremd', 3);
      await append('meins');
      await append('fremd', 3);
      await one.until(() => one.events.length === 1);
      const seen = one.events[0]!.id;
      await one.until(() => one.lastEventId === seen + 3); // by heartbeat
      assert.equal(one.events.length, 1);
    });

    it('begins with now when the place is of another database', async () => {
      const one = new Reader(`http://127.0.0.1:${listener.port}/live`);
      one.lastEventId = 999_999_999;
      open.push(one);
      await one.open();
      await one.until(() => one.lastEventId !== 999_999_999);
      await append();
      await one.until(() => one.events.length === 1);
    });

    it('500 readers see the same, and a stopped one grows no memory', { timeout: 120_000 }, async () => {
      const readers = await Promise.all(Array.from({ length: 500 }, () => reader()));
      const lazy = readers[0]!;
      lazy.pause();
      const from = count;
      const started = performance.now();
      for (let i = 0; i < 10; i += 1) await append('alle', 5);
      await Promise.all(readers.slice(1).map((one) => one.until(() => one.events.length === 50, 60_000)));
      const ms = Math.round(performance.now() - started);
      for (const one of readers.slice(1))
        assert.deepEqual(
          numbers(one),
          Array.from({ length: 50 }, (_, i) => from + i + 1),
        );
      lazy.resume();
      await lazy.until(() => lazy.events.length === 50);
      assert.ok(ms < 30_000, `${ms} ms for 25,000 events`);
    });

    if (engine === 'postgres') {
      it("shows another process's entries within two seconds", async () => {
        const { openPostgres } = await import('../database/postgres.ts');
        const other = openPostgres(url!, 1);
        const one = await reader();
        await append('alle', 1, createJournal(), other);
        await one.until(() => one.events.length === 1, 3000);
        await other.close();
      });
    }

    it('does nothing while nobody listens', async () => {
      await append('alle', 10);
      hub.beat();
      const { rows } = await sql<{ seq: number }>`select seq from platform.journal_head`.execute(database.read);
      const one = await reader();
      assert.equal(one.lastEventId, rows[0]!.seq);
    });
  });
}
