import type { Clock } from '../../../kernel/time.ts';
import type { Database } from '../../../platform/database/port.ts';
import { publicMessages, type PublicMessage } from '../store/warnings.ts';

/** What the public reads is asked of the database at most so often, however many read it. */
const KEPT_MS = 1000;
/** What is over is shown as over for so long. */
const SHOWN_AFTER_HOURS = 12;

export interface Board {
  /** In force now, the newest first. */
  readonly current: readonly PublicMessage[];
  /** Over or called off within the last hours. */
  readonly past: readonly PublicMessage[];
  /** When this was read. */
  readonly readAt: Temporal.Instant;
}

interface Kept {
  readonly until: number;
  readonly board: Promise<Board>;
}

/** The public board of warnings: many readers, one question to the database a second. */
export class PublicBoard {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #kept = new Map<boolean, Kept>();

  constructor({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
    this.#database = database;
    this.#clock = clock;
  }

  /** @param exercise the board of exercises, which stands apart */
  read(exercise: boolean): Promise<Board> {
    const now = performance.now();
    const kept = this.#kept.get(exercise);
    if (kept !== undefined && kept.until > now) return kept.board;
    const board = this.#ask(exercise);
    this.#kept.set(exercise, { until: now + KEPT_MS, board });
    // a failed question is not an answer for the next second
    board.catch(() => this.#kept.delete(exercise));
    return board;
  }

  /** Something went out: the next reader sees it. */
  forget(): void {
    this.#kept.clear();
  }

  async #ask(exercise: boolean): Promise<Board> {
    const readAt = this.#clock();
    const messages = await publicMessages(this.#database.read, exercise, readAt.subtract({ hours: SHOWN_AFTER_HOURS }));
    const inForce = ({ type, expires }: PublicMessage): boolean => type !== 'Cancel' && Temporal.Instant.compare(expires, readAt) > 0;
    return { current: messages.filter(inForce), past: messages.filter((one) => !inForce(one)), readAt };
  }
}
