const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:\b|Headless)(?:Chrome|Chromium|CriOS)\//, 'Chrome'],
  // others say “Safari” for compatibility: it is one only where Apple's systems are
  [/\b(?:Macintosh|iPhone|iPad|iPod)\b.*\bVersion\/.*\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPad\b/, 'iPad'],
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/**
 * The kind of browser and system, for the owner's own list of devices: `Firefox, Windows`. Coarse on purpose, without
 * versions: a device stays the same kind after an update, and nobody can be singled out by it.
 * @returns `undefined` for what says nothing of itself, such as programs
 */
export function deviceKindOf(userAgent: string): string | undefined {
  const named = (list: typeof BROWSERS): string[] =>
    list
      .filter(([pattern]) => pattern.test(userAgent))
      .map(([, name]) => name)
      .slice(0, 1);
  const parts = [...named(BROWSERS), ...named(SYSTEMS)];
  return parts.length === 0 ? undefined : parts.join(', ');
}
