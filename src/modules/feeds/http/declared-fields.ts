import type { DECLARED_KINDS } from '../domain/source.ts';

export type DeclaredKind = (typeof DECLARED_KINDS)[number];

type Label =
  | 'name'
  | 'deviceId'
  | 'certificate'
  | 'url'
  | 'everySeconds'
  | 'streams'
  | 'as'
  | 'posts'
  | 'id'
  | 'text'
  | 'time'
  | 'author'
  | 'repostOf'
  | 'lon'
  | 'lat';

export interface DeclaredField {
  /** Of the form, as the API calls it. */
  readonly name: string;
  readonly label: Label;
  readonly hint?: 'deviceHint' | 'certificateHint' | 'streamsHint' | 'postsHint';
  readonly optional?: true;
  readonly number?: true;
  readonly options?: readonly ('gauge' | 'gate' | 'weather' | 'traffic')[];
  readonly standard?: string;
}

const NAME: DeclaredField = { name: 'name', label: 'name' };
const ASKED: readonly DeclaredField[] = [
  { name: 'url', label: 'url' },
  { name: 'everySeconds', label: 'everySeconds', number: true, standard: '60' },
];

/** What each kind of source is asked for. */
export const DECLARED_FIELDS: Readonly<Record<DeclaredKind, readonly DeclaredField[]>> = {
  device: [NAME, { name: 'device', label: 'deviceId', hint: 'deviceHint' }],
  cot: [NAME, { name: 'certificate', label: 'certificate', hint: 'certificateHint' }],
  'cap-feed': [NAME, ...ASKED],
  sensor: [NAME, { name: 'streams', label: 'streams', hint: 'streamsHint' }, { name: 'as', label: 'as', options: ['gauge', 'gate', 'weather', 'traffic'] }],
  social: [
    NAME,
    ...ASKED,
    { name: 'posts', label: 'posts', hint: 'postsHint', optional: true },
    ...(['id', 'text', 'time'] as const).map((label): DeclaredField => ({ name: `mapping.${label}`, label, standard: label })),
    ...(['author', 'repostOf', 'lon', 'lat'] as const).map((label): DeclaredField => ({ name: `mapping.${label}`, label, optional: true })),
  ],
};

/** The form's fields as the declaration's schema wants them. */
export function declarationOf(kind: DeclaredKind, fields: URLSearchParams): Record<string, unknown> {
  const declaration: Record<string, unknown> = { kind };
  const mapping: Record<string, string> = {};
  for (const { name, number, optional } of DECLARED_FIELDS[kind]) {
    const value = (fields.get(name) ?? '').trim();
    if (value === '' && optional === true) continue;
    if (name.startsWith('mapping.')) mapping[name.slice(8)] = value;
    else if (name === 'streams')
      declaration[name] = value
        .split(/[\s,;]+/)
        .filter((part) => part !== '')
        .map(Number);
    else declaration[name] = number === true ? Number(value) : value;
  }
  return kind === 'social' ? { ...declaration, mapping } : declaration;
}
