import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../src/kernel/result.ts';
import { field as fieldSchema, form as formSchema, type Form } from '../../src/modules/catalogue/domain/form.ts';
import { loadServices, type ServicePackage } from '../../src/modules/catalogue/public.ts';
import { draftFromXdatenfelder, publishForm } from '../../src/modules/exchange/application/xdatenfelder.ts';

let hund: ServicePackage;
before(async () => {
  const { packages } = await loadServices(join(import.meta.dirname, '../../services'), Temporal.PlainDate.from('2026-11-24'));
  hund = packages.get('hund')!;
});

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((text) => text.replaceAll(/\s+/g, ' ').trim())
  .filter((text) => text !== '');
const lang = words.map((text) => ({ de: text, en: 'x', leicht: 'x' }));
const optional = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
const day = fc.integer({ min: 0, max: 20_000 }).map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }).toString());
const expression = fc.constantFrom('a = "x"', 'b < 3 and c > 4', 'count(list) >= 1 & "<tag>"');

const common = {
  label: lang,
  help: optional(lang),
  required: fc.oneof(fc.boolean(), expression),
  condition: optional(expression),
  prefill: optional(fc.constantFrom('account.email' as const, 'account.givenName' as const)),
  fim: optional(fc.constantFrom('F60000000243V1.1.0', 'F123', 'G5V2')),
};
/** Fields of every type, with what each may have. */
const fields = fc.oneof(
  fc.record({
    ...common,
    type: fc.constantFrom('text' as const, 'textarea' as const, 'email' as const, 'tel' as const),
    maxLength: optional(fc.integer({ min: 1, max: 5000 })),
    pattern: optional(fc.constantFrom('[0-9]{5}', ' ?a|b "<&>\t', '(?=.{3})x')),
    patternMessage: optional(lang),
    autocomplete: optional(fc.constant('email')),
    mayMatter: fc.boolean(),
  }),
  fc.record({
    ...common,
    type: fc.constant('number' as const),
    unit: optional(words),
    min: fc.integer({ min: -1000, max: 0 }),
    max: fc.double({ min: 1, max: 1000, noNaN: true }),
    integer: fc.boolean(),
  }),
  fc.record({
    ...common,
    type: fc.constant('date' as const),
    min: optional(fc.constantFrom('today', '1980-01-01')),
    max: optional(fc.oneof(fc.constant('today'), day)),
  }),
  fc.record({
    ...common,
    type: fc.constantFrom('choice' as const, 'choices' as const),
    options: fc.uniqueArray(fc.record({ value: words, label: lang }), { minLength: 2, maxLength: 4, selector: ({ value }) => value }),
  }),
  fc.record({ ...common, type: fc.constantFrom('yes-no' as const, 'confirm' as const, 'address' as const, 'plate' as const, 'position' as const) }),
  fc.record({ ...common, type: fc.constant('file' as const), document: fc.constantFrom('plan', 'foto') }),
);
const pages = fc.array(
  fc.record({
    title: lang,
    help: optional(lang),
    condition: optional(expression),
    fim: optional(fc.constant('G60000000088V1.2.0')),
    repeat: optional(fc.record({ min: fc.integer({ min: 1, max: 4 }), max: fc.integer({ min: 5, max: 50 }), itemLabel: lang, addLabel: lang })),
    fields: fc.array(fields, { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 3 },
);
const document = (id: string) =>
  fc.record({
    id: fc.constant(id),
    label: lang,
    help: optional(lang),
    accept: fc.subarray(['application/pdf' as const, 'image/png' as const], { minLength: 1 }),
    maxMegabytes: fc.constantFrom(1, 2.5, 50),
    maxCount: fc.integer({ min: 1, max: 20 }),
    checks: optional(fc.record({ pdfA: fc.constantFrom(true, 'recommended' as const), maxPages: fc.constant(3) })),
  });

/** Ids as an author gives them; without what is not there. */
function formOf(given: readonly object[], documents: readonly object[]): Form {
  const clean = JSON.parse(JSON.stringify(given)) as { repeat?: object; fields: object[] }[];
  const named = clean.map((page, index) => ({
    id: `seite-${index}`,
    ...page,
    ...(page.repeat && { repeat: { id: `liste${index}`, ...page.repeat } }),
    fields: page.fields.map((field, number) => fieldSchema.parse({ id: `f${index}x${number}`, ...field })),
  }));
  return formSchema.parse({ pages: named, documents: JSON.parse(JSON.stringify(documents)), eligibility: hund.form.eligibility });
}

const filled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(filled);
  if (value === null || typeof value !== 'object') return value;
  if ('de' in value && 'leicht' in value) return { de: value.de, en: 'x', leicht: 'x' };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner)]));
};

it('whatever form an author can write comes back as it was', () => {
  fc.assert(
    fc.property(pages, fc.tuple(document('plan'), document('foto')), (given, documents) => {
      const form = formOf(given, documents);
      const asked = new Set(form.pages.flatMap((page) => page.fields.flatMap((one) => (one.type === 'file' ? [one.document] : []))));
      const { xml } = expectOk(
        publishForm({ clock: () => Temporal.Instant.from('2026-11-24T09:00:00Z'), source: () => ({ ...hund, form }), publisher: 'Stadt' }, 'hund'),
      );
      const back = expectOk(draftFromXdatenfelder(Buffer.from(xml)));
      const read = formSchema.parse({ ...(filled({ pages: back.pages, documents: back.documents }) as object), eligibility: hund.form.eligibility });
      assert.deepEqual(read.pages, form.pages);
      assert.deepEqual(
        read.documents.toSorted((a, b) => a.id.localeCompare(b.id)),
        form.documents.filter(({ id }) => asked.has(id)).toSorted((a, b) => a.id.localeCompare(b.id)),
      );
    }),
    { numRuns: 100 },
  );
});
