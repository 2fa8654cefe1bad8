import { createHash } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { ChainRow } from '../../../platform/journal/chain.ts';
import { lageStream, notYourRight, type Lage, type LageProblem } from '../../situation/public.ts';
import type { ReadEntry } from '../domain/entry.ts';
import { EXPORT_FORM, sealedWords, type ExportedRow, type LageExport } from '../domain/export.ts';
import type { ReadMessage } from '../domain/message.ts';
import { listEntries } from '../store/entries.ts';
import { listMessages } from '../store/messages.ts';
import { allReports } from '../store/reports.ts';
import type { LogbookContext } from './context.ts';
import { exportReadme } from './export-readme.ts';
import { printLog, printReport, volumesOf } from './print-log.ts';
import { enterLog } from './read-log.ts';
import { readReport } from './reports.ts';
import { VERIFY_SCRIPT } from './verify-script.ts';

export const LOG_EXPORTED = 'logbook.exported';

export interface ExportedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

type Exporting = Pick<LogbookContext, 'clock' | 'database' | 'journal' | 'typesetter' | 'seal' | 'origin' | 'chain'>;

/** The whole log as a person takes it along: one sealed PDF, or a ZIP with the data and how to prove them. Who took it stands in the journal. */
export async function exportLog(
  ctx: Exporting & Pick<LogbookContext, 'zip'>,
  actor: Actor,
  key: string,
  form: 'pdf' | 'zip',
): Promise<Result<ExportedFile, LageProblem>> {
  const opened = await enterLog(ctx, actor, key);
  if (!opened.ok) return opened;
  if (!opened.value.rights.has('log')) return refuse(notYourRight);
  const { lage, member } = opened.value;
  const files = await exportFiles(ctx, lage, `${member.name}, ${member.organisation}`);
  const pdfs = files.filter(({ mediaType }) => mediaType === 'application/pdf');
  // a book of several volumes is one file only in a ZIP
  const file =
    form === 'pdf' && pdfs.length === 1
      ? { ...pdfs[0]!, name: `${lage.key}-tagebuch.pdf` }
      : { name: `${lage.key}-tagebuch.zip`, mediaType: 'application/zip', bytes: ctx.zip(form === 'pdf' ? pdfs : files) };
  await noteExport(ctx, actor, lage.id, { form, member: member.id, sha256: hashOf(files[0]!.bytes) });
  return ok(file);
}

/** Who took the log along stands in the journal, with the SHA-256 of `lage.json`. */
export async function noteExport(
  ctx: Pick<LogbookContext, 'clock' | 'database' | 'journal'>,
  actor: Actor,
  lageId: string,
  facts: { readonly form: string; readonly member?: string; readonly sha256: string },
): Promise<void> {
  await ctx.database.write((tx) => ctx.journal.append(tx, actor, ctx.clock(), [{ stream: lageStream(lageId), kind: LOG_EXPORTED, payload: { ...facts } }]));
}

/** The files of an export: `lage.json` first, then the volumes, the program that checks, and the sheet that explains. */
export async function exportFiles(ctx: Exporting, lage: Lage, by: string): Promise<readonly ExportedFile[]> {
  const now = ctx.clock();
  const { data, entries } = await readAll(ctx, lage, by, now);
  const json = asText('lage.json', 'application/json', `${JSON.stringify(data, null, 1)}\n`);
  const sha256 = hashOf(json.bytes);
  const volumes = volumesOf(entries);
  const pdfs: ExportedFile[] = [];
  for (const [index, volume] of volumes.entries()) {
    const bytes = await printLog(ctx, lage, volume, { volume: index + 1, volumes: volumes.length, sha256, now });
    pdfs.push({ name: `tagebuch-${index + 1}.pdf`, mediaType: 'application/pdf', bytes });
  }
  const readme = exportReadme(
    data,
    sha256,
    pdfs.map(({ name }) => name),
  );
  return [json, ...pdfs, asText('pruefen.mjs', 'text/javascript', VERIFY_SCRIPT), asText('liesmich.txt', 'text/plain', readme)];
}

