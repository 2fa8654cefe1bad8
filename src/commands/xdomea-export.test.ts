import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { expectOk, ok, refuse } from '../kernel/result.ts';
import { readMessage } from '../modules/exchange/application/read-message.ts';
import { HEAD, RECORD } from '../modules/exchange/application/xdomea-testing.ts';
import { exchangeRoutes } from '../modules/exchange/public.ts';
import { testServer } from '../../test/support/test-server.ts';
import type { Ask } from './city-client.ts';
import { exportXdomea } from './xdomea-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'kontor-xdomea-'));
after(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'session'), 'sachbearbeitung\n');

const asked: string[] = [];
const server = testServer(
  exchangeRoutes({
    clock: () => Temporal.Instant.from(HEAD.createdAt),
    archive: 'Staatsarchiv Hamburg',
    product: '0.1.0',
    authorityName: (id) => (id === 'bezirksamt-mitte' ? 'Bezirksamt Mitte' : undefined),
    records: {
      async read(actor, caseId) {
        asked.push(actor.kind);
        return caseId === RECORD.id ? ok(RECORD) : refuse({ kind: 'not-found' as const, detail: 'Diesen Vorgang gibt es nicht.' });
      },
    },
  }),
);
const ask: Ask = async (url, init) => server.request(url.replace('http://localhost:8080', ''), init);

async function run(...args: readonly string[]): Promise<{ readonly status: number; readonly said: string; readonly complained: string }> {
  const [said, complained]: [string[], string[]] = [[], []];
  const out = { print: (line: string) => void said.push(line), complain: (line: string) => void complained.push(line) };
  const status = await exportXdomea(
    [...args, '--city', 'http://localhost:8080', '--session', join(folder, 'session'), '--into', join(folder, 'out')],
    out,
    ask,
  );
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

it('fetches a case for the archive as the person who is signed in', async () => {
  const { status, said, complained } = await run(RECORD.id);
  assert.equal(status, 0, complained);
  assert.deepEqual(asked, ['staff']);
  const [, path] = /Geschrieben: (.+\.zip)\. /.exec(said)!;
  assert.equal(expectOk(readMessage(readFileSync(path!))).type, '0503');
});

it('for another authority; a case that is not there is said in the city’s words', async () => {
  const handed = await run(RECORD.id, '--to', 'bezirksamt-mitte');
  assert.equal(handed.status, 0, handed.complained);
  const missing = await run('0190a000-0000-7000-8000-0000000000ff');
  assert.deepEqual([missing.status, missing.complained], [1, 'Diesen Vorgang gibt es nicht.']);
});

it('an address that is none, a missing session, and a wrong call', async () => {
  const out = { print: () => {}, complain: () => {} };
  assert.equal(await exportXdomea([RECORD.id, '--city', 'hm', '--session', join(folder, 'session'), '--into', folder], out, ask), 1);
  assert.equal(await exportXdomea([RECORD.id, '--city', 'http://localhost:8080', '--session', join(folder, 'none'), '--into', folder], out, ask), 1);
  assert.equal(await exportXdomea([RECORD.id], out, ask), 2);
});
