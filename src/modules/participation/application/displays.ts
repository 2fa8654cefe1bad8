import { parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { Participation, Round } from '../domain/participation.ts';
import { notFound, type ParticipationProblem } from '../domain/problems.ts';
import { shownPlaces, shownText, type Statement } from '../domain/statement.ts';
import { caseOfRound, findParticipation, listPublicRounds, type PublicRoundRow } from '../store/case-files.ts';
import { listPublished } from '../store/statements.ts';
import { readFile, type OpenFile } from './consult.ts';
import type { ParticipationContext } from './context.ts';

export type DisplayState = 'coming' | 'running' | 'over';

/** Where a display stands on a day: seen by everybody from its notice on. */
export const displayState = (round: { readonly startsOn: string; readonly dueOn: string }, today: string): DisplayState =>
  today < round.startsOn ? 'coming' : today <= round.dueOn ? 'running' : 'over';

export interface DisplayRow {
  readonly id: string;
  readonly title: string;
  readonly startsOn: string;
  readonly dueOn: string;
  readonly state: DisplayState;
}

export interface DisplayQuery {
  readonly when: 'running' | 'past' | 'all';
  readonly search?: string | undefined;
  readonly limit: number;
  readonly after?: { readonly dueOn: string; readonly id: string } | undefined;
}

/** Public displays, the latest first. */
export async function listDisplays(
  ctx: ParticipationContext,
  query: DisplayQuery,
): Promise<{ readonly rows: DisplayRow[]; readonly next: { dueOn: string; id: string } | undefined }> {
  const today = legalDay(ctx.clock());
  const found = await listPublicRounds(ctx.database.read, { ...query, today, limit: query.limit + 1 });
  const present = ({ id, title, startsOn, dueOn }: PublicRoundRow): DisplayRow => {
    const days = { startsOn: startsOn.toString(), dueOn: dueOn.toString() };
    return { id, title, ...days, state: displayState(days, today.toString()) };
  };
  const rows = found.slice(0, query.limit).map(present);
  const last = rows.at(-1);
  return { rows, next: found.length > query.limit && last !== undefined ? { dueOn: last.dueOn, id: last.id } : undefined };
}

/** A statement as everybody may read it: no name, no address, no contact. */
export interface PublicStatement {
  readonly number: string;
  readonly text: string;
  readonly from: string | undefined;
  readonly receivedOn: string;
  readonly places: Statement['places'];
}

export interface Display {
  readonly caseId: string;
  readonly round: Round;
  readonly state: DisplayState;
  /** Whether a statement can be sent now; late ones too, while the round is not closed. */
  readonly open: boolean;
  /** Documents are there from the first day on. */
  readonly documents: Round['documents'];
  readonly statements: readonly PublicStatement[];
  /** Where the next page of statements begins. */
  readonly next: StatementCursor | undefined;
}

export interface StatementCursor {
  readonly receivedAt: string;
  readonly id: string;
}

const PAGE = 50;

/** Opens a public display for everybody, with a page of its published statements. */
export async function openDisplay(ctx: ParticipationContext, roundId: string, after?: StatementCursor): Promise<Result<Display, ParticipationProblem>> {
  const db = ctx.database.read;
  const found = await findDisplay(db, roundId);
  if (found === undefined) return refuse(notFound);
  const { round, file } = found;
  const state = displayState(round, legalDay(ctx.clock()).toString());
  const published = await listPublished(db, round.id, PAGE + 1, after);
  const shown = published.slice(0, PAGE);
  const last = shown.at(-1);
  return ok({
    caseId: file.caseId,
    round,
    state,
    open: state !== 'coming' && round.status !== 'closed',
    documents: state === 'coming' ? [] : round.documents,
    statements: shown.flatMap((row) => present(row.state)),
    next: published.length > PAGE && last !== undefined ? { receivedAt: last.receivedAt.toString(), id: last.state.id } : undefined,
  });
}

async function findDisplay(db: Sql, roundId: string): Promise<{ readonly round: Round; readonly file: Participation } | undefined> {
  const id = parseId(roundId);
  const caseId = id && (await caseOfRound(db, id));
  const file = caseId === undefined ? undefined : await findParticipation(db, caseId);
  const round = file?.rounds.find((one) => one.id === id && one.kind === 'oeffentlich');
  return file === undefined || round === undefined ? undefined : { round, file };
}

function present(statement: Statement): PublicStatement[] {
  const text = shownText(statement);
  if (text === undefined) return [];
  return [
    {
      number: statement.number,
      text,
      from: statement.personal ? undefined : statement.author.name,
      receivedOn: statement.receivedOn,
      places: shownPlaces(statement),
    },
  ];
}

/** A displayed document. */
export async function displayFile(ctx: ParticipationContext, roundId: string, fileId: string): Promise<Result<OpenFile, ParticipationProblem>> {
  const opened = await openDisplay(ctx, roundId);
  if (!opened.ok) return opened;
  return readFile(
    ctx,
    opened.value.documents.find((one) => one.id === fileId),
  );
}
