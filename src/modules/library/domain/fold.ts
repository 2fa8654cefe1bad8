const WRITTEN_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/**
 * German text as it is searched: small letters, umlauts and ß written out (so that Müller, MÜLLER and Mueller are one),
 * other accents taken off, everything that is no letter and no digit one space.
 */
export function folded(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => WRITTEN_OUT[letter]!)
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll('\u{AD}', '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
