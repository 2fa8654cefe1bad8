import { ParseOption, XmlCData, XmlDocument, XmlElement as LibElement, XmlLibError, XmlText } from 'libxml2-wasm';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { guardXml, XML_LIMITS, type XmlLimits } from '../domain/xml-guard.ts';
import { xmlProblem, type XmlElement, type XmlProblem } from '../domain/xml-tree.ts';

/** Nothing is fetched, no entity replaced, no inner limit relaxed; lines beyond 65,535 are counted too. */
const OPTIONS = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NO_SYS_CATALOG | ParseOption.XML_PARSE_BIG_LINES;

/**
 * Reads XML 1.0 in UTF-8 that somebody else wrote, with suspicion.
 * @param limits narrower or wider than `XML_LIMITS`; the depth never exceeds the parser's own 256
 * @returns the root element, or why the file is refused and in which line. Never throws, whatever the bytes.
 */
export function readXml(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): Result<XmlElement, XmlProblem> {
  const bounds = { ...XML_LIMITS, ...limits };
  if (bytes.byteLength > bounds.maxBytes) {
    return refuse(xmlProblem('too-large', `Die Datei ist größer als ${Math.floor(bounds.maxBytes / 1_048_576)} MB. Teilen Sie sie auf.`));
  }
  const text = decoded(bytes);
  if (!text.ok) return text;
  const hostile = guardXml(text.value, bounds);
  return hostile === undefined ? parsed(text.value) : refuse(hostile);
}

const NOT_UTF8 = 'Die Datei ist nicht in UTF-8 geschrieben, wie die Standards es verlangen. Speichern Sie sie in UTF-8.';

/** The text without the XML declaration, whose lines stay counted. */
function decoded(bytes: Uint8Array): Result<string, XmlProblem> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(xmlProblem('encoding', NOT_UTF8));
  }
  if (text.includes('\u0000')) return refuse(xmlProblem('encoding', NOT_UTF8));
  const declaration = /^<\?xml\s([^?]*)\?>/.exec(text);
  const encoding = /encoding\s*=\s*["']([^"']*)["']/.exec(declaration?.[1] ?? '')?.[1] ?? 'UTF-8';
  if (!/^(utf-?8|us-ascii)$/i.test(encoding))
    return refuse(xmlProblem('encoding', `Die Datei sagt von sich, sie sei in ${encoding.slice(0, 40)} geschrieben. ${NOT_UTF8}`, 1));
  return ok(text);
}

function parsed(text: string): Result<XmlElement, XmlProblem> {
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(text, { option: OPTIONS });
  } catch (error) {
    return refuse(notWellFormed(error));
  }
  try {
    return ok(copied(document.root));
  } finally {
    document.dispose();
  }
}

function notWellFormed(error: unknown): XmlProblem {
  const [first] = error instanceof XmlLibError ? error.details : [];
  const words = (first?.message ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 200);
  const sentence = `Die Datei ist kein wohlgeformtes XML${words === '' ? '' : ` (${words})`}. Lassen Sie sich die Datei noch einmal schicken.`;
  return xmlProblem('not-well-formed', sentence, first?.line);
}

/** Out of the parser's memory into plain values; the guard has bounded the depth. */
function copied(element: LibElement): XmlElement {
  const children: XmlElement[] = [];
  let text = '';
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof LibElement) children.push(copied(node));
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  }
  const attributes = new Map(element.attrs.map(({ name, namespaceUri, value }) => [namespaceUri === '' ? name : `{${namespaceUri}}${name}`, value]));
  return { name: element.name, namespace: element.namespaceUri, attributes, children, text, line: element.line };
}
