import { XmlElement } from 'libxml2-wasm';
import { arcPoints } from '../domain/arcs.ts';
import type { Geometry, Point, Polygon, Ring } from '../domain/plan.ts';

export const GML = 'http://www.opengis.net/gml/3.2';

/** A refusal with its line, on its way out of the reader. */
export class BrokenXml extends Error {
  readonly line: number;
  constructor(message: string, at: { readonly line: number } | undefined) {
    super(message);
    this.name = 'BrokenXml';
    this.line = at?.line ?? 0;
  }
}

/** The elements inside of an element, in order. */
export function children(element: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) if (node instanceof XmlElement) found.push(node);
  return found;
}

/** Reads GML 3.2.1 geometries; says how many arcs became lines. */
export class GmlReader {
  arcs = 0;

  /** @returns nothing for an element that is no geometry */
  geometry(element: XmlElement): Geometry | undefined {
    if (element.namespaceUri !== GML) return undefined;
    this.#crs(element);
    switch (element.name) {
      case 'Polygon':
      case 'PolygonPatch':
      case 'Surface':
      case 'MultiSurface':
      case 'CompositeSurface':
        return { kind: 'area', polygons: this.#polygons(element) };
      case 'LineString':
      case 'Curve':
      case 'CompositeCurve':
        return { kind: 'line', lines: [this.#curve(element)] };
      case 'MultiCurve':
        return { kind: 'line', lines: this.#members(element, 'curveMember').map((one) => this.#curve(one)) };
      case 'Point':
        return { kind: 'point', points: this.#coordinates(element) };
      case 'MultiPoint':
        return { kind: 'point', points: this.#members(element, 'pointMember').flatMap((one) => this.#coordinates(one)) };
      default:
        throw new BrokenXml(
          `Die Geometrie «gml:${element.name}» liest Kontor nicht. Speichern Sie sie als Polygon, Surface, MultiSurface, LineString oder Curve.`,
          element,
        );
    }
  }

  #polygons(element: XmlElement): Polygon[] {
    this.#crs(element);
    if (element.name === 'Polygon' || element.name === 'PolygonPatch') {
      const rings = [...this.#members(element, 'exterior'), ...this.#members(element, 'interior')].map((one) => this.#ring(one));
      if (rings.length === 0) throw new BrokenXml('Diese Fläche hat keinen äußeren Rand (gml:exterior).', element);
      return [rings];
    }
    return ['patches', 'surfaceMember', 'surfaceMembers'].flatMap((name) => this.#members(element, name)).flatMap((one) => this.#polygons(one));
  }

  #ring(element: XmlElement): Ring {
    if (element.name !== 'LinearRing' && element.name !== 'Ring')
      throw new BrokenXml(`Ein Rand ist ein LinearRing oder Ring, nicht «${element.name}».`, element);
    const points =
      element.name === 'LinearRing'
        ? this.#coordinates(element)
        : joined(
            this.#members(element, 'curveMember').map((one) => this.#curve(one)),
            element,
          );
    const [first, last] = [points[0], points.at(-1)];
    if (points.length < 4 || first === undefined || last === undefined || Math.hypot(first[0] - last[0], first[1] - last[1]) > 0.001) {
      throw new BrokenXml('Dieser Rand ist nicht geschlossen oder hat weniger als vier Punkte.', element);
    }
    // a thousandth of a metre apart is the same point
    return [...points.slice(0, -1), first];
  }

  #curve(element: XmlElement): Point[] {
    this.#crs(element);
    switch (element.name) {
      case 'LineString':
      case 'LineStringSegment':
        return this.#line(element);
      case 'Arc':
      case 'ArcString':
        return this.#arcs(element);
      case 'Curve':
        return joined(
          this.#members(element, 'segments').map((one) => this.#curve(one)),
          element,
        );
      case 'CompositeCurve':
        return joined(
          this.#members(element, 'curveMember').map((one) => this.#curve(one)),
          element,
        );
      default:
        throw new BrokenXml(
          `Die Linie «gml:${element.name}» liest Kontor nicht. Speichern Sie sie als LineString, LineStringSegment, Arc oder ArcString.`,
          element,
        );
    }
  }

  #line(element: XmlElement): Point[] {
    const points = this.#coordinates(element);
    if (points.length < 2) throw new BrokenXml('Eine Linie hat mindestens zwei Punkte.', element);
    return points;
  }

  #arcs(element: XmlElement): Point[] {
    const points = this.#coordinates(element);
    if (points.length < 3 || points.length % 2 === 0) throw new BrokenXml('Ein Bogen hat drei Punkte, ein ArcString je Bogen zwei mehr.', element);
    const parts: Point[][] = [];
    for (let i = 0; i + 2 < points.length; i += 2) parts.push(arcPoints(points[i]!, points[i + 1]!, points[i + 2]!));
    this.arcs += parts.length;
    return joined(parts, element);
  }

  #members(element: XmlElement, name: string): XmlElement[] {
    return children(element)
      .filter((one) => one.name === name && one.namespaceUri === GML)
      .flatMap(children);
  }

  /** `posList`, or a `pos` for each point. */
  #coordinates(element: XmlElement): Point[] {
    const lists = children(element).filter((one) => one.namespaceUri === GML && (one.name === 'posList' || one.name === 'pos'));
    const points: Point[] = [];
    for (const list of lists) {
      this.#crs(list);
      const numbers = list.content.trim().split(/\s+/).map(Number);
      if (numbers.length % 2 !== 0 || !numbers.every(Number.isFinite)) throw new BrokenXml('Hier stehen keine Paare von Zahlen (Ost- und Nordwert).', list);
      for (let i = 0; i < numbers.length; i += 2) points.push(inZone(numbers[i]!, numbers[i + 1]!, list));
    }
    if (points.length === 0) throw new BrokenXml('Diese Geometrie hat keine Koordinaten.', element);
    return points;
  }

  #crs(element: XmlElement): void {
    const name = element.attr('srsName')?.value;
    if (name !== undefined && !/(?:^|[:/])25832$/.test(name)) {
      throw new BrokenXml(`Das Bezugssystem «${name.slice(0, 80)}» nimmt Kontor nicht an. Speichern Sie den Plan in EPSG:25832 (ETRS89 / UTM 32N).`, element);
    }
  }
}

/** Eastings with a zone in front (32xxxxxx), swapped axes or degrees would draw the plan elsewhere. */
function inZone(east: number, north: number, at: XmlElement): Point {
  if (east < 100_000 || east > 900_000 || north < 5_000_000 || north > 6_300_000) {
    throw new BrokenXml(`Die Koordinate ${east} ${north} liegt nicht in Deutschland (EPSG:25832: Ostwert ohne Zonenzahl, dann Nordwert).`, at);
  }
  return [east, north];
}

/** Parts of a line, one beginning where the other ends. */
function joined(parts: readonly (readonly Point[])[], at: XmlElement): Point[] {
  const points: Point[] = [];
  for (const part of parts) {
    const last = points.at(-1);
    const [first] = part;
    if (last !== undefined && first !== undefined && Math.hypot(last[0] - first[0], last[1] - first[1]) > 0.01) {
      throw new BrokenXml('Die Teile dieser Linie schließen nicht aneinander an.', at);
    }
    points.push(...(last === undefined ? part : part.slice(1)));
  }
  if (points.length === 0) throw new BrokenXml('Diese Linie ist leer.', at);
  return points;
}
