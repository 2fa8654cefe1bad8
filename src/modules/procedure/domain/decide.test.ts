import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { availableActions, type Party } from './available-actions.ts';
import type { Case } from './case.ts';
import type { CaseCommand, SystemCommand } from './commands.ts';
import { deadlinesOf, decisionDeadline } from './deadlines.ts';
import { decide, decideBySystem } from './decide.ts';
import type { CaseEvent, DecisionText, StoredEvent } from './events.ts';
import { evolve, replay } from './evolve.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import { ACTIONS, STATUSES, type CaseAction } from './status.ts';

const OFFICER: Party = { ref: 'staff:anna', kind: 'authority', leads: false };
const LEAD: Party = { ref: 'staff:bert', kind: 'authority', leads: true };
const APPLICANT: Party = { ref: 'citizen:kp', kind: 'applicant', leads: false };

const everywhere = Object.fromEntries(STATUSES.map((status) => [status, ACTIONS])) as ProcedureRules['offered'];
const RULES: ProcedureRules = {
  offered: everywhere,
  decisionPeriod: { length: 3, unit: 'months', legalBasis: '§ 42a Abs. 2 VwVfG' },
  extension: { length: 1, unit: 'months', legalBasis: '§ 42a Abs. 2 Satz 3 VwVfG' },
  warnDays: 14,
  requestDays: 21,
  hearingDays: 14,
  fourEyes: 'refusal',
  outcomes: ['grant', 'partial', 'refuse'],
  discretion: true,
  regime: 'hh',
};
const TEXT: DecisionText = { operative: ['Erteilt.'], nebenbestimmungen: [], reasons: ['Weil.'], discretion: ['Abgewogen.'], items: [] };
const at = (day: string): Temporal.Instant => Temporal.Instant.from(`${day}T09:00:00Z`);

