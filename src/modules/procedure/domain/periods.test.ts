import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { availableActions, type Party } from './available-actions.ts';
import type { Case } from './case.ts';
import type { CaseCommand, SystemCommand } from './commands.ts';
import { deadlinesOf, decisionDeadline } from './deadlines.ts';
import { decide, decideBySystem } from './decide.ts';
import type { CaseEvent, DecisionText, StoredEvent } from './events.ts';
import { replay } from './evolve.ts';
import type { ProcedureRules } from './procedure-rules.ts';

// As packages offer it: not everything in every state.
const OFFERED: ProcedureRules['offered'] = {
  eingegangen: ['confirm-complete', 'request-documents', 'hear', 'draft-decision', 'decide', 'withdraw'],
  unvollstaendig: ['answer-request', 'confirm-complete', 'withdraw'],
  in_pruefung: ['draft-decision', 'decide', 'submit-for-approval', 'hear', 'request-documents', 'suspend', 'extend', 'withdraw'],
  anhoerung: ['answer-hearing', 'note', 'withdraw'],
  ausgesetzt: ['resume', 'withdraw'],
  freigabe: ['approve', 'return-draft', 'withdraw'],
  bekanntgegeben: ['object', 'follow-decision', 'hear', 'decide', 'submit-for-approval'],
  widerspruch: ['decide-objection', 'hear', 'decide', 'submit-for-approval'],
  bestandskraeftig: ['follow-decision', 'hear', 'decide'],
};
const RULES: ProcedureRules = {
  offered: OFFERED,
  decisionPeriod: { length: 3, unit: 'months', legalBasis: '§ 63 HBauO' },
  fictionBasis: '§ 63 HBauO',
  warnDays: 14,
  requestDays: 21,
  hearingDays: 14,
  fourEyes: 'never',
  outcomes: ['grant', 'refuse'],
  discretion: false,
  regime: 'hh',
};
const officer: Party = { ref: 'staff:anna', kind: 'authority', leads: false };
const applicant: Party = { ref: 'citizen:kp', kind: 'applicant', accountId: 'kp', leads: false };
const TEXT: DecisionText = { operative: ['Erteilt.'], nebenbestimmungen: [], reasons: ['Weil.'], discretion: [], items: [] };
const at = (day: string): Temporal.Instant => Temporal.Instant.from(`${day}T09:00:00Z`);
const watch = { action: 'watch-period', decisionId: 'f' } as const;

