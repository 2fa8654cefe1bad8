/** More names at once nobody can read. */
const MOST_NAMES = 250;

/** A name as it would stand: middle of its upper edge, in pixels, and its size. */
export interface NameBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Which of many names are written: none over another. What is written already stays before others come, so that names
 * of moving things do not flicker.
 * @param count names, the later ones before the earlier @param boxOf nothing for one that is not in sight @param before what was written last
 */
export function chooseNames(count: number, boxOf: (index: number) => NameBox | undefined, before: ReadonlySet<number>): Set<number> {
  const chosen = new Set<number>();
  const taken: NameBox[] = [];
  const ask = (index: number): void => {
    const box = chosen.size < MOST_NAMES && !chosen.has(index) ? boxOf(index) : undefined;
    if (box === undefined || taken.some((one) => overlap(one, box))) return;
    chosen.add(index);
    taken.push(box);
  };
  for (const index of before) if (index < count) ask(index);
  for (let index = count - 1; index >= 0; index--) ask(index);
  return chosen;
}

const overlap = (a: NameBox, b: NameBox): boolean => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && a.y < b.y + b.height && b.y < a.y + a.height;
