import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Validity } from '../../catalogue/public.ts';
import type { Case, Decision } from './case.ts';
import type { CaseCommand, SystemCommand } from './commands.ts';
import { decide, decideBySystem } from './decide.ts';
import type { CaseEvent, DecisionText, StoredEvent } from './events.ts';
import { replay } from './evolve.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import { ACTIONS, STATUSES } from './status.ts';
import { isNearEnd, lastDayAfter, lastDayFrom, remindersOf, validFor, validUntil } from './validity.ts';

const REMIND: Validity['remind'] = [
  { validFrom: '2020-01-01', daysBefore: [14, 60], source: 'test' },
  { validFrom: '2027-01-01', daysBefore: [30], source: 'test' },
];
const rule = (more: Partial<Validity>): Validity => ({ terms: [], named: false, same: ['plate'], again: 'neu', remind: REMIND, ...more });
const year = { validFrom: '2020-01-01', length: 1, unit: 'years', legalBasis: '§', verified: false } as const;
const FROM_DECISION = rule({ from: 'decision', terms: [year], continues: { field: 'expiresOn', withinDays: 42 } });
const FROM_BEKANNTGABE = rule({
  from: 'announcement',
  terms: [
    { ...year, length: 2 },
    { ...year, validFrom: '2030-01-01', length: 3 },
  ],
  named: true,
});
const ASKED_FOR = rule({ until: 'until', named: true });

const LEAD = { ref: 'staff:bert', kind: 'authority', leads: true } as const;
const APPLICANT = { ref: 'citizen:kp', kind: 'applicant', leads: false, accountId: 'kp' } as const;
const TEXT: DecisionText = { operative: ['Erteilt.'], nebenbestimmungen: [], reasons: ['Weil.'], discretion: [], items: [] };
const at = (day: string): Temporal.Instant => Temporal.Instant.from(`${day}T09:00:00Z`);

const BY_APPLICANT: ReadonlySet<string> = new Set(['answer-hearing', 'withdraw', 'object']);

/** A case that is heard and complete, played on by commands. */
class Play {
  readonly events: StoredEvent[] = [];
  readonly rules: ProcedureRules;
  constructor(validity: Validity | undefined, answers: Case['answers'] = {}, more: Partial<ProcedureRules> = {}) {
    this.rules = {
      offered: Object.fromEntries(STATUSES.map((status) => [status, ACTIONS])) as ProcedureRules['offered'],
      warnDays: 14,
      requestDays: 21,
      hearingDays: 14,
      fourEyes: 'never',
      outcomes: ['grant', 'partial', 'refuse'],
      discretion: false,
      regime: 'hh',
      ...(validity && { validity }),
      ...more,
    };
    const facts = {
      caseId: 'c',
      fileNumber: 'X',
      service: 's',
      packageHash: 'h',
      authority: 'a',
      accountId: 'kp',
      channel: 'postfach',
      documents: [],
    } as const;
    this.#take([{ kind: 'antrag-eingereicht', facts, content: { answers, applicant: { name: 'K P', addressLines: [] } } }], '2026-11-02');
  }
  get state(): Case {
    return replay(this.events);
  }
  #take(events: readonly CaseEvent[], day: string): void {
    for (const event of events) this.events.push({ ...event, version: this.events.length + 1, at: at(day), actor: 'x' });
  }
  try(day: string, command: CaseCommand) {
    return decide(command, { state: this.state, rules: this.rules, party: BY_APPLICANT.has(command.action) ? APPLICANT : LEAD, now: at(day) });
  }
  do(day: string, command: CaseCommand): this {
    const decided = this.try(day, command);
    assert.ok(decided.ok, decided.ok ? '' : JSON.stringify(decided.problem));
    this.#take(decided.value, day);
    return this;
  }
  system(day: string, command: SystemCommand): this {
    const decided = decideBySystem(command, { state: this.state, rules: this.rules, now: at(day) });
    assert.ok(decided.ok);
    this.#take(decided.value, day);
    return this;
  }
  complete(): this {
    return this.do('2026-11-03', { action: 'confirm-complete' })
      .do('2026-11-03', { action: 'hear', hearingId: 'h', text: '?' })
      .do('2026-11-04', { action: 'answer-hearing', text: '!' });
  }
  /** Drafted, decided and brought into the Postfach on one day. */
  decided(day: string, id: string, draft: object = {}): this {
    return this.as('draft-decision', day, id, draft);
  }
  as(action: 'draft-decision' | 'decide-objection' | 'follow-decision', day: string, id: string, draft: object = {}): this {
    return this.do(day, { action, outcome: 'grant', feeCents: 0, text: TEXT, ...draft })
      .do(day, { action: 'decide', decisionId: id })
      .system(day, { action: 'provide-in-postfach', decisionId: id });
  }
}

