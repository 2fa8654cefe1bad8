import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { CAMPAIGN, outreachCity, type OutreachCity } from '../../../../test/support/outreach-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import { qrFile } from '../../../platform/ui/qr-code.ts';
import { fillDemoCampaign, shareCode } from '../public.ts';
import { posterOf } from '../application/posters.ts';

const PHONE = 'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36';
const as = (userAgent: string): { 'user-agent': string } => ({ 'user-agent': userAgent });

describe('campaigns and their links', () => {
  let city: OutreachCity;
  before(async () => {
    city = await outreachCity();
  });
  after(() => city.close());

  const make = async (change: Record<string, string> = {}): Promise<string> => {
    const made = await city.form('/kampagnen/neu', { ...CAMPAIGN, ...change });
    assert.equal(made.status, 303, await made.text());
    return made.headers.get('location')!;
  };
  const running = async (change: Record<string, string> = {}): Promise<string> => {
    const at = await make(change);
    assert.equal((await city.form(`${at}/stand`, { nach: 'running' })).status, 303);
    return at;
  };
  const codeOf = async (at: string, target = '/leistungen/hund', more: Record<string, string> = {}): Promise<string> => {
    const made = await city.form(`${at}/links`, { target, channel: 'poster', place: 'Rathaus', material: 'A3', ...more });
    assert.equal(made.status, 303, await made.text());
    const [code] = [...(await (await city.page(at, 'presse')).text()).matchAll(/href="\/k\/([a-z0-9]+)"/g)].map((one) => one[1]!).reverse();
    return code!;
  };
  const counts = async (code: string): Promise<Record<string, number>> => {
    const { rows } = await sql<{ verdict: string; n: number }>`select verdict, n from outreach.follow where code = ${code}`.execute(city.database.read);
    return Object.fromEntries(rows.map(({ verdict, n }) => [verdict, n]));
  };

  it('keeps everything typed and names each wrong field in a sentence', async () => {
    const wrong = await city.form('/kampagnen/neu', { ...CAMPAIGN, startsOn: '31.12.2026', endsOn: '24.11.2026', budget: '-5', services: 'katze', to: 'viel' });
    assert.equal(wrong.status, 422);
    const text = await wrong.text();
    assert.match(text, /href="#f-endsOn">Das Ende liegt vor dem Beginn am 31\.12\.2026/);
    assert.match(text, /href="#f-budget">Das Budget kann nicht unter null liegen/);
    assert.match(text, /href="#f-services">Die Leistung „katze“ gibt es nicht/);
    assert.match(text, /href="#f-to">/);
    assert.match(text, /value="-5"/);
    assert.match(text, /Menschen mit Hund<\/textarea>/);
  });

  it('is made, changed by who read it last, started and ended, and every step is in the journal', async () => {
    const at = await make();
    assert.match(await (await city.page(`${at}/bearbeiten`, 'presse')).text(), /value="12500,00"/);
    const changed = await city.form(`${at}/bearbeiten`, { ...CAMPAIGN, title: 'Neuer Name', version: '1' });
    assert.equal(changed.status, 303, await changed.text());
    const late = await city.form(`${at}/bearbeiten`, { ...CAMPAIGN, version: '1' });
    assert.equal(late.status, 409);
    assert.match(await late.text(), /inzwischen geändert/);
    assert.equal((await city.form(`${at}/stand`, { nach: 'ended' })).status, 409);
    assert.equal((await city.form(`${at}/stand`, { nach: 'running' })).status, 303);
    assert.equal((await city.form(`${at}/stand`, { nach: 'ended' })).status, 303);
    assert.equal((await city.form(`${at}/bearbeiten`, { ...CAMPAIGN, version: '4' })).status, 409);
    const { rows } = await sql<{ kind: string; actor: string }>`select kind, actor from platform.journal
      where stream = ${`outreach:${at.split('/').at(-1)!}`} order by seq`.execute(city.database.read);
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['campaign-made', 'campaign-changed', 'campaign-started', 'campaign-ended'].map((kind) => `outreach.${kind}`),
    );
    assert.ok(rows.every(({ actor }) => actor.startsWith('staff:')));
  });

  it('is written by the press office alone and read by strategy, revision and heads', async () => {
    const at = await make();
    for (const who of ['strategie', 'revision', 'leitung'] as const) {
      assert.equal((await city.page(at, who)).status, 200);
      assert.equal((await city.form(`${at}/stand`, { nach: 'running' }, who)).status, 403);
      assert.doesNotMatch(await (await city.page(at, who)).text(), /Kampagne starten/);
    }
    for (const who of ['sachbearbeitung', 'citizen'] as const) assert.equal((await city.page(at, who)).status, 403);
    assert.equal((await city.page(at)).status, 303);
  });

  it('refuses a link that would reach into a procedure, with the reason and what goes instead', async () => {
    const at = await running();
    for (const target of ['/antrag/neu/hund', '/leistungen/hund?name=Petersen', '/verwaltung', 'https://anderswo.example/']) {
      const refused = await city.form(`${at}/links`, { target, channel: 'poster', place: 'Hier' });
      assert.equal(refused.status, 422, target);
      const text = await refused.text();
      assert.match(text, /href="#f-target"/);
      assert.match(text, /value="Hier"/);
    }
    const api = await city.json('POST', `/api/outreach/campaigns/${at.split('/').at(-1)!}/links`, { target: '/antrag/neu/hund', channel: 'poster' });
    assert.equal(api.status, 422);
    assert.match(await api.text(), /vorausgefüllt wird nichts/);
  });

  it('leads on with its origin, counts people, and keeps by rule what was left out', async () => {
    const at = await running();
    const code = await codeOf(at);
    city.counted.length = 0;
    const first = await city.page(`/k/${code}`, undefined, as(PHONE));
    assert.equal(first.status, 302);
    assert.equal(first.headers.get('location'), `/leistungen/hund?k=${code}`);
    assert.equal(first.headers.get('set-cookie'), null);
    // what was scanned from a poster in another language opens in it
    const inEnglish = await city.page(`/k/${code}?lang=en`, undefined, { ...as(PHONE), dnt: '1' });
    assert.equal(inEnglish.headers.get('location'), '/leistungen/hund?lang=en');
    assert.deepEqual(city.counted, [{ step: 'link-followed', subject: code, origin: code }]);
    await city.page(`/k/${code}`, undefined, as(PHONE));
    await city.page(`/k/${code}`, undefined, as(PHONE));
    assert.equal((await city.page(`/k/${code}`, undefined, as(PHONE))).status, 302, 'who is not counted gets on all the same');
    await city.page(`/k/${code}`, undefined, as('Mozilla/5.0 (compatible; Googlebot/2.1)'));
    await city.page(`/k/${code}`, undefined, { ...as(`${PHONE} b`), 'sec-purpose': 'prefetch;prerender' });
    await city.server.request(`/k/${code}`, { method: 'HEAD', headers: as(`${PHONE} c`) });
    await city.page(`/k/${code}`, undefined, { ...as(`${PHONE} d`), dnt: '1' });
    await city.page(`/k/${code}`, undefined, { ...as(`${PHONE} e`), 'sec-gpc': '1' });
    assert.equal(city.counted.length, 3);
    city.clock.advance({ hours: 1, seconds: 1 });
    await city.page(`/k/${code}`, undefined, as(PHONE));
    assert.equal(city.counted.length, 4);
    assert.deepEqual(await counts(code), {}, 'fewer than ten are kept nowhere');
    const shown = await (await city.page(at, 'strategie')).text();
    assert.match(shown, /weniger als 10/);
    assert.match(shown, /Vom selben Gerät zählen höchstens 3 Aufrufe eines Links oder einer Zielseite in einer Stunde/);
    const api = (await (await city.json('GET', `/api/outreach/campaigns/${at.split('/').at(-1)!}`)).json()) as {
      links: { followed: unknown; excluded: unknown }[];
    };
    assert.equal(api.links[0]!.followed, 'suppressed');
    assert.deepEqual(api.links[0]!.excluded, { robot: 'suppressed', ahead: 'suppressed', repeat: 'suppressed', burst: 'suppressed' });
    for (let n = 0; n < 12; n++) await city.page(`/k/${code}`, undefined, as(`FictionBot/${n}`));
    assert.deepEqual(await counts(code), { robot: 10 });
  });

  it('a burst of one kind of device is left out from a point on, and somebody after it counts again', async () => {
    const code = await codeOf(await running());
    for (let n = 0; n < 310; n++) await city.page(`/k/${code}`, undefined, as(`${PHONE} ${n}`));
    assert.deepEqual(await counts(code), { counted: 300, burst: 10 });
    city.clock.advance({ minutes: 11 });
    city.counted.length = 0;
    await city.page(`/k/${code}`, undefined, as(`${PHONE} 999`));
    assert.equal(city.counted.length, 1);
    for (let n = 0; n < 9; n++) await city.page(`/k/${code}`, undefined, as(`${PHONE} after ${n}`));
    assert.deepEqual(await counts(code), { counted: 310, burst: 10 });
  });

  it('one browser that comes again and again stops a link for nobody else', async () => {
    const code = await codeOf(await running());
    city.counted.length = 0;
    for (let n = 0; n < 310; n++) await city.page(`/k/${code}`, undefined, as(PHONE));
    await city.page(`/k/${code}`, undefined, as(`${PHONE} other`));
    assert.equal(city.counted.length, 4);
    assert.deepEqual(await counts(code), { repeat: 300 }, 'four of two browsers are no ten');
  });

  it('a link that is over says so, with the way on, and one of a draft waits', async () => {
    const draft = await make();
    const early = await city.page(`/k/${await codeOf(draft)}`);
    assert.equal(early.status, 404);
    assert.match(await early.text(), /gilt noch nicht/);
    const at = await running();
    const code = await codeOf(at);
    assert.equal((await city.form(`${at}/links/${code}/ende`, {})).status, 303);
    const over = await city.page(`/k/${code}`, undefined, as(PHONE));
    assert.equal(over.status, 410);
    const text = await over.text();
    assert.match(text, /gilt nicht mehr/);
    assert.match(await (await city.page(`/k/${code}?lang=en`, undefined, as(PHONE))).text(), /“Register a dog, digitally”/);
    assert.match(text, /href="\/leistungen\/hund"/);
    assert.equal((await city.form(`${at}/links/${code}/ende`, {})).status, 409);
    for (const wrong of ['zzzzzz', 'aeiou', '../amt', 'b7kfm.b']) assert.equal((await city.page(`/k/${encodeURIComponent(wrong)}`)).status, 404, wrong);
  });

  it('is printed as QR code, poster and handbill with the address as text', async () => {
    const at = await running();
    const code = await codeOf(at);
    const qr = await city.page(`${at}/links/${code}/qr.svg`, 'presse');
    assert.equal(qr.headers.get('content-type'), 'image/svg+xml');
    assert.match(await qr.text(), /^<svg/);
    for (const name of ['plakat.pdf', 'handzettel.pdf']) {
      const pdf = await city.page(`${at}/links/${code}/${name}`, 'presse');
      assert.equal(pdf.status, 200);
      assert.match(Buffer.from(await pdf.arrayBuffer()).toString('latin1'), /^%PDF-1/);
    }
    assert.ok(expectOk(await posterOf(city.ctx, code, { format: 'poster', lang: 'de' }, qrFile)).byteLength > 1000);
    assert.equal((await city.page(`${at}/links/zzzzzz/plakat.pdf`, 'presse')).status, 404);
  });

  it('passes a service on by one link for good, and leaves that campaign alone', async () => {
    const [one, again, other] = [await shareCode(city.ctx, 'hund'), await shareCode(city.ctx, 'hund'), await shareCode(city.ctx, 'wohnung')];
    assert.equal(one, again);
    assert.notEqual(one, other);
    assert.equal(await shareCode(city.ctx, 'katze'), undefined);
    const followed = await city.page(`/k/${one!}`, undefined, as(PHONE));
    assert.match(followed.headers.get('location')!, /^\/leistungen\/hund\?k=/);
    const { rows } = await sql<{ id: string }>`select id from outreach.campaign where key = 'weitergeben'`.execute(city.database.read);
    assert.equal(rows.length, 1);
    const refused = await city.json('POST', `/api/outreach/campaigns/${rows[0]!.id}/state`, { state: 'ended' });
    assert.equal(refused.status, 403);
    const page = await (await city.page(`/kampagnen/${rows[0]!.id}`, 'presse')).text();
    assert.match(page, /seit 24\. November 2026, unbefristet/);
    assert.doesNotMatch(page, /2126|100 %/);
  });

  it('says plainly that nobody measures the way yet', async () => {
    const at = await running();
    assert.match(await (await city.page(at, 'presse')).text(), /Diese Zahlen misst noch niemand/);
    assert.deepEqual(await (await city.json('GET', `/api/outreach/campaigns/${at.split('/').at(-1)!}/funnel`)).json(), { measured: false, stages: [] });
  });
});

