import { deflateSync } from 'node:zlib';

/** A page for {@link makePdf}: measures in millimetres and what is drawn on it. */
export interface TestPage {
  readonly mm: readonly [number, number];
  readonly draw?: string;
  /** Bytes of the content as they stand in the file, compressed already. */
  readonly packed?: Uint8Array;
}

/** A whole PDF 1.4 with a cross-reference table, made in code for tests. */
export function makePdf(pages: readonly TestPage[], catalog = ''): Buffer {
  const objects: Buffer[] = [];
  const kids = pages.map((_, i) => `${4 + i * 2} 0 R`).join(' ');
  objects.push(Buffer.from(`<</Type /Catalog /Pages 2 0 R ${catalog}>>`));
  objects.push(Buffer.from(`<</Type /Pages /Kids [${kids}] /Count ${pages.length}>>`));
  objects.push(Buffer.from('<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>'));
  for (const [i, { mm, draw = '', packed }] of pages.entries()) {
    const [width, height] = mm.map((side) => ((side / 25.4) * 72).toFixed(3));
    objects.push(Buffer.from(`<</Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources <</Font <</F1 3 0 R>>>> /Contents ${5 + i * 2} 0 R>>`));
    const data = packed ?? deflateSync(draw);
    objects.push(Buffer.concat([Buffer.from(`<</Length ${data.length} /Filter /FlateDecode>>\nstream\n`), data, Buffer.from('\nendstream')]));
  }
  return assemble(objects);
}

function assemble(objects: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = parts[0]!.length;
  const offsets: number[] = [];
  for (const [i, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    offsets.push(at);
    at += part.length;
    parts.push(part);
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1} /Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}
