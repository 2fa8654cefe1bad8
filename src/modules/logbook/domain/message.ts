import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import type { Channel, Copy, Direction, Priority, StepKind } from '../../../kernel/log.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import type { StaffFunction } from '../../situation/public.ts';
import { cleanText } from './clean-text.ts';
import { isRef, liesAhead } from './log-rules.ts';

/** A message of the four-copy form (Vierfachvordruck), as it was written; nothing of it ever changes. */
export interface Message {
  readonly id: string;
  /** In the record of messages of the Lage, without gaps. */
  readonly number: number;
  readonly direction: Direction;
  readonly priority: Priority;
  readonly channel: Channel;
  /** Call head: call sign of the station at the other end. */
  readonly callSign: string;
  /** Address: whom it is for. */
  readonly addressee: string;
  /** A note of a conversation, not a text that was handed over. */
  readonly conversation: boolean;
  readonly content: string;
  /** Time of writing, as the sender says. */
  readonly writtenAt: Temporal.Instant;
  readonly sender: string;
  /** Sign and function of who wrote it. */
  readonly sign: string;
  readonly senderFunction: string;
  /** The sender waits for an acknowledgement. */
  readonly wantsReceipt: boolean;
  readonly refs: readonly string[];
  readonly takenAt: Temporal.Instant;
  readonly takenById: string;
  readonly takenBy: string;
  readonly takenByFunction: string;
  /** Its entry in the Einsatztagebuch. */
  readonly logNumber: number;
  readonly sha256: string;
}

export interface Step {
  readonly messageId: string;
  /** Its place among the steps of the message, from 1 on. */
  readonly place: number;
  readonly kind: StepKind;
  /** Of a distribution: the sheet that goes; absent: read on the screen only. */
  readonly copy: Copy | null;
  readonly toFunction: StaffFunction | null;
  /** Of a link: what it is linked to. */
  readonly ref: string | null;
  readonly note: string;
  readonly at: Temporal.Instant;
  readonly byId: string;
  readonly by: string;
  readonly byFunction: string;
  readonly sha256: string;
}

/** A message with all that happened to it, the oldest step first. */
export interface ReadMessage extends Message {
  readonly steps: readonly Step[];
}

/** What a message says, byte by byte as it is hashed. */
export const messageWords = ({ sha256: _sha256, ...words }: Omit<Message, 'sha256'> & { readonly sha256?: string }): string => canonicalJson(words);
export const messageHash = (message: Omit<Message, 'sha256'>): string => sha256Hex(messageWords(message));
export const stepWords = ({ sha256: _sha256, ...words }: Omit<Step, 'sha256'> & { readonly sha256?: string }): string => canonicalJson(words);
export const stepHash = (step: Omit<Step, 'sha256'>): string => sha256Hex(stepWords(step));

/** Where each sheet lies: red goes to S2, yellow stays with communications (S6), blue and green go to whom it was given last. */
export function copyHolders(steps: readonly Pick<Step, 'kind' | 'copy' | 'toFunction'>[]): Readonly<Record<Copy, StaffFunction | null>> {
  const holders: Record<Copy, StaffFunction | null> = { blau: null, gruen: null, rot: null, gelb: null };
  for (const { kind, copy, toFunction } of steps) if (kind === 'verteilung' && copy !== null) holders[copy] = toFunction;
  return holders;
}

/** Which sheet goes to whom when a message is taken: the first function gets blue, the second green, more read it on the screen. */
export function firstDistribution(to: readonly StaffFunction[]): readonly { readonly copy: Copy | null; readonly toFunction: StaffFunction }[] {
  const [blue, green, ...more] = [...new Set(to)].filter((one) => one !== 'S2' && one !== 'S6');
  const sheet = (copy: Copy | null, toFunction: StaffFunction | undefined) => (toFunction === undefined ? [] : [{ copy, toFunction }]);
  return [
    ...sheet('blau', blue),
    ...sheet('gruen', green),
    ...more.flatMap((one) => sheet(null, one)),
    { copy: 'rot', toFunction: 'S2' },
    { copy: 'gelb', toFunction: 'S6' },
  ];
}

/** After how many minutes a message that must not wait is overdue. A rule of this house: the service regulations name no minutes. */
export const OVERDUE_MINUTES: Readonly<Record<Exclude<Priority, 'none'>, number>> = { blitz: 2, sofort: 10 };

/** What settles a message: one that came in is acknowledged or done, one that goes out is on its way. */
export const SETTLED_BY: Readonly<Record<Direction, readonly StepKind[]>> = { in: ['quittung', 'erledigt'], out: ['befoerderung', 'erledigt'] };

export const isSettled = ({ direction, steps }: Pick<ReadMessage, 'direction' | 'steps'>): boolean =>
  steps.some(({ kind }) => SETTLED_BY[direction].includes(kind));

