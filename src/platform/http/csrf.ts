import type { Problem } from '../../kernel/problem.ts';

const FOREIGN: Problem = {
  kind: 'foreign-origin',
  detail: 'Aus Sicherheitsgründen nimmt die Stadt Eingaben nur von ihren eigenen Seiten an. Öffnen Sie die Seite neu und senden Sie Ihre Eingabe noch einmal.',
};

/**
 * Refuses a writing request that another site made with this browser's cookies. Every browser kept
 * since 2020 sends `Sec-Fetch-Site` or `Origin` with each POST; a request with neither is no
 * browser's and carries no cookies that somebody else could abuse.
 */
export function foreignOrigin(method: string, headers: Headers, publicUrl: string): Problem | undefined {
  if (/^(GET|HEAD|OPTIONS)$/.test(method)) return undefined;
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none' ? undefined : FOREIGN;
  const origin = headers.get('origin');
  if (origin === null || origin === new URL(publicUrl).origin) return undefined;
  const host = headers.get('host');
  return URL.canParse(origin) && new URL(origin).host === host ? undefined : FOREIGN;
}
