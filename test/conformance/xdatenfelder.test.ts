import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { draftsOn } from '../../src/neighbours.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { form as formSchema } from '../../src/modules/catalogue/domain/form.ts';
import { loadServices, type Services, type ServicePackage } from '../../src/modules/catalogue/public.ts';
import { parsePackage, readPackageFiles } from '../../src/modules/catalogue/application/read-package.ts';
import { draftFromXdatenfelder, publishForm } from '../../src/modules/exchange/application/xdatenfelder.ts';
import { readXml } from '../../src/modules/exchange/application/xml-read.ts';
import { CHILDREN, UNREAD, XDF } from '../../src/modules/exchange/domain/xdatenfelder-standard.ts';
import { SCHEMA, field, group } from '../../src/modules/exchange/application/xdatenfelder-testing.ts';
import { everyElement } from '../../src/modules/exchange/domain/xml-tree.ts';

const SERVICES = join(import.meta.dirname, '../../services');
const DATA = join(import.meta.dirname, '../../../shared/data/xdatenfelder');
const clock = (): Temporal.Instant => Temporal.Instant.from('2026-11-24T09:00:00Z');

let services: Services;
before(async () => {
  services = await loadServices(SERVICES, Temporal.PlainDate.from('2026-11-24'));
});
const exported = (key: string, source: (key: string) => ServicePackage | undefined = (one) => services.packages.get(one)): string =>
  expectOk(publishForm({ clock, source, publisher: 'Hansestadt' }, key)).xml;
const draft = (xml: string | Uint8Array) => expectOk(draftFromXdatenfelder(typeof xml === 'string' ? Buffer.from(xml) : xml));
const refusal = (xml: string): readonly string[] => {
  const done = draftFromXdatenfelder(Buffer.from(xml));
  return done.ok ? [] : (done.problem.fields?.map(({ message }) => message) ?? [done.problem.detail]);
};

