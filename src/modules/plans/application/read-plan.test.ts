import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../../kernel/result.ts';
import { arcPoints, ARC_TOLERANCE_METRES } from '../domain/arcs.ts';
import { headOf, squareMetres, type Plan, type Point } from '../domain/plan.ts';
import { writePlan } from '../domain/write-plan.ts';
import { describePlan } from './describe-plan.ts';
import { planGeoJson } from './geojson.ts';
import { planSvg } from './plan-svg.ts';
import { readPlan } from './read-plan.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const DEMO = readFileSync(join(ROOT, 'services/bebauungsplan/demo/ottensen-77-demo.gml'), 'utf8');
const REAL = join(ROOT, '../shared/data/xplanung/Blankenese29.gml');
const read = (xml: string) => readPlan(Buffer.from(xml));
const refusal = (xml: string | Uint8Array): string => {
  const result = readPlan(typeof xml === 'string' ? Buffer.from(xml) : xml);
  return result.ok ? 'nothing refused' : result.problem.detail;
};

describe('a real plan: Blankenese 29', { skip: existsSync(REAL) ? false : 'the file is not at hand (../shared/data/xplanung)' }, () => {
  const { plan, arcs } = expectOk(readPlan(readFileSync(REAL)));
  it('is read with its name, status, area and all that it lays down', () => {
    const head = headOf(plan);
    assert.deepEqual([head.name, head.number, head.kind, head.status], ['Blankenese29_Testplan_60', '29', 'Bebauungsplan', 'Satzung']);
    assert.deepEqual(head.days, [{ label: 'Rechtsverordnung', on: '1991-07-02' }]);
    const count = (name: string): number => plan.features.filter(({ className }) => className === name).length;
    assert.deepEqual(['BP_BaugebietsTeilFlaeche', 'BP_UeberbaubareGrundstuecksFlaeche', 'BP_BauGrenze', 'BP_NutzungsartenGrenze'].map(count), [42, 79, 83, 34]);
    assert.equal(arcs, 75);
    const parts = plan.features.filter(({ className }) => className === 'BP_BaugebietsTeilFlaeche').map(({ geometry }) => geometry!);
    const inside = parts.reduce((sum, one) => sum + (one.kind === 'area' ? squareMetres(one.polygons) : 0), 0);
    assert.ok(inside > 30_000 && inside < squareMetres(plan.extent), `${inside} m² of ${squareMetres(plan.extent)} m²`);
  });
  it('lies in Blankenese, north of the Elbe', () => {
    const { features } = planGeoJson(plan) as unknown as { features: { geometry: { coordinates: unknown } }[] };
    const [lon, lat] = (JSON.stringify(features[0]!.geometry.coordinates).match(/[\d.]+/g) ?? []).map(Number);
    assert.ok(lon! > 9.79 && lon! < 9.82 && lat! > 53.55 && lat! < 53.57, `${lon} ${lat}`);
  });
  it('is drawn, and what is not drawn is named', () => {
    assert.ok(planSvg(plan, 'Blankenese 29').includes('WR · II · GRZ'));
    assert.deepEqual(describePlan(plan).unknown, ['SO_Gebiet']);
  });
  it('is the same after writing and reading', () => assert.deepEqual(expectOk(read(writePlan(plan))).plan, plan));
});

describe('the demo plan', () => {
  it('is what the writer writes, byte for byte, and well-formed', () => {
    assert.equal(writePlan(expectOk(read(DEMO)).plan), DEMO);
    execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: DEMO });
  });
  it('is told in a table with the same figures', () => {
    const { rows, extentSquareMetres } = describePlan(expectOk(read(DEMO)).plan);
    const wa = rows.find(({ short, storeys }) => short === 'WA' && storeys === '4')!;
    assert.deepEqual([wa.grz, wa.gfz, wa.label], ['0.4', '1.6', 'Allgemeines Wohngebiet']);
    const surfaces = rows.filter(({ label }) => /gebiet|Gebiet|fläche$/.test(label) && !/Überbaubare/.test(label));
    const total = surfaces.reduce((sum, row) => sum + row.squareMetres, 0);
    assert.ok(Math.abs(total - extentSquareMetres) < 60, `the areas fill the plan: ${total} of ${extentSquareMetres}`);
  });
});

