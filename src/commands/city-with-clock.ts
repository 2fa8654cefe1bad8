import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCity, type City } from '../app.ts';
import { readConfig } from '../config.ts';
import { legalDay, type Clock } from '../kernel/time.ts';
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
  let behind = daysAgo;
  const clock = (): Temporal.Instant => Temporal.Now.instant().subtract({ hours: 24 * behind });
  const { url, stop } = await openOwn(clock, true);
  return {
    url,
    today: () => legalDay(clock()),
    wait(days) {
      behind = Math.max(0, behind - days);
    },
    stop,
  };
}

/** A demo city in this process in which hours pass in seconds. */
export interface CityAtTime {
  readonly url: string;
  readonly mqttPort: number;
  readonly cotPort: number;
  readonly now: Clock;
  /** The city's clock goes on from there, as fast as every other. Never back. */
  readonly putTo: (at: Temporal.Instant) => void;
  /** What the city does by the clock under this name, it does now. */
  readonly strike: (job: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a city at a moment, with ports for MQTT and CoT; its jobs by the clock wait to be struck. */
export async function cityAtTime(begins: Temporal.Instant): Promise<CityAtTime> {
  let [base, since] = [begins, performance.now()];
  const now = (): Temporal.Instant => base.add({ milliseconds: Math.floor(performance.now() - since) });
  const { url, city, stop } = await openOwn(now, false);
  try {
    const cotPort = await city.feeds.listen({ port: 0, host: '127.0.0.1' });
    if (!(await city.mqtt.listen(0, '127.0.0.1')) || cotPort === undefined) throw new Error('no free port for MQTT and CoT');
    return {
      url,
      mqttPort: city.mqtt.port!,
      cotPort,
      now,
      putTo(at) {
        if (Temporal.Instant.compare(at, now()) <= 0) return;
        [base, since] = [at, performance.now()];
      },
      strike: (job) => city.jobs.strike(job),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openOwn(clock: Clock, jobsByTheClock: boolean): Promise<{ readonly url: string; readonly city: City; readonly stop: () => Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'kontor-walk-'));
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
  const city = await openCity({ config, log: silent, clock, jobsByTheClock, stopping: stopping.signal });
  answer = city.answer;
  return {
    url,
    city,
    async stop() {
      stopping.abort();
      await listener.close();
      await city.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
