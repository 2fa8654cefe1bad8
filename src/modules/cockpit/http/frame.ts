import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Subject } from '../domain/comment.ts';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;

export const HOME = '/strategie';
/** Who keeps the strategy, and who leads a unit that answers for measures; which ones, the use case asks. */
export const EDITORS = ['strategie', 'leitung'] as const;
/** Who follows how it goes. */
export const READERS = ['strategie', 'leitung', 'revision'] as const;
export const TAG = 'Strategie';

export const fieldHref = (key: string): string => `${HOME}/${key}`;
export const measureHref = (key: string): string => `${HOME}/massnahmen/${key}`;
export const decisionHref = (key: string): string => `${HOME}/entscheidungen/${key}`;
export const subjectHref = ({ kind, key }: Subject): string => (kind === 'measure' ? measureHref(key) : decisionHref(key));
export const unitHref = (key: string): string => `${HOME}/stelle/${key}`;
export const serviceHref = (key: string): string => `${HOME}/spur/leistung/${key}`;
export const eventHref = (kind: string): string => `${HOME}/spur/ereignis/${kind}`;
export const historyHref = (kind: string, key: string): string => `${HOME}/verlauf/${kind}/${key}`;
export const editHref = (kind: string, key: string): string => `${HOME}/bearbeiten/${kind}/${key}`;

/** A day as people or programs write it. */
export function readDay(text: string): Temporal.PlainDate | undefined {
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text.trim());
  const iso = german === null ? text.trim() : `${german[3]}-${german[2]!.padStart(2, '0')}-${german[1]!.padStart(2, '0')}`;
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(iso)) return undefined;
  try {
    return Temporal.PlainDate.from(iso);
  } catch {
    return undefined;
  }
}

/** "As it stood on": the day asked for in the address. */
export function dayAsked({ query }: Pick<Visit, 'query'>): { readonly day?: Temporal.PlainDate; readonly wrong?: true } {
  const text = query.get('stand') ?? '';
  if (text === '') return {};
  const day = readDay(text);
  return day === undefined ? { wrong: true } : { day };
}
