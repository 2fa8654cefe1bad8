import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { temporaryDatabase } from '../../../../test/support/temporary-database.ts';
import { ACTORS } from '../../../../test/support/test-server.ts';
import { newId } from '../../../kernel/id.ts';
import type { StaffFunction } from '../../../kernel/lage.ts';
import type { KeptObject, PictureObject } from '../../../kernel/picture.ts';
import type { Database } from '../../../platform/database/port.ts';
import { createJournal } from '../../../platform/journal/journal.ts';
import { silentLog } from '../../../platform/log/log.ts';
import type { LageView } from '../domain/lage.ts';
import type { SituationContext } from './context.ts';
import { enterLage } from './enter-lage.ts';
import { openLage } from './lagen.ts';
import { endInPicture } from './picture.ts';
import { PictureFeeds, type Viewer } from './picture-feed.ts';
import { takeIn } from './take-in.ts';

interface Frame {
  readonly objects: readonly KeptObject[];
  readonly gone: readonly string[];
  readonly head: number;
  readonly upTo: number;
  readonly at: string;
  readonly reset?: boolean;
}

const AT = Temporal.Instant.from('2026-11-28T20:00:00Z');
let database: Database;
let ctx: SituationContext;
let now = AT;
let count = 0;

before(async () => {
  ({ database } = await temporaryDatabase());
  const note: SituationContext['note'] = async (_tx, { lage }) => ({ stream: `lage:${lage.id}`, kind: 'logbook.entry-written', payload: {} });
  ctx = {
    database,
    journal: createJournal(),
    clock: () => now,
    log: silentLog,
    settings: { env: 'demo', publicUrl: 'http://localhost', city: 'Demo-Stadt' },
    origin: 'here',
    staff: async () => [],
    note,
  };
});
after(() => database.close());

async function lage(): Promise<LageView> {
  const key = `lage-${(count += 1)}`;
  const input = { key, title: key, hazard: 'sturmflut', exercise: true, organisation: 'Feuerwehr', name: 'Jens', takesPublicReports: false } as const;
  assert.ok((await openLage(ctx, ACTORS.krisenstab, input)).ok);
  const entered = await enterLage(ctx, ACTORS.krisenstab, key, 'read');
  assert.ok(entered.ok);
  return entered.value;
}

/** A guest of the Lage for ten minutes. */
async function guestOf({ lage: { id, key } }: LageView, wanted: StaffFunction): Promise<LageView> {
  const guestId = newId(now.epochMilliseconds);
  await sql`insert into situation.member (id, lage_id, token_sha256, name, organisation, function, since, until)
    values (${guestId}, ${id}, ${guestId}, 'Gast', 'DRK', ${wanted}, ${now}, ${now.add({ minutes: 10 })})`.execute(database.read);
  const entered = await enterLage(ctx, { kind: 'guest', guestId, lageId: id }, key, 'read');
  assert.ok(entered.ok);
  return entered.value;
}

const unit = (n: number, lon = 10, more: Partial<PictureObject> = {}): PictureObject => ({
  id: `unit:${n}`,
  kind: 'unit',
  layer: 'kraefte',
  title: `Boot ${n}`,
  geometry: { type: 'Point', coordinates: [lon, 53.5] },
  facts: {},
  source: { kind: 'cot', name: 'Funk' },
  eventAt: now,
  receivedAt: now,
  ...more,
});

/** A page: keeps what it is told as the browser does. */
class Page {
  readonly frames: Frame[] = [];
  readonly map = new Map<string, KeptObject>();
  readonly close: () => void;
  ended = false;
  busy = false;
  after: number | undefined;

  constructor(feeds: PictureFeeds, view: LageView, more: Partial<Pick<Viewer, 'after' | 'box' | 'layers'>> = {}) {
    this.after = more.after;
    const tell = (frame: Uint8Array): void => {
      const text = new TextDecoder().decode(frame);
      assert.match(text, /^id: \d+\ndata: .*\n\n$/);
      const told = JSON.parse(text.slice(text.indexOf('data: ') + 6)) as Frame;
      this.frames.push(told);
      this.after = told.upTo;
      for (const object of told.objects) {
        assert.ok(object.seq > (this.map.get(object.id)?.seq ?? 0), `${object.id} came twice`);
        this.map.set(object.id, object);
      }
      for (const id of told.gone) this.map.delete(id);
    };
    this.close = feeds.open({ view, after: undefined, ...more, ready: () => !this.busy, tell, end: () => (this.ended = true) });
  }

