import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { staffSeen, type LageCity, lageCity } from '../../../../test/support/lage-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import { changePicture, digestOf, showInPicture } from '../application/picture.ts';
import { enterLage } from '../application/enter-lage.ts';
import { selectPicture } from '../store/picture.ts';
import type { PictureObject } from '../../../kernel/picture.ts';

let city: LageCity;
before(async () => {
  city = await lageCity();
});
after(() => city.close());

const AREA = { type: 'Point', coordinates: [9.97, 53.54] } as const;

const thing = (id: string, over: Partial<PictureObject> = {}): PictureObject => ({
  id: `unit:${id}`,
  kind: 'unit',
  layer: 'kraefte',
  title: id,
  geometry: AREA,
  facts: {},
  source: { kind: 'system', name: 'test' },
  eventAt: city.ctx.clock(),
  receivedAt: city.ctx.clock(),
  ...over,
});

async function put(key: string, shown: readonly PictureObject[], ended: readonly string[] = []): Promise<void> {
  const { lage } = expectOk(await enterLage(city.ctx, city.leader, key, 'read'));
  await city.ctx.database.write(async (tx) => {
    const entry = await changePicture(tx, lage.id, { shown, ended }, city.ctx.clock());
    await city.ctx.journal.append(tx, { kind: 'system', job: 'test' }, city.ctx.clock(), [entry]);
  });
}

describe('a Lage', () => {
  it('is opened by who works in a Krisenstab, who then leads it; the log has it', async () => {
    const opened = await city.call('leader', 'POST', '/api/lagen', { title: 'Sturmflut Süd', hazard: 'sturmflut', organisation: 'Feuerwehr', name: 'Jens' });
    assert.equal(opened.status, 201, await opened.clone().text());
    const { key } = (await opened.json()) as { key: string };
    assert.match(key, /^sturmflut-sued-\d{4}-\d\d-\d\d$/);
    const { rows } = await sql<{ number: number; text: string }>`select number, text from logbook.entry order by number`.execute(city.ctx.database.read);
    assert.deepEqual(rows, [{ number: 1, text: 'Lage eröffnet: Sturmflut Süd. Leitung: Jens, Feuerwehr.' }]);
    assert.equal((await city.call('officer', 'POST', '/api/lagen', { title: 'x', hazard: 'brand', organisation: 'y', name: 'z' })).status, 403);
  });

  it('says all that is wrong at once, and keeps what was typed', async () => {
    const answer = await city.call('leader', 'POST', '/api/lagen', { title: ' ', hazard: 'brand', organisation: '', name: '' });
    assert.equal(answer.status, 422);
    const { errors } = (await answer.json()) as { errors: { field: string }[] };
    assert.deepEqual(errors.map(({ field }) => field).toSorted(), ['name', 'organisation', 'title']);
    const nul = await city.call('leader', 'POST', '/api/lagen', { title: 'a\u0000b', hazard: 'brand', organisation: 'x', name: 'y' });
    assert.equal(((await nul.json()) as { title: string }).title, 'a\ufffdb', 'what no database keeps becomes the sign for that');
    const page = await city.form('leader', '/lagen/neu', { title: 'Brand im Hafen', hazard: 'brand', organisation: '', name: 'J' });
    assert.equal(page.status, 422);
    assert.match(await page.text(), /value="Brand im Hafen"/);
  });

  it('is not there for who does not belong to it', async () => {
    const key = await city.lage('Geheim');
    for (const [who, path] of [
      ['stranger', `/lagen/${key}`],
      ['stranger', `/api/lagen/${key}`],
      ['stranger', `/api/lagen/${key}/objects`],
    ] as const)
      assert.equal((await city.call(who, 'GET', path)).status, 404, path);
    assert.deepEqual(((await (await city.call('stranger', 'GET', '/api/lagen')).json()) as { items: unknown[] }).items, []);
  });

  it('hands over its lead in one step: one person leads', async () => {
    const key = await city.lage('Übergabe');
    const { id } = await city.json('leader', 'POST', `/api/lagen/${key}/mitglieder`, {
      staffId: city.stranger.staffId,
      organisation: 'Polizei',
      function: 'S3',
    });
    assert.equal((await city.call('stranger', 'POST', `/api/lagen/${key}/leitung`, { memberId: id })).status, 403);
    await city.json('leader', 'POST', `/api/lagen/${key}/leitung`, { memberId: id });
    assert.equal((await city.json('stranger', 'GET', `/api/lagen/${key}`))['ledBy'], 'Polizei');
    assert.equal((await city.call('leader', 'POST', `/api/lagen/${key}/ende`, { because: 'x' })).status, 403);
    await city.json('stranger', 'POST', `/api/lagen/${key}/ende`, { because: 'Das Wasser fällt.' });
    assert.equal((await city.call('stranger', 'POST', `/api/lagen/${key}/objects`, { kind: 'hazard', title: 'x', geometry: AREA })).status, 409);
    assert.equal((await city.call('stranger', 'GET', `/api/lagen/${key}/objects`)).status, 200);
  });

  it('lets a guest in by a link that ends, and shows no more than was given', async () => {
    const key = await city.lage('Gäste');
    const until = city.ctx.clock().add({ hours: 1 }).toString();
    const invited = await city.json('leader', 'POST', `/api/lagen/${key}/gaeste`, {
      name: 'DRK',
      organisation: 'DRK',
      function: 'verbindung',
      layers: ['kraefte'],
      until,
    });
    const link = new URL(String(invited['link'])).pathname;
    assert.match(await (await city.call('nobody', 'GET', link)).text(), /Eintreten/);
    const entered = await city.form('nobody', link, {});
    const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
    const asGuest = (path: string) => city.server.request(path, { headers: { cookie } });
    await put(key, [thing('a'), thing('b', { id: 'person:b', kind: 'person', layer: 'personen' }), thing('c', { needToKnow: ['S2'] })]);
    const seen = (await (await asGuest(`/api/lagen/${key}/objects`)).json()) as { items: { id: string }[] };
    assert.deepEqual(
      seen.items.map(({ id }) => id),
      ['unit:a'],
    );
    assert.equal((await asGuest('/lagen')).status, 200);
    const other = await city.lage('Andere');
    assert.equal((await asGuest(`/api/lagen/${other}`)).status, 404);
    city.setClock(city.ctx.clock().add({ hours: 2 }));
    assert.notEqual((await asGuest(`/api/lagen/${key}/objects`)).status, 200);
  });
});

