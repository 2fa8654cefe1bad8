import type { Actor } from '../../../kernel/actor.ts';
import type { Context } from '../../../platform/context.ts';
import { collectionsFor } from './collections.ts';
import { readItems } from './read-items.ts';

/** How collections of German and open data name a street, in the order looked for. */
const STREETS = ['adresse', 'address', 'strasse', 'street', 'strassenname', 'addr:street'] as const;
const NUMBERS = ['hausnummer', 'hausnr', 'housenumber', 'addr:housenumber'] as const;
/** Many features share a street. */
const READ = 100;

/** A street or an address that some collection of the city names. */
export interface FoundAddress {
  readonly title: string;
  readonly lon: number;
  readonly lat: number;
}

/** Streets and addresses that hold these words, from every collection that names them; each once. */
export async function findAddresses(ctx: Pick<Context, 'database'>, actor: Actor, words: string, limit: number): Promise<readonly FoundAddress[]> {
  const found = new Map<string, FoundAddress>();
  for (const { id, properties } of await collectionsFor(ctx, actor)) {
    const street = STREETS.find((name) => name in properties);
    if (street === undefined) continue;
    const pattern = words.replaceAll(/[\\%_]/g, '\\$&').replaceAll("'", "''");
    const options = new URLSearchParams({ filter: `CASEI("${street}") LIKE CASEI('%${pattern}%')`, 'filter-lang': 'cql2-text', limit: String(READ) });
    const items = await readItems(ctx, actor, id, options, 0);
    // a collection that cannot be searched so is left out; the others answer
    if (!items.ok) continue;
    for await (const { text } of items.value.chunks)
      for (const address of text === '' ? [] : addressesIn(text, street)) if (found.size < limit) found.set(address.title, found.get(address.title) ?? address);
    if (found.size >= limit) break;
  }
  return [...found.values()];
}

interface Feature {
  readonly geometry: { readonly coordinates: readonly unknown[] } | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** @param text GeoJSON features with commas between */
function addressesIn(text: string, street: string): FoundAddress[] {
  return (JSON.parse(`[${text}]`) as Feature[]).flatMap(({ geometry, properties }) => {
    const [lon, lat] = (geometry?.coordinates.flat(3) ?? []) as number[];
    const name = properties[street];
    if (typeof name !== 'string' || lon === undefined || lat === undefined) return [];
    const number = NUMBERS.map((one) => properties[one]).find((one) => typeof one === 'string' || typeof one === 'number');
    return [{ title: number === undefined ? name : `${name} ${String(number)}`, lon, lat }];
  });
}
