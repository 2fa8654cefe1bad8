import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import { lageStream, openLagen, showInPicture } from '../../situation/public.ts';
import type { SensorDeclaration } from '../domain/declaration.ts';
import { objectOfStream } from '../domain/stream-picture.ts';
import type { Source } from '../domain/source.ts';
import { activeSources, countIn } from '../store/sources.ts';
import type { FeedsContext } from './context.ts';

/** What has come is gathered so long, so that a burst is one change of the picture. */
const GATHER_MS = 500;
const ACTOR = { kind: 'system', job: 'feeds.sensors' } as const;

/** Shows the streams that a Lage has bound, soon after each has grown. */
export class StreamFollower {
  readonly #ctx: FeedsContext;
  readonly #grown = new Set<number>();
  /** The last that was shown of each, so that what is the same is not shown again. */
  readonly #shown = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #unfollow: (() => void) | undefined;

  constructor(ctx: FeedsContext) {
    this.#ctx = ctx;
  }

  open(): void {
    this.#unfollow = this.#ctx.followStreams((ids) => {
      for (const id of ids) this.#grown.add(id);
      this.#later();
    });
  }

  async close(): Promise<void> {
    this.#unfollow?.();
    clearTimeout(this.#timer);
    await this.#working;
  }

  /** Shows every bound stream as it is: at the start, after a binding, and by the clock for what other processes wrote. */
  async sweep(): Promise<number> {
    return this.#show(undefined);
  }

  #later(): void {
    if (this.#timer !== undefined || this.#working !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const grown = new Set(this.#grown);
      this.#grown.clear();
      this.#working = this.#show(grown)
        .then(() => {})
        .catch((error: unknown) => this.#ctx.log.error('feeds.streams-not-shown', { error: String(error) }))
        .finally(() => {
          this.#working = undefined;
          if (this.#grown.size > 0 && this.#unfollow !== undefined) this.#later();
        });
    }, GATHER_MS);
    this.#timer.unref();
  }

  async #show(grown: ReadonlySet<number> | undefined): Promise<number> {
    const db = this.#ctx.database.read;
    const lagen = await openLagen(db);
    const sources =
      lagen.length === 0
        ? []
        : await activeSources(
            db,
            'sensor',
            lagen.map(({ id }) => id),
          );
    let shown = 0;
    for (const source of sources) {
      const { streams } = source.config as unknown as SensorDeclaration;
      const wanted = streams.filter((id) => grown?.has(id) ?? true);
      if (wanted.length > 0) shown += await this.#showOf(source, wanted);
    }
    return shown;
  }

  async #showOf(source: Source, streamIds: readonly number[]): Promise<number> {
    const { database, journal, clock, streams } = this.#ctx;
    const { as, staleAfterSeconds } = source.config as unknown as SensorDeclaration;
    const now = clock();
    const states = await streams(database.read, streamIds, now);
    const objects = states.flatMap((state) => objectOfStream(state, as, staleAfterSeconds, now) ?? []).filter((object) => this.#isNew(source.lageId, object));
    if (objects.length === 0) return 0;
    await database.write(async (tx) => {
      await countIn(tx, source.id, { taken: objects.length, repeated: 0, rejected: [] }, now);
      const entry = await showInPicture(tx, source.lageId, objects, now);
      await journal.append(tx, ACTOR, now, [
        { stream: lageStream(source.lageId), kind: 'feeds.streams-shown', payload: { sourceId: source.id, streams: objects.length } },
        entry,
      ]);
    });
    for (const object of objects) this.#shown.set(`${source.lageId} ${object.id}`, contentOf(object));
    return objects.length;
  }

  #isNew(lageId: string, object: PictureObject): boolean {
    return this.#shown.get(`${lageId} ${object.id}`) !== contentOf(object);
  }
}

const contentOf = ({ receivedAt: _receivedAt, ...object }: PictureObject): string => canonicalJson(object);
