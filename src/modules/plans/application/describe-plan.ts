import { drawingOf, isSheet, useOf, type Drawing } from '../domain/classes.ts';
import { headOf, squareMetres, valueOf, type Feature, type Plan, type PlanHead } from '../domain/plan.ts';

/** Features that lay down the same, as one row of the table that says what the drawing shows. */
export interface PlanRow {
  /** Sign in the drawing, e.g. `WA`; empty where it has none. */
  readonly short: string;
  readonly label: string;
  readonly colour: string;
  readonly count: number;
  /** 0 for lines and points. */
  readonly squareMetres: number;
  readonly lines: number;
  readonly grz: string | undefined;
  readonly gfz: string | undefined;
  readonly storeys: string | undefined;
  /** How it is drawn, in words, for those who do not see colours. */
  readonly sign: string;
}

export interface PlanDescription {
  readonly head: PlanHead;
  readonly extentSquareMetres: number;
  /** Largest first. */
  readonly rows: readonly PlanRow[];
  /** Classes that are kept but not drawn. */
  readonly unknown: readonly string[];
}

const HATCH_WORDS = { diagonal: 'schräg schraffiert', cross: 'kreuzweise schraffiert', dots: 'gepunktet', lines: 'waagerecht schraffiert' } as const;

function signOf(drawing: Drawing): string {
  if (drawing.hatch !== undefined) return HATCH_WORDS[drawing.hatch];
  return drawing.dash !== undefined ? 'gestrichelte Linie' : drawing.order === 5 ? 'Linie' : 'farbige Fläche';
}

function rowOf(feature: Feature, drawing: Drawing): PlanRow {
  const { geometry } = feature;
  return {
    ...useOf(feature),
    count: 1,
    squareMetres: geometry?.kind === 'area' ? squareMetres(geometry.polygons) : 0,
    lines: geometry?.kind === 'line' ? geometry.lines.length : 0,
    grz: valueOf(feature, 'GRZ'),
    gfz: valueOf(feature, 'GFZ'),
    storeys: valueOf(feature, 'Z'),
    sign: signOf(drawing),
  };
}

/** The plan in words and figures. */
export function describePlan(plan: Plan): PlanDescription {
  const rows = new Map<string, PlanRow>();
  const unknown = new Set<string>();
  for (const feature of plan.features.filter(({ className }) => !isSheet(className))) {
    const drawing = drawingOf(feature.className);
    if (drawing === undefined) {
      unknown.add(feature.className);
      continue;
    }
    const row = rowOf(feature, drawing);
    const key = JSON.stringify([feature.className, row.label, row.grz, row.gfz, row.storeys]);
    const before = rows.get(key);
    rows.set(
      key,
      before === undefined
        ? row
        : { ...before, count: before.count + 1, squareMetres: before.squareMetres + row.squareMetres, lines: before.lines + row.lines },
    );
  }
  return {
    head: headOf(plan),
    extentSquareMetres: squareMetres(plan.extent),
    rows: [...rows.values()].toSorted((a, b) => b.squareMetres - a.squareMetres),
    unknown: [...unknown],
  };
}
