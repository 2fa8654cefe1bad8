/** Sends positions as lines of JSON at an even pace: `node lage-sender.ts PORT OBJECTS RATE MS`. */
import { connect } from 'node:net';
import { SEA } from './lage-objects.ts';

const [port, objects, rate, ms] = process.argv.slice(2).map(Number) as [number, number, number, number];
const socket = connect(port, '127.0.0.1');
await new Promise((resolve) => socket.once('connect', resolve));
const started = performance.now();
let sent = 0;
while (performance.now() - started < ms) {
  const due = ((performance.now() - started) / 1000) * rate;
  const lines: string[] = [];
  for (; sent < due; sent += 1) {
    // each object comes round in turn and is somewhere else each time, by a fixed sequence
    const n = (sent * 7919) % objects;
    const x = ((n * 2_654_435_761 + sent * 97) % 1_000_003) / 1_000_003;
    const y = ((n * 40_503 + sent * 13) % 999_983) / 999_983;
    const lon = SEA.west + x * (SEA.east - SEA.west);
    const lat = SEA.south + y * (SEA.north - SEA.south);
    lines.push(JSON.stringify({ n, lon, lat, sentAt: performance.timeOrigin + performance.now() }));
  }
  if (lines.length > 0) socket.write(`${lines.join('\n')}\n`);
  await new Promise((next) => setTimeout(next, 5));
}
await new Promise<void>((resolve) => socket.end(resolve));
console.log(JSON.stringify({ sent }));
