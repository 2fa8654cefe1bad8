import type { Actor } from '../../../kernel/actor.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql } from '../../../platform/database/port.ts';

export interface StepView {
  readonly id: string;
  readonly name: { readonly de: string; readonly en: string; readonly leicht: string };
  readonly legalBasis: string;
  readonly stage: 'done' | 'next' | 'ahead';
  readonly on?: string | undefined;
}

/** A document of a case. */
export interface DocumentRef {
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
}

/** What everybody may know of a case. */
export interface PublicCaseView {
  readonly id: string;
  readonly fileNumber: string;
  readonly title: { readonly de: string; readonly en: string; readonly leicht: string };
  readonly authority: string;
  readonly steps: readonly StepView[];
  readonly documents: readonly DocumentRef[];
  readonly inForceOn?: string | undefined;
  /** Public displays that run or are announced. */
  readonly rounds: readonly { readonly id: string; readonly title: string; readonly startsOn: string; readonly dueOn: string }[];
}

/** The port to cases, filled where the modules are wired. */
export interface Cases {
  listPublic(): Promise<readonly PublicCaseView[]>;
  findPublic(caseId: string): Promise<PublicCaseView | undefined>;
  /** Documents of a case this employee may see, oldest first; nothing when they may not. */
  documentsFor(actor: Actor, caseId: string): Promise<readonly DocumentRef[] | undefined>;
}

export interface PlansContext extends Pick<Context, 'database' | 'clock'> {
  readonly cases: Cases;
  readonly readFile: (db: Sql, sha256: string) => Promise<{ readonly bytes: Uint8Array } | undefined>;
}
