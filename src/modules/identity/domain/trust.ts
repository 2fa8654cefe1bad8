import type { TrustLevel } from '../../../kernel/actor.ts';

/** Levels of assurance (Art. 8 Regulation (EU) 910/2014) as the `acr` claim names them. */
const LEVELS: Readonly<Record<string, TrustLevel>> = {
  'http://eidas.europa.eu/LoA/low': 'einfach',
  'http://eidas.europa.eu/LoA/substantial': 'substanziell',
  'http://eidas.europa.eu/LoA/high': 'hoch',
};
const ORDER: readonly TrustLevel[] = ['einfach', 'substanziell', 'hoch'];

/** The `acr` to ask for. */
export const ACR_SUBSTANTIAL = 'http://eidas.europa.eu/LoA/substantial';
export const ACR_VALUES: readonly string[] = Object.keys(LEVELS);

/** The level an `acr` claim states, or `undefined` when it states none we know. Exact match only. */
export function trustOfAcr(acr: unknown): TrustLevel | undefined {
  return typeof acr === 'string' && Object.hasOwn(LEVELS, acr) ? LEVELS[acr] : undefined;
}

/** Whether `has` is at least `needed`. */
export function suffices(has: TrustLevel, needed: TrustLevel): boolean {
  return ORDER.indexOf(has) >= ORDER.indexOf(needed);
}

/** The lower of two levels. */
export const lowerTrust = (one: TrustLevel, other: TrustLevel): TrustLevel => (suffices(one, other) ? other : one);
