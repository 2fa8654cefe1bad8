import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Milestone } from '../../catalogue/public.ts';
import type { Party } from './available-actions.ts';
import type { Case } from './case.ts';
import { courseOf } from './course.ts';
import { deadlinesOf } from './deadlines.ts';
import { decide, decideBySystem } from './decide.ts';
import type { CaseEvent, StoredEvent } from './events.ts';
import { replay } from './evolve.ts';
import type { ProcedureRules } from './procedure-rules.ts';

const OFFICER: Party = { ref: 'staff:anna', kind: 'authority', leads: false };
const LEAD: Party = { ref: 'staff:bert', kind: 'authority', leads: true };
const APPLICANT: Party = { ref: 'citizen:kp', kind: 'applicant', leads: false };
const at = (day: string): Temporal.Instant => Temporal.Instant.from(`${day}T09:00:00Z`);
const name = (de: string) => ({ de, en: de, leicht: de });
const step = (id: string, after: readonly string[], more: Partial<Milestone> = {}): Milestone => ({
  id,
  name: name(id),
  legalBasis: `§ ${id}`,
  after: [...after],
  public: true,
  rounds: [],
  weighed: false,
  ...more,
});
const MILESTONES = [
  step('a', []),
  step('b', ['a']),
  step('c', ['b']),
  step('d', ['c'], { reachedBy: 'decision' }),
  step('e', ['d'], { reachedBy: 'announcement' }),
];
const RULES: ProcedureRules = {
  offered: {
    in_pruefung: ['record-step', 'draft-decision', 'submit-for-approval', 'note', 'object'],
    freigabe: ['approve'],
    beschlossen: ['record-bekanntgabe'],
    bekanntgegeben: ['object'],
  },
  warnDays: 14,
  requestDays: 21,
  hearingDays: 14,
  fourEyes: 'always',
  outcomes: ['grant'],
  discretion: false,
  regime: 'hh',
  milestones: MILESTONES,
  promulgation: {
    kind: 'verkuendung',
    title: name('Verordnung'),
    inForceDays: 1,
    legalBasis: '§ 10 Abs. 3 BauGB',
    remedies: [{ text: 'Normenkontrolle', months: 12, legalBasis: '§ 47 Abs. 2 VwGO' }],
  },
};
const TEXT = { operative: ['Festgestellt.'], nebenbestimmungen: [], reasons: ['Weil.'], discretion: [], items: [] };
const FACTS = { caseId: 'c', fileNumber: 'BP-1', service: 's', packageHash: 'h', authority: 'a' };

/** A case of the authority's own motion, and what happens to it. */
class Play {
  readonly events: StoredEvent[] = [];
  constructor(day = '2026-01-12') {
    this.#take([{ kind: 'von-amts-wegen-begonnen', facts: FACTS, content: { answers: {} } }], day);
  }
  get state(): Case {
    return replay(this.events);
  }
  #take(events: readonly CaseEvent[], day: string): void {
    for (const event of events) this.events.push({ ...event, version: this.events.length + 1, at: at(day), actor: 'staff:anna' });
  }
  try(command: Parameters<typeof decide>[0], day: string, party = OFFICER) {
    return decide(command, { state: this.state, rules: RULES, party, now: at(day) });
  }
  do(command: Parameters<typeof decide>[0], day: string, party = OFFICER): this {
    const decided = this.try(command, day, party);
    assert.ok(decided.ok, decided.ok ? '' : decided.problem.detail);
    this.#take(decided.value, day);
    return this;
  }
  system(command: Parameters<typeof decideBySystem>[0], day: string): this {
    const decided = decideBySystem(command, { state: this.state, rules: RULES, now: at(day) });
    assert.ok(decided.ok);
    this.#take(decided.value, day);
    return this;
  }
}
const record = (id: string, on?: string) => ({ action: 'record-step', step: id, note: '', documents: [], ...(on === undefined ? {} : { on }) }) as const;
const refusal = (decided: ReturnType<Play['try']>): string => (decided.ok ? 'nothing refused' : decided.problem.detail);
const adopted = (): Play =>
  new Play()
    .do(record('a'), '2026-01-12')
    .do(record('b'), '2026-02-12')
    .do(record('c'), '2026-03-12')
    .do({ action: 'draft-decision', outcome: 'grant', feeCents: 0, text: TEXT }, '2026-03-13')
    .do({ action: 'submit-for-approval' }, '2026-03-13')
    .do({ action: 'approve', decisionId: 'x' }, '2026-03-16', LEAD)
    .system({ action: 'seal', decisionId: 'x', pdfSha256: 'f' }, '2026-03-16');

describe('§ 22 VwVfG: a case of the authority’s own motion', () => {
  it('is examined at once, has no applicant and no account', () => {
    const { state } = new Play();
    assert.equal(state.status, 'in_pruefung');
    assert.equal(state.accountId, null);
    assert.deepEqual(state.applicant.addressLines, []);
    assert.deepEqual(deadlinesOf(state, RULES), []);
  });
});

