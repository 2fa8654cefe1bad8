import { createHash } from 'node:crypto';
import type { PictureObject } from '../../../kernel/picture.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { changePicture, lageStream } from '../../situation/public.ts';
import { meaningOf, type CotEvent } from '../domain/cot.ts';
import type { CotMessage } from '../domain/cot-frames.ts';
import { instantOf, markerId, nameOf, objectOf, trackId, type Position } from '../domain/cot-picture.ts';
import { judge, moverKey, type Mover, type MoverName, type Verdict } from '../domain/mover.ts';
import type { Rejected, Source } from '../domain/source.ts';
import { keepEvents, keepMovers, lockMovers, type KeptEvent, type NamedMover } from '../store/movers.ts';
import { countIn } from '../store/sources.ts';
import type { FedReport, FeedsContext } from './context.ts';

export interface SourcedMessage {
  readonly source: Pick<Source, 'id' | 'name' | 'lageId'>;
  readonly message: CotMessage;
}

/** What came of one batch for one Lage. */
export interface KeptBatch {
  /** Of each message, in the order given. */
  readonly outcomes: readonly MessageOutcome[];
  /** Positions to be shown, the newest of each mover, by its key. */
  readonly positions: ReadonlyMap<string, Position>;
  /** Ids of the picture that have ended. */
  readonly ended: ReadonlySet<string>;
  readonly newMovers: number;
}

export type MessageOutcome = 'taken' | 'repeated' | 'refused' | 'quarantined';

interface Counted {
  taken: number;
  repeated: number;
  rejected: Rejected[];
}

/** So many of one mover in one batch are taken; a sender that repeats itself faster is counted. */
const MOST_OF_ONE = 100;
const DENIED = 'Diese Art von CoT-Meldung kennt Kontor nicht.';

/** State of one batch while it is looked at. */
export class Batch {
  readonly counts = new Map<string, Counted>();
  readonly events: KeptEvent[] = [];
  /** By key of the mover, as `positions`. */
  readonly changed = new Map<string, NamedMover>();
  readonly positions = new Map<string, Position>();
  readonly alarms: Position[] = [];
  /** Ids of the picture that end. */
  readonly ended = new Set<string>();
  newMovers = 0;
  readonly #known: ReadonlyMap<string, Mover>;
  readonly #now: Temporal.Instant;
  readonly #room: number;
  readonly #seen = new Map<string, number>();

  /** @param room so many movers that are not known may come */
  constructor(known: readonly NamedMover[], room: number, now: Temporal.Instant) {
    this.#known = new Map(known.map(({ sourceId, mover }) => [moverKey({ sourceId, uid: mover.uid }), mover]));
    this.#room = room;
    this.#now = now;
  }

  add({ source, message }: SourcedMessage): MessageOutcome {
    const count = this.counts.get(source.id) ?? { taken: 0, repeated: 0, rejected: [] };
    this.counts.set(source.id, count);
    const outcome = this.#outcomeOf(source, message);
    if (typeof outcome !== 'string') count.rejected.push(outcome);
    else if (outcome === 'taken') count.taken += 1;
    else count.repeated += 1;
    return typeof outcome === 'string' ? outcome : outcome.outcome;
  }

  #outcomeOf(source: SourcedMessage['source'], message: CotMessage): Rejected | 'taken' | 'repeated' {
    if (!message.ok) return { outcome: 'refused', reason: message.reason, raw: message.raw };
    const { event } = message;
    const meaning = meaningOf(event);
    if (meaning === 'nothing') return 'taken';
    if (meaning === 'unknown') return { outcome: 'quarantined', reason: DENIED, raw: told(event) };
    const key = moverKey({ sourceId: source.id, uid: event.uid });
    const before = this.#find(key);
    const verdict = this.#verdictOf(key, event, before);
    if (verdict.kind === 'repeat') return 'repeated';
    if (verdict.kind === 'refuse') return { outcome: 'refused', reason: verdict.reason, raw: told(event) };
    if (before === undefined) this.newMovers += 1;
    this.#take(source, event, verdict.mover);
    return verdict.kind === 'hold' ? { outcome: 'quarantined', reason: verdict.reason, raw: told(event) } : 'taken';
  }

  #find(key: string): Mover | undefined {
    return this.changed.get(key)?.mover ?? this.#known.get(key);
  }

  #verdictOf(key: string, event: CotEvent, before: Mover | undefined): Verdict {
    const seen = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, seen);
    if (seen > MOST_OF_ONE) return { kind: 'refuse', reason: 'Dieser Absender sendet zu schnell.' };
    if (before === undefined && this.newMovers >= this.#room)
      return { kind: 'refuse', reason: 'In dieser Lage bewegen sich schon zu viele. Neue werden nicht mehr angenommen.' };
    return judge(event, before, this.#now.epochMilliseconds);
  }

  #take(source: SourcedMessage['source'], event: CotEvent, mover: Mover): void {
    this.events.push({ sourceId: source.id, event });
    const position = { event, mover, sourceId: source.id, sourceName: source.name, receivedAt: this.#now };
    const name = nameOf(position);
    const meaning = meaningOf(event);
    if (meaning === 'deletion') return this.#delete(name, event, mover);
    this.changed.set(moverKey(name), { sourceId: source.id, mover });
    // deleted earlier in the same batch, and there again
    this.ended.delete(trackId(name));
    this.ended.delete(markerId(name));
    if (meaning === 'alarm') this.alarms.push(position);
    else this.positions.set(moverKey(name), position);
  }

  /** A deletion has a uid of its own and names what goes, of the same source. */
  #delete({ sourceId }: MoverName, event: CotEvent, mover: Mover): void {
    this.changed.set(moverKey({ sourceId, uid: event.uid }), { sourceId, mover: { ...mover, ended: true } });
    const name = { sourceId, uid: event.linkUid ?? event.uid };
    const key = moverKey(name);
    const gone = this.#find(key);
    if (gone !== undefined && gone.timeMs > event.timeMs && name.uid !== event.uid) return;
    if (gone !== undefined) this.changed.set(key, { sourceId, mover: { ...gone, ended: true } });
    this.positions.delete(key);
    this.ended.add(trackId(name)).add(markerId(name));
  }
}

