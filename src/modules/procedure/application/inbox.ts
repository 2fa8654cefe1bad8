import { ownerOf, type Actor } from '../../../kernel/actor.ts';
import { legalDay } from '../../../kernel/time.ts';
import { substitutedBy } from '../../identity/public.ts';
import { urgencyOf, type Urgency } from '../domain/deadlines.ts';
import { countInbox, cursorOf, listInbox, listOwnCases, type CaseRow, type InboxFilter } from '../store/lists.ts';
import type { ProcedureContext } from './context.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;
type Staff = Extract<Actor, { kind: 'staff' }>;

export type InboxView = InboxFilter['view'];
export const INBOX_VIEWS: readonly InboxView[] = ['open', 'mine', 'unassigned', 'reminders', 'took-part', 'all'];

export interface InboxInput {
  readonly view: InboxView;
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

export interface Inbox {
  readonly rows: readonly (CaseRow & { readonly urgency: Urgency })[];
  readonly next: string | undefined;
  readonly counts: Readonly<Record<'open' | 'mine' | 'unassigned' | 'reminders', number>>;
}

const PAGE = 50;

/** An officer's cases, nearest deadline first; with those of colleagues they stand in for. */
export async function openInbox(ctx: ProcedureContext, actor: Staff, input: InboxInput): Promise<Inbox> {
  const today = legalDay(ctx.clock());
  const staffIds = [actor.staffId, ...(await substitutedBy(ctx.database.read, actor.staffId, today))];
  const authorities = actor.roles.includes('revision') ? ctx.desk.services.authorities.map((one) => one.id) : actor.authorities;
  const limit = Math.min(input.limit ?? PAGE, 200);
  const filter: InboxFilter = {
    authorities,
    view: input.view,
    staffIds,
    today,
    limit: limit + 1,
    ...(input.search && /[\p{L}\p{N}]/u.test(input.search) && { search: input.search }),
    ...(input.cursor && /^(\d{4}-\d{2}-\d{2})?\|[0-9a-f-]{36}$/.test(input.cursor) && { after: input.cursor }),
  };
  const found = await listInbox(ctx.database.read, filter);
  const rows = found.slice(0, limit);
  return {
    rows: rows.map((row) => ({ ...row, urgency: urgencyOf(row.decisionDue, ctx.clock()) })),
    next: found.length > limit ? cursorOf(rows.at(-1)!) : undefined,
    counts: await countInbox(ctx.database.read, filter),
  };
}

/** A page of the account's own cases, newest first; `next` continues after the last of them. */
export async function ownCases(ctx: ProcedureContext, actor: Citizen, limit = PAGE, before?: string): Promise<{ rows: CaseRow[]; next: string | undefined }> {
  const found = await listOwnCases(ctx.database.read, ownerOf(actor), limit + 1, before);
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? rows.at(-1)!.id : undefined };
}

/** All of the account's cases, page by page. */
export async function* everyOwnCase(ctx: ProcedureContext, actor: Citizen): AsyncGenerator<CaseRow> {
  let before: string | undefined;
  do {
    const page = await ownCases(ctx, actor, 200, before);
    yield* page.rows;
    before = page.next;
  } while (before !== undefined);
}
