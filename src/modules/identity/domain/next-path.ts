/**
 * Where to go after signing in: a path of this city, else `fallback`. Whoever can choose the target
 * of a link to our sign-in must not be able to send people to a copy of it (open redirect, CWE-601).
 */
export function safeNextPath(wanted: string | null | undefined, fallback: string): string {
  if (wanted === null || wanted === undefined || wanted.length > 2000) return fallback;
  // Browsers read `\` as `/` and drop tabs and line ends: none of them has a place in our paths.
  if (!/^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(wanted)) return fallback;
  const base = 'http://kontor.invalid';
  const url = URL.parse(wanted, base);
  if (url === null || url.origin !== base) return fallback;
  // `/.//evil.example` parses to the path `//evil.example`, which a browser would take for a host.
  if (url.pathname.startsWith('//')) return fallback;
  const path = url.pathname + url.search + url.hash;
  return isSignInPath(url.pathname) ? fallback : path;
}

/** Pages that would send a signed-in person in a circle, or sign them out. */
function isSignInPath(path: string): boolean {
  return /^\/(anmelden|abmelden|abgemeldet|registrieren|api|demo-idp)(\/|$)/.test(path);
}
