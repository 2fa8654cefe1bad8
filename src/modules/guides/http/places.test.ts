import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import type { CityServer } from '../../../platform/http/server.ts';
import { serverOf, wholeCity, type WholeCity } from '../../../../test/support/whole-city.ts';
import { remind } from '../application/appointments.ts';
import { forget } from '../application/forget.ts';

// a Monday, ten in the morning
let now = Temporal.Instant.from('2026-11-30T09:00:00Z');
let city: WholeCity;
let server: CityServer;
const guide = (id: string) => ({ kind: 'staff', staffId: `0190a000-0000-7000-8000-00000000${id}`, roles: ['lotse'], authorities: [] }) as const;
const ACTORS: Readonly<Record<string, Actor>> = {
  lotte: guide('3333'),
  dirk: guide('4444'),
  officer: { ...guide('5555'), roles: ['sachbearbeitung'] },
  person: { kind: 'citizen', accountId: '0190a000-0000-7000-8000-000000001111', trust: 'hoch' },
};
const PLACE = {
  key: 'passage',
  name: 'Pop-up in der Passage',
  kind: 'popup',
  address: 'Musterpassage 1',
  position: { lon: 9.9355, lat: 53.5511 },
  offers: ['online-ausweis', 'antraege'],
  hours: { '1': '10-19', '2': '10-19' },
  startsOn: '2026-11-01',
  endsOn: '2026-12-31',
  closedOn: ['2026-12-08'],
  slotMinutes: 30,
  desks: 2,
};
const SLOT = '2026-12-01T10:00:00+01:00';

before(async () => {
  city = await wholeCity({ clock: () => now });
  server = serverOf(
    city,
    (token) => ACTORS[token],
    () => now,
  );
});
after(() => city.close());

async function call(who: string, method: string, path: string, body?: object): Promise<{ status: number; json: Record<string, unknown> }> {
  const headers = { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080', 'content-type': 'application/json' };
  const answer = await server.request(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

const places = '/api/guides/places';
const book = async (at = SLOT, more: object = {}) => call('nobody', 'POST', `${places}/passage/appointments`, { at, topic: 'antraege', ...more });

it('only guides keep places; a place outside the city is refused with its reason', async () => {
  for (const who of ['nobody', 'officer', 'person']) assert.ok([401, 403].includes((await call(who, 'POST', places, PLACE)).status), who);
  const outside = await call('lotte', 'POST', places, { ...PLACE, position: { lon: 8.8, lat: 53.08 } });
  assert.equal(outside.status, 422);
  assert.match(JSON.stringify(outside.json), /nicht in der Stadt/);
  assert.equal((await call('lotte', 'POST', places, PLACE)).status, 201);
  assert.equal((await call('dirk', 'POST', places, PLACE)).status, 422, 'the key is taken');
  assert.equal((await call('dirk', 'PUT', `${places}/passage`, { ...PLACE, address: 'Musterpassage 2' })).status, 200);
});

it('days with appointments stand under a heading, with their weekday, the near ones by name', async () => {
  const page = await (await server.request('/hilfe-vor-ort/passage', { headers: { cookie: 'kontor_lang=de' } })).text();
  assert.match(
    page,
    /<h3[^>]*>An welchem Tag\?<\/h3><nav[^>]*><ul><li><a[^>]*>Heute, Montag, 30\.11\.2026<\/a><\/li><li><a[^>]*>Morgen, Dienstag, 01\.12\.2026<\/a><\/li><li><a[^>]*>Montag, 07\.12\.2026</,
  );
});

it('twenty people who book the same time at once get as many appointments as there are desks', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => book()));
  assert.equal(all.filter(({ status }) => status === 201).length, PLACE.desks);
  const refused = all.filter(({ status }) => status !== 201);
  assert.ok(refused.every(({ status, json }) => status === 409 && /gerade jemand anderes genommen/.test(String(json['detail']))));
  const slots = (await call('nobody', 'GET', `${places}/passage/slots?day=2026-12-01`)).json as unknown as { at: string }[];
  assert.ok(
    slots.every(({ at }) => at !== '2026-12-01T09:00:00Z'),
    'it is not offered any more',
  );
  const won = all.find(({ status }) => status === 201)!.json['code'] as string;
  assert.equal((await call('nobody', 'DELETE', `/api/guides/appointments/${won}`)).status, 200);
  assert.equal((await book()).status, 201, 'what was cancelled can be had again');
});

