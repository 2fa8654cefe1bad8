import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerDue, stageOf } from './stage.ts';
import { STATUSES } from './status.ts';

describe('the stage of a case, for who holds its number and code', () => {
  const told = (decided: boolean): Record<string, string> => Object.fromEntries(STATUSES.map((status) => [status, stageOf(status, decided)]));

  it('every status has one, and a decision is told only once it is made known', () => {
    assert.deepEqual(told(true), {
      eingegangen: 'received',
      unvollstaendig: 'waiting',
      in_pruefung: 'examined',
      anhoerung: 'waiting',
      ausgesetzt: 'examined',
      freigabe: 'examined',
      beschlossen: 'examined',
      bekanntgegeben: 'decided',
      widerspruch: 'examined',
      bestandskraeftig: 'decided',
      zurueckgenommen: 'ended',
      abgeschlossen: 'decided',
    });
  });
  it('a case that was closed without a decision has ended', () => assert.equal(told(false)['abgeschlossen'], 'ended'));

  const request = { id: 'r', items: [], itemTexts: [], text: 'Ihr Plan fehlt.', dueOn: '2026-12-08' };
  const hearing = { id: 'h', text: 'Wir wollen ablehnen.', dueOn: '2026-12-15', open: true };
  it('waits until the day of the request or of the hearing, whichever it is in', () => {
    assert.equal(answerDue({ status: 'unvollstaendig', request, hearing }), '2026-12-08');
    assert.equal(answerDue({ status: 'anhoerung', request, hearing }), '2026-12-15');
  });
  it('a request that was answered has no day any more', () => assert.equal(answerDue({ status: 'in_pruefung', request }), undefined));
});
