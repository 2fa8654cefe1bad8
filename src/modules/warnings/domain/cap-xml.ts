import { CAP_NAMESPACE } from '../../../kernel/cap.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import type { Ring } from '../../../kernel/geo.ts';
import type { MessageType, WarningContent, WarningText } from './warning.ts';

export interface CapMessage {
  readonly identifier: string;
  readonly sender: string;
  readonly sent: Temporal.Instant;
  readonly exercise: boolean;
  readonly type: MessageType;
  /** Earlier messages of the same warning. */
  readonly references: readonly { readonly identifier: string; readonly sent: Temporal.Instant }[];
  readonly senderName: string;
  readonly web: string;
  readonly content: WarningContent;
}

/** `2026-11-28T20:48:00+01:00`: CAP wants an offset in digits and no `Z` (CAP 1.2, 3.3.2). */
export function capTime(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(CITY_ZONE).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** XML takes no control characters beside tab and line feeds (XML 1.0, 2.2); a carriage return would be read as one of those. */
// oxlint-disable-next-line no-control-regex -- these are what XML refuses
const REFUSED = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(REFUSED, '')
    .replace(/[&<>]/g, (sign) => ESCAPES[sign]!);
const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;
const optional = (name: string, text: string | undefined | null): string => (text === undefined || text === null || text === '' ? '' : element(name, text));

/** BCP 47; `de-simple` is German in simplified form (registered variant `simple`). */
const LANGUAGE = { de: 'de-DE', leicht: 'de-simple', en: 'en-GB' } as const;

/** A warning as CAP 1.2 writes it: one `info` for each language, elements in the order of the schema. */
export function capXml(message: CapMessage): string {
  const { identifier, sender, sent, exercise, type, references, content } = message;
  const { de, leicht, en } = content.texts;
  const infos = [info(message, 'de', de), info(message, 'leicht', leicht), en === null ? '' : info(message, 'en', en)];
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${CAP_NAMESPACE}">`,
    element('identifier', identifier),
    element('sender', sender),
    element('sent', capTime(sent)),
    element('status', exercise ? 'Exercise' : 'Actual'),
    element('msgType', type),
    element('scope', exercise ? 'Restricted' : 'Public'),
    exercise ? element('restriction', 'Übung: nicht weitergeben.') : '',
    exercise ? element('note', 'Dies ist eine Übung.') : '',
    optional('references', references.map((one) => `${sender},${one.identifier},${capTime(one.sent)}`).join(' ')),
    ...infos,
    '</alert>',
  ].join('');
}

function info({ senderName, web, content, exercise, type, sent }: CapMessage, lang: keyof typeof LANGUAGE, text: WarningText): string {
  const { category, event, responses, urgency, severity, certainty, onset, expires, contact, area } = content;
  const prefix = exercise ? (lang === 'en' ? 'EXERCISE: ' : 'ÜBUNG: ') : '';
  return [
    '<info>',
    element('language', LANGUAGE[lang]),
    element('category', category),
    element('event', event),
    ...(type === 'Cancel' ? ['AllClear'] : responses).map((one) => element('responseType', one)),
    element('urgency', type === 'Cancel' ? 'Past' : urgency),
    element('severity', severity),
    element('certainty', certainty),
    element('effective', capTime(sent)),
    optional('onset', onset === null ? null : capTime(onset)),
    element('expires', capTime(expires)),
    element('senderName', senderName),
    element('headline', `${prefix}${text.headline}`),
    element('description', text.description),
    element('instruction', text.instruction),
    element('web', web),
    optional('contact', contact),
    `<area>${element('areaDesc', area.description)}${area.polygons.map((ring) => element('polygon', ringText(ring))).join('')}</area>`,
    '</info>',
  ].join('');
}

/** CAP writes latitude first, pairs parted by spaces, the first pair again as the last. */
const ringText = (ring: Ring): string => ring.map(([lon, lat]) => `${lat.toFixed(5)},${lon.toFixed(5)}`).join(' ');
