import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { CAMPAIGN, outreachCity, type OutreachCity } from '../../../../test/support/outreach-city.ts';

const PHONE = 'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36';
const words = (text: string) => ({ de: text, en: text, leicht: text });
const blocks = (service = 'hund') => [
  { id: 'b1', kind: 'lead', words: { heading: words('Hund anmelden'), text: words('Das geht online.') } },
  { id: 'b2', kind: 'service', words: { label: words('Hund jetzt anmelden') }, service },
];

let city: OutreachCity;
let campaign = '';
let services = ['hund', 'wohnung'];
before(async () => {
  city = await outreachCity({ services: () => services.map((key) => ({ key, name: words(key) })) });
  campaign = await running();
});
after(() => city.close());

async function running(change: Record<string, string> = {}): Promise<string> {
  const id = (await city.form('/kampagnen/neu', { ...CAMPAIGN, ...change })).headers.get('location')!.split('/').at(-1)!;
  assert.equal((await city.form(`/kampagnen/${id}/stand`, { nach: 'running' })).status, 303);
  return id;
}
async function landing(slug: string, service = 'hund'): Promise<void> {
  await city.json('POST', `/api/outreach/campaigns/${campaign}/pages`, { slug });
  const { version } = (await (await city.json('PUT', `/api/outreach/pages/${slug}`, { version: 1, blocks: blocks(service) })).json()) as { version: number };
  assert.equal((await city.json('POST', `/api/outreach/pages/${slug}/publication`, { version, reason: 'Start' })).status, 200);
}
async function link(target: string, id = campaign): Promise<string> {
  const made = await city.json('POST', `/api/outreach/campaigns/${id}/links`, { target, channel: 'poster' });
  assert.equal(made.status, 201, await made.clone().text());
  return ((await made.json()) as { code: string }).code;
}
const open = (path: string, agent: string, more: Record<string, string> = {}): Promise<Response> =>
  city.page(path, undefined, { 'user-agent': `${PHONE} ${agent}`, ...more });
async function kept(slug: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ step: string; verdict: string; n: number }>`select step, verdict, n from outreach.landing_opened
    where slug = ${slug} order by step, verdict`.execute(city.database.read);
  return Object.fromEntries(rows.map(({ step, verdict, n }) => [`${step} ${verdict}`, n]));
}

describe('The rule on bursts, on landing pages', () => {
  it('leaves out a burst of one kind of device, and says so on the page of the campaign and to programs', async () => {
    await landing('ansturm');
    for (let n = 0; n < 312; n++) await open('/d/ansturm', String(n));
    assert.deepEqual(await kept('ansturm'), { 'shown burst': 10, 'shown counted': 300 });
    const shown = await (await city.page(`/kampagnen/${campaign}`, 'strategie')).text();
    assert.match(shown, /\/d\/ansturm[\s\S]{0,900}>300<[\s\S]{0,300}weniger als 10[\s\S]{0,300}>10</, 'read, onward, left out');
    assert.match(shown, /was dieser Link oder diese Zielseite sonst hat/);
    assert.match(shown, /Ansturm[\s\S]{0,600}>10</, 'the rules count pages, too');
    const { pages } = (await (await city.json('GET', `/api/outreach/campaigns/${campaign}`)).json()) as { pages: { slug: string }[] };
    assert.deepEqual(
      pages.find(({ slug }) => slug === 'ansturm'),
      { slug: 'ansturm', shown: 300, onward: 'suppressed', excluded: { robot: 'suppressed', ahead: 'suppressed', repeat: 'suppressed', burst: 10 } },
    );
  });
  it('knows what a page usually has: as many are no burst where so many always come', async () => {
    await landing('beliebt');
    await city.database.write((tx) =>
      sql`insert into outreach.landing_opened (slug, step, day, verdict, n)
        select 'beliebt', 'shown', current_date_of.day::date - back, 'counted', 3000
        from generate_series(1, 6) back, (select ${city.clock.now()}::timestamptz as day) current_date_of`.execute(tx),
    );
    city.counted.length = 0;
    for (let n = 0; n < 330; n++) await open('/d/beliebt', `p${n}`);
    assert.equal(city.counted.length, 330);
    for (let n = 0; n < 330; n++) await open('/d/beliebt/weiter/hund', `p${n}`);
    assert.equal(city.counted.length, 630, 'the way onward is a step of its own, with its own usual number');
  });
  it('repeats make no burst: one browser stops a page for nobody else', async () => {
    await landing('wieder');
    city.counted.length = 0;
    for (let n = 0; n < 310; n++) await open('/d/wieder', 'same');
    await open('/d/wieder', 'other');
    assert.equal(city.counted.length, 4);
    assert.deepEqual(await kept('wieder'), { 'shown repeat': 300 });
  });
});

