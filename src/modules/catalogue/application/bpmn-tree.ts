import { ParseOption, XmlCData, XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';

/** An XML element without its spelling: prefixes, order of attributes, comments and white space between elements are gone. */
export interface XmlTree {
  readonly uri: string;
  readonly name: string;
  /** By `{namespace}name`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlTree[];
  /** Words directly inside; of an element that has children only where they are more than white space, with a mark for each child. */
  readonly text: string;
  /** Prefixes declared here, which QNames in values may need. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** Stands in words where a child stands; no XML can hold it. */
const CHILD = '\u0000';
const DI = /^http:\/\/www\.omg\.org\/spec\/(BPMN\/20100524\/DI|DD\/20100524\/D[CI])$/;

/** Reads text that has passed `hostility`; throws what libxml2 says where it is not well-formed. */
export function treeOf(xml: string): XmlTree {
  // the text is decoded already: a declared encoding would be applied twice
  const document = XmlDocument.fromString(xml.replace(/^\uFEFF?\s*<\?xml[^?]*\?>/, ''), {
    option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_HUGE,
  });
  try {
    return read(document.root);
  } finally {
    document.dispose();
  }
}

function read(element: XmlElement): XmlTree {
  const children: XmlTree[] = [];
  let text = '';
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) {
      children.push(read(node));
      text += CHILD;
    } else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  }
  return {
    uri: element.namespaceUri,
    name: element.name,
    attributes: new Map(element.attrs.map((attr) => [`{${attr.namespaceUri}}${attr.name}`, attr.value])),
    children,
    text: children.length > 0 && text.replaceAll(CHILD, '').trim() === '' ? '' : text,
    prefixes: new Map(Object.entries(element.nsDeclarations)),
  };
}

const idOf = ({ attributes }: XmlTree): string | undefined => attributes.get('{}id');

/** Pairs the children of two elements: by id; without one by name, in order. */
function pairs(before: XmlTree, after: XmlTree): (readonly [XmlTree, XmlTree | undefined])[] {
  const left = new Map<string, XmlTree[]>();
  const keyOf = (tree: XmlTree): string => `{${tree.uri}}${tree.name}#${idOf(tree) ?? ''}`;
  for (const child of after.children) left.set(keyOf(child), [...(left.get(keyOf(child)) ?? []), child]);
  return before.children.map((child) => [child, left.get(keyOf(child))?.shift()] as const);
}

/** Numbers of a drawing are equal as numbers; all other values as they are written. */
function sameValue(tree: XmlTree, a: string, b: string | undefined): boolean {
  if (a === b) return true;
  return b !== undefined && DI.test(tree.uri) && a.trim() !== '' && Number(a) === Number(b);
}

const sameText = (a: XmlTree, b: XmlTree): boolean => a.text === b.text || a.text.trim() === b.text.trim();
const nameOf = (tree: XmlTree): string => `${tree.name}${idOf(tree) === undefined ? '' : ` «${idOf(tree)}»`}`;

/** What of `before` is missing or different in `after`, in sentences. What `after` has beyond is not asked. */
export function losses(before: XmlTree, after: XmlTree, place = nameOf(before)): string[] {
  const found: string[] = [];
  if (before.uri !== after.uri || before.name !== after.name) return [`${place}: Das Element fehlt.`];
  for (const [name, value] of before.attributes) {
    const now = after.attributes.get(name);
    if (!sameValue(before, value, now)) found.push(`${place}: ${name.replace('{}', '')} ist ${now === undefined ? 'verloren' : `«${now}»`} statt «${value}».`);
  }
  for (const [prefix, uri] of before.prefixes)
    if (after.prefixes.get(prefix) !== uri) found.push(`${place}: Der Namensraum ${prefix || '(ohne Präfix)'} ist nicht erklärt.`);
  if (!sameText(before, after)) found.push(`${place}: Der Text ist anders.`);
  for (const [child, counterpart] of pairs(before, after)) {
    const inner = `${place}/${nameOf(child)}`;
    found.push(...(counterpart === undefined ? [`${inner}: Das Element fehlt.`] : losses(child, counterpart, inner)));
  }
  return found;
}

/** `after` with everything of `before` that it lacks, in the place where it stood. */
export function completed(before: XmlTree, after: XmlTree): XmlTree {
  const known = pairs(before, after);
  const children = [...after.children];
  let at = 0;
  for (const [child, counterpart] of known) {
    if (counterpart === undefined) {
      children.splice(at, 0, child);
      at += 1;
      continue;
    }
    const index = children.indexOf(counterpart);
    children[index] = completed(child, counterpart);
    at = index + 1;
  }
  const attributes = new Map(after.attributes);
  for (const [name, value] of before.attributes) if (!sameValue(before, value, attributes.get(name))) attributes.set(name, value);
  const prefixes = new Map([...after.prefixes, ...before.prefixes]);
  return { ...after, attributes, children, prefixes, text: sameText(before, after) ? after.text : before.text };
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' };
const inText = (text: string): string => text.replaceAll(/[&<>\r]/g, (sign) => SIGNS[sign]!);
const inValue = (text: string): string => text.replaceAll(/[&<>"\n\r\t]/g, (sign) => SIGNS[sign]!);

/** Writes a tree as XML; each element keeps the prefixes declared for it. */
export function writeTree(tree: XmlTree): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(tree, new Map([['xml', XML]]), 0)}\n`;
}

const XML = 'http://www.w3.org/XML/1998/namespace';

function write(tree: XmlTree, outer: ReadonlyMap<string, string>, depth: number): string {
  const scope = new Map(outer);
  const declared: string[] = [];
  const declare = (prefix: string, uri: string): void => {
    if (scope.get(prefix) === uri) return;
    scope.set(prefix, uri);
    declared.push(` xmlns${prefix === '' ? '' : `:${prefix}`}="${inValue(uri)}"`);
  };
  for (const [prefix, uri] of tree.prefixes) declare(prefix, uri);
  const prefixFor = (uri: string, forAttribute: boolean): string => {
    if (uri === '' && (forAttribute || (scope.get('') ?? '') === '')) return '';
    const [known] = [...scope].find(([prefix, one]) => one === uri && (prefix !== '' || !forAttribute)) ?? [];
    if (known !== undefined) return known === '' ? '' : `${known}:`;
    if (uri === '') {
      declare('', '');
      return '';
    }
    let fresh = 1;
    while (scope.has(`ns${fresh}`)) fresh += 1;
    declare(`ns${fresh}`, uri);
    return `ns${fresh}:`;
  };
  const name = `${prefixFor(tree.uri, false)}${tree.name}`;
  const attributes = [...tree.attributes].map(([key, value]) => {
    const end = key.indexOf('}');
    return ` ${prefixFor(key.slice(1, end), true)}${key.slice(end + 1)}="${inValue(value)}"`;
  });
  const head = `<${name}${declared.join('')}${attributes.join('')}`;
  if (tree.children.length === 0) return tree.text === '' ? `${head}/>` : `${head}>${inText(tree.text)}</${name}>`;
  const inner = tree.children.map((child) => write(child, scope, depth + 1));
  // between words white space would count
  if (tree.text !== '') {
    const words = tree.text.split(CHILD);
    return `${head}>${words.map((part, index) => `${inText(part)}${inner[index] ?? ''}`).join('')}${inner.slice(words.length).join('')}</${name}>`;
  }
  const gap = `\n${'  '.repeat(depth)}`;
  return `${head}>${inner.map((one) => `${gap}  ${one}`).join('')}${gap}</${name}>`;
}
