import { FLOODED_CENTIMETRES, NEVER } from './records.ts';

export const LAYER_IDS = ['depth', 'arrival', 'probability', 'least', 'worst'] as const;
/** `depth`: median of the members; `least`, `worst`: the band of uncertainty; `arrival`: the earliest; `probability`: share of the members. */
export type LayerId = (typeof LAYER_IDS)[number];

export interface LegendClass {
  /** Lowest value of the class, in the unit of the legend. */
  readonly from: number;
  /** Where the next class begins; absent in the last one. */
  readonly to?: number;
  readonly colour: string;
}

export interface Legend {
  readonly unit: 'cm' | 'min' | '%';
  readonly classes: readonly LegendClass[];
}

const classes = (bounds: readonly number[], colours: readonly string[]): readonly LegendClass[] =>
  bounds.map((from, n) => ({ from, ...(bounds[n + 1] === undefined ? {} : { to: bounds[n + 1]! }), colour: colours[n]! }));

/** From light to dark, told apart without colour, too. */
const BLUES = ['#c6dbef', '#9ecae1', '#6baed6', '#3182bd', '#08519c', '#08306b'];
const REDS = ['#99000d', '#ef3b2c', '#fc9272', '#fcbba1', '#fee0d2'];
const PURPLES = ['#efedf5', '#bcbddc', '#9e9ac8', '#756bb1', '#54278f'];

const DEPTH: Legend = { unit: 'cm', classes: classes([FLOODED_CENTIMETRES, 50, 100, 150, 200, 400], BLUES) };
export const LEGENDS: Readonly<Record<LayerId, Legend>> = {
  depth: DEPTH,
  least: DEPTH,
  worst: DEPTH,
  // the sooner, the darker
  arrival: { unit: 'min', classes: classes([0, 60, 120, 240, 480], REDS) },
  probability: { unit: '%', classes: classes([1, 10, 25, 50, 75], PURPLES) },
};

/** Number of the class from 1, for each cell; 0: nothing to be shown. */
export function classesOf(layer: LayerId, values: ArrayLike<number>): Uint8Array {
  const bounds = LEGENDS[layer].classes.map(({ from }) => from);
  const shown = new Uint8Array(values.length);
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell]!;
    if (layer === 'arrival' && value === NEVER) continue;
    let place = 0;
    while (place < bounds.length && value >= bounds[place]!) place += 1;
    shown[cell] = place;
  }
  return shown;
}

/** A smaller picture of classes: of the cells that fall on one dot the worst one is shown. */
export function fewerDots(
  { columns, rows }: { readonly columns: number; readonly rows: number },
  shown: Uint8Array,
  most: number,
  worstIsFirst = false,
): { readonly width: number; readonly height: number; readonly dots: Uint8Array } {
  const factor = Math.max(1, Math.ceil(Math.max(columns, rows) / most));
  const [width, height] = [Math.ceil(columns / factor), Math.ceil(rows / factor)];
  if (factor === 1) return { width, height, dots: shown };
  const dots = new Uint8Array(width * height);
  for (let row = 0; row < rows; row++) {
    const into = Math.floor(row / factor) * width;
    for (let column = 0; column < columns; column++) {
      const value = shown[row * columns + column]!;
      const dot = into + Math.floor(column / factor);
      const before = dots[dot]!;
      if (value !== 0 && (before === 0 || (worstIsFirst ? value < before : value > before))) dots[dot] = value;
    }
  }
  return { width, height, dots };
}
