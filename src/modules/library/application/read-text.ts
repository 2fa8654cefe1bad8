import { createHash } from 'node:crypto';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Confined, EndReason } from '../../../platform/confined/confined-process.ts';
import { cleaned } from '../domain/clean-text.ts';
import { paragraphsOf } from '../domain/joined-lines.ts';
import { repaired } from '../domain/ocr-repair.ts';
import { STOPPED, tooLarge, UNREADABLE, type LibraryProblem } from '../domain/problems.ts';
import type { ReadDocument, ReadPage, ReadTable, ReadWarning } from '../domain/read-document.ts';
import type { OpenedFile, RawPage, ReaderAnswer, ReaderOrder } from './reader-orders.ts';
import type { Recognition } from './recognition.ts';

/** A file as somebody handed it over; the name gives no more than a title. */
export interface HandedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** What reading needs of the outside. */
export interface ReadingPorts {
  /** A process that runs `READER_PROGRAM`. */
  readonly reader: Confined;
  readonly recognition: Recognition;
}

/** A file may have as many bytes, a document as many pages; what is beyond is left out and said. */
export const MAX_FILE_MEGABYTES = 25;
export const MAX_FILE_BYTES = MAX_FILE_MEGABYTES * 1024 * 1024;
export const MAX_PAGES = 1000;

/** The page is there, but nobody could read it. */
const FAILED: Readonly<Record<EndReason, string>> = {
  timeout: 'Das dauerte zu lange.',
  memory: 'Das brauchte zu viel Speicher.',
  ended: 'Die Seite ist beschädigt.',
  stopped: 'Das Lesen wurde angehalten.',
};

/** A file that is being read, page by page; what the reading process forgot, it is told again. */
export class Reading {
  readonly #file: HandedFile;
  readonly #sha256: string;
  readonly #ports: ReadingPorts;
  readonly #signal: AbortSignal | undefined;

  constructor(file: HandedFile, ports: ReadingPorts, signal?: AbortSignal) {
    this.#file = file;
    this.#sha256 = createHash('sha256').update(file.bytes).digest('hex');
    this.#ports = ports;
    this.#signal = signal;
  }

  /** What it is, and how many of its pages will be read. */
  async open(): Promise<Result<OpenedFile, LibraryProblem>> {
    const { bytes, fileName } = this.#file;
    if (bytes.byteLength > MAX_FILE_BYTES) return refuse(tooLarge(MAX_FILE_MEGABYTES));
    const opened = await this.#asked<OpenedFile>({ do: 'open', sha256: this.#sha256, bytes, fileName });
    if (!opened.ok) return opened;
    const { count, warnings } = opened.value;
    const noText: ReadWarning[] = count === 0 ? [{ kind: 'no-text', detail: 'In der Datei steht kein Text.' }] : [];
    if (count <= MAX_PAGES) return ok({ ...opened.value, warnings: [...warnings, ...noText] });
    return ok({ ...opened.value, count: MAX_PAGES, warnings: [...warnings, pageLimit(count)] });
  }

  /** One page; a page that cannot be read is empty and says so, and the others go on. Only stopping is refused. */
  async page(
    number: number,
  ): Promise<Result<{ readonly page: ReadPage; readonly tables: readonly ReadTable[]; readonly warning?: ReadWarning }, LibraryProblem>> {
    const raw = await this.#ofOpen<RawPage>({ do: 'page', sha256: this.#sha256, page: number });
    if (this.#signal?.aborted === true) return refuse(STOPPED);
    if (!raw.ok) return ok(unread(number, raw.problem.detail));
    const { page, tables, picture } = raw.value;
    return picture ? this.#recognised(page) : ok({ page, tables });
  }

  async #recognised(page: ReadPage) {
    const png = await this.#ofOpen<Uint8Array>({ do: 'picture', sha256: this.#sha256, page: page.number });
    if (!png.ok) return this.#signal?.aborted === true ? refuse(STOPPED) : ok(unread(page.number, png.problem.detail));
    const found = await this.#ports.recognition.recognise(png.value, this.#signal);
    if (found.ok) {
      const text = paragraphsOf(repaired(cleaned(found.value)));
      // a little text behind a picture is part of the picture
      return ok({ page: { ...page, text, headings: [], ocr: true }, tables: [] });
    }
    return found.problem === 'stopped' ? refuse(STOPPED) : ok(unread(page.number, FAILED[found.problem]));
  }

