/**
 * Whether answers of a model pass through the city without delay, loss or mixing: 200 streams at once in one process,
 * each through the whole gate (masking and back, journal, counts) and the city's route for server-sent events. The
 * model's server and the city are processes of their own; readers are this one. A few readers ask the model's server
 * directly at the same time: what the machine itself costs.
 * Run: `node bench/assistant-stream.ts [streams] [rounds]`, on a machine that others use too with `chrt -r 1` before it:
 * else it measures how long the system lets the processes wait. Exit status 1 when a limit is missed.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { postgresBinaries, startTestPostgres } from '../scripts/setup/test-postgres.mjs';

const [streams = '200', rounds = '5'] = process.argv.slice(2);
const [TOKENS, EVERY_MS, DIRECT] = [60, 100, 20];
/** Later than the same token without the city. */
const P95_MS = 15;
/** The city may grow by this much while 200 streams run, and keep no more than half of it. */
const GROWTH_MB = 256;

/** What one reader saw. */
interface Seen {
  readonly text: string;
  readonly firstMs: number;
  readonly done: boolean;
}

const sse = /^event: (\w+)\ndata: (.*)$/;
const now = (): number => performance.timeOrigin + performance.now();

/** Reads one stream; `piece` takes the text out of one event, `undefined` where it has none. */
async function read(url: string, init: RequestInit, piece: (event: string) => string | undefined): Promise<Seen> {
  const response = await fetch(url, { method: 'POST', ...init });
  if (response.status !== 200 || response.body === null) throw new Error(`${response.status} ${await response.text()}`);
  let [held, text, firstMs, done] = ['', '', Number.NaN, false];
  for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
    const at = now();
    const events = (held + bytes).split('\n\n');
    held = events.pop() ?? '';
    for (const event of events) {
      const said = piece(event);
      if (said === 'done') done = true;
      else if (said !== undefined) text += said;
    }
    const sentAt = /^@([\d.]+)@/.exec(text)?.[1];
    if (Number.isNaN(firstMs) && sentAt !== undefined) firstMs = at - Number(sentAt);
  }
  return { text: text.replace(/^@[\d.]+@ /, ''), firstMs, done };
}

const throughCity = (port: number, number: number): Promise<Seen> =>
  read(`http://127.0.0.1:${port}/bench/${number}/strom`, { headers: { cookie: 'kontor_session=sachbearbeitung' } }, (event) => {
    const [, name, data = ''] = sse.exec(event) ?? [];
    if (name === 'text') return (JSON.parse(data) as { text: string }).text;
    if (name === 'problem') return data;
    return name === 'done' && (JSON.parse(data) as { finish: string }).finish === 'stop' ? 'done' : undefined;
  });

const direct = (upstream: string, number: number): Promise<Seen> =>
  read(`${upstream}/chat/completions`, { body: JSON.stringify({ messages: [{ role: 'user', content: `Antrag Nummer ${number}` }] }) }, (event) => {
    const data = event.replace(/^data: /, '');
    if (data === '[DONE]') return 'done';
    return (JSON.parse(data) as { choices: { delta?: { content?: string } }[] }).choices[0]?.delta?.content;
  });

const expected = (number: number): string => Array.from({ length: TOKENS }, (_, seq) => `${number}:${seq} Petersen${number} `).join('');
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const ms = (value: number): string => value.toFixed(1);

/** Memory in MB and processor time of the city so far. */
async function cost(city: ChildProcess): Promise<{ readonly memory: number; readonly cpuMs: number }> {
  const answer = once(city, 'message') as Promise<[{ rss: number; cpuMs: number }]>;
  city.send('cost');
  const [{ rss, cpuMs }] = await answer;
  return { memory: rss / 1024 / 1024, cpuMs };
}

interface Told {
  readonly city: number[];
  readonly direct: number[];
  wrong: number;
  most: number;
}