describe('the course of a procedure', () => {
  it('names what is done, what is next and what is to come', () => {
    const { state } = new Play().do(record('a'), '2026-01-12');
    assert.deepEqual(
      courseOf(state, RULES).map(({ milestone, stage, on }) => [milestone.id, stage, on]),
      [
        ['a', 'done', '2026-01-12'],
        ['b', 'next', undefined],
        ['c', 'ahead', undefined],
        ['d', 'ahead', undefined],
        ['e', 'ahead', undefined],
      ],
    );
  });
  const refused: readonly [what: string, command: ReturnType<typeof record>, words: RegExp][] = [
    ['a step before the one it follows', record('c'), /Vor «c» \(§ c\) fehlt noch: «b» \(§ b\)/],
    ['a step that is done', record('a'), /schon festgehalten/],
    ['a step that follows from the decision', record('d'), /hält man hier nicht fest/],
    ['a step that the package does not have', record('z'), /hält man hier nicht fest/],
    ['a day that is still to come', record('b', '2026-02-13'), /in der Zukunft/],
    ['a day before the step it follows', record('b', '2026-01-11'), /Der Schritt davor war am 12.01.2026/],
  ];
  for (const [what, command, words] of refused) {
    it(`refuses ${what}`, () => assert.match(refusal(new Play().do(record('a'), '2026-01-12').try(command, '2026-02-12')), words));
  }
  it('belongs to the authority: an applicant records nothing', () => {
    assert.ok(!new Play().try(record('a'), '2026-01-12', APPLICANT).ok);
  });
  it('§ 10 BauGB: no decision before the steps it follows', () => {
    const play = new Play()
      .do(record('a'), '2026-01-12')
      .do({ action: 'draft-decision', outcome: 'grant', feeCents: 0, text: TEXT }, '2026-01-13')
      .do({ action: 'submit-for-approval' }, '2026-01-13');
    assert.match(refusal(play.try({ action: 'approve', decisionId: 'x' }, '2026-01-14', LEAD)), /Vor «d» \(§ d\) fehlt noch: «c»/);
  });
  it('is kept in order whatever anybody tries: a done step has all its predecessors done, on no later day', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'z'), fc.integer({ min: 0, max: 60 })), { maxLength: 30 }), (tries) => {
        const play = new Play();
        for (const [id, days] of tries) {
          const on = Temporal.PlainDate.from('2026-01-01').add({ days }).toString();
          if (play.try(record(id, on), '2026-02-12').ok) play.do(record(id, on), '2026-02-12');
        }
        const course = courseOf(play.state, RULES);
        for (const one of course.filter(({ stage }) => stage === 'done')) {
          for (const before of course.filter(({ milestone }) => one.milestone.after.includes(milestone.id))) {
            assert.equal(before.stage, 'done');
            assert.ok(before.on! <= one.on!);
          }
        }
      }),
    );
  });
});

describe('Verkündung instead of Bekanntgabe', () => {
  it('is in force after the package’s days; § 47 Abs. 2 VwGO: a year from the promulgation', () => {
    const { state } = adopted().do({ action: 'record-bekanntgabe', via: 'verkuendung', on: '2026-03-20' }, '2026-03-20');
    assert.deepEqual(state.decisions[0]!.delivery, { via: 'verkuendung', on: '2026-03-20', bekanntgabeOn: '2026-03-21', remedyUntil: '2027-03-22' });
    assert.deepEqual(
      courseOf(state, RULES).map(({ stage }) => stage),
      ['done', 'done', 'done', 'done', 'done'],
    );
  });
  it('is not sent to one person, and a Bescheid is not promulgated', () => {
    assert.match(refusal(adopted().try({ action: 'record-bekanntgabe', via: 'post', on: '2026-03-20' }, '2026-03-20')), /wird verkündet/);
    const { promulgation: _none, ...plain } = RULES;
    const decided = decide(
      { action: 'record-bekanntgabe', via: 'verkuendung', on: '2026-03-20' },
      { state: adopted().state, rules: plain, party: OFFICER, now: at('2026-03-20') },
    );
    assert.match(refusal(decided), /nicht verkündet/);
  });
  it('never lands in a Postfach, has no Widerspruch (§ 68 VwGO) and does not become bestandskräftig', () => {
    const play = adopted().system({ action: 'provide-in-postfach', decisionId: 'x' }, '2026-03-17');
    assert.equal(play.state.decisions[0]!.delivery, undefined);
    play.do({ action: 'record-bekanntgabe', via: 'verkuendung', on: '2026-03-20' }, '2026-03-20');
    assert.ok(!play.try({ action: 'object', text: 'Nein' }, '2026-03-21', APPLICANT).ok);
    assert.deepEqual(deadlinesOf(play.state, RULES), []);
    assert.equal(play.system({ action: 'become-final' }, '2030-01-01').state.status, 'bekanntgegeben');
  });
});
