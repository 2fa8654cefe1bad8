import type { z } from 'zod';
import type { Receipt } from '../application/submit-statement.ts';
import type { Consultation, Participation, Round } from '../domain/participation.ts';
import type { Statement } from '../domain/statement.ts';
import type { consultationView, participationView, receiptView, roundView, statementView } from './schemas.ts';

/** What of a round is said: the same for officers and, of a public one, for everybody. */
export function presentRound(round: Round): z.output<typeof roundView> {
  const { id, kind, title, request, legalBasis, startsOn, dueOn, status, limited } = round;
  return {
    id,
    kind,
    title,
    request,
    legalBasis,
    startsOn,
    dueOn,
    noticedOn: round.noticedOn ?? null,
    status,
    steps: [...round.steps],
    repeatOf: round.repeatOf ?? null,
    changes: round.changes ?? null,
    shortenedBecause: round.shortenedBecause ?? null,
    limited,
    place: round.place ?? null,
    documents: [...round.documents],
  };
}

export function presentConsultation(one: Consultation): z.output<typeof consultationView> {
  const { id, roundId, kind, name, legalBasis, silence, askedOn, dueOn, status, linkRevoked } = one;
  return {
    id,
    roundId,
    kind,
    name,
    email: one.email ?? null,
    legalBasis,
    silence,
    askedOn,
    dueOn,
    remindedOn: one.remindedOn ?? null,
    status,
    answer: one.answer ?? null,
    linkRevoked,
    claimed: one.claimedBy !== undefined,
  };
}

export const presentParticipation = ({ caseId, version, noneNeeded, rounds, consultations }: Participation): z.output<typeof participationView> => ({
  caseId,
  version,
  noneNeeded: noneNeeded === undefined ? null : { reason: noneNeeded.reason, on: noneNeeded.on },
  rounds: rounds.map(presentRound),
  consultations: consultations.map(presentConsultation),
});

export function presentStatement(one: Statement): z.output<typeof statementView> {
  const { id, number, version, roundId, answer, text, receivedOn, late, revision, author, weighing } = one;
  return {
    id,
    number,
    version,
    roundId,
    consultationId: one.consultationId ?? null,
    answer,
    text,
    conditions: [...one.conditions],
    author: { name: author.name ?? null, address: author.address ?? null, email: author.email ?? null },
    places: [...one.places],
    files: [...one.attachments],
    receivedOn,
    late,
    revision,
    releasedOn: one.releasedOn ?? null,
    publishedOn: one.publishedOn ?? null,
    anonymised: one.anonymised ?? null,
    placesShown: one.placesShown ?? !one.personal,
    weighing: weighing === undefined ? null : { result: weighing.result, reasons: weighing.reasons, reply: weighing.reply, on: weighing.on },
    repliedOn: one.repliedOn ?? null,
  };
}

/** What its author may read of a statement: the own words, and the result once it was told. */
export function presentReceipt({ statement, round }: Receipt): z.output<typeof receiptView> {
  const { number, receivedOn, late, text, weighing, repliedOn } = statement;
  const told = weighing !== undefined && repliedOn !== undefined;
  return { number, roundId: round.id, receivedOn, late, text, result: told ? { reply: weighing.reply, reasons: weighing.reasons } : null };
}