it('a time in the past, on a closed day or between two slots is refused in a whole sentence', async () => {
  for (const [at, sentence] of [
    ['2026-11-30T08:00:00+01:00', /schon vorbei/],
    ['2026-12-08T10:00:00+01:00', /Am 08\.12\.2026 ist dieser Ort geschlossen/],
    ['2026-12-01T10:10:00+01:00', /beginnt hier kein Termin/],
  ] as const) {
    const refused = await book(at);
    assert.equal(refused.status, 422, at);
    assert.match(JSON.stringify(refused.json), sentence);
  }
  assert.match(
    JSON.stringify((await book(SLOT, { email: 'nirgends', topic: 'technik' })).json),
    /gibt es an diesem Ort nicht.*keine E-Mail-Adresse/,
    'both at once',
  );
});

it('an appointment belongs to its code: page, calendar file and cancelling, and nobody else finds it', async () => {
  const code = (await book('2026-12-01T11:00:00+01:00')).json['code'] as string;
  const answer = await server.request(`/hilfe-vor-ort/termin/${code.toLowerCase()}/kalender.ics`);
  assert.match(answer.headers.get('content-type') ?? '', /text\/calendar/);
  const file = await answer.text();
  assert.match(file, /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:-\/\/Kontor\/\/Digitallotsen\/\/DE\r\nMETHOD:PUBLISH\r\n/);
  assert.match(file, /DTSTART;TZID=Europe\/Berlin:20261201T110000\r\nDTEND;TZID=Europe\/Berlin:20261201T113000/);
  assert.match(file, /DTSTAMP:20261130T090000Z/);
  assert.match(file, /BEGIN:VTIMEZONE\r\nTZID:Europe\/Berlin[\s\S]*BEGIN:STANDARD[\s\S]*END:VTIMEZONE/);
  assert.match(file, /UID:[0-9a-f-]{36}@/);
  assert.ok(
    file.split('\r\n').every((line) => Buffer.byteLength(line) <= 75),
    'lines are folded',
  );
  await call('nobody', 'DELETE', `/api/guides/appointments/${code}`);
  assert.match(await (await server.request(`/hilfe-vor-ort/termin/${code}/kalender.ics`)).text(), /METHOD:CANCEL[\s\S]*STATUS:CANCELLED/);
  for (const path of ['/api/guides/appointments/BBBB-BBBB-BBBB', '/api/guides/numbers/BBBB-BBBB-BBBB']) {
    assert.equal((await call('person', 'GET', path)).status, 404);
    assert.equal((await call('lotte', 'DELETE', path)).status, 404);
  }
  const kept = await sql<{ text: string }>`select row_to_json(a)::text as text from guides.appointment a`.execute(city.ctx.database.read);
  assert.ok(kept.rows.length > 0 && kept.rows.every(({ text }) => !text.includes(code)), 'the code itself is not kept');
});

const REBUILT = { ...PLACE, key: 'umbau', desks: 1 };
const bookThere = async (at: string, more: object = {}) => call('nobody', 'POST', `${places}/umbau/appointments`, { at, topic: 'antraege', ...more });
const free = async (day = '2026-12-01'): Promise<readonly string[]> =>
  ((await call('nobody', 'GET', `${places}/umbau/slots?day=${day}`)).json as unknown as { at: string }[]).map(({ at }) => at.slice(11, 16));

