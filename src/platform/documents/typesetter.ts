import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Clock } from '../../kernel/time.ts';
import { loadFonts, type LetterFonts } from './fonts.ts';
import type { Attachment, Pdf, Typesetter } from './port.ts';
import { printableJson } from './printable.ts';
import { exportMistakes, locate, TemplateError, withoutPackages, type TemplateMistake } from './template-error.ts';

/** What a service package imports: `#import "/letter.typ": letter, data`. */
export const LETTER_PATH = '/letter.typ';

/** Typst source of the copy of every answer; data: {@link AnswersData}. */
export const answersTemplate: string = readHouseFile('answers.typ');

/** Data of {@link answersTemplate}; all texts are ready for the reader. */
export interface AnswersData {
  readonly title: string;
  readonly fileNumber: string;
  readonly submittedAt: string;
  readonly authority: string;
  readonly lang?: 'de' | 'en';
  readonly sections: readonly { readonly heading: string; readonly rows: readonly { readonly label: string; readonly value: string }[] }[];
}

/** The head of a letter, as `letter.with(data.head)` in `letter.typ` takes it. */
export interface LetterHead {
  /** Title in the PDF's metadata; without it, the subject. */
  readonly title?: string;
  readonly subject: string;
  readonly lang?: 'de' | 'en';
  readonly keywords?: readonly string[];
  readonly authority: {
    readonly name: string;
    readonly unit?: string;
    readonly street?: string;
    readonly place?: string;
    readonly phone?: string;
    readonly email?: string;
    readonly web?: string;
  };
  /** Six lines as a rule (DIN 5008); more are set smaller. */
  readonly addressee: readonly string[];
  readonly fileNumber: string;
  /** Ready for the reader, e.g. `23.11.2026`. */
  readonly date: string;
  readonly contact?: { readonly name?: string; readonly room?: string; readonly phone?: string; readonly email?: string };
  /** Remark above the address, e.g. `Über das Postfach`. */
  readonly delivery?: string;
  readonly yourReference?: string;
}

export interface TypesetterOptions {
  readonly clock: Clock;
  /** Largest size of the data as JSON in bytes; default 2 MiB. A larger one throws. */
  readonly maxDataBytes?: number;
}

/** A workspace that does not exist: templates can read nothing but what is put into memory. */
const ROOT = '/kontor-no-such-directory';
/** Typst never forgets a path, so the paths are few and reused. */
const TEMPLATE_SLOTS = 64;
/** Nothing of one letter stays in Typst's cache: it helps no other letter, and it is personal data. */
const CACHE_AGE = 0;
/** Embeds the files named in `sys.inputs.attachments`; stands after the template, so its lines count from 1. */
const EPILOGUE = `
#for a in json(bytes(sys.inputs.at("attachments", default: "[]"))) {
  pdf.attach(a.name, read(a.path, encoding: none), relationship: "data", mime-type: a.mediaType, description: a.description)
}
`;

/**
 * Opens the typesetter: about 60 ms once, then a few milliseconds a letter. Compiling runs in the
 * calling thread, as it takes less time than handing the work over. Typst itself stops endless
 * loops and recursion; the size of the data is bounded here.
 */
export function createTypesetter(options: TypesetterOptions): Typesetter & {
  /** See {@link TemplateChecker}. */
  readonly checkTemplate: TemplateChecker;
} {
  const press = new Press(options);
  return {
    compile: async (template, data, attach = []) => press.print(template, data, attach),
    checkTemplate: (source, sampleData, attach = []) => press.check(source, sampleData, attach),
  };
}

/** Sets a template with sample data. @returns every mistake, in reading order; empty when it is fine */
export type TemplateChecker = (source: string, sampleData: unknown, attach?: readonly Attachment[]) => readonly TemplateMistake[];

let checker: Press | undefined;

