import type { DraftHelp } from '../../procedure/public.ts';
import { lapseReason, phaseOf, typedAfter } from '../domain/assistance.ts';
import { findOpenOfDraft, keepEnd, listTyped, lockOpenOfDraft } from '../store/assistance.ts';
import { assistanceEntry } from './journal.ts';

/** What help means for a draft, as procedure asks it. */
export const draftHelp: DraftHelp = {
  async typedSince(db, { draftId, pageId, itemIndex }, since) {
    const all = await listTyped(db, draftId);
    return new Set(all.flatMap((one) => [...typedAfter(one, pageId, itemIndex, since)]));
  },
  async isOpen(db, draftId, now) {
    const open = await findOpenOfDraft(db, draftId);
    return open !== undefined && phaseOf(open, now) !== 'over';
  },
  async close(tx, draftId, because, now) {
    const open = await lockOpenOfDraft(tx, draftId);
    const helped = (await listTyped(tx, draftId)).map(({ id, staffId }) => ({ assistanceId: id, staffId: staffId! }));
    if (open === undefined) return { helped, entries: [] };
    const reason = phaseOf(open, now) === 'over' ? lapseReason(open) : because;
    await keepEnd(tx, open.id, reason, now);
    return { helped, entries: [assistanceEntry(open, { kind: 'ended', because: reason })] };
  },
};