/** A case played through its own law: each step is decided, then folded in. */
class Play {
  readonly events: StoredEvent[] = [];
  readonly #rules: ProcedureRules;
  constructor(rules: ProcedureRules = RULES, day = '2026-01-12') {
    this.#rules = rules;
    this.#take(
      [
        {
          kind: 'antrag-eingereicht',
          facts: {
            caseId: 'c',
            fileNumber: 'BF-2026-000001-K',
            service: 's',
            packageHash: 'h',
            authority: 'a',
            accountId: 'kp',
            channel: 'postfach',
            documents: [],
          },
          content: { answers: {}, applicant: { name: 'K P', addressLines: [] } },
        },
      ],
      'citizen:kp',
      day,
    );
  }
  get state(): Case {
    return replay(this.events);
  }
  #take(events: readonly CaseEvent[], actor: string, day: string): void {
    for (const event of events) this.events.push({ ...event, version: this.events.length + 1, at: at(day), actor });
  }
  try(party: Party, day: string, command: CaseCommand) {
    return decide(command, { state: this.state, rules: this.#rules, party, now: at(day) });
  }
  do(party: Party, day: string, command: CaseCommand): this {
    const decided = this.try(party, day, command);
    assert.ok(decided.ok, decided.ok ? '' : decided.problem.detail);
    this.#take(decided.value, party.ref, day);
    return this;
  }
  system(day: string, command: SystemCommand): this {
    const decided = decideBySystem(command, { state: this.state, rules: this.#rules, now: at(day) });
    assert.ok(decided.ok, decided.ok ? '' : decided.problem.detail);
    this.#take(decided.value, 'system:test', day);
    return this;
  }
  due(): string | undefined {
    return decisionDeadline(this.state, this.#rules)?.date.toString();
  }
}

const grant = { action: 'draft-decision', outcome: 'grant', feeCents: 5000, text: TEXT } as const;
const refusal = { ...grant, outcome: 'refuse' } as const;

describe('completeness', () => {
  it('no period runs before the documents are complete', () => {
    assert.equal(new Play().due(), undefined);
  });
  it('the period runs from the day of filing, not of the click', () => {
    assert.equal(new Play().do(OFFICER, '2026-01-20', { action: 'confirm-complete' }).due(), '2026-04-13'); // 12.4. is a Sunday
  });
  it('after a Nachforderung it runs from the day the answer came', () => {
    const play = new Play()
      .do(OFFICER, '2026-01-14', { action: 'request-documents', requestId: 'r', items: [{ id: 'foto', text: 'Foto' }], text: '' })
      .do(APPLICANT, '2026-02-02', { action: 'answer-request', text: 'Hier', documents: ['x'] })
      .do(OFFICER, '2026-02-10', { action: 'confirm-complete' });
    assert.equal(play.due(), '2026-05-04'); // 2.5. is a Saturday
  });
  it('completeness cannot lie before the application or in the future', () => {
    for (const day of ['2026-01-11', '2026-01-21'])
      assert.equal(new Play().try(OFFICER, '2026-01-20', { action: 'confirm-complete', completeOn: day }).ok, false);
  });
  it('a Nachforderung names at least one item and a day ahead', () => {
    const play = new Play();
    assert.equal(play.try(OFFICER, '2026-01-14', { action: 'request-documents', requestId: 'r', items: [], text: '' }).ok, false);
    assert.equal(
      play.try(OFFICER, '2026-01-14', { action: 'request-documents', requestId: 'r', items: [{ id: 'f', text: 'F' }], text: '', dueOn: '2026-01-14' }).ok,
      false,
    );
  });
});

describe('suspension and extension', () => {
  const complete = (): Play => new Play().do(OFFICER, '2026-01-12', { action: 'confirm-complete' });
  it('§ 209 BGB: a suspension really moves the deadline', () => {
    const play = complete().do(OFFICER, '2026-02-02', { action: 'suspend', reason: 'Gutachten' });
    assert.equal(play.due(), undefined);
    assert.deepEqual(deadlinesOf(play.state, RULES), []);
    play.do(OFFICER, '2026-02-12', { action: 'resume' });
    assert.equal(play.due(), '2026-04-22'); // 12.4. plus ten days
  });
  it('a backdated suspension moves it all the same', () => {
    const play = complete().do(OFFICER, '2026-02-20', { action: 'suspend', reason: 'x', from: '2026-02-01' }).do(OFFICER, '2026-02-21', { action: 'resume' });
    assert.equal(play.due(), '2026-05-04'); // twenty days: 2.5. is a Saturday
  });
  it('§ 42a Abs. 2 Satz 3 VwVfG: one extension, with reason', () => {
    assert.equal(complete().try(OFFICER, '2026-02-01', { action: 'extend', reason: ' ' }).ok, false);
    const play = complete().do(OFFICER, '2026-02-01', { action: 'extend', reason: 'Schwierig' });
    assert.equal(play.due(), '2026-05-12');
    assert.equal(play.try(OFFICER, '2026-02-02', { action: 'extend', reason: 'noch mal' }).ok, false);
  });
});

describe('decision', () => {
  const examined = (): Play => new Play().do(OFFICER, '2026-01-12', { action: 'confirm-complete' });
  it('§ 28 Abs. 1 VwVfG: no refusal without a hearing', () => {
    const refused = examined().try(OFFICER, '2026-01-13', refusal);
    assert.ok(!refused.ok);
    assert.match(refused.problem.fields![0]!.message, /§ 28/);
  });
  it('§ 39 Abs. 1 VwVfG: burdening needs reasons, discretion its points of view', () => {
    const bare = examined().try(OFFICER, '2026-01-13', { ...grant, outcome: 'partial', text: { ...TEXT, reasons: [' '], discretion: [] } });
    assert.ok(!bare.ok);
    assert.deepEqual(
      bare.problem.fields?.map((one) => one.field),
      ['reasons', 'discretion'],
    );
  });
  it('four eyes: a refusal needs a second person with the role Leitung', () => {
    const play = examined()
      .do(OFFICER, '2026-01-13', { action: 'hear', hearingId: 'h', text: 'Ablehnung erwogen' })
      .do(APPLICANT, '2026-01-14', { action: 'answer-hearing', text: 'Bitte nicht' })
      .do(LEAD, '2026-01-15', refusal);
    assert.equal(play.try(LEAD, '2026-01-15', { action: 'decide', decisionId: 'd' }).ok, false);
    play.do(LEAD, '2026-01-15', { action: 'submit-for-approval' });
    assert.equal(play.try(LEAD, '2026-01-15', { action: 'approve', decisionId: 'd' }).ok, false, 'own draft');
    assert.equal(play.try(OFFICER, '2026-01-15', { action: 'approve', decisionId: 'd' }).ok, false, 'no Leitung');
    const other: Party = { ...LEAD, ref: 'staff:carla' };
    assert.equal(play.do(other, '2026-01-15', { action: 'approve', decisionId: 'd' }).state.status, 'beschlossen');
  });
  it('a returned draft goes back to where it came from', () => {
    const play = examined()
      .do(OFFICER, '2026-01-13', { action: 'hear', hearingId: 'h', text: 'x' })
      .do(APPLICANT, '2026-01-14', { action: 'answer-hearing', text: 'y' })
      .do(OFFICER, '2026-01-15', refusal)
      .do(OFFICER, '2026-01-15', { action: 'submit-for-approval' });
    assert.equal(play.do(LEAD, '2026-01-16', { action: 'return-draft', remark: 'kürzer' }).state.status, 'in_pruefung');
    assert.equal(play.state.draft?.returned, 'kürzer');
  });
  const decided = (): Play =>
    examined()
      .do(OFFICER, '2026-01-13', grant)
      .do(OFFICER, '2026-01-13', { action: 'decide', decisionId: 'd' })
      .system('2026-01-13', { action: 'seal', decisionId: 'd', pdfSha256: 'x' });
  it('§ 9 OZG, § 70 VwGO: provided in the Postfach, known on the fourth day, Widerspruch for a month', () => {
    const { delivery } = decided().system('2026-01-13', { action: 'provide-in-postfach', decisionId: 'd' }).state.decisions[0]!;
    assert.equal(delivery?.bekanntgabeOn, '2026-01-17'); // a Saturday: the fiction is no Frist
    assert.equal(delivery?.remedyUntil, '2026-02-17');
  });
  it('§ 41 Abs. 2 Satz 3 VwVfG: a proven later receipt moves the remedy', () => {
    const play = decided()
      .system('2026-01-13', { action: 'provide-in-postfach', decisionId: 'd' })
      .do(OFFICER, '2026-02-01', { action: 'record-bekanntgabe', via: 'zugang', on: '2026-01-30' });
    assert.equal(play.state.decisions[0]!.delivery?.remedyUntil, '2026-03-02'); // 28.2. is a Saturday
  });
  it('by post the authority records the day of posting', () => {
    const play = decided().do(OFFICER, '2026-01-14', { action: 'record-bekanntgabe', via: 'post', on: '2026-01-14' });
    assert.equal(play.state.decisions[0]!.delivery?.bekanntgabeOn, '2026-01-18');
  });
  it('seal and delivery asked twice happen once', () => {
    const play = decided().system('2026-01-13', { action: 'provide-in-postfach', decisionId: 'd' });
    const before = play.events.length;
    play.system('2026-01-14', { action: 'seal', decisionId: 'd', pdfSha256: 'y' }).system('2026-01-14', { action: 'provide-in-postfach', decisionId: 'd' });
    assert.equal(play.events.length, before);
  });
  it('§ 70 VwGO: a late Widerspruch is taken and marked late; in time it stops the case from becoming final', () => {
    const known = (): Play => decided().system('2026-01-13', { action: 'provide-in-postfach', decisionId: 'd' });
    assert.equal(known().do(APPLICANT, '2026-02-17', { action: 'object', text: 'Nein' }).state.objection?.inTime, true);
    assert.equal(known().do(APPLICANT, '2026-02-18', { action: 'object', text: 'Nein' }).state.objection?.inTime, false);
    assert.equal(known().system('2026-02-17', { action: 'become-final' }).state.status, 'bekanntgegeben');
    assert.equal(known().system('2026-02-18', { action: 'become-final' }).state.status, 'bestandskraeftig');
    assert.equal(
      known().do(APPLICANT, '2026-02-17', { action: 'object', text: 'Nein' }).system('2026-03-18', { action: 'become-final' }).state.status,
      'widerspruch',
    );
  });
  it('§§ 48, 49 VwVfG: a decision is never edited, another follows it', () => {
    const play = decided()
      .system('2026-01-13', { action: 'provide-in-postfach', decisionId: 'd' })
      .do(OFFICER, '2026-01-20', { action: 'follow-decision', decisionKind: 'berichtigung', outcome: 'grant', feeCents: 0, text: TEXT })
      .do(OFFICER, '2026-01-20', { action: 'decide', decisionId: 'e' });
    assert.deepEqual(
      play.state.decisions.map(({ id, kind, follows }) => [id, kind, follows]),
      [
        ['d', 'bescheid', undefined],
        ['e', 'berichtigung', 'd'],
      ],
    );
  });
});

describe('§ 35a VwVfG: automation', () => {
  const auto = { action: 'decide-automatically', decisionId: 'd', feeCents: 6500, text: TEXT } as const;
  const RIGHT: ProcedureRules = { ...RULES, discretion: false, automationBasis: '§ 35a HmbVwVfG' };
  it('needs a statute and no discretion', () => {
    for (const rules of [RULES, { ...RIGHT, discretion: true }]) {
      const play = new Play(rules);
      assert.equal(decideBySystem(auto, { state: play.state, rules, now: at('2026-01-12') }).ok, false);
    }
  });
  it('decides once, and never what a person has been asked to look at', () => {
    assert.equal(new Play(RIGHT).system('2026-01-12', auto).system('2026-01-12', auto).state.decisions.length, 1);
    const handed = new Play(RIGHT).system('2026-01-12', { action: 'hand-to-person', reasons: ['Freitext'] }).system('2026-01-12', auto);
    assert.equal(handed.state.decisions.length, 0);
  });
});

describe('available actions', () => {
  it('applicant and authority never share an action, and revision-like parties lead nothing', () => {
    const { state } = new Play();
    const applicant = new Set<CaseAction>(availableActions(state, RULES, APPLICANT));
    for (const action of availableActions(state, RULES, OFFICER)) assert.ok(!applicant.has(action), action);
  });
  it('what is not offered is refused, in words', () => {
    const refused = new Play().try(APPLICANT, '2026-01-13', { action: 'object', text: 'x' });
    assert.ok(!refused.ok && refused.problem.kind === 'wrong-state' && refused.problem.detail.length > 20);
  });
  it('any sequence of allowed actions folds to the same state twice, with versions in order', () => {
    const commands: CaseCommand[] = [
      { action: 'confirm-complete' },
      { action: 'request-documents', requestId: 'r', items: [{ id: 'a', text: 'A' }], text: '' },
      { action: 'hear', hearingId: 'h', text: 't' },
      { action: 'suspend', reason: 'r' },
      { action: 'resume' },
      { action: 'extend', reason: 'r' },
      grant,
      refusal,
      { action: 'submit-for-approval' },
      { action: 'approve', decisionId: 'd' },
      { action: 'decide', decisionId: 'd' },
      { action: 'note', text: 'n' },
      { action: 'assign', staffId: 'x' },
      { action: 'answer-request', text: 'a', documents: [] },
      { action: 'answer-hearing', text: 'a' },
      { action: 'withdraw', reason: '' },
    ];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(commands.length - 1), fc.constantFrom(OFFICER, LEAD, APPLICANT)), { maxLength: 25 }), (steps) => {
        const play = new Play();
        for (const [index, party] of steps) if (play.try(party, '2026-01-14', commands[index]!).ok) play.do(party, '2026-01-14', commands[index]!);
        const folded = play.events.reduce<Case | undefined>(evolve, undefined)!;
        assert.deepEqual(folded, play.state);
        assert.equal(folded.version, play.events.length);
      }),
    );
  });
});