  async until(what: () => boolean): Promise<void> {
    for (const end = performance.now() + 30_000; !what();) {
      assert.ok(performance.now() < end, `not in time: ${JSON.stringify(this.frames.at(-1))}`);
      await sleep(5);
    }
  }
}

describe('the live picture', () => {
  it('tells at once where it stands, then each change as the API writes it, and what has ended', async () => {
    const feeds = new PictureFeeds(ctx);
    const view = await lage();
    await takeIn(ctx, view.lage.id, [unit(1)]);
    const page = new Page(feeds, view);
    await page.until(() => page.frames.length === 1);
    assert.deepEqual(page.frames[0], { objects: [], gone: [], head: 1, upTo: 1, at: now.toString() });
    await takeIn(ctx, view.lage.id, [unit(1, 10.1, { needToKnow: ['S1'] }), unit(2, 10.2)].slice(1));
    await page.until(() => page.map.size === 1);
    const { seq, title, ended, source } = page.map.get('unit:2')!;
    assert.deepEqual({ seq, title, ended, source }, { seq: 2, title: 'Boot 2', ended: false, source: { kind: 'cot', name: 'Funk' } });
    await database.write(async (tx) => ctx.journal.append(tx, ACTORS.krisenstab, now, [await endInPicture(tx, view.lage.id, ['unit:2'], now)]));
    await page.until(() => page.map.get('unit:2')?.ended === true);
    page.close();
    assert.equal(feeds.viewers, 0);
  });

  it('a page that stands still delays nobody, and gets the latest of each once it moves', async () => {
    const feeds = new PictureFeeds(ctx);
    const view = await lage();
    const [slow, quick] = [new Page(feeds, view, { after: 0 }), new Page(feeds, view, { after: 0 })];
    slow.busy = true;
    for (let i = 0; i < 20; i += 1) {
      await takeIn(ctx, view.lage.id, [unit(1, 10 + i / 100), unit(2 + (i % 3))]);
      await sleep(10);
    }
    await quick.until(() => quick.after === 40);
    assert.equal(slow.frames.length, 0);
    slow.busy = false;
    await slow.until(() => slow.after === 40);
    assert.equal(slow.frames.length, 1);
    assert.equal(slow.frames[0]!.objects.length, 4);
    assert.deepEqual(slow.map, quick.map);
    slow.close();
    quick.close();
  });

  it('catches up from the database whoever is further behind than what is held', async () => {
    const feeds = new PictureFeeds(ctx);
    const view = await lage();
    // more objects than are held, then some of the old ones again
    const rows = 20_500;
    await sql`insert into situation.object (lage_id, id, seq, kind, layer, body, ended, changed_at)
      select ${view.lage.id}::uuid, 'unit:' || n, n, 'unit', 'kraefte', jsonb_build_object('id', 'unit:' || n, 'needToKnow', '["S1"]'::jsonb), false, ${now}
      from generate_series(1, ${rows}) n`.execute(database.read);
    await sql`update situation.lage set picture_seq = ${rows} where id = ${view.lage.id}`.execute(database.read);
    const page = new Page(feeds, view, { after: 100 });
    await takeIn(ctx, view.lage.id, [unit(90), unit(20_000)]);
    await page.until(() => page.after === rows + 2);
    assert.equal(page.map.size, rows - 100 + 1);
    assert.equal(JSON.stringify([...page.map.values()]).includes('needToKnow'), false, 'who else may see it is nobody’s business');
    page.close();
  });

  it('says so when the page holds another picture than this', async () => {
    const feeds = new PictureFeeds(ctx);
    const page = new Page(feeds, await lage(), { after: 999_999 });
    await page.until(() => page.frames.length === 1);
    assert.equal(page.frames[0]!.reset, true);
    assert.equal(page.after, 0);
    page.close();
  });

  it('gives each only what their function and their part of the map are', async () => {
    const feeds = new PictureFeeds(ctx);
    const view = await lage();
    const beside = await guestOf(view, 'S4');
    const west = new Page(feeds, view, { after: 0, box: { west: 9, south: 53, east: 9.5, north: 54 } });
    const supply = new Page(feeds, beside, { after: 0 });
    const shown = [unit(1, 9.2), unit(2, 10), unit(3, 9.3, { layer: 'personen' }), unit(4, 9.4, { needToKnow: ['S1'] }), unit(5, 9.1, { geometry: null })];
    await takeIn(ctx, view.lage.id, shown);
    await west.until(() => west.after === 5 && supply.after === 5);
    assert.deepEqual([...west.map.keys()], ['unit:1', 'unit:3', 'unit:4', 'unit:5']);
    assert.deepEqual([...supply.map.keys()], ['unit:1', 'unit:2', 'unit:5']);
    await takeIn(ctx, view.lage.id, [unit(1, 10.5), unit(2, 9.2)]);
    await west.until(() => west.after === 7);
    assert.deepEqual([...west.map.keys()], ['unit:3', 'unit:4', 'unit:5', 'unit:2']);
    west.close();
    supply.close();
  });

  it('ends for a member who is taken out, gets another function, or whose time as a guest is over, within seconds', async () => {
    const feeds = new PictureFeeds(ctx);
    const view = await lage();
    const [leader, visitor] = [new Page(feeds, view), new Page(feeds, await guestOf(view, 'beobachter'))];
    await leader.until(() => leader.frames.length > 0 && visitor.frames.length > 0);
    now = now.add({ minutes: 11 });
    await visitor.until(() => visitor.ended);
    assert.equal(leader.ended, false);
    await sql`update situation.member set function = 'S4' where id = ${view.member.id}`.execute(database.read);
    await leader.until(() => leader.ended);
    assert.equal(feeds.viewers, 0);
  });
});

