import { partText, type Part } from './lage-part.ts';
import type { LageConfig, SeenObject } from './lage-types.ts';

interface Page {
  readonly items: readonly SeenObject[];
  readonly next: string | null;
  readonly head: number;
}

const PAGE = 2000;

/** What is to be loaded: a part as it is now, or everything as it was known at a time (of the past the city tells no parts). */
export type Wanted = { readonly part: Part } | { readonly at: number };

/** Loads a picture page by page. @returns nothing when the city does not answer, or nobody waits any more */
export async function loadPicture(
  config: Pick<LageConfig, 'objects'>,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<{ readonly head: number; readonly objects: readonly SeenObject[] } | undefined> {
  const objects: SeenObject[] = [];
  let head = 0;
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (cursor !== '') query.set('cursor', cursor);
    if ('at' in wanted) query.set('at', new Date(wanted.at).toISOString());
    // what has no place is everywhere: the live feed tells it to everybody, too
    else
      for (const [name, value] of [
        ['bbox', partText(wanted.part)],
        ['unplaced', 'true'],
      ] as const)
        query.set(name, value);
    const answer = await fetch(`${config.objects}?${query.toString()}`, { headers: { accept: 'application/json' }, signal }).catch(() => undefined);
    if (answer?.ok !== true) return undefined;
    const page = (await answer.json().catch(() => undefined)) as Page | undefined;
    if (page === undefined) return undefined;
    // changes after the first page's number come with the live feed
    if (cursor === '') head = page.head;
    objects.push(...page.items);
    cursor = page.next;
  }
  return { head, objects };
}