describe('broken and hostile files are refused with reason and line', () => {
  const change = (from: string | RegExp, to: string): string => {
    const changed = DEMO.replace(from, to);
    assert.notEqual(changed, DEMO);
    return changed;
  };
  const cases: readonly [what: string, xml: string | Uint8Array, words: RegExp][] = [
    ['a DOCTYPE', change('<xplan:XPlanAuszug', '<!DOCTYPE x [<!ENTITY a "b">]>\n<xplan:XPlanAuszug'), /^Zeile 2: Eine Dokumenttyp-Definition/],
    [
      'an external entity',
      change('<xplan:XPlanAuszug', '<!DOCTYPE x SYSTEM "file:///etc/passwd">\n<xplan:XPlanAuszug'),
      /^Zeile 2: Eine Dokumenttyp-Definition/,
    ],
    ['a file cut off', DEMO.slice(0, 900), /^Zeile \d+: Hier ist die Datei kein wohlgeformtes XML/],
    ['another version', change('xplangml/6/0', 'xplangml/5/4'), /XPlanGML 5\.4. Kontor liest XPlanGML 6\.0/],
    ['other XML', '<a/>', /kein XPlanGML/],
    ['no plan', change(/xplan:BP_Plan\b/g, 'xplan:BP_Andere'), /genau einen Plan/],
    ['two features of one id', change('demo-wa2', 'demo-wa1'), /Zwei Objekte haben die Kennung «demo-wa1»/],
    ['another reference system', change('EPSG:25832', 'EPSG:4326'), /^Zeile \d+: Das Bezugssystem «EPSG:4326»/],
    [
      'degrees instead of metres',
      change(/<gml:posList>[^<]*/, '<gml:posList>9.9 53.5 9.8 53.5 9.8 53.6 9.9 53.5'),
      /^Zeile \d+: Die Koordinate 9.9 53.5 liegt nicht in Deutschland/,
    ],
    ['words for numbers', change(/<gml:posList>[^<]*/, '<gml:posList>a b c d'), /keine Paare von Zahlen/],
    ['infinity', change(/<gml:posList>[^<]*/, '<gml:posList>1e999 5934650 1 2'), /keine Paare von Zahlen/],
    ['an open ring', change(/<gml:posList>(\S+ \S+) /, '<gml:posList>561000 5934000 '), /^Zeile \d+: Dieser Rand ist nicht geschlossen/],
    ['an unknown geometry', change('gml:LineString ', 'gml:Sphere ').replace('</gml:LineString>', '</gml:Sphere>'), /«gml:Sphere» liest Kontor nicht/],
    ['UTF-16', Buffer.from(`\uFEFF${DEMO}`, 'utf16le'), /kein Text in UTF-8/],
    ['more than 50 MB', Buffer.alloc(50_000_001, 0x20), /größer als 50 MB/],
    ['nesting without an end', `<?xml version="1.0"?>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, /kein wohlgeformtes XML|kein XPlanGML/],
    ['nothing', '', /kein wohlgeformtes XML/],
  ];
  for (const [what, xml, words] of cases) it(what, () => assert.match(refusal(xml), words));
});

describe('arcs (GML 3.2.1, circularArc3Points)', () => {
  const between = fc.double({ min: -200, max: 200, noNaN: true });
  it('become lines that lie within a centimetre of the circle, from start to end through the middle', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 6, noNaN: true }),
        fc.double({ min: 0.2, max: 6, noNaN: true }),
        between,
        (radius, start, sweep, shift) => {
          const centre: Point = [561_000 + shift, 5_934_000 - shift];
          const on = (angle: number): Point => [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
          const points = arcPoints(on(start), on(start + sweep / 2), on(start + sweep));
          assert.deepEqual([points[0], points.at(-1)], [on(start), on(start + sweep)]);
          for (let i = 1; i < points.length; i++) {
            const [a, b] = [points[i - 1]!, points[i]!];
            const middle = Math.hypot((a[0] + b[0]) / 2 - centre[0], (a[1] + b[1]) / 2 - centre[1]);
            assert.ok(Math.abs(radius - middle) < ARC_TOLERANCE_METRES + 0.001, `${radius - middle}`);
          }
          const length = points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0);
          assert.ok(Math.abs(length - radius * sweep) < 0.02 * radius * sweep + 0.05, `${length} for ${radius * sweep}: the way round, not the other one`);
        },
      ),
      { seed: 11 },
    );
  });
  it('three points on a line stay a line', () => {
    const line: Point[] = [
      [561_000, 5_934_000],
      [561_001, 5_934_001],
      [561_002, 5_934_002],
    ];
    assert.deepEqual(arcPoints(line[0]!, line[1]!, line[2]!), line);
  });
});

describe('writing', () => {
  const point = fc.tuple(fc.double({ min: 500_000, max: 600_000, noNaN: true }), fc.double({ min: 5_900_000, max: 5_950_000, noNaN: true }));
  const ring = fc.array(point, { minLength: 3, maxLength: 8 }).map((points): Point[] => [...points, points[0]!]);
  const polygons = fc.array(fc.array(ring, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
  const geometry = fc.oneof(
    polygons.map((all) => ({ kind: 'area' as const, polygons: all })),
    fc.array(fc.array(point, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 3 }).map((lines) => ({ kind: 'line' as const, lines })),
    fc.array(point, { minLength: 1, maxLength: 3 }).map((points) => ({ kind: 'point' as const, points })),
  );
  const text = fc
    .string({ minLength: 1, unit: fc.constantFrom('a', 'Ö', ' ', '<', '&', '"', ']]>', '\n', '\r', '😀', "'") })
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const values = fc.array(fc.record({ name: fc.constantFrom('GRZ', 'Z', 'text', 'nummer'), text }, { noNullPrototype: true }), { maxLength: 4 });
  const feature = fc.record(
    { className: fc.constantFrom('BP_BaugebietsTeilFlaeche', 'BP_BauGrenze', 'XY_Unbekannt'), values, geometry },
    { noNullPrototype: true },
  );
  const plan = fc
    .record({
      values,
      extent: polygons,
      features: fc.array(feature, { maxLength: 5 }),
      town: fc.option(fc.record({ ags: text, name: text }, { noNullPrototype: true }), { nil: undefined }),
    })
    .map(({ values: own, extent, features, town }): Plan => ({
      id: 'plan',
      className: 'BP_Plan',
      values: own,
      extent,
      ...(town && { municipality: town }),
      features: features.map((one, index) => ({ ...one, id: `f${index}` })),
    }));
  it('and reading gives the same plan, whatever its words and coordinates', () => {
    fc.assert(
      fc.property(plan, (one) => assert.deepEqual(expectOk(read(writePlan(one))).plan, one)),
      { seed: 7 },
    );
  });
  it('is well-formed for another reader too, and draws without script', () => {
    fc.assert(
      fc.property(plan, (one) => {
        execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: writePlan(one) });
        execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: planSvg(one, '<script>alert(1)</script>') });
      }),
      { seed: 7, numRuns: 10 },
    );
  });
});
