import { CATEGORIES, type Category, type Credibility, type Reliability, type ReportState } from '../../../kernel/report.ts';
import { type Report } from './report.ts';
import { distanceMetres } from './match.ts';
import { gradeOfEvent, type Sourced } from './grade.ts';

/** What reports tell of: the sum of its reports. */
export interface ReportedEvent {
  readonly id: string;
  readonly lageId: string;
  /** Counts in the Lage, as people call it. */
  readonly number: number;
  readonly category: Category;
  readonly state: ReportState;
  readonly reliability: Reliability;
  readonly credibility: Credibility;
  /** Independent ones. */
  readonly sources: number;
  readonly members: number;
  /** Reports of flooding senders that were counted only. */
  readonly collapsed: number;
  readonly hidden: boolean;
  readonly contradicted: boolean;
  readonly eventAt: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
}

export type Member = Report & Sourced;

/** Of the newest reports of an event so many make its sum; their count counts all. */
export const SUMMED = 100;

export type EventSum = Omit<ReportedEvent, 'id' | 'lageId' | 'number' | 'contradicted' | 'members' | 'collapsed'>;

/** The sum of reports that were counted; refused ones count only where there are no others. */
export function sumOf(members: readonly Member[]): EventSum {
  const seen = members.filter(({ quarantined }) => !quarantined);
  const hidden = seen.length === 0;
  const those = hidden ? members : seen;
  const alive = those.filter(({ state }) => state !== 'refused');
  const counted = alive.length === 0 ? those : alive;
  const { reliability, credibility, independentSources } = gradeOfEvent(counted);
  return {
    category: commonest(counted),
    state: alive.length === 0 ? 'refused' : alive.some(({ state }) => state === 'checked') ? 'checked' : 'new',
    reliability,
    credibility,
    sources: independentSources,
    hidden,
    eventAt: latest(counted.map(({ eventAt }) => eventAt)),
    receivedAt: latest(counted.map(({ receivedAt }) => receivedAt)),
  };
}

/** What most say it is; `other` only where nobody says more; of equals the more urgent. */
function commonest(members: readonly Member[]): Category {
  const votes = (category: Category): number => (category === 'other' ? 0.5 : members.filter((one) => one.category === category).length);
  return CATEGORIES.toSorted((a, b) => votes(b) - votes(a))[0]!;
}

const latest = (instants: readonly Temporal.Instant[]): Temporal.Instant => instants.reduce((a, b) => (Temporal.Instant.compare(a, b) >= 0 ? a : b));

export interface EventPlace {
  readonly lon: number;
  readonly lat: number;
  readonly uncertaintyMetres: number;
}

/**
 * Where it is: the mean of the reports' places weighted by how exact they are, without those that lie further from
 * the most exact one than three standard deviations.
 */
export function placeOf(members: readonly Pick<Report, 'lon' | 'lat' | 'uncertaintyMetres' | 'state'>[]): EventPlace | undefined {
  const placed = members
    .filter(({ state }) => state !== 'refused')
    .flatMap(({ lon, lat, uncertaintyMetres }) => (lon === null || lat === null ? [] : [{ lon, lat, sigma: uncertaintyMetres ?? 50 }]))
    .toSorted((a, b) => a.sigma - b.sigma);
  const [best] = placed;
  if (best === undefined) return undefined;
  const near = placed.filter((one) => distanceMetres(one, best) <= 3 * Math.hypot(one.sigma, best.sigma));
  const weight = near.reduce((sum, { sigma }) => sum + sigma ** -2, 0);
  const mean = (axis: 'lon' | 'lat'): number => near.reduce((sum, one) => sum + one[axis] * one.sigma ** -2, 0) / weight;
  return { lon: mean('lon'), lat: mean('lat'), uncertaintyMetres: Math.round(weight ** -0.5) };
}

/** The report that tells it best: checked before new, better graded, longer. */
export function leadOf<M extends Pick<Report, 'state' | 'reliability' | 'credibility' | 'text'>>(members: readonly M[]): M {
  const rank = ({ state, reliability, credibility, text }: M): number =>
    (state === 'refused' ? 1000 : state === 'new' ? 100 : 0) + credibility * 6 + reliability.charCodeAt(0) - Math.min(5, text.length / 60);
  return members.reduce((a, b) => (rank(b) < rank(a) ? b : a));
}

/** Who sees reports of the public before somebody has looked at them. */
export const seesUnchecked = (member: { readonly function: string }): boolean => member.function === 'S2' || member.function === 'leiter';
