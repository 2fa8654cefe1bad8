import type { Actor, CitizenActor } from '../../../kernel/actor.ts';
import type { CountUse } from '../../../kernel/usage.ts';
import type { Context } from '../../../platform/context.ts';
import type { Lang, LangText } from '../../../platform/ui/html.ts';

export type Staff = Extract<Actor, { kind: 'staff' }>;

/** A service as this module needs it. */
export interface CountedService {
  readonly key: string;
  readonly name: LangText;
  /** Authorities that decide it. */
  readonly offices: readonly string[];
  readonly pages: readonly { readonly id: string; readonly title: LangText; readonly fields: readonly { readonly id: string; readonly label: LangText }[] }[];
}

/** What procedure says of the cases of a service in some days. Exact: what is published is in tens (`domain/case-figures.ts`). */
export interface CasesOfService {
  readonly service: string;
  /** Applications that came online: in a Servicekonto, or from another online system. */
  readonly submitted: number;
  /** Of them, decided by now. */
  readonly decided: number;
  /** Begun in these days, not submitted, and untouched for 30 days. */
  readonly givenUp: number;
  /** Begun in these days and still being worked on. */
  readonly open: number;
  /** Where those given up were left, by page. */
  readonly leftAt: Readonly<Record<string, number>>;
}

export interface Days {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
}

/** Cases as this module may ask for them; counts only, but for the one question after a decision. */
export interface CasesPort {
  readonly ofServices: (days: Days) => Promise<readonly CasesOfService[]>;
  readonly byOrigin: (origins: readonly string[], days: Days) => Promise<{ readonly submitted: number; readonly decided: number }>;
  readonly begunBy: (origin: string, days: Days) => Promise<number>;
  /** The case, if it is this person's: whether it can be rated. */
  readonly own: (actor: CitizenActor, caseId: string) => Promise<{ readonly service: string; readonly decided: boolean } | undefined>;
}

export interface UsageContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'log' | 'settings'> {
  readonly count: CountUse;
  readonly cases: CasesPort;
  /** Services that people apply for, in force now. */
  readonly services: () => readonly CountedService[];
  /** Keys of the services that answer a query, best first. */
  readonly findServices: (query: string, lang: Lang) => readonly string[];
  /** Key for what only says that something was given. */
  readonly secret: string;
  readonly random: () => number;
}
