/** Reads one address over and over on kept connections, in a process of its own: `node reader.ts PORT PATH CONNECTIONS TURNS`. Says answers a second. */
import { connect } from 'node:net';

const [port, path, connections, turns] = process.argv.slice(2);
if (turns === undefined) throw new Error('node bench/reader.ts PORT PATH CONNECTIONS TURNS');
const each = Math.floor(Number(turns) / Number(connections));
const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nAccept-Encoding: gzip\r\n\r\n`;

/** One connection: the next request when the answer is whole, as its length says. */
const reading = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(port), 'localhost', () => socket.write(request));
    let left = each;
    let missing = 0;
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      if (missing === 0) {
        const head = bytes.toString('latin1', 0, bytes.indexOf('\r\n\r\n'));
        const length = /^content-length: (\d+)$/im.exec(head)?.[1];
        if (!head.startsWith('HTTP/1.1 200') || length === undefined) return reject(new Error(head));
        missing = head.length + 4 + Number(length);
      }
      missing -= bytes.length;
      if (missing > 0) return;
      left -= 1;
      if (left > 0) return void socket.write(request);
      socket.end();
      resolve();
    });
  });

const before = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, reading));
console.log(((each * Number(connections)) / ((performance.now() - before) / 1000)).toFixed(0));
