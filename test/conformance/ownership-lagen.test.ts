import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AnyRoute } from '../../src/platform/http/route.ts';
import { deviceSeen, lageCity, staffSeen, type LageCity } from '../support/lage-city.ts';

let city: LageCity;
let key = '';
/** Ids of rows that are really there. */
const rows: string[] = [];
/** What no answer to a stranger may hold. */
const SECRETS = /Nordwind|Petersen|HLRW 21|Abschnitt Süd|Pumpe kaputt|Jens Leiter|Radarquelle/;
const POINT = { type: 'Point', coordinates: [9.97, 53.54] };
const MEMBER = '0190a000-0000-7000-8000-000000001077';

/** The session of a guest who has a link of that Lage. */
async function guestOf(lage: string, name: string, over: object): Promise<string> {
  const until = city.ctx.clock().add({ hours: 2 }).toString();
  const body = { name, organisation: 'DRK', function: 'einheit', until, ...over };
  const { link } = (await city.json('leader', 'POST', `/api/lagen/${lage}/gaeste`, body)) as { link: string };
  const entered = await city.form('nobody', new URL(link).pathname, {});
  return /kontor_session=([^;]+)/.exec(entered.headers.get('set-cookie')!)![1]!;
}

const made = async (path: string, body: object): Promise<string> => {
  const { id } = (await city.json('leader', 'POST', `/api/lagen/${key}/${path}`, body)) as { id: string };
  rows.push(id);
  return id;
};

const who: Record<string, string> = { stranger: 'stranger' };
let south = '';
let task = '';

before(async () => {
  city = await lageCity();
  key = await city.lage('Nordwind');
  const other = await city.lage('Andere');
  south = await made('abschnitte', { name: 'Abschnitt Süd', kind: 'abschnitt', leader: 'Petersen' });
  const north = await made('abschnitte', { name: 'Abschnitt Nord', kind: 'abschnitt' });
  await made('objects', { kind: 'hazard', title: 'Deichriss bei Petersen', geometry: POINT });
  await made('objects', { kind: 'hazard', title: 'Nur für S2: Petersen', geometry: POINT, needToKnow: ['S2'] });
  await made('kraefte', { body: { callSign: 'HLRW 21-1', organisation: 'thw', strength: '1/2/6//9', sectionId: south } });
  task = await made('auftraege', { body: { title: 'Deich sichern bei Petersen', sectionId: south } });
  await made('tagebuch', { kind: 'ereignis', text: 'Pumpe kaputt bei Petersen' });
  await made('meldungen', { text: 'Pumpe kaputt bei Petersen', sourceName: 'Petersen', eventAt: city.ctx.clock().toString() });
  await made('quellen', { kind: 'cot', name: 'Radarquelle', certificate: 'radar' });
  who['guest elsewhere'] = await guestOf(other, 'Fremder Gast', {});
  who['device'] = await deviceSeen(city, 'device', { deviceId: '0190a000-0000-7000-8000-00000000d009', name: 'Fremdes Gerät' });
  await staffSeen(city, MEMBER, 'Nina Nord');
  await city.json('leader', 'POST', `/api/lagen/${key}/mitglieder`, { staffId: MEMBER, organisation: 'THW', function: 'einheit', sectionId: north });
  city.as('north', { kind: 'staff', staffId: MEMBER, roles: ['krisenstab'], authorities: [] });
});
after(() => city.close());

const ofLage = (): AnyRoute[] => city.server.routes.filter(({ path }) => /^(\/api)?\/lagen\/:key(\/|$)/.test(path));

/** The route's path in the Lage, once with each row that is there. */
const concrete = (path: string): string[] => [
  ...new Set(rows.map((id) => path.replace(':key', key).replace(':id', id).replace(':number', '1').replace(/:\w+/g, '1'))),
];

/** Bodies with which the door opens for who may enter; to all others it stays shut whatever they send. */
const BODIES: Readonly<Record<string, object>> = {
  '/api/lagen/:key/objects': { kind: 'hazard', title: 'fremd', geometry: POINT },
  '/api/lagen/:key/tagebuch': { kind: 'ereignis', text: 'fremd' },
  '/api/lagen/:key/meldungen': { text: 'fremd', sourceName: 'fremd', eventAt: '2026-11-28T18:00:00Z' },
  '/api/lagen/:key/abschnitte': { name: 'fremd', kind: 'abschnitt' },
  '/api/lagen/:key/quellen': { kind: 'cot', name: 'fremd', certificate: '*' },
  '/api/lagen/:key/ueberblick/gesehen': { pictureSeq: 1, logNumber: 1 },
};

