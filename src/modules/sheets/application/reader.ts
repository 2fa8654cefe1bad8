import { fork, type ChildProcess } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReaderRefusal } from './reader-files.ts';
import type { Answer, Order } from './child-orders.ts';

interface Waiting {
  readonly id: number;
  readonly order: Order;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const TIME_LIMIT_MS = 20_000;
const MEMORY_LIMIT_BYTES = 1_500_000_000;
const LOOK_MS = 100;
const ROOT = join(import.meta.dirname, '../../../..');
/** The program, and its libraries where they really lie: their folder may be a link. */
const READABLE: readonly string[] = [ROOT, realpathSync(join(ROOT, 'node_modules'))];

/** Reads files in a process of its own, one order after the other; limits of time and memory end it. */
export class Reader {
  #child: ChildProcess | undefined;
  #running: Waiting | undefined;
  readonly #queue: Waiting[] = [];
  #next = 0;

  /** @throws {ReaderRefusal} when the file cannot be read within its limits */
  ask<T>(order: Order): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // the process answers with what the order asks for
      this.#queue.push({ id: this.#next++, order, resolve: resolve as (value: unknown) => void, reject });
      this.#work();
    });
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #work(): void {
    if (this.#running !== undefined) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    this.#running = next;
    const child = this.#started();
    child.ref();
    child.channel?.ref();
    child.send({ id: next.id, order: next.order }, (error) => error && this.#end(new ReaderRefusal('memory', 'sending failed')));
    this.#watch(child, Date.now());
  }

  #watch(child: ChildProcess, since: number): void {
    const running = this.#running;
    setTimeout(() => {
      if (this.#running !== running || this.#child !== child) return;
      if (Date.now() - since > TIME_LIMIT_MS) return this.#kill(new ReaderRefusal('timeout', 'time limit'));
      void residentBytes(child.pid!).then((bytes) => {
        if (this.#running !== running || this.#child !== child) return;
        if (bytes > MEMORY_LIMIT_BYTES) this.#kill(new ReaderRefusal('bomb', 'memory limit'));
        else this.#watch(child, since);
      });
    }, LOOK_MS);
  }

  #kill(why: ReaderRefusal): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#end(why);
  }

  #end(error: unknown, value?: unknown): void {
    const done = this.#running;
    this.#running = undefined;
    if (error === undefined) done?.resolve(value);
    else done?.reject(error);
    if (this.#queue.length === 0) {
      this.#child?.unref();
      this.#child?.channel?.unref();
    }
    this.#work();
  }

  #started(): ChildProcess {
    if (this.#child !== undefined) return this.#child;
    const limits = ['--permission', '--allow-addons', ...READABLE.map((path) => `--allow-fs-read=${path}`), '--max-old-space-size=768', '--no-warnings'];
    const child = fork(fileURLToPath(new URL('./reader-child.ts', import.meta.url)), {
      execArgv: limits,
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (answer: Answer) => {
      if (answer.id !== this.#running?.id) return;
      if ('value' in answer) this.#end(undefined, answer.value);
      else this.#end(new ReaderRefusal(answer.code, answer.detail));
    });
    child.on('exit', () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#end(new ReaderRefusal('damaged', 'the reading process has ended'));
    });
    child.on('error', () => this.#child === child && this.#kill(new ReaderRefusal('damaged', 'the reading process failed')));
    this.#child = child;
    return child;
  }
}

/** Memory of a process on Linux; elsewhere only the limit of time holds. */
async function residentBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '0 0');
  return Number(statm.split(' ')[1]) * 4096;
}
