import { htmlText, plainText, type FlowText } from '../domain/flow-formats.ts';
import { cleaned } from '../domain/clean-text.ts';
import type { ReadWarning } from '../domain/read-document.ts';
import { CannotRead } from './open-document.ts';

const MOST_NAMED = 20;

/** A mail (RFC 5322, MIME): who, when, what about, its words. Attachments are named and not opened. */
export async function readMail(
  bytes: Uint8Array,
  fallbackTitle: string,
): Promise<FlowText & { readonly title: string; readonly warnings: readonly ReadWarning[] }> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(bytes, { maxNestingDepth: 20 }).catch(() => {
    throw new CannotRead('damaged');
  });
  const people = (list: readonly { name?: string | undefined; address?: string | undefined }[] | undefined): string =>
    (list ?? []).map(({ name, address }) => (name === undefined || name === '' ? (address ?? '') : `${name} <${address ?? ''}>`)).join(', ');
  const names = mail.attachments.slice(0, MOST_NAMED).map(({ filename }) => cleaned(filename ?? 'ohne Namen').slice(0, 120));
  const head = [
    ['Von', people(mail.from === undefined ? [] : [mail.from])],
    ['An', people(mail.to)],
    ['Datum', mail.date ?? ''],
    ['Betreff', mail.subject ?? ''],
    ['Anhänge', names.join(', ')],
  ].filter(([, value]) => value !== '');
  const written = mail.text?.trim() ?? '';
  const body =
    written === '' && mail.html !== undefined
      ? htmlText(mail.html)
          .pages.map(({ text }) => text)
          .join('\n\n')
      : written;
  const flow = plainText(`${head.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}`);
  const subject = cleaned(mail.subject ?? '')
    .trim()
    .slice(0, 200);
  return {
    ...flow,
    title: subject === '' ? fallbackTitle : subject,
    warnings:
      mail.attachments.length === 0
        ? []
        : [
            {
              kind: 'attachments',
              detail: `Die E-Mail hat ${mail.attachments.length} Anhänge. Kontor liest sie nicht mit. Laden Sie sie einzeln hoch, wenn Sie sie brauchen.`,
            },
          ],
  };
}
