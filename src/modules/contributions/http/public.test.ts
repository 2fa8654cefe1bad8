import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { expectOk } from '../../../kernel/result.ts';
import { contributionsCity, DISPLAY, type ContributionsCity } from '../../../../test/support/contributions-city.ts';
import { API, ContributionsClient, WORDS } from '../../../../test/support/contributions-client.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { ACTORS } from '../../../../test/support/test-server.ts';
import { newReceipt } from '../application/contribute.ts';
import { moderate } from '../public.ts';

for (const engine of engines) {
  describe(`contributions on ${engine}`, () => {
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
      key = `platz-${(count += 1)}`;
    });

    it('takes a contribution without account or JavaScript, shows it after the authority has read it, on map, list, API and as open data', async () => {
      await city.make({ key, displayId: DISPLAY });
      const empty = await client.page(`/beteiligung/${key}/beitrag`);
      const receipt = /name="receipt" value="([\w-]{43})"/.exec(empty)![1]!;
      const sent = await client.form(`/beteiligung/${key}/beitrag`, {
        ...WORDS,
        receipt,
        shape: 'point',
        'place.lon': '9,95',
        'place.lat': '53,55',
        website: '',
      });
      assert.equal(sent.status, 303);
      assert.equal(sent.headers.get('location'), `/mein-beitrag/${receipt}`);
      assert.equal(sent.headers.get('set-cookie'), null, 'nothing is set for writing');
      assert.match(await client.page(`/mein-beitrag/${receipt}`), /Die Behörde liest ihn/);
      assert.doesNotMatch(await client.page(`/beteiligung/${key}`), /Mehr Bäume/);
      const [row] = (await client.json<{ items: { id: string; state: string }[] }>(`${API}/participations/${key}/queue`, 'sachbearbeitung')).items;
      assert.equal(row!.state, 'waiting');
      assert.equal((await city.server.request(`${API}/${row!.id}`)).status, 404, 'not public yet');
      await client.publish(row!.id);
      await city.jobs.drain();
      assert.equal(city.collected.get(row!.id), 'Mehr Bäume');
      const shown = await client.page(`/beteiligung/${key}`);
      assert.match(shown, /Mehr Bäume/);
      assert.match(shown, new RegExp(`href="/beteiligung/${DISPLAY}"`));
      assert.match(shown, /k-places__mark">1</);
      const features = await client.json<{ features: { geometry: object; properties: object }[] }>(`${API}/participations/${key}/features`);
      assert.deepEqual(features.features[0]!.geometry, { type: 'Point', coordinates: [9.95, 53.55] });
      assert.match(await client.page(`/beteiligung/${key}/karte.svg`), /^<svg/);
      assert.match(await client.page(`/mein-beitrag/${receipt}`), new RegExp(`/beteiligung/${key}/beitrag/1`));
    });

    it('filters map, list and API by category alike, and pages by number and by support', async () => {
      await city.make({ key });
      const all = [];
      for (let index = 0; index < 5; index += 1)
        all.push(await client.published({ title: `Beitrag ${index}`, category: index % 2 === 0 ? 'gruen' : 'verkehr' }));
      await client.post(`${API}/${all[1]!.id}/support`, {}, 'citizen');
      const filtered = await client.page(`/beteiligung/${key}?kategorie=verkehr`);
      assert.deepEqual(
        [...filtered.matchAll(/Beitrag (\d)<\/a>/g)].map(([, n]) => n),
        ['3', '1'],
      );
      assert.match(filtered, /kategorie=verkehr&amp;c=/, 'the picture has the same filter');
      assert.equal([...filtered.matchAll(/data-others="\[(.*?)\]"/g)][0]![1]!.match(/label/g)!.length, 2);
      const titles: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const answer: { items: { title: string }[]; next: string | null } = await client.json(
          `${API}/participations/${key}/contributions?limit=2&sorting=support${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        titles.push(...answer.items.map(({ title }) => title));
        cursor = answer.next;
      }
      assert.deepEqual(titles, ['Beitrag 1', 'Beitrag 4', 'Beitrag 3', 'Beitrag 2', 'Beitrag 0']);
      const { categories } = await client.json<{ categories: { id: string; contributions: number }[] }>(`${API}/participations/${key}`);
      assert.deepEqual(
        categories.map(({ id, contributions }) => [id, contributions]),
        [
          ['verkehr', 2],
          ['gruen', 3],
        ],
      );
      for (const made of ['WyJhIiwxXQ', 'WzFlOTksMV0', 'x'])
        assert.equal((await city.server.request(`/beteiligung/${key}?nach=${made}&kategorie=%00`)).status, 200);
    });

    it('shows at once where the authority reads afterwards, and has it in the queue', async () => {
      await city.make({ key, moderation: 'after' });
      const { id, state } = await client.write();
      assert.equal(state, 'published');
      assert.equal((await client.json<{ items: { id: string }[] }>(`${API}/participations/${key}/queue`, 'leitung')).items[0]!.id, id);
    });

    it('sent twice is one contribution, also when both arrive together', async () => {
      await city.make({ key });
      const receipt = newReceipt();
      const both = await Promise.all([client.write({ receipt }), client.write({ receipt })]);
      assert.equal(both[0].id, both[1].id);
      assert.equal((await client.write({ receipt, title: 'Anders' })).number, 1);
      assert.equal((await client.json<{ items: object[] }>(`${API}/participations/${key}/queue`, 'leitung')).items.length, 1);
    });

    it('draws lines and areas point by point without JavaScript, and keeps everything typed meanwhile', async () => {
      await city.make({ key });
      const typed = { ...WORDS, receipt: newReceipt(), shape: 'line', email: 'a@b.example' };
      const first = await (await client.form(`/beteiligung/${key}/beitrag`, { ...typed, 'place.lon': '9.95', 'place.lat': '53.55', 'add-place': 'ja' })).text();
      const places = /name="places" value="([^"]*)"/.exec(first)![1]!;
      assert.equal(places, '9.95,53.55');
      assert.match(first, /Ein Platz braucht Schatten/);
      assert.match(first, /a@b\.example/);
      assert.match(first, /value="line" checked/);
      const sent = await client.form(`/beteiligung/${key}/beitrag`, { ...typed, places, 'place.lon': '9.96', 'place.lat': '53.56' });
      assert.equal(sent.status, 303);
      const drawn = async (query: string): Promise<number> =>
        (await client.page(`/beteiligung/${key}/karte.svg?${query}`)).match(/stroke-width="4" stroke-linecap="round"/g)?.length ?? 0;
      const lines = async (): Promise<number[]> => Promise.all(['', 'nur=rand', 'nur=1', 'nur=2'].map(drawn));
      const base = await drawn('nur=rand');
      assert.deepEqual(await lines(), [base, base, base, base], 'what waits is on no picture');
      const [row] = (
        await client.json<{ items: { id: string; geometry: { type: string; coordinates: unknown[] } }[] }>(`${API}/participations/${key}/queue`, 'leitung')
      ).items;
      await client.publish(row!.id);
      assert.deepEqual(await lines(), [base + 1, base, base + 1, base]);
      assert.equal(row!.geometry.type, 'LineString');
      assert.equal(row!.geometry.coordinates.length, 2);
    });

    it('says what is wrong at its field, in one go, and keeps what was typed', async () => {
      await city.make({ key });
      const long = 'Wort '.repeat(2000);
      const answer = await client.form(`/beteiligung/${key}/beitrag`, {
        receipt: newReceipt(),
        title: '',
        text: long,
        'place.lon': '9.2',
        'place.lat': '53.2',
      });
      assert.equal(answer.status, 422);
      const text = await answer.text();
      assert.match(text, /Adresse|außerhalb|Hamburg|Karte/);
      assert.ok(text.includes(long.trim()), 'the long text is still there');
      const outside = await client.post(`${API}/participations/${key}/contributions`, {
        ...WORDS,
        category: 'x',
        title: '',
        points: [{ lon: 10.5, lat: 53.55 }],
        email: 'a b',
      });
      assert.equal(outside.status, 422);
      assert.deepEqual(((await outside.json()) as { errors: { field: string }[] }).errors.map(({ field }) => field).toSorted(), [
        'category',
        'email',
        'place',
        'title',
      ]);
    });

    it('hostile words: a script is text, a megabyte is refused with a sentence, NUL and turned marks are gone', async () => {
      await city.make({ key, moderation: 'after' });
      const script = '<script>alert(1)</script><img src=x onerror=alert(1)>';
      const one = await client.write({ title: script, text: `${script}\u0000\u202e"'` });
      for (const path of [`/beteiligung/${key}`, `/beteiligung/${key}/beitrag/${one.number}`, `/mein-beitrag/${one.receipt}`]) {
        const text = await client.page(path);
        assert.ok(!text.includes('<script>alert') && !text.includes('<img src=x'), path);
        assert.match(text, /&lt;script&gt;alert/);
      }
      assert.ok(!(await client.page(`/amt/beteiligung/${key}`, 'leitung')).includes('<script>alert'));
      const million = 'x'.repeat(1_000_000);
      const refused = await client.form(`/beteiligung/${key}/beitrag`, { ...WORDS, receipt: newReceipt(), text: million });
      assert.equal(refused.status, 422);
      assert.match(await refused.text(), /Der Text hat 1000000 Zeichen/);
      assert.equal((await client.form(`/beteiligung/${key}/beitrag`, { ...WORDS, receipt: newReceipt(), text: million + million })).status, 413);
      assert.equal((await client.post(`${API}/participations/${key}/contributions`, { ...WORDS, text: million })).status, 422);
      // a cell of a table must not become a formula
      await client.write({ title: '=HYPERLINK("http://x")' });
      const csv = await client.page(`/amt/beteiligung/${key}/auswertung/tabelle.csv`, 'leitung');
      assert.match(csv, /"'=HYPERLINK\(""http:\/\/x""\)"/);
    });

    it('a program that fills in the hidden field is refused, a person keeps the words', async () => {
      await city.make({ key });
      const caught = await client.form(`/beteiligung/${key}/beitrag`, { ...WORDS, receipt: newReceipt(), website: 'http://spam.example' });
      assert.equal(caught.status, 422);
      const text = await caught.text();
      assert.match(text, /muss, ist ausgefüllt/);
      assert.match(text, /Ein Platz braucht Schatten/);
    });

    it('takes nothing after the last day, not a moment, and leads to the display with all that was typed', async () => {
      await city.make({ key, displayId: undefined });
      const last = city.clock.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate().add({ days: 10 });
      const midnight = last.add({ days: 1 }).toZonedDateTime('Europe/Berlin').toInstant();
      const before = city.clock.now();
      const one = await client.published();
      try {
        city.clock.set(midnight.subtract({ milliseconds: 1 }));
        assert.equal((await client.write({ title: 'In letzter Sekunde' })).state, 'waiting');
        await city.ctx.database.write(async (tx) => {
          await sql`update contributions.participation set display_id = null where display_id = ${DISPLAY}`.execute(tx);
          await sql`update contributions.participation set display_id = ${DISPLAY} where key = ${key}`.execute(tx);
        });
        city.clock.set(midnight);
        const late = await client.form(`/beteiligung/${key}/beitrag`, { ...WORDS, receipt: newReceipt(), title: 'Zu spät', places: '9.95,53.55' });
        assert.equal(late.status, 409);
        const text = await late.text();
        assert.match(text, /Ihr Beitrag wurde nicht angenommen/);
        assert.match(text, /Zu spät/);
        assert.match(text, /Ein Platz braucht Schatten/);
        assert.match(text, /53,55° N/);
        assert.match(text, new RegExp(`href="/beteiligung/${DISPLAY}"[^>]*>[\\s\\S]*förmlichen Stellungnahme`));
        assert.equal((await client.post(`${API}/${one.id}/support`, {}, 'citizen')).status, 409);
        assert.equal((await client.post(`${API}/${one.id}/comments`, { text: 'Spät' })).status, 409);
        assert.doesNotMatch(await client.page(`/beteiligung/${key}`), /Beitrag schreiben/);
        assert.equal((await client.json<{ items: object[] }>(`${API}/participations/${key}/queue?view=all`, 'leitung')).items.length, 2);
        assert.equal((await city.server.request(`${API}/receipts/${one.receipt}`, { method: 'DELETE' })).status, 200, 'taking back goes on');
      } finally {
        city.clock.set(before);
      }
    });

    it('each person supports once: by account, or by a cookie that names nobody', async () => {
      await city.make({ key });
      const { id } = await client.published();
      await Promise.all([1, 2, 3].map(() => client.post(`${API}/${id}/support`, {}, 'citizen')));
      assert.equal(await client.supportOf(id), 1);
      const first = await client.post(`${API}/${id}/support`, {});
      const cookie = /kontor_mitreden=([^;]+)/.exec(first.headers.get('set-cookie') ?? '')![1]!;
      assert.match(cookie, /^[\w-]{22}\.[\w-]{43}$/);
      assert.match(first.headers.get('set-cookie')!, /HttpOnly/i);
      const again = await client.post(`${API}/${id}/support`, {}, undefined, `kontor_mitreden=${cookie}`);
      assert.equal(again.headers.get('set-cookie'), null);
      assert.equal(await client.supportOf(id), 2);
      await client.post(`${API}/${id}/support`, {}, undefined, `kontor_mitreden=${'A'.repeat(22)}.${'B'.repeat(43)}`);
      assert.equal(await client.supportOf(id), 3, 'a made-up cookie is nobody we know, and gets one of ours');
      const back = await city.server.request(`${API}/${id}/support`, { method: 'DELETE', headers: { cookie: `kontor_mitreden=${cookie}` } });
      assert.deepEqual(await back.json(), { support: 2 });
      assert.equal((await city.server.request(`${API}/${id}/support`, { method: 'DELETE' })).status, 200);
      assert.equal(await client.supportOf(id), 2);
      const rows = await sql<{ supporter: string }>`select supporter from contributions.support where contribution_id = ${id}`.execute(city.database.read);
      assert.ok(rows.rows.every(({ supporter }) => !supporter.includes(ACTORS.citizen.accountId) && !supporter.includes(cookie.slice(0, 22))));
    });

    it('comments wait like contributions, are counted when public, and can be reported and hidden', async () => {
      await city.make({ key });
      const { id, number } = await client.published();
      const said = (await (await client.post(`${API}/${id}/comments`, { text: 'Ja, bitte!' })).json()) as { id: string; state: string; receipt: string };
      assert.equal(said.state, 'waiting');
      assert.doesNotMatch(await client.page(`/beteiligung/${key}/beitrag/${number}`), /Ja, bitte/);
      assert.equal((await client.post(`${API}/comments/${said.id}/moderation`, { action: 'publish' }, 'leitung')).status, 200);
      assert.match(await client.page(`/beteiligung/${key}/beitrag/${number}`), /Ja, bitte/);
      assert.equal((await client.json<{ comments: number }>(`${API}/${id}`)).comments, 1);
      assert.equal((await client.post(`${API}/${id}/reports`, { commentId: said.id, reason: 'beleidigung', text: 'Gemein' })).status, 200);
      assert.equal((await client.post(`${API}/${id}/reports`, { reason: 'egal' })).status, 422);
      assert.match(await client.page(`/amt/beteiligung/${key}`, 'sachbearbeitung'), /Gemein/);
      assert.equal((await client.post(`${API}/comments/${said.id}/moderation`, { action: 'hide', because: 'beleidigung' }, 'leitung')).status, 200);
      assert.equal((await client.json<{ comments: number }>(`${API}/${id}`)).comments, 0);
      assert.match(await client.page(`/mein-beitrag/${said.receipt}`), /Beleidigt oder bedroht/);
      assert.doesNotMatch(await client.page(`/amt/beteiligung/${key}`, 'sachbearbeitung'), /Gemein/);
    });

    it('many reports of one thing are kept as few, and hide nothing', async () => {
      await city.make({ key });
      const { id } = await client.published();
      for (let index = 0; index < 30; index += 1) assert.equal((await client.post(`${API}/${id}/reports`, { reason: 'werbung' })).status, 200);
      const [row] = (await client.json<{ items: { reports: object[] }[] }>(`${API}/participations/${key}/queue`, 'leitung')).items;
      assert.equal(row!.reports.length, 20);
      assert.equal((await city.server.request(`${API}/${id}`)).status, 200);
    });

    it('made-up addresses are not found, whatever their form', async () => {
      await city.make({ key });
      for (const path of [
        '/beteiligung/gibt-es-nicht',
        '/beteiligung/gibt-es-nicht/beitrag',
        '/beteiligung/gibt-es-nicht/karte.svg',
        '/beteiligung/gibt-es-nicht/live',
        `/beteiligung/${key}/beitrag/99`,
        `/beteiligung/${key}/beitrag/-1`,
        `/beteiligung/${key}/beitrag/1e400`,
        `/beteiligung/${key}/beitrag/99999999999999999999`,
        `/mein-beitrag/${'A'.repeat(43)}`,
        '/mein-beitrag/x',
        `${API}/receipts/x`,
      ])
        assert.equal((await city.server.request(path)).status, 404, path);
      assert.equal((await city.server.request('/beteiligung/%00')).status, 404);
      assert.equal((await city.server.request(`${API}/participations/${key}/contributions?category=%00`)).status, 422);
      assert.equal((await client.post(`${API}/participations/${key}/contributions`, { ...WORDS, email: 'a\u0000@b.example' })).status, 422);
    });
  });
}

it('one address can support only so often in a while', async () => {
  const city = await contributionsCity({ engine: 'pglite', serve: { rateLimit: 1 } });
  try {
    await city.make();
    const one = await city.server.request(`${API}/participations/hafenplatz/contributions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ category: 'gruen', title: 'Flut', text: 'Wasser.' }),
    });
    const { id } = (await one.json()) as { id: string };
    expectOk(await moderate(city.ctx, ACTORS.sachbearbeitung, { contributionId: id, command: { action: 'publish' } }));
    const answers = [];
    for (let index = 0; index < 60; index += 1) answers.push((await city.server.request(`${API}/${id}/support`, { method: 'POST' })).status);
    assert.ok(answers.filter((status) => status === 200).length <= 20, 'a flood is a trickle');
    assert.equal(answers.at(-1), 429);
  } finally {
    await city.close();
  }
});
