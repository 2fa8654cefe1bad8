import { tacticalTime } from '../../../kernel/tactical-time.ts';
import type { KeptObject, ObjectKind } from '../../situation/public.ts';
import type { ReadEntry } from './entry.ts';
import type { Sections } from './situation-report.ts';

/** What a Lage gives a report to begin with. */
export interface DraftFacts {
  readonly objects: readonly KeptObject[];
  /** Entries since the last report, the oldest first. */
  readonly entries: readonly ReadEntry[];
  /** Sentences that say what this leaves out. */
  readonly cut: readonly string[];
  readonly staff: readonly string[];
  readonly messages: { readonly unread: number; readonly overdue: number };
}

const MOST_LINES = 40;

/** A line for each thing of these kinds, the newest known first. */
function lines(objects: readonly KeptObject[], kinds: readonly ObjectKind[]): string[] {
  const found = objects.filter(({ kind, ended }) => kinds.includes(kind) && !ended).toSorted((a, b) => Temporal.Instant.compare(b.eventAt, a.eventAt));
  const shown = found.slice(0, MOST_LINES).map((one) => `- ${one.title}${factsOf(one)} (${gradeOf(one)}${tacticalTime(one.eventAt)}, ${one.source.name})`);
  return found.length > MOST_LINES ? [...shown, `- und ${found.length - MOST_LINES} weitere`] : shown;
}

/** Facts that are words or figures; what is nested is for programs. */
function factsOf({ facts }: KeptObject): string {
  const told = Object.entries(facts).flatMap(([name, value]) =>
    (typeof value === 'string' && value !== '' && value.length <= 80) || typeof value === 'number' ? [`${name} ${value}`] : [],
  );
  return told.length === 0 ? '' : `: ${told.slice(0, 6).join(', ')}`;
}

/** How sure it is, in the Admiralty scheme; nothing where nobody has judged it. */
const gradeOf = ({ reliability, credibility }: KeptObject): string =>
  reliability === undefined && credibility === undefined ? '' : `${reliability ?? 'F'}${credibility ?? 6}, `;

const counted = (objects: readonly KeptObject[], kind: ObjectKind, one: string, many: string): string[] => {
  const count = objects.filter((object) => object.kind === kind && !object.ended).length;
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}.`];
};

const entriesOf = (entries: readonly ReadEntry[], kinds: readonly string[]): string[] =>
  entries
    .filter(({ kind, correctedBy }) => kinds.includes(kind) && correctedBy === null)
    .slice(-MOST_LINES)
    .map(({ number, eventAt, text }) => `- ${tacticalTime(eventAt)} ${text.length > 200 ? `${text.slice(0, 200)} …` : text} (Eintrag ${number})`);

const joined = (...parts: readonly (readonly string[])[]): string => parts.flat().join('\n');

/** The words a report begins with: what the picture, the log and the messages say. A person makes a report of it. */
export function draftSections({ objects, entries, cut, staff, messages }: DraftFacts): Sections {
  return {
    lage: joined(
      cut,
      lines(objects, ['hazard', 'damage', 'gauge', 'forecast', 'closure', 'zone', 'gate', 'person']),
      entriesOf(entries, ['feststellung', 'ereignis', 'beurteilung']),
    ),
    kraefte: joined(counted(objects, 'unit', 'Einheit', 'Einheiten'), lines(objects, ['unit'])),
    auftrag: joined(lines(objects, ['task']), entriesOf(entries, ['entschluss', 'befehl', 'massnahme'])),
    versorgung: joined(lines(objects, ['shelter', 'material'])),
    fuehrung: joined(
      lines(objects, ['section']),
      staff.map((one) => `- ${one}`),
      messages.unread === 0 ? [] : [`Ungelesene Nachrichten: ${messages.unread}.`],
      messages.overdue === 0 ? [] : [`Überfällige dringende Nachrichten: ${messages.overdue}.`],
    ),
  };
}
