import type { Context } from '../../../platform/context.ts';
import { HANDOUT_TEMPLATE } from './handout-template.ts';

/** What stands on a handout, ready for the reader. */
export interface Handout {
  readonly lang: 'de' | 'en';
  /** Large print. */
  readonly large: boolean;
  readonly author: string;
  readonly preline: string;
  readonly title: string;
  readonly lead: string;
  readonly needsTitle: string;
  readonly needs: readonly string[];
  readonly stepsTitle: string;
  readonly steps: readonly string[];
  /** Where the QR code leads. */
  readonly address: string;
  readonly shownAddress: string;
  readonly qrAlt: string;
  readonly qrLead: string;
  readonly helpTitle: string;
  readonly help: string;
  readonly footer: string;
}

/** Sets a handout as a tagged PDF. @param qr the code for `address`, SVG */
export function printHandout(ctx: Pick<Context, 'typesetter'>, handout: Handout, qr: string): Promise<Uint8Array> {
  const picture = { name: 'qr.svg', mediaType: 'image/svg+xml', description: handout.qrAlt, drawn: true as const, bytes: new TextEncoder().encode(qr) };
  return ctx.typesetter.compile(HANDOUT_TEMPLATE, handout, [picture]);
}
