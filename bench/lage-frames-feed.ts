/** Stands in for a city in which so many units drive: `node lage-frames-feed.ts OBJECTS`. Says its port; `/objects` is the picture, `/live` its changes. */
import { createServer } from 'node:http';

const count = Number(process.argv[2]);
const PART = { west: 9.95, south: 53.522, width: 0.1, height: 0.046 };
/** Each unit says every two seconds where it is: 1,000 places a second for 2,000 units, told 20 times a second as the city does. */
const EVERY_MS = 2000;
const TOLD_MS = 50;
const ORGANISATIONS = ['feuerwehr', 'thw', 'polizei', 'hilfsorganisation'];
const TASKS = ['pumpen', 'transport', 'bergung'];
const METRES_PER_DEGREE = 111_320;
const started = Date.now();
let seq = 0;

/** Each drives around a block of some hundred metres, at about 15 m/s. */
function placeOf(n: number, at: number): [number, number] {
  const columns = Math.ceil(Math.sqrt(count * 1.6));
  const rows = Math.ceil(count / columns);
  const turn = (at - started) / 12_000 + n;
  const metres = 180;
  return [
    PART.west + (((n % columns) + 0.5) / columns) * PART.width + (Math.sin(turn) * metres) / METRES_PER_DEGREE / 0.59,
    PART.south + ((Math.floor(n / columns) + 0.5) / rows) * PART.height + (Math.cos(turn) * metres) / METRES_PER_DEGREE,
  ];
}

function object(n: number, at: number): object {
  const now = new Date(at).toISOString();
  return {
    id: `unit:${n}`,
    seq: ++seq,
    kind: 'unit',
    layer: 'kraefte',
    title: `HLRW ${n}`,
    geometry: { type: 'Point', coordinates: placeOf(n, at) },
    uncertaintyMetres: n % 5 === 0 ? 60 : 5,
    symbol: { grundzeichen: 'kraftfahrzeug-landgebunden', organisation: ORGANISATIONS[n % 4], fachaufgabe: TASKS[n % 3] },
    facts: { status: 3, strength: '1/2/6//9', ...(n % 50 === 7 ? { contradiction: true } : {}) },
    source: { kind: 'cot', name: 'Bench' },
    eventAt: now,
    receivedAt: now,
    changedAt: now,
    ended: false,
  };
}

const server = createServer((request, response) => {
  response.setHeader('access-control-allow-origin', '*');
  if (request.url?.startsWith('/objects') === true) {
    const items = Array.from({ length: count }, (_, n) => object(n, Date.now()));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ items, next: null, head: seq }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let [next, due] = [0, Date.now()];
  const beat = setInterval(() => {
    const now = Date.now();
    const objects: object[] = [];
    for (; due < now; due += EVERY_MS / count) objects.push(object(next++ % count, now));
    response.write(`id: ${seq}\ndata: ${JSON.stringify({ objects, gone: [], head: seq, upTo: seq, at: new Date(now).toISOString() })}\n\n`);
  }, TOLD_MS);
  response.on('close', () => clearInterval(beat));
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
