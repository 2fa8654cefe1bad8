import type { Context } from '../../../platform/context.ts';
import type { Layer } from '../../../kernel/lage.ts';
import type { Box } from '../../../kernel/picture.ts';
import { layersOf, type LageView } from '../domain/lage.ts';
import { maySee, RecentChanges, type LiveChange, type Looking, type News } from '../domain/recent-changes.ts';
import { changesAfter, newestChanges, pictureHead, presentMembers, type ChangeRow } from '../store/live.ts';

/** How often the picture is asked for news while it changes, and while it rests; after a long turn it waits as long as that took. */
const TICK_MS = { busy: 50, quiet: 100 };
/** How often each viewer hears that nothing has changed, so that the page knows it is not cut off. */
const BEAT_MS = 5000;
/** How often it is asked whether each viewer still belongs to the Lage. */
const ACCESS_MS = 2000;
/** Objects held in memory for all viewers of a Lage together. */
const HELD = 20_000;
/** Objects read from the database at once, and told to one viewer at once. */
const PAGE = 2000;
/** Before that many milliseconds are over, further pages are read for those who are far behind. */
const CATCH_UP_MS = 60;

/** One open page. */
export interface Viewer {
  readonly view: LageView;
  /** The part of the map it shows; absent: everything. */
  readonly box?: Box | undefined;
  readonly layers?: readonly Layer[] | undefined;
  /** Number of the last change it has; absent: it begins with what happens now. */
  readonly after: number | undefined;
  /** Whether it has taken what it was told: else it waits, and gets the latest then. */
  readonly ready: () => boolean;
  readonly tell: (frame: Uint8Array) => void;
  /** It may no longer see the Lage, or not as before. */
  readonly end: () => void;
}

interface Watching {
  readonly viewer: Viewer;
  readonly looking: Looking;
  /** Viewers with the same words here are told the same. */
  readonly same: string;
  after: number;
  toldAt: number;
}

type FeedContext = Pick<Context, 'database' | 'clock' | 'log'>;

/** The live pictures of all Lagen that somebody looks at; one for the process. */
export class PictureFeeds {
  readonly #ctx: FeedContext;
  readonly #feeds = new Map<string, LageFeed>();

  constructor(ctx: FeedContext) {
    this.#ctx = ctx;
  }

  /** How many look. */
  get viewers(): number {
    return [...this.#feeds.values()].reduce((sum, feed) => sum + feed.viewers, 0);
  }

  /** Begins to tell a viewer. @returns ends it */
  open(viewer: Viewer): () => void {
    const { id } = viewer.view.lage;
    const feed = this.#feeds.get(id) ?? new LageFeed(this.#ctx, id, () => this.#feeds.delete(id));
    this.#feeds.set(id, feed);
    return feed.open(viewer);
  }
}

/** The picture of one Lage, read once for all who look at it. */
class LageFeed {
  readonly #ctx: FeedContext;
  readonly #lageId: string;
  readonly #onEmpty: () => void;
  readonly #watching = new Set<Watching>();
  #recent: RecentChanges | undefined;
  #accessAt = 0;
  #ended = false;

  constructor(ctx: FeedContext, lageId: string, onEmpty: () => void) {
    this.#ctx = ctx;
    this.#lageId = lageId;
    this.#onEmpty = onEmpty;
    void this.#run();
  }

  get viewers(): number {
    return this.#watching.size;
  }

  open(viewer: Viewer): () => void {
    const { view, box, layers, after = -1 } = viewer;
    const seen = new Set([...view.layers].filter((layer) => layers?.includes(layer) ?? true));
    const looking = { function: view.member.function, layers: seen, box };
    const same = JSON.stringify([looking.function, [...seen], box]);
    const watching: Watching = { viewer, looking, same, after, toldAt: -Infinity };
    this.#watching.add(watching);
    return () => this.#leave(watching);
  }

  #leave(watching: Watching): void {
    this.#watching.delete(watching);
    if (this.#watching.size > 0 || this.#ended) return;
    this.#ended = true;
    this.#onEmpty();
  }

  async #run(): Promise<void> {
    let failing = false;
    while (!this.#ended) {
      const started = performance.now();
      let tick = TICK_MS.quiet;
      try {
        if (await this.#turn()) tick = TICK_MS.busy;
        failing = false;
      } catch (error) {
        // The database is away: every viewer keeps its place, and hears nothing, so that its page says so.
        if (!failing) this.#ctx.log.warn('situation.live-waits', { error: String(error) });
        failing = true;
      }
      const took = performance.now() - started;
      await new Promise((next) => setTimeout(next, Math.max(tick - took, took, 1)).unref());
    }
  }

