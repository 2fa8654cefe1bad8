/** What two descriptions of a person can be compared by. */
export interface PersonMarks {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate?: Temporal.PlainDate;
}

/**
 * Whether an Online-Ausweis may be joined to a Servicekonto: the same family name, a common given
 * name, and no other date of birth. It never joins by itself: the account's owner asked for it while
 * signed in, and what is joined is the pseudonym (bPK), not the name.
 */
export function mayBeSamePerson(account: PersonMarks, card: PersonMarks): boolean {
  if (fold(account.familyName) !== fold(card.familyName)) return false;
  const known = new Set(words(account.givenName));
  if (!words(card.givenName).some((name) => known.has(name))) return false;
  return account.birthDate === undefined || card.birthDate === undefined || account.birthDate.equals(card.birthDate);
}

const words = (name: string): string[] =>
  fold(name)
    .split(/[\s-]+/)
    .filter((word) => word !== '');

/** One spelling for cards and keyboards: JÜRGEN, Juergen and jürgen; Strauß and STRAUSS. */
function fold(name: string): string {
  const german: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
  const lower = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => german[letter]!);
  return lower
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’'`´]/g, '')
    .trim();
}
