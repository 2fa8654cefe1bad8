import type { Feature, Geometry, Plan, Point, Polygon } from './plan.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };
const escape = (text: string): string => text.replace(/[&<>"\r]/g, (sign) => ESCAPES[sign]!);
/** As short as the number allows: reading gives the same number back. */
const pair = ([east, north]: Point): string => `${east} ${north}`;
const SRS = 'srsName="EPSG:25832"';

/** A plan as XPlanGML 6.0 in UTF-8; `readPlan` gives the same plan back. Not validated against the XSD. */
export function writePlan(plan: Plan): string {
  let geometries = 0;
  const nextId = (): string => `Gml_${escape(plan.id)}_${++geometries}`;
  const bereich = plan.features.find(({ className }) => className === 'BP_Bereich');
  const link = bereich === undefined ? '' : `\n      <xplan:bereich xlink:href="#${escape(bereich.id)}"/>`;
  const town = plan.municipality;
  const gemeinde =
    town === undefined
      ? ''
      : `\n      <xplan:gemeinde><xplan:XP_Gemeinde><xplan:ags>${escape(town.ags)}</xplan:ags><xplan:gemeindeName>${escape(town.name)}</xplan:gemeindeName></xplan:XP_Gemeinde></xplan:gemeinde>`;
  const extent = plan.extent.length === 0 ? '' : `\n      <xplan:raeumlicherGeltungsbereich>${areaXml(plan.extent, nextId)}</xplan:raeumlicherGeltungsbereich>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<xplan:XPlanAuszug xmlns:xplan="http://www.xplanung.de/xplangml/6/0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink" gml:id="Auszug_${escape(plan.id)}">
  <gml:featureMember>
    <xplan:${plan.className} gml:id="${escape(plan.id)}">${valuesXml(plan)}${extent}${gemeinde}${link}
    </xplan:${plan.className}>
  </gml:featureMember>
${plan.features.map((feature) => featureXml(feature, plan, bereich, nextId)).join('\n')}
</xplan:XPlanAuszug>
`;
}

const valuesXml = ({ values }: Pick<Feature, 'values'>): string =>
  values.map(({ name, text }) => `\n      <xplan:${name}>${escape(text)}</xplan:${name}>`).join('');

function featureXml(feature: Feature, plan: Plan, bereich: Feature | undefined, nextId: () => string): string {
  const isBereich = feature === bereich;
  const belongs = isBereich
    ? `\n      <xplan:gehoertZuPlan xlink:href="#${escape(plan.id)}"/>`
    : bereich === undefined
      ? ''
      : `\n      <xplan:gehoertZuBereich xlink:href="#${escape(bereich.id)}"/>`;
  const name = isBereich ? 'geltungsbereich' : 'position';
  const geometry = feature.geometry === undefined ? '' : `\n      <xplan:${name}>${geometryXml(feature.geometry, nextId)}</xplan:${name}>`;
  return `  <gml:featureMember>
    <xplan:${feature.className} gml:id="${escape(feature.id)}">${belongs}${valuesXml(feature)}${geometry}
    </xplan:${feature.className}>
  </gml:featureMember>`;
}

function geometryXml(geometry: Geometry, nextId: () => string): string {
  switch (geometry.kind) {
    case 'area':
      return areaXml(geometry.polygons, nextId);
    case 'line': {
      const lines = geometry.lines.map(
        (line) => `<gml:LineString gml:id="${nextId()}" ${SRS}><gml:posList>${line.map(pair).join(' ')}</gml:posList></gml:LineString>`,
      );
      return lines.length === 1
        ? lines[0]!
        : `<gml:MultiCurve gml:id="${nextId()}" ${SRS}>${lines.map((one) => `<gml:curveMember>${one}</gml:curveMember>`).join('')}</gml:MultiCurve>`;
    }
    case 'point': {
      const points = geometry.points.map((point) => `<gml:Point gml:id="${nextId()}" ${SRS}><gml:pos>${pair(point)}</gml:pos></gml:Point>`);
      return points.length === 1
        ? points[0]!
        : `<gml:MultiPoint gml:id="${nextId()}" ${SRS}>${points.map((one) => `<gml:pointMember>${one}</gml:pointMember>`).join('')}</gml:MultiPoint>`;
    }
  }
}

function areaXml(polygons: readonly Polygon[], nextId: () => string): string {
  const ring = (points: readonly Point[]): string => `<gml:LinearRing><gml:posList>${points.map(pair).join(' ')}</gml:posList></gml:LinearRing>`;
  const each = polygons.map(
    ([outer = [], ...holes]) =>
      `<gml:Polygon gml:id="${nextId()}" ${SRS}><gml:exterior>${ring(outer)}</gml:exterior>${holes.map((hole) => `<gml:interior>${ring(hole)}</gml:interior>`).join('')}</gml:Polygon>`,
  );
  return each.length === 1
    ? each[0]!
    : `<gml:MultiSurface gml:id="${nextId()}" ${SRS}>${each.map((one) => `<gml:surfaceMember>${one}</gml:surfaceMember>`).join('')}</gml:MultiSurface>`;
}
