import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_FILLED } from '../start.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface CityForAWhile {
  readonly url: string;
  /** Everything that the demo shows is there; a city answers long before. */
  readonly filled: Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a demo city of its own on a free port, with data of its own that `stop` throws away.
 * @param from a data directory to begin with a copy of; no city may be working on it
 */
export async function cityForAWhile(settings: Readonly<Record<string, string>> = {}, from?: string): Promise<CityForAWhile> {
  const data = mkdtempSync(join(tmpdir(), 'kontor-walk-'));
  if (from !== undefined) await cp(from, data, { recursive: true });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts')], {
    env: {
      ...process.env,
      PORT: String(port),
      KONTOR_DATA: data,
      KONTOR_ENV: 'demo',
      KONTOR_DEMO_DATA: 'small',
      KONTOR_PUBLIC_URL: url,
      KONTOR_RATE_LIMIT: '0',
      DATABASE_URL: undefined,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const filled = saysSo(child.stdout);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(data, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) break;
    if (
      await fetch(`${url}/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return { url, filled, stop };
    await sleep(100);
  }
  await stop();
  throw new Error('Die Stadt auf Zeit ist nicht gestartet. Versuchen Sie `npm start`, dort steht der Grund.');
}

async function saysSo(output: Readable): Promise<void> {
  for await (const line of createInterface({ input: output })) if (line === DEMO_FILLED) return void output.resume();
}

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
