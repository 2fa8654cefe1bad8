import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { codeOf } from '../../kernel/error-code.ts';
import { newId } from '../../kernel/id.ts';
import type { Problem } from '../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { storableText } from '../../kernel/storable.ts';
import { FORM_LIMITS } from './multipart.ts';

/** Where the one large file of a form goes while it arrives: to disk, so that memory does not grow with it. */
export interface Spool {
  /** Made when it is needed. */
  readonly directory: string;
  readonly maxBytes: number;
}

/** A file on disk. It is removed after the handler, unless the handler has moved it away. */
export interface SpooledFile {
  readonly field: string;
  readonly fileName: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface SpooledForm {
  readonly fields: URLSearchParams;
  readonly spooled: readonly SpooledFile[];
}

/** Files on their way at the same time; more would only share the same disk. */
const MOST_AT_ONCE = 4;
let atWork = 0;

const BUSY: Problem = { kind: 'unavailable', detail: 'Gerade kommen schon mehrere große Dateien an. Versuchen Sie es in einigen Minuten noch einmal.' };
const FULL: Problem = {
  kind: 'unavailable',
  detail: 'Auf der Festplatte der Stadt ist kein Platz mehr. Sagen Sie der IT Bescheid und versuchen Sie es dann noch einmal.',
};
const BROKEN: Problem = { kind: 'invalid-input', detail: 'Die Datei kam unvollständig an. Senden Sie sie bitte noch einmal.' };
const ONE_FILE: Problem = { kind: 'too-large', detail: 'Hier geht eine Datei auf einmal. Senden Sie die weiteren danach.' };
const TOO_LONG: Problem = { kind: 'too-large', detail: 'Ein Text im Formular ist zu lang. Kürzen Sie ihn.' };
const tooLarge = (maxBytes: number): Problem => ({
  kind: 'too-large',
  detail: `Die Datei ist größer als ${Math.floor(maxBytes / 1_000_000)} MB. Teilen Sie sie, oder lesen Sie sie auf dem Rechner der Stadt mit ./kontor import ein.`,
});

export const isMultipart = (contentType: string): boolean => /^multipart\/form-data\b/i.test(contentType);

/** Reads a multipart form whose file goes to disk. Nothing of a refused form stays there. */
export async function readSpooledForm(contentType: string, body: ReadableStream<Uint8Array> | null, spool: Spool): Promise<Result<SpooledForm, Problem>> {
  if (body === null) return ok({ fields: new URLSearchParams(), spooled: [] });
  if (atWork >= MOST_AT_ONCE) {
    await body.cancel();
    return refuse(BUSY);
  }
  atWork += 1;
  try {
    return await receive(contentType, body, spool);
  } finally {
    atWork -= 1;
  }
}

export async function removeSpooled(files: readonly SpooledFile[]): Promise<void> {
  for (const { path } of files) await rm(path, { force: true });
}

async function receive(contentType: string, body: ReadableStream<Uint8Array>, spool: Spool): Promise<Result<SpooledForm, Problem>> {
  await mkdir(spool.directory, { recursive: true, mode: 0o700 });
  const fields = new URLSearchParams();
  const writing: Promise<SpooledFile | undefined>[] = [];
  let failure: Problem | undefined;
  const fail = (problem: Problem): void => void (failure ??= problem);
  let parser: busboy.Busboy;
  try {
    parser = busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
      limits: { files: 1, fileSize: spool.maxBytes + 1, fieldSize: FORM_LIMITS.fieldBytes, fields: 50 },
    });
  } catch {
    await body.cancel();
    return refuse(BROKEN);
  }
  parser.on('field', (name, value, info) => {
    if (info.valueTruncated || info.nameTruncated) fail(TOO_LONG);
    else fields.append(storableText(name), storableText(value));
  });
  parser.on('filesLimit', () => fail(ONE_FILE)).on('fieldsLimit', () => fail(TOO_LONG));
  parser.on('file', (field, stream, { filename }: { filename?: string }) => {
    const file = keep(stream, { field, fileName: storableText(filename ?? '') }, spool).catch((error: unknown) => {
      stream.resume();
      fail(codeOf(error) === 'ENOSPC' ? FULL : BROKEN);
      return undefined;
    });
    stream.on('limit', () => fail(tooLarge(spool.maxBytes)));
    writing.push(file);
  });
  // leaving early closes the connection: what is too large is not read to its end
  await pipeline(
    upTo(body, () => failure),
    parser,
  ).catch(() => fail(BROKEN));
  const arrived = (await Promise.all(writing)).filter((one) => one !== undefined);
  // browsers send an empty nameless part for a file input left empty
  const spooled = failure === undefined ? arrived.filter(({ fileName, sizeBytes }) => fileName !== '' || sizeBytes > 0) : [];
  await removeSpooled(arrived.filter((one) => !spooled.includes(one)));
  if (failure === undefined) return ok({ fields, spooled });
  return refuse(failure);
}

/** What is read and thrown away at most after a refusal, so that the sender gets our answer instead of a broken line. */
const DRAIN_BYTES = 64 * 1024 * 1024;

async function* upTo(body: ReadableStream<Uint8Array>, failure: () => Problem | undefined): AsyncGenerator<Uint8Array> {
  let drained = 0;
  for await (const chunk of body) {
    if (failure() === undefined) yield chunk;
    else if ((drained += chunk.byteLength) > DRAIN_BYTES) return;
  }
}

async function keep(stream: Readable, about: Pick<SpooledFile, 'field' | 'fileName'>, { directory }: Spool): Promise<SpooledFile> {
  const path = join(directory, `upload-${newId(Date.now())}`);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, measured, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { ...about, path, sizeBytes, sha256: hash.digest('hex') };
}
