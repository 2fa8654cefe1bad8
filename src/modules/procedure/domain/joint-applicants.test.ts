import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applicantsOf, isApplicant, payerOf } from './applicants.ts';
import { availableActions, type Party } from './available-actions.ts';
import type { Case } from './case.ts';
import type { CaseCommand, SystemCommand } from './commands.ts';
import { missingSignatures, readInvitation, standingOf } from './cosigner.ts';
import { decide, decideBySystem } from './decide.ts';
import type { CaseEvent, StoredEvent } from './events.ts';
import { replay } from './evolve.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import { ACTIONS, STATUSES } from './status.ts';

const officer: Party = { ref: 'staff:anna', kind: 'authority', leads: false };
const kp: Party = { ref: 'citizen:kp', kind: 'applicant', accountId: 'kp', leads: false };
const jw: Party = { ref: 'citizen:jw', kind: 'applicant', accountId: 'jw', leads: false };

const offered = Object.fromEntries(STATUSES.map((status) => [status, ACTIONS.filter((action) => action !== 'object' || status === 'bekanntgegeben')]));
const RULES: ProcedureRules = {
  offered,
  warnDays: 14,
  requestDays: 21,
  hearingDays: 14,
  fourEyes: 'never',
  outcomes: ['grant'],
  discretion: false,
  regime: 'hh',
};
const at = Temporal.Instant.from('2026-11-24T09:00:00Z');

/** A case of two owners, played through its own law. */
class Play {
  readonly events: StoredEvent[] = [];
  constructor(joint = true) {
    const facts = {
      caseId: 'c',
      fileNumber: 'n',
      service: 's',
      packageHash: 'h',
      authority: 'a',
      accountId: 'kp',
      channel: 'postfach',
      documents: [],
    } as const;
    const content = { answers: {}, applicant: { name: 'Katharina Petersen', addressLines: [] } };
    this.#take('citizen:kp', [
      joint
        ? {
            kind: 'antrag-eingereicht',
            facts: { ...facts, coApplicants: [{ accountId: 'jw', signedSha256: 'f' }] },
            content: { ...content, coApplicants: [{ givenName: 'Jürgen', familyName: 'Weber' }] },
          }
        : { kind: 'antrag-eingereicht', facts, content },
    ]);
  }
  #take(actor: string, events: readonly CaseEvent[]): void {
    for (const event of events) this.events.push({ ...event, version: this.events.length + 1, at, actor });
  }
  get state(): Case {
    return replay(this.events);
  }
  do(party: Party, command: CaseCommand): readonly CaseEvent[] {
    const decided = decide(command, { state: this.state, rules: RULES, party, now: at });
    assert.ok(decided.ok, decided.ok ? '' : decided.problem.detail);
    this.#take(party.ref, decided.value);
    return decided.value;
  }
  bySystem(command: SystemCommand): void {
    const decided = decideBySystem(command, { state: this.state, rules: RULES, now: at });
    assert.ok(decided.ok);
    this.#take('system:x', decided.value);
  }
  can(party: Party, action: CaseCommand['action']): boolean {
    return availableActions(this.state, RULES, party).includes(action);
  }
  made(): this {
    const text = { operative: ['Erteilt.'], nebenbestimmungen: [], reasons: [], discretion: [], items: [] };
    this.do(officer, { action: 'draft-decision', outcome: 'grant', feeCents: 0, text });
    this.do(officer, { action: 'decide', decisionId: 'd' });
    this.bySystem({ action: 'seal', decisionId: 'd', pdfSha256: 'p' });
    this.bySystem({ action: 'provide-in-postfach', decisionId: 'd' });
    return this;
  }
}

