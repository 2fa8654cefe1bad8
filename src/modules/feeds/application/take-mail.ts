import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { enterLage, lageStream, type LageView } from '../../situation/public.ts';
import { instantOf } from '../domain/cot-picture.ts';
import { placeIn, wordsOfHtml, writtenAt, type Letter } from '../domain/letter.ts';
import type { FeedProblem } from '../domain/problems.ts';
import type { Rejected, Source } from '../domain/source.ts';
import { countIn } from '../store/sources.ts';
import type { FedReport, FeedsContext } from './context.ts';
import { callerSource } from './sources.ts';

export interface Enclosure {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface MailReceipt {
  readonly outcome: 'taken' | 'repeated';
  readonly pictures: number;
  /** Why an enclosure was not taken. */
  readonly left: readonly string[];
}

const MOST_PICTURES = 10;
const DEEPEST = 20;
const NO_LETTER: FeedProblem = {
  kind: 'invalid-input',
  detail: 'Das ist keine E-Mail: der Absender (From) fehlt. Senden Sie die Mail mit allen Kopfzeilen (message/rfc822).',
};
const NOBODY_KEEPS: FeedProblem = { kind: 'unavailable', detail: 'Diese Stadt nimmt zurzeit keine Meldungen auf diesem Weg an.' };

/** Takes an e-mail as a report; its pictures come along. */
export async function takeMail(ctx: FeedsContext, actor: Actor, key: string, bytes: Uint8Array): Promise<Result<MailReceipt, FeedProblem>> {
  const opened = await enterLage(ctx, actor, key, 'report');
  if (!opened.ok) return opened;
  const read = await readLetter(bytes);
  if (read === undefined) return refuse(NO_LETTER);
  const { letter, enclosures } = read;
  return takeReport(ctx, actor, key, { kind: 'mail', enclosures }, (source, now) => {
    const place = placeIn(letter.text) ?? placeIn(letter.subject);
    return {
      lageId: source.lageId,
      origin: 'mail',
      sourceName: letter.from,
      ...(letter.messageId === '' ? {} : { sourceRef: letter.messageId }),
      text: [letter.subject, letter.text].filter((part) => part !== '').join('\n'),
      ...(place === undefined ? {} : { place }),
      eventAt: instantOf(writtenAt(letter, now.epochMilliseconds)),
      receivedAt: now,
      sender: letter.from,
    };
  });
}

export interface StillInput {
  readonly text: string;
  readonly place?: { readonly lon: number; readonly lat: number };
  readonly takenAt?: Temporal.Instant;
  readonly sender?: string;
}

/** Takes a picture or a still of a video with its place: as given, else as the camera wrote it. */
export async function takeStill(
  ctx: FeedsContext,
  actor: Actor,
  key: string,
  input: StillInput,
  picture: Enclosure,
): Promise<Result<MailReceipt, FeedProblem>> {
  return takeReport(ctx, actor, key, { kind: 'mail', enclosures: [picture], pictureNeeded: true }, (source, now) => {
    const { text, place, takenAt, sender } = input;
    const at = takenAt === undefined || Temporal.Instant.compare(takenAt, now.add({ minutes: 1 })) > 0 ? now : takenAt;
    return {
      lageId: source.lageId,
      origin: 'image',
      sourceName: sender ?? source.name,
      text,
      ...(place === undefined ? {} : { place }),
      eventAt: at,
      receivedAt: now,
    };
  });
}

interface Taking {
  readonly kind: 'mail';
  readonly enclosures: readonly Enclosure[];
  readonly pictureNeeded?: true;
}

async function takeReport(
  ctx: FeedsContext,
  actor: Actor,
  key: string,
  how: Taking,
  report: (source: Source, now: Temporal.Instant) => FedReport,
): Promise<Result<MailReceipt, FeedProblem>> {
  const { receiveReports } = ctx;
  if (receiveReports === undefined) return refuse(NOBODY_KEEPS);
  return ctx.database.transaction(async (tx): Promise<Result<MailReceipt, FeedProblem>> => {
    const opened = await enterLage(ctx, actor, key, 'report', tx);
    if (!opened.ok) return opened;
    const now = ctx.clock();
    const source = await callerSource(tx, opened.value, actor, how.kind, now);
    if (!source.ok) return source;
    const pictures = await keepPictures(ctx, tx, opened.value, how.enclosures, now);
    if (how.pictureNeeded === true && pictures.kept.length === 0)
      return refuse({ kind: 'invalid-input', detail: pictures.rejected[0]?.reason ?? 'Das Bild fehlt.' });
    const told = report(source.value, now);
    const place = told.place ?? pictures.place;
    const receipt = await receiveReports(
      tx,
      [{ ...told, ...(place === undefined ? {} : { place }), ...(pictures.kept.length === 0 ? {} : { pictures: pictures.kept }) }],
      now,
    );
    await countIn(tx, source.value.id, { taken: 1 - receipt.repeats, repeated: receipt.repeats, rejected: pictures.rejected }, now);
    const payload = { sourceId: source.value.id, origin: told.origin, pictures: pictures.kept.length };
    const entries = receipt.repeats > 0 ? [] : [{ stream: lageStream(opened.value.lage.id), kind: 'feeds.report-received', payload }];
    await ctx.journal.append(tx, actor, now, [...entries, ...receipt.journal]);
    return ok({ outcome: receipt.repeats > 0 ? 'repeated' : 'taken', pictures: pictures.kept.length, left: pictures.rejected.map(({ reason }) => reason) });
  });
}

async function keepPictures(ctx: FeedsContext, tx: Tx, { lage }: LageView, enclosures: readonly Enclosure[], now: Temporal.Instant) {
  const kept: string[] = [];
  const rejected: Rejected[] = [];
  let place: FedReport['place'];
  for (const one of enclosures) {
    const left = (reason: string): void => void rejected.push({ outcome: 'refused', reason: `${one.fileName.slice(0, 80)}: ${reason}`, raw: '' });
    if (ctx.keepPicture === undefined) left('Bilder werden hier nicht angenommen.');
    else if (kept.length >= MOST_PICTURES) left(`Mehr als ${MOST_PICTURES} Bilder werden nicht angenommen.`);
    else {
      const done = await ctx.keepPicture(tx, lage.id, one, now);
      if (!done.ok) left(done.problem.detail);
      else {
        kept.push(done.value.sha256);
        place ??= done.value.takenAt;
      }
    }
  }
  return { kept, rejected, place };
}

/** `undefined`: no letter, or one nested too deeply. */
async function readLetter(bytes: Uint8Array): Promise<{ readonly letter: Letter; readonly enclosures: readonly Enclosure[] } | undefined> {
  const { default: PostalMime } = await import('postal-mime');
  let mail: Awaited<ReturnType<typeof PostalMime.parse>>;
  try {
    mail = await PostalMime.parse(bytes, { maxNestingDepth: DEEPEST, attachmentEncoding: 'arraybuffer' });
  } catch {
    return undefined;
  }
  const from = mail.from?.address ?? mail.from?.name ?? '';
  if (from === '') return undefined;
  const letter: Letter = {
    from: from.slice(0, 200),
    messageId: (mail.messageId ?? '').slice(0, 300),
    subject: (mail.subject ?? '').slice(0, 500),
    text: (mail.text?.trim() ?? '') === '' ? wordsOfHtml(mail.html ?? '') : mail.text!.trim(),
    dateMs: mail.date === undefined || Number.isNaN(Date.parse(mail.date)) ? undefined : Date.parse(mail.date),
  };
  const enclosures = mail.attachments.map(({ filename, content, mimeType }): Enclosure => ({
    fileName: filename ?? mimeType,
    bytes: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content as ArrayBuffer),
  }));
  return { letter, enclosures };
}