describe('a campaign whose way is measured', () => {
  let city: OutreachCity;
  const today = Temporal.PlainDate.from('2026-11-24');
  before(async () => {
    city = await outreachCity({
      funnel: async ({ origins }) => [
        { step: 'link-followed', count: 120 + origins.length, of: 'requests' },
        { step: 'form-begun', count: 'suppressed', of: 'requests' },
        { step: 'case-submitted', count: 50, of: 'cases' },
        { step: 'case-decided', count: 'unknown', of: 'cases' },
      ],
      rateOn: async ({ rate, services, on }) => {
        if (rate === 'survey') return { share: { kind: 'unknown' } };
        const days = { from: on.subtract({ years: 1 }), until: on };
        if (rate === 'completion') return { share: { kind: 'suppressed' }, days };
        const value = on.equals(today) ? 0.31 : 0.2;
        return { share: { kind: 'known', value, of: 500 }, days, services: { known: Math.max(1, services.length), all: Math.max(2, services.length) } };
      },
    });
  });
  after(() => city.close());

  it('the demo has one campaign, also after a second start, and its page is right by its own rules', async () => {
    await fillDemoCampaign(city.ctx);
    await fillDemoCampaign(city.ctx);
    const { items } = (await (await city.json('GET', '/api/outreach/campaigns')).json()) as { items: { title: string; ownPlacement: boolean }[] };
    assert.deepEqual(
      items.map(({ title, ownPlacement }) => [title, ownPlacement]),
      [['Hamburg – digital für dich', true]],
    );
    assert.match(
      await (await city.page('/d/digital-fuer-dich?lang=leicht')).text(),
      /<h1[^>]*>Hamburg – digital für dich[\s\S]*Das wissen wir von: Stadt Hamburg/,
    );
  });

  it('tells programs the same way as people: of the campaign’s days, and none before it begins', async () => {
    const asked: string[] = [];
    const measured = await outreachCity({ funnel: async ({ from, until }) => (asked.push(`${from.toString()} ${until.toString()}`), []) });
    const both = async (days: Record<string, string>): Promise<string[]> => {
      const at = (await measured.form('/kampagnen/neu', { ...CAMPAIGN, ...days })).headers.get('location')!;
      await measured.form(`${at}/links`, { target: '/leistungen/hund', channel: 'poster' });
      asked.length = 0;
      await measured.page(at, 'presse');
      await measured.json('GET', `/api/outreach/campaigns/${at.split('/').at(-1)!}/funnel`);
      return [...asked];
    };
    assert.deepEqual(await both({ startsOn: '01.10.2026', endsOn: '31.10.2026' }), ['2026-10-01 2026-10-31', '2026-10-01 2026-10-31']);
    assert.deepEqual(await both({ startsOn: '01.12.2026' }), []);
    await measured.close();
  });

  it('says where its goal stands, before and now, with the rule of its light and what an application cost', async () => {
    const at = (await city.form('/kampagnen/neu', { ...CAMPAIGN, startsOn: '01.10.2026', spent: '1.000,00' })).headers.get('location')!;
    await city.form(`${at}/links`, { target: '/leistungen/hund', channel: 'poster' });
    const text = await (await city.page(at, 'strategie')).text();
    assert.match(text, /Als die Kampagne begann[\s\S]*20\s%[\s\S]*Heute[\s\S]*31\s%[\s\S]*1 von 2 Leistungen gezählt/);
    assert.match(text, />zurück<[\s\S]*Gerader Weg von 24\s% \(01\.10\.2026\) zu 40\s% \(31\.12\.2026\): am 24\.11\.2026 mindestens 33,5\s%/);
    assert.match(text, /Das Ziel ist noch nicht erreicht/);
    assert.match(text, /höchstens 20,00\s€[\s\S]*Ausgaben geteilt durch 50/);
    const read = async (path: string) => (await (await city.json('GET', `/api/outreach/campaigns/${path.split('/').at(-1)!}`)).json()) as { goalNow: unknown };
    const { goalNow } = (await read(at)) as { goalNow: { now: { percent: number }; before: { percent: number }; light: string; costPerCaseCents: number } };
    assert.deepEqual([goalNow.now.percent, goalNow.before.percent, goalNow.costPerCaseCents], [31, 20, 2000]);
    assert.equal(goalNow.light, 'red');
  });

  it('what was kept when a goal named one service, and a name was German, reads on; the city’s own campaign is of the city', async () => {
    await shareCode(city.ctx, 'hund');
    const migration = await readFile(join(import.meta.dirname, '../store/0005-goal-and-titles.sql'), 'utf8');
    const undo = new Error('rolled back');
    const read: { key: string | null; goal: unknown; titles: unknown }[] = [];
    const tried = city.database.write(async (tx) => {
      await sql`update outreach.campaign set about = jsonb_set(about - 'titles', '{goal}', (about -> 'goal') - 'services' || '{"service": "wohnung"}'::jsonb)`.execute(
        tx,
      );
      await sql.raw(migration).execute(tx);
      const { rows } = await sql<(typeof read)[number]>`select key, about -> 'goal' as goal, about -> 'titles' as titles from outreach.campaign`.execute(tx);
      read.push(...rows);
      throw undo;
    });
    await assert.rejects(tried, undo);
    assert.ok(read.length > 2);
    for (const { key, goal, titles } of read) {
      assert.deepEqual(titles, { en: '', leicht: '' });
      assert.deepEqual((goal as { services: unknown }).services, key === null ? ['wohnung'] : []);
      assert.ok(!('service' in (goal as object)));
    }
  });

  it('a goal of the whole city names no service; what nobody knows, or is of too few, is said with its reason and has no light', async () => {
    const { services: _, ...wholeCity } = CAMPAIGN;
    const survey = (await city.form('/kampagnen/neu', { ...wholeCity, rate: 'survey' })).headers.get('location')!;
    const text = await (await city.page(survey, 'presse')).text();
    assert.match(text, /Ganze Stadt[\s\S]*Es ist keine Umfrage dazu eingetragen[\s\S]*Ohne eine Zahl von heute gibt es kein Licht/);
    assert.match(text, /Was über die Links kommt, zählt noch niemand/);
    const completion = (await city.form('/kampagnen/neu', { ...wholeCity, rate: 'completion' })).headers.get('location')!;
    assert.match(await (await city.page(completion, 'presse')).text(), /zu wenige, um sie zu zeigen/);
    const fields = new URLSearchParams(wholeCity);
    for (const service of ['hund', 'wohnung']) fields.append('services', service);
    const both = (await city.form('/kampagnen/neu', fields)).headers.get('location')!;
    assert.match(await (await city.page(both, 'presse')).text(), /Hund anmelden, Wohnung anmelden/);
    assert.match(await (await city.page(`${both}/bearbeiten`, 'presse')).text(), /value="wohnung" checked/);
  });

  it('shows each step as chart and table, few as few and unknown as unknown', async () => {
    const at = (await city.form('/kampagnen/neu', CAMPAIGN)).headers.get('location')!;
    await city.form(`${at}/links`, { target: '/leistungen/hund', channel: 'poster' });
    const text = await (await city.page(at, 'strategie')).text();
    assert.match(text, /<svg class="k-chart__picture"/);
    assert.match(text, /Link geöffnet[\s\S]*121[\s\S]*Antrag begonnen[\s\S]*weniger als 20[\s\S]*Bescheid ergangen[\s\S]*nicht bekannt/);
  });
});
