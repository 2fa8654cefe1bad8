/**
 * Many browsers that follow a link, in a process of its own: `node outreach-sender.ts PORT CONNECTIONS SECONDS CODE`. Each
 * connection asks again when it has its answer, every time as another browser. Prints `{ answers, failed, seconds }`.
 */
import { connect, type Socket } from 'node:net';

const [port, connections, seconds, code] = process.argv.slice(2);
if (code === undefined) throw new Error('node bench/outreach-sender.ts PORT CONNECTIONS SECONDS CODE');
let [answers, failed, browser] = [0, 0, 0];
const end = performance.now() + Number(seconds) * 1000;

function request(): string {
  browser += 1;
  const address = `10.${(browser >> 16) & 255}.${(browser >> 8) & 255}.${browser & 255}`;
  return `GET /k/${code} HTTP/1.1\r\nHost: localhost:${port}\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0) build/${browser % 1000}\r\nX-Forwarded-For: ${address}\r\nAccept-Language: de\r\n\r\n`;
}

const opened = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });

function ask(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (bytes: Buffer): void => {
      text += bytes.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/^content-length: (\d+)$/im.exec(text)?.[1] ?? 0);
      const chunked = /^transfer-encoding: chunked$/im.test(text);
      if (chunked ? !text.endsWith('0\r\n\r\n') : text.length < head + 4 + length) return;
      socket.off('data', read);
      if (text.startsWith('HTTP/1.1 30')) answers += 1;
      else failed += 1;
      resolve();
    };
    socket.on('data', read);
    socket.once('close', () => reject(new Error('the server closed')));
    socket.write(request());
  });
}

const started = performance.now();
await Promise.all(
  Array.from({ length: Number(connections) }, async () => {
    const socket = await opened();
    socket.setMaxListeners(0);
    while (performance.now() < end) {
      socket.removeAllListeners('close');
      await ask(socket);
    }
    socket.destroy();
  }),
);
console.log(JSON.stringify({ answers, failed, seconds: (performance.now() - started) / 1000 }));
