import { demoSurge } from '../modules/surge/public.ts';
import { cityAtTime } from './city-with-clock.ts';
import { Acts, type Act } from './walk-sturmflut-acts.ts';
import { endState } from './walk-sturmflut-end.ts';
import { Viewer } from './walk-sturmflut-live.ts';
import { open } from './walk-sturmflut-opening.ts';
import { reportPublicly } from './walk-sturmflut-people.ts';
import { Senders } from './walk-sturmflut-senders.ts';
import { Broken, Stage } from './walk-sturmflut-stage.ts';
import { AtTheWater } from './walk-sturmflut-surge.ts';
import { PublicWarning } from './walk-sturmflut-warnings.ts';

const STEP_MINUTES = 10;

export interface SurgeWalkOptions {
  readonly seed?: number;
  /** Passes over steps in which nobody does anything, and sends less: for tests. */
  readonly sparse?: boolean;
}

export interface SurgeWalked {
  readonly status: 0 | 1;
  /** SHA-256 of the end state without ids; the same seed gives the same. */
  readonly digest: string | null;
}

/**
 * Thirty hours of a storm surge in minutes, through the doors that everybody has: sensors over MQTT, units over CoT, warnings as
 * CAP, people over HTTP. In a city of its own whose clock is put forward.
 */
export async function walkSturmflut(say: (line: string) => void, { seed = 1, sparse = false }: SurgeWalkOptions = {}): Promise<SurgeWalked> {
  say('Eine Stadt auf Zeit startet; ihre Uhr wird vorgestellt …');
  const city = await cityAtTime(Stage.begins);
  const stage = new Stage(city, demoSurge(seed), say);
  const walk = new SurgeWalk(stage, sparse);
  try {
    const digest = await walk.run();
    say(`Endstand: ${digest}`);
    say('Alles in Ordnung.');
    return { status: 0, digest };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    say(`Etwas stimmt nicht: ${error.message}`);
    return { status: 1, digest: null };
  } finally {
    await walk.close();
    await city.stop();
  }
}

class SurgeWalk {
  readonly #stage: Stage;
  readonly #sparse: boolean;
  readonly #senders: Senders;
  readonly #water: AtTheWater;
  readonly #viewer: Viewer;
  #done = -1;

  constructor(stage: Stage, sparse: boolean) {
    this.#stage = stage;
    this.#sparse = sparse;
    this.#senders = new Senders(stage, sparse);
    this.#water = new AtTheWater(stage);
    this.#viewer = new Viewer(stage, 'silke');
  }

  async close(): Promise<void> {
    await this.#viewer.cut();
    await this.#senders.close();
  }

  async run(): Promise<string> {
    const stage = this.#stage;
    stage.say(`Sturmflut über 30 Stunden auf ${stage.city.url}, Startwert ${stage.surge.seed}`);
    await stage.passTo(0);
    const opened = await open(stage, this.#senders);
    await this.#viewer.follow();
    const staff = new Acts(stage, { water: this.#water, warning: new PublicWarning(stage), viewer: this.#viewer, senders: this.#senders, opened });
    const acts = staff.all();
    for (let minute = 0; minute <= stage.surge.minutes; minute += STEP_MINUTES) await this.#pass(minute, acts.get(minute));
    stage.hold(
      [...acts.keys()].every((minute) => minute % STEP_MINUTES === 0),
      'ein Schritt liegt zwischen den Zeiten',
    );
    return endState(stage, { viewer: this.#viewer, events: staff.events });
  }

  /** Ten minutes: what is sent by itself, what people say, what the city does by the clock, and what the staff does. */
  async #pass(minute: number, act: Act | undefined): Promise<void> {
    const stage = this.#stage;
    if (this.#sparse && act === undefined && minute % 60 !== 0) return;
    await stage.passTo(minute);
    await this.#senders.measure(minute);
    const sent = await this.#senders.drive(minute);
    if (minute % 60 === 0) await this.#water.forecast(minute);
    await this.#water.pilots(this.#done, minute);
    for (const { what } of stage.surge.publicReports.filter((one) => one.minute > this.#done && one.minute <= minute)) await reportPublicly(stage, what);
    await this.#positionsKept(sent);
    for (const job of ['surge.watch', 'feeds.streams']) await stage.city.strike(job);
    this.#done = minute;
    if (act !== undefined) stage.step(await act());
    else if (minute % 120 === 0) stage.step(`Pegel ${stage.surge.levels[minute]!.toFixed(2)} m NHN`);
  }

  async #positionsKept(sent: number): Promise<void> {
    if (sent === 0) return;
    await this.#stage.until(async () => {
      const sources = await this.#stage.list<{ kind: string; counts: { taken: number; refused: number; quarantined: number } }>('silke', '/quellen');
      const counts = sources.find(({ kind }) => kind === 'cot')!.counts;
      this.#stage.hold(counts.refused + counts.quarantined === 0, 'Positionen von Einheiten wurden nicht angenommen');
      return counts.taken === sent;
    }, 'Positionen von Einheiten kamen nicht an');
  }
}
