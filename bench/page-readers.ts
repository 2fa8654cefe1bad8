/**
 * Many who read one page again and again, in a process of its own: `node page-readers.ts PORT PATH READERS SECONDS ROUNDS`.
 * Each keeps one connection and asks once in every round, at a moment of its own. Prints `{ answers, failed, p50, p95, p99 }`.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const [port, path, readers, seconds, rounds] = process.argv.slice(2);
if (rounds === undefined) throw new Error('node bench/page-readers.ts PORT PATH READERS SECONDS ROUNDS');
const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nAccept-Encoding: gzip\r\n\r\n`;
const times: number[] = [];
let failed = 0;

const opened = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(port), 'localhost', () => resolve(socket));
    socket.once('error', reject);
  });

/** One question and its whole answer, as its length says. */
function ask(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const before = performance.now();
    let missing = 0;
    const end = (good: boolean): void => {
      socket.removeAllListeners('data');
      if (good) times.push(performance.now() - before);
      else failed += 1;
      resolve();
    };
    socket.on('data', (bytes) => {
      if (missing === 0) {
        const head = bytes.toString('latin1', 0, bytes.indexOf('\r\n\r\n'));
        const length = /^content-length: (\d+)$/im.exec(head)?.[1];
        if (!head.startsWith('HTTP/1.1 200') || length === undefined) return end(false);
        missing = head.length + 4 + Number(length);
      }
      missing -= bytes.length;
      if (missing <= 0) end(true);
    });
    socket.write(request);
  });
}

async function read(): Promise<void> {
  try {
    let socket = await opened();
    for (let round = 0; round < Number(rounds); round += 1) {
      const wait = Math.random() * Number(seconds) * 1000;
      await sleep(wait);
      // a server closes who is quiet for long: browsers open anew, too
      if (socket.closed || socket.destroyed || socket.readyState !== 'open') socket = await opened();
      await ask(socket);
      await sleep(Number(seconds) * 1000 - wait);
    }
    socket.destroy();
  } catch {
    failed += 1;
  }
}

await Promise.all(Array.from({ length: Number(readers) }, read));
const sorted = times.toSorted((a, b) => a - b);
const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? Number.NaN) * 10) / 10;
console.log(JSON.stringify({ answers: times.length, failed, p50: at(0.5), p95: at(0.95), p99: at(0.99) }));
