import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import { filledDraft, officer, procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { repositoryRoot } from '../../../../test/support/temporary-city.ts';
import { loadServices, openServiceDesk } from '../../catalogue/public.ts';
import { act } from './act.ts';
import type { ProcedureContext } from './context.ts';
import { migrateCases, previewMigration } from './migrate-cases.ts';
import { openCase } from './read-case.ts';
import { submit } from './submit.ts';

const ADMIN: Extract<Actor, { kind: 'staff' }> = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000c1', roles: ['administration'], authorities: [] };

let city: ProcedureCity;
/** The city after its services have moved on. */
let next: ProcedureContext;
let folder: string;
const ids: Record<'open' | 'checked' | 'withdrawn', string> = { open: '', checked: '', withdrawn: '' };

before(async () => {
  city = await procedureCity();
  for (const name of ['open', 'checked', 'withdrawn'] as const) {
    ids[name] = await filledDraft(city, 'baumfaellung');
    expectOk(await submit(city.ctx, city.citizen, ids[name], 'de'));
  }
  expectOk(await act(city.ctx, officer, { caseId: ids.checked, command: { action: 'confirm-complete' } }));
  expectOk(await act(city.ctx, city.citizen, { caseId: ids.withdrawn, command: { action: 'withdraw', reason: '' } }));
  // a new version: four weeks instead of eight, and the telephone becomes required
  folder = mkdtempSync(join(tmpdir(), 'kontor-services-'));
  cpSync(join(repositoryRoot, 'services'), folder, { recursive: true });
  const change = (file: string, find: string, by: string): void => {
    const path = join(folder, 'baumfaellung', file);
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes(find), `${file} has no «${find}»`);
    writeFileSync(path, text.replace(find, by));
  };
  change('service.yaml', 'version: 1.1.0', 'version: 2.0.0');
  change('process.yaml', 'decisionPeriod: { length: 8', 'decisionPeriod: { length: 4');
  change('form.yaml', 'id: phone, type: tel, required: false', 'id: phone, type: tel, required: true');
  change('walk.yaml', '  truthful: true', '  phone: "040 115"\n  truthful: true');
  const services = await loadServices(folder, Temporal.PlainDate.from('2026-11-24'));
  assert.deepEqual(services.mistakes, []);
  next = { ...city.ctx, desk: await openServiceDesk(city.ctx, services) };
});
after(async () => {
  await city.close();
  rmSync(folder, { recursive: true, force: true });
});

const old = async () => expectOk(await previewMigration(next, 'baumfaellung')).old;

it('a new version touches no running case by itself', async () => {
  const { pkg, deadline } = expectOk(await openCase(next, officer, ids.checked));
  assert.equal(pkg.version, '1.1.0');
  assert.equal(deadline?.date.toString(), '2027-01-19');
});

it('the preview says what changes, for how many and for whom', async () => {
  const [one] = await old();
  assert.deepEqual([one!.version, one!.cases], ['1.1.0', 2]);
  assert.ok(one!.diff.changes.length > 0);
  const checked = one!.affected.find(({ id }) => id === ids.checked);
  assert.deepEqual([checked!.dueBefore, checked!.dueAfter], ['2027-01-19', '2026-12-22']);
  assert.match(checked!.missing.join(), /phone/);
});

it('an unsafe change needs a word of confirmation, and every change its reason', async () => {
  const [{ hash, diff }] = (await old()) as [Awaited<ReturnType<typeof old>>[number]];
  const input = { service: 'baumfaellung', from: hash, reason: 'Neue Verordnung', confirmed: false };
  assert.equal(diff.safe, false);
  assert.equal((await migrateCases(next, ADMIN, input)).ok, false);
  assert.equal((await migrateCases(next, ADMIN, { ...input, confirmed: true, reason: ' ' })).ok, false);
  assert.equal((await migrateCases(next, ADMIN, { ...input, from: 'f'.repeat(64), confirmed: true })).ok, false);
  assert.equal((await old())[0]!.cases, 2);
});

it('open cases go over, journalled with who and why; what is at its end stays; a second run finds nothing', async () => {
  const [{ hash }] = (await old()) as [Awaited<ReturnType<typeof old>>[number]];
  const input = { service: 'baumfaellung', from: hash, reason: 'Neue Verordnung', confirmed: true };
  assert.deepEqual(expectOk(await migrateCases(next, ADMIN, input)), { changed: 2, skipped: 0 });
  const { pkg, deadline, history } = expectOk(await openCase(next, officer, ids.checked));
  assert.deepEqual([pkg.version, deadline?.date.toString()], ['2.0.0', '2026-12-22']);
  const event = history.find((one) => one.kind === 'fassung-gewechselt');
  assert.deepEqual([event?.actor, event?.facts.packageVersion, event?.content.reason], [`staff:${ADMIN.staffId}`, '2.0.0', 'Neue Verordnung']);
  assert.equal(expectOk(await openCase(next, city.citizen, ids.withdrawn)).pkg.version, '1.1.0');
  assert.deepEqual(await old(), []);
  assert.deepEqual(expectOk(await migrateCases(next, ADMIN, input)), { changed: 0, skipped: 0 });
});