function call({ method, kind, path: pattern }: AnyRoute, path: string, session: string): Promise<Response> {
  const headers = { cookie: `kontor_session=${session}`, origin: 'http://localhost:8080' };
  if (method === 'get') return Promise.resolve(city.server.request(path, { headers }));
  if (kind === 'page')
    return Promise.resolve(city.server.request(path, { method: 'POST', headers, body: new URLSearchParams({ text: 'fremd', title: 'fremd' }) }));
  const body = JSON.stringify(BODIES[pattern] ?? {});
  return Promise.resolve(city.server.request(path, { method: method.toUpperCase(), headers: { ...headers, 'content-type': 'application/json' }, body }));
}

const state = async (): Promise<unknown> => [
  (await city.json('leader', 'GET', `/api/lagen/${key}/objects`))['head'],
  await city.json('leader', 'GET', `/api/lagen/${key}/mitglieder`),
  await city.json('leader', 'GET', `/api/lagen/${key}/tagebuch`),
  await city.json('leader', 'GET', `/api/lagen/${key}/meldungen`),
  await city.json('leader', 'GET', `/api/lagen/${key}/quellen`),
];

describe('a Lage', () => {
  it('is whole for who leads it: the probes reach real rows', async () => {
    for (const path of ['', '/ueberblick', '/karte', '/tagebuch', '/meldungen', '/kraefte', '/auftraege', '/quellen', '/stab'])
      assert.match(await (await city.call('leader', 'GET', `/lagen/${key}${path}`)).text(), SECRETS, path);
  });

  it('is not there for strangers, guests of another Lage and devices that were not admitted, whatever the route', async () => {
    const before = await state();
    const routes = ofLage();
    assert.ok(routes.length >= 100, `only ${routes.length} routes found`);
    const wrong: string[] = [];
    for (const route of routes)
      for (const [name, session] of Object.entries(who))
        for (const path of concrete(route.path)) {
          const answer = await call(route, path, session);
          const toSignIn = answer.status === 303 && (answer.headers.get('location') ?? '').startsWith('/anmelden');
          if (![400, 401, 403, 404, 422].includes(answer.status) && !toSignIn) wrong.push(`${route.method} ${route.path} as ${name}: ${answer.status}`);
          if (SECRETS.test(await answer.text())) wrong.push(`${route.method} ${route.path} as ${name} tells`);
        }
    assert.deepEqual([...new Set(wrong)], []);
    assert.deepEqual(await state(), before);
  });

  it('lets somebody of another section read along, and neither work with what is not theirs nor see what they need not know', async () => {
    const { items } = (await city.json('north', 'GET', `/api/lagen/${key}/objects`)) as { items: { title: string }[] };
    assert.ok(items.some(({ title }) => title === 'Deichriss bei Petersen'));
    assert.ok(!items.some(({ title }) => title.startsWith('Nur für S2')));
    for (const [method, path, body] of [
      ['POST', `auftraege/${task}/schritte`, { basis: 1, step: { step: 'acknowledge', reason: '' } }],
      ['PUT', `auftraege/${task}`, { basis: 1, body: { title: 'fremd', sectionId: null } }],
      ['PUT', `abschnitte/${south}`, { leader: 'fremd' }],
      ['DELETE', `abschnitte/${south}`, undefined],
      ['POST', 'mitglieder', { staffId: MEMBER, organisation: 'x', function: 'S1' }],
      ['POST', 'gaeste', { name: 'x', organisation: 'x', function: 'einheit', until: '2026-11-29T00:00:00Z' }],
      ['POST', 'quellen', { kind: 'cot', name: 'fremd', certificate: '*' }],
    ] as const) {
      const { status } = await city.call('north', method, `/api/lagen/${key}/${path}`, body);
      assert.equal(status, 403, `${method} ${path}`);
    }
  });

  it('shows a guest with few layers neither its staff nor its sections, but who leads and their own', async () => {
    const guest = await guestOf(key, 'DRK Süd', { layers: ['schaeden'], sectionId: south });
    const read = async (path: string): Promise<Response> => city.server.request(path, { headers: { cookie: `kontor_session=${guest}` } });
    const named = async (path: string): Promise<string[]> =>
      ((await (await read(`/api/lagen/${key}/${path}`)).json()) as { items: { name: string }[] }).items.map(({ name }) => name);
    assert.deepEqual((await named('mitglieder')).toSorted(), ['DRK Süd', 'Jens Leiter']);
    assert.deepEqual(await named('abschnitte'), ['Abschnitt Süd']);
    for (const path of ['', '/stab']) {
      const page = await (await read(`/lagen/${key}${path}`)).text();
      assert.doesNotMatch(page, /Nina Nord|Abschnitt Nord/, path);
    }
    for (const path of ['sturmflut', 'tore', 'sturmflut/zonen', 'sturmflut/vorhersagen', 'sturmflut/pegel', 'sturmflut/massnahmen'])
      assert.ok([403, 404].includes((await read(`/api/lagen/${key}/${path}`)).status), path);
    assert.equal((await read(`/lagen/${key}/tore`)).status, 403);
    assert.doesNotMatch(await (await read(`/lagen/${key}/ueberblick`)).text(), /Nina Nord|function-empty/);
  });
});
