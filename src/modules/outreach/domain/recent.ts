import type { Device } from '../../../kernel/usage.ts';

/** Openings of one link or page that are looked at; of more the oldest go. */
const MOST = 10_000;

/** With which kinds of device something was opened lately. Times only grow: what is too old, or too much, goes from the front. */
export class Recent {
  #seen: { readonly at: number; readonly device: Device }[] = [];
  /** Those before have gone. */
  #first = 0;
  readonly #counts: Partial<Record<Device, number>> = {};

  add(at: number, device: Device): void {
    this.#seen.push({ at, device });
    this.#counts[device] = (this.#counts[device] ?? 0) + 1;
    if (this.#seen.length - this.#first > MOST) this.#drop();
  }

  /** How many after this moment, by kind of device. */
  since(from: number): Readonly<Partial<Record<Device, number>>> {
    while (this.#first < this.#seen.length && this.#seen[this.#first]!.at <= from) this.#drop();
    return this.#counts;
  }

  #drop(): void {
    this.#counts[this.#seen[this.#first]!.device]! -= 1;
    this.#first += 1;
    if (this.#first <= MOST) return;
    this.#seen = this.#seen.slice(this.#first);
    this.#first = 0;
  }
}
