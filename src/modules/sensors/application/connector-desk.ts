import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { pauseSeconds } from '../domain/connector.ts';
import { claimDue, dropClaims, endConnectorRun, holdClaim, nextDue, noteSuccess, type Connector } from '../store/connectors.ts';
import type { ConnectorContext } from './connector-context.ts';
import type { Brought } from './keep-new.ts';
import { MqttIn } from './mqtt-in.ts';
import { runRest } from './run-rest.ts';
import { runSensorThings } from './run-sensor-things.ts';

/** Another process takes over after this; every run is over long before. */
const CLAIM = { minutes: 5 } as const;
const LONGEST_RUN_MS = 3 * 60_000;
const HOLD_MS = 30_000;
const [SOONEST_MS, LATEST_MS] = [200, 30_000];
const [MOST_RUNS, MOST_LINES] = [4, 50];
const CLOSE_MS = 3000;
const OURS = 'In der Stadt selbst ging etwas schief. Die IT findet den Grund im Protokoll.';
const ACTOR = { kind: 'system', job: 'sensors.connectors' } as const;

interface Work {
  readonly mqtt: boolean;
  readonly stop: () => void;
  readonly done: Promise<void>;
}

/**
 * Keeps connectors going in this process: asks when they are due, holds lines to brokers. What is at work is claimed
 * in the database, so that of several processes one does it; nothing that must survive is in memory.
 */
export class ConnectorDesk {
  readonly #ctx: ConnectorContext;
  readonly #work = new Map<string, Work>();
  #timer: NodeJS.Timeout | undefined;
  #turning: Promise<void> | undefined;
  #again = false;
  #closed = true;

  constructor(ctx: ConnectorContext) {
    this.#ctx = ctx;
  }

  async open(): Promise<void> {
    this.#closed = false;
    // there the process is the only one: what was claimed, a killed one has left
    if (this.#ctx.database.engine === 'pglite') await dropClaims(this.#ctx.database.read);
    this.#wake();
  }

  /** Something has changed; a line of this connector is opened anew. */
  poke(id: string): void {
    const work = this.#work.get(id);
    if (work?.mqtt === true) work.stop();
    this.#wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { stop } of this.#work.values()) stop();
    const open = [...this.#work.values()].map(({ done }) => done);
    await Promise.race([Promise.all([...open, this.#turning]), sleep(CLOSE_MS, undefined, { ref: false })]);
  }

  #wake(): void {
    if (this.#closed) return;
    if (this.#turning !== undefined) {
      this.#again = true;
      return;
    }
    this.#turning = this.#turn()
      .catch((error: unknown) => {
        if (!this.#closed) this.#ctx.log.error('sensors.connectors-failed', { error: String(error) });
        return LATEST_MS;
      })
      .then((waitMs) => {
        this.#turning = undefined;
        clearTimeout(this.#timer);
        if (this.#closed) return;
        this.#timer = setTimeout(() => this.#wake(), this.#again ? 0 : waitMs).unref();
        this.#again = false;
      });
  }

  /** @returns milliseconds until the next look */
  async #turn(): Promise<number> {
    const { database, clock } = this.#ctx;
    const now = clock();
    const until = now.add(CLAIM);
    const lines = [...this.#work.values()].filter(({ mqtt }) => mqtt).length;
    const due = [
      ...(await claimDue(database.read, { now, until, mqtt: false, limit: Math.max(0, MOST_RUNS - (this.#work.size - lines)) })),
      ...(await claimDue(database.read, { now, until, mqtt: true, limit: Math.max(0, MOST_LINES - lines) })),
    ];
    for (const connector of due) this.#begin(connector);
    const next = await nextDue(database.read);
    return next === undefined ? LATEST_MS : Math.min(LATEST_MS, Math.max(SOONEST_MS, next.epochMilliseconds - clock().epochMilliseconds));
  }

  #begin(connector: Connector): void {
    const { declaration } = connector;
    const line = declaration.kind === 'mqtt' ? new MqttIn(this.#ctx, connector.id, declaration) : undefined;
    const before = { failures: connector.failures };
    const run = line === undefined ? this.#ask(connector) : this.#listen(connector, line, before);
    const done = run
      .catch((error: unknown) => {
        if (!this.#closed) this.#ctx.log.error('sensors.connector-failed', { connectorId: connector.id, error: String(error) });
        return OURS;
      })
      .then((failure) => this.#end(connector, failure, before.failures))
      .catch((error: unknown) => {
        if (!this.#closed) this.#ctx.log.error('sensors.connector-failed', { connectorId: connector.id, error: String(error) });
      })
      .then(() => {
        this.#work.delete(connector.id);
        this.#wake();
      });
    this.#work.set(connector.id, { mqtt: line !== undefined, stop: () => line?.close(), done });
  }

  /** @returns why it failed, or nothing */
  async #ask(connector: Connector): Promise<string | undefined> {
    const done = await this.#bring(connector);
    return done.ok ? undefined : done.problem.detail;
  }

  #bring({ id, marks, declaration }: Connector): Promise<Result<Brought, Problem>> {
    if (declaration.kind === 'rest') return runRest(this.#ctx, id, declaration);
    const until = performance.now() + LONGEST_RUN_MS;
    if (declaration.kind === 'sensorthings') return runSensorThings(this.#ctx, { id, marks }, declaration, () => this.#closed || performance.now() > until);
    return Promise.resolve(ok({ kept: 0, rejected: 0 }));
  }

  /** @param before failures in a row, of which there are none once the line stands */
  async #listen(connector: Connector, line: MqttIn, before: { failures: number }): Promise<string | undefined> {
    const { database, clock } = this.#ctx;
    const hold = setInterval(() => {
      void holdClaim(database.read, connector, clock().add(CLAIM)).then(
        (held) => (held ? database.write((tx) => noteSuccess(tx, connector.id, clock())) : line.close()),
        () => line.close(),
      );
    }, HOLD_MS).unref();
    try {
      return await line.listen(async () => {
        await database.write((tx) => noteSuccess(tx, connector.id, clock()));
        if (before.failures > 0) await this.#tell(connector.id, 'sensors.connector-recovered');
        before.failures = 0;
      });
    } finally {
      clearInterval(hold);
    }
  }

  async #end(connector: Connector, failure: string | undefined, before: number): Promise<void> {
    const now = this.#ctx.clock();
    const failures = failure === undefined ? 0 : before + 1;
    const next = now.add({ seconds: pauseSeconds(connector.declaration, failures) });
    await this.#ctx.database.write((tx) => endConnectorRun(tx, connector.id, { now, next, failures, ...(failure === undefined ? {} : { error: failure }) }));
    if (failures === 1) await this.#tell(connector.id, 'sensors.connector-failed');
    if (failures === 0 && before > 0 && connector.declaration.kind !== 'mqtt') await this.#tell(connector.id, 'sensors.connector-recovered');
  }

  /** The first failure and the first success after it: others may follow that a source is silent. */
  async #tell(connectorId: string, kind: string): Promise<void> {
    const { database, journal, clock } = this.#ctx;
    await database.write((tx) => journal.append(tx, ACTOR, clock(), [{ stream: `sensors:connector:${connectorId}`, kind, payload: {} }]));
  }
}