describe('What is kept of openings', () => {
  it('is whole tens of ten different browsers, also over midnight', async () => {
    const code = await link('/leistungen/hund');
    const counts = async (): Promise<number> =>
      (await sql<{ n: number }>`select coalesce(sum(n), 0)::int as n from outreach.follow where code = ${code}`.execute(city.database.read)).rows[0]!.n;
    for (let hour = 0; hour < 6; hour++) {
      for (let n = 0; n < 3; n++) await open(`/k/${code}`, 'alone');
      city.clock.advance({ hours: 1, minutes: 1 });
    }
    assert.equal(await counts(), 0, 'eighteen of one browser are no ten');
    for (let n = 0; n < 8; n++) await open(`/k/${code}`, `neighbour ${n}`);
    assert.equal(await counts(), 0);
    city.clock.advance({ hours: 24 });
    await open(`/k/${code}`, 'the tenth');
    assert.equal(await counts(), 10);
  });
  it('who does not want to be counted takes no code along, and so is in no number later', async () => {
    const code = await link('/leistungen/hund');
    await landing('ohne');
    for (const declines of [{ dnt: '1' }, { 'sec-gpc': '1' }] as Record<string, string>[]) {
      assert.equal((await open(`/k/${code}`, 'x', declines)).headers.get('location'), '/leistungen/hund');
      assert.match(await (await open(`/d/ohne?k=${code}`, 'x', declines)).text(), /href="\/d\/ohne\/weiter\/hund"/);
      assert.equal((await open('/d/ohne/weiter/hund', 'x', declines)).headers.get('location'), '/leistungen/hund');
    }
  });
});

describe('A link that is printed', () => {
  it('of a campaign that begins later waits, and says so with the way on', async () => {
    const later = await running({ startsOn: '01.12.2026', endsOn: '31.12.2026' });
    const code = await link('/leistungen/hund', later);
    const early = await open(`/k/${code}`, 'x');
    assert.equal(early.status, 404);
    assert.match(await early.text(), /gilt noch nicht[\s\S]*href="\/leistungen\/hund"/);
  });
  it('never leads nowhere: to a page that says so, with the ways that there are', async () => {
    const refused = await city.json('POST', `/api/outreach/campaigns/${campaign}/links`, { target: '/d/gibt-es-nicht', channel: 'poster' });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /Diese Zielseite gibt es nicht/);
    await landing('weg');
    const [toPage, toService] = [await link('/d/weg'), await link('/leistungen/wohnung')];
    assert.equal((await open(`/k/${toPage}`, 'x')).status, 302);
    const { version } = (await (await city.json('GET', '/api/outreach/pages/weg')).json()) as { version: number };
    assert.equal((await city.json('DELETE', '/api/outreach/pages/weg/publication', { version, reason: 'Falsch' })).status, 200);
    services = ['hund'];
    for (const code of [toPage, toService]) {
      const gone = await open(`/k/${code}`, 'x');
      assert.equal(gone.status, 410);
      const text = await gone.text();
      assert.match(text, /Das gibt es hier nicht mehr/);
      assert.doesNotMatch(text, /href="\/d\/weg"|href="\/leistungen\/wohnung"/);
      assert.match(text, /href="\/"/);
    }
    services = ['hund', 'wohnung'];
    assert.equal((await city.form(`/kampagnen/${campaign}/links/${toPage}/ende`, {})).status, 303);
    const over = await (await open(`/k/${toPage}`, 'x')).text();
    assert.match(over, /gilt nicht mehr/);
    assert.doesNotMatch(over, /href="\/d\/weg"/);
  });
});
