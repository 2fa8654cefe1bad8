import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { ReceiveContext } from './check-received.ts';

/** A file of a Vorgang, for the case. */
export interface XdomeaDocument {
  /** What the sender calls the document: the form's document, where the sender is a Kontor. */
  readonly slot?: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly description?: string;
}

/** A Vorgang of another authority. */
export interface XdomeaFile {
  /** UUID of the Vorgang: the same is taken once. */
  readonly reference: string;
  readonly service: string;
  readonly subject: string;
  readonly formerAuthority: string;
  readonly formerNumber?: string;
  readonly begunOn?: string;
  readonly documents: readonly XdomeaDocument[];
  /** The package as it came. */
  readonly original: { readonly fileName: string; readonly mediaType: 'application/zip'; readonly bytes: Uint8Array };
}

export interface TakenCase {
  readonly caseId: string;
  readonly fileNumber: string;
  readonly authority: string;
  readonly status: string;
}

/** Cases as xdomea needs them. */
export interface XdomeaCases {
  /** The service that a message names, by its key or its Leistungsschlüssel. */
  serviceNamed(named: readonly string[]): string | undefined;
  /** The authority of this name, if it is one of the city. */
  authorityNamed(name: string): string | undefined;
  /** The case that came of this Vorgang, whoever took it. */
  find(actor: Actor, reference: string): Promise<Result<TakenCase | undefined, Problem>>;
  /** A closed file comes into the keeping of the authority. */
  takeClosed(actor: Actor, file: XdomeaFile & { readonly closedOn: string; readonly authority: string }): Promise<Result<TakenCase, Problem>>;
  /** A running case goes on here as an application; whoever is written to stands in the answers. */
  takeRunning(actor: Actor, file: XdomeaFile & { readonly answers: Readonly<Record<string, unknown>> }): Promise<Result<TakenCase, Problem>>;
}

export interface XdomeaImportContext extends ReceiveContext {
  readonly cases: XdomeaCases;
}
