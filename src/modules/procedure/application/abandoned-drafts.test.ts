import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { filledDraft, picture, procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { expectOk } from '../../../kernel/result.ts';
import { getFile } from '../../../platform/files/files.ts';
import { listLetters } from '../store/letters.ts';
import { findDraft } from '../store/drafts.ts';
import { listUploads } from '../store/uploads.ts';
import { deletedDrafts, draftEnds, keepDraft, tidyDrafts } from './abandoned-drafts.ts';
import type { ProcedureContext } from './context.ts';
import { discardDraft, savePage } from './drafts.ts';
import { submit } from './submit.ts';
import { useOfServices } from './use.ts';
import { addUpload } from './uploads.ts';

for (const engine of engines) {
  describe(`drafts that nobody works on, on ${engine}`, () => {
    let city: ProcedureCity;
    before(async () => {
      city = await procedureCity({ engine });
    });
    after(() => city.close());

    const db = () => city.ctx.database.read;
    const draftOf = (id: string) => findDraft(db(), id, { accountId: city.citizen.accountId });
    const tidyOn = (day: string, ctx: ProcedureContext = city.ctx) => {
      city.clock.set(`${day}T03:23:00Z`);
      return tidyDrafts(ctx);
    };
    const begun = (key = 'baumfaellung', day = '2026-11-24'): Promise<string> => {
      city.clock.set(`${day}T09:00:00Z`);
      return filledDraft(city, key);
    };

    it('discarding a draft deletes its files too, and never the bytes of a letter that was handed in again', async () => {
      const decided = await begun('bewohnerparkausweis');
      expectOk(await submit(city.ctx, city.citizen, decided, 'de'));
      await city.jobs.drain();
      const letter = (await listLetters(db(), decided)).find(({ kind }) => kind === 'bescheid')!;
      const { bytes } = (await getFile(db(), letter.sha256))!;
      const id = await begun('sondernutzung');
      expectOk(
        await addUpload(city.ctx, city.citizen, { ownerId: id, slot: 'lageplan', field: 'plan', fileName: 'own.png', bytes: picture(77), tooLarge: false }),
      );
      expectOk(await addUpload(city.ctx, city.citizen, { ownerId: id, slot: 'lageplan', field: 'plan', fileName: 'bescheid.pdf', bytes, tooLarge: false }));
      const own = (await listUploads(db(), id)).find(({ fileName }) => fileName === 'own.png')!;
      expectOk(await discardDraft(city.ctx, city.citizen, id));
      assert.deepEqual(await listUploads(db(), id), []);
      assert.equal(await getFile(db(), own.sha256), undefined);
      assert.ok((await getFile(db(), letter.sha256)) !== undefined, 'the Bescheid is still there');
    });

    it('is announced, deleted a month later with its files, counted without a name and told in the account’s journal', async () => {
      const id = await begun();
      expectOk(
        await addUpload(city.ctx, city.citizen, { ownerId: id, slot: 'foto.0', field: 'photo', fileName: 'nur-hier.png', bytes: picture(91), tooLarge: false }),
      );
      const file = (await listUploads(db(), id)).find(({ fileName }) => fileName === 'nur-hier.png');
      assert.deepEqual(await tidyOn('2027-10-24'), { announced: 0, deleted: 0 });
      assert.deepEqual(await tidyOn('2027-10-25'), { announced: 1, deleted: 0 });
      assert.deepEqual(await tidyOn('2027-10-25'), { announced: 0, deleted: 0 }, 'once');
      assert.deepEqual(
        (await draftEnds(city.ctx, db(), [city.citizen.accountId])).map(({ draftId, day }) => [draftId, day.toString()]),
        [[id, '2027-11-24']],
      );
      assert.deepEqual(await draftEnds(city.ctx, db(), [city.stranger.accountId]), []);
      assert.deepEqual(await tidyOn('2027-11-23'), { announced: 0, deleted: 0 });
      assert.deepEqual(await tidyOn('2027-11-24'), { announced: 0, deleted: 1 });
      assert.deepEqual(await tidyOn('2027-11-24'), { announced: 0, deleted: 0 });
      assert.equal(await draftOf(id), undefined);
      assert.deepEqual(await listUploads(db(), id), []);
      assert.equal(await getFile(db(), file!.sha256), undefined);
      assert.deepEqual(
        (await deletedDrafts(city.ctx, city.citizen)).map((one) => ({ ...one, deletedOn: one.deletedOn.toString() })),
        [{ draftId: id, service: 'baumfaellung', deletedOn: '2027-11-24', months: 12 }],
      );
      assert.deepEqual(await deletedDrafts(city.ctx, city.stranger), []);
      const days = { from: Temporal.PlainDate.from('2026-11-01'), until: Temporal.PlainDate.from('2026-11-30') };
      const use = (await useOfServices(city.ctx, days)).find(({ service }) => service === 'baumfaellung');
      assert.equal(use?.givenUp, 1, 'the rates do not forget that it was left');
    });

    it('any save, any file and the button keep it for another year', async () => {
      const steps: [string, (id: string) => Promise<unknown>][] = [
        ['the button', async (id) => expectOk(await keepDraft(city.ctx, city.citizen, id))],
        [
          'a page',
          async (id) =>
            expectOk(await savePage(city.ctx, city.citizen, { draftId: id, pageId: 'termin', posted: new URLSearchParams({ urgent: 'false' }), lang: 'de' })),
        ],
        [
          'a file',
          async (id) =>
            expectOk(
              await addUpload(city.ctx, city.citizen, { ownerId: id, slot: 'foto.0', field: 'photo', fileName: 'neu.png', bytes: picture(5), tooLarge: false }),
            ),
        ],
      ];
      for (const [name, step] of steps) {
        const id = await begun('baumfaellung', '2026-11-24');
        await tidyOn('2027-11-01');
        assert.equal((await draftOf(id))?.announcedOn?.toString(), '2027-11-01', name);
        await step(id);
        assert.equal((await draftOf(id))?.announcedOn, undefined, name);
        await tidyOn('2028-01-15');
        assert.ok((await draftOf(id)) !== undefined, name);
        expectOk(await discardDraft(city.ctx, city.citizen, id));
      }
      const other = await begun();
      assert.equal((await keepDraft(city.ctx, city.stranger, other)).ok, false, 'nobody else’s');
      expectOk(await discardDraft(city.ctx, city.citizen, other));
    });

    it('full notice after a standstill; a draft with a guide over it waits; one that fails keeps no other', async () => {
      const [helped, broken, plain] = [await begun(), await begun(), await begun()];
      assert.deepEqual(await tidyOn('2029-03-01'), { announced: 3, deleted: 0 }, 'nothing goes without an announcement');
      assert.deepEqual(await tidyOn('2029-03-30'), { announced: 0, deleted: 0 });
      const ended: string[] = [];
      const ctx: ProcedureContext = {
        ...city.ctx,
        help: {
          typedSince: async () => new Set(),
          isOpen: async (_db, id) => {
            if (id === broken) throw new Error('broken');
            return id === helped;
          },
          close: async (_tx, id) => {
            ended.push(id);
            return { helped: [], entries: [] };
          },
        },
      };
      assert.deepEqual(await tidyOn('2029-03-31', ctx), { announced: 0, deleted: 1 });
      assert.deepEqual(ended, [plain], 'help that was given ends with it');
      assert.ok((await draftOf(helped)) !== undefined && (await draftOf(broken)) !== undefined);
      assert.deepEqual(await tidyOn('2029-04-01'), { announced: 0, deleted: 2 }, 'the next day');
      const { rows } = await sql`select 1 from procedure.upload where owner_id = any(${[helped, broken, plain]}::uuid[])`.execute(db());
      assert.equal(rows.length, 0);
    });
  });
}
