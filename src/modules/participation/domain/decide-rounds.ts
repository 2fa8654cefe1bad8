import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { OfficerCommand, OpenRound } from './commands.ts';
import type { Circumstances } from './decide.ts';
import type { CaseEvent, Day, PeriodStep } from './events.ts';
import { requiredWords } from './find.ts';
import type { Participation, Round } from './participation.ts';
import { displayEnd, earliestStart } from './period.ts';
import { notFound, type ParticipationProblem } from './problems.ts';

type Decided = Result<readonly CaseEvent[], ParticipationProblem>;

const LATEST_START_DAYS = 366;
const MOST_ROUNDS = 40;
const MOST_DOCUMENTS = 40;

/** Opens a round with its computed end (§§ 3, 4, 4a(3) BauGB; § 73 VwVfG). */
export function openRound(state: Participation, command: OpenRound, at: Circumstances): Decided {
  if (state.rounds.length >= MOST_ROUNDS)
    return refuse(wrongState('Mehr als 40 Beteiligungsrunden hat kein Vorgang. Prüfen Sie, ob Sie den richtigen Vorgang bearbeiten.'));
  if (state.rounds.some((round) => round.id === command.roundId)) return ok([]);
  const title = requiredWords('title', command.title, 'Geben Sie der Runde einen Titel.', 200);
  if (!title.ok) return title;
  const request = requiredWords('request', command.request, 'Beschreiben Sie, worum es geht.', 10_000);
  if (!request.ok) return request;
  const start = startOf(command, at);
  if (!start.ok) return start;
  const end = endOf(state, command, start.value, at);
  if (!end.ok) return end;
  const { repeat } = command;
  return ok([
    {
      kind: 'runde-eroeffnet',
      facts: {
        roundId: command.roundId,
        roundKind: command.kind,
        ...(command.planId === undefined ? {} : { planId: command.planId }),
        legalBasis: command.legalBasis,
        openedOn: at.today,
        startsOn: start.value,
        dueOn: end.value.date,
        ...(command.kind === 'oeffentlich' ? { noticedOn: command.noticedOn ?? at.today } : {}),
        graceDays: command.graceDays,
        ...(repeat === undefined ? {} : { repeatOf: repeat.of }),
        shortened: end.value.shortened,
        limited: repeat?.limited ?? false,
        ...(command.place === undefined ? {} : { place: command.place }),
      },
      content: {
        title: title.value,
        request: request.value,
        steps: end.value.steps,
        ...(repeat === undefined ? {} : { changes: repeat.changes.trim() }),
        ...(end.value.shortened ? { shortenedBecause: repeat!.shortenedBecause!.trim() } : {}),
      },
    },
  ]);
}

/** The first day: not in the past, and a full notice period after the notice (§ 3(2) BauGB). */
function startOf(command: OpenRound, { today }: Circumstances): Result<Day, ParticipationProblem> {
  const startsOn = command.startsOn ?? today;
  if (startsOn < today) return refuse(invalidField('startsOn', 'Der erste Tag kann nicht in der Vergangenheit liegen.'));
  if (Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(startsOn)).days > LATEST_START_DAYS) {
    return refuse(invalidField('startsOn', 'Der erste Tag liegt mehr als ein Jahr in der Zukunft. Prüfen Sie das Datum.'));
  }
  if (command.kind === 'stellen') return ok(startsOn);
  const noticedOn = command.noticedOn ?? today;
  if (noticedOn > today)
    return refuse(invalidField('noticedOn', 'Der Tag der Bekanntmachung liegt in der Zukunft. Eröffnen Sie die Runde, wenn sie erschienen ist.'));
  const earliest = earliestStart(noticedOn, command.noticeDays);
  if (startsOn < earliest) {
    return refuse(
      invalidField(
        'startsOn',
        `Zwischen Bekanntmachung und erstem Tag müssen ${command.noticeDays} volle Tage liegen. Wählen Sie den ${germanDay(earliest)} oder einen späteren Tag.`,
      ),
    );
  }
  return ok(startsOn);
}

interface End {
  readonly date: Day;
  readonly steps: readonly PeriodStep[];
  readonly shortened: boolean;
}

