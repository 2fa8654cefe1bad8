import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { expectOk } from '../../../kernel/result.ts';
import { repositoryRoot, temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { loadServices } from './load-services.ts';
import { openServiceDesk } from './service-desk.ts';

const TODAY = Temporal.PlainDate.from('2026-11-24');

for (const engine of engines) {
  describe(`the desk keeps every version that was ever live (${engine})`, () => {
    let city: TemporaryCity;
    let folder: string;
    before(async () => {
      city = await temporaryCity({ engine });
      folder = await mkdtemp(join(tmpdir(), 'kontor-desk-'));
      await cp(join(repositoryRoot, 'services'), folder, { recursive: true });
    });
    after(async () => {
      await city.close();
      await rm(folder, { recursive: true });
    });

    const open = async () => openServiceDesk(city.ctx, await loadServices(folder, TODAY));
    /** Edits a file on disk, as somebody does while the city runs. */
    async function edit(file: string, find: string, by: string): Promise<void> {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8');
      assert.ok(text.includes(find), `«${find}» is not in ${file}`);
      await writeFile(path, text.replace(find, by));
    }
    const versions = async (key: string): Promise<number> =>
      (await sql<{ hash: string }>`select hash from catalogue.package_version where key = ${key}`.execute(city.database.read)).rows.length;

    it('a case that began with the old package gets it back, whatever stands in the folder', async () => {
      const first = await open();
      const old = first.current('baumfaellung')!;
      await edit('baumfaellung/service.yaml', 'minCents: 2500', 'minCents: 9900');
      // the running city does not notice: what it offers was checked when it started
      assert.equal(first.current('baumfaellung'), old);
      const next = await open();
      const fresh = next.current('baumfaellung')!;
      assert.notEqual(fresh.hash, old.hash);
      assert.equal(fresh.fees[0]!.minCents, 9900);
      const pinned = await next.pinned(old.hash);
      assert.equal(pinned.fees[0]!.minCents, 2500);
      assert.deepEqual({ ...pinned, rules: undefined }, { ...old, rules: undefined });
      assert.deepEqual([...pinned.rules.keys()], [...old.rules.keys()]);
      assert.equal(await versions('baumfaellung'), 2);
    });

    it('the same package opened again is the same version', async () => {
      const before = await versions('baumfaellung');
      await open();
      await open();
      assert.equal(await versions('baumfaellung'), before);
    });

    it('a changed shared letter makes a new version of every Leistung that uses it', async () => {
      const [tree, parking] = [await versions('baumfaellung'), await versions('bewohnerparkausweis')];
      await edit('letters/bescheid.typ', '== Gründe', '== Begründung');
      await open();
      assert.deepEqual([await versions('baumfaellung'), await versions('bewohnerparkausweis')], [tree + 1, parking + 1]);
    });

    it('a package broken on disk is not offered any more, but its cases go on', async () => {
      const { hash } = (await open()).current('baumfaellung')!;
      await edit('baumfaellung/service.yaml', 'trust: einfach', 'trust: mittel');
      const desk = await open();
      assert.equal(desk.current('baumfaellung'), undefined);
      assert.equal((await desk.pinned(hash)).trust, 'einfach');
      await edit('baumfaellung/service.yaml', 'trust: mittel', 'trust: einfach');
    });

    it('a package taken out of the folder stays readable for its cases', async () => {
      const { hash, name } = (await open()).current('bewohnerparkausweis')!;
      await rm(join(folder, 'bewohnerparkausweis'), { recursive: true });
      const desk = await open();
      assert.equal(desk.current('bewohnerparkausweis'), undefined);
      assert.deepEqual((await desk.pinned(hash)).name, name);
    });

    it('a version that another process made live is found too', async () => {
      const running = await open();
      await edit('baumfaellung/service.yaml', 'promisedWeeks: 8', 'promisedWeeks: 7');
      const { hash } = (await open()).current('baumfaellung')!;
      assert.equal((await running.pinned(hash)).promisedWeeks, 7);
    });

    it('a version that nobody ever had is a bug, not an empty package', async () => {
      await assert.rejects((await open()).pinned('0'.repeat(64)), /cannot be read any more/);
    });

    it('an authority nobody knows is a bug; a place outside is a refusal', async () => {
      const desk = await open();
      assert.throws(() => desk.authority('amt-fuer-nichts'), /unknown authority/);
      const pkg = desk.current('baumfaellung')!;
      assert.equal(expectOk(desk.responsible(pkg, pkg.walk.answers)).authority.id, 'bezirksamt-altona');
      const refused = desk.responsible(pkg, { trees: [{ position: { lon: 13.4, lat: 52.5 } }] });
      assert.ok(!refused.ok && refused.problem.kind === 'invalid-input');
    });
  });
}
