import type { FieldProblem } from '../../../kernel/problem.ts';
import type { PostalAddress } from './account.ts';

/** A profile as typed by the person; empty means not given. */
export interface ProfileInput {
  readonly givenName: string;
  readonly familyName: string;
  /** Day as `31.12.1980` or `1980-12-31`. */
  readonly birthDate: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly place: string;
}

export interface CheckedProfile {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate?: Temporal.PlainDate;
  readonly address?: PostalAddress;
}

/** The e-mail in the form it is kept and compared in, or `undefined` when it is none. */
export function readEmail(typed: string): string | undefined {
  const email = typed.trim().toLowerCase();
  if (email.length > 254) return undefined;
  return /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(email) ? email : undefined;
}

export const EMAIL_FAULT = 'Das ist keine E-Mail-Adresse. Schreiben Sie sie wie: name@beispiel.de';

/** Checks names, date of birth and address; each fault with its remedy. */
export function checkProfile(input: ProfileInput, today: Temporal.PlainDate): { profile?: CheckedProfile; faults: FieldProblem[] } {
  const faults: FieldProblem[] = [];
  const givenName = readName('givenName', input.givenName, 'Ihren Vornamen', faults);
  const familyName = readName('familyName', input.familyName, 'Ihren Nachnamen', faults);
  const birthDate = readBirthDate(input.birthDate, today, faults);
  const address = readAddress(input, faults);
  if (faults.length > 0) return { faults };
  return { profile: { givenName, familyName, ...(birthDate === undefined ? {} : { birthDate }), ...(address === undefined ? {} : { address }) }, faults };
}

function readName(field: string, typed: string, what: string, faults: FieldProblem[]): string {
  const name = typed.trim().replace(/\s+/g, ' ').normalize('NFC');
  if (name === '') faults.push({ field, message: `Geben Sie ${what} an.` });
  else if (name.length > 120) faults.push({ field, message: 'Der Name ist zu lang. Nehmen Sie höchstens 120 Zeichen.' });
  else if (/[\p{Cc}<>@]|https?:/u.test(name)) faults.push({ field, message: 'Der Name enthält Zeichen, die in keinem Namen vorkommen. Bitte prüfen Sie ihn.' });
  return name;
}

function readBirthDate(typed: string, today: Temporal.PlainDate, faults: FieldProblem[]): Temporal.PlainDate | undefined {
  const value = typed.trim();
  if (value === '') return undefined;
  const day = readGermanDay(value);
  const fault = (message: string): undefined => void faults.push({ field: 'birthDate', message });
  if (day === undefined) return fault('Dieses Datum gibt es nicht. Schreiben Sie es wie: 31.12.1980');
  if (Temporal.PlainDate.compare(day, today) > 0) return fault('Das Geburtsdatum liegt in der Zukunft. Bitte prüfen Sie das Jahr.');
  if (day.until(today, { largestUnit: 'years' }).years > 125) return fault('Das Geburtsdatum liegt zu weit zurück. Bitte prüfen Sie das Jahr.');
  return day;
}

/** `31.12.1980` or `1980-12-31`; `undefined` when there is no such day. */
export function readGermanDay(value: string): Temporal.PlainDate | undefined {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  const parts = german ? [german[3], german[2], german[1]] : iso ? [iso[1], iso[2], iso[3]] : undefined;
  if (parts === undefined) return undefined;
  const [year, month, day] = parts.map(Number) as [number, number, number];
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

const ADDRESS_FIELDS = [
  ['street', 'Geben Sie die Straße an.'],
  ['houseNumber', 'Geben Sie die Hausnummer an.'],
  ['postcode', 'Geben Sie die Postleitzahl an.'],
  ['place', 'Geben Sie den Ort an.'],
] as const;

/** All four parts or none. */
export function readAddress(input: Pick<ProfileInput, (typeof ADDRESS_FIELDS)[number][0]>, faults: FieldProblem[]): PostalAddress | undefined {
  const parts = Object.fromEntries(ADDRESS_FIELDS.map(([field]) => [field, input[field].trim().replace(/\s+/g, ' ')])) as unknown as PostalAddress;
  if (ADDRESS_FIELDS.every(([field]) => parts[field] === '')) return undefined;
  for (const [field, message] of ADDRESS_FIELDS) {
    if (parts[field] === '') faults.push({ field, message });
    else if (parts[field].length > 120) faults.push({ field, message: 'Diese Angabe ist zu lang. Nehmen Sie höchstens 120 Zeichen.' });
  }
  if (parts.postcode !== '' && !/^\d{5}$/.test(parts.postcode)) faults.push({ field: 'postcode', message: 'Eine Postleitzahl hat fünf Ziffern, etwa 22765.' });
  if (parts.houseNumber !== '' && !/^\d{1,4}\s?[a-zA-Z]?(\s?[-/]\s?\d{1,4}\s?[a-zA-Z]?)?$/.test(parts.houseNumber)) {
    faults.push({ field: 'houseNumber', message: 'Eine Hausnummer beginnt mit Ziffern, etwa 12 oder 12 a.' });
  }
  return parts;
}