/** Readers begin over one stream's length, then each asks again as soon as it has read. */
async function run(port: number, upstream: string, city: ChildProcess): Promise<Told> {
  const told: Told = { city: [], direct: [], wrong: 0, most: 0 };
  let open = 0;
  let number = 0;
  const reader = async (ask: (mine: number) => Promise<Seen>, times: number[], counted: boolean): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * TOKENS * EVERY_MS));
    for (let round = 0; round < Number(rounds); round += 1) {
      const mine = (number += 1);
      if (counted) told.most = Math.max(told.most, (open += 1));
      const seen = await ask(mine).catch((error: unknown) => ({ text: String(error), firstMs: Number.NaN, done: false }));
      if (counted) open -= 1;
      if (!seen.done || seen.text !== expected(mine)) {
        told.wrong += 1;
        if (told.wrong <= 3) console.error(`stream ${mine}: ${seen.text.slice(0, 120)} … ${seen.text.length} of ${expected(mine).length}, done: ${seen.done}`);
      }
      times.push(seen.firstMs);
    }
  };
  const watch = setInterval(() => void cost(city).then(({ memory }) => (peak = Math.max(peak, memory))), 2000);
  await Promise.all([
    ...Array.from({ length: Number(streams) }, () => reader((mine) => throughCity(port, mine), told.city, true)),
    ...Array.from({ length: DIRECT }, () => reader((mine) => direct(upstream, mine), told.direct, false)),
  ]);
  clearInterval(watch);
  return told;
}

let peak = 0;
const model = spawn(process.execPath, [join(import.meta.dirname, 'assistant-upstream.ts'), String(TOKENS), String(EVERY_MS)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = (await once(model.stdout, 'data')) as [Buffer];
const upstream = line.toString().trim();
// as a city runs it: on a server of its own, where this machine has one
const postgres = postgresBinaries() === undefined ? undefined : await startTestPostgres();
const city = fork(join(import.meta.dirname, 'assistant-city.ts'), [upstream], {
  execArgv: ['--expose-gc'],
  env: { ...process.env, ...(postgres === undefined ? {} : { KONTOR_TEST_DATABASE_URL: postgres.url }) },
});
const [{ port }] = (await once(city, 'message')) as [{ port: number }];
try {
  // the first answers load the libraries
  await Promise.all(Array.from({ length: 10 }, (_, nth) => throughCity(port, 900_000 + nth)));
  const before = await cost(city);
  const begun = performance.now();
  const told = await run(port, upstream, city);
  const took = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const after = await cost(city);
  const kept = after.memory - before.memory;
  const cpuShare = (after.cpuMs - before.cpuMs) / took;
  const [p50, p95] = [quantile(told.city, 0.5), quantile(told.city, 0.95)];
  const [own50, own95] = [quantile(told.direct, 0.5), quantile(told.direct, 0.95)];
  const later = p95 - own95;
  console.log(`${told.city.length} answers through the city, at most ${told.most} at once, ${told.wrong} not whole or not their own (0 allowed)`);
  console.log(`first token after the model sent it: through the city p50 ${ms(p50)} ms, p95 ${ms(p95)} ms; directly p50 ${ms(own50)} ms, p95 ${ms(own95)} ms`);
  console.log(`the city adds ${ms(later)} ms at p95 (at most ${P95_MS})`);
  console.log(
    `memory: ${Math.round(before.memory)} MB before, ${Math.round(peak - before.memory)} MB more at the peak (at most ${GROWTH_MB}), ${Math.round(kept)} MB kept (at most ${GROWTH_MB / 2})`,
  );
  console.log(`the city used ${ms(cpuShare * 100)} % of one core on ${postgres === undefined ? 'PGlite' : 'PostgreSQL'}`);
  if (told.wrong > 0 || !(later <= P95_MS) || told.most < Number(streams) || peak - before.memory > GROWTH_MB || kept > GROWTH_MB / 2) process.exitCode = 1;
} finally {
  city.kill();
  model.kill();
  await once(city, 'exit');
  await postgres?.stop();
}
