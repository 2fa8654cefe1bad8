import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Authority, District } from '../../catalogue/public.ts';
import { staffDirectory, staffMember, type StaffMember } from '../../identity/public.ts';
import type { ProcedureContext } from '../application/context.ts';
import { openCase, type CaseView } from '../application/read-case.ts';
import { rulesOf } from '../application/rules-of.ts';
import { applicantName } from '../domain/applicants.ts';
import type { Case } from '../domain/case.ts';
import type { Day, StoredEvent } from '../domain/events.ts';
import type { ProcedureRules } from '../domain/procedure-rules.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { asStaff } from './api.ts';
import { OFFICER_ACTIONS, type OfficerAction } from './officer-texts.ts';

export type Frame = (visit: Visit) => PageView;
export type Staff = Extract<Actor, { kind: 'staff' }>;

/** A case as an officer's page needs it: with names, colleagues and what this person may do. */
export interface OfficerCase {
  readonly found: CaseView;
  readonly rules: ProcedureRules;
  /** Empty for whoever only reads. */
  readonly actions: readonly OfficerAction[];
  /** May change cases of this authority at all. */
  readonly works: boolean;
  /** Who can be given the case. */
  readonly colleagues: readonly StaffMember[];
  readonly authorities: readonly Authority[];
  readonly districts: readonly District[];
  readonly staffId: string;
  readonly today: Temporal.PlainDate;
  /** A person's name from `actorRef` notation. */
  readonly nameOf: (ref: string) => string;
}

/** Opens the case of the address for the officer; not found also where it belongs to another authority. */
export async function openOfficerCase(ctx: ProcedureContext, visit: Visit): Promise<Result<OfficerCase, CaseProblem>> {
  const id = parseId(visit.params['id'] ?? '');
  if (id === undefined) return refuse(notFound);
  const actor = asStaff(visit.actor);
  const opened = await openCase(ctx, actor, id);
  if (!opened.ok) return opened;
  const { state, pkg, history } = opened.value;
  const works = worksOn(actor, state.authority);
  const colleagues = await colleaguesOf(ctx, state.authority);
  const names = await staffNames(ctx, peopleIn(history), colleagues);
  return ok({
    found: opened.value,
    rules: rulesOf(pkg),
    works,
    actions: works ? OFFICER_ACTIONS.filter((action) => opened.value.actions.includes(action)) : [],
    colleagues,
    authorities: ctx.desk.services.authorities,
    districts: ctx.desk.services.districts,
    staffId: actor.staffId,
    today: legalDay(visit.now),
    nameOf: (ref) => nameOfRef(ref, names, state),
  });
}

/** Whether this person handles cases of the authority; Revision only looks. */
export const worksOn = (actor: Staff, authority: string): boolean =>
  actor.authorities.includes(authority) && actor.roles.some((role) => role === 'sachbearbeitung' || role === 'leitung');

/** Whether this person handles cases at all. */
export const worksAnywhere = (actor: Staff): boolean => actor.roles.some((role) => role === 'sachbearbeitung' || role === 'leitung');

async function colleaguesOf(ctx: ProcedureContext, authority: string): Promise<StaffMember[]> {
  const all = await staffDirectory(ctx.database.read, authority);
  return all.filter((one) => one.roles.includes('sachbearbeitung') || one.roles.includes('leitung'));
}

/** Everybody of the staff who did something in the case or was given it. */
function peopleIn(history: readonly StoredEvent[]): string[] {
  const actors = history.flatMap(({ actor }) => (actor.startsWith('staff:') ? [actor.slice('staff:'.length)] : []));
  const assigned = history.flatMap((event) => (event.kind === 'zugewiesen' && event.facts.staffId !== null ? [event.facts.staffId] : []));
  const helped = history.flatMap((event) => (event.kind === 'antrag-eingereicht' ? (event.facts.helped ?? []).map(({ staffId }) => staffId) : []));
  return [...actors, ...assigned, ...helped];
}

/** Names by staff id; ids that no employee has stay out. */
export async function staffNames(
  ctx: Pick<ProcedureContext, 'database'>,
  ids: readonly string[],
  known: readonly StaffMember[] = [],
): Promise<Map<string, string>> {
  const names = new Map(known.map((one) => [one.staffId, one.name]));
  for (const id of new Set(ids)) {
    if (names.has(id) || parseId(id) === undefined) continue;
    const member = await staffMember(ctx.database.read, id);
    if (member !== undefined) names.set(id, member.name);
  }
  return names;
}

/** Said where an id belongs to no employee the city knows. */
export const UNKNOWN_PERSON = 'Unbekannte Person';

function nameOfRef(ref: string, names: ReadonlyMap<string, string>, state: Case): string {
  const [kind, id = ''] = ref.split(':');
  if (kind === 'citizen') return applicantName(state, id) ?? state.applicant.name;
  if (kind === 'staff') return names.get(id) ?? UNKNOWN_PERSON;
  return 'Kontor (automatisch)';
}

export const dayOf = (day: Day): Temporal.PlainDate => Temporal.PlainDate.from(day);
/** `24.11.2026`: the short form in which the file states days. */
export const shownDay = (day: Day | Temporal.PlainDate): string => formatGermanDate(typeof day === 'string' ? dayOf(day) : day);

/** A part of the file; its language is German whatever language the frame has. */
export const record = (title: string, id: string, body: Html | readonly Html[]): Html => section(title, html`<div lang="de">${body}</div>`, { id });

/** Text with its own line breaks, as paragraphs. */
export function paragraphs(text: string): Html {
  return html`${splitParagraphs(text).map((part) => html`<p class="kern-body">${part.split('\n').map((line, index) => html`${index === 0 ? '' : html`<br>`}${line}`)}</p>`)}`;
}

/** Paragraphs stand apart by an empty line. */
export const splitParagraphs = (text: string): string[] =>
  text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const bulletList = (lines: readonly (string | Html)[]): Html =>
  html`<ul class="kern-list kern-list--bullet">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;

/** Parts below each other, with room between them. */
export const stacked = (parts: readonly Html[]): Html => html`<div class="k-stack">${parts.map((part) => html`<div>${part}</div>`)}</div>`;
