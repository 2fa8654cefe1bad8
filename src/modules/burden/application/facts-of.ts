import { itemsOf, visibleFields, visiblePages, type Field, type Page, type ServicePackage } from '../../catalogue/public.ts';
import type { FieldFact, ServiceFacts } from '../domain/burden.ts';

/** An answer or a paper that the example case really gives; what is free and was left empty costs nobody time. */
interface Asked {
  readonly page: Page;
  readonly field: Field;
}

/** A version never changes: what it asks is reckoned once. */
const KNOWN = new WeakMap<ServicePackage, ServiceFacts>();

/** What a version asks, reckoned on the package's own example from Antrag to Bescheid. */
export function factsOf(pkg: ServicePackage): ServiceFacts {
  const known = KNOWN.get(pkg) ?? reckoned(pkg);
  KNOWN.set(pkg, known);
  return known;
}

function reckoned(pkg: ServicePackage): ServiceFacts {
  const asked = askedOf(pkg);
  const pages = visiblePages(pkg, pkg.walk.answers);
  return {
    version: pkg.version,
    words: wordsToRead(pkg, pages, new Set(asked.map(({ field }) => field))),
    fields: fieldsOf(pkg, asked),
    documents: documentsOf(pkg, asked),
    provesIdentity: pkg.trust !== 'einfach',
    pays: pkg.fees.some(({ maxCents, channel }) => maxCents > 0 && channel !== 'vor-ort'),
  };
}

function askedOf(pkg: ServicePackage): Asked[] {
  const { answers, documents } = pkg.walk;
  const given = (field: Field, item: Readonly<Record<string, unknown>>, page: Page, index: number): boolean => {
    if (field.type !== 'file') return field.required === true || item[field.id] !== undefined;
    const slot = page.repeat === undefined ? field.document : `${field.document}.${index}`;
    return field.required === true || documents.some((one) => one.slot === slot);
  };
  return visiblePages(pkg, answers).flatMap((page) => {
    const items = page.repeat === undefined ? [answers] : itemsOf(page, answers);
    return items.flatMap((item, index) =>
      visibleFields(page, answers, item)
        .filter((field) => given(field, item, page, index))
        .map((field) => ({ page, field })),
    );
  });
}

function fieldsOf(pkg: ServicePackage, asked: readonly Asked[]): FieldFact[] {
  const facts = new Map<string, FieldFact>();
  for (const { field } of asked) {
    // a file is told by its document: a register that is asked instead takes both the paper and its upload away
    const id = field.type === 'file' ? field.document : field.id;
    const key = `${field.type === 'file' ? 'file' : 'field'}:${id}`;
    const label = field.type === 'file' ? (documentLabel(pkg, id) ?? field.label) : field.label;
    const count = (facts.get(key)?.count ?? 0) + 1;
    facts.set(key, { id, label, kind: field.type, prefilled: field.prefill !== undefined, count });
  }
  return [...facts.values()];
}

function documentsOf(pkg: ServicePackage, asked: readonly Asked[]): ServiceFacts['documents'] {
  const counts = new Map<string, number>();
  for (const { field } of asked) if (field.type === 'file') counts.set(field.document, (counts.get(field.document) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, label: documentLabel(pkg, id) ?? { de: id, en: id, leicht: id }, count }));
}

const documentLabel = (pkg: ServicePackage, id: string) => pkg.form.documents.find((one) => one.id === id)?.label;

function wordsToRead(pkg: ServicePackage, pages: readonly Page[], fields: ReadonlySet<Field>): number {
  const texts = [
    pkg.description.de,
    ...pkg.needs.map(({ de }) => de),
    ...pages.flatMap(({ title, help }) => [title.de, help?.de ?? '']),
    ...[...fields].flatMap(({ label, help }) => [label.de, help?.de ?? '']),
  ];
  return texts.join(' ').split(/\s+/).filter(Boolean).length;
}
