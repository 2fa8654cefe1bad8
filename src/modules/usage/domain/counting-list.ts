import type { Channel } from './channel.ts';

/** So many services have keys: one for each digit. */
export const MOST_LISTED = 9;

/** The digit is the service, the row of the keyboard the way: 1 counts the first at the counter, Q by phone, A by post. */
const ROWS: Readonly<Record<Channel, string>> = { counter: '123456789', phone: 'qwertzuio', post: 'asdfghjkl' };

export const keysOf = (slot: number): Readonly<Record<Channel, string>> => ({ counter: ROWS.counter[slot]!, phone: ROWS.phone[slot]!, post: ROWS.post[slot]! });

/** A service at its place in the list of an employee. */
export interface Listed {
  readonly slot: number;
  readonly service: string;
}

/** The first place that is free; `undefined`: the list is full. */
export const freeSlot = (listed: readonly Listed[]): number | undefined =>
  Array.from({ length: MOST_LISTED }, (_, slot) => slot).find((slot) => listed.every((one) => one.slot !== slot));

/**
 * What is proposed to somebody who has no list yet: the services of their own offices; in a city of few services all of them.
 * @param services in the order in which they are to stand
 */
export function proposedList(
  services: readonly { readonly key: string; readonly offices: readonly string[] }[],
  offices: readonly string[],
): readonly Listed[] {
  const own = services.filter((one) => one.offices.some((office) => offices.includes(office)));
  const proposed = own.length > 0 ? own.slice(0, MOST_LISTED) : services.length <= MOST_LISTED ? services : [];
  return proposed.map(({ key }, slot) => ({ slot, service: key }));
}
