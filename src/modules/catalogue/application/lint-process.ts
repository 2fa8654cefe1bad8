import type { Process } from '../domain/service.ts';
import type { ServicePackage } from '../domain/package.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';

/** Where a case stands, as far as ways through the procedure depend on it. */
interface Situation {
  readonly status: string;
  /** A draft that may be decided at once, or one that waits for a second pair of eyes. */
  readonly draft: 'none' | 'direct' | 'approval';
  readonly objection: boolean;
  /** Completeness has been confirmed. */
  readonly complete: boolean;
  readonly from: string;
}

const START: Situation = { status: 'eingegangen', draft: 'none', objection: false, complete: false, from: '' };
/** A decision has been made: what follows is delivery and remedy. */
const DECIDED = 'beschlossen';
const ENDS = new Set(['bestandskraeftig', 'zurueckgenommen', 'abgeschlossen']);
/** Every procedure may end otherwise (Erledigung); no action of a package brings it about. */
const OTHERWISE = 'abgeschlossen';

type Effect = (situation: Situation, process: Process) => readonly Situation[];
const atWork = ({ objection }: Situation): string => (objection ? 'widerspruch' : 'in_pruefung');
const to =
  (status: string): Effect =>
  (situation) => [{ ...situation, status }];
const stay: Effect = (situation) => [situation];

const drafted: Effect = (situation, { fourEyes, outcomes }) => {
  const kinds = outcomes.map((outcome) => (fourEyes === 'always' || (fourEyes === 'refusal' && outcome !== 'grant') ? 'approval' : 'direct'));
  return [...new Set(kinds)].map((draft) => ({ ...situation, draft, from: situation.status }));
};
const decided = (situation: Situation): Situation => ({ ...situation, status: DECIDED, draft: 'none', objection: false, from: '' });

/** What the law makes of each action (the same as module procedure does); unknown ones change nothing. */
const EFFECTS: Readonly<Record<string, Effect>> = {
  'confirm-complete': (situation) => [{ ...situation, status: 'in_pruefung', complete: true }],
  'request-documents': to('unvollstaendig'),
  'answer-request': to('eingegangen'),
  hear: to('anhoerung'),
  'answer-hearing': (situation) => [{ ...situation, status: atWork(situation) }],
  suspend: (situation) => (situation.complete ? [{ ...situation, status: 'ausgesetzt' }] : []),
  resume: (situation) => [{ ...situation, status: atWork(situation) }],
  'draft-decision': drafted,
  'decide-objection': (situation, process) => (situation.objection ? drafted(situation, process) : []),
  'follow-decision': drafted,
  'submit-for-approval': (situation) => (situation.draft === 'approval' ? [{ ...situation, status: 'freigabe' }] : []),
  approve: (situation) => (situation.draft === 'none' ? [] : [decided(situation)]),
  'return-draft': (situation) => (situation.draft === 'none' ? [] : [{ ...situation, status: situation.from === '' ? atWork(situation) : situation.from }]),
  decide: (situation) => (situation.draft === 'direct' ? [decided(situation)] : []),
  'record-bekanntgabe': to('bekanntgegeben'),
  withdraw: to('zurueckgenommen'),
  object: (situation) => [{ ...situation, status: 'widerspruch', objection: true }],
};

/** What happens by the clock or from the outbox, without a package's leave. */
const BY_ITSELF: Readonly<Record<string, Effect>> = {
  unvollstaendig: to('eingegangen'),
  anhoerung: (situation) => [{ ...situation, status: atWork(situation) }],
  [DECIDED]: to('bekanntgegeben'),
  bekanntgegeben: to('bestandskraeftig'),
};

/** Where the period runs, and with it the fiction (§ 42a VwVfG). */
const UNDECIDED = new Set(['in_pruefung', 'anhoerung', 'freigabe']);

const offeredIn = (process: Process, status: string): readonly string[] => (process.offered as Readonly<Record<string, readonly string[]>>)[status] ?? [];

function next(situation: Situation, pkg: ServicePackage, without: ReadonlySet<string> = new Set()): Situation[] {
  const offered = offeredIn(pkg.process, situation.status).filter((action) => !without.has(action));
  const waits = pkg.process.fiction !== 'none' && situation.complete && UNDECIDED.has(situation.status);
  const fiction: Situation[] = waits ? [{ ...situation, status: 'bekanntgegeben', draft: 'none' }] : [];
  const automatic = pkg.automation !== undefined && situation.status === START.status ? [decided(situation)] : [];
  return [
    ...offered.flatMap((action) => (EFFECTS[action] ?? stay)(situation, pkg.process)),
    ...(BY_ITSELF[situation.status] ?? (() => []))(situation, pkg.process),
    ...automatic,
    ...fiction,
  ];
}

/** Every situation that a case of the package can come to. */
function reach(start: Situation, pkg: ServicePackage): Situation[] {
  const seen = new Map<string, Situation>();
  const open = [start];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const key = keyOf(one);
    if (seen.has(key)) continue;
    seen.set(key, one);
    open.push(...next(one, pkg));
  }
  return [...seen.values()];
}

const keyOf = (situation: Situation): string => JSON.stringify(situation);

/** Which of all situations of a procedure lead to a decision: the edges are walked backwards, each once. */
function leadingToDecision(situations: readonly Situation[], pkg: ServicePackage, without: ReadonlySet<string>): ReadonlySet<Situation> {
  const before = new Map<string, Situation[]>();
  for (const one of situations) {
    for (const later of next(one, pkg, without)) {
      const key = keyOf(later);
      before.set(key, [...(before.get(key) ?? []), one]);
    }
  }
  const leading = new Set<Situation>();
  const open = situations.filter((one) => one.status === DECIDED);
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (leading.has(one)) continue;
    leading.add(one);
    open.push(...(before.get(keyOf(one)) ?? []));
  }
  return leading;
}

