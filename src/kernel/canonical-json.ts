/**
 * JSON with sorted keys and no spaces, so that equal payloads have equal bytes
 * (RFC 8785 for the values we allow: no floats beyond what JavaScript prints).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const plain = 'toJSON' in value ? (JSON.parse(JSON.stringify(value)) as unknown) : value;
    if (plain === null || typeof plain !== 'object') return JSON.stringify(plain);
    const entries = Object.entries(plain)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
