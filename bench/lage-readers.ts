/**
 * Whether the public page of warnings carries 10,000 readers, each on a connection of its own and reading anew every
 * half minute, while a demo city on PGlite has five warnings in force. Readers are another process.
 * Run: `node bench/lage-readers.ts [readers]`. Exit status 1 when a limit is missed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cityForAWhile } from '../src/commands/city-for-a-while.ts';
import { WalkClient } from '../src/commands/walk-client.ts';

const [readers = '10000'] = process.argv.slice(2);
const [EVERY_SECONDS, ROUNDS] = [30, 2];
/** Our own: every reader is answered, 99 of 100 within a second. */
const P99_MS = 1000;

interface Told {
  readonly answers: number;
  readonly failed: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** A Lage with warnings in force: one person writes, another releases. */
async function warn(url: string): Promise<void> {
  const [leader, press] = [new WalkClient(url), new WalkClient(url)];
  await leader.signIn('beschaeftigte', 'demo-staff-jens.stabsleiter');
  await press.signIn('beschaeftigte', 'demo-staff-ole.einsatz');
  const { key } = await leader.call<{ key: string }>('POST', '/api/lagen', { title: 'Bench', hazard: 'sturmflut', organisation: 'Stab', name: 'Jens' });
  const page = Buffer.from(await leader.download(`/lagen/${key}/stab`)).toString();
  const staffId = /<option value="([0-9a-f-]{36})"[^>]*>Ole Einsatz/.exec(page)?.[1];
  if (staffId === undefined) throw new Error('Ole Einsatz is not offered as a member');
  await leader.call('POST', `/api/lagen/${key}/mitglieder`, { staffId, organisation: 'Polizei', function: 'S3' });
  const words = {
    headline: 'Sturmflut an der Elbe',
    description: 'Das Wasser steigt. '.repeat(20),
    instruction: 'Verlassen Sie die Flächen vor dem Deich. '.repeat(10),
  };
  for (let i = 0; i < 5; i += 1) {
    const content = {
      event: 'Sturmflut',
      category: 'Met',
      urgency: 'Expected',
      severity: 'Severe',
      certainty: 'Likely',
      responses: ['Avoid'],
      onset: null,
      expires: new Date(Date.now() + 6 * 3_600_000).toISOString(),
      area: {
        description: 'Wilhelmsburg',
        polygons: [
          [
            [9.9, 53.5],
            [10, 53.5],
            [10, 53.55],
            [9.9, 53.5],
          ],
        ],
      },
      texts: { de: words, leicht: words, en: null },
      contact: '',
    };
    const { id } = await press.call<{ id: string }>('POST', `/api/lagen/${key}/warnungen`, { content });
    await press.call('POST', `/api/lagen/${key}/warnungen/${id}/schritte`, { version: 1, command: 'submit' });
    await leader.call('POST', `/api/lagen/${key}/warnungen/${id}/freigabe`, { version: 2 });
  }
}

async function read(url: string, count: string): Promise<Told> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'page-readers.ts'), new URL(url).port, '/lage', count, String(EVERY_SECONDS), String(ROUNDS)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let out = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  await once(child, 'close');
  return JSON.parse(out) as Told;
}

const city = await cityForAWhile();
try {
  await city.filled;
  await warn(city.url);
  const told = await read(city.url, readers);
  const met = told.failed === 0 && told.p99 <= P99_MS && told.answers === Number(readers) * ROUNDS;
  console.log(`${told.answers} answers to ${readers} readers within ${EVERY_SECONDS * ROUNDS} s, ${told.failed} failed`);
  console.log(
    `p99 ${(told.p99 / P99_MS).toFixed(2)} of the limit of ${P99_MS} ms, p95 ${(told.p95 / P99_MS).toFixed(2)}, p50 ${(told.p50 / P99_MS).toFixed(3)}${met ? '' : '   MISSED'}`,
  );
  process.exitCode = met ? 0 : 1;
} finally {
  await city.stop();
}
