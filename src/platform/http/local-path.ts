/**
 * A path on this city that a link or form asked to go on to, or `fallback`. Never another site:
 * `//evil.example` and `/\evil.example` are addresses of other hosts to a browser.
 */
export function localPath(wish: string | null | undefined, fallback = '/'): string {
  if (wish === null || wish === undefined || !/^\/(?![/\\])[^\s\\]*$/.test(wish)) return fallback;
  return wish;
}

/** The sign-in page, leading back to `url` afterwards. */
export const signInPath = (url: string): string => `/anmelden?weiter=${encodeURIComponent(localPath(url))}`;
