import { ENTITIES, type EntityName } from '../domain/entities.ts';
import { writeToken } from '../domain/page-token.ts';
import type { GivenOption } from '../domain/query.ts';
import type { Row } from '../domain/plan.ts';

export const ROOT = '/sta/v1.1';

/** @param base the service's root with scheme and host */
export const selfLink = (base: string, entity: EntityName, id: number): string => `${base}/${ENTITIES[entity].set}(${String(id)})`;

/** The address of the page after `last`; a token takes the place of `$skip`. */
export function nextLink(address: string, options: Iterable<GivenOption>, last: Row): string {
  const keys = last['@keys'] ?? [];
  const kept = [...options].filter(({ name }) => name !== '$skip' && name !== '$skiptoken');
  const all = [...kept, { name: '$skiptoken', text: writeToken({ keys, id: last['@id'] }) }];
  return `${address}?${all.map(({ name, text }) => `${encoded(name)}=${encoded(text)}`).join('&')}`;
}

/** Encoded for a query, and still legible where that is allowed. */
const encoded = (text: string): string => encodeURIComponent(text).replace(/%(?:24|2C|2F|3A|3B|40)/g, decodeURIComponent);
