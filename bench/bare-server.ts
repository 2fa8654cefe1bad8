/** What Node's own server can do with these bytes, and nothing else: `node bare-server.ts ADDRESS` says its port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const answer = await fetch(process.argv[2]!, { headers: { 'accept-encoding': 'gzip' } });
const raw = await fetch(process.argv[2]!, { headers: { 'accept-encoding': 'identity' } });
void answer.body?.cancel();
const plain = new Uint8Array(await raw.arrayBuffer());
const { gzipSync } = await import('node:zlib');
const body = answer.headers.get('content-encoding') === 'gzip' ? gzipSync(plain, { level: 6 }) : plain;
const headers = { ...Object.fromEntries(answer.headers), 'content-length': String(body.byteLength) };
const server = createServer((_, response) => response.writeHead(200, headers).end(body));
server.listen(0, 'localhost', () => console.log((server.address() as AddressInfo).port));
