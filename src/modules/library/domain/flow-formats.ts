import { FlowWriter } from './flow-writer.ts';
import { attributeOf, markupOf } from './markup.ts';
import type { ReadPage, ReadTable } from './read-document.ts';

/** What a format without fixed pages says. */
export interface FlowText {
  readonly title?: string;
  readonly pages: readonly ReadPage[];
  readonly tables: readonly ReadTable[];
}

/** Word calls its styles by their English or by their German name, without the umlaut. */
const HEADING_STYLE = /^(?:heading|berschrift|überschrift|title|titel)\s*(\d)?/i;

/** The body of a DOCX: `word/document.xml` (ECMA-376). What was deleted under tracking, and field codes, are no text. */
export function docxText(xml: string): FlowText {
  const flow = new FlowWriter();
  let heading: number | undefined;
  let inText = false;
  for (const token of markupOf(xml, false)) {
    if (token.kind === 'text') {
      if (inText) flow.text(token.text);
    } else if (token.kind === 'open') {
      if (token.name === 'w:t') inText = !token.empty;
      else if (token.name === 'w:pStyle') heading = levelOf(HEADING_STYLE.exec(attributeOf(token.attributes, 'w:val') ?? ''));
      else if (token.name === 'w:lastRenderedPageBreak' || (token.name === 'w:br' && attributeOf(token.attributes, 'w:type') === 'page')) flow.breakPage();
      else if (token.name === 'w:br') flow.text('\n');
      else if (token.name === 'w:tab') flow.text('\t');
      else if (token.name === 'w:noBreakHyphen') flow.text('-');
      else if (token.name === 'w:tr') flow.beginRow();
      else if (token.name === 'w:p' && token.empty) flow.paragraph();
    } else if (token.name === 'w:t') inText = false;
    else if (token.name === 'w:p') {
      flow.paragraph(heading);
      heading = undefined;
    } else if (token.name === 'w:tc') flow.cell();
    else if (token.name === 'w:tr') flow.endRow();
    else if (token.name === 'w:tbl') flow.endTable();
  }
  return flow.done();
}

const levelOf = (found: RegExpExecArray | null): number | undefined => (found === null ? undefined : Number(found[1] ?? 1));

/** Parts of an ODT (OpenDocument 1.3) that are no running text. */
const ODT_ASIDE = new Set(['office:annotation', 'text:note', 'text:tracked-changes', 'text:sequence-decls', 'office:forms']);

/** The body of an ODT: `content.xml`. */
export function odtText(xml: string): FlowText {
  const flow = new FlowWriter();
  let heading: number | undefined;
  let depth = 0;
  let inParagraph = false;
  for (const token of markupOf(xml, false)) {
    if (token.kind !== 'text' && ODT_ASIDE.has(token.name)) {
      if (token.kind === 'close') depth--;
      else if (!token.empty) depth++;
      continue;
    }
    if (depth > 0) continue;
    if (token.kind === 'text') {
      if (inParagraph) flow.text(token.text.replaceAll(/\s+/g, ' '));
    } else if (token.kind === 'open') {
      if (token.name === 'text:p' || token.name === 'text:h') {
        inParagraph = !token.empty;
        heading = token.name === 'text:h' ? Number(attributeOf(token.attributes, 'text:outline-level') ?? 1) || 1 : undefined;
      } else if (token.name === 'text:soft-page-break') flow.breakPage();
      else if (token.name === 'text:line-break') flow.text('\n');
      else if (token.name === 'text:tab') flow.text('\t');
      else if (token.name === 'text:s') flow.text(' ');
      else if (token.name === 'table:table-row') flow.beginRow();
    } else if (token.name === 'text:p' || token.name === 'text:h') {
      flow.paragraph(heading);
      [inParagraph, heading] = [false, undefined];
    } else if (token.name === 'table:table-cell') flow.cell();
    else if (token.name === 'table:table-row') flow.endRow();
    else if (token.name === 'table:table') flow.endTable();
  }
  return flow.done();
}

const BLOCKS = new Set(
  'address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form header hr li main nav ol p pre section summary table ul'.split(
    ' ',
  ),
);

/** The words of an HTML page, without what runs in it. */
export function htmlText(source: string): FlowText {
  const flow = new FlowWriter();
  let title = '';
  let inTitle = false;
  for (const token of markupOf(source, true)) {
    if (token.kind === 'text') {
      if (inTitle) title += token.text;
      else flow.text(token.text.replaceAll(/[^\S\u{A0}]+/gu, ' '));
      continue;
    }
    const { kind, name } = token;
    const heading = /^h([1-6])$/.exec(name);
    if (name === 'title') inTitle = kind === 'open';
    else if (heading !== null) flow.paragraph(kind === 'close' ? Number(heading[1]) : undefined);
    else if (name === 'br') flow.text('\n');
    else if (name === 'tr') {
      // a row that nobody closed ends where the next begins
      flow.endRow();
      if (kind === 'open') flow.beginRow();
    } else if ((name === 'td' || name === 'th') && kind === 'close') flow.cell();
    else if (name === 'table' && kind === 'close') {
      flow.endRow();
      flow.endTable();
    } else if (BLOCKS.has(name)) {
      flow.paragraph();
      if (name === 'li' && kind === 'open') flow.text('- ');
    }
  }
  const named = title.replaceAll(/\s+/g, ' ').trim();
  return { ...flow.done(), ...(named === '' ? {} : { title: named }) };
}

/** Lines as they stand; a form feed is a page break, and a long text is cut at its paragraphs. */
export function plainText(text: string): FlowText {
  const flow = new FlowWriter();
  for (const [index, page] of text.split('\f').entries()) {
    if (index > 0) flow.breakPage();
    for (const paragraph of page.replaceAll(/\r\n?/g, '\n').split(/\n[^\S\n]*\n\s*/)) {
      flow.text(paragraph);
      flow.paragraph();
    }
  }
  return flow.done();
}
