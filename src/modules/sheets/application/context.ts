import type { Actor } from '../../../kernel/actor.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { DecisionSheet } from '../../procedure/public.ts';
import type { SheetDesk } from './sheet-desk.ts';
import type { Visits } from './visits.ts';

type Words = Readonly<Record<'de' | 'en' | 'leicht', string>>;

/** A file of a case, with its place among its versions. */
export interface CaseDocument {
  readonly id: string;
  readonly slot: string;
  /** What the package calls documents of this kind. */
  readonly label: Words;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly uploadedAt: Temporal.Instant;
  readonly by: 'applicant' | 'authority';
  readonly version: number;
  readonly current: boolean;
  /** Id of the version before. */
  readonly former?: string | undefined;
}

/** What sheets need to know of a case. */
export interface CaseView {
  readonly id: string;
  readonly fileNumber: string;
  readonly service: Words;
  readonly serviceKey: string;
  /** Id of `services/authorities.yaml`. */
  readonly authority: string;
  readonly authorityName: string;
  /** Null where the authority began the case itself. */
  readonly accountId: string | null;
  /** Who applied together with that account. */
  readonly coApplicants?: readonly { readonly accountId: string }[];
  readonly applicant: string;
  readonly status: string;
  readonly decided: boolean;
  /** Handed in, oldest first. */
  readonly documents: readonly CaseDocument[];
  /** Sheets of decisions that have gone out: what the applicant may see of the entries. */
  readonly released: readonly DecisionSheet[];
}

/** The port to cases, filled where the modules are wired. */
export interface Cases {
  read(db: Sql, caseId: string): Promise<CaseView | undefined>;
  /** As `read`, held until the transaction ends: an entry and a decision wait for each other. */
  lock(tx: Tx, caseId: string): Promise<CaseView | undefined>;
  maySee(actor: Actor, view: CaseView): boolean;
  mayAct(actor: Actor, view: CaseView): boolean;
  /** Journals that an employee looked. */
  noteRead(actor: Actor, caseId: string): Promise<void>;
  /** Names of employees by `actorRef`; what is not known stays out. */
  namesOf(db: Sql, refs: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** What the use cases of this module may reach. */
export interface SheetsContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'typesetter'> {
  readonly cases: Cases;
  readonly readFile: (db: Sql, sha256: string) => Promise<{ readonly bytes: Uint8Array } | undefined>;
  readonly drawings: SheetDesk;
  readonly visits: Visits;
}
