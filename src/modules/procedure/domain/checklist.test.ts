import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Party } from './available-actions.ts';
import type { Case } from './case.ts';
import { checksOf } from './checklist.ts';
import type { CaseCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { StoredEvent } from './events.ts';
import { replay } from './evolve.ts';
import type { ProcedureRules } from './procedure-rules.ts';

const OFFICER: Party = { ref: 'staff:anna', kind: 'authority', leads: false };
const OTHER: Party = { ref: 'staff:bert', kind: 'authority', leads: false };
const APPLICANT: Party = { ref: 'citizen:kp', accountId: 'k', kind: 'applicant', leads: false };
const RULES: ProcedureRules = {
  offered: { eingegangen: ['note', 'draft-decision', 'decide', 'withdraw'], beschlossen: ['note'] },
  warnDays: 14,
  requestDays: 21,
  hearingDays: 14,
  fourEyes: 'never',
  outcomes: ['grant', 'refuse'],
  discretion: false,
  regime: 'hh',
  checklist: [
    { key: 'ort', name: 'Ort vergleichen', required: false },
    { key: 'schutz', name: 'Schutz prüfen', required: true },
  ],
};
const TEXT = { operative: ['Erlaubt.'], nebenbestimmungen: [], reasons: [], discretion: [], items: [] };
const grant: CaseCommand = { action: 'draft-decision', outcome: 'grant', feeCents: 0, text: TEXT };
const check = (...done: readonly string[]): CaseCommand => ({ action: 'check-tasks', done });

class Play {
  readonly events: StoredEvent[] = [];
  readonly rules: ProcedureRules;
  constructor(rules = RULES) {
    this.rules = rules;
    const facts = {
      caseId: 'c',
      fileNumber: 'X-1',
      service: 's',
      packageHash: 'h',
      authority: 'a',
      accountId: 'k',
      channel: 'postfach',
      documents: [],
    } as const;
    const content = { answers: {}, applicant: { name: 'K', addressLines: [] } };
    this.events.push({ kind: 'antrag-eingereicht', facts, content, version: 1, at: at('2026-01-12'), actor: 'citizen:kp' });
  }
  get state(): Case {
    return replay(this.events);
  }
  try(party: Party, day: string, command: CaseCommand) {
    return decide(command, { state: this.state, rules: this.rules, party, now: at(day) });
  }
  do(party: Party, day: string, command: CaseCommand): this {
    const decided = this.try(party, day, command);
    assert.ok(decided.ok, decided.ok ? '' : decided.problem.detail);
    for (const event of decided.value) this.events.push({ ...event, version: this.events.length + 1, at: at(day), actor: party.ref });
    return this;
  }
}
const at = (day: string): Temporal.Instant => Temporal.Instant.from(`${day}T09:00:00Z`);
const doneIn = (play: Play) => checksOf(play.state, play.rules).map(({ key, done }) => [key, done?.by ?? null, done?.on ?? null]);

describe('steps of the examination', () => {
  it('are ticked off by an officer: who and when; the same again is nothing', () => {
    const play = new Play().do(OFFICER, '2026-01-13', check('ort'));
    assert.deepEqual(doneIn(play), [
      ['ort', 'staff:anna', '2026-01-13'],
      ['schutz', null, null],
    ]);
    const before = play.events.length;
    assert.equal(play.do(OTHER, '2026-01-14', check('ort')).events.length, before);
    play.do(OTHER, '2026-01-14', check('ort', 'schutz'));
    assert.deepEqual(doneIn(play), [
      ['ort', 'staff:anna', '2026-01-13'],
      ['schutz', 'staff:bert', '2026-01-14'],
    ]);
  });

  it('are opened again by leaving them out', () => {
    const play = new Play().do(OFFICER, '2026-01-13', check('ort', 'schutz')).do(OFFICER, '2026-01-14', check('schutz'));
    assert.deepEqual(play.events.at(-1)!.facts, { done: [], reopened: ['ort'] });
    assert.deepEqual(doneIn(play)[0], ['ort', null, null]);
  });

  it('are the package’s own, and the authority’s alone', () => {
    assert.equal(new Play().try(OFFICER, '2026-01-13', check('erfunden')).ok, false);
    assert.equal(new Play().try(APPLICANT, '2026-01-13', check('ort')).ok, false);
    const { checklist: _, ...without } = RULES;
    assert.equal(new Play(without).try(OFFICER, '2026-01-13', check()).ok, false);
  });

  it('the decision waits for those that the package requires, and for no other', () => {
    const play = new Play().do(OFFICER, '2026-01-13', grant);
    const early = play.try(OFFICER, '2026-01-13', { action: 'decide', decisionId: 'd' });
    assert.match(early.ok ? '' : early.problem.detail, /fehlt noch: «Schutz prüfen»\. Haken Sie ab/);
    play.do(OFFICER, '2026-01-14', check('schutz')).do(OFFICER, '2026-01-14', { action: 'decide', decisionId: 'd' });
    assert.equal(play.state.status, 'beschlossen');
    assert.equal(play.try(OFFICER, '2026-01-15', check()).ok, false, 'once it is decided, what was checked stays');
  });
});
