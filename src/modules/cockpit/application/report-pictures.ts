import type { Attachment } from '../../../platform/documents/port.ts';

/** Where a template finds a picture, and what it shows in words. */
export interface Picture {
  readonly picture: string;
  readonly alt: string;
}

/** Takes a picture into a report. */
export type Draw = (svg: string, alt: string) => Picture;

/** The pictures of one report. They come first among what is handed to the typesetter, so each one's place is its number. */
export class Pictures {
  readonly #all: Attachment[] = [];

  readonly draw: Draw = (svg, alt) => {
    const place = this.#all.length;
    this.#all.push({ name: `bild-${place}.svg`, mediaType: 'image/svg+xml', description: alt, drawn: true, bytes: new TextEncoder().encode(svg) });
    return { picture: `/attachments/${place}`, alt };
  };

  get all(): readonly Attachment[] {
    return this.#all;
  }
}