/** {@link TemplateChecker} for a command line that needs no typesetter else. */
export const checkTemplate: TemplateChecker = (source, sampleData, attach = []) => {
  checker ??= new Press({ clock: () => Temporal.Instant.fromEpochMilliseconds(0) });
  return checker.check(source, sampleData, attach);
};

class Press {
  readonly #compiler: NodeCompiler;
  readonly #fonts: LetterFonts;
  readonly #clock: Clock;
  readonly #maxDataBytes: number;
  readonly #slots = new Map<string, string>();

  constructor({ clock, maxDataBytes = 2 * 1024 * 1024 }: TypesetterOptions) {
    this.#clock = clock;
    this.#maxDataBytes = maxDataBytes;
    this.#fonts = loadFonts();
    this.#compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: [...this.#fonts.blobs] }] });
    this.#compiler.addSource(ROOT + LETTER_PATH, readHouseFile('letter.typ'));
  }

  print(template: string, data: unknown, attach: readonly Attachment[]): Pdf {
    try {
      return this.#set(template, printableJson(data, this.#fonts.covered), attach);
    } catch (error) {
      // A sequence of signs that no single font can draw together: only the house font's signs stay.
      if (!(error instanceof TemplateError) || !error.mistakes.every((mistake) => mistake.undrawable)) throw error;
      return this.#set(template, printableJson(data, this.#fonts.house), attach);
    }
  }

  check(template: string, data: unknown, attach: readonly Attachment[]): readonly TemplateMistake[] {
    try {
      this.#set(template, printableJson(data, this.#fonts.covered), attach);
      return [];
    } catch (error) {
      if (error instanceof TemplateError) return error.mistakes;
      throw error;
    }
  }

  #set(template: string, json: string, attach: readonly Attachment[]): Pdf {
    if (json.length > this.#maxDataBytes) throw new Error(`the data of a letter is larger than ${this.#maxDataBytes} bytes`);
    withoutPackages(template);
    const path = this.#slotFor(template);
    const attachments = attach.flatMap(({ name, mediaType, description, drawn }, index) =>
      drawn === true ? [] : [{ name, mediaType, description, path: `/attachments/${index}` }],
    );
    for (const [index, one] of attach.entries()) this.#compiler.mapShadow(`${ROOT}/attachments/${index}`, Buffer.from(one.bytes));
    try {
      return this.#export(path, { data: json, attachments: JSON.stringify(attachments) });
    } finally {
      for (const index of attach.keys()) this.#compiler.unmapShadow(`${ROOT}/attachments/${index}`);
      this.#compiler.evictCache(CACHE_AGE);
    }
  }

  #export(path: string, inputs: Record<string, string>): Pdf {
    const seconds = Math.floor(this.#clock().epochMilliseconds / 1000);
    try {
      // Straight to PDF: a document handed to JavaScript in between is freed late (about 0.6 MB a letter).
      return this.#compiler.pdf({ mainFilePath: path, inputs }, { pdfStandard: 'a-3a', creationTimestamp: seconds });
    } catch (error) {
      const failure = this.#compiler.compile({ mainFilePath: path, inputs }).takeError();
      if (failure !== null) throw new TemplateError(locate(this.#compiler.fetchDiagnostics(failure), ROOT, path));
      throw new TemplateError(exportMistakes(String(error instanceof Error ? error.message : error)));
    }
  }

  /** The path in memory under which Typst knows this template; the longest unused one is given away. */
  #slotFor(template: string): string {
    let path = this.#slots.get(template);
    if (path === undefined) {
      const oldest = this.#slots.size < TEMPLATE_SLOTS ? undefined : this.#slots.entries().next().value;
      if (oldest !== undefined) this.#slots.delete(oldest[0]);
      path = oldest?.[1] ?? `${ROOT}/template-${this.#slots.size}.typ`;
      this.#compiler.mapShadow(path, Buffer.from(template + EPILOGUE));
    } else {
      this.#slots.delete(template);
    }
    this.#slots.set(template, path);
    return path;
  }
}

function readHouseFile(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
}
