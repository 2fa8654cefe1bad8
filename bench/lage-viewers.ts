/** Many pages that follow one Lage: `node lage-viewers.ts PORT KEY VIEWERS FIRST PART MS`. Says "ready", begins at a line of input, later says what they saw. */
import { once } from 'node:events';
import { SEA } from './lage-objects.ts';
import { follow, type Shown } from './lage-viewer.ts';

const [port, key, viewers, first, part, ms] = process.argv.slice(2) as [string, string, string, string, string, string];
/** Milliseconds from the sender to here, counted: a list of all would be too long. */
const counts = new Uint32Array(20_000);
let wrong = 0;
let counting = false;

/** The part of the map that viewer `i` looks at. */
function boxOf(i: number): string {
  const size = Number(part);
  if (size >= 1) return '';
  const west = SEA.west + (((i * 7919) % 1000) / 1000) * (1 - size) * (SEA.east - SEA.west);
  const south = SEA.south + (((i * 104_729) % 1000) / 1000) * (1 - size) * (SEA.north - SEA.south);
  return `?bbox=${[west, south, west + size * (SEA.east - SEA.west), south + size * (SEA.north - SEA.south)].map((n) => n.toFixed(5)).join(',')}`;
}

async function watch(i: number): Promise<void> {
  const map = new Map<string, Shown>();
  await follow(Number(port), `/lagen/${key}/live${boxOf(i)}`, ({ objects, gone }) => {
    for (const object of objects) {
      // what comes twice or out of its order would show an old place
      if (object.seq <= (map.get(object.id)?.seq ?? 0)) wrong += 1;
      map.set(object.id, object);
    }
    for (const id of gone) map.delete(id);
    if (!counting) return;
    const now = performance.timeOrigin + performance.now();
    for (const { facts } of objects) {
      if (facts.sentAt === 0) continue;
      counts[Math.min(counts.length - 1, Math.max(0, Math.ceil(now - facts.sentAt)))]! += 1;
    }
  });
}

for (let i = 0; i < Number(viewers); i += 50)
  await Promise.all(Array.from({ length: Math.min(50, Number(viewers) - i) }, (_, j) => watch(Number(first) + i + j)));
console.log('ready');
await once(process.stdin, 'data');
// the first seconds warm both sides up
setTimeout(() => (counting = true), 2000);
setTimeout(
  () => {
    console.log(JSON.stringify({ counts: [...counts.entries()].filter(([, count]) => count > 0), wrong }));
    process.exit(0);
  },
  2000 + Number(ms),
);
