import type { CommonProblemKind, FieldProblem, Problem } from '../../kernel/problem.ts';
import type { Lang, LangText } from '../ui/html.ts';

/** Refusals that only this folder gives. */
export type HttpProblemKind = 'foreign-origin' | 'internal' | 'starting';

interface ProblemMeaning {
  readonly status: 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503;
  readonly title: LangText;
}

/** What each kind of refusal is in HTTP, and its headline. */
export const PROBLEMS: Readonly<Record<CommonProblemKind | HttpProblemKind, ProblemMeaning>> = {
  'invalid-input': { status: 422, title: { de: 'Bitte prüfen Sie Ihre Angaben', en: 'Please check your entries', leicht: 'Bitte prüfen Sie Ihre Angaben' } },
  'not-found': { status: 404, title: { de: 'Nicht gefunden', en: 'Not found', leicht: 'Das gibt es hier nicht' } },
  'not-allowed': { status: 403, title: { de: 'Dafür fehlt Ihnen die Berechtigung', en: 'You are not allowed to do this', leicht: 'Das dürfen Sie nicht' } },
  'sign-in-needed': { status: 401, title: { de: 'Bitte melden Sie sich an', en: 'Please sign in', leicht: 'Bitte melden Sie sich an' } },
  conflict: { status: 409, title: { de: 'Inzwischen hat sich etwas geändert', en: 'Something has changed in the meantime', leicht: 'Jemand war schneller' } },
  'wrong-state': { status: 409, title: { de: 'Das geht in diesem Stand nicht', en: 'Not possible in this state', leicht: 'Das geht jetzt nicht' } },
  'too-large': { status: 413, title: { de: 'Das ist zu groß', en: 'This is too large', leicht: 'Das ist zu groß' } },
  'too-many': { status: 429, title: { de: 'Zu viele Anfragen', en: 'Too many requests', leicht: 'Zu viele Anfragen' } },
  'too-costly': { status: 503, title: { de: 'Das dauert zu lange', en: 'This takes too long', leicht: 'Das dauert zu lange' } },
  unavailable: { status: 503, title: { de: 'Gerade nicht erreichbar', en: 'Not available right now', leicht: 'Das geht gerade nicht' } },
  'foreign-origin': {
    status: 403,
    title: { de: 'Die Anfrage kam von einer fremden Seite', en: 'The request came from another site', leicht: 'Die Anfrage kam von einer anderen Seite' },
  },
  internal: { status: 500, title: { de: 'Bei uns ist ein Fehler passiert', en: 'Something went wrong on our side', leicht: 'Wir haben einen Fehler gemacht' } },
  starting: { status: 503, title: { de: 'Kontor startet', en: 'Kontor is starting', leicht: 'Kontor startet' } },
};

/** A kind that a module has narrowed further than the common ones is a refusal of the input. */
function meaningOf(kind: string): ProblemMeaning {
  return Object.hasOwn(PROBLEMS, kind) ? PROBLEMS[kind as keyof typeof PROBLEMS] : PROBLEMS['invalid-input'];
}

/** The HTTP status of a refusal. */
export const problemStatus = (problem: Problem): ProblemMeaning['status'] => meaningOf(problem.kind).status;

/** The headline of a refusal. */
export const problemTitle = (problem: Problem, lang: Lang): string => meaningOf(problem.kind).title[lang];

/** A refusal as RFC 9457 writes it (`application/problem+json`). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly FieldProblem[];
  /** Of a conflict: the thing as it is now. */
  readonly current?: unknown;
}

/** @param origin scheme and host of the city; `type` leads to its explanation at `/api` */
export function problemDocument(problem: Problem, origin: string, requestId: string): ProblemDocument {
  return {
    type: `${origin}/api#${problem.kind}`,
    title: problemTitle(problem, 'de'),
    status: problemStatus(problem),
    detail: problem.detail,
    instance: `urn:uuid:${requestId}`,
    ...(problem.fields === undefined ? {} : { errors: problem.fields }),
    ...(problem.current === undefined ? {} : { current: problem.current }),
  };
}

/** What a person reads when a bug of ours ended the request; the reason stands in the log. */
export const INTERNAL: Problem = {
  kind: 'internal',
  detail: 'Wir haben den Fehler aufgezeichnet. Versuchen Sie es in ein paar Minuten noch einmal. Hilft das nicht, nennen Sie uns die Nummer der Anfrage.',
};

export const PAGE_NOT_FOUND: Problem = {
  kind: 'not-found',
  detail: 'Diese Seite gibt es nicht. Prüfen Sie die Adresse oder gehen Sie zur Startseite.',
};