it('keeps what an appointment takes when the slots of its place change: no desk is given twice, also not in part', async () => {
  assert.equal((await call('lotte', 'POST', places, REBUILT)).status, 201);
  const first = (await bookThere(SLOT)).json['code'] as string;
  assert.equal((await call('lotte', 'PUT', `${places}/umbau`, { ...REBUILT, slotMinutes: 20 })).status, 200);
  assert.ok(!(await free()).includes('09:20'), 'it is not offered');
  assert.equal((await bookThere('2026-12-01T10:20:00+01:00')).status, 409);
  assert.equal((await bookThere('2026-12-01T10:40:00+01:00')).status, 201);
  assert.equal((await call('lotte', 'PUT', `${places}/umbau`, { ...REBUILT, slotMinutes: 60 })).status, 200);
  assert.deepEqual((await free()).slice(0, 2), ['10:00', '11:00'], 'nine o’clock UTC is taken twice in part');
  const all = await Promise.all(Array.from({ length: 6 }, () => bookThere('2026-12-01T11:00:00+01:00')));
  assert.equal(all.filter(({ status }) => status === 201).length, 1);
  const file = await (await server.request(`/hilfe-vor-ort/termin/${first}/kalender.ics`)).text();
  assert.match(file, /DTSTART;TZID=Europe\/Berlin:20261201T100000\r\nDTEND;TZID=Europe\/Berlin:20261201T103000/);
  await assert.rejects(
    sql`insert into guides.appointment (id, place_id, starts_at, ends_at, desk, code_hash, topic, lang, booked_at)
      select gen_random_uuid(), place_id, starts_at + interval '5 minutes', ends_at, desk, 'x', topic, lang, booked_at from guides.appointment
      where code_hash is not null and cancelled_at is null limit 1`.execute(city.ctx.database.read),
    /appointment_taken/,
  );
});

it('whoever changes the hours decides about appointments that fall outside; they stay and are shown, or people are told', async () => {
  const shorter = { ...REBUILT, slotMinutes: 60, hours: { '1': '10-19', '2': '14-19' } };
  const asked = await call('lotte', 'PUT', `${places}/umbau`, shorter);
  assert.equal(asked.status, 422);
  assert.match(JSON.stringify(asked.json), /3 gebuchte Termine liegen dann außerhalb der Öffnungszeit: am 01\.12\.2026 um 10:00, 10:40 und 11:00 Uhr/);
  assert.ok((await free()).includes('11:00'), 'nothing is changed before it is decided');
  const kept = await call('lotte', 'PUT', `${places}/umbau`, { ...shorter, outside: 'keep' });
  assert.deepEqual([kept.status, kept.json['outside']], [200, 3]);
  assert.equal((await call('lotte', 'PUT', `${places}/umbau`, { ...shorter, note: 'Eingang hinten' })).status, 200, 'asked once');
  const desk = await (await server.request('/lotsen/orte/umbau', { headers: { cookie: 'kontor_session=lotte' } })).text();
  assert.match(desk, /Termine außerhalb der Öffnungszeit/);
});

