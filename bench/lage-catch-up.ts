/** Pages that come back after an outage: `node lage-catch-up.ts PORT KEY FROM HEAD VIEWERS`. Says how long the slowest took. */
import { follow } from './lage-viewer.ts';

const [port, key, from, head, viewers] = process.argv.slice(2) as [string, string, string, string, string];
let [lost, doubled, most] = [0, 0, 0];
const started = performance.now();
let objects = 0;
await Promise.all(
  Array.from({ length: Number(viewers) }, async () => {
    const seen = new Map<string, number>();
    let highest = 0;
    let done = (): void => {};
    const whole = new Promise<void>((resolve) => (done = resolve));
    const socket = await follow(Number(port), `/lagen/${key}/live?after=${from}`, (frame) => {
      for (const { id, seq } of frame.objects) {
        if (seen.has(id) || seq <= highest) doubled += 1;
        highest = Math.max(highest, seq);
        seen.set(id, seq);
      }
      if (frame.upTo >= Number(head)) done();
    });
    await whole;
    most = Math.max(most, performance.now() - started);
    socket.destroy();
    // all 5,000 objects changed while they were away, the last of them with the picture's last number
    lost += Math.max(0, 5000 - seen.size) + (highest === Number(head) ? 0 : 1);
    objects = seen.size;
  }),
);
console.log(JSON.stringify({ ms: most, lost, doubled, objects }));
process.exit(0);
