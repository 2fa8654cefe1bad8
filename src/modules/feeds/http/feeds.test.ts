import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { cotXml, takFrame, type CotWords } from '../../../commands/cot-words.ts';
import { deviceSeen, lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { feedsOn } from '../../../lage.ts';
import { verifyJournal } from '../../../platform/journal/journal.ts';
import type { FedReport, FeedsContext } from '../application/context.ts';
import { FeedsDesk } from '../application/feeds-desk.ts';
import { takeMail } from '../application/take-mail.ts';
import { RING } from '../store/sources.ts';

let city: LageCity;
let ctx: FeedsContext;
const reports: FedReport[] = [];
const served = new Map<string, string>();
before(async () => {
  city = await lageCity();
  await deviceSeen(city, 'device', { deviceId: GPS, name: 'GPS 1' });
  ctx = {
    ...feedsOn(city.city.ctx, { outboundHosts: [], rateLimit: 1 }),
    clock: city.ctx.clock,
    outbound: {
      text: async (url) =>
        served.has(url)
          ? { ok: true, value: { text: served.get(url)!, mediaType: 'application/xml' } }
          : { ok: false, problem: { kind: 'unavailable', detail: 'Die Adresse antwortet nicht.' } },
      download: () => Promise.reject(new Error('not used')),
      admit: () => Promise.reject(new Error('not used')),
    },
    receiveReports: async (_tx, received) => {
      const fresh = received.filter((one) => !reports.some(({ sourceRef }) => sourceRef === one.sourceRef));
      reports.push(...fresh);
      return { repeats: received.length - fresh.length, journal: [] };
    },
  };
});
after(() => city.close());

const GPS = '0190a000-0000-7000-8000-00000000d001';

/** A Lage whose staff has admitted the device. */
async function fedLage(title: string, over: object = {}): Promise<string> {
  const key = await city.lage(title, over);
  await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'device', name: 'GPS', device: GPS });
  return key;
}

const AT = Temporal.Instant.from('2026-11-28T19:00:00Z').epochMilliseconds;
const unit = (over: Partial<CotWords> = {}): CotWords => ({
  uid: 'ANDROID-1',
  type: 'a-f-G-U-C',
  timeMs: AT,
  lat: 53.54,
  lon: 9.97,
  ceMetres: 8,
  callsign: 'HLRW 21-1',
  ...over,
});
const clockAt = (seconds: number): void => city.setClock(Temporal.Instant.fromEpochMilliseconds(AT + seconds * 1000));

const send = async (who: string, key: string, path: string, body: string | Uint8Array): Promise<Record<string, unknown>> => {
  const answer = await city.server.request(`/api/lagen/${key}/${path}`, { method: 'POST', headers: { cookie: `kontor_session=${who}` }, body: body as string });
  return { status: answer.status, ...((await answer.json()) as object) };
};

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly eventAt: string;
  readonly ended: boolean;
}
const picture = async (key: string, after?: number): Promise<readonly Shown[]> =>
  (await city.json('leader', 'GET', `/api/lagen/${key}/objects${after === undefined ? '' : `?after=${after}`}`))['items'] as Shown[];

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly problem: string | null;
}
const sources = async (key: string): Promise<readonly Listed[]> =>
  ((await city.json('leader', 'GET', `/api/lagen/${key}/quellen`))['items'] as Listed[]).filter(({ kind }) => kind !== 'device');
const rejectedOf = async (key: string, id: string) =>
  (await city.json('leader', 'GET', `/api/lagen/${key}/quellen/${id}`))['rejected'] as { reason: string; raw: string; number: number }[];

