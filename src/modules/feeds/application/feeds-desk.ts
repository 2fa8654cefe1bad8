import type { FeedsContext } from './context.ts';
import { CotIntake } from './cot-intake.ts';
import type { CotPort, CotServer } from './cot-server.ts';
import { Poller } from './poll.ts';
import { StreamFollower } from './stream-follower.ts';

/** What of the module runs by itself in this process: what takes CoT, what asks addresses, and what follows the city's sensors. */
export class FeedsDesk {
  readonly intake: CotIntake;
  readonly follower: StreamFollower;
  readonly poller: Poller;
  readonly #ctx: FeedsContext;
  #server: CotServer | undefined;

  constructor(ctx: FeedsContext) {
    this.#ctx = ctx;
    this.intake = new CotIntake(ctx);
    this.follower = new StreamFollower(ctx);
    this.poller = new Poller(ctx);
  }

  open(): void {
    this.follower.open();
  }

  /** @returns the port, `undefined` when it is taken */
  async listen(port: CotPort): Promise<number | undefined> {
    const { CotServer } = await import('./cot-server.ts');
    this.#server ??= new CotServer(this.#ctx, this.intake);
    return this.#server.listen(port);
  }

  async close(): Promise<void> {
    await this.#server?.close();
    await this.poller.close();
    await this.follower.close();
    await this.intake.close();
  }
}