describe('the last day', () => {
  const first: [string, number, 'days' | 'months' | 'years', string][] = [
    ['2026-11-24', 1, 'years', '2027-11-23'],
    ['2028-02-29', 1, 'years', '2029-02-28'],
    ['2026-08-31', 6, 'months', '2027-02-28'],
    ['2026-01-29', 1, 'months', '2026-02-28'],
    ['2026-03-01', 1, 'months', '2026-03-31'],
    ['2026-11-24', 1, 'days', '2026-11-24'],
  ];
  for (const [day, length, unit, last] of first)
    it(`§ 187 Abs. 2, § 188 BGB: ${length} ${unit} of which ${day} is the first day end on ${last}`, () =>
      assert.equal(lastDayFrom(day, { length, unit }), last));
  const after: [string, number, 'days' | 'months' | 'years', string][] = [
    ['2026-11-28', 2, 'years', '2028-11-28'],
    ['2028-02-29', 3, 'years', '2031-02-28'],
    ['2026-08-31', 6, 'months', '2027-02-28'],
  ];
  for (const [day, length, unit, last] of after)
    it(`§ 187 Abs. 1, § 188 BGB: ${length} ${unit} after ${day} end on ${last}, a day of rest or not`, () =>
      assert.equal(lastDayAfter(day, { length, unit }), last));
});

describe('how long a grant holds', () => {
  it('runs from the decision, and is there once the decision is made known', () => {
    const play = new Play(FROM_DECISION).complete().do('2026-11-24', { action: 'draft-decision', outcome: 'grant', feeCents: 0, text: TEXT });
    play.do('2026-11-24', { action: 'decide', decisionId: 'd' });
    assert.equal(validUntil(play.state), undefined, 'decided, nobody knows of it');
    play.system('2026-11-24', { action: 'provide-in-postfach', decisionId: 'd' });
    assert.equal(validUntil(play.state), '2027-11-23');
  });
  it('runs from the Bekanntgabe, with the length in force on the day of the decision, and anew from a proven later receipt', () => {
    const play = new Play(FROM_BEKANNTGABE)
      .complete()
      .do('2026-11-24', { action: 'draft-decision', outcome: 'grant', channel: 'post', feeCents: 0, text: TEXT });
    play
      .do('2026-11-24', { action: 'decide', decisionId: 'd' })
      .system('2026-11-24', { action: 'seal', decisionId: 'd', pdfSha256: 'x' })
      .do('2026-11-24', { action: 'record-bekanntgabe', via: 'post', on: '2026-11-24' });
    assert.equal(play.state.decisions[0]!.delivery!.bekanntgabeOn, '2026-11-28');
    assert.equal(validUntil(play.state), '2028-11-28');
    play.do('2026-12-10', { action: 'record-bekanntgabe', via: 'zugang', on: '2026-12-08' });
    assert.equal(validUntil(play.state), '2028-12-08');
  });
  it('is the day that was asked for, unless the decision names another', () => {
    const answers = { until: '2027-04-15' };
    assert.equal(validUntil(new Play(ASKED_FOR, answers).complete().decided('2026-11-24', 'd').state), '2027-04-15');
    assert.equal(
      validUntil(new Play(ASKED_FOR, answers).complete().decided('2026-11-24', 'd', { outcome: 'partial', validUntil: '2027-03-01' }).state),
      '2027-03-01',
    );
  });
  const refused: [string, Validity | undefined, string, RegExp][] = [
    ['the past', ASKED_FOR, '2026-11-23', /Vergangenheit/],
    ['no day', ASKED_FOR, '2027-02-30', /als Datum/],
    ['a day where the package has its own', FROM_DECISION, '2027-05-01', /steht im Leistungspaket/],
    ['a day where nothing ends', undefined, '2027-05-01', /steht im Leistungspaket/],
  ];
  for (const [name, validity, day, message] of refused)
    it(`cannot be named as ${name}`, () => {
      const tried = new Play(validity).complete().try('2026-11-24', { action: 'draft-decision', outcome: 'grant', feeCents: 0, text: TEXT, validUntil: day });
      assert.ok(!tried.ok && tried.problem.kind === 'invalid-input');
      assert.deepEqual(
        tried.problem.fields!.map(({ field }) => field),
        ['validUntil'],
      );
      assert.match(tried.problem.fields![0]!.message, message);
    });
  it('a renewal joins what still holds, and a day too far ahead is not believed', () => {
    const renewed = (expiresOn: string) => validUntil(new Play(FROM_DECISION, { expiresOn }).complete().decided('2026-11-24', 'd').state);
    assert.equal(renewed('2026-12-20'), '2027-12-20');
    assert.equal(renewed('2027-01-06'), '2027-11-23', '43 days ahead');
    assert.equal(renewed('2026-11-23'), '2027-11-23', 'over already');
  });
  it('no end for a refusal, for a package without one, and for what is withdrawn', () => {
    assert.equal(validUntil(new Play(FROM_DECISION).complete().decided('2026-11-24', 'd', { outcome: 'refuse' }).state), undefined);
    assert.equal(validUntil(new Play(undefined).complete().decided('2026-11-24', 'd').state), undefined);
    assert.equal(validUntil(new Play(FROM_DECISION).do('2026-11-05', { action: 'withdraw', reason: '' }).state), undefined);
  });
  it('§ 48, § 49 VwVfG: what is taken back holds no more; taken back in part, the rest holds as long', () => {
    for (const decisionKind of ['ruecknahme', 'widerruf'] as const) {
      const granted = () => new Play(FROM_DECISION).complete().decided('2026-11-24', 'd');
      assert.equal(validUntil(granted().as('follow-decision', '2027-02-01', 'e', { decisionKind, outcome: 'refuse' }).state), undefined);
      assert.equal(validUntil(granted().as('follow-decision', '2027-02-01', 'e', { decisionKind }).state), undefined);
      assert.equal(validUntil(granted().as('follow-decision', '2027-02-01', 'e', { decisionKind, outcome: 'partial' }).state), '2027-11-23');
    }
  });
  it('§ 42 VwVfG: a correction does not begin the time anew, and may name another day', () => {
    const granted = () => new Play(FROM_BEKANNTGABE).complete().decided('2026-11-24', 'd');
    assert.equal(validUntil(granted().as('follow-decision', '2027-02-01', 'e', { decisionKind: 'berichtigung' }).state), '2028-11-28');
    assert.equal(
      validUntil(granted().as('follow-decision', '2027-02-01', 'e', { decisionKind: 'berichtigung', validUntil: '2027-12-31' }).state),
      '2027-12-31',
    );
  });
  it('§ 73 VwGO: a Widerspruch that fails leaves the grant; one that succeeds against a refusal begins it', () => {
    const objected = (outcome: 'grant' | 'refuse') =>
      new Play(FROM_DECISION).complete().decided('2026-11-24', 'd', { outcome }).do('2026-12-01', { action: 'object', text: 'Nein' });
    assert.equal(validUntil(objected('grant').as('decide-objection', '2027-01-11', 'w', { outcome: 'refuse' }).state), '2027-11-23');
    assert.equal(validUntil(objected('refuse').as('decide-objection', '2027-01-11', 'w', { outcome: 'refuse' }).state), undefined);
    assert.equal(validUntil(objected('refuse').as('decide-objection', '2027-01-11', 'w').state), '2028-01-10');
  });
  it('§ 42a VwVfG: what counts as granted holds from that day on', () => {
    const period = { decisionPeriod: { length: 1, unit: 'months', legalBasis: '§ 42a VwVfG' }, fictionBasis: '§ 42a VwVfG' } as const;
    const play = new Play(FROM_BEKANNTGABE, {}, period).do('2026-11-03', { action: 'confirm-complete' });
    play.system('2027-01-10', { action: 'watch-period', decisionId: 'f' });
    const since = play.state.decisions[0]!.decidedOn;
    assert.equal(validUntil(play.state), Temporal.PlainDate.from(since).add({ years: 2 }).toString());
  });
});