describe('CoT by request', () => {
  it('is shown once it is kept: XML and protobuf, repeats counted, forged and future-dated refused with a reason', async () => {
    clockAt(0);
    const key = await fedLage('CoT');
    assert.deepEqual(await send('device', key, 'cot', cotXml(unit())), { status: 200, taken: 1, repeated: 0, refused: 0, quarantined: 0 });
    assert.equal((await send('device', key, 'cot', takFrame(unit({ uid: 'TAK-2', callsign: 'Boot 2' }))))['taken'], 1);
    assert.equal((await send('device', key, 'cot', cotXml(unit())))['repeated'], 1);
    assert.equal((await send('device', key, 'cot', cotXml(unit({ lat: 53.6 }))))['refused'], 1);
    assert.equal((await send('device', key, 'cot', cotXml(unit({ timeMs: AT + 120_000 }))))['refused'], 1);
    assert.equal((await send('device', key, 'cot', '<!DOCTYPE x []><event></event>'))['refused'], 1);
    const shown = await picture(key);
    assert.deepEqual(
      shown.map(({ id, title }) => [id.replace(/[0-9a-f]{12}-/, ''), title]),
      [
        ['track:ANDROID-1', 'HLRW 21-1'],
        ['track:TAK-2', 'Boot 2'],
      ],
    );
    const [source] = await sources(key);
    assert.deepEqual(source?.counts, { taken: 2, repeated: 1, refused: 3, quarantined: 0 });
    assert.match((await rejectedOf(key, source.id))[0]!.reason, /Dokumenttypen/);
  });

  it('a jump is marked and not drawn; three reports confirm it; a deletion ends', async () => {
    clockAt(0);
    const key = await fedLage('Sprung');
    await send('device', key, 'cot', cotXml(unit()));
    clockAt(30);
    assert.equal((await send('device', key, 'cot', cotXml(unit({ timeMs: AT + 30_000, lat: 54.5 }))))['quarantined'], 1);
    const [held] = await picture(key);
    assert.deepEqual(held?.geometry?.coordinates, [9.97, 53.54]);
    assert.equal((held.facts['jump'] as { believed: boolean }).believed, false);
    assert.equal(held.eventAt, '2026-11-28T19:00:00Z');
    clockAt(40);
    await send('device', key, 'cot', cotXml(unit({ timeMs: AT + 35_000, lat: 54.5 })));
    clockAt(50);
    assert.equal((await send('device', key, 'cot', cotXml(unit({ timeMs: AT + 45_000, lat: 54.5 }))))['taken'], 1);
    assert.deepEqual((await picture(key))[0]?.geometry?.coordinates, [9.97, 54.5]);
    clockAt(60);
    await send('device', key, 'cot', cotXml(unit({ uid: 'delete-1', type: 't-x-d-d', timeMs: AT + 60_000, linkUid: 'ANDROID-1' })));
    assert.deepEqual(await picture(key), []);
  });

  it('a flood of 100,000 messages of nonsense is counted, and only the newest of it is kept', async () => {
    clockAt(0);
    const key = await fedLage('Flut von Unsinn');
    await send('device', key, 'cot', cotXml(unit()));
    const bad = `<event uid="\u0001</event>`.repeat(10_000);
    for (let sent = 0; sent < 10; sent++) {
      clockAt(60 + sent * 10);
      assert.equal((await send('device', key, 'cot', bad))['refused'], 10_000);
    }
    const [source] = await sources(key);
    assert.equal(source?.counts['refused'], 100_000);
    const kept = await rejectedOf(key, source.id);
    assert.deepEqual([kept.length, kept[0]?.number], [RING, 99_999]);
    assert.ok(kept.every(({ raw }) => !raw.includes('\u0001')));
  });

  it('strangers, wrong Lagen and switched-off sources are refused', async () => {
    clockAt(0);
    const key = await fedLage('Fremde');
    assert.equal((await send('stranger', key, 'cot', cotXml(unit())))['status'], 404);
    assert.equal((await send('nobody', key, 'cot', cotXml(unit())))['status'], 401);
    await send('device', key, 'cot', cotXml(unit()));
    const [source] = await sources(key);
    await city.json('leader', 'PUT', `/api/lagen/${key}/quellen/${source!.id}`, { active: false });
    assert.equal((await send('device', key, 'cot', cotXml(unit({ timeMs: AT + 1000 }))))['status'], 409);
  });
});

