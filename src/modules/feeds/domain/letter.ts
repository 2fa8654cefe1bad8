import { FUTURE_MS } from './clock.ts';
/** An e-mail as far as a report needs it. */
export interface Letter {
  readonly from: string;
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly dateMs: number | undefined;
}

const OLDEST_MS = 14 * 24 * 3600_000;

/** When it was written, if that can be so; else when it came. */
export const writtenAt = ({ dateMs }: Pick<Letter, 'dateMs'>, nowMs: number): number =>
  dateMs !== undefined && dateMs <= nowMs + FUTURE_MS && dateMs > nowMs - OLDEST_MS ? dateMs : nowMs;

/** A place that a person or a telephone has written into a text: `geo:53.54,9.97` (RFC 5870) or `53.5412, 9.9714`. */
export function placeIn(text: string): { readonly lon: number; readonly lat: number } | undefined {
  const found =
    /geo:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)/i.exec(text) ??
    /(?<![\d.])(-?\d{1,2}\.\d{3,8})\s{0,3}[,;/ ]\s{0,3}(-?\d{1,3}\.\d{3,8})(?![\d.])/.exec(text);
  const [lat, lon] = [Number(found?.[1]), Number(found?.[2])];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0) ? { lon, lat } : undefined;
}

/** Words of HTML, for letters that have no other: tags go, paragraphs stay. */
export function wordsOfHtml(html: string): string {
  return html
    .slice(0, 200_000)
    .replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<(?:br|p|div|li|tr|h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&nbsp;/gi, ' ')
    .replaceAll(/&lt;/gi, '<')
    .replaceAll(/&gt;/gi, '>')
    .replaceAll(/&quot;/gi, '"')
    .replaceAll(/&amp;/gi, '&')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
}