describe('what a grant is for, and when its holder hears of its end', () => {
  const rules = (same: string[]) => ({ validity: rule({ same }) }) as unknown as ProcedureRules;
  it('is the same however it is written, and another where it differs', () => {
    const one = validFor(rules(['plate', 'site']), { plate: 'HH-KP 2026', site: { street: 'Beispielstraße', houseNumber: '12' } });
    assert.deepEqual(validFor(rules(['plate', 'site']), { plate: 'hh kp2026', site: { houseNumber: '12', street: 'BEISPIELSTRAßE' } }), one);
    assert.notDeepEqual(validFor(rules(['plate', 'site']), { plate: 'HH-KP 2027', site: { street: 'Beispielstraße', houseNumber: '12' } }), one);
    const trees = (...lon: number[]) => validFor(rules(['trees.position']), { trees: lon.map((x) => ({ position: { lon: x, lat: 53.5 } })) });
    assert.deepEqual(trees(9.93521, 9.94), trees(9.94, 9.93522));
    assert.notDeepEqual(trees(9.93521), trees(9.93521, 9.94));
  });
  const held = (bekanntgabeOn: string) => ({ decisions: [{ decidedOn: bekanntgabeOn, delivery: { bekanntgabeOn } } as Decision] }) as unknown as Case;
  it('on the days in force, the longest first, and never before it was held', () => {
    assert.deepEqual(remindersOf(rule({}), '2026-12-20', held('2026-01-01'), '2026-11-24'), [60, 14]);
    assert.deepEqual(remindersOf(rule({}), '2026-12-20', held('2026-11-01'), '2026-11-24'), [14]);
    assert.deepEqual(remindersOf(rule({}), '2027-12-20', held('2026-01-01'), '2027-01-01'), [30]);
    assert.equal(isNearEnd(rule({}), '2026-12-20', '2026-10-20'), false);
    assert.equal(isNearEnd(rule({}), '2026-12-20', '2026-10-21'), true);
  });
});
