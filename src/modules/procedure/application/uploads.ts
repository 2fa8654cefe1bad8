import { fileTypeFromBuffer } from 'file-type';
import { ownerOf, type Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { deleteFile, getFile, putFile, type StoredFile } from '../../../platform/files/files.ts';
import type { DocumentRule, ServicePackage } from '../../catalogue/public.ts';
import { appliedBy, isApplicant } from '../domain/applicants.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { formerOf, versionsOf, type Replaces } from '../domain/versions.ts';
import { findCase } from '../store/cases.ts';
import { findDraft, lockDraft, touchDraft, type Draft } from '../store/drafts.ts';
import { findUpload, insertUpload, listUploads, removeUpload, type UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { findOwnCase } from './find-own-case.ts';
import { voidSignatures } from './signatures.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;

export interface UploadInput {
  readonly ownerId: string;
  readonly slot: string;
  /** Name of the form's file field, for the place of a complaint. */
  readonly field: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly tooLarge: boolean;
  /** Which file of the case it replaces; absent: found by name. */
  readonly replaces?: Replaces | undefined;
}

const TYPE_NAMES: Readonly<Record<string, string>> = { 'application/pdf': 'PDF', 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'application/gml+xml': 'XPlanGML' };
const MEGABYTE = 1_000_000;

/** Takes a file for a draft, or for a case that was asked for documents. Checked by content, not by name. */
export async function addUpload(ctx: ProcedureContext, actor: Citizen, input: UploadInput): Promise<Result<UploadRow, CaseProblem>> {
  const blocked = await technicalComplaint(ctx, actor, input);
  if (blocked !== undefined) return refuse(invalidField(input.field, blocked));
  return ctx.database.transaction(async (tx) => {
    const owner = await openFor(ctx, tx, actor, input.ownerId);
    if (owner === undefined) return refuse(notFound);
    const { pkg, draft } = owner;
    const place = placeAmong(pkg, await listUploads(tx, input.ownerId), input);
    if (!place.ok) return place;
    const taken = await takeFile(ctx, tx, pkg, input, place.value.present);
    if (!taken.ok) return taken;
    const now = ctx.clock();
    const ids = { id: newId(now.epochMilliseconds), ownerId: input.ownerId, accountId: actor.accountId, byApplicant: true };
    const upload: UploadRow = { ...taken.value, ...ids, uploadedAt: now, submitted: false, replaces: place.value.replaces };
    await insertUpload(tx, upload);
    if (draft !== undefined) await touchDraft(tx, draft.id, now);
    if (draft !== undefined) await voidSignatures(ctx, tx, actor, pkg, draft);
    return ok(upload);
  });
}

/** The technical rules of the document, asked before the transaction: reading a drawing of others takes its time. */
async function technicalComplaint(ctx: ProcedureContext, actor: Citizen, input: UploadInput): Promise<string | undefined> {
  if (ctx.inspect === undefined || input.tooLarge || input.bytes.byteLength === 0) return undefined;
  const db = ctx.database.read;
  const owner = (await findDraft(db, input.ownerId, ownerOf(actor))) ?? (await findOwnCase(ctx, actor, input.ownerId));
  return owner === undefined ? undefined : technicalBlock(ctx, await ctx.desk.pinned(owner.packageHash), input);
}

/** What blocks the file by the technical rules of its document; a file of a wrong kind is for `takeFile` to refuse. */
export async function technicalBlock(
  ctx: ProcedureContext,
  pkg: ServicePackage,
  { slot, bytes }: Pick<UploadInput, 'slot' | 'bytes'>,
): Promise<string | undefined> {
  if (bytes.byteLength === 0) return undefined;
  const rule = pkg.form.documents.find((document) => document.id === slot.split('.')[0]);
  const mediaType = rule && (await mediaTypeOf(rule, bytes));
  if (rule?.checks === undefined || mediaType === undefined || mediaType === GML || !rule.accept.includes(mediaType as never)) return undefined;
  return ctx.inspect?.(bytes, mediaType, rule.checks);
}

/** Whose next version a new file is, and how many others of its kind count beside it. */
function placeAmong(pkg: ServicePackage, uploads: readonly UploadRow[], input: UploadInput): Result<{ replaces: string | null; present: number }, CaseProblem> {
  const ofSlot = uploads.filter((upload) => upload.slot === input.slot);
  const single = pkg.form.documents.find((document) => document.id === input.slot.split('.')[0])?.maxCount === 1;
  const replaces = formerOf(ofSlot, { slot: input.slot, fileName: safeName(input.fileName) }, { said: input.replaces, single });
  if (replaces === undefined) return refuse(invalidField(input.field, NOT_REPLACEABLE));
  const present = versionsOf(ofSlot).filter(({ current }) => current).length;
  return ok({ replaces, present: replaces === null ? present : present - 1 });
}

const NOT_REPLACEABLE =
  'Diese Datei können Sie nicht ersetzen: Es gibt sie nicht, oder Sie haben schon eine neue Fassung hochgeladen. Entfernen Sie zuerst diese, oder wählen Sie eine andere.';

/** A file as it came, for one of the package's documents. */
export type TakenFile = Omit<UploadInput, 'ownerId' | 'replaces'>;

/** Checks a file by its content against the package's rule and keeps its bytes. @param present how many of the kind are there */
export async function takeFile(
  ctx: ProcedureContext,
  tx: Tx,
  pkg: ServicePackage,
  input: TakenFile,
  present: number,
): Promise<Result<Pick<UploadRow, 'slot' | 'fileName' | 'mediaType' | 'sizeBytes' | 'sha256'>, CaseProblem>> {
  const rule = pkg.form.documents.find((document) => document.id === input.slot.split('.')[0]);
  if (rule === undefined) return refuse(notFound);
  const mediaType = await mediaTypeOf(rule, input.bytes);
  const complaint = fileComplaint(rule, input, mediaType, present) ?? ctx.contents?.[mediaType ?? '']?.(input.bytes);
  if (complaint !== undefined) return refuse(invalidField(input.field, complaint));
  const sha256 = await putFile(tx, input.bytes, mediaType!);
  return ok({ slot: input.slot, fileName: safeName(input.fileName), mediaType: mediaType!, sizeBytes: input.bytes.byteLength, sha256 });
}

/** By content; XML says nothing of its kind at the front, so a check of its own decides where a rule asks for one. */
async function mediaTypeOf(rule: DocumentRule, bytes: Uint8Array): Promise<string | undefined> {
  const detected = (await fileTypeFromBuffer(bytes))?.mime;
  const isXml = detected === 'application/xml' || (detected === undefined && /^(?:\uFEFF)?\s*</.test(new TextDecoder().decode(bytes.subarray(0, 200))));
  return isXml && rule.accept.includes(GML) ? GML : detected;
}

const GML = 'application/gml+xml';

/** The account's draft, held, or its case while documents are asked for; with its package. */
async function openFor(
  ctx: ProcedureContext,
  tx: Tx,
  actor: Citizen,
  ownerId: string,
): Promise<{ readonly pkg: ServicePackage; readonly draft?: Draft } | undefined> {
  const draft = await lockDraft(tx, ownerId, ownerOf(actor));
  if (draft !== undefined) return { pkg: await ctx.desk.pinned(draft.packageHash), draft };
  const state = await findCase(tx, ownerId);
  if (state === undefined || !appliedBy(ownerOf(actor), state) || state.request === undefined) return undefined;
  return { pkg: await ctx.desk.pinned(state.packageHash) };
}

function fileComplaint(rule: DocumentRule, input: TakenFile, mediaType: string | undefined, present: number): string | undefined {
  const complaint = typeComplaint(rule, input.bytes, mediaType, input.tooLarge);
  if (complaint !== undefined) return complaint;
  if (present >= rule.maxCount) return `Mehr als ${rule.maxCount} Dateien nehmen wir hier nicht an. Entfernen Sie zuerst eine.`;
  return undefined;
}

/** What is wrong with the file by its size and its content. */
export function typeComplaint(
  rule: Pick<DocumentRule, 'accept' | 'maxMegabytes'>,
  bytes: Uint8Array,
  mediaType: string | undefined,
  tooLarge = false,
): string | undefined {
  const allowed = rule.accept.map((type) => TYPE_NAMES[type]).join(', ');
  if (tooLarge || bytes.byteLength > rule.maxMegabytes * MEGABYTE) {
    return `Die Datei ist zu groß. Erlaubt sind ${rule.maxMegabytes} MB. Verkleinern Sie das Bild oder teilen Sie das PDF.`;
  }
  if (bytes.byteLength === 0) return 'Die Datei ist leer. Wählen Sie eine andere.';
  if (mediaType === undefined || !rule.accept.includes(mediaType as never)) {
    return `Diese Datei können wir nicht lesen: Ihr Inhalt ist kein ${allowed.replaceAll(', ', ' oder ')}, auch wenn der Name so klingt. Speichern Sie sie als ${allowed} und laden Sie sie neu hoch.`;
  }
  return undefined;
}

/** A name without paths and control characters. */
export function safeName(name: string): string {
  const base = name.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex -- taking control characters out is the point
  return base.replace(/[\u0000-\u001f\u007f"<>|:*?]/g, '').slice(0, 120) || 'datei';
}

/** Takes a file out again, while it has not been submitted. */
export async function dropUpload(ctx: ProcedureContext, actor: Citizen, ownerId: string, uploadId: string): Promise<Result<true, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const owner = await openFor(ctx, tx, actor, ownerId);
    if (owner === undefined) return refuse(notFound);
    const { removed, orphan } = await removeUpload(tx, ownerId, uploadId);
    if (!removed) return refuse(notFound);
    if (orphan !== undefined) await deleteFile(tx, orphan);
    if (owner.draft !== undefined) await touchDraft(tx, owner.draft.id, ctx.clock());
    if (owner.draft !== undefined) await voidSignatures(ctx, tx, actor, owner.pkg, owner.draft);
    return ok(true as const);
  });
}

/** The bytes of an own file, or of one that somebody handed in to the same case. Officers read files through the case (journalled). */
export async function readOwnUpload(
  ctx: ProcedureContext,
  actor: Citizen,
  ownerId: string,
  uploadId: string,
): Promise<Result<{ upload: UploadRow; file: StoredFile }, CaseProblem>> {
  const owner = (await findDraft(ctx.database.read, ownerId, ownerOf(actor))) ?? (await findOwnCase(ctx, actor, ownerId));
  const upload = owner && (await findUpload(ctx.database.read, ownerId, uploadId));
  // who applied together sees what the others handed in, never what the authority keeps for itself
  const theirs = upload?.accountId != null && isApplicant(owner!, upload.accountId);
  return theirs ? fileOf(ctx.database.read, upload) : refuse(notFound);
}

/** An upload with its bytes. */
export async function fileOf(db: Sql, upload: UploadRow): Promise<Result<{ upload: UploadRow; file: StoredFile }, CaseProblem>> {
  const file = await getFile(db, upload.sha256);
  return file === undefined ? refuse(notFound) : ok({ upload, file });
}