const asText = (name: string, mediaType: string, content: string): ExportedFile => ({ name, mediaType, bytes: new TextEncoder().encode(content) });
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Everything at one moment: who writes meanwhile is in the next export. */
async function readAll(
  ctx: Pick<LogbookContext, 'database' | 'origin' | 'chain'>,
  lage: Lage,
  by: string,
  now: Temporal.Instant,
): Promise<{ readonly data: LageExport; readonly entries: readonly ReadEntry[] }> {
  return ctx.database.write(async (tx) => {
    // the journal first: words that came after its last row are left out below
    const rows = await ctx.chain(tx, lageStream(lage.id));
    const known = knownIn(rows);
    const entries = (await pages((after) => listEntries(tx, lage.id, { after, limit: PAGE }))).filter(({ id }) => known.has(id));
    const messages = (await allMessages(tx, lage.id)).filter(({ id }) => known.has(id));
    const reports = (await allReports(tx, lage.id)).filter(({ id, version }) => known.has(`${id} ${version}`));
    const words = sealedWords(
      entries,
      messages.map(({ steps, ...one }) => ({ ...one, steps: steps.filter(({ messageId, place }) => known.has(`${messageId} ${place}`)) })),
      reports,
    );
    const { id, key, title, hazard, exercise, state, ledBy, openedAt, closedAt } = lage;
    const told = { id, key, title, hazard, exercise, state, ledBy, openedAt: openedAt.toString(), closedAt: closedAt?.toString() ?? null };
    const data = { form: EXPORT_FORM, lage: told, origin: ctx.origin, exportedAt: now.toString(), exportedBy: by, ...words, journal: rows.map(toRow) } as const;
    return { data, entries };
  });
}

const PAGE = 1000;

/** Everything of a list that is read page by page in the order of its numbers. */
async function pages<T extends { readonly number: number }>(read: (after: number) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const page = await read(all.at(-1)?.number ?? 0);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

const allMessages = (db: Sql, lageId: string): Promise<ReadMessage[]> => pages((after) => listMessages(db, lageId, { all: true }, { after, limit: PAGE }));

/** Ids whose words these rows prove. */
function knownIn(rows: readonly ChainRow[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const { kind, payload } of rows) {
    if (!kind.startsWith('logbook.')) continue;
    const { entryId, messageId, place, reportId, version } = JSON.parse(payload) as Record<string, string | number | undefined>;
    if (kind === 'logbook.entry-written') known.add(String(entryId));
    if (kind === 'logbook.message-taken') known.add(String(messageId));
    if (kind === 'logbook.message-step') known.add(`${messageId} ${place}`);
    if (kind === 'logbook.report-written') known.add(`${reportId} ${version}`);
  }
  return known;
}

const toRow = ({ seq, at, stream, kind, actor, payload, previous_hash, hash }: ChainRow): ExportedRow => ({
  seq,
  at: at.toString({ fractionalSecondDigits: 6, roundingMode: 'trunc' }),
  stream,
  kind,
  actor,
  payload,
  previousHash: previous_hash,
  hash,
});

/** A version of a situation report as a sealed PDF. */
export async function reportPdf(
  ctx: Pick<LogbookContext, 'clock' | 'database' | 'typesetter' | 'seal'>,
  actor: Actor,
  key: string,
  id: string,
  version: number | undefined,
): Promise<Result<ExportedFile, LageProblem>> {
  const read = await readReport(ctx, actor, key, id);
  if (!read.ok) return read;
  const { view, versions } = read.value;
  const report = version === undefined ? versions[0] : versions.find((one) => one.version === version);
  if (report === undefined) return refuse({ kind: 'not-found', detail: 'Diese Fassung gibt es nicht. Sehen Sie in der Liste der Fassungen nach.' });
  const bytes = await printReport(ctx, view.lage, report, ctx.clock());
  return ok({ name: `${view.lage.key}-lagebericht-${report.number}-${report.version}.pdf`, mediaType: 'application/pdf', bytes });
}