/** Whether a Blitz or Sofort waits longer than it may. */
export function isOverdue(message: Pick<ReadMessage, 'direction' | 'priority' | 'takenAt' | 'steps'>, now: Temporal.Instant): boolean {
  if (message.priority === 'none' || isSettled(message)) return false;
  const until = message.takenAt.add({ minutes: OVERDUE_MINUTES[message.priority] });
  return Temporal.Instant.compare(now, until) > 0;
}

/** Functions that were given the message and have not said that they read it. */
export function unreadBy(steps: readonly Step[]): readonly StaffFunction[] {
  const given = new Set(steps.flatMap(({ kind, toFunction }) => (kind === 'verteilung' && toFunction !== null ? [toFunction] : [])));
  for (const { kind, byFunction } of steps) if (kind === 'gelesen' || kind === 'quittung' || kind === 'erledigt') given.delete(byFunction as StaffFunction);
  return [...given];
}

/** What follows from a message's steps, worked out once for pages and programs. */
export interface ShownMessage extends ReadMessage {
  readonly copies: Readonly<Record<Copy, StaffFunction | null>>;
  readonly settled: boolean;
  readonly overdue: boolean;
  readonly unreadBy: readonly StaffFunction[];
}

export const shown = (message: ReadMessage, now: Temporal.Instant): ShownMessage => ({
  ...message,
  copies: copyHolders(message.steps),
  settled: isSettled(message),
  overdue: isOverdue(message, now),
  unreadBy: unreadBy(message.steps),
});

export interface NewMessage {
  /** Made by who writes, so that sent twice it is one: a UUID. Absent: a new one. */
  readonly id?: string | undefined;
  readonly direction: Direction;
  readonly priority: Priority;
  readonly channel: Channel;
  readonly callSign: string;
  readonly addressee: string;
  readonly conversation: boolean;
  readonly content: string;
  /** Absent: now. */
  readonly writtenAt?: Temporal.Instant | undefined;
  readonly sender: string;
  readonly sign: string;
  readonly senderFunction: string;
  readonly wantsReceipt: boolean;
  readonly refs?: readonly string[] | undefined;
  /** Functions it is for. */
  readonly to: readonly StaffFunction[];
}

const LONGEST = { callSign: 80, addressee: 120, sender: 120, sign: 20, senderFunction: 80, content: 8000 } as const;
const NAMES: Readonly<Record<keyof typeof LONGEST, string>> = {
  callSign: 'den Rufnamen',
  addressee: 'die Anschrift',
  sender: 'den Absender',
  sign: 'das Zeichen',
  senderFunction: 'die Funktion',
  content: 'den Inhalt',
};

export function messageProblems(message: NewMessage, now: Temporal.Instant): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (message.content.trim() === '') problems.push({ field: 'content', message: 'Schreiben Sie, was gemeldet wird.' });
  if (message.sender.trim() === '') problems.push({ field: 'sender', message: 'Nennen Sie, von wem die Nachricht ist.' });
  if (message.addressee.trim() === '') problems.push({ field: 'addressee', message: 'Nennen Sie, für wen die Nachricht ist.' });
  for (const [field, most] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][])
    if (message[field].length > most) problems.push({ field, message: `Kürzen Sie ${NAMES[field]} auf ${most} Zeichen.` });
  if (message.writtenAt !== undefined && liesAhead(message.writtenAt, now))
    problems.push({ field: 'writtenAt', message: 'Diese Zeit liegt in der Zukunft. Prüfen Sie die Uhr Ihres Geräts.' });
  const unread = (message.refs ?? []).find((ref) => !isRef(ref));
  if (unread !== undefined) problems.push({ field: 'refs', message: `„${unread.slice(0, 40)}“ ist kein Bezug.` });
  return problems;
}

/** Whether a message sent again under its own id says the same. */
export function sameMessage(kept: Message, sent: NewMessage, takenById: string): boolean {
  const text = (name: keyof typeof LONGEST): boolean => kept[name] === cleanText(sent[name]);
  return (
    kept.takenById === takenById &&
    kept.direction === sent.direction &&
    kept.priority === sent.priority &&
    (Object.keys(LONGEST) as (keyof typeof LONGEST)[]).every(text)
  );
}

const WORDS: Readonly<Record<Priority, string>> = { none: '', sofort: ', SOFORT', blitz: ', BLITZ' };

/** How the Einsatztagebuch tells of a message. */
export function tellOf({
  number,
  direction,
  priority,
  sender,
  addressee,
  content,
}: Pick<Message, 'number' | 'direction' | 'priority' | 'sender' | 'addressee' | 'content'>): string {
  return `Nachricht ${number} (${direction === 'in' ? 'Eingang' : 'Ausgang'}${WORDS[priority]}) von ${sender} an ${addressee}: ${content}`;
}
