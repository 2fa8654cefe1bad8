/** An element to be written; attributes and children in order. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlNode | string)[];
}

type Child = XmlNode | string | undefined | readonly (XmlNode | undefined)[];

/** An element by its qualified name. Absent children are left out. */
export function element(name: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]): XmlNode {
  const given = children.flatMap((child) => (Array.isArray(child) ? child : [child]) as readonly (XmlNode | string | undefined)[]);
  return { name, attributes, children: given.filter((child) => child !== undefined) };
}

/** An element with text only, or nothing when there is no text. */
export const textElement = (name: string, text: string | undefined): XmlNode | undefined =>
  text === undefined || text === '' ? undefined : element(name, {}, text);

/** Characters that XML 1.0 does not know (section 2.2) become the replacement character: a letter with one is still a letter. */
// oxlint-disable-next-line no-control-regex -- the very characters that XML forbids
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text as XML can say it. */
export const sayable = (text: string): string => text.replace(FORBIDDEN, '\uFFFD');

const escapeText = (text: string): string => sayable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');

/** The document, UTF-8, indented by two; text is never changed by indentation. */
export function toXml(root: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}\n`;
}

function write(node: XmlNode, indent: string): string {
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
  const open = `${indent}<${node.name}${attributes.join('')}`;
  if (node.children.length === 0) return `${open}/>`;
  if (node.children.some((child) => typeof child === 'string')) {
    const inner = node.children.map((child) => (typeof child === 'string' ? escapeText(child) : write(child, '')));
    return `${open}>${inner.join('')}</${node.name}>`;
  }
  return `${open}>\n${node.children.map((child) => write(child as XmlNode, `${indent}  `)).join('\n')}\n${indent}</${node.name}>`;
}
