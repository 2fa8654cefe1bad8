/**
 * One person who reads page after page on a kept connection, in a process of its own:
 * `node page-turner.ts PORT COOKIE TURNS PATH…`. Prints `{ [path]: { p50, p95 } }` in milliseconds.
 */
import { Agent, get, type IncomingMessage } from 'node:http';

const [port, cookie, turns, ...paths] = process.argv.slice(2);
if (cookie === undefined || turns === undefined || paths.length === 0) throw new Error('node bench/page-turner.ts PORT COOKIE TURNS PATH…');
/** Pages before these turns are over are not counted: the first ones prepare statements and compile. */
const WARM_UP = 30;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function milliseconds(path: string): Promise<number> {
  const before = performance.now();
  return new Promise((resolve, reject) => {
    const whole = (answer: IncomingMessage): void => {
      if (answer.statusCode !== 200) return reject(new Error(`${path}: ${answer.statusCode}`));
      answer.resume().on('end', () => resolve(performance.now() - before));
    };
    get({ host: 'localhost', port, path, agent, headers: { cookie, 'accept-encoding': 'gzip' } }, whole).on('error', reject);
  });
}

const times = new Map<string, number[]>(paths.map((path) => [path, []]));
for (let turn = 0; turn < WARM_UP + Number(turns); turn += 1)
  for (const path of paths) {
    const took = await milliseconds(path);
    if (turn >= WARM_UP) times.get(path)!.push(took);
  }
const at = (sorted: readonly number[], share: number): number => Math.round(sorted[Math.floor(sorted.length * share)]! * 100) / 100;
const told = [...times].map(([path, measured]) => {
  const sorted = measured.toSorted((a, b) => a - b);
  return [path, { p50: at(sorted, 0.5), p95: at(sorted, 0.95) }] as const;
});
console.log(JSON.stringify(Object.fromEntries(told)));
