import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Clock } from '../../../kernel/time.ts';
import type { CaseRecord } from '../domain/case-file.ts';

/** Where whole files come from; whoever reads one is journalled there. */
export interface Records {
  read(actor: Actor, caseId: string): Promise<Result<CaseRecord, Problem>>;
}

/** What the use cases of this module may reach. */
export interface ExchangeContext {
  readonly clock: Clock;
  readonly records: Records;
  /** Other authorities by id, for the Abgabe. */
  readonly authorityName: (id: string) => string | undefined;
  /** Who takes what is closed. */
  readonly archive: string;
  readonly product: string;
}
