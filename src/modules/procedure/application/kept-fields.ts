import { itemsOf, type Answers, type Page } from '../../catalogue/public.ts';

type Item = Readonly<Record<string, unknown>>;

/** What the page (or its item) holds. */
export function valuesOf(page: Page, answers: Answers, itemIndex: number | undefined): Item {
  return page.repeat === undefined ? answers : (itemsOf(page, answers)[itemIndex ?? 0] ?? {});
}

/** Answers as read, but with these fields of the page as they were before. */
export function withKept(
  page: Page,
  { read, before }: { readonly read: Answers; readonly before: Answers },
  kept: ReadonlySet<string>,
  itemIndex?: number,
): Answers {
  if (kept.size === 0) return read;
  const restored = (after: Item, was: Item): Item => {
    const rest = Object.entries(after).filter(([id]) => !kept.has(id));
    return Object.fromEntries([...rest, ...Object.entries(was).filter(([id]) => kept.has(id) && page.fields.some((field) => field.id === id))]);
  };
  if (page.repeat === undefined) return restored(read, before);
  const index = Math.min(itemIndex ?? 0, itemsOf(page, before).length);
  const item = restored(itemsOf(page, read)[index] ?? {}, itemsOf(page, before)[index] ?? {});
  return { ...read, [page.repeat.id]: itemsOf(page, read).toSpliced(index, 1, item) };
}
