import type { FieldProblem } from '../../../kernel/problem.ts';
import type { Html, Lang } from '../../../platform/ui/html.ts';
import { itemsOf, packageField, slotOf, visibleFields, type Field } from '../../catalogue/public.ts';
import { guideMayType, standOf } from '../../procedure/public.ts';
import type { HelpedPage } from './helped-page.ts';

/** A field of a helped page. `own`: it is the person's alone, and how it stands with it. */
export interface DrawnField {
  readonly id: string;
  readonly label: string;
  readonly value: unknown;
  readonly control: Html | undefined;
  readonly own: { readonly kind: 'file'; readonly count: number } | { readonly kind: 'confirm' | 'position'; readonly given: boolean } | undefined;
}

type Seen = Pick<HelpedPage, 'draft' | 'page'>;

/** What the page asks, as the guide sees it: the catalogue's own controls where the guide may type. */
export function drawnFields(
  { draft, page }: Seen,
  { itemIndex, problems, lang }: { readonly itemIndex: number | undefined; readonly problems: readonly FieldProblem[]; readonly lang: Lang },
): readonly DrawnField[] {
  const values = page.repeat === undefined ? draft.answers : (itemsOf(page, draft.answers)[itemIndex ?? 0] ?? {});
  return visibleFields(page, draft.answers, page.repeat === undefined ? {} : values).map((field) => {
    const shown = { id: field.id, label: field.label[lang] };
    const value = values[field.id];
    if (guideMayType(field)) return { ...shown, value, control: packageField(field, { lang, value, problems }), own: undefined };
    return { ...shown, value: undefined, control: undefined, own: ownState(field, draft, value, itemIndex) };
  });
}

function ownState(field: Field, { files }: Seen['draft'], value: unknown, itemIndex: number | undefined): DrawnField['own'] {
  if (field.type === 'file') return { kind: 'file', count: files.get(slotOf(field.document, itemIndex)) ?? 0 };
  return field.type === 'confirm' ? { kind: 'confirm', given: value === true } : { kind: 'position', given: value !== undefined };
}

/** Posted back with what the guide typed: shows what the person changed meanwhile. */
export const shownStand = ({ draft, page }: Seen, itemIndex: number | undefined): string => standOf(page, draft.answers, itemIndex);

/** How many items a repeated page has. */
export const itemCount = ({ draft, page }: Seen): number => itemsOf(page, draft.answers).length;
