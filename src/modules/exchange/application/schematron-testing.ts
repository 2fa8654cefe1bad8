import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseXmlDocument, type Element, type Node } from 'slimdom';
import { schemaPath } from './xmllint-testing.ts';

// xmllint knows XPath 1 only; the rules of XBau are written in XPath 2 and inherit from abstract rules.

/** The part of fontoxpath that is used. Its own types would bring the browser's into every file. */
interface XPathEngine {
  evaluateXPathToBoolean(test: string, node: Node, facade: null, variables: null, options: XPathOptions): boolean;
  evaluateXPathToNodes(path: string, node: Node, facade: null, variables: null, options: XPathOptions): Node[];
}
interface XPathOptions {
  namespaceResolver(prefix: string): string | null;
}
const require = createRequire(import.meta.url);
const { evaluateXPathToBoolean, evaluateXPathToNodes } = require('fontoxpath') as XPathEngine;

const SCHEMATRON = 'http://purl.oclc.org/dsdl/schematron';

interface Assertion {
  readonly id: string;
  readonly test: string;
  readonly message: string;
}
interface Rule {
  readonly context: string;
  readonly assertions: readonly Assertion[];
}

/** Rules of an ISO Schematron file with one pattern: concrete ones, with what they inherit. */
export interface Schematron {
  readonly rules: readonly Rule[];
  readonly prefixes: Readonly<Record<string, string>>;
}

/** Reads a file below the data folder. What it cannot understand makes it throw: nothing is passed over. */
export function readSchematron(path: string): Schematron {
  const root = parseXmlDocument(readFileSync(schemaPath(path), 'utf8')).documentElement!;
  const below = (name: string, from: Element = root): Element[] => [...from.getElementsByTagNameNS(SCHEMATRON, name)];
  const known = new Set(['schema', 'ns', 'pattern', 'rule', 'assert', 'extends']);
  for (const { localName } of [...root.getElementsByTagNameNS(SCHEMATRON, '*')]) if (!known.has(localName)) throw new Error(`not supported: sch:${localName}`);
  if (below('pattern').length !== 1) throw new Error('more than one pattern');
  const assertionsIn = (rule: Element): Assertion[] =>
    below('assert', rule).map((one) => ({ id: one.getAttribute('id')!, test: one.getAttribute('test')!, message: (one.textContent ?? '').trim() }));
  const abstract = new Map(
    below('rule')
      .filter((rule) => rule.getAttribute('abstract') === 'true')
      .map((rule) => [rule.getAttribute('id'), assertionsIn(rule)]),
  );
  const inherited = (rule: Element): Assertion[] =>
    below('extends', rule).flatMap((one) => {
      const found = abstract.get(one.getAttribute('rule'));
      if (found === undefined) throw new Error(`no abstract rule ${one.getAttribute('rule')}`);
      return found;
    });
  const rules = below('rule').flatMap((rule) => {
    const context = rule.getAttribute('context');
    return context === null ? [] : [{ context, assertions: [...assertionsIn(rule), ...inherited(rule)] }];
  });
  return { rules, prefixes: Object.fromEntries(below('ns').map((one) => [one.getAttribute('prefix')!, one.getAttribute('uri')!])) };
}

const optionsOf = (prefixes: Schematron['prefixes']): XPathOptions => ({ namespaceResolver: (prefix) => (prefix === '' ? '' : (prefixes[prefix] ?? null)) });

/** What the rules say of a message; of several rules for one node only the first counts, as ISO/IEC 19757-3 has it. */
export function schematronMistakes(
  xml: string,
  { rules, prefixes }: Schematron,
): { readonly id: string; readonly element: string; readonly message: string }[] {
  const document = parseXmlDocument(xml);
  const options = optionsOf(prefixes);
  const met = new Set<Node>();
  return rules.flatMap(({ context, assertions }) =>
    evaluateXPathToNodes(context.startsWith('/') ? context : `//${context}`, document, null, null, options).flatMap((node) => {
      if (met.has(node)) return [];
      met.add(node);
      return assertions
        .filter(({ test }) => !evaluateXPathToBoolean(test, node, null, null, options))
        .map(({ id, message }) => ({ id, element: (node as Element).nodeName, message }));
    }),
  );
}

/** Tests of a file that this evaluation cannot read, by id. */
export function unreadableTests({ rules, prefixes }: Schematron): string[] {
  const document = parseXmlDocument('<a/>');
  const options = optionsOf(prefixes);
  const tests = new Map(rules.flatMap(({ assertions }) => assertions.map(({ id, test }) => [id, test] as const)));
  return [...tests].flatMap(([id, test]) => {
    try {
      evaluateXPathToBoolean(test, document, null, null, options);
      return [];
    } catch (error) {
      return [`${id}: ${String(error)}`];
    }
  });
}
