import type { AnswerKind, Day, Meta, StatementEvent, StatementWords, Via, WeighingResult } from './events.ts';

/** A statement: of the public, or the answer of a consultee. Folded from its events. */
export interface Statement extends StatementWords {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  /** Public reference number. */
  readonly number: string;
  readonly roundId: string;
  readonly consultationId?: string;
  readonly answer: AnswerKind | 'statement';
  readonly receivedOn: Day;
  readonly late: boolean;
  readonly via: Via;
  /** How often the answer was changed before the end. */
  readonly revision: number;
  /** Since when the applicant sees it: the officer has confirmed it. */
  readonly releasedOn?: Day;
  readonly anonymised?: string;
  /** Whether others see the places: one may be the author's home. */
  readonly placesShown?: boolean;
  readonly publishedOn?: Day;
  readonly weighing?: { readonly result: WeighingResult; readonly reasons: string; readonly reply: string; readonly on: Day; readonly by: string };
  readonly repliedOn?: Day;
  readonly repliedVia?: 'mail' | 'postfach' | 'paper';
}

/** Folds one accepted event into the statement. Pure and total. */
export function evolveStatement(state: Statement | undefined, event: StatementEvent, meta: Meta): Statement {
  if (event.kind === 'stellungnahme-eingegangen') {
    const { statementId, places: _places, files: _files, ...facts } = event.facts;
    return { id: statementId, ...facts, ...event.content, version: meta.version, revision: 0 };
  }
  if (state === undefined) throw new Error(`statement begins with ${event.kind}`);
  return { ...fold(state, event, meta), version: meta.version };
}

function fold(state: Statement, event: Exclude<StatementEvent, { kind: 'stellungnahme-eingegangen' }>, meta: Meta): Statement {
  switch (event.kind) {
    case 'stellungnahme-ersetzt': {
      const { files: _files, ...facts } = event.facts;
      // What was decided about the old words says nothing about the new ones.
      const { releasedOn: _r, anonymised: _a, placesShown: _s, publishedOn: _p, weighing: _w, repliedOn: _o, repliedVia: _v, ...rest } = state;
      return { ...rest, ...facts, ...event.content, revision: state.revision + 1 };
    }
    case 'stellungnahme-freigegeben':
      return { ...state, releasedOn: event.facts.on };
    case 'stellungnahme-anonymisiert':
      return { ...state, anonymised: event.content.text, placesShown: event.facts.placesShown };
    case 'stellungnahme-veroeffentlicht':
      return { ...state, publishedOn: event.facts.on };
    case 'veroeffentlichung-beendet': {
      const { publishedOn: _published, ...rest } = state;
      return rest;
    }
    case 'abgewogen': {
      const { repliedOn: _o, repliedVia: _v, ...rest } = state;
      return { ...rest, weighing: { ...event.facts, ...event.content, by: meta.actor } };
    }
    case 'ergebnis-mitgeteilt':
      return { ...state, repliedOn: event.facts.on, repliedVia: event.facts.via };
  }
}

/** The places others than the authority may see. */
export const shownPlaces = (statement: Pick<Statement, 'personal' | 'placesShown' | 'places'>): Statement['places'] =>
  (statement.placesShown ?? !statement.personal) ? statement.places : [];

/** The words others than the authority may read: of a person only the anonymised ones. */
export const shownText = (statement: Pick<Statement, 'personal' | 'anonymised' | 'text'>): string | undefined =>
  statement.anonymised ?? (statement.personal ? undefined : statement.text);
