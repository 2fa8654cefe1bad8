import type { KeptObject } from '../../../kernel/picture.ts';
import { LAGE_ACCESS, postPage, problemPage, redirect, type AnyRoute } from '../../../platform/http/route.ts';
import type { LageFrame } from './frame.ts';
import type { LagekarteContext } from '../application/context.ts';
import { eraseTyped } from '../application/erase-typed.ts';
import { drawTyped, type TypedDrawing } from '../application/draw-typed.ts';
import { pathOf } from './address.ts';
import { mapPage } from './page.ts';

const FIELDS = ['id', 'kind', 'title', 'shape', 'places', 'sign', 'basis'] as const satisfies readonly (keyof TypedDrawing)[];

/** Drawing by form: what was typed stays when it cannot be drawn; a conflict shows both. */
export function drawingRoutes(ctx: LagekarteContext, frame: LageFrame): AnyRoute[] {
  return [
    postPage('/lagen/:key/karte/zeichnen', LAGE_ACCESS, async (visit) => {
      const typed = Object.fromEntries(FIELDS.map((name) => [name, (visit.fields.get(name) ?? '').slice(0, 20_000)])) as unknown as TypedDrawing;
      const drawn = await drawTyped(ctx, visit.actor, visit.params['key']!, typed);
      if (drawn.ok) return redirect(`${pathOf(visit.params['key']!)}?objekt=${encodeURIComponent(drawn.value.id)}#objekt`);
      const { problem } = drawn;
      if (problem.kind !== 'invalid-input' && problem.kind !== 'conflict') return problemPage(problem);
      const current = problem.current as KeptObject | undefined;
      return mapPage(ctx, frame, visit, { typed, problems: problem.fields ?? [], detail: problem.detail, ...(current === undefined ? {} : { current }) });
    }),
    postPage('/lagen/:key/karte/loeschen', LAGE_ACCESS, async ({ actor, params, fields }) => {
      const key = params['key']!;
      const erased = await eraseTyped(ctx, actor, key, { id: fields.get('id') ?? '', basis: fields.get('basis') ?? '' });
      return erased.ok ? redirect(pathOf(key)) : problemPage(erased.problem);
    }),
  ];
}
