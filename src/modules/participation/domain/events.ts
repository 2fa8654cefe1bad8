import type { Lang } from '../../../kernel/lang.ts';
import type { Position } from '../../../kernel/geo.ts';
import type { ConsulteeKind, Silence } from '../../catalogue/public.ts';

/** ISO day. */
export type Day = string;

/** One step of a computed period: what happened, under which paragraph, and the day it leads to. */
export interface PeriodStep {
  readonly text: string;
  readonly paragraph: string;
  readonly date: Day;
}

export type RoundKind = 'stellen' | 'oeffentlich';
export type AnswerKind = 'no-objection' | 'conditions' | 'objection' | 'not-responsible';
/** How an answer or statement came. */
export type Via = 'link' | 'account' | 'paper' | 'online';
export type WeighingResult = 'gefolgt' | 'teilweise' | 'nicht-gefolgt' | 'zur-kenntnis' | 'unberuecksichtigt';

/** A file kept by its content. */
export interface FileRef {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * An event: `facts` go into the journal and name no person; `content` are the words, kept beside it
 * with their hash in the journal.
 */
interface EventShapes {
  'keine-stellen': { facts: { readonly on: Day }; content: { readonly reason: string } };
  'runde-eroeffnet': {
    facts: {
      readonly roundId: string;
      readonly roundKind: RoundKind;
      readonly planId?: string;
      readonly legalBasis: string;
      readonly openedOn: Day;
      readonly startsOn: Day;
      readonly dueOn: Day;
      readonly noticedOn?: Day;
      readonly graceDays: number;
      readonly repeatOf?: string;
      readonly shortened: boolean;
      readonly limited: boolean;
      readonly place?: Position;
    };
    content: {
      readonly title: string;
      readonly request: string;
      readonly steps: readonly PeriodStep[];
      /** § 4a(3) BauGB: what changed in the draft, and why the period may be shorter. */
      readonly changes?: string;
      readonly shortenedBecause?: string;
    };
  };
  'unterlage-beigefuegt': {
    facts: { readonly roundId: string; readonly documentId: string; readonly sha256: string; readonly mediaType: string; readonly sizeBytes: number };
    content: { readonly fileName: string };
  };
  'stelle-beteiligt': {
    facts: {
      readonly consultationId: string;
      readonly roundId: string;
      readonly planId?: string;
      readonly consulteeKind: ConsulteeKind;
      readonly askedOn: Day;
      readonly dueOn: Day;
      readonly remindOn: Day;
      readonly legalBasis: string;
      readonly silence: Silence;
    };
    content: { readonly name: string; readonly email?: string };
  };
  'stelle-erinnert': { facts: { readonly consultationId: string; readonly on: Day; readonly byClock: boolean }; content?: undefined };
  'stelle-frist-verlaengert': {
    facts: { readonly consultationId: string; readonly dueOn: Day; readonly remindOn: Day };
    content: { readonly reason: string };
  };
  'stelle-geantwortet': {
    facts: {
      readonly consultationId: string;
      readonly statementId: string;
      readonly answer: AnswerKind;
      readonly receivedOn: Day;
      readonly late: boolean;
      readonly via: Via;
    };
    content?: undefined;
  };
  'stelle-schweigt': { facts: { readonly consultationId: string; readonly silence: Silence; readonly legalBasis: string }; content?: undefined };
  'beteiligung-zurueckgezogen': { facts: { readonly consultationId: string }; content: { readonly reason: string } };
  'link-erneuert': { facts: { readonly consultationId: string }; content?: undefined };
  'link-widerrufen': { facts: { readonly consultationId: string }; content?: undefined };
  /** The actor of the entry took the consultation into the own account. */
  'stelle-uebernommen': { facts: { readonly consultationId: string; readonly by: string }; content?: undefined };
  'runde-faellig': { facts: { readonly roundId: string }; content?: undefined };
  'runde-geschlossen': { facts: { readonly roundId: string; readonly on: Day }; content?: undefined };
}

interface StatementShapes {
  'stellungnahme-eingegangen': {
    facts: {
      readonly statementId: string;
      readonly caseId: string;
      readonly number: string;
      readonly roundId: string;
      readonly consultationId?: string;
      readonly answer: AnswerKind | 'statement';
      readonly receivedOn: Day;
      readonly late: boolean;
      readonly via: Via;
      readonly places: number;
      readonly files: readonly string[];
    };
    content: StatementWords;
  };
  'stellungnahme-ersetzt': {
    facts: { readonly answer: AnswerKind; readonly receivedOn: Day; readonly late: boolean; readonly via: Via; readonly files: readonly string[] };
    content: StatementWords;
  };
  'stellungnahme-freigegeben': { facts: { readonly on: Day }; content?: undefined };
  'stellungnahme-anonymisiert': { facts: { readonly on: Day; readonly placesShown: boolean }; content: { readonly text: string } };
  'stellungnahme-veroeffentlicht': { facts: { readonly on: Day }; content?: undefined };
  'veroeffentlichung-beendet': { facts: { readonly on: Day }; content?: undefined };
  abgewogen: { facts: { readonly result: WeighingResult; readonly on: Day }; content: { readonly reasons: string; readonly reply: string } };
  'ergebnis-mitgeteilt': { facts: { readonly on: Day; readonly via: 'mail' | 'postfach' | 'paper' }; content?: undefined };
}

/** Who wrote a statement of the public; all of it optional. */
export interface Author {
  readonly name?: string;
  readonly address?: string;
  readonly email?: string;
}

/** What a statement says: the words that name people, and all they typed. */
export interface StatementWords {
  readonly text: string;
  /** Proposed Nebenbestimmungen (§ 36 VwVfG). */
  readonly conditions: readonly string[];
  readonly author: Author;
  /** Whether the author is a person: then nothing is shown to others before it is anonymised. */
  readonly personal: boolean;
  readonly accountId?: string;
  /** In which the author read the form: mails about it are in it. */
  readonly lang?: Lang;
  readonly places: readonly Position[];
  readonly attachments: readonly FileRef[];
}

type Shape<M, K> = K extends keyof M
  ? M[K] extends { facts: infer F; content: infer C }
    ? { readonly kind: K; readonly facts: F; readonly content: C }
    : M[K] extends { facts: infer F }
      ? { readonly kind: K; readonly facts: F; readonly content?: undefined }
      : never
  : never;

export type CaseEventKind = keyof EventShapes;
export type CaseEventOf<K extends CaseEventKind> = Shape<EventShapes, K>;
export type CaseEvent = { [K in CaseEventKind]: CaseEventOf<K> }[CaseEventKind];

export type StatementEventKind = keyof StatementShapes;
export type StatementEventOf<K extends StatementEventKind> = Shape<StatementShapes, K>;
export type StatementEvent = { [K in StatementEventKind]: StatementEventOf<K> }[StatementEventKind];

/** When, by whom and as which version an event was accepted. */
export interface Meta {
  readonly version: number;
  /** `actorRef` notation. */
  readonly actor: string;
}
