import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { testServer } from '../../../test/support/test-server.ts';
import { html as markup } from '../ui/html.ts';
import { listen, type Listener } from './listen.ts';
import { html, postPage, type FormVisit } from './route.ts';

const MB = 1024 * 1024;
let seen: FormVisit | undefined;
let listener: Listener;
const server = testServer([postPage('/hochladen', 'public', async (visit) => ((seen = visit), html(markup`angekommen`)))]);

before(async () => (listener = await listen(server.fetch, { host: '127.0.0.1', port: 0 })));
after(() => listener.close(100));

const BOUNDARY = 'kontor-grenze';
const part = (name: string, fileName?: string): string =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"\r\ncontent-type: application/octet-stream`}\r\n\r\n`;

/** Posts parts as a stream, each file of so many zero bytes, without ever holding it whole. */
function post(parts: readonly { name: string; fileName?: string; text?: string; bytes?: number }[]): Promise<Response> {
  const zeros = new Uint8Array(MB);
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const { name, fileName, text = '', bytes = 0 } of parts) {
      yield Buffer.from(part(name, fileName) + text);
      for (let left = bytes; left > 0; left -= MB) yield left >= MB ? zeros : zeros.subarray(0, left);
      yield Buffer.from('\r\n');
    }
    yield Buffer.from(`--${BOUNDARY}--\r\n`);
  }
  return fetch(`http://127.0.0.1:${listener.port}/hochladen`, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: ReadableStream.from(body()),
    duplex: 'half',
  });
}

/** Highest memory of this process, buffers included, while `work` runs. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  const start = process.memoryUsage().rss;
  let peak = start;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
  await work();
  clearInterval(watch);
  return peak - start;
}

test('files and fields arrive as they were sent, umlauts in names too', async () => {
  const response = await post([
    { name: 'grund', text: 'Sturm' },
    { name: 'foto', fileName: 'Bäume im Garten.jpg', bytes: 1234 },
    { name: 'leer', fileName: '' },
  ]);
  assert.equal(response.status, 200);
  assert.equal(seen?.fields.get('grund'), 'Sturm');
  assert.deepEqual(
    seen?.files.map(({ field, fileName, bytes, tooLarge }) => [field, fileName, bytes.byteLength, tooLarge]),
    [['foto', 'Bäume im Garten.jpg', 1234, false]],
  );
});

test('NUL, which no database keeps, becomes the sign for what could not be read', async () => {
  assert.equal((await post([{ name: 'text', text: 'vor\0nach' }])).status, 200);
  assert.equal(seen!.fields.get('text'), 'vor\u{FFFD}nach');
});

test('a path in a file name is cut down to the name', async () => {
  await post([{ name: 'foto', fileName: '../../etc/passwd', bytes: 3 }]);
  assert.equal(seen?.files[0]?.fileName, 'passwd');
});

test('a file of 26 MB is cut off, the rest of the form lives', async () => {
  const response = await post([
    { name: 'a', text: 'vorher' },
    { name: 'foto', fileName: 'gross.jpg', bytes: 26 * MB },
    { name: 'b', text: 'nachher' },
    { name: 'klein', fileName: 'k.jpg', bytes: 10 },
  ]);
  assert.equal(response.status, 200);
  assert.deepEqual([seen?.fields.get('a'), seen?.fields.get('b')], ['vorher', 'nachher']);
  assert.deepEqual(
    seen?.files.map((file) => [file.field, file.tooLarge, file.bytes.byteLength]),
    [
      ['foto', true, 0],
      ['klein', false, 10],
    ],
  );
});

test('exactly 25 MB is allowed', async () => {
  await post([{ name: 'foto', fileName: 'genau.jpg', bytes: 25 * MB }]);
  assert.deepEqual(
    seen?.files.map((file) => [file.tooLarge, file.bytes.byteLength]),
    [[false, 25 * MB]],
  );
});

test('200 MB in one file: memory stays flat, the answer is a plain sentence', async () => {
  seen = undefined;
  const grown = await peakOf(async () => {
    const response = await post([
      { name: 'a', text: 'da' },
      { name: 'foto', fileName: 'riesig.jpg', bytes: 200 * MB },
    ]);
    assert.equal(response.status, 413);
    assert.match(await response.text(), /größer als 200 MB. Laden Sie sie einzeln/);
  });
  assert.equal(seen, undefined, 'the handler never saw it');
  assert.ok(grown < 110 * MB, `grew by ${Math.round(grown / MB)} MB`);
});

test('21 files are refused with what to do', async () => {
  const response = await post(Array.from({ length: 21 }, (_, i) => ({ name: 'foto', fileName: `${i}.jpg`, bytes: 10 })));
  assert.equal(response.status, 413);
  assert.match(await response.text(), /höchstens 20 Dateien/);
});

test('a field over 1 MB is refused', async () => {
  assert.equal((await post([{ name: 'text', text: 'x'.repeat(MB + 1) }])).status, 413);
});

for (const [what, type, body] of [
  ['a cut-off form', `multipart/form-data; boundary=${BOUNDARY}`, `${part('a', 'x.jpg')}abc`],
  ['a form without boundary', 'multipart/form-data', 'abc'],
  ['a form that is none', 'application/json', '{}'],
] as const) {
  test(`${what} gets a plain sentence`, async () => {
    const response = await server.request('/hochladen', { method: 'POST', headers: { 'content-type': type }, body });
    assert.equal(response.status, 422);
    assert.match(await response.text(), /kam unvollständig an/);
  });
}

test('a line cut in mid-upload leaves the city answering', async () => {
  const socket = connect(listener.port, '127.0.0.1');
  socket.write(
    `POST /hochladen HTTP/1.1\r\nhost: localhost\r\ncontent-type: multipart/form-data; boundary=${BOUNDARY}\r\ncontent-length: 1000000\r\n\r\n${part('a', 'x.jpg')}abc`,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.destroy();
  assert.equal((await post([{ name: 'a', text: 'wieder da' }])).status, 200);
  assert.equal(seen?.fields.get('a'), 'wieder da');
});