describe('two applicants', () => {
  it('both are folded from the submission, the first first', () => {
    const { state } = new Play();
    assert.deepEqual(state.coApplicants, [{ accountId: 'jw', givenName: 'Jürgen', familyName: 'Weber', name: 'Jürgen Weber' }]);
    assert.deepEqual([isApplicant(state, 'kp'), isApplicant(state, 'jw'), isApplicant(state, 'xx')], [true, true, false]);
    assert.deepEqual(
      applicantsOf(state).map((one) => one.name),
      ['Katharina Petersen', 'Jürgen Weber'],
    );
  });

  it('§ 28 VwVfG: any of them answers a Nachforderung and a hearing', () => {
    const play = new Play();
    play.do(officer, { action: 'request-documents', requestId: 'r', items: [{ id: 'plan', text: 'Plan' }], text: '' });
    assert.ok(play.can(kp, 'answer-request') && play.can(jw, 'answer-request'));
    play.do(jw, { action: 'answer-request', text: 'Hier', documents: [] });
    play.do(officer, { action: 'hear', hearingId: 'h', text: 'Wir erwägen …' });
    play.do(jw, { action: 'answer-hearing', text: 'Nein.' });
    assert.equal(play.state.hearing?.answer, 'Nein.');
  });

  it('a withdrawal takes back the own application only; the last one ends the case', () => {
    const play = new Play();
    assert.deepEqual(
      play.do(jw, { action: 'withdraw', reason: 'Ich ziehe weg.' }).map((event) => event.kind),
      ['fuer-sich-zurueckgenommen'],
    );
    assert.equal(play.state.status, 'eingegangen', 'nobody takes back what another applied for');
    assert.equal(play.can(jw, 'withdraw'), false, 'once');
    assert.equal(play.can(kp, 'withdraw'), true);
    assert.deepEqual(
      applicantsOf(play.state).map((one) => one.withdrawn),
      [false, true],
    );
    play.do(kp, { action: 'withdraw', reason: '' });
    assert.equal(play.state.status, 'zurueckgenommen');
  });

  it('a fee goes to the first applicant, or to the next when the first withdrew', () => {
    const play = new Play();
    assert.equal(payerOf(play.state), 'kp');
    play.do(kp, { action: 'withdraw', reason: '' });
    assert.equal(payerOf(play.state), 'jw');
  });

  it('§ 70 VwGO: each objects for themselves, also while the first Widerspruch is examined', () => {
    const play = new Play().made();
    play.do(jw, { action: 'object', text: 'Zu laut.' });
    assert.equal(play.state.objection?.accountId, 'jw');
    assert.equal(play.can(jw, 'object'), false, 'once');
    assert.equal(play.can(kp, 'object'), true, 'the period of the other still runs');
    play.do(kp, { action: 'object', text: 'Zu teuer.' });
    assert.equal(play.state.objection?.text, 'Zu laut.', 'the first stays');
    assert.deepEqual(
      play.state.furtherObjections?.map((one) => [one.accountId, one.text]),
      [['kp', 'Zu teuer.']],
    );
    assert.equal(play.state.status, 'widerspruch');
  });

  it('who withdrew is no addressee and objects to nothing', () => {
    const play = new Play();
    play.do(jw, { action: 'withdraw', reason: '' });
    play.made();
    assert.equal(play.can(jw, 'object'), false);
    assert.equal(play.can(kp, 'object'), true);
  });

  it('one applicant alone: everything as before', () => {
    const play = new Play(false);
    assert.equal(play.state.coApplicants, undefined);
    const objected = new Play(false).made();
    objected.do(kp, { action: 'object', text: 'Nein.' });
    assert.deepEqual(objected.state.objection, { receivedOn: '2026-11-24', inTime: true, text: 'Nein.' });
    assert.equal(objected.can(kp, 'object'), false);
    play.do(kp, { action: 'withdraw', reason: '' });
    assert.equal(play.state.status, 'zurueckgenommen');
  });
});

describe('signatures', () => {
  const fresh = { accountId: null, signedSha256: null, voidedAt: null, declinedAt: null, expiresAt: at.add({ hours: 1 }) };
  const cases: [string, Partial<Parameters<typeof standingOf>[0]>, ReturnType<typeof standingOf>][] = [
    ['just asked', {}, 'invited'],
    ['the link is over in this moment', { expiresAt: at }, 'expired'],
    ['taken into an account, the link may end', { accountId: 'jw', expiresAt: at }, 'opened'],
    ['signed', { accountId: 'jw', signedSha256: 'f' }, 'signed'],
    ['changed since', { accountId: 'jw', voidedAt: at }, 'voided'],
    ['declined after a change', { accountId: 'jw', voidedAt: at, declinedAt: at }, 'declined'],
  ];
  for (const [name, change, standing] of cases) it(`${name}: ${standing}`, () => assert.equal(standingOf({ ...fresh, ...change }, at), standing));

  it('the sentence names who has not signed what the draft is now', () => {
    const one = (givenName: string, signedSha256: string | null) => ({ givenName, familyName: 'Weber', signedSha256 });
    assert.equal(missingSignatures([one('Jürgen', 'f')], 'f'), undefined);
    assert.match(missingSignatures([one('Jürgen', 'f'), one('Anna', 'old'), one('Eva', null)], 'f')!, /Mitzeichnungen von Anna Weber, Eva Weber\./);
    assert.match(missingSignatures([one('Jürgen', null)], 'f')!, /fehlt noch die Mitzeichnung von Jürgen Weber/);
  });

  it('an invitation names the field that is wrong, and no line break gets into a mail', () => {
    assert.deepEqual(
      readInvitation({ givenName: ' ', familyName: '', email: 'a@b' }).faults.map((fault) => fault.field),
      ['givenName', 'familyName', 'email'],
    );
    assert.equal(readInvitation({ givenName: 'A', familyName: 'B', email: 'a@b.de\r\nBcc: x@y.de' }).faults[0]?.field, 'email');
    assert.equal(readInvitation({ givenName: ' Jür\ngen ', familyName: 'Weber', email: ' a@b.de ' }).tidy.givenName, 'Jür gen');
  });
});
