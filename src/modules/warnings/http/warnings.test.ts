import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { needs, run } from '../../../platform/documents/testing.ts';
import { repositoryRoot } from '../../../../test/support/temporary-city.ts';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { capXml } from '../domain/cap-xml.ts';
import type { WarningContent } from '../domain/warning.ts';

/** The schema of OASIS (CAP-v1.2.xsd); it lies beside the project, not in it. */
const XSD = process.env['CAP_XSD'] ?? resolve(repositoryRoot, '../shared/data/cap/CAP-v1.2.xsd');
const withXsd = { skip: existsSync(XSD) ? needs('xmllint', 'libxml2-utils').skip : `${XSD} fehlt: mit CAP_XSD nennen` };

let city: LageCity;
let folder: string;
before(async () => {
  city = await lageCity();
  folder = mkdtempSync(join(tmpdir(), 'kontor-cap-'));
});
after(async () => {
  await city.close();
  rmSync(folder, { recursive: true, force: true });
});

const RING = [
  [9.9, 53.5],
  [10, 53.5],
  [10, 53.55],
  [9.9, 53.5],
] as const;
const WORDS = {
  headline: 'Sturmflut an der Elbe',
  description: 'Das Wasser steigt <schnell> & hoch.',
  instruction: 'Verlassen Sie die Flächen vor dem Deich.',
};
const content = (over: object = {}): object => ({
  event: 'Sturmflut',
  category: 'Met',
  urgency: 'Expected',
  severity: 'Severe',
  certainty: 'Likely',
  responses: ['Avoid'],
  onset: null,
  expires: city.ctx.clock().add({ hours: 6 }).toString(),
  area: { description: 'Wilhelmsburg', polygons: [RING] },
  texts: { de: WORDS, leicht: { ...WORDS, headline: 'Achtung Wasser' }, en: null },
  contact: '',
  ...over,
});

/** A Lage led by `leader`, with an S5 who writes. */
async function staffed(title: string, over: object = {}): Promise<{ key: string; writer: string }> {
  const key = await city.lage(title, over);
  await city.json('leader', 'POST', `/api/lagen/${key}/mitglieder`, { staffId: city.stranger.staffId, organisation: 'Presse', function: 'S5' });
  return { key, writer: 'stranger' };
}

async function released(key: string, writer: string, over: object = {}): Promise<{ id: string; message: Record<string, unknown> }> {
  const { id } = await city.json(writer, 'POST', `/api/lagen/${key}/warnungen`, { content: content(over) });
  await city.json(writer, 'POST', `/api/lagen/${key}/warnungen/${String(id)}/schritte`, { version: 1, command: 'submit' });
  return { id: String(id), message: await city.json('leader', 'POST', `/api/lagen/${key}/warnungen/${String(id)}/freigabe`, { version: 2 }) };
}

const xmlOf = async (identifier: unknown): Promise<string> => (await city.call('nobody', 'GET', `/lage/warnungen/${String(identifier)}.xml`)).text();
const inFile = (xml: string): string => {
  const file = join(folder, 'warnung.xml');
  writeFileSync(file, xml);
  return file;
};

