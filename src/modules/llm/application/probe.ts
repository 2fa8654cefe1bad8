import type { ModelOrder } from '../../../kernel/language-model.ts';
import { PROBE } from '../domain/uses.ts';

/** A fixed question without a word about anybody: whether a model answers, and how long it takes. */
export const probeOrder = (model: string): ModelOrder => ({
  use: PROBE,
  prompt: { id: 'pruefen', version: '1' },
  instruction: 'Sagen Sie in zwei Sätzen, was in dem Text steht.',
  data: [
    {
      label: 'D1',
      text: 'Die Wochenmärkte der Stadt öffnen um acht Uhr. Wer einen Stand möchte, fragt beim Bezirksamt. Hunde bleiben an der Leine.',
    },
  ],
  dataClass: 'public',
  parties: [],
  maxTokens: 300,
  model,
});
