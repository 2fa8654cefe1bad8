import type { KnownParty } from '../../../kernel/language-model.ts';
import type { WritingWish } from './letter.ts';

const DEGREES = /^(?:Dr|Prof|Dipl|Ing|Mag|Frau|Herr|Herrn|h\.?c|med|jur|rer|nat|phil)\.?-?$/i;

const ORGANISATION = /(?<!\p{L})(?:g?GmbH|AG|KG|OHG|UG|eG|e\.\s?V\.|GbR|Stiftung|Verein|Verband)(?!\p{L})/u;

/** Given and family names as they are told: the last word is the family's, degrees are no names. */
export function namesIn(line: string): Pick<KnownParty, 'givenNames' | 'familyName' | 'organisation'> {
  if (ORGANISATION.test(line)) return { organisation: line.trim() };
  const words = line
    .split(/[\s,]+/)
    .filter((word) => word !== '' && !DEGREES.test(word))
    .filter((word) => /\p{L}/u.test(word));
  const family = words.at(-1);
  if (family === undefined) return {};
  return { familyName: family, ...(words.length > 1 ? { givenNames: words.slice(0, -1).join(' ') } : {}) };
}

/** Whom a text is for, as far as its form says: what must not leave under its name. */
export function partiesOf({ name, addressee, fileNumber }: Pick<WritingWish, 'name' | 'addressee' | 'fileNumber'>): readonly KnownParty[] {
  const lines = addressee
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const town = lines.map((line) => /^(\d{5})\s+(\S.*)$/.exec(line)).find((match) => match !== null);
  const street = lines.find((line, index) => index > 0 && /\p{L}.*\s\d{1,4}\s?[a-z]?$/iu.test(line));
  const party: KnownParty = {
    role: 'Adressat',
    ...namesIn(name.trim() === '' ? (lines[0] ?? '') : name),
    ...(street === undefined ? {} : { street }),
    ...(town?.[1] === undefined || town[2] === undefined ? {} : { postalCode: town[1], town: town[2] }),
    ...(fileNumber.trim() === '' ? {} : { identifiers: [fileNumber.trim()] }),
  };
  return Object.keys(party).length === 1 ? [] : [party];
}
