import { sha256Hex } from '../../../kernel/token.ts';
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

/** What a page held when it was shown, field by field, without telling it: posted back, it shows what was changed meanwhile. */
export function standOf(page: Page, answers: Answers, itemIndex?: number): string {
  const items = page.repeat === undefined ? '' : ` ${ITEMS}:${itemsOf(page, answers).length}`;
  return standOfValues(page, valuesOf(page, answers, itemIndex)) + items;
}

export const standOfValues = (page: Page, values: Item): string => page.fields.map(({ id }) => `${id}:${fieldStand(values[id])}`).join(' ');

/** How many items there were: an item is known by its number, which means another one when one was taken out. */
const ITEMS = '#';
export const sameItems = (page: Page, answers: Answers, shown: ReadonlyMap<string, string>): boolean =>
  page.repeat === undefined || shown.get(ITEMS) === String(itemsOf(page, answers).length);

/** Reads `standOf`. */
export const shownOf = (stand: string): ReadonlyMap<string, string> => new Map(stand.split(' ').map((one) => one.split(':') as [string, string]));

/** Nothing, an empty text and no choice are the same to who looks at a page; the database may turn the keys of a value round. */
export function fieldStand(value: unknown): string {
  const nothing = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return sha256Hex(JSON.stringify(nothing ? null : value, sortedKeys)).slice(0, 12);
}

const sortedKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
