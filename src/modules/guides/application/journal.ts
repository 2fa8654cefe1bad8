import type { NewEntry } from '../../../platform/journal/port.ts';
import type { Assistance, EndReason } from '../domain/assistance.ts';

export const assistanceStream = (id: string): string => `assistance:${id}`;

/** What happens in help, as the journal keeps it: which draft, page and field, never what. */
export type AssistanceStep =
  | { readonly kind: 'opened'; readonly service: string }
  | { readonly kind: 'offered' }
  | { readonly kind: 'consented'; readonly lang: string; readonly sentenceSha256: string; readonly runsUntil: string }
  | { readonly kind: 'page-seen'; readonly page: string; readonly item?: number }
  | { readonly kind: 'field-typed'; readonly page: string; readonly item?: number; readonly fields: readonly string[] }
  | { readonly kind: 'ended'; readonly because: EndReason };

export function assistanceEntry({ id, draftId }: Pick<Assistance, 'id' | 'draftId'>, { kind, ...facts }: AssistanceStep): NewEntry {
  return { stream: assistanceStream(id), kind: `guides.assistance-${kind}`, payload: { assistanceId: id, draftId, ...facts } };
}