it('calls appointments off when the place cannot keep them: by mail to who left one, on the page of the code to all', async () => {
  const [with_, without] = [await bookThere('2026-12-01T16:00:00+01:00', { email: 'tante@buerger.example' }), await bookThere('2026-12-01T17:00:00+01:00')];
  const code = without.json['code'] as string;
  assert.equal(with_.status, 201);
  const before = await (await server.request(`/hilfe-vor-ort/termin/${code}/kalender.ics`)).text();
  const moved = { ...REBUILT, slotMinutes: 60, hours: { '1': '10-19', '2': '14-19' }, address: 'Musterpassage 9' };
  assert.equal((await call('lotte', 'PUT', `${places}/umbau`, moved)).status, 200, 'only the address');
  const after = await (await server.request(`/hilfe-vor-ort/termin/${code}/kalender.ics`)).text();
  const uid = (file: string): string => /UID:(.*)\r/.exec(file)![1]!;
  assert.equal(uid(before), uid(after));
  assert.deepEqual([/SEQUENCE:(\d+)/.exec(before)![1], /SEQUENCE:(\d+)/.exec(after)![1]], ['0', '1'], 'a calendar learns of the new address');
  assert.doesNotMatch(after.replaceAll('\r\n ', ''), /Antr[äa]g|antraege|Ausweis|Formular/i, 'nothing of what it is about');
  const closed = { ...moved, closedOn: ['2026-12-01'] };
  const asked = await call('lotte', 'PUT', `${places}/umbau`, closed);
  assert.match(JSON.stringify(asked.json), /2 gebuchte Termine[\s\S]*1 davon hat eine E-Mail-Adresse/);
  assert.deepEqual((await call('lotte', 'PUT', `${places}/umbau`, { ...closed, outside: 'cancel' })).json['outside'], 2);
  const page = await (await server.request(`/hilfe-vor-ort/termin/${code}`)).text();
  assert.match(page, /Wir müssen diesen Termin absagen/);
  assert.match(page, /1\. Dezember 2026, 17:00–18:00 Uhr/);
  assert.match(await (await server.request(`/hilfe-vor-ort/termin/${code}/kalender.ics`)).text(), /METHOD:CANCEL[\s\S]*SEQUENCE:2[\s\S]*STATUS:CANCELLED/);
  await city.jobs.drain();
  const sent = () =>
    sql<{ subject: string; body: string }>`select subject, body from platform.demo_mail where recipient = 'tante@buerger.example'`.execute(
      city.ctx.database.read,
    );
  let mails = await sent();
  // the city's own runner may have taken the mail a moment before
  for (let tries = 0; mails.rows.length === 0 && tries < 100; tries++) {
    await pause(100);
    mails = await sent();
  }
  assert.deepEqual(
    mails.rows.map(({ subject }) => subject),
    ['Ihr Termin fällt aus'],
  );
  assert.match(mails.rows[0]!.body, /hilfe-vor-ort/);
  const left = await sql<{ n: number }>`select count(*)::int as n from guides.appointment where email = 'tante@buerger.example'`.execute(
    city.ctx.database.read,
  );
  assert.equal(left.rows[0]!.n, 0, 'the address goes with the appointment');
});

it('the queue calls in order, two guides never the same, and tells a wait only when enough was measured', async () => {
  const codes: string[] = [];
  for (let count = 1; count <= 8; count++) {
    const drawn = await call('nobody', 'POST', `${places}/passage/numbers`);
    assert.equal(drawn.json['number'], count);
    codes.push(drawn.json['code'] as string);
  }
  const third = async () => (await call('nobody', 'GET', `/api/guides/numbers/${codes[7]!}`)).json;
  assert.deepEqual([(await third())['ahead'], (await third())['minutes']], [7, null], 'unknown is not 0');
  assert.equal((await call('person', 'POST', `${places}/passage/calls`, {})).status, 403);
  const both = await Promise.all(
    ['lotte', 'dirk'].map(async (who) => (await call(who, 'POST', `${places}/passage/calls`, { desk: `Tisch ${who}` })).json['number']),
  );
  assert.deepEqual(new Set(both), new Set([1, 2]));
  assert.equal((await call('nobody', 'DELETE', `/api/guides/numbers/${codes[2]!}`)).json['state'], 'left');
  for (let count = 0; count < 4; count++) {
    now = now.add({ minutes: 10 });
    await call('lotte', 'POST', `${places}/passage/calls`, { desk: 'Tisch 1' });
    if (count === 0) await call('dirk', 'POST', `${places}/passage/calls/end`, { outcome: 'served' });
  }
  const last = await third();
  assert.equal(last['ahead'], 0);
  assert.equal(last['minutes'], 0, 'five helps of ten minutes are measured');
  const display = await (await server.request('/hilfe-vor-ort/passage/anzeige')).text();
  assert.match(display, /<strong>7<\/strong>/);
  const seen = (await call('nobody', 'GET', places)).json as unknown as { key: string; open: boolean; waiting: number; minutes: number | null }[];
  assert.deepEqual(
    seen.filter(({ key }) => key === 'passage').map(({ open, waiting, minutes }) => ({ open, waiting, minutes })),
    [{ open: true, waiting: 1, minutes: 5 }],
  );
  now = Temporal.Instant.from('2026-11-30T19:00:00Z');
  assert.equal((await call('nobody', 'POST', `${places}/passage/numbers`)).status, 409, 'closed');
});

