import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DRAFT_TERM, deletionDay, draftTermOn, isToAnnounce, isToDelete } from './draft-term.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const TOUCHED = Temporal.Instant.from('2026-02-28T23:30:00Z'); // 1 March in Hamburg
const draft = (announcedOn?: string) => ({ updatedAt: TOUCHED, ...(announcedOn !== undefined && { announcedOn: day(announcedOn) }) });

describe('Art. 5(1)(e) GDPR: how long an abandoned draft is kept', () => {
  it('twelve months after the day in Hamburg on which it was last touched', () => {
    assert.equal(deletionDay(draft(), day('2026-06-01')).toString(), '2027-03-01');
    assert.equal(deletionDay(draft('2027-01-30'), day('2027-02-15')).toString(), '2027-03-01');
  });
  it('is announced thirty days before, once', () => {
    assert.equal(isToAnnounce(draft(), day('2027-01-29')), false);
    assert.equal(isToAnnounce(draft(), day('2027-01-30')), true);
    assert.equal(isToAnnounce(draft('2027-01-30'), day('2027-01-31')), false);
  });
  it('is due on its day, and never without an announcement', () => {
    assert.equal(isToDelete(draft('2027-01-30'), day('2027-02-28')), false);
    assert.equal(isToDelete(draft('2027-01-30'), day('2027-03-01')), true);
    assert.equal(isToDelete(draft(), day('2030-01-01')), false);
  });
  it('full notice after a standstill, or for a draft older than the rule', () => {
    assert.equal(deletionDay(draft(), day('2028-06-01')).toString(), '2028-07-01');
    assert.equal(deletionDay(draft('2028-06-01'), day('2028-06-20')).toString(), '2028-07-01');
    assert.equal(isToDelete(draft('2028-06-01'), day('2028-06-30')), false);
    assert.equal(isToDelete(draft('2028-06-01'), day('2028-07-01')), true);
  });
  it('no setting makes the notice shorter than thirty days', (t) => {
    DRAFT_TERM.set([{ from: '2026-01-01', value: { months: 12, daysBefore: [1] }, source: 'Test' }]);
    t.after(() => DRAFT_TERM.set([]));
    assert.deepEqual(draftTermOn(day('2027-01-30')).daysBefore, [30, 1]);
    assert.equal(isToAnnounce(draft(), day('2027-01-30')), true);
    assert.equal(deletionDay(draft('2027-02-28'), day('2027-02-28')).toString(), '2027-03-30');
  });
  it('a shorter term takes nobody by surprise', (t) => {
    DRAFT_TERM.set([{ value: { months: 6, daysBefore: [40, 3] }, from: '2026-12-01', source: 'test' }]);
    t.after(() => DRAFT_TERM.set([]));
    assert.deepEqual(draftTermOn(day('2026-12-01')), { months: 6, daysBefore: [40, 3] });
    assert.equal(deletionDay(draft(), day('2026-11-30')).toString(), '2027-03-01');
    assert.equal(deletionDay(draft(), day('2026-12-01')).toString(), '2027-01-10');
    assert.equal(isToAnnounce(draft(), day('2026-12-01')), true);
  });
});
