import type { MaskingPort } from './modules/llm/public.ts';
import { mask, specialCategories, StreamUnmasker, unmask, type MaskKey } from './modules/pseudonyms/public.ts';

/** The gate before a model masks through this port. */
export const masking: MaskingPort<MaskKey> = {
  mask,
  unmask,
  unmasking: (key) => new StreamUnmasker(key),
  specialCategories: (text) => [...new Set(specialCategories(text).map(({ name, word }) => `${name}: «${word}»`))],
};
