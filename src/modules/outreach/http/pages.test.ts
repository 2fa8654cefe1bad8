import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { CAMPAIGN, outreachCity, type OutreachCity } from '../../../../test/support/outreach-city.ts';

const PHONE = 'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36';
/** The smallest PNG: one pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const three = (name: string, de: string, en: string, leicht: string): Record<string, string> => ({
  [`${name}.de`]: de,
  [`${name}.en`]: en,
  [`${name}.leicht`]: leicht,
});
const LEAD = {
  kind: 'lead',
  ...three('heading', 'Ihr Hund ist digital', 'Your dog goes digital', 'Ihr Hund im Internet'),
  ...three('text', 'In wenigen Minuten.', 'In a few minutes.', 'Das geht schnell.'),
};
const BUTTON = { kind: 'service', service: 'hund', ...three('label', 'Hund jetzt anmelden', 'Register your dog', 'Hund anmelden') };

describe('landing pages', () => {
  let city: OutreachCity;
  let campaign = '';
  before(async () => {
    city = await outreachCity();
    campaign = (await city.form('/kampagnen/neu', CAMPAIGN)).headers.get('location')!;
    await city.form(`${campaign}/stand`, { nach: 'running' });
  });
  after(() => city.close());

  const editor = async (slug: string): Promise<string> => {
    const made = await city.form(`${campaign}/seiten`, { slug });
    assert.equal(made.status, 303, await made.text());
    return made.headers.get('location')!;
  };
  const versionOf = async (at: string): Promise<string> =>
    ((await (await city.json('GET', `/api/outreach/pages/${at.split('/').at(-1)!}`)).json()) as { version: number }).version.toString();
  const put = async (at: string, block: string, fields: Record<string, string>): Promise<Response> =>
    city.form(`${at}/baustein/${block}`, { ...fields, version: await versionOf(at) });
  const published = async (slug: string): Promise<string> => {
    const at = await editor(slug);
    for (const [id, fields] of [
      ['b1', LEAD],
      ['b2', BUTTON],
    ] as const)
      assert.equal((await put(at, id, fields)).status, 303);
    const done = await city.form(`${at}/veroeffentlichen`, { version: await versionOf(at), reason: 'Start der Kampagne', action: 'publish' });
    assert.equal(done.status, 303, await done.text());
    return at;
  };

  it('is built from blocks, looked at, and published with a reason', async () => {
    const at = await editor('hund-digital');
    assert.match(await (await city.page(at, 'presse')).text(), /Am Anfang steht der Baustein „Überschrift“/);
    const early = await city.form(`${at}/veroeffentlichen`, { version: '1', reason: 'Weil', action: 'publish' });
    assert.equal(early.status, 409);
    assert.equal((await put(at, 'b1', LEAD)).status, 303);
    const wrong = await put(at, 'b2', { ...BUTTON, 'label.de': 'Hier klicken' });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /href="#f-label-de">Der Text des Knopfes sagt, wohin er führt[\s\S]*value="Hier klicken"[\s\S]*value="Register your dog"/);
    assert.equal((await put(at, 'b2', BUTTON)).status, 303);
    const stale = await city.form(`${at}/baustein/b2`, { ...BUTTON, version: '1' });
    assert.equal(stale.status, 409);
    assert.match(await stale.text(), /inzwischen geändert[\s\S]*Hund jetzt anmelden/);
    assert.match(await (await city.page(`${at}/vorschau`, 'revision')).text(), /<h1[^>]*>Ihr Hund ist digital/);
    assert.equal((await city.page('/d/hund-digital')).status, 404, 'a draft is nobody’s to see');
    const bare = await city.form(`${at}/veroeffentlichen`, { version: await versionOf(at), reason: ' ', action: 'publish' });
    assert.match(await bare.text(), /href="#f-reason"/);
    await city.form(`${at}/veroeffentlichen`, { version: await versionOf(at), reason: 'Start', action: 'publish' });
    for (const [lang, heading] of [
      ['de', 'Ihr Hund ist digital'],
      ['en', 'Your dog goes digital'],
      ['leicht', 'Ihr Hund im Internet'],
    ] as const)
      assert.match(await (await city.page(`/d/hund-digital?lang=${lang}`)).text(), new RegExp(`<h1[^>]*>${heading}`));
    const twice = await city.form(`${campaign}/seiten`, { slug: 'hund-digital' });
    assert.equal(twice.status, 422);
    assert.match(await twice.text(), /href="#f-slug">Diese Kurzadresse ist vergeben/);
  });

  it('what everybody sees changes only with the next version, and can be withdrawn', async () => {
    const at = await published('fassungen');
    await put(at, 'b1', { ...LEAD, 'heading.de': 'Anders als vorher' });
    assert.doesNotMatch(await (await city.page('/d/fassungen')).text(), /Anders als vorher/);
    await city.form(`${at}/veroeffentlichen`, { version: await versionOf(at), reason: 'Klarer', action: 'publish' });
    assert.match(await (await city.page('/d/fassungen')).text(), /Anders als vorher/);
    const { rows } = await sql<{
      number: number;
      reason: string;
    }>`select number, reason from outreach.page_version where slug = 'fassungen' order by number`.execute(city.database.read);
    assert.deepEqual(rows, [
      { number: 1, reason: 'Start der Kampagne' },
      { number: 2, reason: 'Klarer' },
    ]);
    await city.form(`${at}/veroeffentlichen`, { version: await versionOf(at), reason: 'Fehler darin', action: 'withdraw' });
    assert.equal((await city.page('/d/fassungen')).status, 404);
  });

  it('carries the origin onward, its own where none came, and counts both steps', async () => {
    await published('weiter');
    city.counted.length = 0;
    const headers = { 'user-agent': PHONE };
    const { code } = (await (await city.json('GET', '/api/outreach/pages/weiter')).json()) as { code: string };
    assert.match(await (await city.page('/d/weiter', undefined, headers)).text(), new RegExp(`href="/d/weiter/weiter/hund\\?k=${code}"`));
    const link = (await (
      await city.json('POST', `/api/outreach/campaigns/${campaign.split('/').at(-1)!}/links`, { target: '/d/weiter', channel: 'bus' })
    ).json()) as { code: string };
    const came = await (await city.page(`/d/weiter?k=${link.code}.b`, undefined, headers)).text();
    assert.match(came, new RegExp(`weiter/hund\\?k=${link.code}"`), 'a variant that somebody typed is none');
    const onward = await city.page(`/d/weiter/weiter/hund?k=${link.code}`, undefined, headers);
    assert.equal(onward.status, 302);
    assert.equal(onward.headers.get('location'), `/leistungen/hund?k=${link.code}`);
    assert.deepEqual(
      city.counted.map(({ step, origin }) => `${step} ${origin}`),
      [`landing-shown ${code}`, `landing-shown ${link.code}`, `landing-onward ${link.code}`],
    );
    assert.equal((await city.page('/d/weiter/weiter/wohnung')).status, 404, 'only to services that stand on the page');
    assert.equal(
      (await city.page('/d/weiter/weiter/hund?k=zzzzzz', undefined, { 'user-agent': 'Googlebot/2.1' })).headers.get('location'),
      `/leistungen/hund?k=${code}`,
      'a made-up code is none',
    );
    assert.equal((await city.page(`/d/weiter/weiter/hund?k=${code}`, undefined, { ...headers, dnt: '1' })).headers.get('location'), '/leistungen/hund');
    await city.page('/d/weiter', undefined, { ...headers, dnt: '1' });
    await city.page('/d/weiter', undefined, { 'user-agent': 'Googlebot/2.1' });
    assert.equal(city.counted.length, 3);
    const evil = await (await city.page('/d/weiter?k=%22%3E%3Cscript%3E', undefined, headers)).text();
    assert.doesNotMatch(evil, /"><script>/);
  });

  it('takes a picture by its content, without a word only with what it shows, and shows it once it is published', async () => {
    const at = await editor('bild');
    const slugPath = at.split('/').at(-1)!;
    const send = (bytes: Uint8Array, fields: Record<string, string>): Promise<Response> => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), 'hund.png');
      return city.server.request(`${at}/baustein/b1`, { method: 'POST', headers: { cookie: 'kontor_session=presse' }, body: form });
    };
    const alt = three('alt', 'Ein Hund am Hafen', 'A dog at the harbour', 'Ein Hund');
    const fake = await send(Buffer.from('<svg onload="alert(1)"/>'), { kind: 'image', version: '1', ...alt });
    assert.equal(fake.status, 422);
    assert.match(await fake.text(), /kein JPEG oder PNG[\s\S]*Ein Hund am Hafen/);
    const mute = await send(PNG, { kind: 'image', version: '1', ...three('alt', '', '', '') });
    assert.equal(mute.status, 422);
    const kept = /value="([0-9a-f]{64})" selected/.exec(await mute.text())?.[1];
    assert.ok(kept !== undefined, 'the picture stays chosen');
    assert.equal((await put(at, 'b1', { kind: 'image', picture: kept, ...alt })).status, 303);
    assert.equal((await city.page(`/d/${slugPath}/bild/${kept}`)).status, 404);
    assert.equal((await city.page(`${at}/bild/${kept}`, 'presse')).status, 200);
    await put(at, 'b2', LEAD);
    await city.form(at, { version: await versionOf(at), id: 'b2', action: 'up' });
    await put(at, 'b3', BUTTON);
    await city.form(`${at}/veroeffentlichen`, { version: await versionOf(at), reason: 'Mit Bild', action: 'publish' });
    const shown = await city.page(`/d/${slugPath}/bild/${kept}`);
    assert.equal(shown.headers.get('content-type'), 'image/png');
    assert.match(await (await city.page(`/d/${slugPath}`)).text(), /alt="Ein Hund am Hafen"/);
  });

  it('who was slower keeps every word, also where somebody else made another block in the same place', async () => {
    const at = await editor('zwei');
    assert.equal((await put(at, 'b1', LEAD)).status, 303);
    const slower = await city.form(`${at}/baustein/b1`, { ...BUTTON, version: '1' });
    assert.equal(slower.status, 409);
    assert.match(await slower.text(), /inzwischen geändert[\s\S]*name="label\.de"[^>]*value="Hund jetzt anmelden"/);
  });

  it('programs build and publish it, too, and are told the place of each mistake', async () => {
    const id = campaign.split('/').at(-1)!;
    const made = (await (await city.json('POST', `/api/outreach/campaigns/${id}/pages`, { slug: 'api' })).json()) as { version: number };
    const words = (text: string) => ({ de: text, en: text, leicht: text });
    const blocks = [
      { id: 'b1', kind: 'lead', words: { heading: words('Hund anmelden'), text: words('Das geht online.') } },
      { id: 'b2', kind: 'service', words: { label: words('Hund anmelden') }, service: 'katze' },
    ];
    const wrong = (await (await city.json('PUT', '/api/outreach/pages/api', { version: made.version, blocks })).json()) as { errors: { field: string }[] };
    assert.deepEqual(
      wrong.errors.map(({ field }) => field),
      ['blocks.1.service'],
    );
    const right = await city.json('PUT', '/api/outreach/pages/api', { version: made.version, blocks: [blocks[0], { ...blocks[1], service: 'hund' }] });
    const { version } = (await right.json()) as { version: number };
    const start = await city.json('POST', '/api/outreach/pages/api/publication', { version, reason: 'Start' });
    assert.equal(start.status, 200);
    assert.equal((await city.page('/d/api')).status, 200);
    const { version: shown } = (await start.json()) as { version: number };
    assert.equal((await city.json('DELETE', '/api/outreach/pages/api/publication', { version: shown, reason: 'Ende' })).status, 200);
    const stale = await city.json('POST', '/api/outreach/pages/api/publication', { version: shown, reason: 'Noch einmal' });
    assert.equal(stale.status, 409, 'who has not seen that it was withdrawn does not publish it again');
    assert.equal((await city.page('/d/api')).status, 404);
    assert.equal((await city.json('PUT', '/api/outreach/pages/api', { version, blocks: [] }, 'strategie')).status, 403);
  });
});
