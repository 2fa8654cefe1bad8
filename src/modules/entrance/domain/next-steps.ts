import { FEWEST } from '../../../kernel/few.ts';
import { parameter } from '../../../kernel/parameter.ts';

/** What others needed next, and what is often used. Fewer people than ten are never told: they might be recognised. */
export const COUNTING = parameter(
  'entrance.counting',
  'Was andere danach brauchten',
  {
    withinDays: { label: 'Als Folge zählt, was kommt innerhalb von', unit: 'Tagen', least: 7, most: 365 },
    lookBackDays: { label: 'Zurückgesehen wird', unit: 'Tage', least: 90, most: 3650 },
    fewest: { label: 'Gezeigt wird es ab', unit: 'Menschen', least: FEWEST, most: 1000 },
  },
  [{ from: '2026-01-01', value: { withinDays: 90, lookBackDays: 730, fewest: FEWEST }, source: 'Eigene Setzung der Stadt' }],
);

const SHOWN = 3;

/**
 * The services that followed any of these most often, without these themselves.
 * @param followed pairs with how many people, in any order
 */
export function nextAfter(
  followed: readonly { readonly service: string; readonly next: string; readonly people: number }[],
  services: readonly string[],
): string[] {
  const people = new Map<string, number>();
  for (const one of followed) {
    if (services.includes(one.service) && !services.includes(one.next)) people.set(one.next, (people.get(one.next) ?? 0) + one.people);
  }
  return [...people]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, SHOWN)
    .map(([service]) => service);
}

export const entranceParameters = [COUNTING];
