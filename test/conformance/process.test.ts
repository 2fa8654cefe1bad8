import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { openPglite } from '../../src/platform/database/pglite.ts';
import { repositoryRoot } from '../support/temporary-city.ts';

const directory = mkdtempSync(join(tmpdir(), 'kontor-process-'));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: () => string;
  readonly exit: Promise<[number | null, string | null]>;
}

const ENV = {
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  KONTOR_DATA: directory,
  KONTOR_DEMO_DATA: 'small',
  KONTOR_RATE_LIMIT: '0',
};

/** Starts the city as `npm start` does, on a port of its own. */
async function start(env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(process.execPath, [join(repositoryRoot, 'src/main.ts')], { env: { ...ENV, PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  child.stderr.on('data', (data: Buffer) => (text += data.toString()));
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  const gone = exit.then(() => 'gone' as const);
  for (;;) {
    const url = /Kontor startet auf (http:\S+)/.exec(text)?.[1];
    if (url !== undefined) return { child, url: url.replace('localhost', '127.0.0.1'), said: () => text, exit };
    if ((await Promise.race([gone, sleep(20)])) === 'gone') return { child, url: '', said: () => text, exit };
  }
}

async function ready({ url }: Started): Promise<void> {
  while (
    !(await fetch(`${url}/ready`).then(
      (answer) => answer.ok,
      () => false,
    ))
  )
    await sleep(50);
}

/** `./kontor …` without the bootstrap before it. */
function kontor(...args: string[]): Promise<{ status: number; out: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(repositoryRoot, 'src/cli.ts'), ...args], { env: { ...ENV, PORT: '1' } }, (error, stdout, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out: `${stdout}${stderr}` }),
    );
  });
}

describe('the process', { timeout: 300_000 }, () => {
  it('answers at once on a first start, says what it is doing, and is ready then', async () => {
    const city = await start();
    const page = await fetch(city.url);
    assert.equal(page.status, 503);
    assert.match(await page.text(), /<h1>Kontor startet<\/h1>/);
    assert.equal((await fetch(`${city.url}/health`)).status, 200);
    assert.equal((await fetch(`${city.url}/ready`)).status, 503);
    await ready(city);
    assert.equal((await fetch(city.url)).status, 200);
    assert.match(city.said(), /Tabellen werden angelegt[\s\S]*Kontor ist bereit[\s\S]*katharina\.petersen@buerger\.example/);

    const second = await start();
    const [code] = await second.exit;
    assert.equal(code, 1);
    assert.match(second.said(), /Das Datenverzeichnis .* ist schon in Gebrauch\. Beenden Sie den anderen Kontor-Prozess/);
    assert.doesNotMatch(second.said(), /at .*\.ts:/, 'a sentence, not a trace');

    const live = await fetch(`${city.url}/demo/post`);
    assert.equal(live.status, 200);
    city.child.kill('SIGTERM');
    assert.deepEqual(await city.exit, [0, null]);
    assert.match(city.said(), /Kontor ist angehalten/);
  });

  it('killed with -9 it starts again, with everything it had', async () => {
    const city = await start();
    await ready(city);
    city.child.kill('SIGKILL');
    await city.exit;
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const again = await start({ KONTOR_MQTT_PORT: String(port) });
    await ready(again);
    while (!/MQTT läuft nicht: Port \d+ ist belegt/.test(again.said())) await sleep(20);
    other.close();
    again.child.kill('SIGTERM');
    assert.deepEqual(await again.exit, [0, null]);
    const verdict = await kontor('journal', 'verify');
    assert.equal(verdict.status, 0, verdict.out);
    assert.match(verdict.out, /Das Journal ist unversehrt: [1-9]\d* Einträge, Prüfsumme [0-9a-f]{64}/);
  });

  it('journal verify names the broken link of a tampered city and exits 1', async () => {
    const database = await openPglite(directory);
    await database.write((tx) =>
      sql`alter table platform.journal disable trigger all; update platform.journal set actor = 'system:niemand' where seq = 2`.execute(tx),
    );
    await database.close();
    const verdict = await kontor('journal', 'verify');
    assert.equal(verdict.status, 1);
    assert.match(verdict.out, /nicht unversehrt\. Eintrag 2 \(identity\.[a-z-]+\) wurde verändert/);
  });

  it('says plainly that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const city = await start({ PORT: String(port) });
    assert.equal((await city.exit)[0], 1);
    assert.match(city.said(), new RegExp(`Der Port ${port} ist schon belegt`));
    other.close();
  });

  it('says plainly what is wrong with the settings, all at once', async () => {
    const city = await start({ KONTOR_ENV: 'production', PORT: 'x' });
    assert.equal((await city.exit)[0], 1);
    assert.match(city.said(), /PORT muss eine Zahl[\s\S]*KONTOR_SECRET fehlt[\s\S]*SMTP_URL fehlt/);
  });
});

describe('the command line', { timeout: 120_000 }, () => {
  it('help lists every command', async () => {
    const { status, out } = await kontor('help');
    assert.equal(status, 0);
    for (const call of ['serve', 'walk', 'frist bekanntgabe', 'frist ende', 'service lint', 'journal verify', 'health'])
      assert.match(out, new RegExp(`\\./kontor ${call}`));
  });

  it('frist computes with every step and its paragraph (§ 41 Abs. 2, § 31 VwVfG)', async () => {
    const { status, out } = await kontor('frist', 'bekanntgabe', '--via', 'post', '--on', '2025-12-30', '--regime', 'bund');
    assert.equal(status, 0);
    const computed = JSON.parse(out) as { date: string; widerspruchBis: string; steps: { paragraph: string }[] };
    assert.deepEqual([computed.date, computed.widerspruchBis], ['2026-01-03', '2026-02-03']);
    assert.ok(computed.steps.every((step) => step.paragraph.startsWith('§')));
  });

  const WRONG: readonly [string[], number, RegExp][] = [
    [['quatsch'], 2, /Den Befehl «quatsch» gibt es nicht/],
    [['frist', 'ende', '--from', '31.2.2026', '--months', '1'], 2, /--from: Geben Sie einen Tag an, den es gibt/],
    [['frist', 'ende', '--was', '1'], 2, /Aufruf:/],
    [['journal'], 2, /Aufruf:/],
    [['service', 'lint', 'gibt-es-nicht'], 2, /gibt es nicht\. Es gibt: /],
    [['walk'], 2, /Aufruf:/],
    [['health'], 1, /antwortet keine Stadt/],
  ];
  for (const [args, code, says] of WRONG) {
    it(`kontor ${args.join(' ')}: ${code}`, async () => {
      const { status, out } = await kontor(...args);
      assert.equal(status, code, out);
      assert.match(out, says);
    });
  }
});