/** What the authority begins itself has nothing to be completed. */
const startOf = ({ initiator }: ServicePackage): Situation => (initiator === 'amt' ? { ...START, status: 'in_pruefung', complete: true } : START);

/** States that nothing reaches, states that nothing leaves, actions without what they lead to. */
export function lintProcess(pkg: ServicePackage, source: PackageSource): Finding[] {
  const situations = reach(startOf(pkg), pkg);
  const reached = new Set([...situations.map((one) => one.status), OTHERWISE]);
  // states and actions that this lint does not know may be connected in ways it does not know
  const known = Object.values(pkg.process.offered)
    .flat()
    .every((action) => action in EFFECTS || PASSIVE.has(action));
  return [
    ...(known ? [...unreachable(pkg, reached, source), ...withoutWayOut(pkg, situations, source)] : []),
    ...byPost(pkg, source),
    ...deadEnds(pkg, source),
    ...stuckDrafts(pkg, situations, source),
    ...itemLists(pkg, source),
  ];
}

const PASSIVE = new Set(['note', 'assign', 'remind', 'transfer', 'extend', 'request-certificate', 'record-step']);

function unreachable({ process }: ServicePackage, reached: ReadonlySet<string>, source: PackageSource): Finding[] {
  return Object.keys(process.offered)
    .filter((status) => !reached.has(status))
    .map((status) =>
      source.at(
        'warning',
        'process.yaml',
        ['offered', status],
        `Den Zustand «${status}» erreicht kein Vorgang: Keine angebotene Handlung führt dorthin. Bieten Sie sie an, oder streichen Sie ihn.`,
      ),
    );
}

/** From every state a decision must be within reach, other than by the applicant giving up. */
function withoutWayOut(pkg: ServicePackage, situations: readonly Situation[], source: PackageSource): Finding[] {
  const after = new Set([...ENDS, DECIDED, 'bekanntgegeben']);
  const leading = leadingToDecision(situations, pkg, new Set(['withdraw']));
  const stuck = new Set(situations.filter((one) => !after.has(one.status) && !leading.has(one)).map((one) => one.status));
  return [...stuck].map((status) =>
    source.at(
      'error',
      'process.yaml',
      ['offered', status],
      `Aus «${status}» führt kein Weg zu einer Entscheidung. Bieten Sie dort Handlungen an, die weiterführen.`,
    ),
  );
}

/** Only the Postfach delivers by itself; who posts a letter has to say when (§ 41 Abs. 2 VwVfG). */
function byPost({ process }: ServicePackage, source: PackageSource): Finding[] {
  if (offeredIn(process, DECIDED).includes('record-bekanntgabe')) return [];
  return [
    source.at(
      'warning',
      'process.yaml',
      ['offered', DECIDED],
      'Ein Bescheid, der mit der Post geht, bleibt in «beschlossen» liegen. Bieten Sie dort «record-bekanntgabe» an.',
    ),
  ];
}

/** Actions that wait for an answer which nobody may give. */
function deadEnds({ process }: ServicePackage, source: PackageSource): Finding[] {
  const offered: ReadonlySet<string> = new Set(Object.values(process.offered).flat());
  const pairs = [
    ['hear', 'answer-hearing'],
    ['request-documents', 'answer-request'],
    ['suspend', 'resume'],
    ['object', 'decide-objection'],
    ['submit-for-approval', 'approve'],
    ['draft-decision', process.fourEyes === 'always' ? 'approve' : 'decide'],
  ] as const;
  return pairs.flatMap(([action, needs]) => {
    if (!offered.has(action) || offered.has(needs)) return [];
    const status = Object.keys(process.offered).find((one) => offeredIn(process, one).includes(action))!;
    const path = ['offered', status, offeredIn(process, status).indexOf(action)];
    return [source.at('error', 'process.yaml', path, `«${action}» führt in eine Sackgasse: «${needs}» wird nirgends angeboten. Bieten Sie es an.`)];
  });
}

const REDRAFT = new Set(['withdraw', 'draft-decision', 'decide-objection', 'follow-decision']);

/** Every kind of draft that can be written must lead to a decision as it is. */
function stuckDrafts(pkg: ServicePackage, situations: readonly Situation[], source: PackageSource): Finding[] {
  const leading = leadingToDecision(situations, pkg, REDRAFT);
  return (['direct', 'approval'] as const).flatMap((kind) => {
    const drafts = situations.filter((one) => one.draft === kind);
    const leads = drafts.some((one) => leading.has(one));
    if (drafts.length === 0 || leads) return [];
    const what = kind === 'approval' ? 'Entwürfe, die eine zweite Person freigeben muss (fourEyes),' : 'Entwürfe ohne Freigabe';
    const needs = kind === 'approval' ? '«submit-for-approval» und «approve»' : '«decide»';
    return [source.at('error', 'process.yaml', ['fourEyes'], `${what} kommen nie zur Entscheidung. Bieten Sie ${needs} in den passenden Zuständen an.`)];
  });
}

function itemLists({ process, form }: ServicePackage, source: PackageSource): Finding[] {
  const { itemDecision } = process;
  if (itemDecision === undefined || form.pages.some((page) => page.repeat?.id === itemDecision.repeat)) return [];
  return [
    source.at(
      'error',
      'process.yaml',
      ['itemDecision', 'repeat'],
      `Eine Liste «${itemDecision.repeat}» fragt keine Seite ab. Nennen Sie die repeat-Kennung einer Seite.`,
    ),
  ];
}
