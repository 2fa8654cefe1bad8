/** How a mark looks besides its sign. */
export const OLD = 1;
export const CONTRADICTED = 2;
export const JUMPED = 4;
export const CHOSEN = 8;

/** Rings in shares of half a side: where one begins and ends, its colour, and into how many dashes of which share it is cut. */
const RINGS: readonly {
  readonly look: number;
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  readonly dashes?: readonly [number, number];
}[] = [
  { look: OLD, from: 0.84, to: 0.93, colour: '#6b7080', dashes: [12, 0.55] },
  { look: CONTRADICTED, from: 0.93, to: 1, colour: '#c71a1a' },
  { look: CONTRADICTED, from: 0.8, to: 0.86, colour: '#c71a1a' },
  { look: JUMPED, from: 0.82, to: 0.96, colour: '#e67300', dashes: [18, 0.3] },
];
const CHOSEN_RING = { from: 0.86, to: 0.99 } as const;
/** A chosen sign must be seen on light ground and on dark: its ring is blue between white. */
const CHOSEN_COLOURS = ['#ffffff', '#1a4299'] as const;
const OLD_OPACITY = 0.62;

/** One sign as it is shown, its marks around it, in exactly the pixels that it has on the screen. */
export function composeSprite(face: OffscreenCanvas, look: number, side: number): ImageBitmap {
  const canvas = new OffscreenCanvas(side, side);
  const to = canvas.getContext('2d')!;
  to.imageSmoothingQuality = 'high';
  to.globalAlpha = (look & OLD) === 0 ? 1 : OLD_OPACITY;
  to.drawImage(face, 0, 0, side, side);
  to.globalAlpha = 1;
  if ((look & OLD) !== 0) fade(to, side);
  for (const { look: mark, from, to: end, colour, dashes } of RINGS) if ((look & mark) !== 0) ring(to, side, { from, to: end, colour, dashes });
  if ((look & CHOSEN) !== 0) {
    const { from, to: end } = CHOSEN_RING;
    ring(to, side, { from: from - 0.05, to: 1, colour: CHOSEN_COLOURS[0] });
    ring(to, side, { from, to: end, colour: CHOSEN_COLOURS[1] });
  }
  return canvas.transferToImageBitmap();
}

/** Takes nine tenths of the colour away. */
function fade(to: OffscreenCanvasRenderingContext2D, side: number): void {
  const pixels = to.getImageData(0, 0, side, side);
  const { data } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    const grey = 0.3 * data[at]! + 0.59 * data[at + 1]! + 0.11 * data[at + 2]!;
    for (let channel = at; channel < at + 3; channel++) data[channel] = 0.1 * data[channel]! + 0.9 * grey;
  }
  to.putImageData(pixels, 0, 0);
}

interface Ring {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  readonly dashes?: readonly [number, number] | undefined;
}

function ring(to: OffscreenCanvasRenderingContext2D, side: number, { from, to: end, colour, dashes }: Ring): void {
  const half = side / 2;
  const radius = (half * (from + end)) / 2;
  to.beginPath();
  to.arc(half, half, radius, 0, 2 * Math.PI);
  to.strokeStyle = colour;
  to.lineWidth = half * (end - from);
  const dash = dashes === undefined ? 0 : (2 * Math.PI * radius) / dashes[0];
  to.setLineDash(dashes === undefined ? [] : [dash * dashes[1], dash * (1 - dashes[1])]);
  to.stroke();
}
