import type { DocumentFormat } from './read-document.ts';

const starts = (bytes: Uint8Array, ...signs: readonly number[]): boolean => signs.every((sign, at) => bytes[at] === sign);
const MAIL_FIELDS = /^(?:from|to|date|subject|received|return-path|mime-version|message-id|delivered-to|x-[a-z-]+|dkim-signature|content-type):/i;

/** What a file is, by its first bytes. `zip`: DOCX or ODT, which its entries tell. */
export function binaryFormat(bytes: Uint8Array): 'pdf' | 'image' | 'zip' | 'ole' | undefined {
  // some programs write something before the mark of a PDF; a mail or a page that tells of one is none
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const mark = head.indexOf('%PDF-');
  if (mark === 0 || (mark > 0 && textFormat(head.slice(0, mark)) === 'text')) return 'pdf';
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47) || starts(bytes, 0xff, 0xd8, 0xff)) return 'image';
  if (starts(bytes, 0x50, 0x4b, 3, 4) || starts(bytes, 0x50, 0x4b, 5, 6)) return 'zip';
  return starts(bytes, 0xd0, 0xcf, 0x11, 0xe0) ? 'ole' : undefined;
}

/** What a text is. */
export function textFormat(text: string): Extract<DocumentFormat, 'html' | 'mail' | 'text'> {
  const head = text.slice(0, 4096).trimStart();
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(head)) return 'html';
  const lines = head.split(/\r?\n/);
  const fields = lines
    .slice(
      0,
      Math.max(
        1,
        lines.findIndex((line) => line === ''),
      ),
    )
    .filter((line) => !/^\s/.test(line));
  const known = fields.filter((line) => MAIL_FIELDS.test(line));
  return known.length >= 2 && fields.every((line) => /^[!-9;-~]+:/.test(line)) && known.some((line) => /^(?:from|received):/i.test(line)) ? 'mail' : 'text';
}
