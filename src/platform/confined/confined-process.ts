import { fork, type ChildProcess } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ok, refuse, type Result } from '../../kernel/result.ts';

/** Why there is no answer: too long, too much memory, the process died, nobody waits any more. */
export type EndReason = 'timeout' | 'memory' | 'ended' | 'stopped';

export interface ConfinedLimits {
  /** Of one order. */
  readonly milliseconds: number;
  readonly memoryBytes: number;
  /** Whether it may have threads of its own. */
  readonly threads?: boolean;
}

/** A process that answers orders one by one; what it is asked and answers is between its program and whoever asks. */
export interface Confined {
  ask<T>(order: unknown, signal?: AbortSignal): Promise<Result<T, EndReason>>;
  close(): void;
}

interface Waiting {
  readonly id: number;
  readonly order: unknown;
  readonly signal: AbortSignal | undefined;
  readonly tell: (answer: Result<unknown, EndReason>) => void;
}

const LOOK_MS = 100;
const ROOT = join(import.meta.dirname, '../../..');
/** The program, and its libraries where they really lie: their folder may be a link. */
const READABLE: readonly string[] = [ROOT, realpathSync(join(ROOT, 'node_modules'))];

/**
 * A process of its own for files of others: it reads the program's own folder and nothing else, has no network, no
 * secrets and no right to write. It works one order after the other; limits of time and memory end it, alone.
 */
export class ConfinedProcess implements Confined {
  readonly #program: string;
  readonly #limits: ConfinedLimits;
  #child: ChildProcess | undefined;
  #running: Waiting | undefined;
  readonly #queue: Waiting[] = [];
  #next = 0;

  /** @param program address of the file it runs */
  constructor(program: URL, limits: ConfinedLimits) {
    this.#program = fileURLToPath(program);
    this.#limits = limits;
  }

  /** What the process answers, or why it could not: the next order finds a new one. */
  ask<T>(order: unknown, signal?: AbortSignal): Promise<Result<T, EndReason>> {
    return new Promise((resolve) => {
      // the process answers with what the order asks for
      const tell = resolve as (answer: Result<unknown, EndReason>) => void;
      if (signal?.aborted === true) return tell(refuse('stopped'));
      this.#queue.push({ id: this.#next++, order, signal, tell });
      this.#work();
    });
  }

  close(): void {
    const waiting = this.#queue.splice(0);
    this.#kill('stopped');
    for (const { tell } of waiting) tell(refuse('stopped'));
  }

  #work(): void {
    if (this.#running !== undefined) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    this.#running = next;
    const child = this.#started();
    child.ref();
    child.channel?.ref();
    child.send({ id: next.id, order: next.order }, (error) => error && this.#kill('ended'));
    this.#watch(next, child, performance.now());
  }

  #watch(running: Waiting, child: ChildProcess, since: number): void {
    setTimeout(() => {
      if (this.#running !== running || this.#child !== child) return;
      if (running.signal?.aborted === true) return this.#kill('stopped');
      if (performance.now() - since > this.#limits.milliseconds) return this.#kill('timeout');
      void residentBytes(child.pid!).then((bytes) => {
        if (this.#running !== running || this.#child !== child) return;
        if (bytes > this.#limits.memoryBytes) this.#kill('memory');
        else this.#watch(running, child, since);
      });
    }, LOOK_MS);
  }

  #kill(reason: EndReason): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#end(refuse(reason));
  }

  #end(answer: Result<unknown, EndReason>): void {
    const done = this.#running;
    this.#running = undefined;
    done?.tell(answer);
    if (this.#queue.length === 0) {
      this.#child?.unref();
      this.#child?.channel?.unref();
    }
    this.#work();
  }

  #started(): ChildProcess {
    if (this.#child !== undefined) return this.#child;
    const rights = ['--permission', '--allow-addons', ...(this.#limits.threads === true ? ['--allow-worker'] : [])];
    const child = fork(this.#program, {
      execArgv: [...rights, ...READABLE.map((path) => `--allow-fs-read=${path}`), '--max-old-space-size=768', '--no-warnings'],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (answer: { readonly id: number; readonly value: unknown }) => {
      if (answer.id === this.#running?.id) this.#end(ok(answer.value));
    });
    child.on('exit', () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#end(refuse('ended'));
    });
    child.on('error', () => this.#child === child && this.#kill('ended'));
    this.#child = child;
    return child;
  }
}

/** Memory of a process on Linux; elsewhere only the limit of time holds. */
async function residentBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '0 0');
  return Number(statm.split(' ')[1]) * 4096;
}
