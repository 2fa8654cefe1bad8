import { LAYERS, type Hazard, type Layer, type StaffFunction } from '../../../kernel/lage.ts';

/** A Lage: what is going on, as one staff leads it. */
export interface Lage {
  readonly id: string;
  /** Stands in the address. */
  readonly key: string;
  readonly title: string;
  readonly hazard: Hazard;
  /** An exercise says so on every page, map, print and message. */
  readonly exercise: boolean;
  readonly state: 'open' | 'closed';
  /** Organisation that leads. */
  readonly ledBy: string;
  /** Name of the server it comes from. */
  readonly origin: string;
  readonly takesPublicReports: boolean;
  readonly openedAt: Temporal.Instant;
  readonly closedAt: Temporal.Instant | null;
  readonly closedBecause: string | null;
}

/** Somebody who belongs to a Lage. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly function: StaffFunction;
  readonly sectionId: string | null;
  /** Let in by a link that ends. */
  readonly guest: boolean;
}

/** A member as the list of the staff shows them. */
export interface ListedMember extends Member {
  readonly staffId: string | null;
  readonly layers: readonly Layer[] | null;
  readonly since: Temporal.Instant;
  readonly until: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
}

/** A part of the Lage that is led by itself: Einsatzabschnitt, or Sektor of one. */
export interface Section {
  readonly id: string;
  readonly parentId: string | null;
  readonly kind: 'abschnitt' | 'sektor';
  readonly name: string;
  readonly leader: string;
  readonly area: object | null;
}

export type Right =
  | 'read'
  | 'report'
  | 'map'
  | 'log'
  | 'forces'
  | 'order'
  | 'supply'
  | 'gates'
  | 'feeds'
  | 'assess'
  | 'draft-warning'
  | 'release-warning'
  | 'share'
  | 'lead';

const EVERYBODY: readonly Right[] = ['read'];
const ALL: readonly Right[] = [
  'read',
  'report',
  'map',
  'log',
  'forces',
  'order',
  'supply',
  'gates',
  'feeds',
  'assess',
  'draft-warning',
  'release-warning',
  'share',
  'lead',
];

/** What each function may do, after the tasks that FwDV 100 gives it. */
const RIGHTS: Readonly<Record<StaffFunction, readonly Right[]>> = {
  leiter: ALL,
  S1: ['read', 'report', 'log', 'forces'],
  S2: ['read', 'report', 'map', 'log', 'feeds', 'assess', 'draft-warning', 'share'],
  S3: ['read', 'report', 'map', 'log', 'forces', 'order', 'gates', 'assess', 'draft-warning', 'release-warning'],
  S4: ['read', 'report', 'map', 'log', 'forces', 'supply'],
  S5: ['read', 'report', 'log', 'draft-warning', 'release-warning'],
  S6: ['read', 'report', 'log', 'feeds', 'share'],
  fachberater: ['read', 'report', 'log', 'assess'],
  verbindung: ['read', 'report', 'log', 'forces'],
  einheit: ['read', 'report'],
  beobachter: EVERYBODY,
};

/** Layers that are not for everybody, and whom they are for; who leads sees all. */
const RESTRICTED: Partial<Record<Layer, readonly StaffFunction[]>> = {
  // names of people who are missed or in care
  personen: ['leiter', 'S1', 'S2', 'S3'],
};

/** What must still be possible in a Lage that is closed: an all-clear, the end of a link, words in the log. */
const AFTER_THE_END: readonly Right[] = ['read', 'log', 'draft-warning', 'release-warning', 'share'];

export function rightsOf(member: Pick<Member, 'function'>, state: Lage['state'] = 'open'): ReadonlySet<Right> {
  const rights = RIGHTS[member.function];
  return new Set(state === 'open' ? rights : rights.filter((right) => AFTER_THE_END.includes(right)));
}

/** Layers a function may see; a guest sees no more than what they were given. */
export function layersOf(member: Pick<Member, 'function'>, given: readonly Layer[] | null = null): ReadonlySet<Layer> {
  return new Set(LAYERS.filter((layer) => (RESTRICTED[layer]?.includes(member.function) ?? true) && (given?.includes(layer) ?? true)));
}

/** A Lage as one person sees it. */
export interface LageView {
  readonly lage: Lage;
  readonly member: Member;
  readonly rights: ReadonlySet<Right>;
  /** What they may see of the picture. */
  readonly layers: ReadonlySet<Layer>;
}

/** Whether somebody may know how the whole Lage is led: its staff, all its sections. */
const knowsTheLead = ({ layers }: Pick<LageView, 'layers'>): boolean => layers.has('fuehrung');

/** Whom a person sees of the staff: a guest without the layer of the lead those they have to do with, who leads and their own section. */
export function membersSeenBy<M extends ListedMember>(view: Pick<LageView, 'layers' | 'member'>, members: readonly M[]): readonly M[] {
  if (knowsTheLead(view)) return members;
  const { id, sectionId } = view.member;
  const theirs = (one: M): boolean => one.id === id || one.function === 'leiter' || (sectionId !== null && one.sectionId === sectionId);
  return members.filter((one) => one.endedAt === null && theirs(one));
}

/** Sections a person sees: likewise only their own, and the one it lies in. */
export function sectionsSeenBy(view: Pick<LageView, 'layers' | 'member'>, sections: readonly Section[]): readonly Section[] {
  if (knowsTheLead(view)) return sections;
  const own = sections.find(({ id }) => id === view.member.sectionId);
  return sections.filter(({ id }) => id === own?.id || id === own?.parentId);
}
