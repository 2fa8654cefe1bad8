import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Consultation, Participation, Round } from './participation.ts';
import { notFound, type ParticipationProblem } from './problems.ts';

/** A consultation with its round. */
export function findConsultation(state: Participation, id: string): Result<{ readonly one: Consultation; readonly round: Round }, ParticipationProblem> {
  const one = state.consultations.find((each) => each.id === id);
  const round = one && state.rounds.find((each) => each.id === one.roundId);
  return one === undefined || round === undefined ? refuse(notFound) : ok({ one, round });
}

/** Words that must be there, trimmed and not too long. */
export function requiredWords(field: string, text: string, missing: string, longest: number): Result<string, ParticipationProblem> {
  const words = text.trim();
  if (words === '') return refuse(invalidField(field, missing));
  if (words.length > longest) return refuse(invalidField(field, `Kürzen Sie den Text auf höchstens ${longest} Zeichen.`));
  return ok(words);
}
