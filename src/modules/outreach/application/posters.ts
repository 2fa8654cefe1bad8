import { inLanguage, type Lang } from '../../../kernel/lang.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { titleIn } from '../domain/campaign.ts';
import type { OutreachProblem } from '../domain/problems.ts';
import { serviceIn } from '../domain/target.ts';
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

interface PrintWords {
  readonly lead: string;
  readonly scan: string;
  readonly help: string;
  readonly toPage: (title: string) => string;
  readonly toService: (name: string) => string;
  readonly code: (where: string, address: string) => string;
}

const WORDS: Readonly<Record<Lang, PrintWords>> = {
  de: {
    lead: 'Das geht jetzt online: wann und wo Sie wollen.',
    scan: 'Mit dem Handy scannen oder eingeben:',
    help: 'Sie möchten lieber mit einem Menschen sprechen? Hilfe vor Ort gibt es weiterhin. Telefon 115.',
    toPage: (title) => `zur Seite „${title}“`,
    toService: (name) => `zur Leistung ${name}`,
    code: (where, address) => `QR-Code: führt ${where}, Adresse ${address}`,
  },
  en: {
    lead: 'You can do this online now: when and where you like.',
    scan: 'Scan it with your phone or type:',
    help: 'You would rather speak to somebody? People still help you on site. Phone 115.',
    toPage: (title) => `to the page “${title}”`,
    toService: (name) => `to the service ${name}`,
    code: (where, address) => `QR code: leads ${where}, address ${address}`,
  },
  leicht: {
    lead: 'Das geht jetzt im Internet.',
    scan: 'Scannen Sie das Bild mit dem Handy. Oder tippen Sie:',
    help: 'Wollen Sie lieber mit einem Menschen sprechen? Rufen Sie an: 115.',
    toPage: (title) => `zu der Seite: ${title}`,
    toService: (name) => `zu: ${name}`,
    code: (where, address) => `QR-Code. Er führt ${where}. Die Adresse ist ${address}`,
  },
};

/** A poster (A3) or a handbill (A5) in one of three languages, as tagged PDF/A with the QR code and the address as text. */
export async function posterOf(
  ctx: OutreachContext,
  code: string,
  { format, lang }: { readonly format: PosterFormat; readonly lang: Lang },
  draw: DrawQr,
): Promise<Result<Uint8Array, OutreachProblem>> {
  const found = await linkByCode(ctx, code);
  if (!found.ok) return found;
  const { link, campaign } = found.value;
  const service = serviceOf(ctx, serviceIn(link.target) ?? '');
  const address = shortAddress(ctx, code);
  const { toPage, toService, code: codeWords, ...words } = WORDS[lang];
  const title = service?.name[lang] ?? titleIn(campaign, lang);
  const data = {
    format,
    language: lang === 'en' ? 'en' : 'de',
    title,
    ...words,
    address,
    alt: codeWords(service === undefined ? toPage(title) : toService(title), address),
    sender: ctx.settings.city,
  };
  // what is scanned opens in the language that was read; what is typed in stays short
  const bytes = new TextEncoder().encode(draw(lang === 'de' ? addressOf(ctx, code) : inLanguage(addressOf(ctx, code), lang)));
  return ok(await ctx.typesetter.compile(POSTER_TEMPLATE, data, [{ name: 'qr.svg', mediaType: 'image/svg+xml', bytes, description: data.alt, drawn: true }]));
}
