import type { FieldProblem } from '../../../kernel/problem.ts';
import type { Lang } from './service.ts';

export type Channel = 'mail' | 'phone';
/** `none`: closed without an answer, e.g. because nothing was asked. */
export type Outcome = 'mail' | 'call' | 'none';
export type QuestionState = 'open' | 'taken' | 'closed';

/** A question that somebody handed over to a person. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly lang: Lang;
  readonly channel: Channel;
  /** Mail address or number, as it was typed. */
  readonly contact: string;
  readonly state: QuestionState;
  readonly askedAt: Temporal.Instant;
  /** Staff id. */
  readonly takenBy: string | null;
  /** What was answered by mail, or noted of the call. */
  readonly answer: string | null;
  readonly outcome: Outcome | null;
  readonly closedAt: Temporal.Instant | null;
}

/** A question in a list: nothing of what it says, and not of whom. */
export type QuestionRow = Pick<Question, 'id' | 'lang' | 'channel' | 'state' | 'askedAt' | 'takenBy' | 'outcome' | 'closedAt'>;

export const LONGEST = { question: 2000, contact: 254, answer: 4000 } as const;

const MAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u;
const PHONE = /^[+(]?\d[\d\s()/.-]{4,29}$/;

export interface HandOver {
  readonly text: string;
  readonly channel: Channel | undefined;
  readonly contact: string;
  readonly consent: boolean;
}

export function questionProblems(text: string): FieldProblem[] {
  if (text === '') return [{ field: 'question', message: 'Schreiben Sie auf, was Sie suchen, zum Beispiel: Ich ziehe um und habe einen Hund.' }];
  if (text.length > LONGEST.question) return [{ field: 'question', message: `Kürzen Sie Ihre Frage auf ${LONGEST.question} Zeichen.` }];
  return [];
}

export function handOverProblems({ text, channel, contact, consent }: HandOver): FieldProblem[] {
  const problems = questionProblems(text);
  if (channel === undefined) problems.push({ field: 'channel', message: 'Wählen Sie, wie wir Ihnen antworten: mit einer E-Mail oder am Telefon.' });
  else if (channel === 'mail' && !(contact.length <= LONGEST.contact && MAIL.test(contact)))
    problems.push({ field: 'contact', message: 'Das ist keine E-Mail-Adresse. Schreiben Sie sie wie: name@beispiel.de' });
  else if (channel === 'phone' && !PHONE.test(contact))
    problems.push({ field: 'contact', message: 'Schreiben Sie die Telefonnummer mit Vorwahl, zum Beispiel 040 123456.' });
  if (!consent)
    problems.push({ field: 'consent', message: 'Stimmen Sie zu, dass wir Ihre Frage lesen und Ihnen antworten. Sonst können wir sie nicht annehmen.' });
  return problems;
}