describe('the picture of a Lage', () => {
  it('counts its changes without gaps; who holds a number asks for the rest, ended things too', async () => {
    const key = await city.lage('Zählen');
    await put(key, [thing('a'), thing('b')]);
    await put(key, [thing('a', { title: 'A neu' })], ['unit:b']);
    const all = await city.json('leader', 'GET', `/api/lagen/${key}/objects`);
    assert.deepEqual(
      (all['items'] as { id: string; seq: number }[]).map(({ id, seq }) => [id, seq]),
      [['unit:a', 3]],
    );
    const since = await city.json('leader', 'GET', `/api/lagen/${key}/objects?after=2`);
    assert.deepEqual(
      (since['items'] as { id: string; ended: boolean; seq: number }[]).map(({ id, ended, seq }) => [id, ended, seq]),
      [
        ['unit:a', false, 3],
        ['unit:b', true, 4],
      ],
    );
    assert.equal(since['head'], 4);
  });

  it('shows what was known at a time', async () => {
    const key = await city.lage('Früher');
    await put(key, [thing('a', { title: 'früh' })]);
    const then = city.ctx.clock();
    city.setClock(then.add({ minutes: 10 }));
    await put(key, [thing('a', { title: 'spät' }), thing('b')]);
    const items = async (query: string) =>
      ((await city.json('leader', 'GET', `/api/lagen/${key}/objects${query}`))['items'] as { title: string }[]).map(({ title }) => title);
    assert.deepEqual(await items(`?at=${then.add({ minutes: 5 }).toString()}`), ['früh']);
    assert.deepEqual(await items(''), ['spät', 'b']);
  });

  it('gives the journal a hash that proves its history', async () => {
    const key = await city.lage('Beweis');
    const { lage } = expectOk(await enterLage(city.ctx, city.leader, key, 'read'));
    const object = thing('a', { facts: { z: 1, a: [1.5, { y: null, x: 'ß' }] } });
    const entry = await city.ctx.database.write((tx) => showInPicture(tx, lage.id, [object], city.ctx.clock()));
    const { rows } = await sql<{ body: PictureObject }>`select body from situation.history where lage_id = ${lage.id}`.execute(city.ctx.database.read);
    assert.equal(digestOf([{ object: rows[0]!.body, ended: false }]), entry.payload['sha256']);
  });

  it('refuses a change of layer: who no longer may see a thing would keep it', async () => {
    const key = await city.lage('Ebene');
    await put(key, [thing('a')]);
    await assert.rejects(put(key, [thing('a', { layer: 'personen' })]), /layer/);
  });

  it('asks a person to decide when somebody was faster, and takes the same thing once', async () => {
    const key = await city.lage('Widerspruch');
    const id = '0190a000-0000-7000-8000-00000000d001';
    const drawn = await city.json('leader', 'POST', `/api/lagen/${key}/objects`, { id, kind: 'closure', title: 'Deichstraße', geometry: AREA });
    const again = await city.json('leader', 'POST', `/api/lagen/${key}/objects`, { id, kind: 'closure', title: 'Deichstraße', geometry: AREA });
    assert.equal(again['seq'], drawn['seq']);
    await city.json('leader', 'POST', `/api/lagen/${key}/objects`, { id, kind: 'closure', title: 'Deichstraße frei', geometry: AREA, basis: drawn['seq'] });
    const late = await city.call('leader', 'POST', `/api/lagen/${key}/objects`, {
      id,
      kind: 'closure',
      title: 'Deichstraße gesperrt',
      geometry: AREA,
      basis: drawn['seq'],
    });
    assert.equal(late.status, 409);
    assert.equal(((await late.json()) as { current: { title: string } }).current.title, 'Deichstraße frei');
  });

  it('refuses what is no place, and names the field', async () => {
    const key = await city.lage('Ort');
    for (const [geometry, what] of [
      [{ type: 'Point', coordinates: [200, 53] }, /Länge/],
      [
        {
          type: 'Polygon',
          coordinates: [
            [
              [9, 53],
              [10, 53],
              [10, 54],
            ],
          ],
        },
        /Rand/,
      ],
      [{ type: 'LineString', coordinates: [[9, 53]] }, /zwei Punkte/],
    ] as const) {
      const answer = await city.call('leader', 'POST', `/api/lagen/${key}/objects`, { kind: 'hazard', title: 'x', geometry });
      assert.equal(answer.status, 422);
      assert.match(await answer.text(), what);
    }
  });

  it('reads by box, layer and kind, and only what the function may see', async () => {
    const key = await city.lage('Filter');
    await put(key, [
      thing('west', { geometry: { type: 'Point', coordinates: [9, 53] } }),
      thing('ost', { geometry: { type: 'Point', coordinates: [11, 53] } }),
      thing('ohne', { geometry: null }),
    ]);
    const view = expectOk(await enterLage(city.ctx, city.leader, key, 'read'));
    const ids = async (query: Parameters<typeof selectPicture>[2]) =>
      (await selectPicture(city.ctx.database.read, view, query)).objects.map(({ title }) => title);
    assert.deepEqual(await ids({ bbox: [8, 52, 10, 54] }), ['west']);
    assert.deepEqual(await ids({ bbox: [8, 52, 10, 54], unplaced: true }), ['west', 'ohne']);
    assert.deepEqual(await ids({ layers: ['tore'] }), []);
    assert.deepEqual(await ids({ kinds: ['unit'], limit: 2 }), ['west', 'ost']);
  });
});

