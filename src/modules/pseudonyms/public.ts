/** Placeholders for persons before a text leaves for a model, and the way back. */
export { mask, LONGEST_TEXTS, type Masked } from './domain/mask.ts';
export { inventedPlaceholders, StreamUnmasker, unmask, type MaskKey } from './domain/placeholders.ts';
export type { MaskedClass } from './domain/spans.ts';
export { specialCategories, specialProblem, type SpecialFinding } from './domain/special-categories.ts';
