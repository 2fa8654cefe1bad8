import type { LangText } from '../../../platform/ui/html.ts';
import type { ConsultationTally } from '../domain/consultation.ts';
import type { ProcedureContext } from '../../procedure/public.ts';

/** An end of the Online-Ausweis helper that can be printed: what to do, and the address at which it goes on. */
export interface AdviceSheet {
  /** Name in addresses. */
  readonly key: string;
  readonly title: LangText;
  readonly lead: LangText;
  readonly steps: readonly LangText[];
  /** Path with query, e.g. `/online-ausweis?weg=pin-setzen`. */
  readonly path: string;
}

/** What the module needs; other modules are reached through ports that the wiring fills. */
export interface GuidesContext extends ProcedureContext {
  /** What each guide counted today; of this server. */
  readonly tally: ConsultationTally;
  /** Keys the hashes of codes. */
  readonly secret: string;
  /** Whether cases at the counter are counted at `/amt/zaehlen`; absent: the desk does not lead there. */
  readonly countsCounterCases?: boolean;
  /** Ends of the Online-Ausweis helper for the desk's printer. Absent: none are offered. */
  readonly adviceSheets?: () => readonly AdviceSheet[];
}
