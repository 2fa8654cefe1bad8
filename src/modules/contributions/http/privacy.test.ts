import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { verifyJournal } from '../../../platform/journal/journal.ts';
import { contributionsCity, type ContributionsCity } from '../../../../test/support/contributions-city.ts';
import { API, ContributionsClient, WORDS } from '../../../../test/support/contributions-client.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { ACTORS, as } from '../../../../test/support/test-server.ts';
import { comment } from '../application/comment.ts';
import { newReceipt } from '../application/contribute.ts';
import { support } from '../application/support.ts';
import { forget } from '../application/forget.ts';

for (const engine of engines) {
  describe(`what a contribution tells of its author on ${engine}`, () => {
    let city: ContributionsCity;
    let key = '';
    let count = 0;
    const client = new ContributionsClient(
      () => city,
      () => key,
    );
    before(async () => {
      city = await contributionsCity({ engine });
    });
    after(() => city.close());
    beforeEach(() => {
      key = `privat-${(count += 1)}`;
    });

    it('a picture is told by its content, loses its metadata, and is public with its contribution', async () => {
      await city.make({ key });
      const sending = (bytes: Uint8Array, name: string): FormData => {
        const data = new FormData();
        for (const [field, value] of Object.entries({ ...WORDS, receipt: newReceipt(), shape: 'point' })) data.append(field, value);
        data.append('picture', new File([Uint8Array.from(bytes)], name));
        return data;
      };
      const bad = await city.server.request(`/beteiligung/${key}/beitrag`, {
        method: 'POST',
        body: sending(Buffer.from('<svg onload="alert(1)">'), 'bild.png'),
      });
      assert.equal(bad.status, 422);
      assert.match(await bad.text(), /kein JPEG oder PNG/);
      const sent = await city.server.request(`/beteiligung/${key}/beitrag`, { method: 'POST', body: sending(samplePicture(), 'bild.png') });
      assert.equal(sent.status, 303);
      const at = `/beteiligung/${key}/beitrag/1/bild`;
      assert.equal((await city.server.request(at)).status, 404);
      assert.equal((await city.server.request(at, { headers: as('leitung') })).status, 200);
      const [row] = (await client.json<{ items: { id: string }[] }>(`${API}/participations/${key}/queue`, 'leitung')).items;
      await client.publish(row!.id, true);
      const shown = await city.server.request(at);
      assert.equal(shown.headers.get('content-type'), 'image/png');
      const receipt = sent.headers.get('location')!.split('/').at(-1)!;
      const upload = new FormData();
      upload.append('picture', new File([Uint8Array.from(samplePicture())], 'a.png'));
      assert.equal(
        (await city.server.request(`${API}/receipts/${receipt}/picture`, { method: 'POST', body: upload })).status,
        409,
        'what was read is not changed',
      );
      await city.server.request(`${API}/receipts/${receipt}`, { method: 'DELETE' });
      assert.equal((await sql`select 1 from contributions.picture where contribution_id = ${row!.id}`.execute(city.database.read)).rows.length, 0);
    });

    it('a picture that comes after the words is seen by the authority before it counts as checked, and comes in time', async () => {
      const send = (receipt: string): Promise<Response> => {
        const body = new FormData();
        body.append('picture', new File([Uint8Array.from(samplePicture())], 'a.png'));
        return Promise.resolve(city.server.request(`${API}/receipts/${receipt}/picture`, { method: 'POST', body }));
      };
      await city.make({ key });
      const first = await client.write();
      assert.doesNotMatch(await client.page(`/amt/beteiligung/${key}`, 'leitung'), /name="bild"/);
      assert.equal((await send(first.receipt)).status, 200);
      const row = `/amt/beteiligung/${key}/beitrag/${first.id}`;
      const early = await client.form(row, { action: 'publish', ansicht: 'offen' }, 'leitung');
      assert.equal(early.status, 409);
      assert.match(await early.text(), /ein Bild, das Sie noch nicht gesehen haben[\s\S]*name="bild" value="ja"/);
      assert.equal((await client.post(`${API}/${first.id}/moderation`, { action: 'publish' }, 'leitung')).status, 409);
      assert.equal((await client.form(row, { action: 'publish', ansicht: 'offen', bild: 'ja' }, 'leitung')).status, 303);

      const open = `${key}-nachher`;
      await city.make({ key: open, moderation: 'after' });
      const other = new ContributionsClient(
        () => city,
        () => open,
      );
      const [shown, late] = [await other.write(), await other.write()];
      assert.equal((await other.post(`${API}/${shown.id}/moderation`, { action: 'keep' }, 'leitung')).status, 200);
      assert.equal((await send(shown.receipt)).status, 200);
      const queue = await client.json<{ items: { id: string }[] }>(`${API}/participations/${open}/queue`, 'leitung');
      assert.ok(
        queue.items.some(({ id }) => id === shown.id),
        'it is back in the queue',
      );
      assert.equal((await other.post(`${API}/${shown.id}/moderation`, { action: 'keep' }, 'leitung')).status, 409);
      assert.equal((await other.post(`${API}/${shown.id}/moderation`, { action: 'keep', hasPicture: true }, 'leitung')).status, 200);
      const now = city.clock.now();
      try {
        city.clock.advance({ days: 11 });
        const closed = await send(late.receipt);
        assert.equal(closed.status, 409);
        assert.match(await closed.text(), /beendet\. Das Bild wurde nicht angenommen/);
      } finally {
        city.clock.set(now);
      }
    });

    it('the author deletes by the link: words, place and supporters are gone, in the open data too; the journal never had them', async () => {
      await city.make({ key });
      const { id, number, receipt } = await client.published({ title: 'Unverwechselbar', email: 'wer@buerger.example', withAccount: true }, 'citizen');
      await client.post(`${API}/${id}/support`, {}, 'otherCitizen');
      await city.jobs.drain();
      assert.ok(city.collected.has(id));
      const opened = await client.page(`/mein-beitrag/${receipt}`);
      assert.match(opened, /Endgültig löschen/);
      assert.equal((await client.form(`/mein-beitrag/${receipt}/loeschen`, {})).headers.get('location'), '/mein-beitrag/geloescht');
      await city.jobs.drain();
      assert.ok(!city.collected.has(id));
      assert.equal((await city.server.request(`/beteiligung/${key}/beitrag/${number}`)).status, 404);
      assert.equal((await city.server.request(`/mein-beitrag/${receipt}`)).status, 404);
      const kept = await sql<{ all: string }>`select c::text as "all" from contributions.contribution c where id = ${id}`.execute(city.database.read);
      assert.doesNotMatch(kept.rows[0]!.all, /Unverwechselbar|53\.55|9\.95/);
      const journal = await sql<{
        all: string;
      }>`select string_agg(actor || ' ' || payload, ' ') as "all" from platform.journal where stream like 'contributions:%'`.execute(city.database.read);
      assert.doesNotMatch(journal.rows[0]!.all, /Unverwechselbar|Schatten|buerger\.example|citizen:/);
      assert.doesNotMatch(JSON.stringify(city.log.lines), /Unverwechselbar|Schatten|buerger\.example/);
      const mails = await sql<{ body: string }>`select body from platform.demo_mail where recipient = 'wer@buerger.example'`.execute(city.database.read);
      assert.ok(mails.rows[0]!.body.includes(`/mein-beitrag/${receipt}`));
      const tables = await sql<{ n: number }>`select count(*) as n from contributions.contribution c where c::text like '%buerger.example%'`.execute(
        city.database.read,
      );
      assert.equal(tables.rows[0]!.n, 0);
      assert.equal((await verifyJournal(city.database.read)).broken, undefined);
    });

    it('who deletes takes nobody else’s words along: what was merged into it waits with its own supporters, comments stay their authors’', async () => {
      await city.make({ key, moderation: 'after' });
      const [first, second, third] = [await client.write({ title: 'Eins' }), await client.write({ title: 'Zwei' }), await client.write({ title: 'Drei' })];
      for (const [{ id }, who] of [
        [first, 'citizen'],
        [first, 'otherCitizen'],
        [second, 'citizen'],
        [third, 'otherCitizen'],
      ] as const)
        await client.post(`${API}/${id}/support`, {}, who);
      const [onFirst, onThird] = [newReceipt(), newReceipt()];
      await client.post(`${API}/${first.id}/comments`, { text: 'Zum ersten.', receipt: onFirst });
      await client.post(`${API}/${third.id}/comments`, { text: 'Zum dritten.', receipt: onThird });
      for (const [from, into] of [
        [first, second],
        [second, third],
      ] as const)
        assert.equal((await client.post(`${API}/${from.id}/moderation`, { action: 'merge', into: into.number }, 'leitung')).status, 200);
      assert.equal(await client.supportOf(third.id), 2);
      expectOk(await support(city.ctx, { actor: ACTORS.citizen, cookie: undefined }, { contributionId: third.id, withdraw: true }));
      assert.equal(await client.supportOf(third.id), 1);

      assert.equal((await client.form(`/mein-beitrag/${third.receipt}/loeschen`, {})).status, 303);
      const { items } = await client.json<{ items: { title: string; state: string; support: number; commentList: { text: string }[] }[] }>(
        `${API}/participations/${key}/queue`,
        'leitung',
      );
      assert.deepEqual(
        items.map(({ title, state, support: count, commentList }) => [title, state, count, commentList.map(({ text }) => text)]),
        [
          ['Eins', 'waiting', 1, ['Zum ersten.']],
          ['Zwei', 'waiting', 0, []],
        ],
      );
      assert.match(await client.page(`/mein-beitrag/${first.receipt}`), /Eins/);
      for (const [receipt, words] of [
        [onFirst, /Zum ersten\./],
        [onThird, /Zum dritten\./],
      ] as const) {
        assert.match(await client.page(`/mein-beitrag/${receipt}`), words);
        assert.equal((await client.form(`/mein-beitrag/${receipt}/loeschen`, {})).status, 303);
        assert.doesNotMatch(await client.page(`/mein-beitrag/${receipt}`), words);
      }
    });

    it('who wrote with an account finds it there and nobody else does, and is told by mail of a decision', async () => {
      await city.make({ key });
      const { id } = await client.write({ withAccount: true }, 'citizen');
      assert.match(await client.page('/meine-beitraege', 'citizen'), new RegExp(`/mein-beitrag/${id}`));
      assert.equal((await city.server.request(`/mein-beitrag/${id}`, { headers: as('citizen') })).status, 200);
      for (const who of ['otherCitizen', 'leitung', undefined] as const)
        assert.equal((await city.server.request(`/mein-beitrag/${id}`, { headers: who === undefined ? {} : as(who) })).status, 404, String(who));
      const hide = { action: 'hide', because: 'thema', note: 'Bitte an anderer Stelle.' };
      assert.equal((await client.post(`${API}/${id}/moderation`, hide, 'sachbearbeitung')).status, 200);
      await city.jobs.drain();
      const mails = await sql<{ body: string }>`select body from platform.demo_mail where recipient = 'katharina@buerger.example'`.execute(city.database.read);
      assert.ok(mails.rows.some(({ body }) => body.includes(`/mein-beitrag/${id}`) && !body.includes('Schatten')));
      assert.match(await client.page(`/mein-beitrag/${id}`, 'citizen'), /Bitte an anderer Stelle/);
    });

    it('an opinion is nobody’s agent: who acts for somebody writes and supports in their own name', async () => {
      await city.make({ key });
      const { id } = await client.published();
      const { citizen, otherCitizen } = ACTORS;
      const agent = {
        accountId: otherCitizen.accountId,
        mandateId: '0190a000-0000-7000-8000-0000000000aa',
        trust: 'einfach',
        receives: true,
        writes: true,
      } as const;
      const acting: Actor = { ...citizen, agent };
      for (const actor of [acting, otherCitizen]) expectOk(await support(city.ctx, { actor, cookie: undefined }, { contributionId: id, withdraw: false }));
      assert.equal(await client.supportOf(id), 1);
      const receipt = newReceipt();
      const said = expectOk(await comment(city.ctx, acting, { contributionId: id, text: 'Gern.', receipt, withAccount: true, trap: '' }));
      assert.equal((await city.server.request(`/mein-beitrag/${said.id}`, { headers: as('otherCitizen') })).status, 200);
      assert.equal((await city.server.request(`/mein-beitrag/${said.id}`, { headers: as('citizen') })).status, 404);
    });

    it('a comment is tied to no account unless its author wishes', async () => {
      await city.make({ key });
      const { id } = await client.published();
      for (const withAccount of [false, true]) {
        const sent = (await (await client.post(`${API}/${id}/comments`, { text: 'Ja.', withAccount }, 'citizen')).json()) as { id: string };
        assert.equal((await city.server.request(`/mein-beitrag/${sent.id}`, { headers: as('citizen') })).status, withAccount ? 200 : 404);
      }
    });

    it('after the retention period nothing leads to anybody; what is public stays with its counts', async () => {
      await city.make({ key });
      const shown = await client.published({ withAccount: true }, 'citizen');
      await client.post(`${API}/${shown.id}/support`, {}, 'otherCitizen');
      const waiting = await client.write({ title: 'Nie gelesen' });
      const before = city.clock.now();
      try {
        city.clock.advance({ days: 10 + 365 });
        await forget(city.ctx);
        assert.equal((await city.server.request(`/mein-beitrag/${shown.receipt}`)).status, 200, 'the last day is still in it');
        city.clock.advance({ days: 1 });
        assert.ok((await forget(city.ctx)) >= 1);
        assert.equal(await forget(city.ctx), 0);
        assert.equal((await city.server.request(`/mein-beitrag/${shown.receipt}`)).status, 404);
        assert.equal(await client.supportOf(shown.id), 1);
        const rows = await sql<{ all: string; account: string | null }>`select title || text as "all", account_id as account from contributions.contribution
          where id in (${shown.id}, ${waiting.id}) order by number`.execute(city.database.read);
        assert.deepEqual(
          rows.rows.map(({ all, account }) => [all, account]),
          [
            [`${WORDS.title}${WORDS.text}`, null],
            ['', null],
          ],
        );
        assert.equal((await sql`select 1 from contributions.support where contribution_id = ${shown.id}`.execute(city.database.read)).rows.length, 0);
      } finally {
        city.clock.set(before);
      }
    });
  });
}
