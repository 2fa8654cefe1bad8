import type { Actor } from '../../../kernel/actor.ts';
import type { StaffFunction } from '../../../kernel/lage.ts';
import type { Priority } from '../../../kernel/log.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { KeptObject } from '../../../kernel/picture.ts';
import type { LageView } from '../domain/lage.ts';
import type { LageProblem } from '../domain/problems.ts';
import { findMember } from '../store/members.ts';
import { selectPicture } from '../store/picture.ts';
import type { SituationContext } from './context.ts';
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

/** The Lage as somebody on the road needs it. */
export interface RoadView {
  readonly view: LageView;
  /** End of a guest's time: what their device keeps goes then. */
  readonly until: Temporal.Instant | null;
  /** Units and tasks of the picture, and what can be drawn anew; the newest change first. */
  readonly objects: readonly KeptObject[];
}

/** What a page on a small device shows without scripts. */
export async function onTheRoad(ctx: SituationContext, actor: Actor, key: string): Promise<Result<RoadView, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const { lage, member } = opened.value;
  const until = member.guest ? ((await findMember(ctx.database.read, lage.id, member.id))?.until ?? null) : null;
  const kinds = ['task', 'unit', 'hazard', 'damage', 'closure', 'zone', 'facility', 'drawing'] as const;
  const { objects } = await selectPicture(ctx.database.read, opened.value, { kinds: [...kinds], limit: 2000 });
  return ok({ view: opened.value, until, objects: objects.toReversed() });
}
