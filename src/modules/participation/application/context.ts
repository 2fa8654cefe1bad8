import type { Actor } from '../../../kernel/actor.ts';
import type { Position } from '../../../kernel/geo.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { FileRef } from '../domain/events.ts';
import type { ParticipationPlan } from '../../catalogue/public.ts';

/** What participation needs to know of a case. */
export interface CaseView {
  readonly id: string;
  readonly fileNumber: string;
  /** Key of the service package. */
  readonly service: string;
  /** Id of `services/authorities.yaml`. */
  readonly authority: string;
  /** Null where the authority began the case itself. */
  readonly accountId: string | null;
  /** Who applied together with that account. */
  readonly coApplicants?: readonly { readonly accountId: string }[];
  readonly status: string;
  /** What it is about, for officers: the service's name. */
  readonly title: string;
  readonly place?: Position | undefined;
  /** For the FEEL conditions of the plan. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** The section `participation` of the pinned package; absent: `NO_PLAN`. */
  readonly plan?: ParticipationPlan | undefined;
  /** Files the applicant has submitted; officers choose which a round shows. */
  readonly documents: readonly FileRef[];
}

/** The port to cases, filled by the module that has them. */
export interface Cases {
  read(db: Sql, caseId: string): Promise<CaseView | undefined>;
  /** Whether this actor may see the case: the applicant, the authority, revision. */
  maySee(actor: Actor, view: CaseView): boolean;
  /** Whether this actor may change it. */
  mayAct(actor: Actor, view: CaseView): boolean;
}

/** The port to bytes, kept by their content; `platform/files` fits it. */
export interface Files {
  /** @returns lower-case hex SHA-256 */
  put(tx: Tx, bytes: Uint8Array, mediaType: string): Promise<string>;
  get(db: Sql, sha256: string): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | undefined>;
}

/** What the use cases of this module may reach. */
export interface ParticipationContext extends Pick<Context, 'settings' | 'clock' | 'database' | 'journal' | 'mailer' | 'log'> {
  readonly cases: Cases;
  readonly files: Files;
}