describe('units', () => {
  it('that are known by their call sign are moved, and no track stands beside them', async () => {
    clockAt(0);
    const key = await fedLage('Einheit');
    await city.json('leader', 'POST', `/api/lagen/${key}/kraefte`, { body: { callSign: 'HLRW 21-1', organisation: 'thw', strength: '1/2/6//9' } });
    clockAt(10);
    await send('device', key, 'cot', cotXml(unit({ timeMs: AT + 9000, callsign: 'hlrw 21-1' })));
    const shown = await picture(key);
    assert.deepEqual(
      shown.map(({ id, geometry }) => [id.split(':')[0], geometry?.coordinates]),
      [['unit', [9.97, 53.54]]],
    );
  });
});

describe('CoT by TCP', () => {
  it('goes to the Lage that has declared a source, mixed in both notations, and the journal stays whole', async () => {
    clockAt(0);
    const key = await city.lage('TCP');
    await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'cot', name: 'Funk', certificate: '*' });
    const desk = new FeedsDesk(ctx);
    const port = await desk.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect({ port: port!, host: '127.0.0.1' });
    let heard = '';
    socket.on('data', (data) => (heard += data.toString()));
    for (let n = 0; n < 200; n++) socket.write(n % 2 === 0 ? cotXml(unit({ uid: `x${n}` })) : takFrame(unit({ uid: `p${n}` })));
    socket.write('<event nonsense</event>');
    socket.end();
    for (let tries = 0; tries < 100 && ((await sources(key))[0]?.counts['taken'] ?? 0) < 200; tries++) await new Promise((next) => setTimeout(next, 50));
    await desk.close();
    const [source] = await sources(key);
    assert.deepEqual([source?.counts['taken'], source?.counts['refused']], [200, 1]);
    assert.equal((await picture(key)).length, 200);
    assert.match(heard, /t-x-takp-v/);
    const { rows } = await sql<{ events: number }>`select count(*)::int as events from feeds.event where source_id = ${source!.id}::uuid`.execute(
      city.ctx.database.read,
    );
    assert.equal(rows[0]?.events, 200);
    assert.equal((await verifyJournal(city.ctx.database.read)).broken, undefined);
  });
});

const cap = (over: { id?: string; status?: string; type?: string; references?: string; sent?: string; info?: string; sender?: string } = {}): string =>
  `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${over.id ?? 'W1'}</identifier><sender>${over.sender ?? 'dwd@example.de'}</sender><sent>${over.sent ?? '2026-11-28T19:59:00+01:00'}</sent><status>${over.status ?? 'Actual'}</status><msgType>${over.type ?? 'Alert'}</msgType><scope>Public</scope>${over.references === undefined ? '' : `<references>${over.references}</references>`}${over.info ?? INFO}</alert>`;
const INFO =
  '<info><language>de-DE</language><category>Met</category><event>ORKAN</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Likely</certainty><senderName>Wetterdienst</senderName><headline>Orkan über der Elbe</headline><area><areaDesc>Hafen</areaDesc><polygon>53.50,9.90 53.50,10.00 53.60,10.00 53.60,9.90 53.50,9.90</polygon></area></info>';

/** Beside a warning stands the report of it. */
const warningsIn = async (key: string): Promise<readonly Shown[]> => (await picture(key)).filter(({ id }) => id.startsWith('warning:'));