describe('taking in at high rates', () => {
  it('shares commits, keeps the order of each object, and leaves one history row for each change', async () => {
    const view = await lage();
    const before = await entries(view);
    const kept = await Promise.all(Array.from({ length: 300 }, (_, i) => takeIn(ctx, view.lage.id, [unit(i % 10, 10 + i / 1000)])));
    assert.ok(kept.every(Boolean));
    const { rows } = await sql<{ lon: number; changes: number }>`select (body #>> '{geometry,coordinates,0}')::float8 as lon,
      (select count(*)::int from situation.history where lage_id = ${view.lage.id}) as changes from situation.object
      where lage_id = ${view.lage.id} and id = 'unit:9'`.execute(database.read);
    assert.equal(rows[0]!.lon, 10.299);
    const commits = (await entries(view)) - before;
    assert.ok(commits < 30, `${commits} commits for 300 messages`);
    assert.ok(rows[0]!.changes >= commits * 10, 'of several changes of one object in one commit the last counts');
  });

  it('lets what cannot be shown fail alone: what shares its commit is kept', async () => {
    const view = await lage();
    await takeIn(ctx, view.lage.id, [unit(1), unit(2)]);
    const done = await Promise.allSettled([
      takeIn(ctx, view.lage.id, [unit(2, 10.5)]),
      takeIn(ctx, view.lage.id, [unit(3), unit(1, 10.5, { layer: 'personen' }), unit(4)]),
      takeIn(ctx, view.lage.id, [unit(5, Number.NaN, { title: 'kaputt\u0000' })]),
      takeIn(ctx, view.lage.id, [unit(6)]),
    ]);
    assert.deepEqual(
      done.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    const { rows } = await sql<{ id: string; layer: string }>`select id, layer from situation.object where lage_id = ${view.lage.id} order by id`.execute(
      database.read,
    );
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['unit:1', 'unit:2', 'unit:3', 'unit:4', 'unit:6'],
    );
    assert.equal(rows[0]!.layer, 'kraefte');
  });

  it('refuses beyond a bound instead of growing', async () => {
    const view = await lage();
    const many = Array.from({ length: 30_000 }, (_, n) => unit(n));
    const [first, second] = [takeIn(ctx, view.lage.id, many), takeIn(ctx, view.lage.id, many)];
    assert.equal(await second, false);
    assert.equal(await first, true);
  });
});

const entries = async ({ lage: { id } }: LageView): Promise<number> => (await ctx.journal.readStream(database.read, `lage:${id}`)).length;
