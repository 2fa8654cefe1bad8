import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCity, type City } from '../app.ts';
import { readConfig } from '../config.ts';
import { legalDay } from '../kernel/time.ts';
import { listen } from '../platform/http/listen.ts';

/** A demo city in this process whose clock can be put forward: for procedures that the law makes wait. */
export interface CityWithClock {
  readonly url: string;
  readonly today: () => Temporal.PlainDate;
  /** The same hour so many days later. Never back. */
  readonly wait: (days: number) => void;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a city so many days in the past, on a free port, with data of its own that `stop` throws away.
 * Only the city's own clock is put forward, and only here: a served city always has the machine's.
 */
export async function cityWithClock(daysAgo: number): Promise<CityWithClock> {
  const data = mkdtempSync(join(tmpdir(), 'kontor-walk-'));
  let behind = daysAgo;
  const clock = (): Temporal.Instant => Temporal.Now.instant().subtract({ hours: 24 * behind });
  let answer: City['answer'] = () => new Response(null, { status: 503 });
  const listener = await listen((request, env) => answer(request, env), { host: '127.0.0.1', port: 0 });
  const url = `http://localhost:${listener.port}`;
  const stopping = new AbortController();
  const config = readConfig({ KONTOR_DATA: data, KONTOR_ENV: 'demo', KONTOR_PUBLIC_URL: url, KONTOR_RATE_LIMIT: '0', PORT: String(listener.port) });
  const silent = {
    info() {},
    warn() {},
    error(event: string, facts?: object): void {
      // an example of another package may name a day that is still to come for this clock
      if (event !== 'service.broken') process.stderr.write(`${event} ${JSON.stringify(facts ?? {})}\n`);
    },
  };
  const city = await openCity({ config, log: silent, clock, stopping: stopping.signal });
  answer = city.answer;
  return {
    url,
    today: () => legalDay(clock()),
    wait(days) {
      behind = Math.max(0, behind - days);
    },
    async stop() {
      stopping.abort();
      await listener.close();
      await city.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
