import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textOfFile } from './file-text.ts';

const WORDS = 'Straße;Größe\nDeich „Süd“;9,97 €\n';
const IN_1252: Readonly<Record<string, number>> = { '„': 0x84, '“': 0x93, '€': 0x80 };
const windows = Uint8Array.from(WORDS, (letter) => IN_1252[letter] ?? letter.charCodeAt(0));
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

describe('words of a file', () => {
  for (const [what, bytes, encoding] of [
    ['UTF-8', Buffer.from(WORDS), 'utf-8'],
    ['UTF-8 with a byte order mark, which is no word', Buffer.from(`\ufeff${WORDS}`), 'utf-8'],
    ['UTF-16 as Excel writes it', Buffer.from(`\ufeff${WORDS}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 the other way round', swapped(Buffer.from(`\ufeff${WORDS}`, 'utf16le')), 'utf-16be'],
    ['windows-1252 with umlauts, quotes and the euro', windows, 'windows-1252'],
  ] as const)
    it(`are read in ${what}`, () => assert.deepEqual(textOfFile(bytes), { text: WORDS, encoding }));

  it('are none in an archive', () => assert.equal(textOfFile(Buffer.from('PK\u0003\u0004\u0000\u0000')), undefined));
});
