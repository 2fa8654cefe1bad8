import type { Field } from '../domain/form.ts';
import type { ServicePackage } from '../domain/package.ts';
import type { XbauPackageMapping } from '../domain/xbau-mapping.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';

type Entry = XbauPackageMapping['fields'][number];

/** Which types of field each way of saying can fill. */
const FILLS: Readonly<Record<Entry['as'], readonly Field['type'][]>> = {
  text: ['text', 'textarea', 'email', 'tel', 'date', 'plate'],
  number: ['number'],
  'yes-no': ['yes-no', 'confirm'],
  code: ['choice'],
  present: ['yes-no'],
  paragraphs: ['text', 'textarea'],
  address: ['address'],
  person: ['text'],
  contact: ['text', 'email', 'tel'],
  parcels: ['text'],
  place: ['position'],
};

/** What a way of saying cannot do without. */
const NEEDS: Readonly<Partial<Record<Entry['as'], 'codes' | 'channels'>>> = { code: 'codes', contact: 'channels' };

/** `xbau.yaml` may only name fields, values and documents that the form has. */
export function lintXbau({ xbau, form }: ServicePackage, source: PackageSource): Finding[] {
  if (xbau === undefined) return [];
  const fields = new Map(form.pages.filter((page) => page.repeat === undefined).flatMap((page) => page.fields.map((field) => [field.id, field] as const)));
  const slots = new Set(form.documents.map(({ id }) => id));
  return [
    ...xbau.fields.flatMap((entry, index) => complaints(entry, fields).map(([key, text]) => source.at('error', 'xbau.yaml', ['fields', index, key], text))),
    ...xbau.documents.flatMap(({ slot }, index) =>
      slots.has(slot)
        ? []
        : [source.at('error', 'xbau.yaml', ['documents', index, 'slot'], `Die Unterlage «${slot}» gibt es in form.yaml nicht. Nennen Sie eine, die es gibt.`)],
    ),
  ];
}

function complaints(entry: Entry, fields: ReadonlyMap<string, Field>): readonly (readonly [key: string, text: string])[] {
  const field = fields.get(entry.field);
  if (field === undefined) return [['field', `Das Feld «${entry.field}» gibt es in form.yaml nicht. Nennen Sie eines, das es gibt.`]];
  const found: (readonly [string, string])[] = [];
  if (!FILLS[entry.as].includes(field.type)) {
    found.push(['as', `«${entry.as}» füllt ein Feld vom Typ ${FILLS[entry.as].join(' oder ')}; «${entry.field}» ist vom Typ ${field.type}.`]);
  }
  const needed = NEEDS[entry.as];
  if (needed !== undefined && entry[needed] === undefined) found.push(['as', `Zu «${entry.as}» gehört «${needed}». Ergänzen Sie es.`]);
  if (field.type === 'choice') {
    const values = new Set(field.options.map(({ value }) => value));
    for (const { value } of entry.codes ?? []) {
      if (!values.has(value)) found.push(['codes', `«${entry.field}» kennt den Wert «${value}» nicht. Möglich sind: ${[...values].join(', ')}.`]);
    }
  }
  if (entry.district !== undefined && fields.get(entry.district)?.type !== 'text') {
    found.push(['district', `Die Gemarkung «${entry.district}» muss ein Textfeld aus form.yaml sein.`]);
  }
  return found;
}
