import type { InspectedImage, InspectedPage } from '../domain/inspection.ts';

/** What the reader's process is asked to do. It keeps a few files open by their hash. */
export type Order =
  | { readonly do: 'inspect'; readonly bytes: Uint8Array; readonly mediaType: string }
  | { readonly do: 'open'; readonly sha256: string; readonly bytes: Uint8Array; readonly mediaType: string }
  | { readonly do: 'boxes'; readonly sha256: string }
  | { readonly do: 'tile'; readonly sha256: string; readonly page: number; readonly scale: number; readonly x: number; readonly y: number }
  | { readonly do: 'text'; readonly sha256: string; readonly page: number }
  | { readonly do: 'picture'; readonly sha256: string; readonly page: number; readonly scale: number }
  | { readonly do: 'compare'; readonly a: string; readonly b: string; readonly page: number; readonly pixels: number };

/** Measures of the first pages, in points. */
export interface Boxes {
  readonly count: number;
  readonly boxes: readonly { readonly width: number; readonly height: number }[];
}

export interface Compared {
  readonly png: Uint8Array;
  /** Areas that differ, in cells that touch. */
  readonly areas: number;
}

export interface Seen {
  readonly kind: 'pdf' | 'image';
  readonly count: number;
  readonly pages: readonly InspectedPage[];
  readonly image?: InspectedImage;
  readonly version?: string;
  readonly pdfAClaim?: string;
  readonly scripts: boolean;
  readonly attachments: boolean;
}

/** `code`: an answer that is no bug: `unknown` asks for the file first. */
export type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly code: RefusalCode; readonly detail: string };
export type RefusalCode = 'damaged' | 'encrypted' | 'bomb' | 'unknown' | 'no-page' | 'timeout' | 'memory';
