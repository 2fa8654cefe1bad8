import type { AssistedCase, Lack } from './assisted-case.ts';
import type { Item, Made } from './proposal.ts';

const asItem = ({ message, rule }: Lack): Item => ({ text: message, sources: [{ kind: 'package', rule, quote: message }] });

/** What the Antrag lacks compared with its package's list (§ 24(1) VwVfG: the authority asks for what it needs). */
export function missingFrom({ lacks, unread }: Pick<AssistedCase, 'lacks' | 'unread'>): Made {
  return { items: lacks.map(asItem), notes: unread.map(unreadNote) };
}

export const unreadNote = ({ title, reason }: { readonly title: string; readonly reason: string }): string => `„${title}“ wurde nicht gelesen: ${reason}`;
