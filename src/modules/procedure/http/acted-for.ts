import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { defineTexts, type Lang } from '../../../platform/ui/html.ts';
import type { ActedFor } from '../../identity/public.ts';
import type { CaseView } from '../application/read-case.ts';
import { applicantName } from '../domain/applicants.ts';
import type { StoredEvent } from '../domain/events.ts';

const texts = defineTexts({
  de: {
    for: (agent: string, holder: string, how: string) => `${agent} für ${holder} (${how})`,
    someone: 'Jemand',
    vollmacht: 'Vollmacht',
    mitglied: 'Organisation',
  },
  en: {
    for: (agent: string, holder: string, how: string) => `${agent} for ${holder} (${how})`,
    someone: 'Somebody',
    vollmacht: 'power of attorney',
    mitglied: 'organisation',
  },
  leicht: {
    for: (agent: string, holder: string, how: string) => `${agent} für ${holder} (${how})`,
    someone: 'Jemand',
    vollmacht: 'Vollmacht',
    mitglied: 'Organisation',
  },
});

/** `Elif Yılmaz für Elbhaus GmbH (Vollmacht)`. @param applicant said where the holder's account is gone */
export function actedForName({ agent, holder, kind }: ActedFor, applicant: string, lang: Lang): string {
  const t = texts(lang);
  return t.for(agent ?? t.someone, holder ?? applicant, t[kind]);
}

/** Who did it, where that was not the reader: who acted for the applicant, another applicant, or the one whom the reader acts for. */
export function otherName(
  { actedFor, state }: Pick<CaseView, 'actedFor' | 'state'>,
  event: Pick<StoredEvent, 'actor' | 'mandateId'>,
  reader: Actor,
  lang: Lang,
): string | undefined {
  const acted = event.mandateId === undefined ? undefined : actedFor.get(event.mandateId);
  if (acted !== undefined) return actedForName(acted, state.applicant.name, lang);
  if (event.actor === actorRef(reader)) return undefined;
  return applicantName(state, event.actor.replace(/^citizen:/, '')) ?? state.applicant.name;
}
