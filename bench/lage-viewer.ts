/** One page that follows the live picture, as the browser's does: reads server-sent events and keeps the latest of each object. */
import { connect, type Socket } from 'node:net';

export interface Shown {
  readonly id: string;
  readonly seq: number;
  readonly ended: boolean;
  readonly facts: { readonly sentAt: number };
}

export interface Frame {
  readonly objects: readonly Shown[];
  readonly gone: readonly string[];
  readonly head: number;
  readonly upTo: number;
}

/** Opens the stream; `take` gets each frame. Without compression, the way a page on the same network has it. */
export function follow(port: number, path: string, take: (frame: Frame) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: kontor_session=x\r\nAccept: text/event-stream\r\n\r\n`),
    );
    let rest = '';
    let begun = false;
    socket.on('error', reject);
    socket.setEncoding('utf8').on('data', (text: string) => {
      rest += text;
      if (!begun) {
        const end = rest.indexOf('\r\n\r\n');
        if (end === -1) return;
        if (!rest.startsWith('HTTP/1.1 200')) return reject(new Error(rest));
        begun = true;
        rest = rest.slice(end + 4);
        resolve(socket);
      }
      rest = takeFrames(rest, take);
    });
  });
}

/** Chunked coding puts its lengths between the pieces; a frame's JSON is one line that begins with `data: `. */
function takeFrames(text: string, take: (frame: Frame) => void): string {
  let from = 0;
  for (;;) {
    const start = text.indexOf('data: ', from);
    const end = start === -1 ? -1 : text.indexOf('}\n\n', start);
    if (end === -1) return start === -1 ? text.slice(-8) : text.slice(start);
    take(JSON.parse(unchunked(text.slice(start + 6, end + 1))) as Frame);
    from = end + 3;
  }
}

/** A frame that came in several chunks has their lengths inside. JSON has no bare line ends. */
const unchunked = (json: string): string => (json.includes('\r\n') ? json.replaceAll(/\r\n[0-9a-f]+\r\n/g, '') : json);
