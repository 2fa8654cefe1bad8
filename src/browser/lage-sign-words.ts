import { fachaufgaben, grundzeichen, organisationen, symbole } from 'taktische-zeichen-core';

/** Signs by the name that DV 102 gives them, for the field that searches them. */
export const SIGNS: readonly { readonly name: string; readonly part: string; readonly id: string }[] = [
  ...grundzeichen.map(({ id, label }) => ({ name: label, part: 'grundzeichen', id })),
  ...symbole.map(({ id, label }) => ({ name: label, part: 'symbol', id })),
  ...fachaufgaben.map(({ id, label }) => ({ name: label, part: 'fachaufgabe', id })),
  ...organisationen.map(({ id, label }) => ({ name: label, part: 'organisation', id })),
];

/** Words that name signs, divided by a plus: `Stelle, Einrichtung + Pumpe + THW`. Nothing where one is not known. */
export function signOfWords(words: string): Readonly<Record<string, string>> | undefined {
  const found: Record<string, string> = {};
  for (const name of words.split('+').map((part) => part.trim().toLowerCase())) {
    if (name === '') continue;
    const sign = SIGNS.find((one) => one.name.toLowerCase() === name) ?? SIGNS.find((one) => one.name.toLowerCase().startsWith(name));
    if (sign === undefined) return undefined;
    found[sign.part] = sign.id;
  }
  if (found['grundzeichen'] === undefined && found['symbol'] === undefined && Object.keys(found).length > 0) found['grundzeichen'] = 'stelle';
  return Object.keys(found).length === 0 ? undefined : found;
}
