import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { legalDay } from '../../../kernel/time.ts';
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
  assert.match(JSON.stringify((await book(SLOT, { email: 'nirgends' })).json), /keine E-Mail-Adresse/);
  assert.match(JSON.stringify((await book(SLOT, { topic: 'technik' })).json), /gibt es an diesem Ort nicht/);
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

it('consultations are plain counts of a day, and can be taken back', async () => {
  const one = { place: 'passage', reason: 'antrag', length: 'bis-15', lang: 'tr' };
  for (let count = 0; count < 3; count++) assert.equal((await call('lotte', 'POST', '/api/guides/consultations', one)).status, 200);
  assert.equal((await call('lotte', 'POST', '/api/guides/consultations', { ...one, undo: true })).status, 200);
  assert.equal((await call('lotte', 'POST', '/api/guides/consultations', { ...one, reason: 'status', undo: true })).status, 422);
  assert.equal((await call('lotte', 'POST', '/api/guides/consultations', { ...one, place: 'nirgends' })).status, 422);
  const rows = await sql<{ day: Temporal.PlainDate; count: number }>`select day, count from guides.consultation`.execute(city.ctx.database.read);
  assert.deepEqual(
    rows.rows.map(({ day, count }) => [day.toString(), count]),
    [[legalDay(now).toString(), 2]],
  );
});