describe('§ 42a VwVfG: what the end of the period does', () => {
  const fiction: ProcedureRules = { ...RULES, fictionBasis: '§ 63 Abs. 5 HBauO' };
  const complete = (rules: ProcedureRules) => new Play(rules).do(OFFICER, '2026-01-20', { action: 'confirm-complete' }); // until 13.4.
  const watch = { action: 'watch-period', decisionId: 'd' } as const;
  const kinds = (play: Play) => play.events.slice(2).map((event) => event.kind);

  it('a deadline alone gives no permit: the desk is warned, and told again when it has passed', () => {
    const play = complete(RULES).system('2026-03-29', watch).system('2026-03-30', watch).system('2026-03-31', watch).system('2026-04-13', watch);
    assert.deepEqual(kinds(play), ['frist-gewarnt']);
    play.system('2026-04-14', watch).system('2026-04-15', watch);
    assert.deepEqual(kinds(play), ['frist-gewarnt', 'frist-gewarnt']);
    assert.equal(play.state.status, 'in_pruefung');
  });
  it('§ 42a Abs. 1: where a statute orders it, the permit counts as given from the day after', () => {
    const play = complete(fiction).system('2026-04-13', watch);
    assert.equal(play.state.status, 'in_pruefung');
    play.system('2026-04-20', watch).system('2026-04-21', watch);
    assert.equal(play.state.status, 'bekanntgegeben');
    assert.deepEqual(
      play.state.decisions.map(({ kind, outcome, decidedOn, legalBasis }) => ({ kind, outcome, decidedOn, legalBasis })),
      [{ kind: 'fiktion', outcome: 'grant', decidedOn: '2026-04-14', legalBasis: '§ 63 Abs. 5 HBauO' }],
    );
  });
  it('§ 42a Abs. 3: a certificate on request, of a fiction only', () => {
    const play = complete(fiction);
    assert.equal(play.try(APPLICANT, '2026-04-20', { action: 'request-certificate' }).ok, false);
    play.system('2026-04-20', watch).do(APPLICANT, '2026-04-21', { action: 'request-certificate' });
    assert.equal(play.events.at(-1)!.kind, 'bescheinigung-verlangt');
  });
  it('§ 42a Abs. 3: one request is answered once: the certificate is there', () => {
    const play = complete(fiction).system('2026-04-20', watch).do(APPLICANT, '2026-04-21', { action: 'request-certificate' });
    assert.equal(play.try(APPLICANT, '2026-04-21', { action: 'request-certificate' }).ok, false);
    assert.equal(play.try(OFFICER, '2026-05-04', { action: 'request-certificate' }).ok, false);
    assert.equal(kinds(play).filter((kind) => kind === 'bescheinigung-verlangt').length, 1);
  });
  it('incomplete documents start no period, so nothing is deemed given', () => {
    assert.deepEqual(kinds(new Play(fiction).system('2030-01-01', watch)), []);
  });
  it('while suspended nothing is warned of or deemed given; the moved end is warned of anew', () => {
    const play = complete(fiction)
      .system('2026-04-01', watch)
      .do(OFFICER, '2026-04-02', { action: 'suspend', reason: 'Gutachten' })
      .system('2026-06-01', watch)
      .do(OFFICER, '2026-06-02', { action: 'resume' });
    assert.equal(play.due(), '2026-06-12'); // 61 days after 12.4., a Sunday whose shift no longer counts
    play.system('2026-06-02', watch);
    assert.deepEqual(kinds(play), ['frist-gewarnt', 'frist-ausgesetzt', 'frist-fortgesetzt', 'frist-gewarnt']);
  });
  it('a decision before the end leaves nothing to deem', () => {
    const play = complete(fiction).do(OFFICER, '2026-02-01', grant).do(OFFICER, '2026-02-01', { action: 'decide', decisionId: 'x' });
    assert.deepEqual(kinds(play.system('2026-05-01', watch)), ['entscheidung-entworfen', 'bescheid-erlassen']);
  });
  it('the deadline row fires at the warning, then after the end, then never again', () => {
    const play = complete(RULES);
    const fires = () => deadlinesOf(play.state, RULES).find((one) => one.kind === 'entscheidung')?.firesOn;
    assert.equal(fires(), '2026-03-30');
    assert.equal((play.system('2026-03-30', watch), fires()), '2026-04-14');
    assert.equal((play.system('2026-04-14', watch), fires()), undefined);
  });
});