describe('CAP', () => {
  it('is shown, updated and withdrawn; a repeat is one; a forged one, a test and an exercise are not shown', async () => {
    clockAt(0);
    const key = await fedLage('Warnung');
    assert.deepEqual(await send('device', key, 'cap', cap()), { status: 200, outcome: 'shown' });
    assert.deepEqual(await send('device', key, 'cap', cap()), { status: 200, outcome: 'repeated' });
    assert.equal((await send('device', key, 'cap', cap({ status: 'Test' })))['status'], 422);
    assert.match(String((await send('device', key, 'cap', cap({ info: INFO.replace('Extreme', 'Minor') })))['detail']), /gefälscht/);
    assert.match(String((await send('device', key, 'cap', cap({ id: 'W2', status: 'Exercise' })))['detail']), /Übung/);
    assert.match(String((await send('device', key, 'cap', cap({ id: 'W3', sent: '2026-11-28T21:00:00+01:00' })))['detail']), /Zukunft/);
    const [shown] = await warningsIn(key);
    assert.deepEqual((shown!.geometry!.coordinates as number[][][])[0]?.[0], [9.9, 53.5]);
    assert.equal(shown!.facts['openEnded'], true);
    const references = 'dwd@example.de,W1,2026-11-28T19:59:00+01:00';
    assert.equal(
      (await send('device', key, 'cap', cap({ id: 'W4', type: 'Update', references, info: INFO.replace('Orkan über', 'Schwerer Orkan über') })))['outcome'],
      'shown',
    );
    assert.deepEqual(
      (await warningsIn(key)).map(({ title }) => title),
      ['Schwerer Orkan über der Elbe'],
    );
    assert.equal(
      (await send('device', key, 'cap', cap({ id: 'W5', type: 'Cancel', sender: 'other@example.de', references: references.replace('W1', 'W4') })))['outcome'],
      'kept',
    );
    assert.equal((await warningsIn(key)).length, 1);
    const elsewhere = cap({ id: 'W7', type: 'Cancel', references: references.replace('W1', 'W4'), info: '' });
    assert.equal((await send('leader', key, 'cap', elsewhere))['outcome'], 'kept', 'the same name from another source withdraws nothing');
    assert.equal(
      (await send('device', key, 'cap', cap({ id: 'W6', type: 'Cancel', references: references.replace('W1', 'W4'), info: '' })))['outcome'],
      'ended',
    );
    assert.deepEqual(await warningsIn(key), []);
  });

  it('an exercise is shown in an exercise, and what was withdrawn before it came is not shown at all', async () => {
    clockAt(0);
    const key = await fedLage('Übung', { exercise: true });
    assert.equal((await send('device', key, 'cap', cap({ status: 'Exercise' })))['outcome'], 'shown');
    await send('device', key, 'cap', cap({ id: 'C', type: 'Cancel', references: 'dwd@example.de,LATE,2026-11-28T19:59:00+01:00', info: '' }));
    assert.equal((await send('device', key, 'cap', cap({ id: 'LATE' })))['outcome'], 'kept');
  });
});

describe('files', () => {
  const csv = 'name;lon;lat;art\nDeich 1;9,97;53,54;Riss\nDeich 2;999;53;Riss\n;9;53;x\n';
  const mapping = { kind: 'damage', title: 'name' };

  it('are looked at, taken in by line and taken back as a whole', async () => {
    clockAt(0);
    const key = await city.lage('Datei');
    const looked = await city.json('leader', 'POST', `/api/lagen/${key}/importe`, { name: 'deich.csv', text: csv, mapping, preview: true });
    assert.deepEqual([looked['shown'], (looked['mistakes'] as { line: number }[]).map(({ line }) => line)], [1, [3, 4]]);
    assert.deepEqual(await picture(key), []);
    const done = await city.json('leader', 'POST', `/api/lagen/${key}/importe`, { name: 'deich.csv', text: csv, mapping });
    assert.deepEqual(
      (await picture(key)).map(({ title, facts }) => [title, facts]),
      [['Deich 1', { art: 'Riss' }]],
    );
    await city.json('leader', 'DELETE', `/api/lagen/${key}/importe/${String(done['sourceId'])}`);
    assert.deepEqual(await picture(key), []);
    assert.equal((await city.call('leader', 'DELETE', `/api/lagen/${key}/importe/${String(done['sourceId'])}`)).status, 409);
  });

  it('written on a German desk keep their umlauts, and the page says how they were read', async () => {
    const key = await city.lage('Umlaute');
    const form = new FormData();
    form.set('file', new Blob([Buffer.from('name;lon;lat\nGröße Süd;9,97;53,54\n', 'latin1')]), 'deich.csv');
    for (const [name, value] of Object.entries({ kind: 'damage', title: 'name', lon: 'lon', lat: 'lat', action: 'preview' })) form.set(name, value);
    const answer = await city.server.request(`/lagen/${key}/quellen/datei`, { method: 'POST', headers: { cookie: 'kontor_session=leader' }, body: form });
    const page = await answer.text();
    assert.match(page, /Größe Süd/);
    assert.match(page, /Gelesen als windows-1252/);
  });

  it('the page keeps what was given when something is wrong, and shows what it read', async () => {
    clockAt(0);
    const key = await city.lage('Dateiseite');
    const looked = await city.form('leader', `/lagen/${key}/quellen/datei`, {
      text: csv,
      kind: 'damage',
      title: 'name',
      lon: 'lon',
      lat: 'lat',
      time: '',
      action: 'preview',
    });
    const page = await looked.text();
    assert.match(page, /1 Zeilen sind richtig, 2 nicht/);
    assert.ok(page.includes('Deich 2;999'));
    const wrong = await city.form('leader', `/lagen/${key}/quellen/datei`, { text: '{"type":', kind: 'damage', title: 'name', action: 'take' });
    assert.equal(wrong.status, 422);
    assert.ok((await wrong.text()).includes('{&quot;type&quot;:'));
  });
});