  /** Asks about a file that the process should have open; a new process has none. */
  async #ofOpen<T>(order: ReaderOrder): Promise<Result<T, LibraryProblem>> {
    const first = await this.#asked<T>(order);
    if (first.ok || first.problem !== NOT_OPEN) return first;
    const opened = await this.open();
    return opened.ok ? this.#asked<T>(order) : opened;
  }

  async #asked<T>(order: ReaderOrder): Promise<Result<T, LibraryProblem>> {
    const answered = await this.#ports.reader.ask<ReaderAnswer>(order, this.#signal);
    if (!answered.ok) return refuse(ENDED[answered.problem]);
    const answer = answered.value;
    // the process answers with what the order asks for
    if (answer.ok) return ok(answer.value as T);
    return refuse(answer.why === 'unknown' && order.do !== 'open' ? NOT_OPEN : UNREADABLE[answer.why]);
  }
}

const NOT_OPEN: LibraryProblem = { kind: 'unavailable', detail: 'Die Datei ist nicht mehr geöffnet. Versuchen Sie es noch einmal.' };
const ENDED: Readonly<Record<EndReason, LibraryProblem>> = {
  timeout: UNREADABLE.slow,
  memory: UNREADABLE.bomb,
  ended: UNREADABLE.damaged,
  stopped: STOPPED,
};

const pageLimit = (count: number): ReadWarning => ({
  kind: 'page-limit',
  detail: `Das Dokument hat ${count.toLocaleString('de-DE')} Seiten. Gelesen werden die ersten ${MAX_PAGES.toLocaleString('de-DE')}. Teilen Sie das Dokument auf, wenn Sie alle brauchen.`,
});

const unread = (number: number, why: string) => ({
  page: { number, text: '', headings: [], ocr: false },
  tables: [],
  warning: { kind: 'page-failed', detail: `Seite ${number} ließ sich nicht lesen. ${why}` } as const,
});

/** What was recognised may be wrong, and whoever reads it should know. */
export const ocrWarning = (pages: readonly ReadPage[], recognition: string): ReadWarning[] => {
  const read = pages.filter(({ ocr }) => ocr).length;
  return read === 0
    ? []
    : [
        {
          kind: 'ocr',
          detail: `${read === 1 ? 'Eine Seite wurde' : `${read} Seiten wurden`} aus dem Bild gelesen (${recognition}). Einzelne Zeichen können falsch sein. Vergleichen Sie mit dem Original.`,
        },
      ];
};

/**
 * A file as text, by what is in it: PDF, scans, DOCX, ODT, HTML, mail, CSV, text. For one sitting; long scans are read
 * in the background by the library's job. @param told pages done of all
 */
export async function readText(
  file: HandedFile,
  ports: ReadingPorts,
  { signal, told }: { readonly signal?: AbortSignal; readonly told?: (done: number, count: number) => void } = {},
): Promise<Result<ReadDocument, LibraryProblem>> {
  const reading = new Reading(file, ports, signal);
  const opened = await reading.open();
  if (!opened.ok) return opened;
  const { title, format, count } = opened.value;
  const pages: ReadPage[] = [];
  const tables: ReadTable[] = [];
  const warnings: ReadWarning[] = [...opened.value.warnings];
  for (let number = 1; number <= count; number++) {
    const one = await reading.page(number);
    if (!one.ok) return one;
    pages.push(one.value.page);
    tables.push(...one.value.tables);
    if (one.value.warning !== undefined) warnings.push(one.value.warning);
    told?.(number, count);
  }
  return ok({ title, format, pages, tables, warnings: [...warnings, ...ocrWarning(pages, ports.recognition.name)] });
}