it('a visitor of the queue, without JavaScript: drawn, called, missed, called again, served; a second press skips nobody', async () => {
  now = Temporal.Instant.from('2026-11-30T13:00:00Z');
  const form = (who: string, path: string, fields: Record<string, string> = {}) =>
    server.request(path, { method: 'POST', headers: { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080' }, body: new URLSearchParams(fields) });
  const page = async (path: string, who = 'nobody'): Promise<string> => (await server.request(path, { headers: { cookie: `kontor_session=${who}` } })).text();
  const draw = async (): Promise<string> => (await form('nobody', '/hilfe-vor-ort/umbau/nummer')).headers.get('location')!;
  const [first, second, third] = [await draw(), await draw(), await draw()];
  assert.match(await page(first), /Sie sind als Nächstes dran/);
  assert.match(await page(second), new RegExp(`Vor Ihnen warten: 1[\\s\\S]*href="${second}"[^>]*>[\\s\\S]*Stand neu laden`));
  const at = '/lotsen/orte/umbau';
  const own = async (): Promise<string> => /name="meine" value="(\d+)"/.exec(await page(at, 'lotte'))![1]!;
  const mine = await own();
  for (let press = 0; press < 2; press++) assert.equal((await form('lotte', `${at}/aufrufen`, { desk: 'Tisch 2', meine: mine })).status, 303);
  assert.match(await page(first), /Kommen Sie bitte hierhin: Tisch 2/);
  assert.match(await page(second), /Sie sind als Nächstes dran/, 'pressed twice, called once');
  assert.equal((await form('lotte', `${at}/fertig`, { ergebnis: 'fehlt' })).status, 303);
  assert.match(await page(first), /niemand kam[\s\S]*noch einmal auf/);
  const both = await Promise.all(['lotte', 'dirk'].map((who) => form(who, `${at}/aufrufen`, { desk: who, meine: '0' })));
  assert.deepEqual(
    both.map(({ status }) => status),
    [303, 303],
  );
  const called = (await Promise.all([second, third].map((one) => page(one)))).map((text) => /hierhin: (\w+)/.exec(text)?.[1]);
  assert.deepEqual(new Set(called), new Set(['lotte', 'dirk']), 'one person each');
  assert.match(await page(at, 'dirk'), /Heute nicht erschienen[\s\S]*Noch einmal aufrufen/);
  assert.equal((await form('person', `${at}/nochmal`, { nummer: '1' })).status, 403);
  assert.equal((await form('dirk', `${at}/nochmal`, { nummer: '1' })).status, 303);
  assert.match(await page(first), /Sie sind dran/);
  assert.equal((await form('lotte', `${at}/nochmal`, { nummer: '1' })).status, 409, 'it is dirk’s now');
  assert.equal((await call('dirk', 'POST', `${places}/umbau/calls/end`, { outcome: 'served' })).status, 200);
  assert.equal((await call('dirk', 'POST', `${places}/umbau/calls/again`, { number: 1 })).status, 409, 'served is served');
  const late = await draw();
  now = Temporal.Instant.from('2026-12-01T00:10:00Z');
  assert.match(await page(late), /Dieser Tag ist zu Ende/, 'also before the night’s work');
  await city.jobs.strike('guides.close-queue');
  const open = await sql<{ n: number }>`select count(*)::int as n from guides.queue_number where state in ('waiting', 'called')`.execute(
    city.ctx.database.read,
  );
  assert.equal(open.rows[0]!.n, 0);
  assert.match(await page(late), /Dieser Tag ist zu Ende/);
  now = Temporal.Instant.from('2026-11-30T19:00:00Z');
});

it('nobody is written to for appointments that others book in their name: three for an address at most, also at once', async () => {
  const email = 'opfer@buerger.example';
  const times = ['10:00', '10:30', '11:00', '11:30', '12:00'].map((time) => `2026-12-15T${time}:00+01:00`);
  const all = await Promise.all(times.map((at) => book(at, { email })));
  assert.equal(all.filter(({ status }) => status === 201).length, 3);
  const refused = all.find(({ status }) => status !== 201)!;
  assert.equal(refused.status, 422);
  assert.match(JSON.stringify(refused.json), /Für diese Adresse warten schon drei Erinnerungen[\s\S]*ohne E-Mail-Adresse/);
  assert.equal((await book(times[4], { email: ` OPFER@buerger.example` })).status, 422, 'the same address');
  await sql`delete from guides.appointment where email = ${email}`.execute(city.ctx.database.read);
});

it('the address for a reminder goes with it, and everything a week later', async () => {
  assert.equal((await book('2026-12-01T15:00:00+01:00', { email: 'oma@buerger.example' })).status, 201);
  const addresses = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*) as n from guides.appointment where email is not null`.execute(city.ctx.database.read)).rows[0]!.n;
  assert.equal(await addresses(), 1);
  assert.equal(await remind(city.ctx), 1);
  assert.equal(await addresses(), 0);
  assert.equal(await remind(city.ctx), 0, 'once');
  assert.equal((await book('2026-12-01T16:00:00+01:00', { email: 'opa@buerger.example' })).status, 201);
  now = Temporal.Instant.from('2026-12-01T15:00:00Z');
  assert.equal(await remind(city.ctx), 0, 'it has begun');
  assert.equal(await addresses(), 0, 'and the address is gone');
  now = Temporal.Instant.from('2026-12-07T12:00:00Z');
  assert.equal(await forget(city.ctx), 0);
  now = Temporal.Instant.from('2026-12-09T03:00:00Z');
  assert.ok((await forget(city.ctx)) > 10);
  const left = await sql<{ n: number }>`select (select count(*) from guides.appointment) + (select count(*) from guides.queue_number) as n`.execute(
    city.ctx.database.read,
  );
  assert.equal(left.rows[0]!.n, 0);
});

it('a shared device is set up on the spot, and opened, closed and taken away from the desk, by guides alone', async () => {
  const at = '/api/guides/devices';
  for (const who of ['nobody', 'officer', 'person'])
    assert.ok([401, 403].includes((await call(who, 'POST', at, { place: 'passage', name: 'Tablet' })).status), who);
  assert.equal((await call('lotte', 'POST', at, { place: 'nirgends', name: 'Tablet' })).status, 422);
  const typed = { method: 'POST', headers: { cookie: 'kontor_session=lotte; kontor_lang=de', origin: 'http://localhost:8080' } };
  assert.equal((await server.request('/lotsen/geraete', { ...typed, body: new URLSearchParams({ place: 'passage', name: ' ' }) })).status, 422);
  const made = await server.request('/lotsen/geraete', { ...typed, body: new URLSearchParams({ place: 'passage', name: 'Tablet am Fenster' }) });
  assert.equal(made.headers.get('location'), '/geraet?anbieter=1');
  const cookies = made.headers.getSetCookie().join('\n');
  assert.match(cookies, /kontor_geraet=[\w-]{43}; .*HttpOnly/);
  assert.match(cookies, /kontor_session=; .*Max-Age=0/, 'the guide is signed out of it');
  const listed = async () => (await call('dirk', 'GET', at)).json as unknown as { id: string; openSince: string | null }[];
  const { id } = (await listed())[0]!;
  for (const [method, open] of Object.entries({ POST: true, DELETE: false })) {
    assert.equal((await call('dirk', method, `${at}/${id}/visit`)).status, 200);
    assert.equal((await listed())[0]!.openSince !== null, open);
  }
  assert.match(await (await server.request('/lotsen/geraete', { headers: typed.headers })).text(), /Tablet am Fenster[\s\S]*Pop-up in der Passage[\s\S]*>zu</);
  assert.equal((await call('dirk', 'DELETE', `${at}/${id}`)).status, 200);
  assert.deepEqual(await listed(), []);
  assert.equal((await call('dirk', 'POST', `${at}/${id}/visit`)).status, 404);
});

it('consultations are kept in whole tens of a month and by one thing at a time, and one’s own are taken back', async () => {
  const { read } = city.ctx.database;
  const one = { place: 'passage', reason: 'antrag', length: 'bis-15', lang: 'ro' };
  const post = async (body: object, times = 1) => {
    const statuses: number[] = [];
    for (let count = 0; count < times; count++) statuses.push((await call('lotte', 'POST', '/api/guides/consultations', body)).status);
    return statuses;
  };
  const undo = (who = 'lotte') => call(who, 'DELETE', '/api/guides/consultations/last');
  const kept = async () =>
    (
      await sql<{ thing: string; key: string; count: number }>`select thing, key, count from guides.consultation_month where count > 0 order by 1, 2`.execute(
        read,
      )
    ).rows;
  assert.deepEqual(await post(one, 9), Array(9).fill(201));
  assert.deepEqual(await kept(), [], 'nine are nobody’s business');
  assert.deepEqual((await undo()).json, { today: 8, all: 8 });
  assert.equal((await undo('dirk')).status, 409, 'nobody takes back what another counted');
  assert.deepEqual(await post({ ...one, place: 'nirgends' }), [422]);
  assert.deepEqual(await post(one), [201]);
  const page = await (await server.request('/lotsen/zaehlen', { headers: { cookie: 'kontor_session=lotte' } })).text();
  assert.match(
    page,
    /data-total>9<[\s\S]*data-key="3"[^>]*data-stroke="[^"]*antrag[^"]*"[\s\S]*?data-count>9</,
    'the digit stands on the button, with what it counted',
  );
  assert.deepEqual(await post({ ...one, lang: 'de' }), [201]);
  const tens = [
    { thing: 'all', key: '', count: 10 },
    { thing: 'length', key: 'bis-15', count: 10 },
    { thing: 'place', key: 'passage', count: 10 },
    { thing: 'reason', key: 'antrag', count: 10 },
  ];
  assert.deepEqual(await kept(), tens, 'the languages wait: of neither there are ten');
  const told = await call('nobody', 'GET', '/api/guides/consultations');
  assert.deepEqual(
    told.json,
    tens.map((row) => ({ month: '2026-12-01', ...row })).toSorted((a, b) => (a.thing < b.thing ? -1 : 1)),
  );
  for (const lang of ['de', 'en', 'leicht'])
    assert.match(await (await server.request('/transparenz/beratungen', { headers: { cookie: `kontor_lang=${lang}` } })).text(), />10</);
  const columns = await sql<{
    name: string;
  }>`select column_name as name from information_schema.columns where table_schema = 'guides' and table_name like 'consultation%'`.execute(read);
  assert.deepEqual(
    [...new Set(columns.rows.map(({ name }) => name))].toSorted(),
    ['count', 'key', 'month', 'thing', 'waiting'],
    'no day, no two things in a row',
  );
});
