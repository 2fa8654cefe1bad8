/** Small letters, umlauts written out, accents apart from their letters: what names and ids are made of. */
export const writtenOut = (text: string): string =>
  text.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').normalize('NFD');
