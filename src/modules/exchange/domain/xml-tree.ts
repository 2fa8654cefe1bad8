import type { Problem } from '../../../kernel/problem.ts';

/** An element as it was read: namespaces resolved, comments and processing instructions gone. Immutable. */
export interface XmlElement {
  /** Local name, without prefix. */
  readonly name: string;
  /** Namespace URI; empty for none. */
  readonly namespace: string;
  /** By local name; an attribute with a namespace by `{uri}name`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text and CDATA directly inside, not trimmed. */
  readonly text: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** Why XML is refused before anybody looks at what it says. */
export type XmlRefusal =
  | 'too-large'
  | 'encoding'
  | 'doctype'
  | 'too-deep'
  | 'too-many-elements'
  /** Well-formedness: the parser's own words are in the detail. */
  | 'not-well-formed'
  /** Well-formed, but not what the standard asks for. */
  | 'not-by-the-standard';

/** A refused file: a German sentence with cause and remedy, a reason for programs, and the line where it is known. */
export interface XmlProblem extends Problem<'invalid-input' | 'too-large'> {
  readonly reason: XmlRefusal;
  readonly line?: number;
}

/** A refusal; the line is said in the sentence too. */
export function xmlProblem(reason: XmlRefusal, sentence: string, line?: number): XmlProblem {
  const kind = reason === 'too-large' ? 'too-large' : 'invalid-input';
  return line === undefined ? { kind, reason, detail: sentence } : { kind, reason, detail: `Zeile ${line}: ${sentence}`, line };
}

/** Children by namespace and local name, in order. */
export const children = (parent: XmlElement | undefined, namespace: string, name: string): readonly XmlElement[] =>
  parent?.children.filter((child) => child.name === name && child.namespace === namespace) ?? [];

/** The first such child. */
export const child = (parent: XmlElement | undefined, namespace: string, name: string): XmlElement | undefined =>
  parent?.children.find((one) => one.name === name && one.namespace === namespace);

/** Down a path of names in one namespace, the first of each. */
export function descend(from: XmlElement | undefined, namespace: string, ...path: readonly string[]): XmlElement | undefined {
  let at = from;
  for (const name of path) at = child(at, namespace, name);
  return at;
}

/** Trimmed text at the end of a path, `undefined` where there is none or it is empty. */
export function textOf(from: XmlElement | undefined, namespace: string, ...path: readonly string[]): string | undefined {
  const text = descend(from, namespace, ...path)?.text.trim();
  return text === '' ? undefined : text;
}

/** The element and every element below it, in the order of the file. */
export function* everyElement(root: XmlElement): Generator<XmlElement> {
  yield root;
  for (const one of root.children) yield* everyElement(one);
}
