import { ParseOption, XmlDocument, XmlParseError, type XmlElement } from 'libxml2-wasm';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Feature, Geometry, Plan, Value } from '../domain/plan.ts';
import { brokenFile, type PlanProblem } from '../domain/problems.ts';
import { BrokenXml, children, GML, GmlReader } from './read-gml.ts';

export const XPLAN = 'http://www.xplanung.de/xplangml/6/0';
const MAX_BYTES = 50_000_000;
const MAX_FEATURES = 100_000;

/** A plan with what was not taken over as it stands. */
export interface ReadPlan {
  readonly plan: Plan;
  /** Arcs that became lines, each within a centimetre. */
  readonly arcs: number;
}

/**
 * Reads an XPlanGML 6.0 document. Nothing is fetched, no entity is resolved, a DOCTYPE is refused; so are
 * other versions, other reference systems and broken geometries, each with the reason and its line.
 * The document is not validated against the XSD.
 */
export function readPlan(bytes: Uint8Array): Result<ReadPlan, PlanProblem> {
  if (bytes.byteLength > MAX_BYTES) return refuse(brokenFile('Die Datei ist größer als 50 MB. Teilen Sie den Plan.'));
  const text = decoded(bytes);
  if (text === undefined) return refuse(brokenFile('Die Datei ist kein Text in UTF-8. Speichern Sie den Plan neu als XPlanGML in UTF-8.'));
  const hostile = /<!(?:DOCTYPE|ENTITY)/i.exec(text);
  if (hostile !== null) {
    return refuse(
      brokenFile('Eine Dokumenttyp-Definition nimmt Kontor nicht an. XPlanGML braucht keine: Speichern Sie den Plan ohne sie.', lineAt(text, hostile.index)),
    );
  }
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE });
  } catch (error) {
    const line = error instanceof XmlParseError ? error.details[0]?.line : undefined;
    return refuse(brokenFile('Hier ist die Datei kein wohlgeformtes XML. Speichern Sie den Plan neu.', line));
  }
  try {
    return ok(planOf(document.root));
  } catch (error) {
    if (error instanceof BrokenXml) return refuse(brokenFile(error.message, error.line));
    throw error;
  } finally {
    document.dispose();
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true })
      .decode(bytes)
      .replace(/^\uFEFF/, '')
      .trimStart();
  } catch {
    return undefined;
  }
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

function planOf(root: XmlElement): ReadPlan {
  if (root.name !== 'XPlanAuszug' || root.namespaceUri !== XPLAN) {
    const version = /^http:\/\/www\.xplanung\.de\/xplangml\/(\d+)\/(\d+)$/.exec(root.namespaceUri);
    const what = version === null ? 'kein XPlanGML' : `XPlanGML ${version[1]}.${version[2]}`;
    throw new BrokenXml(`Das ist ${what}. Kontor liest XPlanGML 6.0 mit dem Wurzelelement XPlanAuszug.`, root);
  }
  const members = children(root)
    .filter((one) => one.name === 'featureMember' && (one.namespaceUri === GML || one.namespaceUri === XPLAN))
    .flatMap(children);
  if (members.length > MAX_FEATURES) throw new BrokenXml(`Mehr als ${MAX_FEATURES} Objekte nimmt Kontor nicht an. Teilen Sie den Plan.`, root);
  const plans = members.filter((one) => /^[A-Z]{2}_Plan$/.test(one.name));
  const [planElement] = plans;
  if (planElement === undefined || plans.length > 1) throw new BrokenXml('Die Datei braucht genau einen Plan, zum Beispiel BP_Plan.', plans[1] ?? root);
  const gml = new GmlReader();
  const features = members.filter((one) => one !== planElement && one.namespaceUri === XPLAN).map((one) => featureOf(one, gml));
  const { values, geometry } = featureOf(planElement, gml);
  if (geometry !== undefined && geometry.kind !== 'area') throw new BrokenXml('Der räumliche Geltungsbereich ist keine Fläche.', planElement);
  const municipality = municipalityOf(planElement);
  const ids = new Set<string>();
  for (const { id } of features) {
    if (ids.has(id)) throw new BrokenXml(`Zwei Objekte haben die Kennung «${id.slice(0, 80)}».`, root);
    ids.add(id);
  }
  const plan: Plan = {
    id: idOf(planElement),
    className: planElement.name,
    values,
    extent: geometry?.polygons ?? [],
    ...(municipality && { municipality }),
    features,
  };
  return { plan, arcs: gml.arcs };
}

function idOf(element: XmlElement): string {
  const id = element.attr('id', GML_PREFIX)?.value ?? element.attrs.find((one) => one.name === 'id' && one.namespaceUri === GML)?.value;
  if (id === undefined) throw new BrokenXml(`«${element.name}» hat keine gml:id.`, element);
  return id;
}
const GML_PREFIX = 'gml';

/** Simple properties become values; the geometry stands in `position`, `raeumlicherGeltungsbereich` or `geltungsbereich`. */
function featureOf(element: XmlElement, gml: GmlReader): Feature {
  const values: Value[] = [];
  let geometry: Geometry | undefined;
  for (const property of children(element)) {
    if (property.namespaceUri !== XPLAN) continue;
    const inner = children(property);
    const [only] = inner;
    if (only === undefined) {
      const text = property.content.trim();
      if (text !== '') values.push({ name: property.name, text });
    } else if (only.namespaceUri === GML) geometry ??= gml.geometry(only);
  }
  return { id: idOf(element), className: element.name, values, ...(geometry && { geometry }) };
}

function municipalityOf(plan: XmlElement): Plan['municipality'] {
  const found = children(plan)
    .filter((one) => one.name === 'gemeinde')
    .flatMap(children)[0];
  if (found === undefined) return undefined;
  const text = (name: string): string | undefined =>
    children(found)
      .find((one) => one.name === name)
      ?.content.trim();
  const [ags, name] = [text('ags'), text('gemeindeName')];
  return ags === undefined || name === undefined ? undefined : { ags, name };
}
