/** When the test's Lagen live: the evening of 28 November 2026 in Hamburg. */
export const START = Temporal.Instant.from('2026-11-28T19:00:00Z');
export const at = (minutes: number): string => START.add({ minutes }).toString();

export const api = (key: string, path = ''): string => `/api/lagen/${key}/sturmflut${path}`;
export const forecast = (over: object = {}): object => ({
  issuer: 'BSH',
  issuedAt: at(-5),
  peaks: [{ kind: 'HW', at: at(600), metres: 5.8, plusMinus: 0.2 }],
  ...over,
});
export const gate = (code: string, over: object = {}): object => ({
  code,
  name: 'Zufahrt',
  kind: 'schiebetor',
  closingMetres: 4,
  closingMinutes: 30,
  pilot: 'Polderpilot 1',
  lon: 9.95,
  lat: 53.52,
  ...over,
});
export const plan = (gates: readonly object[]): object => ({
  polders: [{ code: 'P01', name: 'Testpolder', people: 200, facilities: 3, lon: 9.95, lat: 53.52, gates }],
  zones: [{ code: 'Z-A', name: 'Zone A', people: 900, helpers: 12, minutes: 120, area: null }],
});