describe('a warning', () => {
  it('needs four eyes: neither who wrote nor who handed it in releases it', async () => {
    const { key, writer } = await staffed('Vier Augen');
    const { id } = await city.json(writer, 'POST', `/api/lagen/${key}/warnungen`, { content: content() });
    const at = `/api/lagen/${key}/warnungen/${String(id)}`;
    assert.equal((await city.call('leader', 'POST', `${at}/freigabe`, { version: 1 })).status, 409, 'a draft is not handed in');
    await city.json(writer, 'POST', `${at}/schritte`, { version: 1, command: 'submit' });
    assert.equal((await city.call(writer, 'POST', `${at}/freigabe`, { version: 2 })).status, 403);
    // who changes a word is its author, even after it was handed in
    await city.json('leader', 'POST', `${at}/schritte`, { version: 2, command: 'submit', content: content({ event: 'Flut' }) });
    assert.equal((await city.call('leader', 'POST', `${at}/freigabe`, { version: 3 })).status, 403);
    const out = await city.json(writer, 'POST', `${at}/freigabe`, { version: 3 });
    assert.equal(out['type'], 'Alert');
  });

  it('is released as it was seen: a stale version is refused with what is there now', async () => {
    const { key, writer } = await staffed('Gesehen');
    const { id } = await city.json(writer, 'POST', `/api/lagen/${key}/warnungen`, { content: content() });
    await city.json(writer, 'POST', `/api/lagen/${key}/warnungen/${String(id)}/schritte`, { version: 1, command: 'submit' });
    const late = await city.call('leader', 'POST', `/api/lagen/${key}/warnungen/${String(id)}/freigabe`, { version: 1 });
    assert.equal(late.status, 409);
    assert.equal(((await late.json()) as { current: { version: number } }).current.version, 2);
  });

  it('names every field that keeps it from being handed in, and keeps what was typed', async () => {
    const { key, writer } = await staffed('Felder');
    const bad = content({
      area: { description: '', polygons: [] },
      expires: '2020-01-01T00:00:00Z',
      texts: { de: { ...WORDS, headline: '' }, leicht: WORDS, en: null },
    });
    const { id } = await city.json(writer, 'POST', `/api/lagen/${key}/warnungen`, { content: bad });
    const answer = await city.call(writer, 'POST', `/api/lagen/${key}/warnungen/${String(id)}/schritte`, { version: 1, command: 'submit' });
    const { errors } = (await answer.json()) as { errors: { field: string }[] };
    assert.deepEqual(errors.map(({ field }) => field).toSorted(), ['area', 'de.headline', 'expires', 'polygons']);
    const page = await city.form(writer, `/lagen/${key}/warnungen/neu`, { event: 'Deichbruch am Süderelbdeich', expires: 'morgen' });
    assert.equal(page.status, 422);
    assert.match(await page.text(), /value="Deichbruch am Süderelbdeich"/);
  });

  it('is valid CAP 1.2 by the schema of OASIS, and signed so that xmlsec1 believes it', withXsd, async () => {
    const { key, writer } = await staffed('Schema');
    const { id, message } = await released(key, writer);
    const at = `/api/lagen/${key}/warnungen/${id}/schritte`;
    await city.json(writer, 'POST', at, { version: 3, command: 'cancel' });
    await city.json(writer, 'POST', at, { version: 4, command: 'submit' });
    const cancel = await city.json('leader', 'POST', `/api/lagen/${key}/warnungen/${id}/freigabe`, { version: 5 });
    for (const identifier of [message['identifier'], cancel['identifier']]) run('xmllint', '--noout', '--schema', XSD, inFile(await xmlOf(identifier)));
  });

  it('is signed: xmlsec1 finds a changed word', needs('xmlsec1', 'xmlsec1'), async () => {
    const { key, writer } = await staffed('Signatur');
    const { message } = await released(key, writer);
    const xml = await xmlOf(message['identifier']);
    const verify = (file: string): string => run('xmlsec1', '--verify', '--insecure', file);
    assert.match(verify(inFile(xml)), /OK/);
    assert.throws(() => verify(inFile(xml.replace('Wilhelmsburg', 'Blankenese'))));
  });

  it('says latitude first, names earlier messages, and comes in German and Leichte Sprache', async () => {
    const { key, writer } = await staffed('Folge');
    const { id, message } = await released(key, writer);
    const first = await xmlOf(message['identifier']);
    assert.match(first, /<polygon>53\.50000,9\.90000 53\.50000,10\.00000/);
    assert.match(first, /<language>de-DE<\/language>.*<language>de-simple<\/language>/);
    assert.match(first, /Das Wasser steigt &lt;schnell&gt; &amp; hoch\./);
    const at = `/api/lagen/${key}/warnungen/${id}/schritte`;
    await city.json(writer, 'POST', at, { version: 3, command: 'update' });
    await city.json(writer, 'POST', at, { version: 4, command: 'submit', content: content({ severity: 'Extreme' }) });
    const update = await city.json('leader', 'POST', `/api/lagen/${key}/warnungen/${id}/freigabe`, { version: 5 });
    const second = await xmlOf(update['identifier']);
    assert.match(second, /<msgType>Update<\/msgType>/);
    assert.ok(second.includes(`${String(message['identifier'])},`), 'references');
    const shown = (await city.json('nobody', 'GET', '/api/warnings'))['items'] as { identifier: string }[];
    assert.ok(shown.some(({ identifier }) => identifier === update['identifier']));
    assert.ok(!shown.some(({ identifier }) => identifier === message['identifier']), 'replaced');
  });

  it('stands in picture, log and journal, and leaves the picture with the all-clear', async () => {
    const { key, writer } = await staffed('Spuren');
    const { id } = await released(key, writer);
    const objects = async () =>
      ((await city.json('leader', 'GET', `/api/lagen/${key}/objects?kinds=warning`))['items'] as { id: string }[]).map((one) => one.id);
    assert.deepEqual(await objects(), [`warning:${id}`]);
    const { rows } = await sql<{
      text: string;
    }>`select text from logbook.entry where text like 'Warnung veröffentlicht%' and refs @> ${[`warning:${id}`]}::text[]`.execute(city.ctx.database.read);
    assert.equal(rows.length, 1);
    const at = `/api/lagen/${key}/warnungen/${id}/schritte`;
    await city.json(writer, 'POST', at, { version: 3, command: 'cancel' });
    await city.json(writer, 'POST', at, { version: 4, command: 'submit' });
    await city.json('leader', 'POST', `/api/lagen/${key}/warnungen/${id}/freigabe`, { version: 5 });
    assert.deepEqual(await objects(), []);
    assert.match(await (await city.call('nobody', 'GET', '/lage')).text(), /Entwarnung: Sturmflut/);
  });

  it('keeps its id to its Lage, is seen by who works on it only, and can be called off after the end of the Lage', async () => {
    const { key, writer } = await staffed('Eigen');
    const { id } = await released(key, writer);
    const other = await city.lage('Fremd');
    assert.equal((await city.call('leader', 'POST', `/api/lagen/${other}/warnungen`, { id, content: content() })).status, 422);
    await city.json(writer, 'POST', `/api/lagen/${key}/warnungen/${id}/schritte`, { version: 3, command: 'update' });
    const until = city.ctx.clock().add({ hours: 1 }).toString();
    const { link } = await city.json('leader', 'POST', `/api/lagen/${key}/gaeste`, { name: 'G', organisation: 'G', function: 'beobachter', until });
    const guest = `gast.${String(link).split('/').at(-1)!}`;
    const seen = await city.json(guest, 'GET', `/api/lagen/${key}/warnungen/${id}`);
    assert.equal(seen['draft'], null);
    assert.equal((seen['messages'] as unknown[]).length, 1);
    await city.json(writer, 'POST', `/api/lagen/${key}/warnungen/${id}/schritte`, { version: 4, command: 'discard' });
    await city.json('leader', 'POST', `/api/lagen/${key}/ende`, { because: 'vorbei' });
    await city.json(writer, 'POST', `/api/lagen/${key}/warnungen/${id}/schritte`, { version: 5, command: 'cancel' });
    await city.json(writer, 'POST', `/api/lagen/${key}/warnungen/${id}/schritte`, { version: 6, command: 'submit' });
    assert.equal((await city.json('leader', 'POST', `/api/lagen/${key}/warnungen/${id}/freigabe`, { version: 7 }))['type'], 'Cancel');
  });

  it('of an exercise never stands where the real ones stand', async () => {
    const { key, writer } = await staffed('Übung Nordwind', { exercise: true });
    const { message } = await released(key, writer, { event: 'Übungsflut', texts: { de: { ...WORDS, headline: 'Nordwind' }, leicht: WORDS, en: null } });
    const xml = await xmlOf(message['identifier']);
    assert.match(xml, /<status>Exercise<\/status>.*<scope>Restricted<\/scope>/);
    assert.match(xml, /<headline>ÜBUNG: Nordwind/);
    for (const path of ['/lage', '/lage/warnungen.atom', '/api/warnings'])
      assert.doesNotMatch(await (await city.call('nobody', 'GET', path)).text(), /Nordwind/, path);
    assert.match(await (await city.call('nobody', 'GET', '/lage/uebung')).text(), /Nordwind/);
  });

  it('is drafted from the areas of the picture', async () => {
    const { key, writer } = await staffed('Entwurf');
    await city.json('leader', 'POST', `/api/lagen/${key}/objects`, { kind: 'zone', title: 'Zone Veddel', geometry: { type: 'Polygon', coordinates: [RING] } });
    const draft = (await city.json(writer, 'GET', `/api/lagen/${key}/warnungen/entwurf`)) as unknown as WarningContent;
    assert.equal(draft.area.description, 'Zone Veddel');
    assert.deepEqual(draft.area.polygons, [RING]);
    assert.match(await (await city.call(writer, 'GET', `/lagen/${key}/warnungen/neu`)).text(), /Zone Veddel/);
  });
});

it('whatever is typed, the message is well-formed and says it again', needs('xmllint', 'libxml2-utils'), () => {
  const base = content({ expires: undefined }) as unknown as WarningContent;
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const at = Temporal.Instant.from('2026-11-28T19:00:00Z');
      const one = { ...base, onset: null, expires: at, texts: { ...base.texts, de: { ...WORDS, description: text } } };
      const xml = capXml({
        identifier: 'a',
        sender: 'b',
        sent: at,
        exercise: false,
        type: 'Alert',
        references: [],
        senderName: 'c',
        web: 'http://d',
        content: one,
      });
      run('xmllint', '--noout', inFile(xml.toWellFormed()));
    }),
    { numRuns: 20 },
  );
});
