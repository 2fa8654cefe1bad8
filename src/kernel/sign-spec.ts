/** Parts of a tactical sign that name an entry of the library's lists. */
const LISTED = ['grundzeichen', 'organisation', 'fachaufgabe', 'einheit', 'verwaltungsstufe', 'funktion', 'symbol'] as const;
/** Parts that are written into it. */
const WRITTEN = ['text', 'typ', 'name', 'organisationName'] as const;

export type SignSpec = { readonly [Part in (typeof LISTED)[number] | (typeof WRITTEN)[number] | 'farbe']?: string };

const MOST_LETTERS = 14;

/**
 * What may be composed to a tactical sign (DV 102): names of list entries, short texts without signs of markup, and a
 * colour. The library writes all of it into SVG as it is, so anything else is left out here; specs come from outside.
 */
export function signSpec(spec: Readonly<Record<string, unknown>>): SignSpec {
  const found: Record<string, string> = {};
  for (const part of LISTED) {
    const id = spec[part];
    if (typeof id === 'string' && /^[a-z][a-z0-9-]{0,60}$/.test(id)) found[part] = id;
  }
  for (const part of WRITTEN) {
    const words = spec[part];
    const clean =
      typeof words === 'string'
        ? words
            .replaceAll(/[^\p{L}\p{N} .,/+()-]/gu, '')
            .slice(0, MOST_LETTERS)
            .trim()
        : '';
    if (clean !== '') found[part] = clean;
  }
  const { farbe } = spec;
  if (typeof farbe === 'string' && /^#[0-9a-f]{6}$/i.test(farbe)) found['farbe'] = farbe;
  return found;
}

/** The same for the same sign, whatever the order of its parts: pictures are kept by it. */
export const signKey = (spec: SignSpec): string =>
  Object.entries(spec)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([part, value]) => `${part}=${value}`)
    .join('&');
