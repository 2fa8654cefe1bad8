import { ParseOption, XmlDocument, XmlElement, XmlText, XmlCData } from 'libxml2-wasm';

/** A value as a test file of the DMN TCK writes it. */
export type TckValue =
  | { readonly kind: 'simple'; readonly type: string | undefined; readonly text: string | null }
  | { readonly kind: 'list'; readonly items: readonly TckValue[] }
  | { readonly kind: 'components'; readonly entries: readonly (readonly [name: string, value: TckValue])[] };

interface TckInput {
  readonly name: string;
  readonly namespace?: string;
  readonly value: TckValue;
}

interface TckResult {
  readonly name: string;
  /** `errorResult`: the standard demands an error, which FEEL answers with null. */
  readonly mayFail: boolean;
  readonly expected: TckValue;
}

interface TckCase {
  readonly id: string;
  /** A business knowledge model or decision service that is called itself. */
  readonly invocable?: string;
  readonly inputs: readonly TckInput[];
  readonly results: readonly TckResult[];
}

export interface TckFile {
  readonly modelName: string;
  readonly cases: readonly TckCase[];
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const MOST_CHARACTERS = 5_000_000;
const NOTHING: TckValue = { kind: 'simple', type: undefined, text: null };

/**
 * Reads a test file of the DMN TCK (testCases.xsd). Nothing is fetched, no entity is resolved, a document
 * type definition is refused.
 * @returns `undefined` where the file is XML but holds no test cases
 * @throws with a sentence where it is no XML or hostile
 */
export function readTck(xml: string): TckFile | undefined {
  if (xml.length > MOST_CHARACTERS) throw new Error(`Die Testdatei ist größer als ${MOST_CHARACTERS / 1_000_000} MB.`);
  if (/<!DOCTYPE|<!ENTITY/i.test(xml.replace(/<!--[\s\S]*?-->/g, '')))
    throw new Error('Die Testdatei enthält eine Dokumenttyp-Definition. Entfernen Sie <!DOCTYPE …>.');
  const document = XmlDocument.fromString(xml.trimStart(), { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE });
  try {
    const { root } = document;
    if (root.name !== 'testCases') return undefined;
    return { modelName: textOf(child(root, 'modelName')), cases: childrenOf(root, 'testCase').map(readCase) };
  } finally {
    document.dispose();
  }
}

function elements(parent: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = parent.firstChild; node !== null; node = node.next) if (node instanceof XmlElement) found.push(node);
  return found;
}

const childrenOf = (parent: XmlElement, name: string): readonly XmlElement[] => elements(parent).filter((one) => one.name === name);
const child = (parent: XmlElement | undefined, name: string): XmlElement | undefined => (parent === undefined ? undefined : childrenOf(parent, name)[0]);
const attribute = (element: XmlElement, name: string): string | undefined => element.attrs.find((one) => one.name === name && one.namespaceUri === '')?.value;
const instance = (element: XmlElement, name: string): string | undefined => element.attrs.find((one) => one.name === name && one.namespaceUri === XSI)?.value;

function textOf(element: XmlElement | undefined): string {
  let text = '';
  for (let node = element?.firstChild ?? null; node !== null; node = node.next) if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  return text;
}

function readCase(element: XmlElement, index: number): TckCase {
  const invocable = attribute(element, 'invocableName');
  return {
    id: attribute(element, 'id') ?? String(index + 1),
    ...(invocable !== undefined && { invocable }),
    inputs: childrenOf(element, 'inputNode').map((input) => {
      const namespace = attribute(input, 'namespace');
      return { name: attribute(input, 'name') ?? '', ...(namespace !== undefined && { namespace }), value: readValue(input) };
    }),
    results: childrenOf(element, 'resultNode').map((result) => {
      const expected = child(result, 'expected');
      return {
        name: attribute(result, 'name') ?? '',
        mayFail: attribute(result, 'errorResult') === 'true',
        expected: expected === undefined ? NOTHING : readValue(expected),
      };
    }),
  };
}

/** What an input, an expected value, an item or a component holds. */
function readValue(holder: XmlElement): TckValue {
  const components = childrenOf(holder, 'component');
  if (components.length > 0) return { kind: 'components', entries: components.map((one) => [attribute(one, 'name') ?? '', readValue(one)]) };
  const list = child(holder, 'list');
  if (list !== undefined) return instance(list, 'nil') === 'true' ? NOTHING : { kind: 'list', items: childrenOf(list, 'item').map(readValue) };
  const value = child(holder, 'value');
  if (value === undefined || instance(value, 'nil') === 'true') return NOTHING;
  return { kind: 'simple', type: instance(value, 'type')?.replace(/^.*:/, ''), text: textOf(value) };
}
