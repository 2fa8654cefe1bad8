import type { KnownParty } from '../../../kernel/language-model.ts';

const SHORTEST = 3;

/**
 * A second look at what masking left, so that one mistake there does not reach a model: whether a text still names a
 * known party by its whole name, its firm or a number. A family name alone may be an ordinary word; that is for masking
 * to tell.
 * @returns what kind of it, never the word
 */
export function leftover(texts: readonly string[], parties: readonly KnownParty[]): string | undefined {
  const whole = texts.map((text) => text.toLowerCase()).join('\n');
  for (const party of parties)
    for (const [kind, words] of Object.entries(wordsOf(party)))
      if (words.some((word) => word.length >= SHORTEST && standsIn(word.toLowerCase(), whole))) return kind;
  return undefined;
}

const wordsOf = ({ givenNames, familyName, organisation, email, phone, identifiers }: KnownParty): Readonly<Record<string, readonly string[]>> => ({
  name: givenNames === undefined || familyName === undefined ? [] : [`${givenNames.trim()} ${familyName.trim()}`, `${familyName.trim()}, ${givenNames.trim()}`],
  organisation: organisation === undefined ? [] : [organisation.trim()],
  email: email === undefined ? [] : [email.trim()],
  phone: phone === undefined ? [] : [phone.trim()],
  identifier: (identifiers ?? []).map((one) => one.trim()),
});

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

function standsIn(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!isWordSign(text[at - 1]) && !isWordSign(text[at + word.length])) return true;
  return false;
}
