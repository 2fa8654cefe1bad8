import type { FoundLink } from '../store/links.ts';

/** A link and where it leads; `to` is absent where that is not there. */
export interface KnownLink {
  readonly found: FoundLink;
  readonly to: string | undefined;
}

const REMEMBERED_MS = 1000;
const MOST = 1000;

/**
 * Asks the store once a second at most for the same link: one on a poster is opened by many at once. What this process
 * changes it forgets at once; what another changes it sees a second later.
 */
export class LinkMemory {
  #known = new Map<string, { readonly until: number; readonly link: Promise<KnownLink | undefined> }>();

  read(code: string, now: number, ask: () => Promise<KnownLink | undefined>): Promise<KnownLink | undefined> {
    const known = this.#known.get(code);
    if (known !== undefined && now < known.until) return known.link;
    if (this.#known.size >= MOST) this.forget();
    const link = ask();
    const asked = { until: now + REMEMBERED_MS, link };
    this.#known.set(code, asked);
    // what is not there may be made in the next moment
    const unless = (there: KnownLink | undefined): void => void (there === undefined && this.#known.get(code) === asked && this.#known.delete(code));
    link.then(unless, () => unless(undefined));
    return link;
  }

  forget(): void {
    this.#known = new Map();
  }
}
