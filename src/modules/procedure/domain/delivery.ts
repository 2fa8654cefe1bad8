import { bekanntgabe, widerspruchsfrist } from './bekanntgabe.ts';
import type { Case, Decision } from './case.ts';
import type { Channel, Day, EventOf } from './events.ts';
import { fristEnde } from './frist.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import { untilFrom } from './validity.ts';

/**
 * The Bekanntgabe of a decision, with the day until which a Widerspruch is possible.
 * @param via `zugang` is a proven receipt, later than what the fiction says
 * @param on  day of posting, of providing in the Postfach, or of the proven receipt
 */
export function deliver(
  state: Case,
  decision: Decision,
  via: Channel | 'zugang' | 'verkuendung',
  on: Day,
  rules: ProcedureRules,
): EventOf<'bescheid-bekanntgegeben'> {
  const day = Temporal.PlainDate.from(on);
  if (via === 'verkuendung') return promulgated(state, decision, day, rules);
  const known = via === 'zugang' ? provenReceipt(decision, day, rules) : bekanntgabe(via, day, rules.regime)?.date;
  const bekanntgabeOn = known ?? day;
  const validUntil = untilFrom(decision, bekanntgabeOn.toString(), rules);
  return {
    kind: 'bescheid-bekanntgegeben',
    facts: {
      decisionId: decision.id,
      caseId: state.id,
      via,
      on,
      bekanntgabeOn: bekanntgabeOn.toString(),
      remedyUntil: widerspruchsfrist(bekanntgabeOn, rules.regime).date.toString(),
      ...(validUntil && { validUntil }),
    },
  };
}

/** A norm: in force after the package's days, its first remedy open from the day of promulgation (e.g. § 47(2) VwGO). */
function promulgated(state: Case, decision: Decision, day: Temporal.PlainDate, rules: ProcedureRules): EventOf<'bescheid-bekanntgegeben'> {
  const { inForceDays, remedies } = rules.promulgation!;
  return {
    kind: 'bescheid-bekanntgegeben',
    facts: {
      decisionId: decision.id,
      caseId: state.id,
      via: 'verkuendung',
      on: day.toString(),
      bekanntgabeOn: day.add({ days: inForceDays }).toString(),
      remedyUntil: fristEnde(day, remedies[0]!.months, 'months').date.toString(),
    },
  };
}

function provenReceipt(decision: Decision, receivedOn: Temporal.PlainDate, rules: ProcedureRules): Temporal.PlainDate | undefined {
  const before = decision.delivery!;
  const via = before.via === 'postfach' ? 'postfach' : 'post';
  return bekanntgabe(via, Temporal.PlainDate.from(before.on), rules.regime, receivedOn)?.date;
}
