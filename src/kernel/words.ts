/**
 * What somebody typed, as it is kept: NFC, plain line breaks, no control characters and no marks that turn
 * the reading direction (they make a text read otherwise than it says).
 */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFC')
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- taking control characters out is the point
      .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, ' ')
      .trim()
  );
}

/** As `cleanText`, for one line. */
export const cleanLine = (text: string): string => cleanText(text).replaceAll(/\s+/g, ' ');
