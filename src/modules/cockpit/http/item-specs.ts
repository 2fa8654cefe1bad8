import type { ItemKind } from '../domain/items.ts';

/** How a fact is typed. `line`, `text`: in three languages, German needed. */
export type Spec = {
  readonly name: string;
  readonly as: 'line' | 'text' | 'plain' | 'day' | 'number' | 'euros' | 'light' | 'keys' | 'options' | 'provenance' | { readonly one: ItemKind };
  readonly optional?: true;
};

const provenance: Spec = { name: 'provenance', as: 'provenance', optional: true };
const measure: Spec = { name: 'measure', as: { one: 'measure' } };

/** The form of each kind, in the order it is asked. */
export const SPECS: Readonly<Record<ItemKind, readonly Spec[]>> = {
  unit: [{ name: 'title', as: 'line' }, provenance],
  field: [{ name: 'title', as: 'line' }, { name: 'order', as: 'number' }, provenance],
  vision: [{ name: 'field', as: { one: 'field' } }, { name: 'text', as: 'text' }, provenance],
  priority: [{ name: 'vision', as: { one: 'vision' } }, { name: 'title', as: 'line' }, provenance],
  measure: [
    { name: 'priority', as: { one: 'priority' } },
    { name: 'title', as: 'line' },
    { name: 'text', as: 'text' },
    { name: 'unit', as: { one: 'unit' } },
    { name: 'startsOn', as: 'day' },
    { name: 'endsOn', as: 'day' },
    { name: 'services', as: 'keys', optional: true },
    { name: 'indicators', as: 'keys', optional: true },
    provenance,
  ],
  milestone: [measure, { name: 'title', as: 'line' }, { name: 'dueOn', as: 'day' }, { name: 'doneOn', as: 'day', optional: true }, provenance],
  budget: [
    measure,
    { name: 'year', as: 'number' },
    { name: 'plannedCents', as: 'euros' },
    { name: 'spentCents', as: 'euros' },
    { name: 'asOf', as: 'day' },
    { name: 'definition', as: 'text' },
    provenance,
  ],
  dependency: [measure, { name: 'needs', as: { one: 'measure' } }, { name: 'why', as: 'text' }, provenance],
  risk: [
    measure,
    { name: 'title', as: 'line' },
    { name: 'likelihood', as: 'number' },
    { name: 'effect', as: 'number' },
    { name: 'answer', as: 'text' },
    { name: 'owner', as: { one: 'unit' } },
    { name: 'closedOn', as: 'day', optional: true },
    provenance,
  ],
  decision: [
    { ...measure, optional: true },
    { name: 'question', as: 'text' },
    { name: 'options', as: 'options' },
    { name: 'chosen', as: 'number' },
    { name: 'reasons', as: 'text' },
    { name: 'decidedOn', as: 'day' },
    { name: 'decidedBy', as: 'plain' },
    provenance,
  ],
  figure: [measure, { name: 'value', as: 'plain' }, { name: 'asOf', as: 'plain' }, { name: 'definition', as: 'text' }, provenance],
  override: [{ name: 'light', as: 'light' }, { name: 'until', as: 'day' }, provenance],
};
