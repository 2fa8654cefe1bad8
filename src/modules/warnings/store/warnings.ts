import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Draft, MessageType, Warning, WarningContent, WarningMessage } from '../domain/warning.ts';

type KeptContent = Omit<WarningContent, 'onset' | 'expires'> & { readonly onset: string | null; readonly expires: string };

const toContent = ({ onset, expires, ...rest }: KeptContent): WarningContent => ({
  ...rest,
  onset: onset === null ? null : Temporal.Instant.from(onset),
  expires: Temporal.Instant.from(expires),
});

interface WarningRow extends Omit<Warning, 'draft'> {
  readonly draft: KeptContent | null;
  readonly draftType: MessageType | null;
  readonly draftState: Draft['state'] | null;
}

const COLUMNS = sql`id, lage_id as "lageId", lage_key as "lageKey", lage_title as "lageTitle", exercise, draft, draft_type as "draftType",
  draft_state as "draftState", version, edited_by as "editedBy", edited_by_name as "editedByName", submitted_by as "submittedBy", remark,
  changed_at as "changedAt"`;

const toWarning = ({ draft, draftType, draftState, ...row }: WarningRow): Warning => ({
  ...row,
  draft: draft === null ? null : { type: draftType!, state: draftState!, content: toContent(draft) },
});

export async function listWarnings(db: Sql, lageId: string, page: { readonly limit: number; readonly after?: string | undefined }): Promise<Warning[]> {
  const { rows } = await sql<WarningRow>`select ${COLUMNS} from warnings.warning where lage_id = ${lageId}
    and ${page.after === undefined ? sql`true` : sql`id < ${page.after}::uuid`} order by id desc limit ${page.limit}`.execute(db);
  return rows.map(toWarning);
}

export async function findWarning(db: Sql, lageId: string, id: string): Promise<Warning | undefined> {
  const { rows } = await sql<WarningRow>`select ${COLUMNS} from warnings.warning where lage_id = ${lageId} and id = ${id}`.execute(db);
  return rows[0] && toWarning(rows[0]);
}

/** As `findWarning`, held: nobody else changes or releases it meanwhile. */
export async function lockWarning(tx: Tx, lageId: string, id: string): Promise<Warning | undefined> {
  const { rows } = await sql<WarningRow>`select ${COLUMNS} from warnings.warning where lage_id = ${lageId} and id = ${id} for update`.execute(tx);
  return rows[0] && toWarning(rows[0]);
}

/** @returns `false` when there is one with this id, of whatever Lage */
export async function insertWarning(tx: Tx, one: Warning): Promise<boolean> {
  const { rows } = await sql`insert into warnings.warning (id, lage_id, lage_key, lage_title, exercise, draft, draft_type, draft_state, version, edited_by,
      edited_by_name, submitted_by, remark, changed_at)
    values (${one.id}, ${one.lageId}, ${one.lageKey}, ${one.lageTitle}, ${one.exercise}, ${draftOf(one)}::jsonb, ${one.draft?.type ?? null},
      ${one.draft?.state ?? null}, ${one.version}, ${one.editedBy}, ${one.editedByName}, ${one.submittedBy}, ${one.remark}, ${one.changedAt})
    on conflict (id) do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

const draftOf = ({ draft }: Warning): string | null => (draft === null ? null : JSON.stringify(draft.content));

/** Saves a warning that the caller holds, under its next version. */
export async function saveWarning(tx: Tx, one: Warning): Promise<void> {
  const { rows } = await sql`update warnings.warning set draft = ${draftOf(one)}::jsonb, draft_type = ${one.draft?.type ?? null},
      draft_state = ${one.draft?.state ?? null}, version = ${one.version}, edited_by = ${one.editedBy}, edited_by_name = ${one.editedByName},
      submitted_by = ${one.submittedBy}, remark = ${one.remark}, changed_at = ${one.changedAt}
    where id = ${one.id} and lage_id = ${one.lageId} and version = ${one.version - 1} returning 1`.execute(tx);
  if (rows.length !== 1) throw new Error('a warning is saved that nobody holds');
}

type MessageRow = Omit<WarningMessage, 'content'> & { readonly content: KeptContent };
const MESSAGE = sql`m.identifier, m.warning_id as "warningId", m.msg_type as type, m.sent, m.expires, m.content, m.xml,
  m.released_by_name as "releasedBy", m.replaced`;
const toMessage = ({ content, ...row }: MessageRow): WarningMessage => ({ ...row, content: toContent(content) });

/** What went out of a warning, the newest first. */
export async function messagesOf(db: Sql, warningId: string): Promise<WarningMessage[]> {
  const { rows } =
    await sql<MessageRow>`select ${MESSAGE} from warnings.message m where m.warning_id = ${warningId} order by m.sent desc, m.identifier limit 200`.execute(db);
  return rows.map(toMessage);
}

/** Keeps a message; it takes the place of those before. */
export async function insertMessage(tx: Tx, one: WarningMessage): Promise<void> {
  await sql`update warnings.message set replaced = true where warning_id = ${one.warningId} and not replaced`.execute(tx);
  await sql`insert into warnings.message (identifier, warning_id, msg_type, sent, expires, content, xml, released_by_name)
    values (${one.identifier}, ${one.warningId}, ${one.type}, ${one.sent}, ${one.expires}, ${JSON.stringify(one.content)}::jsonb, ${one.xml}, ${one.releasedBy})`.execute(
    tx,
  );
}

/** A message with the Lage it belongs to. */
export interface PublicMessage extends WarningMessage {
  readonly lageKey: string;
  readonly lageTitle: string;
}

/** The newest message of each warning that has not been over since `since`: exercises apart from what is real. */
export async function publicMessages(db: Sql, exercise: boolean, since: Temporal.Instant): Promise<PublicMessage[]> {
  const { rows } = await sql<MessageRow & { lageKey: string; lageTitle: string }>`select ${MESSAGE}, w.lage_key as "lageKey", w.lage_title as "lageTitle"
    from warnings.message m join warnings.warning w on w.id = m.warning_id
    where not m.replaced and m.expires > ${since} and w.exercise = ${exercise} order by m.sent desc, m.identifier limit 200`.execute(db);
  return rows.map((row) => ({ ...toMessage(row), lageKey: row.lageKey, lageTitle: row.lageTitle }));
}

/** One message that went out, with whether it was an exercise. */
export async function findMessage(db: Sql, identifier: string): Promise<(PublicMessage & { readonly exercise: boolean }) | undefined> {
  const { rows } = await sql<MessageRow & { lageKey: string; lageTitle: string; exercise: boolean }>`select ${MESSAGE}, w.lage_key as "lageKey",
      w.lage_title as "lageTitle", w.exercise
    from warnings.message m join warnings.warning w on w.id = m.warning_id where m.identifier = ${identifier}`.execute(db);
  const [row] = rows;
  return row && { ...toMessage(row), lageKey: row.lageKey, lageTitle: row.lageTitle, exercise: row.exercise };
}
