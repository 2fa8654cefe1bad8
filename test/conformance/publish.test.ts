import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { Ask } from '../../src/commands/city-client.ts';
import { publishService } from '../../src/commands/service-publish.ts';
import { sampleLetters } from '../../src/commands/sample-letters.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { publishPages } from '../../src/modules/catalogue/public.ts';
import { unzip } from '../../src/platform/files/zip-read.ts';
import { startDraft } from '../../src/modules/procedure/application/drafts.ts';
import { openCase } from '../../src/modules/procedure/application/read-case.ts';
import { submit } from '../../src/modules/procedure/application/submit.ts';
import { migrationPages } from '../../src/modules/procedure/public.ts';
import { checkTemplate } from '../../src/platform/documents/typesetter.ts';
import { viewOf } from '../../src/platform/ui/view.ts';
import { filledDraft, officer, procedureCity, type ProcedureCity } from '../support/procedure-city.ts';
import { repositoryRoot } from '../support/temporary-city.ts';
import { as, testServer } from '../support/test-server.ts';

let city: ProcedureCity;
let server: ReturnType<typeof testServer>;
let root: string;
let running: string;
before(async () => {
  city = await procedureCity();
  const publishing = { ...city.ctx, letters: { setLetter: checkTemplate, samplesOf: sampleLetters }, unzip };
  const frame = (visit: Parameters<typeof viewOf>[0]) => viewOf(visit, { demo: true });
  server = testServer([...publishPages(publishing, frame), ...migrationPages(city.ctx, frame)]);
  running = await filledDraft(city, 'baumfaellung');
  expectOk(await submit(city.ctx, city.citizen, running, 'de'));
  root = mkdtempSync(join(tmpdir(), 'kontor-publish-'));
  cpSync(join(repositoryRoot, 'services/baumfaellung'), join(root, 'baumfaellung'), { recursive: true });
  writeFileSync(join(root, 'session'), 'administration\n');
});
after(async () => {
  await city.close();
  rmSync(root, { recursive: true, force: true });
});

function edit(file: string, find: string, by: string): void {
  const path = join(root, 'baumfaellung', file);
  const text = readFileSync(path, 'utf8');
  assert.ok(text.includes(find), `${file} has no «${find}»`);
  writeFileSync(path, text.replace(find, by));
}

const ask: Ask = async (url, init) => server.request(new URL(url).pathname, init);
async function run(...args: readonly string[]): Promise<{ readonly status: number; readonly said: string; readonly complained: string }> {
  const [said, complained]: [string[], string[]] = [[], []];
  const all = [join(root, 'baumfaellung'), '--city', 'http://localhost:8080', '--session', join(root, 'session'), ...args];
  const status = await publishService(all, { print: (line) => void said.push(line), complain: (line) => void complained.push(line) }, ask);
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

it('an invalid package never goes live: rules, letters and texts are checked, each mistake has its line', async () => {
  edit('service.yaml', 'version: 1.1.0', 'version: 1.2.0');
  edit('rules/baumschutz.dmn', 'hitPolicy="FIRST"', 'hitPolicy="UNIQUE"');
  const { status, complained } = await run('--reason', 'Neue Verordnung');
  assert.equal(status, 1);
  assert.match(complained, /baumfaellung\/rules\/baumschutz\.dmn:\d+:\d+ Fehler: .*treffen zugleich zu, zum Beispiel/);
  assert.match(complained, /geht nicht in Kraft/);
  assert.equal(city.ctx.desk.current('baumfaellung')!.version, '1.1.0');
  edit('rules/baumschutz.dmn', 'hitPolicy="UNIQUE"', 'hitPolicy="FIRST"');
});

it('without a reason it only says what would change', async () => {
  edit('process.yaml', 'decisionPeriod: { length: 8', 'decisionPeriod: { length: 4');
  edit('form.yaml', 'id: phone, type: tel, required: false', 'id: phone, type: tel, required: true');
  edit('walk.yaml', '  truthful: true', '  phone: "040 115"\n  truthful: true');
  const { status, said, complained } = await run();
  assert.equal(status, 0, complained);
  assert.match(said, /Fassung 1\.1\.0 → 1\.2\.0[\s\S]*Frist[\s\S]*Veröffentlicht ist noch nichts/);
  assert.equal(city.ctx.desk.current('baumfaellung')!.version, '1.1.0');
});

it('in force at once for new applications; the running case stays, and the preview says what a change would mean for it', async () => {
  const { status, said, complained } = await run('--reason', 'Neue Verordnung');
  assert.equal(status, 0, complained);
  assert.match(said, /Fassung 1\.2\.0 ist in Kraft/);
  const fresh = expectOk(await startDraft(city.ctx, city.citizen, 'baumfaellung'));
  assert.equal(fresh.packageHash, city.ctx.desk.current('baumfaellung')!.hash);
  assert.equal(expectOk(await openCase(city.ctx, officer, running)).pkg.version, '1.1.0');
  const preview = (await (await server.request('/api/services/baumfaellung/migration', { headers: as('administration') })).json()) as {
    version: string;
    old: { version: string; cases: number; safe: boolean; affected: { id: string; missing: string[] }[] }[];
  };
  assert.deepEqual([preview.version, preview.old[0]!.version, preview.old[0]!.cases, preview.old[0]!.safe], ['1.2.0', '1.1.0', 1, false]);
  assert.match(preview.old[0]!.affected.find(({ id }) => id === running)!.missing.join(), /phone/);
});

it('what cannot be sent is said', async () => {
  writeFileSync(join(root, 'stranger'), 'sachbearbeitung');
  const refused = await run('--session', join(root, 'stranger'));
  assert.deepEqual([refused.status, refused.complained !== ''], [1, true]);
  assert.match((await run('--session', join(root, 'none'))).complained, /Die Datei gibt es nicht/);
  const out = { print: () => {}, complain: () => {} };
  assert.equal(await publishService([root], out, ask), 2);
  assert.equal(await publishService([root, '--city', 'http://localhost:8080', '--session', join(root, 'session')], out, ask), 1);
});
