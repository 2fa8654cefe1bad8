import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect } from 'node:tls';
import { cotXml } from '../../../commands/cot-words.ts';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { feedsOn } from '../../../lage.ts';
import type { StreamState } from '../../sensors/public.ts';
import type { FeedsContext } from '../application/context.ts';
import { FeedsDesk } from '../application/feeds-desk.ts';

let city: LageCity;
let directory: string;
before(async () => {
  city = await lageCity();
  directory = mkdtempSync(join(tmpdir(), 'kontor-cot-'));
  makeCertificates(directory);
});
after(async () => {
  rmSync(directory, { recursive: true, force: true });
  await city.close();
});

/** Two authorities, a server, and a client of each. */
function makeCertificates(at: string): void {
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { cwd: at, stdio: 'ignore' });
  const key = (name: string, subject: string, ...more: readonly string[]): void =>
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`, '-subj', subject, ...more);
  writeFileSync(join(at, 'san.ext'), 'subjectAltName=DNS:localhost');
  for (const ca of ['ours', 'theirs']) key(ca, `/CN=${ca}`, '-x509', '-days', '30', '-out', `${ca}.pem`);
  for (const [name, ca] of [
    ['localhost', 'ours'],
    ['boot-1', 'ours'],
    ['fremd', 'theirs'],
  ] as const) {
    key(name, `/CN=${name === 'fremd' ? 'boot-1' : name}`, '-out', `${name}.csr`);
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      `${ca}.pem`,
      '-CAkey',
      `${ca}.key`,
      '-CAcreateserial',
      '-days',
      '30',
      '-extfile',
      'san.ext',
      '-out',
      `${name}.pem`,
    );
  }
}

const objects = async (key: string) =>
  (await city.json('leader', 'GET', `/api/lagen/${key}/objects`))['items'] as { id: string; facts: Record<string, unknown> }[];

describe('CoT by TLS', () => {
  it('takes from who has a certificate of our authority, and from nobody else', async () => {
    const key = await city.lage('TLS');
    await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'cot', name: 'Boot 1', certificate: 'boot-1' });
    const desk = new FeedsDesk(feedsOn(city.city.ctx, { outboundHosts: [], rateLimit: 1 }));
    const at = (name: string): string => join(directory, name);
    const port = await desk.listen({ port: 0, host: '127.0.0.1', tls: { cert: at('localhost.pem'), key: at('localhost.key'), ca: at('ours.pem') } });
    const send = async (name: string, uid: string): Promise<void> => {
      const socket = connect({
        port: port!,
        host: '127.0.0.1',
        servername: 'localhost',
        ca: readFileSync(at('ours.pem')),
        cert: readFileSync(at(`${name}.pem`)),
        key: readFileSync(at(`${name}.key`)),
      });
      socket.on('error', () => {});
      socket.resume();
      socket.end(cotXml({ uid, type: 'a-f-S', timeMs: city.ctx.clock().epochMilliseconds, lat: 53.54, lon: 9.97, ceMetres: 5 }));
      await once(socket, 'close');
    };
    await send('fremd', 'FREMD');
    await send('boot-1', 'BOOT');
    for (let tries = 0; tries < 60 && (await objects(key)).length === 0; tries++) await new Promise((next) => setTimeout(next, 50));
    await desk.close();
    assert.deepEqual(
      (await objects(key)).map(({ id }) => id.replace(/^track:[0-9a-f]{12}-/, '')),
      ['BOOT'],
    );
  });
});

describe('streams of the city', () => {
  it('are shown soon after they grow, with trend and unit, and not again while they are the same', async () => {
    const key = await city.lage('Pegel');
    await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'sensor', name: 'Pegel', streams: [7], as: 'gauge' });
    const now = city.ctx.clock();
    const recent = [30, 20, 10, 0].map((minutes, index) => ({ at: now.subtract({ minutes }), value: 3 + index * 0.1 }));
    const state: StreamState = {
      streamId: 7,
      name: 'Wasserstand',
      thing: 'St. Pauli',
      unit: 'm',
      place: { lon: 9.97, lat: 53.54 },
      value: 3.3,
      word: '3.3',
      measuredAt: now,
      recent,
    };
    let tell: (ids: readonly number[]) => void = () => {};
    const ctx: FeedsContext = {
      ...feedsOn(city.city.ctx, { outboundHosts: [], rateLimit: 1 }),
      streams: async (_db, ids) => (ids.includes(7) ? [state] : []),
      followStreams: (told) => ((tell = told), () => {}),
    };
    const desk = new FeedsDesk(ctx);
    desk.open();
    tell([7, 8]);
    for (let tries = 0; tries < 60 && (await objects(key)).length === 0; tries++) await new Promise((next) => setTimeout(next, 50));
    const [shown] = await objects(key);
    assert.equal(shown?.id, 'gauge:stream-7');
    assert.deepEqual([shown.facts['value'], shown.facts['trend'], shown.facts['perHour'], shown.facts['unit']], [3.3, 'rising', 60, 'm']);
    assert.equal(await desk.follower.sweep(), 0);
    await desk.close();
  });
});