/** The event in few words, for who looks at what was not taken. */
const told = (event: CotEvent): string =>
  `uid=${event.uid} type=${event.type} time=${instantOf(event.timeMs).toString()} lat=${event.lat} lon=${event.lon}${event.detail === '' ? '' : `\n${event.detail}`}`;

/** Movers a batch speaks of, to be looked up at once. */
function namesIn(messages: readonly SourcedMessage[]): MoverName[] {
  const names = new Map<string, MoverName>();
  const add = (name: MoverName): void => void names.set(moverKey(name), name);
  for (const { source, message } of messages)
    if (message.ok) {
      add({ sourceId: source.id, uid: message.event.uid });
      if (message.event.linkUid !== undefined) add({ sourceId: source.id, uid: message.event.linkUid });
    }
  return [...names.values()];
}

/**
 * Keeps a batch of one Lage: every event that was believed or held as a row, what is known of each mover, counts and
 * rejects of each source, reports of alarms. @param due tells which positions are shown with this batch
 */
export async function keepBatch(
  ctx: FeedsContext,
  tx: Tx,
  lageId: string,
  messages: readonly SourcedMessage[],
  how: {
    readonly now: Temporal.Instant;
    readonly room: number;
    readonly due: (all: ReadonlyMap<string, Position>, ended: ReadonlySet<string>) => readonly Position[];
  },
): Promise<KeptBatch & { readonly entries: readonly NewEntry[] }> {
  const { now } = how;
  const batch = new Batch(messages.length === 0 ? [] : await lockMovers(tx, lageId, namesIn(messages)), how.room, now);
  const outcomes = messages.map((message) => batch.add(message));
  await keepMovers(tx, lageId, [...batch.changed.values()]);
  await keepEvents(tx, lageId, batch.events, now);
  for (const [sourceId, count] of [...batch.counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) await countIn(tx, sourceId, count, now);
  const entries: NewEntry[] = batch.events.length === 0 ? [] : [keptEntry(lageId, batch)];
  // rows of units before the Lage, which reports hold: as everybody takes them
  const shown = await objectsOf(ctx, tx, lageId, how.due(batch.positions, batch.ended), now);
  if (batch.alarms.length > 0 && ctx.receiveReports !== undefined)
    entries.push(
      ...(
        await ctx.receiveReports(
          tx,
          batch.alarms.map((alarm) => reportOf(lageId, alarm)),
          now,
        )
      ).journal,
    );
  if (shown.length > 0 || batch.ended.size > 0) entries.push(await changePicture(tx, lageId, { shown, ended: [...batch.ended] }, now));
  return { outcomes, positions: batch.positions, ended: batch.ended, newMovers: batch.newMovers, entries };
}

/** The hash proves the rows of `feeds.event` in their order: one line each. */
function keptEntry(lageId: string, { events }: Batch): NewEntry {
  const hash = createHash('sha256');
  for (const { sourceId, event } of events)
    hash.update(`${sourceId} ${event.uid} ${event.type} ${Math.round(event.timeMs)} ${event.lon} ${event.lat} ${event.detail}\n`);
  return { stream: lageStream(lageId), kind: 'feeds.positions-kept', payload: { events: events.length, sha256: hash.digest('hex') } };
}

async function objectsOf(ctx: FeedsContext, tx: Tx, lageId: string, due: readonly Position[], now: Temporal.Instant): Promise<PictureObject[]> {
  const movers = due.filter(({ event }) => meaningOf(event) === 'mover');
  const units = movers.length === 0 || ctx.placeUnits === undefined ? undefined : await ctx.placeUnits(tx, lageId, movers, now);
  return due.map((position) => units?.get(moverKey(nameOf(position))) ?? objectOf(position));
}

function reportOf(lageId: string, { event, sourceName, receivedAt }: Position): FedReport {
  const who = event.callsign ?? event.uid;
  return {
    lageId,
    origin: 'cot',
    sourceName: who,
    sourceRef: `${event.uid} ${Math.round(event.timeMs)}`,
    sender: `${sourceName} ${event.uid}`.slice(0, 200),
    text: `Alarm von ${who}${event.remarks === undefined ? '' : `: ${event.remarks}`}`,
    place: { lon: event.lon, lat: event.lat, ...(event.ceMetres === undefined ? {} : { uncertaintyMetres: event.ceMetres }) },
    eventAt: instantOf(event.timeMs),
    receivedAt,
  };
}
