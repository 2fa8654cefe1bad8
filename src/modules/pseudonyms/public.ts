/** Placeholders for persons before a text leaves for a model, and the way back. */
export { mask, type Masked } from './domain/mask.ts';
export { StreamUnmasker, unmask, type MaskKey } from './domain/placeholders.ts';
export type { MaskedClass } from './domain/spans.ts';
export { specialCategories, type SpecialFinding } from './domain/special-categories.ts';
export { madeLetters } from './domain/made-letters.ts';
export { maskingFigures, type MaskingFigures } from './domain/masking-figures.ts';
export { specialFigures, type SpecialFigures } from './domain/special-figures.ts';
export { SPECIAL_HELD_OUT, SPECIAL_TUNED } from './domain/special-set.ts';
