import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Ask } from './commands.ts';
import type { Circumstances } from './decide.ts';
import type { CaseEvent, Day } from './events.ts';
import { findConsultation, requiredWords } from './find.ts';
import type { Participation } from './participation.ts';
import { reminderDay } from './period.ts';
import { notFound, type ParticipationProblem } from './problems.ts';

type Decided = Result<readonly CaseEvent[], ParticipationProblem>;

const MOST_CONSULTEES = 300;
export const EMAIL = /^[^\s@<>"',;:\\]{1,64}@[^\s@<>"',;:\\]{1,190}\.[a-z]{2,63}$/i;

/** Asks a consultee; each has an own deadline (§ 4(2) BauGB: a month). */
export function ask(state: Participation, command: Ask, { today, fristende }: Circumstances): Decided {
  const round = state.rounds.find((one) => one.id === command.roundId);
  if (round === undefined) return refuse(notFound);
  if (round.kind !== 'stellen') return refuse(wrongState('Das ist eine öffentliche Auslegung. Stellen werden in einer Runde der Stellen gefragt.'));
  if (round.status === 'closed') return refuse(wrongState('Diese Runde ist geschlossen. Eröffnen Sie eine neue.'));
  if (state.consultations.length >= MOST_CONSULTEES) return refuse(wrongState('Mehr als 300 Stellen lassen sich in einem Vorgang nicht beteiligen.'));
  const name = requiredWords('name', command.name, 'Nennen Sie die Stelle oder die Person.', 200);
  if (!name.ok) return name;
  const email = command.email?.trim() ?? '';
  if (email !== '' && !EMAIL.test(email)) return refuse(invalidField('email', 'Geben Sie eine vollständige E-Mail-Adresse an, etwa name@beispiel.de.'));
  const legalBasis = requiredWords('legalBasis', command.legalBasis, 'Nennen Sie die Vorschrift, nach der die Stelle gefragt wird.', 200);
  if (!legalBasis.ok) return legalBasis;
  const again = state.consultations.some(
    (one) =>
      one.roundId === round.id &&
      one.status !== 'withdrawn' &&
      (one.planId !== undefined ? one.planId === command.planId : one.name === name.value && (one.email ?? '') === email),
  );
  if (again) return refuse(invalidField('name', 'Diese Stelle ist in dieser Runde schon gefragt.'));
  const dueOn = fristende(today, command.period).date;
  return ok([
    {
      kind: 'stelle-beteiligt',
      facts: {
        consultationId: command.consultationId,
        roundId: round.id,
        ...(command.planId === undefined ? {} : { planId: command.planId }),
        consulteeKind: command.kind,
        askedOn: today,
        dueOn,
        remindOn: reminderDay(today, dueOn, command.reminderDays),
        legalBasis: legalBasis.value,
        silence: command.silence,
      },
      content: { name: name.value, ...(email === '' ? {} : { email }) },
    },
  ]);
}

/** One reminder a day is enough. */
export function remind(state: Participation, consultationId: string, today: Day, byClock: boolean): Decided {
  const found = findConsultation(state, consultationId);
  if (!found.ok) return found;
  const { one, round } = found.value;
  if (round.status === 'closed' || one.status === 'answered' || one.status === 'withdrawn') {
    return refuse(wrongState('Hier gibt es nichts zu erinnern: Die Stelle hat geantwortet, oder die Beteiligung ist beendet.'));
  }
  if (one.email === undefined) return refuse(invalidField('email', 'Für diese Stelle ist keine E-Mail-Adresse bekannt. Erinnern Sie auf anderem Weg.'));
  if (one.linkRevoked) return refuse(wrongState('Der Link dieser Stelle ist widerrufen. Schicken Sie zuerst einen neuen.'));
  if (one.remindedOn === today) return ok([]);
  return ok([{ kind: 'stelle-erinnert', facts: { consultationId, on: today, byClock } }]);
}
