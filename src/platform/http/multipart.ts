import busboy from 'busboy';
import type { Problem } from '../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { storableText } from '../../kernel/storable.ts';
import type { Upload } from './route.ts';

const MB = 1024 * 1024;
export const FORM_LIMITS = { fileBytes: 25 * MB, files: 20, fieldBytes: MB, fields: 2000, totalBytes: 200 * MB } as const;
/** What is read and thrown away at most, so that the sender gets our answer instead of a broken line. */
const DRAIN_BYTES = 1024 * MB;
/** Bytes of uploads held in memory by all requests together. */
const HELD_BYTES = 600 * MB;

export interface Form {
  readonly fields: URLSearchParams;
  readonly files: readonly Upload[];
}

const TOTAL_TOO_LARGE: Problem = {
  kind: 'too-large',
  detail: 'Zusammen sind die Dateien größer als 200 MB. Laden Sie sie einzeln oder in mehreren Schritten hoch, jede Datei höchstens 25 MB groß.',
};
const TOO_MANY_FILES: Problem = {
  kind: 'too-large',
  detail: 'Das sind zu viele Dateien auf einmal. Laden Sie höchstens 20 Dateien hoch und danach die weiteren.',
};
const TOO_LONG_TEXT: Problem = {
  kind: 'too-large',
  detail: 'Ein Text ist zu lang. Kürzen Sie ihn oder laden Sie ihn als Datei hoch.',
};
const BROKEN: Problem = {
  kind: 'invalid-input',
  detail: 'Das Formular kam unvollständig an. Senden Sie es bitte noch einmal.',
};
const BUSY: Problem = {
  kind: 'unavailable',
  detail: 'Gerade laden sehr viele Menschen Dateien hoch. Versuchen Sie es in einer Minute noch einmal.',
};

let heldBytes = 0;

/**
 * Reads a form (urlencoded or multipart) as a stream. A file over the limit is cut off and drained:
 * the rest of the form lives. Nothing over the limits is ever held in memory.
 */
export async function readForm(contentType: string, body: ReadableStream<Uint8Array> | null): Promise<Result<Form, Problem>> {
  if (body === null) return ok({ fields: new URLSearchParams(), files: [] });
  const reader = formReader(contentType);
  if (reader === undefined) {
    await body.cancel();
    return refuse(BROKEN);
  }
  try {
    return await pump(body, reader);
  } finally {
    heldBytes -= reader.held();
  }
}

async function pump(body: ReadableStream<Uint8Array>, reader: FormReader): Promise<Result<Form, Problem>> {
  let received = 0;
  try {
    for await (const chunk of body) {
      received += chunk.byteLength;
      if (received > FORM_LIMITS.totalBytes) reader.fail(TOTAL_TOO_LARGE);
      if (received > DRAIN_BYTES) break; // leaving the loop closes the connection
      await reader.write(chunk);
    }
  } catch {
    return refuse(reader.failure() ?? BROKEN);
  }
  return reader.end();
}

interface FormReader {
  write(chunk: Uint8Array): Promise<void>;
  end(): Promise<Result<Form, Problem>>;
  fail(problem: Problem): void;
  failure(): Problem | undefined;
  held(): number;
}

function parserFor(contentType: string): busboy.Busboy | undefined {
  try {
    return busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
      limits: { fileSize: FORM_LIMITS.fileBytes + 1, files: FORM_LIMITS.files, fieldSize: FORM_LIMITS.fieldBytes, fields: FORM_LIMITS.fields },
    });
  } catch {
    return undefined;
  }
}

function formReader(contentType: string): FormReader | undefined {
  const parser = parserFor(contentType);
  if (parser === undefined) return undefined;
  const fields = new URLSearchParams();
  const files: Upload[] = [];
  const pending: Promise<void>[] = [];
  let held = 0;
  let failure: Problem | undefined;
  const fail = (problem: Problem): void => {
    failure ??= problem;
    files.length = 0; // what has been held so far goes at once
  };
  const hold = (bytes: number): boolean => {
    if (failure !== undefined) return false;
    if (heldBytes + bytes > HELD_BYTES) fail(BUSY);
    held += bytes;
    heldBytes += bytes;
    return failure === undefined;
  };
  parser.on('field', (name, value, info) => {
    if (info.valueTruncated || info.nameTruncated) fail(TOO_LONG_TEXT);
    else fields.append(storableText(name), storableText(value));
  });
  parser.on('file', (field, stream, { filename }: { filename?: string }) => {
    const done = collect(stream, hold).then(({ chunks, tooLarge }) => {
      const bytes = Buffer.concat(chunks);
      // Browsers send an empty nameless part for a file input left empty.
      if (failure === undefined && (filename || bytes.byteLength > 0 || tooLarge)) files.push({ field, fileName: filename ?? '', bytes, tooLarge });
    });
    pending.push(done);
  });
  parser.on('filesLimit', () => fail(TOO_MANY_FILES));
  parser.on('fieldsLimit', () => fail(TOO_LONG_TEXT));
  const finished = new Promise<void>((resolve, reject) => parser.on('close', resolve).on('error', reject));
  finished.catch(() => fail(BROKEN));
  return {
    async write(chunk) {
      if (failure !== undefined || parser.write(chunk)) return;
      await Promise.race([new Promise((resolve) => parser.once('drain', resolve)), finished.catch(() => {})]);
    },
    async end() {
      if (failure !== undefined) {
        parser.destroy();
        return refuse(failure);
      }
      parser.end();
      await finished.catch(() => {});
      await Promise.all(pending);
      return failure === undefined ? ok({ fields, files }) : refuse(failure);
    },
    fail,
    failure: () => failure,
    held: () => held,
  };
}

/** Reads a file to its end; from the limit on it only counts. */
async function collect(
  stream: NodeJS.ReadableStream & { truncated?: boolean },
  hold: (bytes: number) => boolean,
): Promise<{ chunks: Buffer[]; tooLarge: boolean }> {
  const chunks: Buffer[] = [];
  stream.on('limit', () => (chunks.length = 0));
  stream.on('error', () => {}); // a line cut in mid-file: the parser reports it for the whole form
  await new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      if (hold(chunk.byteLength)) chunks.push(chunk);
      else chunks.length = 0;
    });
    stream.on('close', resolve);
  });
  const tooLarge = stream.truncated === true;
  return { chunks: tooLarge ? [] : chunks, tooLarge };
}