class Play {
  readonly events: StoredEvent[] = [];
  readonly #rules: ProcedureRules;
  constructor(rules: ProcedureRules = RULES) {
    this.#rules = rules;
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
    this.#take('2026-01-12', 'citizen:kp', [{ kind: 'antrag-eingereicht', facts, content: { answers: {}, applicant: { name: 'K P', addressLines: [] } } }]);
  }
  #take(day: string, actor: string, events: readonly CaseEvent[]): void {
    for (const event of events) this.events.push({ ...event, version: this.events.length + 1, at: at(day), actor });
  }
  get state(): Case {
    return replay(this.events);
  }
  do(day: string, party: Party, command: CaseCommand): this {
    const decided = decide(command, { state: this.state, rules: this.#rules, party, now: at(day) });
    assert.ok(decided.ok, decided.ok ? '' : decided.problem.detail);
    this.#take(day, party.ref, decided.value);
    return this;
  }
  system(day: string, command: SystemCommand): this {
    const decided = decideBySystem(command, { state: this.state, rules: this.#rules, now: at(day) });
    assert.ok(decided.ok, decided.ok ? '' : decided.problem.detail);
    this.#take(day, 'system:x', decided.value);
    return this;
  }
  can(party: Party, action: CaseCommand['action']): boolean {
    return availableActions(this.state, this.#rules, party).includes(action);
  }
  due(): string | undefined {
    return decisionDeadline(this.state, this.#rules)?.date.toString();
  }
  decided(): this {
    return this.do('2026-01-12', officer, { action: 'confirm-complete' })
      .do('2026-01-13', officer, { action: 'draft-decision', outcome: 'grant', feeCents: 0, text: TEXT })
      .do('2026-01-13', officer, { action: 'decide', decisionId: 'd' })
      .system('2026-01-13', { action: 'seal', decisionId: 'd', pdfSha256: 'p' })
      .system('2026-01-13', { action: 'provide-in-postfach', decisionId: 'd' });
  }
}

const ask = { action: 'request-documents', requestId: 'r', items: [{ id: 'plan', text: 'Plan' }], text: '' } as const;
const hear = { action: 'hear', hearingId: 'h', text: 'Wir erwägen …' } as const;

describe('§ 42a Abs. 2 Satz 2 VwVfG: the period runs from complete documents', () => {
  const complete = (): Play => new Play().do('2026-01-12', officer, { action: 'confirm-complete' }); // until 13.4.

  it('what turns out to be missing stops it: no end is told while it is missing', () => {
    const play = complete().do('2026-03-02', officer, ask);
    assert.equal(play.due(), undefined);
  });

  it('an answer after the old end lets nothing be deemed given: the period begins with the new completeness', () => {
    const play = complete().do('2026-04-01', officer, ask).do('2026-06-01', applicant, { action: 'answer-request', text: 'Hier', documents: [] });
    assert.deepEqual(deadlinesOf(play.state, RULES), []);
    play.system('2026-06-02', watch);
    assert.deepEqual([play.state.status, play.state.decisions.length], ['eingegangen', 0]);
    assert.equal(play.do('2026-06-03', officer, { action: 'confirm-complete' }).due(), '2026-09-01');
  });

  it('the desk may still say that everything was there before: a backdated fact moves the end back', () => {
    const play = complete().do('2026-03-02', officer, ask).do('2026-03-09', applicant, { action: 'answer-request', text: 'War schon da', documents: [] });
    assert.equal(play.do('2026-03-10', officer, { action: 'confirm-complete', completeOn: '2026-01-12' }).due(), '2026-04-13');
  });
});

describe('§ 28 VwVfG: after a hearing the case stands where it stood', () => {
  it('heard before the documents are complete, completeness can still be confirmed, and the period begins', () => {
    const play = new Play().do('2026-01-13', officer, hear).do('2026-01-14', applicant, { action: 'answer-hearing', text: 'Nein' });
    assert.equal(play.state.status, 'eingegangen');
    assert.equal(play.do('2026-01-15', officer, { action: 'confirm-complete' }).due(), '2026-04-13');
  });

  const follow = { action: 'follow-decision', decisionKind: 'ruecknahme', outcome: 'refuse', feeCents: 0, text: TEXT } as const;
  for (const ends of ['answered', 'expired'] as const) {
    it(`§ 48 VwVfG: heard (${ends}) on taking a decision back, it can be taken back, and the remedy goes on`, () => {
      const play = new Play().decided().do('2026-01-20', officer, hear);
      assert.equal(play.can(applicant, 'withdraw'), false, 'what is decided is not withdrawn');
      assert.equal(play.can(applicant, 'object'), true, '§ 70 VwGO: the month runs whatever the desk does');
      if (ends === 'answered') play.do('2026-01-21', applicant, { action: 'answer-hearing', text: 'Nein' });
      else play.system('2026-02-10', { action: 'expire-hearing' });
      assert.equal(play.state.status, 'bekanntgegeben');
      assert.ok(deadlinesOf(play.state, RULES).some(({ kind }) => kind === 'rechtsbehelf'));
      assert.equal(play.can(officer, 'draft-decision'), false, 'no second Bescheid beside the first');
      play.do('2026-02-11', officer, follow).do('2026-02-11', officer, { action: 'decide', decisionId: 'e' });
      assert.equal(play.state.decisions.at(-1)?.kind, 'ruecknahme');
    });
  }

  it('heard after it became final, it is final again', () => {
    const play = new Play().decided().system('2026-02-18', { action: 'become-final' }).do('2026-03-01', officer, hear);
    assert.equal(play.do('2026-03-02', applicant, { action: 'answer-hearing', text: 'Nein' }).state.status, 'bestandskraeftig');
  });

  it('a Widerspruch during the hearing is kept: the hearing goes on, then it is examined', () => {
    const play = new Play().decided().do('2026-01-20', officer, hear).do('2026-01-21', applicant, { action: 'object', text: 'Nein' });
    assert.equal(play.state.status, 'anhoerung');
    assert.equal(play.do('2026-01-22', applicant, { action: 'answer-hearing', text: 'Nein' }).state.status, 'widerspruch');
    assert.equal(play.state.objection?.text, 'Nein');
  });

  it('a Widerspruch while another draft waits for approval is examined first, and not lost by the approval', () => {
    const rules: ProcedureRules = { ...RULES, fourEyes: 'always' };
    const play = new Play(rules);
    play
      .do('2026-01-12', officer, { action: 'confirm-complete' })
      .do('2026-01-13', officer, { action: 'draft-decision', outcome: 'grant', feeCents: 0, text: TEXT });
    play
      .do('2026-01-13', officer, { action: 'submit-for-approval' })
      .do('2026-01-13', { ...officer, ref: 'staff:bert', leads: true }, { action: 'approve', decisionId: 'd' });
    play.system('2026-01-13', { action: 'seal', decisionId: 'd', pdfSha256: 'p' }).system('2026-01-13', { action: 'provide-in-postfach', decisionId: 'd' });
    play.do('2026-01-14', officer, { ...follow, decisionKind: 'berichtigung', outcome: 'grant' }).do('2026-01-14', officer, { action: 'submit-for-approval' });
    play.do('2026-01-15', applicant, { action: 'object', text: 'Nein' });
    assert.equal(play.state.status, 'widerspruch');
    assert.equal(play.can({ ...officer, ref: 'staff:bert', leads: true }, 'approve'), false);
  });
});
