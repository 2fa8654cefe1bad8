import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { planGeoJson, readPlan, typedPlan, type NewFeature, type Plan, type PlanKind, type TypedFeature } from '../domain/plan.ts';

/** A plan as GeoJSON, as it is drawn and handed on. */
export const drawn = (plan: Plan): ReturnType<typeof planGeoJson> => planGeoJson(plan);

/** Features out of GeoJSON. @param field where mistakes stand */
export const planFrom = (value: unknown, field: string): Result<readonly NewFeature[], Problem> => readPlan(value, field);

/** Features out of GeoJSON as text, pasted or uploaded. @param kind of those that tell none */
export function planFromText(text: string, field: string, kind: PlanKind): Result<readonly NewFeature[], Problem> {
  try {
    return readPlan(JSON.parse(text), field, kind);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(invalidField(field, 'Das ist kein gültiges GeoJSON. Prüfen Sie Klammern und Kommas.'));
  }
}

/** A feature as it is typed into a form. */
export const planTyped = (typed: TypedFeature): Result<readonly NewFeature[], Problem> => typedPlan(typed);
