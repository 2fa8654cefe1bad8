import type { LageConfig, SeenObject } from './lage-types.ts';

interface Page {
  readonly items: readonly SeenObject[];
  readonly next: string | null;
  readonly head: number;
}

const PAGE = 2000;

/** The whole picture, page by page, as it is now or as it was known at a time. @returns nothing when the city does not answer */
export async function loadPicture(
  config: LageConfig,
  at: number | undefined,
  take: (objects: readonly SeenObject[]) => void,
): Promise<{ readonly head: number } | undefined> {
  let head = 0;
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (cursor !== '') query.set('cursor', cursor);
    if (at !== undefined) query.set('at', new Date(at).toISOString());
    const answer = await fetch(`${config.objects}?${query.toString()}`, { headers: { accept: 'application/json' } }).catch(() => undefined);
    if (answer?.ok !== true) return undefined;
    const page = (await answer.json()) as Page;
    // changes after the first page's number come with the live feed
    if (cursor === '') head = page.head;
    take(page.items);
    cursor = page.next;
  }
  return { head };
}
