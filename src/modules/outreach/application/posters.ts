import { ok, type Result } from '../../../kernel/result.ts';
import type { OutreachProblem } from '../domain/problems.ts';
import { landingOf } from '../domain/target.ts';
import { serviceOf, type OutreachContext } from './context.ts';
import { linkByCode } from './links.ts';
import { POSTER_TEMPLATE } from './poster-template.ts';

export type PosterFormat = 'poster' | 'handbill';

/** The address of a link as it is scanned. */
export const addressOf = ({ settings }: Pick<OutreachContext, 'settings'>, code: string): string => `${settings.publicUrl}/k/${code}`;
/** As people read it and type it in: browsers add the rest. */
export const shortAddress = (ctx: Pick<OutreachContext, 'settings'>, code: string): string => addressOf(ctx, code).replace(/^https?:\/\//, '');

/** Draws a QR code of a text as SVG. */
type DrawQr = (text: string) => string;

/** The QR code of a link as a file. */
export async function qrOf(ctx: OutreachContext, code: string, draw: DrawQr): Promise<Result<string, OutreachProblem>> {
  const found = await linkByCode(ctx, code);
  return found.ok ? ok(draw(addressOf(ctx, code))) : found;
}

/** A poster (A3) or a handbill (A5) as tagged PDF/A with the QR code and the address as text. */
export async function posterOf(ctx: OutreachContext, code: string, format: PosterFormat, draw: DrawQr): Promise<Result<Uint8Array, OutreachProblem>> {
  const found = await linkByCode(ctx, code);
  if (!found.ok) return found;
  const { link, campaign } = found.value;
  const service = serviceOf(ctx, /^\/leistungen\/([a-z0-9-]+)/.exec(link.target)?.[1] ?? '');
  const address = shortAddress(ctx, code);
  const where = service?.name.de ?? (landingOf(link.target) === undefined ? campaign.title : `zur Seite „${campaign.title}“`);
  const data = {
    format,
    title: service?.name.de ?? campaign.title,
    lead: 'Das geht jetzt online: wann und wo Sie wollen.',
    scan: 'Mit dem Handy scannen oder eingeben:',
    address,
    alt: `QR-Code: führt ${service === undefined ? where : `zur Leistung ${where}`}, Adresse ${address}`,
    help: 'Sie möchten lieber mit einem Menschen sprechen? Hilfe vor Ort gibt es weiterhin. Telefon 115.',
    sender: ctx.settings.city,
  };
  const bytes = new TextEncoder().encode(draw(addressOf(ctx, code)));
  return ok(await ctx.typesetter.compile(POSTER_TEMPLATE, data, [{ name: 'qr.svg', mediaType: 'image/svg+xml', bytes, description: data.alt, drawn: true }]));
}
