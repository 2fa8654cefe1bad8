import { storableText } from '../../../kernel/storable.ts';

/**
 * Words as every database keeps and gives them back, sign by sign: else what is read would have another hash than what
 * was written. Line ends are `\n`, NUL and halves of surrogate pairs become the sign for what could not be read.
 */
export const cleanText = (text: string): string => storableText(text.toWellFormed()).replaceAll('\r\n', '\n').trim();
