import type { Context } from '../../../platform/context.ts';
import { PRINT_TEMPLATE } from './print-template.ts';

/** What stands on a printed map, ready for the reader. */
export interface PrintedMap {
  readonly lang: 'de' | 'en';
  readonly paper: string;
  readonly landscape: boolean;
  readonly title: string;
  /** Said across the page, or empty. */
  readonly exercise: string;
  readonly printed: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly mapAlt: string;
  readonly mapMillimetres: number;
  readonly words: { readonly legend: string };
  readonly legendColumns: number;
  /** `sign`: number of the attachment with its picture, or -1 for a patch of colour. */
  readonly legend: readonly { readonly sign: number; readonly colour: string; readonly title: string; readonly count: string }[];
  readonly tables: readonly {
    readonly title: string;
    readonly widths: readonly number[];
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
  }[];
  readonly notes: readonly string[];
}

/** Sets a map as a tagged PDF. @param signs pictures of the legend, SVG */
export function printMap(
  ctx: Pick<Context, 'typesetter'>,
  sheet: PrintedMap,
  map: string,
  signs: readonly { readonly svg: string; readonly title: string }[],
): Promise<Uint8Array> {
  const picture = (name: string, svg: string, description: string) => ({
    ...{ name, mediaType: 'image/svg+xml', description, drawn: true as const },
    bytes: new TextEncoder().encode(svg),
  });
  return ctx.typesetter.compile(PRINT_TEMPLATE, sheet, [
    picture('karte.svg', map, sheet.mapAlt),
    ...signs.map(({ svg, title }, index) => picture(`zeichen-${index}.svg`, svg, title)),
  ]);
}