it('staff of the role is offered once they have signed in', async () => {
  const key = await city.lage('Auswahl');
  await staffSeen(city, '0190a000-0000-7000-8000-00000000e001', 'Neue Kraft');
  assert.match(await (await city.call('leader', 'GET', `/lagen/${key}/stab`)).text(), /Neue Kraft/);
});

describe('what a review found', () => {
  it('who may not see a thing cannot change it, nor learn of it by a conflict; an erased thing does not come back', async () => {
    const key = await city.lage('Sehen');
    await city.json('leader', 'POST', `/api/lagen/${key}/mitglieder`, { staffId: city.stranger.staffId, organisation: 'Feuerwehr', function: 'S2' });
    const id = '0190a000-0000-7000-8000-00000000d101';
    await city.json('leader', 'POST', `/api/lagen/${key}/objects`, { id, kind: 'hazard', title: 'Geheim', geometry: AREA, needToKnow: ['S3'] });
    const blind = await city.call('stranger', 'POST', `/api/lagen/${key}/objects`, { id, kind: 'hazard', title: 'x', geometry: AREA });
    assert.equal(blind.status, 404);
    assert.doesNotMatch(await blind.text(), /Geheim/);
    const own = await city.call('stranger', 'POST', `/api/lagen/${key}/objects`, { kind: 'hazard', title: 'x', geometry: AREA, needToKnow: ['S3'] });
    assert.equal(own.status, 422);
    const other = '0190a000-0000-7000-8000-00000000d102';
    const drawn = await city.json('stranger', 'POST', `/api/lagen/${key}/objects`, { id: other, kind: 'hazard', title: 'Riss', geometry: AREA });
    assert.equal(
      (
        await city.call('stranger', 'POST', `/api/lagen/${key}/objects`, {
          id: other,
          kind: 'hazard',
          title: 'Riss',
          geometry: AREA,
          basis: drawn['seq'],
          needToKnow: ['S2'],
        })
      ).status,
      422,
    );
    await city.json('leader', 'DELETE', `/api/lagen/${key}/objects/hazard:${other}?basis=${String(drawn['seq'])}`);
    assert.equal(
      (
        await city.call('stranger', 'POST', `/api/lagen/${key}/objects`, {
          id: other,
          kind: 'hazard',
          title: 'Riss breit',
          geometry: AREA,
          basis: drawn['seq'],
        })
      ).status,
      409,
    );
  });

  it('a guest is given no function that needs an account, and who leads lets people go after the end, too', async () => {
    const key = await city.lage('Nachher');
    const until = city.ctx.clock().add({ hours: 5 }).toString();
    const { id } = await city.json('leader', 'POST', `/api/lagen/${key}/gaeste`, { name: 'DRK', organisation: 'DRK', function: 'verbindung', until });
    assert.equal((await city.call('leader', 'PUT', `/api/lagen/${key}/mitglieder/${String(id)}`, { function: 'S3' })).status, 422);
    await city.json('leader', 'POST', `/api/lagen/${key}/ende`, { because: 'vorbei' });
    assert.equal((await city.call('leader', 'DELETE', `/api/lagen/${key}/mitglieder/${String(id)}`)).status, 200);
  });
});
