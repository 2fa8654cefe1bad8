import type { OutgoingFile } from './xbau-attachments.ts';
import type { XbauMapping, XbauDocument } from './xbau-mapping.ts';
import type { DecisionData, FormalCheck, FormData, SaidAnswer } from './xbau-write.ts';

/** A document of the file, with what XBau needs to know of it. */
export interface XbauCaseDocument extends OutgoingFile {
  readonly direction: 'in' | 'out';
  /** The form's document, or what kind of letter it is. */
  readonly kind: string;
  /** Given in with the answer to the last request for documents. */
  readonly ofLastAnswer: boolean;
  /** The present decision or a part of it. */
  readonly ofDecision: boolean;
}

/** What XBau can tell of a case. */
export interface XbauCase {
  readonly id: string;
  readonly fileNumber: string;
  readonly mapping: XbauMapping;
  readonly authority: { readonly name: string; readonly dvdv?: string | undefined };
  readonly answers: Readonly<Record<string, unknown>>;
  readonly said: readonly SaidAnswer[];
  readonly documents: readonly XbauCaseDocument[];
  /** The request for documents that is open. */
  readonly request?: { readonly items: readonly string[]; readonly text: string; readonly dueOn: string } | undefined;
  /** Whether a request was ever answered. */
  readonly answered: boolean;
  readonly completeOn?: string | undefined;
  readonly decisionBy?: string | undefined;
  /** The present decision, once it is sealed. */
  readonly decision?: DecisionData | undefined;
}

/** Name of a form's document in messages. */
const nameOf = (documents: readonly XbauDocument[], slot: string): string => documents.find((one) => one.slot === slot)?.name ?? slot;

/** What was handed in, as the application says it; only what came with the last answer if asked so. */
export function formDataOf({ answers, said, documents, mapping }: XbauCase, lastAnswerOnly = false): FormData {
  const files = documents
    .filter(({ direction, ofLastAnswer }) => direction === 'in' && (!lastAnswerOnly || ofLastAnswer))
    .map((one) => ({ ...one, slot: one.kind, title: nameOf(mapping.documents, one.kind) }));
  return { answers, said, files };
}

/** The formal check as it stands; `undefined` while nothing is asked for and nothing confirmed. */
export function formalCheckOf({ request, completeOn, documents, decisionBy, mapping }: XbauCase): FormalCheck | undefined {
  if (request !== undefined) return { complete: false, findings: request.items, dueOn: request.dueOn, letter: request.text, documents: [] };
  if (completeOn === undefined) return undefined;
  const names = documents.filter(({ direction }) => direction === 'in').map(({ kind, fileName }) => `${nameOf(mapping.documents, kind)}: ${fileName}`);
  return { complete: true, findings: [], documents: names, decisionBy };
}
