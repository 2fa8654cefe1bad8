import { wordsOf, type LogEntry } from './entry.ts';
import { messageWords, stepWords, type ReadMessage } from './message.ts';
import { reportWords, type ReadReport } from './situation-report.ts';

/** Name and version of the form of `lage.json`. */
export const EXPORT_FORM = 'kontor-lage-export/1';

/** A row of the journal as it is hashed; `payload` is text. */
export interface ExportedRow {
  readonly seq: number;
  readonly at: string;
  readonly stream: string;
  readonly kind: string;
  readonly actor: string;
  readonly payload: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** Words as they were hashed: SHA-256 of `words` in UTF-8 stands in the journal. */
interface Sealed {
  readonly id: string;
  readonly words: string;
  readonly sha256: string;
}

/** What `lage.json` holds. */
export interface LageExport {
  readonly form: typeof EXPORT_FORM;
  readonly lage: Readonly<Record<string, string | boolean | null>>;
  readonly origin: string;
  readonly exportedAt: string;
  readonly exportedBy: string;
  readonly entries: readonly (Sealed & { readonly number: number })[];
  readonly messages: readonly (Sealed & { readonly number: number })[];
  readonly steps: readonly (Sealed & { readonly place: number })[];
  readonly reports: readonly (Sealed & { readonly version: number })[];
  readonly journal: readonly ExportedRow[];
}

/** The words of a Lage as the journal proves them. */
export function sealedWords(
  entries: readonly LogEntry[],
  messages: readonly ReadMessage[],
  reports: readonly ReadReport[],
): Pick<LageExport, 'entries' | 'messages' | 'steps' | 'reports'> {
  return {
    entries: entries.map((one) => ({ id: one.id, number: one.number, words: wordsOf(one), sha256: one.sha256 })),
    messages: messages.map(({ steps: _steps, ...one }) => ({ id: one.id, number: one.number, words: messageWords(one), sha256: one.sha256 })),
    steps: messages.flatMap(({ steps }) => steps.map((one) => ({ id: one.messageId, place: one.place, words: stepWords(one), sha256: one.sha256 }))),
    reports: reports.map((one) => ({ id: one.id, version: one.version, words: reportWords(one), sha256: one.sha256 })),
  };
}
