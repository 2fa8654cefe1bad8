import type { Context } from '../../../platform/context.ts';
import { PRINT_TEMPLATE } from './print-template.ts';

/** What stands on a printed view, ready for the reader. */
export interface PrintedView {
  readonly lang: 'de' | 'en';
  readonly title: string;
  readonly printed: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly mapAlt: string;
  readonly words: { readonly legend: string; readonly layer: string; readonly source: string; readonly licence: string };
  readonly legend: readonly { readonly colour: string; readonly title: string; readonly source: string; readonly licence: string }[];
  readonly tables: readonly {
    readonly title: string;
    /** Shares of the width. */
    readonly widths: readonly number[];
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
  }[];
  readonly notes: readonly string[];
}

/** Sets a view as a tagged PDF. @param map an SVG with its colours written out */
export function printView(ctx: Pick<Context, 'typesetter'>, view: PrintedView, map: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(map);
  return ctx.typesetter.compile(PRINT_TEMPLATE, view, [{ name: 'karte.svg', mediaType: 'image/svg+xml', bytes, description: view.mapAlt, drawn: true }]);
}
