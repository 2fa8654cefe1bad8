import { DmnModdle, type ModdlePackage } from 'dmn-moddle';

/** Namespaces of DMN 1.1 to 1.5; moddle knows 1.3, to which the others are rewritten. */
const NAMESPACES: readonly (readonly [old: string, known: string])[] = [
  ['http://www.omg.org/spec/DMN/20151101/dmn.xsd', 'https://www.omg.org/spec/DMN/20191111/MODEL/'],
  ['http://www.omg.org/spec/DMN/20151101/dmn11.xsd', 'https://www.omg.org/spec/DMN/20191111/MODEL/'],
  ['http://www.omg.org/spec/DMN/20180521/MODEL/', 'https://www.omg.org/spec/DMN/20191111/MODEL/'],
  ['https://www.omg.org/spec/DMN/20211108/MODEL/', 'https://www.omg.org/spec/DMN/20191111/MODEL/'],
  ['https://www.omg.org/spec/DMN/20230324/MODEL/', 'https://www.omg.org/spec/DMN/20191111/MODEL/'],
  ['https://www.omg.org/spec/DMN/20240513/MODEL/', 'https://www.omg.org/spec/DMN/20191111/MODEL/'],
  ['http://www.omg.org/spec/DMN/20180521/DMNDI/', 'https://www.omg.org/spec/DMN/20191111/DMNDI/'],
  ['https://www.omg.org/spec/DMN/20211108/DMNDI/', 'https://www.omg.org/spec/DMN/20191111/DMNDI/'],
  ['https://www.omg.org/spec/DMN/20230324/DMNDI/', 'https://www.omg.org/spec/DMN/20191111/DMNDI/'],
];

const child = (name: string, type = 'ChildExpression'): object => ({ name, type, xml: { serialize: 'property' } });

/** Boxed expressions that came with DMN 1.4, and the constraint of 1.5, which moddle does not know. */
const NEWER = [
  {
    name: 'ChildExpression',
    superClass: ['DMNElement'],
    properties: [
      { name: 'expression', type: 'Expression' },
      { name: 'typeRef', type: 'String', isAttr: true },
    ],
  },
  { name: 'Conditional', superClass: ['Expression'], properties: [child('if'), child('then'), child('else')] },
  { name: 'Filter', superClass: ['Expression'], properties: [child('in'), child('match')] },
  { name: 'Iterator', isAbstract: true, superClass: ['Expression'], properties: [{ name: 'iteratorVariable', type: 'String', isAttr: true }, child('in')] },
  { name: 'For', superClass: ['Iterator'], properties: [child('return')] },
  { name: 'Some', superClass: ['Iterator'], properties: [child('satisfies')] },
  { name: 'Every', superClass: ['Iterator'], properties: [child('satisfies')] },
];

let moddle: DmnModdle | undefined;

function newestModdle(): DmnModdle {
  if (moddle === undefined) {
    const known = new DmnModdle().getPackage('dmn');
    const types = known.types.map((type) =>
      type.name === 'ItemDefinition' ? { ...type, properties: [...(type.properties ?? []), child('typeConstraint', 'UnaryTests')] } : type,
    );
    moddle = new DmnModdle({ dmn: { ...known, types: [...types, ...NEWER] } satisfies ModdlePackage });
  }
  return moddle;
}

/** Larger or deeper is no model that a person drew, but an attack on whoever reads it. */
const MOST_CHARACTERS = 5_000_000;
const DEEPEST = 150;

/** Why a text is not even looked at; `undefined` when it may be. */
function hostility(xml: string): string | undefined {
  if (xml.length > MOST_CHARACTERS) return `Die Datei ist größer als ${MOST_CHARACTERS / 1_000_000} MB.`;
  const plain = xml.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  if (/<!(DOCTYPE|ENTITY)/i.test(plain)) return 'Die Datei enthält eine Dokumenttyp-Definition. Entfernen Sie <!DOCTYPE …>.';
  let depth = 0;
  for (const [, closing, selfClosing] of plain.matchAll(/<(\/?)[A-Za-z_](?:[^<>"']|"[^"]*"|'[^']*')*?(\/?)>/g)) {
    if (closing === '/') depth--;
    else if (selfClosing !== '/' && ++depth > DEEPEST) return `Die Datei ist tiefer als ${DEEPEST} Ebenen verschachtelt.`;
  }
  return undefined;
}

export type ReadXml = { readonly root: unknown; readonly warnings: readonly string[] } | { readonly refusal: string };

/** Reads the elements of a DMN file of version 1.1 to 1.5; entities are not resolved, nothing is fetched. */
export async function readXml(xml: string): Promise<ReadXml> {
  const hostile = hostility(xml);
  if (hostile !== undefined) return { refusal: hostile };
  const known = NAMESPACES.reduce((text, [old, now]) => text.replaceAll(`"${old}"`, `"${now}"`).replaceAll(`'${old}'`, `'${now}'`), xml);
  try {
    const { rootElement, warnings } = await newestModdle().fromXML(known);
    return { root: rootElement, warnings: warnings.map((one) => one.message) };
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
}
