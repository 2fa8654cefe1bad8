import { wrongState } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { presentDecision } from './case.ts';
import type { CommandOfSystem, SystemCommand } from './commands.ts';
import type { Circumstances, Decided } from './decide.ts';
import { decisionDue } from './deadlines.ts';
import { deliver } from './delivery.ts';
import type { CaseEvent } from './events.ts';
import { untilFrom, validityOf } from './validity.ts';

type SystemCircumstances = Omit<Circumstances, 'party'>;

/** What happens without a person. Every branch is idempotent: asked twice, it gives no second event. */
export function decideSystem(command: SystemCommand, circumstances: SystemCircumstances): Decided {
  const { state, rules, now } = circumstances;
  const today = legalDay(now).toString();
  const decision = presentDecision(state);
  switch (command.action) {
    case 'hand-to-person':
      if (state.handedToPerson.length > 0) return ok([]);
      return ok([{ kind: 'an-person-gegeben', facts: { reasons: command.reasons } }]);
    case 'decide-automatically':
      return decideAutomatically(command, circumstances);
    case 'seal': {
      const unsealed = state.decisions.some(({ id, pdfSha256 }) => id === command.decisionId && pdfSha256 === undefined);
      if (!unsealed) return ok([]);
      return ok([{ kind: 'bescheid-versiegelt', facts: { decisionId: command.decisionId, pdfSha256: command.pdfSha256 } }]);
    }
    case 'provide-in-postfach':
      if (rules.promulgation !== undefined || decision?.id !== command.decisionId || decision.delivery !== undefined) return ok([]);
      return ok([deliver(state, decision, 'postfach', today, rules)]);
    case 'expire-request':
      if (state.status !== 'unvollstaendig' || state.request!.dueOn >= today) return ok([]);
      return ok([{ kind: 'nachforderung-abgelaufen', facts: { requestId: state.request!.id } }]);
    case 'expire-hearing':
      if (state.status !== 'anhoerung' || state.hearing!.dueOn >= today) return ok([]);
      return ok([{ kind: 'anhoerung-abgelaufen', facts: { hearingId: state.hearing!.id } }]);
    case 'watch-period':
      return watchPeriod(command, circumstances);
    case 'become-final': {
      const until = decision?.delivery?.remedyUntil;
      if (rules.promulgation !== undefined || state.status !== 'bekanntgegeben' || until === undefined || until >= today) return ok([]);
      return ok([{ kind: 'bestandskraeftig', facts: { since: Temporal.PlainDate.from(until).add({ days: 1 }).toString() } }]);
    }
  }
}

/**
 * Before the period ends and after it has passed the desk is told, once each; where a statute orders it,
 * the permit is then deemed given. Recomputed from the events: a moved period is warned of anew.
 */
function watchPeriod({ decisionId }: CommandOfSystem<'watch-period'>, { state, rules, now }: SystemCircumstances): Decided {
  const today = legalDay(now);
  const due = decisionDue(state, rules);
  if (due === undefined) return ok([]);
  const dueOn = due.toString();
  const passed = Temporal.PlainDate.compare(due, today) < 0;
  if (!passed && Temporal.PlainDate.compare(due.subtract({ days: rules.warnDays }), today) > 0) return ok([]);
  const stage = passed ? 'nachher' : 'vorher';
  const warned = state.warned?.dueOn === dueOn && (state.warned.stage === stage || state.warned.stage === 'nachher');
  const events: CaseEvent[] = warned ? [] : [{ kind: 'frist-gewarnt', facts: { dueOn, stage } }];
  if (passed && rules.fictionBasis !== undefined) {
    const since = due.add({ days: 1 }).toString();
    const validity = validityOf({ kind: 'bescheid', outcome: 'grant' }, state, rules, since);
    const validUntil = validity?.until ?? (validity && untilFrom({ validity, decidedOn: since }, since, rules));
    events.push({ kind: 'genehmigung-fingiert', facts: { decisionId, since, legalBasis: rules.fictionBasis, ...(validUntil && { validUntil }) } });
  }
  return ok(events);
}

/** § 35a VwVfG: only where a statute allows it, only to grant, only from a fresh application. */
function decideAutomatically(command: CommandOfSystem<'decide-automatically'>, { state, rules, now }: SystemCircumstances): Decided {
  if (rules.automationBasis === undefined || rules.discretion) {
    return refuse(wrongState('Diese Leistung darf nicht vollautomatisch entschieden werden (§ 35a VwVfG).'));
  }
  if (state.status !== 'eingegangen' || state.handedToPerson.length > 0) return ok([]);
  const decidedOn = legalDay(now).toString();
  const validity = validityOf({ kind: 'bescheid', outcome: 'grant' }, state, rules, decidedOn);
  const events: CaseEvent[] = [
    { kind: 'vollstaendig', facts: { completeOn: state.lastFiledOn, by: 'rule' } },
    {
      kind: 'bescheid-erlassen',
      facts: {
        decisionId: command.decisionId,
        decisionKind: 'bescheid',
        outcome: 'grant',
        channel: state.channel,
        feeCents: command.feeCents,
        decidedOn,
        automated: true,
        legalBasis: rules.automationBasis,
        ...(command.registerNumber === undefined ? {} : { registerNumber: command.registerNumber }),
        ...(command.documents === undefined ? {} : { documents: command.documents }),
        ...(validity && { validity }),
      },
      content: { text: command.text },
    },
  ];
  return ok(events);
}