describe('what else comes in', () => {
  it('detections become a track at the third hit', async () => {
    clockAt(0);
    const key = await fedLage('Radar');
    for (const second of [0, 1, 2]) {
      clockAt(second);
      await city.json('device', 'POST', `/api/lagen/${key}/detektionen`, {
        sensor: second === 1 ? 'drohne' : 'radar',
        at: new Date(AT + second * 1000).toISOString(),
        detections: [{ lon: 9.97, lat: 53.54, what: 'ship' }],
      });
      assert.equal((await picture(key)).length, second === 2 ? 1 : 0);
    }
    const late = await city.call('device', 'POST', `/api/lagen/${key}/detektionen`, {
      sensor: 'radar',
      at: new Date(AT - 60_000).toISOString(),
      detections: [],
    });
    assert.equal(late.status, 422);
  });

  it('a mail is a report with its words and place, once', async () => {
    clockAt(0);
    const key = await city.lage('Mail');
    const mail = Buffer.from(
      'From: Anna <anna@example.org>\r\nSubject: =?utf-8?q?Wasser_im_Keller?=\r\nMessage-ID: <m1@example.org>\r\nDate: Sat, 28 Nov 2026 19:55:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHier: geo:53.54,9.97 steht es hoch.\r\n',
    );
    for (const outcome of ['taken', 'repeated']) {
      const done = await takeMail(ctx, city.leader, key, mail);
      assert.ok(done.ok && done.value.outcome === outcome);
    }
    const report = reports.find(({ sourceRef }) => sourceRef === '<m1@example.org>');
    assert.deepEqual([report?.sourceName, report?.place, report?.eventAt.toString()], ['anna@example.org', { lon: 9.97, lat: 53.54 }, '2026-11-28T18:55:00Z']);
    assert.match(report?.text ?? '', /^Wasser im Keller\nHier/);
    assert.ok(!(await takeMail(ctx, city.leader, key, Buffer.from('kein Brief'))).ok);
  });

  it('the pages of the sources are there, and the form keeps what was typed', async () => {
    clockAt(0);
    const key = await fedLage('Seiten');
    await send('device', key, 'cot', '<event></event>');
    const [source] = await sources(key);
    for (const path of ['', `/${source!.id}`, '/neu/cot', '/neu/cap-feed', '/neu/sensor', '/neu/social', '/datei']) {
      const answer = await city.call('leader', 'GET', `/lagen/${key}/quellen${path}`);
      assert.equal(answer.status, 200, path);
    }
    const wrong = await city.form('leader', `/lagen/${key}/quellen/neu/cap-feed`, { name: 'Wetter', url: 'keine Adresse', everySeconds: '60' });
    assert.equal(wrong.status, 422);
    assert.ok((await wrong.text()).includes('keine Adresse'));
    const made = await city.form('leader', `/lagen/${key}/quellen/neu/cot`, { name: 'Boote', certificate: 'boot-1' });
    assert.equal(made.status, 303);
  });
});