function endOf(state: Participation, command: OpenRound, startsOn: Day, at: Circumstances): Result<End, ParticipationProblem> {
  const regular = displayEnd(startsOn, command.period, at.fristende);
  const { repeat } = command;
  if (repeat === undefined) return ok({ ...regular, shortened: false });
  const before = state.rounds.find((round) => round.id === repeat.of);
  if (before === undefined || before.kind !== command.kind)
    return refuse(invalidField('repeatOf', 'Nennen Sie die Runde, die wiederholt wird. Sie muss von derselben Art sein.'));
  const changes = requiredWords('changes', repeat.changes, 'Nennen Sie, was sich am Entwurf geändert hat (§ 4a Abs. 3 BauGB).', 10_000);
  if (!changes.ok) return changes;
  const dueOn = repeat.dueOn ?? regular.date;
  if (dueOn <= startsOn) return refuse(invalidField('dueOn', 'Das Ende muss nach dem ersten Tag liegen.'));
  if (dueOn >= regular.date) return ok({ ...regular, date: dueOn, shortened: false });
  const why = requiredWords(
    'shortenedBecause',
    repeat.shortenedBecause ?? '',
    'Begründen Sie, warum die kürzere Frist angemessen ist (§ 4a Abs. 3 Satz 3 BauGB).',
    2000,
  );
  if (!why.ok) return why;
  const text = `Die Frist ist für die wiederholte Beteiligung bis ${germanDay(dueOn)} verkürzt.`;
  return ok({ date: dueOn, steps: [...regular.steps, { text, paragraph: '§ 4a Abs. 3 Satz 3 BauGB', date: dueOn }], shortened: true });
}

/** `2026-03-01` -> `01.03.2026` */
const germanDay = (day: Day): string => day.split('-').toReversed().join('.');

/** Puts a document into a round, while nobody has seen the round closed. */
export function attach(state: Participation, { roundId, file }: Extract<OfficerCommand, { action: 'attach' }>): Decided {
  const round = state.rounds.find((one) => one.id === roundId);
  if (round === undefined) return refuse(notFound);
  if (round.status === 'closed') return refuse(wrongState('Diese Runde ist geschlossen. Neue Unterlagen kommen nicht mehr dazu.'));
  if (round.documents.length >= MOST_DOCUMENTS)
    return refuse(invalidField('file', 'Mehr als 40 Unterlagen nimmt eine Runde nicht auf. Fassen Sie Dateien zusammen.'));
  if (round.documents.some((one) => one.sha256 === file.sha256)) return ok([]);
  const { id: documentId, fileName, ...rest } = file;
  return ok([{ kind: 'unterlage-beigefuegt', facts: { roundId, documentId, ...rest }, content: { fileName } }]);
}

/** Silence of those whose own deadline has passed: it counts as the package says. @param roundId of this round only */
export function silenceOn(state: Participation, today: Day, roundId?: string): CaseEvent[] {
  const open = new Set(state.rounds.filter(({ id, status }) => status !== 'closed' && (roundId === undefined || id === roundId)).map(({ id }) => id));
  return state.consultations
    .filter((one) => one.status === 'asked' && one.dueOn < today && open.has(one.roundId))
    .map((one) => ({ kind: 'stelle-schweigt', facts: { consultationId: one.id, silence: one.silence, legalBasis: one.legalBasis } }));
}

/**
 * A round ends by its deadline; one of agencies also when nobody is waited for any more. Silence that the
 * clock has not noted yet is noted first: in a closed round it would never be.
 */
export function closeRound(state: Participation, roundId: string, today: Day): Decided {
  const round = state.rounds.find((one) => one.id === roundId);
  if (round === undefined) return refuse(notFound);
  if (round.status === 'closed') return ok([]);
  if (!mayClose(state, round, today)) {
    return refuse(
      wrongState(
        `Diese Runde läuft bis ${germanDay(round.dueOn)}. Schließen lässt sie sich danach${round.kind === 'stellen' ? ', oder wenn alle Stellen geantwortet haben oder ihre Frist vorbei ist' : ''}.`,
      ),
    );
  }
  return ok([...silenceOn(state, today, roundId), { kind: 'runde-geschlossen', facts: { roundId, on: today } }]);
}

/** Whether the round may be closed today. */
export function mayClose(state: Participation, round: Round, today: Day): boolean {
  if (round.status === 'closed') return false;
  if (round.dueOn < today) return true;
  const asked = state.consultations.filter((one) => one.roundId === round.id);
  return round.kind === 'stellen' && asked.length > 0 && asked.every((one) => one.status !== 'asked' || one.dueOn < today);
}
