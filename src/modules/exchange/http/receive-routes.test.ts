import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { as, testServer, type TestActor } from '../../../../test/support/test-server.ts';
import type { CityServer } from '../../../platform/http/server.ts';
import { HEAD, id, RECORD } from '../application/xdomea-testing.ts';
import { zip } from '../../../platform/files/zip.ts';
import { aussonderung } from '../domain/xdomea.ts';
import type { XdomeaCases } from '../application/xdomea-import-context.ts';
import { receiveRoutes } from './receive-routes.ts';

const { messageName, xml, files } = aussonderung(HEAD, RECORD);
const PACKAGE = zip([{ name: messageName, bytes: Buffer.from(xml) }, ...files]);

/** What is checked makes no case. */
const nothing = async () => assert.fail('a check takes nothing over');
const NO_CASES: XdomeaCases = { serviceNamed: () => undefined, authorityNamed: () => undefined, find: nothing, takeClosed: nothing, takeRunning: nothing };

let city: TemporaryCity;
let server: CityServer;
before(async () => {
  city = await temporaryCity();
  server = testServer(receiveRoutes({ ...city.ctx, clock: city.clock.now, cases: NO_CASES }));
});
after(() => city.close());

/** Sends a file as a program does. */
async function send(
  who: TestActor | undefined,
  file?: Uint8Array | string,
): Promise<{ readonly status: number; readonly type: string; readonly body: Record<string, unknown> }> {
  const body = new FormData();
  body.set('note', 'x');
  if (file !== undefined) body.set('file', new Blob([file as string]), 'message.zip');
  const headers = who === undefined ? {} : as(who);
  const answer = await server.request('/api/exchange/xdomea', { method: 'POST', body, headers: { ...headers, origin: 'http://localhost:8080' } });
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: (await answer.json()) as Record<string, unknown> };
}
const journal = () => city.ctx.journal.readAfter(city.database.read, 0, { kinds: ['exchange.xdomea-read', 'exchange.xdomea-refused'] });

it('says what a package brings, and the journal knows its hash and figures but no person', async () => {
  const { status, body } = await send('sachbearbeitung', PACKAGE);
  assert.equal(status, 200);
  assert.deepEqual([body['type'], body['sender'], (body['documents'] as unknown[]).length, body['missing']], ['0503', 'Bezirksamt Altona', 3, []]);
  assert.deepEqual(body['records'], [
    {
      id: id(1),
      inside: null,
      kind: 'Vorgang',
      subject: 'Baum fällen, Katharina Petersen',
      fileNumber: 'BF-2026-000001-K',
      begunOn: '2026-11-24',
      endedOn: '2027-01-05',
      retention: 10,
    },
  ]);
  const entry = (await journal()).at(-1)!;
  assert.equal(entry.kind, 'exchange.xdomea-read');
  assert.deepEqual([entry.payload['documents'], entry.payload['files'], entry.payload['processId']], [3, 3, id(9)]);
  assert.doesNotMatch(JSON.stringify(entry.payload), /Petersen|Baum/);
});

it('hostile XML: problem+json 422 with the reason and line, journalled as refused', async () => {
  const { status, type, body } = await send('sachbearbeitung', `<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`);
  assert.equal(status, 422);
  assert.match(type, /application\/problem\+json/);
  assert.match(String(body['detail']), /^Zeile 2: .*Dokumenttyp-Definition/);
  const entry = (await journal()).at(-1)!;
  assert.deepEqual([entry.kind, entry.payload['reason'], entry.payload['line']], ['exchange.xdomea-refused', 'doctype', 2]);
});

it('every mistake of a message is named', async () => {
  const { status, body } = await send('leitung', xml.replace(id(9), 'abc').replace('<xdomea:Ende>2027', '<xdomea:Ende>1027'));
  assert.equal(status, 422);
  assert.equal((body['errors'] as unknown[]).length, 2);
});

it('is for staff of authorities only, and wants a file', async () => {
  assert.equal((await send(undefined, PACKAGE)).status, 401);
  assert.equal((await send('citizen', PACKAGE)).status, 403);
  assert.equal((await send('administration', PACKAGE)).status, 403);
  assert.equal((await send('sachbearbeitung')).status, 422);
});
