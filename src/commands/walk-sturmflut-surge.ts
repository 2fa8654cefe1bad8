import { bringGround, GATE_OF_EXERCISE } from './walk-sturmflut-ground.ts';
import type { Stage } from './walk-sturmflut-stage.ts';

export interface Gate {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly contradiction: boolean;
  readonly sensorSilent: boolean;
}
interface Zone {
  readonly id: string;
  readonly code: string;
  readonly people: number;
  readonly state: string;
}
interface Item {
  readonly key: string;
  readonly state: string;
  readonly asksCount: boolean;
}
interface Proposal {
  readonly id: string;
  readonly rule: string;
  readonly title: string;
}

/** Who is at the water: forecasts come in, pilots report, proposals are decided, zones cleared. */
export class AtTheWater {
  readonly #stage: Stage;
  #gates: ReadonlyMap<string, string> = new Map();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async forecast(minute: number): Promise<void> {
    const { what } = this.#stage.surge.forecasts.find((one) => one.minute === minute)!;
    const { issuer, issuedAt, peaks, synthetic } = what.at(this.#stage.at(0));
    await this.#stage.call('silke', 'POST', '/sturmflut/vorhersagen', {
      issuer,
      issuedAt: issuedAt.toString(),
      synthetic,
      peaks: peaks.map((peak) => ({ ...peak, at: peak.at.toString() })),
    });
  }

  /** What Polderpiloten said since the last step. */
  async pilots(from: number, until: number): Promise<number> {
    const words = this.#stage.surge.gatePeople.filter(({ minute }) => minute > from && minute <= until);
    for (const { what } of words) await this.say(what.gate, what.state, what.remark);
    return words.length;
  }

  async say(code: string, state: string, remark: string): Promise<void> {
    if (this.#gates.size === 0) this.#gates = new Map((await this.#stage.list<Gate>('petra', '/tore')).map((gate) => [gate.code, gate.id]));
    await this.#stage.call('petra', 'POST', `/tore/${this.#gates.get(code)!}`, { state, remark });
  }

  /** What the rules ask for is looked at by who leads operations. @returns how many were decided */
  async decide(): Promise<number> {
    const open = await this.#stage.list<Proposal>('ole', '/sturmflut/vorschlaege?state=open');
    // those raised at once stand in no order of their own
    for (const { id, rule } of open.toSorted((a, b) => `${a.title} ${a.rule}`.localeCompare(`${b.title} ${b.rule}`))) {
      // that a sensor is silent is known after the first look
      const accept = rule !== 'sensor-silent';
      await this.#stage.call('ole', 'POST', `/sturmflut/vorschlaege/${id}/entscheidung`, {
        accept,
        because: accept ? 'Wird veranlasst.' : 'Tore werden ohnehin von Hand geprüft.',
        ...(accept && rule.startsWith('gate-') ? { asTask: true } : {}),
      });
    }
    return open.length;
  }

  /** Confirms those of these measures that are due. */
  async confirm(...measures: readonly string[]): Promise<string> {
    const { items } = await this.#stage.call<{ items: readonly Item[] }>('ole', 'GET', '/sturmflut/massnahmen');
    const due = items.filter(({ key, state }) => measures.includes(key) && (state === 'due' || state === 'overdue'));
    for (const { key, asksCount } of due)
      await this.#stage.call('ole', 'POST', `/sturmflut/massnahmen/${key}/bestaetigung`, {
        remark: 'In der Übung ausgeführt.',
        ...(asksCount ? { count: 340 } : {}),
      });
    return due.map(({ key }) => key).join(', ') || 'keine';
  }

  /** The zones are ordered to be cleared, half are on their way, everybody has left. */
  async zones(state: 'ordered' | 'running' | 'cleared'): Promise<number> {
    const { items } = await this.#stage.call<{ items: readonly Zone[] }>('ole', 'GET', '/sturmflut/zonen');
    const left = ({ people }: Zone): number => (state === 'cleared' ? people : state === 'running' ? people / 2 : 0);
    for (const zone of items) await this.#stage.call('ole', 'POST', `/sturmflut/zonen/${zone.id}`, { state, left: Math.floor(left(zone)) });
    return items.reduce((sum, zone) => sum + Math.floor(left(zone)), 0);
  }

  /** What if the gate that failed stays open: asked of the flood model, compared, decided. */
  async whatIf(metres: number): Promise<string> {
    const stage = this.#stage;
    await bringGround(stage);
    const { items } = await stage.call<{ items: readonly { id: string; structures: readonly { id: string }[] }[] }>('silke', 'GET', '/flut/gitter');
    const grid = items.find(({ structures }) => structures.some(({ id }) => id === GATE_OF_EXERCISE));
    stage.hold(grid !== undefined, 'das Höhenraster der Übung fehlt');
    const ask = (open: readonly string[]) =>
      stage.call<{ floodedSquareKilometres: number }>('silke', 'POST', '/flut/was-waere-wenn', { gridId: grid!.id, levelMetres: metres, open });
    const [shut, failed] = [await ask([]), await ask([GATE_OF_EXERCISE])];
    stage.hold(failed.floodedSquareKilometres > shut.floodedSquareKilometres, 'ein offenes Tor ändert an der Flut nichts');
    const gateIds = [this.#gates.get(stage.surge.planted.faulty)!];
    const options = [
      { title: 'Notverschluss mit Dammbalken', kind: 'close-gates', gateIds, minutes: 90, helpers: 18 },
      { title: 'Polder aufgeben und räumen', kind: 'evacuate', minutes: 240, helpers: 60, people: 300 },
      { title: 'Abwarten', kind: 'wait' },
    ];
    await stage.call('ole', 'POST', '/sturmflut/vergleich', { options });
    await stage.call('ole', 'POST', '/sturmflut/entscheidungen', {
      question: `Tor ${stage.surge.planted.faulty} schließt nicht. Was tun wir?`,
      options,
      chosen: 0,
      because: 'Die Zeit reicht, und es braucht die wenigsten Kräfte.',
    });
    return `${shut.floodedSquareKilometres.toFixed(2)} km² bei geschlossenen Toren, ${failed.floodedSquareKilometres.toFixed(2)} km² mit einem offenen`;
  }
}
