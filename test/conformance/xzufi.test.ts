import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { draftYaml, loadServices, SERVICE_HINTS, type Services } from '../../src/modules/catalogue/public.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { testServer } from '../support/test-server.ts';
import { catalogueEntry, type CatalogueEntry } from '../../src/modules/exchange/domain/catalogue-entry.ts';
import { child, children, descend, textOf, type XmlElement } from '../../src/modules/exchange/domain/xml-tree.ts';
import { XZUFI, xzufi } from '../../src/modules/exchange/domain/xzufi.ts';
import { euros } from '../../src/modules/exchange/domain/xzufi-words.ts';
import { readXzufi } from '../../src/modules/exchange/domain/xzufi-read.ts';
import { publishRoutes } from '../../src/modules/exchange/http/publish-routes.ts';
import { readXml } from '../../src/modules/exchange/application/xml-read.ts';
import { draftFromXzufi, type LeistungDraft } from '../../src/modules/exchange/application/xzufi-draft.ts';

const HEAD = { messageId: '0190a000-0000-7000-8000-000000000001', createdAt: '2026-11-24T10:00:00+01:00', sender: 'Hansestadt', product: '0.1.0' };

let services: Services;
let entries: readonly CatalogueEntry[];
before(async () => {
  services = await loadServices(join(import.meta.dirname, '../../services'), Temporal.PlainDate.from('2026-11-24'));
  entries = [...services.packages.values()].map((pkg) => catalogueEntry(pkg, services.authorities, 'https://kontor.example'));
});
const read = (xml: string): XmlElement => expectOk(readXml(Buffer.from(xml)));
const drafts = (xml: string): readonly LeistungDraft[] => expectOk(draftFromXzufi(Buffer.from(xml)));
const serviceYaml = ({ service }: LeistungDraft): string => draftYaml(service, 'XZuFi', SERVICE_HINTS);
const yaml = (draft: LeistungDraft): Record<string, unknown> => parse(serviceYaml(draft)) as Record<string, unknown>;

