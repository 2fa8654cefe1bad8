import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createOutbound, type OutboundOptions } from './outbound.ts';
import { isPublicAddress } from './public-address.ts';

describe('public addresses', () => {
  it('what is not reachable from everywhere is none, however it is written', () => {
    const not = ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.0.8'];
    const not6 = [
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '64:ff9b::7f00:1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
    ];
    for (const address of [...not, ...not6, 'localhost', '']) assert.equal(isPublicAddress(address), false, address);
    for (const address of ['8.8.8.8', '141.91.1.1', '172.32.0.1', '2a02:2e0:3fe:1001::1', '2606:4700::1111'])
      assert.equal(isPublicAddress(address), true, address);
  });
});

describe('reading from other computers', () => {
  let server: Server;
  let port: number;
  let folder: string;
  let asked: { url: string | undefined; authorization: string | undefined }[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization });
    const path = request.url ?? '';
    if (path.startsWith('/to/')) return void response.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end();
    if (path === '/ring') return void response.writeHead(307, { location: '/ring' }).end();
    if (path === '/endless') {
      const pour = (): void => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', pour);
      };
      return pour();
    }
    if (path === '/slow') return void response.write('a');
    if (path === '/cut') {
      response.writeHead(200, { 'content-length': '1000' });
      return void response.write('half', () => request.socket.destroy());
    }
    if (path === '/packed') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    if (path === '/latin') return void response.end(Buffer.from('Höhe', 'latin1'));
    if (path === '/missing') return void response.writeHead(404).end();
    if (path === '/broken') return void request.socket.end('no http at all\r\n\r\n');
    response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }).end('a,b\n1,2\n');
  };
  before(async () => {
    server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    ({ port } = server.address() as AddressInfo);
    folder = mkdtempSync(join(tmpdir(), 'kontor-outbound-'));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  const wish = { maxBytes: 1_000_000, timeoutMs: 2000 };
  const local = (more: Partial<OutboundOptions> = {}) =>
    createOutbound({ allowedHosts: [`daten.test:${port}`], resolve: async () => [{ address: '127.0.0.1', family: 4 }], ...more });
  const refusalOf = async (url: string, outbound = local()): Promise<string> => {
    const done = await outbound.text(url, wish);
    assert.equal(done.ok, false, url);
    return done.ok ? '' : done.problem.detail;
  };

  it('reads where it may, by the address that was checked', async () => {
    const done = await local().text(`http://daten.test:${port}/stationen.csv`, wish);
    assert.deepEqual(done, { ok: true, value: { text: 'a,b\n1,2\n', mediaType: 'text/csv' } });
  });
  it('never goes to addresses that are not public, whatever their name says', async () => {
    asked = [];
    for (const host of ['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', 'boese.test'])
      assert.match(await refusalOf(`http://${host}:${port}/`), /Netz, das nicht öffentlich ist/, host);
    const mixed = local({
      resolve: async () => [
        { address: '8.8.8.8', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    });
    assert.match(await refusalOf('http://gemischt.test/', mixed), /nicht öffentlich/);
    assert.deepEqual(asked, []);
  });
  it('an allowed computer is allowed at its port, and cannot send it elsewhere', async () => {
    assert.match(await refusalOf(`http://daten.test:${port + 1}/`), /nicht öffentlich/);
    assert.match(await refusalOf(`http://daten.test:${port}/to/${encodeURIComponent(`http://127.0.0.1:${port}/`)}`), /nicht öffentlich/);
    assert.match(await refusalOf(`http://daten.test:${port}/to/${encodeURIComponent('file:///etc/passwd')}`), /keine Adresse, die hier geht/);
    assert.match(await refusalOf(`http://daten.test:${port}/ring`), /mehr als 5-mal weiter/);
  });
  it('a name that changes after it was checked changes nothing', async () => {
    let answers = 0;
    const rebinding = local({ resolve: async () => [{ address: ++answers === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }] });
    assert.equal((await rebinding.text(`http://daten.test:${port}/`, wish)).ok, true);
    assert.equal(answers, 1);
  });
  it('a computer with several addresses is reached at one that answers; old character sets are understood', async () => {
    const both = local({
      resolve: async () => [
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ],
    });
    assert.equal((await both.text(`http://daten.test:${port}/`, wish)).ok, true);
    const old = await local().text(`http://daten.test:${port}/latin`, wish);
    assert.ok(old.ok && old.value.text === 'Höhe');
  });
  it('a name that is never resolved does not keep anybody waiting', async () => {
    const stuck = local({ resolve: () => new Promise(() => {}) });
    assert.match(await refusalOf(`http://daten.test:${port}/`, stuck), /nach 2 Sekunden nicht vollständig/);
  });
  it('a secret goes only to the origin it is for', async () => {
    asked = [];
    const two = local({ allowedHosts: [`daten.test:${port}`, `andere.test:${port}`] });
    const to = encodeURIComponent(`http://andere.test:${port}/x`);
    assert.equal((await two.text(`http://daten.test:${port}/to/${to}`, { ...wish, headers: { authorization: 'Bearer geheim' } })).ok, true);
    assert.deepEqual(
      asked.map(({ authorization }) => authorization),
      ['Bearer geheim', undefined],
    );
  });
  it('says what is wrong, in time and in bounds', async () => {
    const at = `http://daten.test:${port}`;
    assert.match(await refusalOf(`${at}/endless`), /größer als 1 MB/);
    assert.match(await refusalOf(`${at}/slow`), /nach 2 Sekunden nicht vollständig/);
    assert.match(await refusalOf(`${at}/cut`), /brach ab/);
    assert.match(await refusalOf(`${at}/packed`), /gepackt/);
    assert.match(await refusalOf(`${at}/missing`), /antwortet mit 404/);
    assert.match(await refusalOf(`${at}/broken`), /brach ab/);
    assert.match(await refusalOf(`http://ich:geheim@daten.test:${port}/`), /Passwort/);
    assert.match(await refusalOf('ftp://daten.test/'), /https:\/\/ oder http:\/\//);
    assert.match(await refusalOf('gar nichts'), /keine Adresse/);
    assert.match(await refusalOf('http://nirgends.test/', local({ resolve: () => Promise.reject(new Error('ENOTFOUND')) })), /gibt es nicht/);
    server.unref();
    const closed = local({ allowedHosts: ['daten.test'] });
    assert.match(await refusalOf('http://daten.test:1/', closed), /nimmt keine Verbindung an/);
  });
  it('a download is whole or not there', async () => {
    const path = join(folder, 'stationen.csv');
    const done = await local().download(`http://daten.test:${port}/a%20b/stationen.csv?x=1`, path, wish);
    assert.deepEqual(done, { ok: true, value: { sizeBytes: 8, name: 'stationen.csv' } });
    assert.equal(readFileSync(path, 'utf8'), 'a,b\n1,2\n');
    for (const end of ['endless', 'slow', 'cut']) {
      assert.equal((await local().download(`http://daten.test:${port}/${end}`, join(folder, end), wish)).ok, false);
      assert.equal(existsSync(join(folder, end)), false, end);
    }
    assert.deepEqual(readdirSync(folder), ['stationen.csv']);
  });
});
