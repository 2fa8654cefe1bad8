import { linkedPartners, setProblem, type Partner } from '../store/partners.ts';
import type { FederationContext } from './context.ts';
import { pullOnce } from './take-feed.ts';

const [TURN_MS, LONGEST_PAUSE_MS] = [2000, 30_000];
/** Pages taken in one turn, before the others have theirs. */
const MOST_PAGES = 50;

/** Keeps asking partners for what is new, in this process. Several processes may: each page is taken once. */
export class PartnerDesk {
  readonly #ctx: FederationContext;
  readonly #pauses = new Map<string, { readonly ms: number; readonly until: number }>();
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #closed = true;

  constructor(ctx: FederationContext) {
    this.#ctx = ctx;
  }

  open(): void {
    this.#closed = false;
    this.#later();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#turn;
  }

  /** Asks every partner that is due, now. */
  async turn(): Promise<void> {
    for (const partner of await linkedPartners(this.#ctx.database.read)) {
      if (this.#closed && this.#timer !== undefined) return;
      const pause = this.#pauses.get(partner.id);
      if (pause !== undefined && pause.until > performance.now()) continue;
      // one partner's trouble is not the others'
      await this.#pull(partner).catch(async (error: unknown) => {
        this.#ctx.log.error('federation.pull-failed', { share: partner.id, error: String(error) });
        this.#pause(partner.id);
        await setProblem(
          this.#ctx.database.read,
          partner.id,
          'Was der Partner schickt, lässt sich hier nicht übernehmen. Die IT findet den Grund im Protokoll.',
          this.#ctx.clock(),
        );
      });
    }
  }

  async #pull(partner: Partner): Promise<void> {
    let one = partner;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const pulled = await pullOnce(this.#ctx, one);
      if (!pulled.ok) return this.#pause(partner.id);
      this.#pauses.delete(partner.id);
      if (!pulled.value.more) return;
      one = (await linkedPartners(this.#ctx.database.read)).find(({ id }) => id === partner.id) ?? one;
    }
  }

  /** Who does not answer is asked less and less, but at least twice a minute. */
  #pause(id: string): void {
    const ms = Math.min(LONGEST_PAUSE_MS, (this.#pauses.get(id)?.ms ?? TURN_MS) * 2);
    this.#pauses.set(id, { ms, until: performance.now() + ms });
  }

  #later(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#turn = this.turn()
        .catch((error: unknown) => this.#ctx.log.error('federation.turn-failed', { error: String(error) }))
        .finally(() => this.#later());
    }, TURN_MS).unref();
  }
}
