import { writtenOut } from './written-out.ts';

/** An id for a form from words in German: `Straße (Zustellung)` becomes `strasseZustellung`. */
export function identifierOf(text: string, fallback: string): string {
  const [first = '', ...rest] = writtenOut(text)
    .replaceAll(/\p{M}/gu, '')
    .replace(/^[^a-z]+/, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const joined = [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
  return joined === '' ? fallback : joined.slice(0, 40);
}

const IDENTIFIER = /^[a-z][a-zA-Z0-9]*(-[a-z0-9]+)*$/;

/** An id that a file wishes for, where it is one. */
export const wishedId = (mark: string | undefined): string | undefined => (mark !== undefined && mark.length <= 60 && IDENTIFIER.test(mark) ? mark : undefined);

/** Ids of one form: one name, one thing. Fields of a list may be named like those of another list. */
export class TakenNames {
  readonly #whole = new Set<string>();
  readonly #inLists = new Set<string>();
  readonly #lists = new Map<string, Set<string>>();
  /** Where to go on counting, so that thousands of one name do not begin anew each. */
  readonly #next = new Map<string, number>();

  /** @param list id of the list whose item the field belongs to; absent: of the whole form */
  free(wish: string, list?: string): string {
    const counter = `${list ?? ''}/${wish}`;
    let number = this.#next.get(counter) ?? 1;
    let name = number === 1 ? wish : `${wish}${number}`;
    while (this.#taken(name, list)) {
      number += 1;
      name = `${wish}${number}`;
    }
    this.#next.set(counter, number);
    this.#take(name, list);
    return name;
  }

  #take(name: string, list: string | undefined): void {
    if (list === undefined) return void this.#whole.add(name);
    this.#inLists.add(name);
    const own = this.#lists.get(list) ?? new Set();
    this.#lists.set(list, own.add(name));
  }

  #taken(name: string, list: string | undefined): boolean {
    if (this.#whole.has(name)) return true;
    return list === undefined ? this.#inLists.has(name) : this.#lists.get(list)?.has(name) === true;
  }
}
