import { inflateSync } from 'node:zlib';
import type { InspectedPdf } from '../domain/inspection.ts';

export type Structure = Pick<InspectedPdf, 'encrypted' | 'fontsMissing' | 'scripts' | 'launches' | 'attachments' | 'damaged'>;

const MAX_INFLATED = 8_000_000;
const MAX_INFLATED_TOTAL = 64_000_000;

/**
 * What the objects of a PDF say, looked through as text with the content of streams taken out (object
 * streams are inflated). It follows no cross-reference, so what a file hides from a reader by a wrong
 * one is seen all the same: it may see too much, not too little.
 */
export function structureOf(bytes: Buffer): Structure {
  const source = bytes.toString('latin1');
  const text = plainNames(bones(source));
  return {
    encrypted: /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(text),
    scripts: /\/JavaScript\b|\/JS\b/.test(text),
    launches: /\/S\s*\/Launch\b/.test(text),
    attachments: /\/EmbeddedFiles?\b|\/EF\s*<</.test(text),
    fontsMissing: fontsMissing(text),
    // ISO 32000-1, 7.5.5: the end says where the cross-reference is
    damaged: !/startxref\s+\d+\s+%%EOF/.test(source.slice(-2048)),
  };
}

function bones(source: string): string {
  const parts: string[] = [];
  let from = 0;
  let inflated = 0;
  for (let at = source.indexOf('stream', from); at >= 0; at = source.indexOf('stream', from)) {
    const head = source.slice(from, at);
    parts.push(head);
    const start = at + (source.startsWith('\r\n', at + 6) ? 8 : 7);
    const end = source.indexOf('endstream', start);
    if (end < 0) break;
    from = end + 'endstream'.length;
    if (inflated > MAX_INFLATED_TOTAL || !/\/ObjStm\b/.test(head.slice(head.lastIndexOf(' obj')))) continue;
    const packed = inflate(source.slice(start, end));
    inflated += packed.length;
    parts.push(packed);
  }
  parts.push(source.slice(from));
  return parts.join('\n');
}

function inflate(packed: string): string {
  try {
    return inflateSync(Buffer.from(packed, 'latin1'), { maxOutputLength: MAX_INFLATED }).toString('latin1');
  } catch {
    return ''; // what cannot be unpacked says nothing; a reader that needs it will refuse the file
  }
}

/** ISO 32000-1, 7.3.5: `/J#61vaScript` is `/JavaScript`. */
const plainNames = (text: string): string => text.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Descriptors without a font file, and fonts that have no descriptor: the fourteen every reader once had. */
function fontsMissing(text: string): string[] {
  const missing = new Set<string>();
  for (const [dict] of text.matchAll(/<<(?:[^<>]|<[^<>]*>){0,4000}>>/g)) {
    const name = /\/(?:FontName|BaseFont)\s*\/([^\s/<>[\]()]{1,60})/.exec(dict)?.[1];
    if (name === undefined || /\/FontFile[23]?\b|\/DescendantFonts\b|\/Subtype\s*\/Type3\b/.test(dict)) continue;
    if (/\/Type\s*\/FontDescriptor\b/.test(dict) || (/\/Type\s*\/Font\b/.test(dict) && !/\/FontDescriptor\b/.test(dict))) missing.add(name);
  }
  return [...missing];
}
