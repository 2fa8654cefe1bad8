import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { gridAt, MAX_ZOOM, PICTURE_LEVELS, pictureScale, scaleAt } from '../domain/tiles.ts';
import type { Boxes, Compared, Order, RefusalCode } from './child-orders.ts';
import { Reader } from './reader.ts';
import { ReaderRefusal } from './reader-files.ts';

/** A file by its content; its bytes are fetched only when nothing drawn of it is at hand. */
export interface SheetSource {
  readonly sha256: string;
  readonly mediaType: string;
  bytes(): Promise<Uint8Array>;
}

export type SheetProblem = Problem<'not-found' | 'invalid-input' | 'unavailable'>;

const CACHE_BYTES = 64_000_000;

/**
 * Draws sheets as tiles. Tiles stay in memory only, the longest unused go first: they are personal
 * data of a case, can be drawn again at any time, and what is on no disk needs no erasing.
 */
export class SheetDesk {
  readonly #reader = new Reader();
  readonly #tiles = new Map<string, Promise<Uint8Array>>();
  #cached = 0;

  /** @returns measures of the first 500 pages in points, as shown */
  boxes(source: SheetSource): Promise<Result<Boxes, SheetProblem>> {
    return answered(() => this.#ask<Boxes>({ do: 'boxes', sha256: source.sha256 }, [source]));
  }

  /** The words of a page, for those who cannot see it. */
  text(source: SheetSource, page: number): Promise<Result<string, SheetProblem>> {
    return answered(() => this.#ask<string>({ do: 'text', sha256: source.sha256, page }, [source]));
  }

  /** @returns a PNG of 512 x 512 pixels; pages count from 1, columns and rows from 0 */
  async tile(source: SheetSource, at: { page: number; zoom: number; x: number; y: number }): Promise<Result<Uint8Array, SheetProblem>> {
    const key = [source.sha256, at.page, at.zoom, at.x, at.y].join('/');
    const known = this.#tiles.get(key);
    if (known !== undefined) {
      this.#tiles.delete(key);
      this.#tiles.set(key, known);
      return answered(() => known);
    }
    const boxes = await this.boxes(source);
    if (!boxes.ok) return boxes;
    const box = boxes.value.boxes[at.page - 1];
    if (box === undefined || !Number.isInteger(at.zoom) || at.zoom < 0 || at.zoom > MAX_ZOOM) return refuse(NO_TILE);
    const { columns, rows } = gridAt(box, at.zoom);
    const inside = (n: number, count: number): boolean => Number.isInteger(n) && n >= 0 && n < count;
    if (!inside(at.x, columns) || !inside(at.y, rows)) return refuse(NO_TILE);
    const order: Order = { do: 'tile', sha256: source.sha256, page: at.page, scale: scaleAt(box, at.zoom), x: at.x, y: at.y };
    return answered(() => this.#keep(key, this.#ask<Uint8Array>(order, [source])));
  }

  /** The whole page as a JPEG at a level of `PICTURE_LEVELS`. */
  async picture(source: SheetSource, page: number, level: number): Promise<Result<Uint8Array, SheetProblem>> {
    const boxes = await this.boxes(source);
    if (!boxes.ok) return boxes;
    const box = boxes.value.boxes[page - 1];
    if (box === undefined || !PICTURE_LEVELS.includes(level)) return refuse(NO_TILE);
    const key = [source.sha256, page, 'whole', level].join('/');
    const known = this.#tiles.get(key);
    return answered(() => known ?? this.#keep(key, this.#drawing(source, page, pictureScale(box, level))));
  }

  /** A page as a JPEG for a stamped copy; kept nowhere. */
  drawing(source: SheetSource, page: number, scale: number): Promise<Result<Uint8Array, SheetProblem>> {
    return answered(() => this.#drawing(source, page, scale));
  }

  async #drawing(source: SheetSource, page: number, scale: number): Promise<Uint8Array> {
    const { jpeg } = await this.#ask<{ readonly jpeg: Uint8Array }>({ do: 'picture', sha256: source.sha256, page, scale }, [source]);
    return jpeg;
  }

  /** Two versions of a page at the same scale: a picture of what differs, and how many areas do. */
  compare(before: SheetSource, after: SheetSource, page: number): Promise<Result<Compared, SheetProblem>> {
    return answered(() => this.#ask<Compared>({ do: 'compare', a: before.sha256, b: after.sha256, page, pixels: 2000 }, [before, after]));
  }

  close(): void {
    this.#reader.close();
  }

  /** Hands the files over first when the process does not have them open. */
  async #ask<T>(order: Order, sources: readonly SheetSource[]): Promise<T> {
    try {
      return await this.#reader.ask<T>(order);
    } catch (error) {
      if (!(error instanceof ReaderRefusal) || error.code !== 'unknown') throw error;
    }
    for (const { sha256, mediaType, bytes } of sources) await this.#reader.ask({ do: 'open', sha256, mediaType, bytes: await bytes() });
    return this.#reader.ask<T>(order);
  }

  /** Many may wait for the same tile; a failed one is asked for anew. */
  #keep(key: string, tile: Promise<Uint8Array>): Promise<Uint8Array> {
    this.#tiles.set(key, tile);
    tile.then(
      async ({ byteLength }) => {
        this.#cached += byteLength;
        for (const [old, bytes] of this.#tiles) {
          if (this.#cached <= CACHE_BYTES) break;
          this.#tiles.delete(old);
          this.#cached -= (await bytes).byteLength;
        }
      },
      () => this.#tiles.delete(key),
    );
    return tile;
  }
}

const NO_TILE: SheetProblem = { kind: 'not-found', detail: 'Diesen Ausschnitt gibt es nicht. Gehen Sie zurück zum ganzen Blatt.' };
const REASONS: Readonly<Record<RefusalCode, string>> = {
  damaged: 'Das Blatt ist beschädigt und kann nicht gezeigt werden. Laden Sie die Datei herunter oder bitten Sie um eine neue.',
  encrypted: 'Das Blatt ist verschlüsselt und kann nicht gezeigt werden. Bitten Sie um eine Datei ohne Passwort.',
  bomb: 'Das Blatt ist zu groß, um es zu zeigen. Laden Sie die Datei herunter oder bitten Sie um eine einfachere.',
  memory: 'Das Blatt ist zu groß, um es zu zeigen. Laden Sie die Datei herunter oder bitten Sie um eine einfachere.',
  timeout: 'Das Zeichnen des Blatts dauert zu lange. Laden Sie die Datei herunter oder bitten Sie um eine einfachere.',
  'no-page': 'Diese Seite gibt es nicht. Gehen Sie zurück zur ersten.',
  unknown: 'Das Blatt wird gerade neu geöffnet. Laden Sie die Seite noch einmal.',
};

async function answered<T>(work: () => Promise<T>): Promise<Result<T, SheetProblem>> {
  try {
    return ok(await work());
  } catch (error) {
    if (!(error instanceof ReaderRefusal)) throw error;
    const kind = error.code === 'no-page' ? 'not-found' : error.code === 'unknown' ? 'unavailable' : 'invalid-input';
    return refuse({ kind, detail: REASONS[error.code] });
  }
}