/** German as the file has it; the author's other languages filled in, as an author would. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (value === null || typeof value !== 'object') return value;
  if ('de' in value) return { de: value.de, en: 'x', leicht: 'x' };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner)]));
}

describe('every package as XDatenfelder 3.0.0', () => {
  it('comes back with the same pages, fields, conditions and documents', () => {
    assert.ok(services.packages.size >= 8, `${services.packages.size} packages`);
    for (const [key, pkg] of services.packages) {
      const back = draft(exported(key));
      const { files } = draftsOn().packageDraft(back);
      const form = filled(parse(files[`${key}/form.yaml`]!)) as object;
      const { pages, documents } = formSchema.parse({ ...form, eligibility: pkg.form.eligibility });
      assert.deepEqual(pages, filled(pkg.form.pages), key);
      // a paper that no page asks for is no field
      const asked = new Set(pkg.form.pages.flatMap((page) => page.fields.flatMap((field) => (field.type === 'file' ? [field.document] : []))));
      assert.deepEqual(documents.toSorted(byId), filled(pkg.form.documents.filter(({ id }) => asked.has(id)).toSorted(byId)), key);
      assert.deepEqual(back.findings, [], key);
      assert.equal(back.leistungsschluessel, pkg.leistungsschluessel);
    }
  });

  it('every element is one that the standard knows, in the order of its writers, with what it must have', () => {
    for (const key of services.packages.keys()) {
      const root = expectOk(readXml(Buffer.from(exported(key))));
      assert.deepEqual([root.namespace, root.name], [XDF, 'xdatenfelder.stammdatenschema.0102']);
      for (const { name, children } of everyElement(root)) {
        const known = CHILDREN.get(name);
        if (known === undefined || UNREAD.includes(name)) continue;
        const order = known.map((one) => one.replace(/[!*]$/, ''));
        const given = children.map((one) => one.name);
        assert.deepEqual(
          given,
          given.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
          `${key}: ${name}`,
        );
        for (const must of known.filter((one) => one.endsWith('!'))) assert.ok(given.includes(must.slice(0, -1)), `${key}: ${name} without ${must}`);
      }
    }
  });

  it('ids stay the same from one export to the next, and no two elements share one', () => {
    for (const key of services.packages.keys()) {
      const ids = (): string[] => [...exported(key).matchAll(/<xdf:id>(\w+)<\/xdf:id>/g)].map(([, id]) => id!);
      const first = ids();
      assert.deepEqual(first, ids());
      assert.equal(new Set(first).size, first.length, key);
      assert.ok(first.every((id) => /^[SDGFR]99\d{9}$/.test(id)));
    }
  });

  it('any text survives, and no text becomes markup', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((one) => one.replaceAll(/\s+/g, ' ').trim());
    const pkg = services.packages.get('hund')!;
    fc.assert(
      fc.property(
        words.filter((one) => one !== ''),
        (text) => {
          const [page, ...pages] = pkg.form.pages;
          const changed = { ...pkg, form: { ...pkg.form, pages: [{ ...page!, title: { de: text, en: text, leicht: text } }, ...pages] } };
          const [first] = draft(exported('hund', () => changed)).pages!;
          assert.deepEqual((first as { title: object }).title, { de: text, en: null, leicht: null });
        },
      ),
    );
  });
});

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => a.id.localeCompare(b.id);

describe('a field or page that was derived from FIM', () => {
  it('keeps its origin: read from others, written as a relation, read again', () => {
    const pkg = services.packages.get('hund')!;
    const [page, ...pages] = pkg.form.pages;
    const [field, ...fields] = page!.fields;
    const changed = { ...page!, fim: 'G60000000088V1.2.0', fields: [{ ...field!, fim: 'F60000000243V1.1.0' }, ...fields] } as typeof page & object;
    const xml = exported('hund', () => ({ ...pkg, form: { ...pkg.form, pages: [changed, ...pages] } }));
    assert.match(xml, /<code>ABL<\/code>[\s\S]{0,60}<xdf:objekt>\s*<xdf:id>G60000000088<\/xdf:id>\s*<xdf:version>1\.2\.0</);
    const [back] = draft(xml).pages as readonly { fim?: string; fields: readonly { fim?: string }[] }[];
    assert.deepEqual([back!.fim, back!.fields[0]!.fim, back!.fields[1]!.fim], ['G60000000088V1.2.0', 'F60000000243V1.1.0', undefined]);
  });
});

const file = (name: string): string => readFileSync(join(DATA, name), 'utf8');
const skip = existsSync(DATA) ? false : 'the files of others are not at hand';

describe('files of others', { skip }, () => {
  it('v3-simple.xml: a group in a group, its field with its length, and what is not taken over', () => {
    const { pages, findings, legalBases } = draft(file('v3-simple.xml'));
    assert.deepEqual(pages, [
      {
        id: 'anschriftInlandStrassenanschrift',
        title: { de: 'Anschrift in Deutschland: Straßenanschrift', en: null, leicht: null },
        help: {
          de: 'Geben Sie die Anschrift mit Straße, Hausnummer, Postleitzahl und Ort an. Eine Angabe eines Postfachs ist nicht möglich.',
          en: null,
          leicht: null,
        },
        fim: 'G60000000086V1.2.0',
        fields: [
          {
            id: 'strasse',
            label: { de: 'Straße', en: null, leicht: null },
            help: { de: 'Geben Sie an, wie die Straße heißt.', en: null, leicht: null },
            required: false,
            fim: 'F60000000243V1.1.0',
            type: 'text',
            maxLength: 55,
          },
        ],
      },
    ]);
    assert.deepEqual(legalBases, ['Rechtsbezug']);
    assert.ok(findings.some((one) => /^Zeile 49: Regel R60000000019.*Sie nennt G60000086, G60000087/.test(one)));
    assert.ok(findings.some((one) => /^Zeile 78: .*darf fehlen/.test(one)));
    assert.ok(findings.some((one) => /^Zeile 1: .*1 × beschreibung/.test(one)));
  });
  it('v3-input.xml: a choice without its list, bounds that fit no choice, a default', () => {
    const { findings } = draft(file('v3-input.xml'));
    for (const words of [/Codeliste, deren Kennung fehlt/, /Präzisierung .*minLength=0.*«Constraints»/, /vorbelegt mit «Some Content»/]) {
      assert.ok(
        findings.some((one) => words.test(one)),
        String(words),
      );
    }
  });
  it('the broken ones are refused with every mistake and its line', () => {
    const [missing, ...others] = refusal(file('v3-missing-id-node.xml'));
    assert.match(missing!, /^Zeile 9: In «identifikation» fehlt «id»/);
    assert.match(others[0]!, /^Zeile 8: .*fehlt «struktur»/);
    assert.match(refusal(file('v3-unexpected-node.xml'))[0]!, /^Zeile 11: In «identifikation» steht «unknown»/);
  });
  it('a draft of it passes the schema but for what is missing, and the lint names each place', async () => {
    for (const name of ['v3-simple.xml', 'v3-input.xml']) {
      const { key, files } = draftsOn().packageDraft(draft(file(name)));
      const shared = Object.entries(await readPackageFiles(SERVICES, 'hund')).filter(([path]) => path.startsWith('letters/'));
      const { mistakes } = await parsePackage(key, { ...Object.fromEntries(shared), ...files });
      const ofForm = mistakes.filter((one) => one.file === `${key}/form.yaml`);
      assert.ok(ofForm.length >= 3, name);
      const wrong = ofForm.filter(({ message }) => !/(\.(en|leicht)|eligibility|options): Diese Angabe ist leer/.test(message));
      assert.deepEqual(wrong, [], name);
    }
  });
});

it('a mutated file never throws: it is read or refused in a sentence', () => {
  const sound = Buffer.from(exported('baumfaellung').slice(0, 200_000));
  const small = Buffer.from(SCHEMA({ more: group('G2', field('F3', 'file', '<x:maxSize>1</x:maxSize>'), '0:n') }));
  const change = fc.record({
    file: fc.constantFrom(sound, small),
    cuts: fc.array(
      fc.record({
        at: fc.nat(200_000),
        length: fc.nat(60),
        put: fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('<', '>', '</x:id>', '<x:struktur>', '&#0;', '&a;', '__proto__', '99999999999')),
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  });
  fc.assert(
    fc.property(change, ({ file: bytes, cuts }) => {
      let text = bytes.toString('utf8');
      for (const { at, length, put } of cuts) text = text.slice(0, at % text.length) + put + text.slice((at % text.length) + length);
      const done = draftFromXdatenfelder(Buffer.from(text));
      if (done.ok) draftsOn().packageDraft(done.value);
      else assert.match(done.problem.detail, /\S/);
    }),
    { numRuns: 300 },
  );
});
