import type { DataClass } from '../../../kernel/language-model.ts';

const ORDER: readonly DataClass[] = ['public', 'internal', 'personal'];

/** What several texts together need: as much as the one that needs most. */
export const strictest = (classes: readonly DataClass[]): DataClass => ORDER.findLast((one) => classes.includes(one)) ?? 'personal';
