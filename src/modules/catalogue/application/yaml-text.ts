import { LineCounter, parseDocument, type Document } from 'yaml';

export interface YamlText {
  readonly doc: Document.Parsed;
  readonly lines: LineCounter;
}

/** As many as a package has files: reading and linting one ask for the same texts in turn. */
const KEPT = 12;
const recent = new Map<string, YamlText>();

/** A YAML text with the places of its parts. Who asks for the same text shortly after gets the same document: read it only. */
export function yamlText(text: string): YamlText {
  const lines = new LineCounter();
  const known = recent.get(text) ?? { doc: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines };
  recent.delete(text);
  recent.set(text, known);
  const [oldest] = recent.keys();
  if (recent.size > KEPT) recent.delete(oldest!);
  return known;
}
