import type { PageSize } from '../../catalogue/public.ts';

/** One page; millimetres as it is shown, rotation included. */
export interface InspectedPage {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** What a file is, technically. Nothing of its content is kept. */
export type Inspection =
  | { readonly kind: 'pdf'; readonly pdf: InspectedPdf }
  | { readonly kind: 'image'; readonly image: InspectedImage }
  /** `bomb`: it grows beyond all measure when read. */
  | { readonly kind: 'unreadable'; readonly why: 'damaged' | 'bomb' | 'timeout' | 'other-type' };

export interface InspectedPdf {
  /** E.g. `1.7`; absent when the file does not say. */
  readonly version: string | undefined;
  /** 0 when it is encrypted. */
  readonly pageCount: number;
  /** Of the first 500 pages. */
  readonly pages: readonly InspectedPage[];
  readonly encrypted: boolean;
  /** What the XMP metadata claims, e.g. `3A`; not validated. */
  readonly pdfAClaim: string | undefined;
  /** Names of fonts that are used but not inside. */
  readonly fontsMissing: readonly string[];
  readonly scripts: boolean;
  /** Actions that start a program. */
  readonly launches: boolean;
  readonly attachments: boolean;
  /** It could only be read by repairing it. */
  readonly damaged: boolean;
}

export interface InspectedImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Absent when the file does not say. */
  readonly dpi: number | undefined;
  readonly colour: 'grey' | 'colour' | 'colour-alpha' | 'cmyk';
}

/** Shorter and longer side in millimetres, ISO 216. */
const SIDES: Readonly<Record<PageSize, readonly [number, number]>> = {
  A0: [841, 1189],
  A1: [594, 841],
  A2: [420, 594],
  A3: [297, 420],
  A4: [210, 297],
};
/** Plotters and printers' drivers are off by a little. */
const TOLERANCE_MM = 5;

/** @returns the DIN name of a page within 5 mm, in either orientation */
export function dinName({ widthMm, heightMm }: InspectedPage): PageSize | undefined {
  const short = Math.min(widthMm, heightMm);
  const long = Math.max(widthMm, heightMm);
  const sizes = Object.entries(SIDES) as [PageSize, readonly [number, number]][];
  return sizes.find(([, [a, b]]) => Math.abs(short - a) <= TOLERANCE_MM && Math.abs(long - b) <= TOLERANCE_MM)?.[0];
}

export const orientation = ({ widthMm, heightMm }: InspectedPage): 'portrait' | 'landscape' => (widthMm > heightMm ? 'landscape' : 'portrait');
