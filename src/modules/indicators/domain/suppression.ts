import { FEWEST } from '../../../kernel/few.ts';

/**
 * Which rows may not be shown, so that neither a row nor the sum of all minus the others tells of fewer than ten cases:
 * those below ten, and then the smallest others, until at least two are hidden and ten cases are among them.
 * @param cases by row; rows without cases hide nobody and are shown
 */
export function hiddenRows<K>(cases: ReadonlyMap<K, number>): ReadonlySet<K> {
  const rows = [...cases].filter(([, n]) => n > 0).toSorted(([, a], [, b]) => a - b);
  const hidden = new Set<K>();
  let among = 0;
  for (const [key, n] of rows) {
    if (n >= FEWEST && (hidden.size === 0 || (hidden.size >= 2 && among >= FEWEST))) break;
    hidden.add(key);
    among += n;
  }
  return hidden;
}