  /** @returns whether anything had changed */
  async #turn(): Promise<boolean> {
    const { read } = this.#ctx.database;
    this.#recent ??= await this.#begin();
    const { head } = this.#recent;
    for (let rows: ChangeRow[] = []; ;) {
      rows = await changesAfter(read, this.#lageId, this.#recent.head, PAGE);
      this.#recent.add(rows.map(toLive), performance.now());
      if (rows.length < PAGE) break;
    }
    if (performance.now() - this.#accessAt > ACCESS_MS) await this.#checkAccess();
    const ready = [...this.#watching].filter(({ viewer }) => viewer.ready());
    await this.#tellFarBehind(ready, this.#recent);
    await this.#tellStrangers(ready, this.#recent);
    this.#tellNews(ready, this.#recent);
    return this.#recent.head > head;
  }

  /** The newest objects are held from the start: after a restart everybody comes back at once. */
  async #begin(): Promise<RecentChanges> {
    const { read } = this.#ctx.database;
    const head = await pictureHead(read, this.#lageId);
    const rows = await newestChanges(read, this.#lageId, head, HELD);
    // fewer than asked for are all there are
    const recent = new RecentChanges(rows.length < HELD ? 0 : rows[0]!.seq - 1, HELD);
    recent.add(rows.map(toLive), performance.now() - 1e6);
    return recent;
  }

  /** Who has seen less than what is held reads the database, page by page, the furthest behind first; one page serves all who need it. */
  async #tellFarBehind(ready: readonly Watching[], recent: RecentChanges): Promise<void> {
    const began = performance.now();
    const behind = new Set(ready.filter(({ after }) => after >= 0 && after < recent.floor));
    while (behind.size > 0 && performance.now() - began < CATCH_UP_MS) {
      const from = Math.min(...[...behind].map(({ after }) => after));
      const rows = (await changesAfter(this.#ctx.database.read, this.#lageId, from, PAGE)).map(toLive);
      const to = rows.at(-1)?.seq ?? recent.head;
      const frames = new Map<string, Uint8Array>();
      for (const one of behind) {
        const key = `${one.after} ${one.same}`;
        const frame = frames.get(key) ?? frameOf(newsOf(rows, one), to, recent.head, this.#ctx.clock());
        frames.set(key, frame);
        if (one.after < to) this.#tell(one, frame, to);
        if (one.after >= recent.floor || !one.viewer.ready()) behind.delete(one);
      }
    }
  }

  /** A number above that of the picture is of another database: what the page holds is not this picture. */
  async #tellStrangers(ready: readonly Watching[], recent: RecentChanges): Promise<void> {
    const ahead = ready.filter(({ after }) => after > recent.head);
    if (ahead.length === 0) return;
    // a page may have read a change that came after this turn did
    const head = await pictureHead(this.#ctx.database.read, this.#lageId);
    for (const one of ahead)
      if (one.after > head) this.#tell(one, frameOf({ objects: [], gone: [] }, recent.head, recent.head, this.#ctx.clock(), true), recent.head);
  }

  #tellNews(ready: readonly Watching[], recent: RecentChanges): void {
    const now = this.#ctx.clock();
    const frames = new Map<string, Uint8Array | undefined>();
    for (const one of ready) {
      if (!this.#watching.has(one) || !one.viewer.ready()) continue;
      if (one.after < 0) one.after = recent.head;
      if (one.after < recent.floor || one.after > recent.head) continue;
      const key = `${one.after} ${one.same}`;
      if (!frames.has(key)) {
        const news = recent.since(one.after, one.looking);
        frames.set(key, news.objects.length + news.gone.length === 0 ? undefined : frameOf(news, recent.head, recent.head, now));
      }
      const frame = frames.get(key);
      if (frame !== undefined) this.#tell(one, frame, recent.head);
      else if (performance.now() - one.toldAt > BEAT_MS) this.#tell(one, frameOf({ objects: [], gone: [] }, recent.head, recent.head, now), recent.head);
      else one.after = recent.head;
    }
  }

  #tell(one: Watching, frame: Uint8Array, after: number): void {
    one.after = after;
    one.toldAt = performance.now();
    one.viewer.tell(frame);
  }

  /** A guest's time ends, a member leaves or gets another function: their pages end, and come back with what holds then. */
  async #checkAccess(): Promise<void> {
    this.#accessAt = performance.now();
    // who comes while it is asked has not been asked about
    const asked = [...this.#watching];
    const ids = [...new Set(asked.map(({ viewer }) => viewer.view.member.id))];
    const present = new Map((await presentMembers(this.#ctx.database.read, ids, this.#ctx.clock())).map((member) => [member.id, member]));
    for (const one of asked) {
      const { member, layers } = one.viewer.view;
      const now = present.get(member.id);
      const same = now !== undefined && now.function === member.function && [...layersOf(now, now.layers)].join() === [...layers].join();
      if (same) continue;
      this.#leave(one);
      one.viewer.end();
    }
  }
}

const encoder = new TextEncoder();
const toLive = ({ json, ...row }: ChangeRow): LiveChange => ({ ...row, json: encoder.encode(json) });

/** Of a page of the database what one viewer is to know; what lies elsewhere they may have from before. */
function newsOf(rows: readonly LiveChange[], { after, looking }: Watching): News {
  const seen = rows.filter((row) => row.seq > after && maySee(looking, row));
  const page = new RecentChanges(after, rows.length);
  page.add(seen, 0);
  return page.since(after, looking);
}

const COMMA = encoder.encode(',');

/**
 * What a viewer is told at once: objects as they are now, what has left their part of the map, the number up to
 * which they now know all, that of the picture, and the time of this server.
 */
function frameOf({ objects, gone }: News, upTo: number, head: number, now: Temporal.Instant, reset = false): Uint8Array {
  const begin = encoder.encode(`id: ${upTo}\ndata: {"objects":[`);
  const end = encoder.encode(`],"gone":${JSON.stringify(gone)},"head":${head},"upTo":${upTo},"at":"${now.toString()}"${reset ? ',"reset":true' : ''}}\n\n`);
  const frame = new Uint8Array(begin.length + end.length + objects.reduce((sum, one) => sum + one.length + 1, 0) - (objects.length > 0 ? 1 : 0));
  frame.set(begin, 0);
  let place = begin.length;
  for (const [i, one] of objects.entries()) {
    if (i > 0) {
      frame.set(COMMA, place);
      place += 1;
    }
    frame.set(one, place);
    place += one.length;
  }
  frame.set(end, place);
  return frame;
}
