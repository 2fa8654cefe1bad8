import type { Actor } from '../../../kernel/actor.ts';
import type { StaffFunction } from '../../../kernel/lage.ts';
import type { Priority } from '../../../kernel/log.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { KeptObject, ObjectKind } from '../../../kernel/picture.ts';
import type { LageView } from '../domain/lage.ts';
import type { LageProblem } from '../domain/problems.ts';
import { findMember } from '../store/members.ts';
import { selectObject, selectPicture } from '../store/picture.ts';
import type { SituationContext } from './context.ts';
import { DRAWN_KINDS } from './draw.ts';
import { enterLage } from './enter-lage.ts';

/** Something seen on the road. */
export interface RoadReport {
  /** Made by who reports: sent twice it is one. */
  readonly id: string;
  readonly text: string;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly eventAt: Temporal.Instant;
}

/** What happened, as somebody writes it into the log on the road. */
export interface RoadNote {
  /** As with a report. */
  readonly id: string;
  readonly text: string;
}

/** A message to a function of the staff, on the short form for the road. */
export interface RoadMessage {
  /** As with a report. */
  readonly id: string;
  readonly to: StaffFunction;
  readonly priority: Priority;
  readonly content: string;
  readonly sender: string;
  readonly senderFunction: StaffFunction;
}

/** A task or a unit of this person, and what can happen to it next. */
export interface RoadSteps {
  /** Id in the picture. */
  readonly about: string;
  readonly title: string;
  /** How it stands, in words. */
  readonly state: string;
  /** Below the page of the Lage: takes a form; below `/api`, at the same path, `{ basis, changeId, step }`. */
  readonly path: string;
  /** The state it is in, as a change names it. */
  readonly basis: number;
  readonly choices: readonly { readonly label: string; readonly fields: Readonly<Record<string, string>> }[];
  /** Of a unit, below the page of the Lage: takes a form with `position` as text; below `/api`, at the same path, `{ place, at }`. */
  readonly positionPath?: string;
}

/** What other modules take from the road, where they are there; their API twins are `POST /api/lagen/:key/tagebuch`, `…/nachrichten` and `…/meldungen`. */
export interface RoadPorts {
  /** What this person has to do, in their language. */
  readonly steps?: (actor: Actor, key: string, lang: 'de' | 'en' | 'leicht') => Promise<readonly RoadSteps[]>;
  readonly note?: (actor: Actor, key: string, note: RoadNote) => Promise<Result<unknown, LageProblem>>;
  readonly message?: (actor: Actor, key: string, message: RoadMessage) => Promise<Result<unknown, LageProblem>>;
  readonly report?: (actor: Actor, key: string, report: RoadReport) => Promise<Result<unknown, LageProblem>>;
}

/** What can be reported from the road: persons are not left on a phone. */
export const ON_THE_ROAD = DRAWN_KINDS.filter((kind) => kind !== 'person');
const TASKS_SHOWN = 100;
/** Things offered for a change. */
const OFFERED = 50;

/** The Lage as somebody on the road needs it. */
export interface RoadView {
  readonly view: LageView;
  /** End of a guest's time: what their device keeps goes then. */
  readonly until: Temporal.Instant | null;
  /** Units and tasks of the picture, the newest change first. */
  readonly tasks: readonly KeptObject[];
  /** What can be drawn anew, the newest change first. */
  readonly changeable: readonly KeptObject[];
}

/** What a page on a small device shows without scripts. */
export async function onTheRoad(ctx: SituationContext, actor: Actor, key: string): Promise<Result<RoadView, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const { lage, member } = opened.value;
  const until = member.guest ? ((await findMember(ctx.database.read, lage.id, member.id))?.until ?? null) : null;
  const newest = async (kinds: readonly ObjectKind[], limit: number): Promise<readonly KeptObject[]> =>
    (await selectPicture(ctx.database.read, opened.value, { kinds, limit, newest: true })).objects;
  return ok({ view: opened.value, until, tasks: await newest(['task', 'unit'], TASKS_SHOWN), changeable: await newest(ON_THE_ROAD, OFFERED) });
}

/** The thing that a change from the road is about, if it is there and can be drawn by hand. */
export async function changedOnTheRoad(ctx: SituationContext, actor: Actor, key: string, id: string): Promise<Result<KeptObject | undefined, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const found = id === '' ? undefined : await selectObject(ctx.database.read, opened.value, id);
  return ok(found !== undefined && ON_THE_ROAD.some((kind) => kind === found.kind) ? found : undefined);
}