describe('every package as an XZuFi Leistung', () => {
  it('one transfer with each Leistung, each unit once, each online service', () => {
    assert.ok(entries.length >= 7, `${entries.length} packages`);
    const root = read(xzufi(HEAD, entries));
    assert.deepEqual([root.namespace, root.attributes.get('xzufiVersion')], [XZUFI, '2.2.0']);
    assert.equal(textOf(root, XZUFI, 'nachrichtenkopf', 'nachrichtUUID'), HEAD.messageId);
    const written = children(root, XZUFI, 'schreibe').flatMap((one) => one.children);
    const ids = (name: string): (string | undefined)[] => written.filter((one) => one.name === name).map((one) => textOf(one, XZUFI, 'id'));
    assert.deepEqual(
      ids('leistung'),
      entries.map(({ key }) => key),
    );
    assert.equal(new Set(ids('organisationseinheit')).size, ids('organisationseinheit').length);
    assert.deepEqual(
      ids('onlinedienst'),
      entries.map(({ key }) => `${key}-online`),
    );
  });
  it('key of the Leistungskatalog with its list, texts by module and language, fees with validity, periods', () => {
    const [entry] = entries.filter(({ key }) => key === 'baugenehmigung');
    const leistung = descend(read(xzufi(HEAD, [entry!])), XZUFI, 'schreibe', 'leistung')!;
    const reference = child(leistung, XZUFI, 'referenzLeiKa')!;
    assert.deepEqual([textOf(reference, '', 'code'), reference.attributes.get('listURI')], [entry!.leistungsschluessel, 'urn:de:fim:leika:leistung']);
    const modules = children(leistung, XZUFI, 'modulText');
    assert.deepEqual(
      modules.map((one) => textOf(child(one, XZUFI, 'leikaTextmodul'), '', 'code')),
      ['02', '05', '06', '07', '08', '22'],
    );
    assert.deepEqual(
      children(modules[0], XZUFI, 'inhalt').map((one) => [one.attributes.get('languageCode'), one.text]),
      [
        ['de', entry!.name.de],
        ['en', entry!.name.en],
        ['de-simple', entry!.name.leicht],
      ],
    );
    assert.match(textOf(leistung, XZUFI, 'modulKosten', 'beschreibung')!, /100,00 bis 500\.000,00 Euro, gültig ab 2024-01-01/);
    assert.match(textOf(leistung, XZUFI, 'modulFrist', 'beschreibung')!, /3 Monate \(§ 63 HBauO/);
    assert.equal(textOf(leistung, XZUFI, 'modulBearbeitungsdauer', 'beschreibung'), 'Übliche Dauer: 12 Wochen');
  });
  it('responsible are all districts where the place decides, else the one authority', () => {
    const byPlace = entries.find(({ authority }) => 'byDistrictOf' in authority)!;
    assert.equal(byPlace.units.length, 7);
    const byName = entries.find(({ authority }) => 'id' in authority)!;
    assert.equal(byName.units.length, 1);
    const root = read(xzufi(HEAD, [byName]));
    const unit = children(root, XZUFI, 'schreibe')
      .map((one) => child(one, XZUFI, 'organisationseinheit'))
      .find((one) => one !== undefined);
    assert.equal(textOf(unit, XZUFI, 'zustaendigkeit', 'leistungID'), byName.key);
  });
  it('comes back as a draft with the same facts', () => {
    const back = drafts(xzufi(HEAD, entries));
    assert.equal(back.length, entries.length);
    for (const [index, entry] of entries.entries()) {
      const facts = yaml(back[index]!);
      assert.deepEqual(
        { ...facts, fees: undefined, key: undefined, version: undefined },
        {
          key: undefined,
          version: undefined,
          filePrefix: null,
          leistungsschluessel: entry.leistungsschluessel,
          name: entry.name,
          summary: entry.summary,
          description: entry.description,
          needs: entry.needs,
          situations: entry.situations,
          legalBases: entry.legalBases.map(({ citation, title }) => ({ citation, title })),
          authority: null,
          trust: null,
          regime: null,
          discretion: null,
          fees: undefined,
          ...(entry.promisedWeeks === undefined ? {} : { promisedWeeks: entry.promisedWeeks }),
          retentionYears: null,
        },
        entry.key,
      );
      const fees = (facts['fees'] as { minCents: number; maxCents: number; validFrom: string }[]).map(({ minCents, maxCents, validFrom }) => [
        minCents,
        maxCents,
        validFrom,
      ]);
      assert.deepEqual(
        fees,
        entry.fees.map(({ minCents, maxCents, validFrom }) => [minCents, maxCents, validFrom]),
        entry.key,
      );
    }
  });
});

/** A Leistung as another editorial system writes it: prefix and order differ, texts are HTML, codes carry the namespace. */
const FOREIGN = `<?xml version="1.0" encoding="UTF-8"?>
<leistung xmlns="http://xoev.de/schemata/xzufi/2_3_1">
  <id>123</id>
  <referenzLeiKa><code>99108008001000</code></referenzLeiKa>
  <modulText><leikaTextmodul><code>02</code></leikaTextmodul><inhalt languageCode="de-DE">Wohnsitz &amp;amp; Meldung</inhalt></modulText>
  <modulText><inhalt languageCode="de">&lt;p&gt;Sie ziehen um?&lt;/p&gt;&lt;p onclick="x"&gt;Melden&amp;nbsp;Sie sich.&lt;/p&gt;</inhalt><leikaTextmodul><code>06</code></leikaTextmodul></modulText>
  <modulText><inhalt languageCode="de">&lt;ul&gt;&lt;li&gt;Ausweis&lt;/li&gt;&lt;li&gt;Bestätigung&lt;/li&gt;&lt;/ul&gt;</inhalt><leikaTextmodul><code>08</code></leikaTextmodul></modulText>
  <modulKosten><beschreibung languageCode="de">Anmeldung: 12 Euro&lt;br/&gt;je nach Aufwand&lt;br/&gt;Eilfall 1.000,50 € bis 2.000 €</beschreibung></modulKosten>
  <modulBearbeitungsdauer><beschreibung languageCode="de">4 bis 6 Wochen</beschreibung></modulBearbeitungsdauer>
</leistung>`;

describe('a Leistung of others as a draft', () => {
  it('texts without HTML, lists as lists, amounts where a sentence names them', () => {
    const [draft] = drafts(FOREIGN);
    const facts = yaml(draft!);
    assert.equal(draft!.key, 'wohnsitz-meldung');
    assert.deepEqual(facts['name'], { de: 'Wohnsitz & Meldung', en: null, leicht: null });
    assert.deepEqual((facts['description'] as { de: string }).de, 'Sie ziehen um?\nMelden Sie sich.');
    assert.deepEqual(
      (facts['needs'] as { de: string }[]).map(({ de }) => de),
      ['Ausweis', 'Bestätigung'],
    );
    assert.deepEqual(
      (facts['fees'] as { minCents: number; maxCents: number }[]).map(({ minCents, maxCents }) => [minCents, maxCents]),
      [
        [1200, 1200],
        [100_050, 200_000],
      ],
    );
    assert.equal(facts['promisedWeeks'], 6);
    assert.ok(draft!.findings.some((one) => one.includes('je nach Aufwand')));
    assert.ok(draft!.findings.some((one) => one.includes('Englisch, Leichter Sprache')));
    assert.match(serviceYaml(draft!), /authority: +# \{ id: … \}/);
  });
  it('two of one name get two folders; a name of signs gets one too', () => {
    const two = FOREIGN.replace(
      /<leistung xmlns[^>]*>([\s\S]*)<\/leistung>/,
      (_all, inner: string) =>
        `<l xmlns="${XZUFI}"><leistung>${inner}</leistung><leistung>${inner.replace('Wohnsitz &amp;amp; Meldung', '§§')}</leistung><leistung>${inner}</leistung></l>`,
    );
    assert.deepEqual(
      drafts(two).map(({ key }) => key),
      ['wohnsitz-meldung', 'neue-leistung', 'wohnsitz-meldung-2'],
    );
  });
  const broken: readonly [string, string, RegExp][] = [
    ['another standard', FOREIGN.replace('http://xoev.de/schemata/xzufi/2_3_1', 'urn:x'), /Zeile 2: .*kein XZuFi/],
    ['no Leistung', `<x xmlns="${XZUFI}"/>`, /keine Leistung/],
    ['no name', FOREIGN.replace('<code>02</code>', '<code>03</code>'), /Zeile 2: .*Leistungsbezeichnung/],
    ['an entity', FOREIGN.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>'), /Dokumenttyp/],
  ];
  for (const [name, xml, words] of broken) {
    it(`refuses ${name}`, () => {
      const done = draftFromXzufi(Buffer.from(xml));
      assert.match(done.ok ? '' : done.problem.detail, words);
    });
  }
});

it('amounts are written so that they are read again', () => {
  assert.deepEqual([0, 5, 2500, 200_000, 123_456_789].map(euros), ['0,00', '0,05', '25,00', '2.000,00', '1.234.567,89']);
});

it('any text of a package survives both escapes', () => {
  const words = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((one) => one.replaceAll(/\s+/g, ' ').trim())
    .filter((one) => one !== '' && !one.includes('&'));
  fc.assert(
    fc.property(words, (text) => {
      const entry = { ...entries[0]!, summary: { de: text, en: text, leicht: text } };
      const [found] = expectOk(readXzufi(read(xzufi(HEAD, [entry]))));
      assert.deepEqual(found!.summary, { de: text, en: text, leicht: text });
    }),
  );
});

it('anybody may take an entry, as a file and as JSON; an unknown one is not found', async () => {
  const ctx = {
    clock: () => Temporal.Instant.from('2026-11-24T09:00:00Z'),
    entry: (key: string) => entries.find((one) => one.key === key),
    entries: () => entries,
    source: () => undefined,
    publisher: 'Hansestadt',
    product: '0.1.0',
  };
  const server = testServer(publishRoutes(ctx));
  const whole = (await (await server.request('/api/exchange/xzufi')).json()) as Record<string, string>;
  assert.equal(children(read(whole['xml']!), XZUFI, 'schreibe').filter((one) => child(one, XZUFI, 'leistung') !== undefined).length, entries.length);
  assert.equal((await server.request('/katalog/xzufi.xml')).status, 200);
  const file = await server.request('/leistungen/hund/xzufi.xml');
  assert.equal(file.status, 200);
  assert.match(file.headers.get('content-type') ?? '', /application\/xml/);
  assert.equal(expectOk(readXml(new Uint8Array(await file.arrayBuffer()))).namespace, XZUFI);
  const json = (await (await server.request('/api/exchange/services/hund/xzufi')).json()) as Record<string, string>;
  assert.equal(json['name'], 'hund.xzufi.xml');
  assert.match(json['xml']!, /<xzufi:erstelltDatumZeit>2026-11-24T10:00:00\+01:00</);
  assert.equal((await server.request('/api/exchange/services/atlantis/xzufi')).status, 404);
  assert.equal((await server.request('/leistungen/atlantis/xzufi.xml')).status, 404);
});
