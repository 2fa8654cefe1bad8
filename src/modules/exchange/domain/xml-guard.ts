import { xmlProblem, type XmlProblem } from './xml-tree.ts';

/** What a file may ask of the parser. */
export interface XmlLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Elements, attributes, comments, CDATA sections and processing instructions together. */
  readonly maxNodes: number;
}

/** Enough for a message with hundreds of documents; the parser itself stops at a depth of 256. */
export const XML_LIMITS: XmlLimits = { maxBytes: 20 * 1024 * 1024, maxDepth: 200, maxNodes: 200_000 };

/**
 * Walks over the markup without building anything, and refuses what no honest message has: a document
 * type (entities, XXE, billion laughs), endless nesting, masses of nodes. One pass, no recursion; what
 * is not well-formed is left to the parser, unless its end cannot be found.
 */
export function guardXml(xml: string, limits: XmlLimits): XmlProblem | undefined {
  let depth = 0;
  let nodes = 0;
  for (let at = xml.indexOf('<'); at !== -1;) {
    const mark = markupAt(xml, at);
    if (mark === undefined) return refuseAt(xml, at, 'not-well-formed', 'Die Auszeichnung endet nicht. Lassen Sie sich die Datei noch einmal schicken.');
    if (mark.kind === 'declaration') {
      return refuseAt(xml, at, 'doctype', 'Die Datei enthält eine Dokumenttyp-Definition. Nachrichten der Standards haben keine: Entfernen Sie sie.');
    }
    if (mark.kind !== 'close') nodes += 1 + mark.attributes;
    if (mark.kind === 'open') depth += 1;
    if (mark.kind === 'close') depth -= 1;
    if (depth > limits.maxDepth)
      return refuseAt(xml, at, 'too-deep', `Elemente sind mehr als ${limits.maxDepth}-fach geschachtelt. Prüfen Sie, womit die Datei erzeugt ist.`);
    if (nodes > limits.maxNodes)
      return refuseAt(xml, at, 'too-many-elements', `Die Datei hat mehr als ${limits.maxNodes} Elemente und Attribute. Teilen Sie sie auf.`);
    at = xml.indexOf('<', mark.end);
  }
  return undefined;
}

interface Markup {
  readonly kind: 'open' | 'close' | 'empty' | 'passed-over' | 'declaration';
  readonly attributes: number;
  readonly end: number;
}

/** The markup that begins at a `<`; `undefined` when it has no end. */
function markupAt(xml: string, at: number): Markup | undefined {
  if (xml.startsWith('<!--', at)) return passedOver(xml, '-->', at + 4);
  if (xml.startsWith('<![CDATA[', at)) return passedOver(xml, ']]>', at + 9);
  if (xml.startsWith('<?', at)) return passedOver(xml, '?>', at + 2);
  if (xml.startsWith('<!', at)) return { kind: 'declaration', attributes: 0, end: at + 2 };
  return tagAt(xml, at);
}

function passedOver(xml: string, until: string, from: number): Markup | undefined {
  const found = xml.indexOf(until, from);
  return found === -1 ? undefined : { kind: 'passed-over', attributes: 0, end: found + until.length };
}

/** A tag, whose quoted values may hold `>`. */
function tagAt(xml: string, at: number): Markup | undefined {
  let attributes = 0;
  for (let index = at + 1; index < xml.length; index++) {
    const sign = xml[index]!;
    if (sign === '"' || sign === "'") {
      attributes += 1;
      index = xml.indexOf(sign, index + 1);
      if (index === -1) return undefined;
    } else if (sign === '>') {
      const kind = xml[at + 1] === '/' ? 'close' : xml[index - 1] === '/' ? 'empty' : 'open';
      return { kind, attributes, end: index + 1 };
    }
  }
  return undefined;
}

function refuseAt(xml: string, at: number, reason: XmlProblem['reason'], sentence: string): XmlProblem {
  let line = 1;
  for (let index = xml.indexOf('\n'); index !== -1 && index < at; index = xml.indexOf('\n', index + 1)) line += 1;
  return xmlProblem(reason, sentence, line);
}
