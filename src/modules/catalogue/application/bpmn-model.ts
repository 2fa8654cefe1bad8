import type { LangText } from '../../../platform/ui/html.ts';
import type { ServicePackage } from '../domain/package.ts';
import type { Process } from '../domain/service.ts';
import type { ProcessAction, ProcessState } from './bpmn-effects.ts';
import { ACTION_NOTES, ELEMENT_WORDS, FLOW_WORDS } from './bpmn-words.ts';

export type LaneId = 'antragstellende' | 'behoerde' | 'system';
export const LANES: readonly LaneId[] = ['antragstellende', 'behoerde', 'system'];

export type NodeKind = 'start' | 'message-start' | 'end' | 'terminate' | 'user' | 'service' | 'gateway' | 'timer' | 'subprocess';
type NodeId = keyof typeof ELEMENT_WORDS | `frist-${string}`;

/** One element of a process, with its place in a grid that the layout closes up. */
export interface ProcessNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly lane: LaneId;
  readonly name: LangText;
  /** Documentation in German: the legal paragraph first. */
  readonly note: string;
  /** States of a case that stand at this element. */
  readonly state?: ProcessState;
  /** Timer at the border of a task. */
  readonly attachedTo?: string;
  /** Timers: whether the task ends when the time has come, and the ISO 8601 duration. */
  readonly interrupting?: boolean;
  readonly duration?: string;
  /** Element of an event sub-process. */
  readonly parent?: string;
  readonly column: number;
  readonly row: number;
}

export interface ProcessFlow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly name?: LangText;
  /** The action that takes this way; none: it comes by itself. */
  readonly action?: ProcessAction;
}

export interface ProcessModel {
  readonly key: string;
  readonly version: string;
  readonly name: LangText;
  readonly note: string;
  readonly nodes: readonly ProcessNode[];
  readonly flows: readonly ProcessFlow[];
}

type Period = { readonly length: number; readonly unit: 'days' | 'weeks' | 'months' };
const UNITS = {
  days: { iso: 'D', de: ['Tag', 'Tage'], en: ['day', 'days'] },
  weeks: { iso: 'W', de: ['Woche', 'Wochen'], en: ['week', 'weeks'] },
  months: { iso: 'M', de: ['Monat', 'Monate'], en: ['month', 'months'] },
} as const;

function spoken({ length, unit }: Period): LangText {
  const pick = (pair: readonly [string, string]): string => `${length} ${length === 1 ? pair[0] : pair[1]}`;
  return { de: pick(UNITS[unit].de), en: pick(UNITS[unit].en), leicht: pick(UNITS[unit].de) };
}

/** Collects elements and ways; what a package does not offer is never added. */
class Sketch {
  readonly nodes: ProcessNode[] = [];
  readonly flows: ProcessFlow[] = [];
  readonly #law: string;

  constructor(law: string) {
    this.#law = law;
  }

  /** Notes speak of VwVfG; where the Land's own statute governs, of that. */
  add(id: NodeId, node: Omit<ProcessNode, 'id' | 'name'> & { readonly name?: LangText }): void {
    const note = this.#law === 'VwVfG' ? node.note : node.note.replaceAll(/(?<!Hmb)VwVfG/g, this.#law);
    this.nodes.push({ name: ELEMENT_WORDS[id as keyof typeof ELEMENT_WORDS], ...node, id, note });
  }

  timer(attachedTo: NodeId, period: Period, note: string, interrupting = true): void {
    const on = this.nodes.find(({ id }) => id === attachedTo)!;
    const { column, row, lane } = on;
    const duration = `P${period.length}${UNITS[period.unit].iso}`;
    this.add(`frist-${attachedTo}`, { kind: 'timer', lane, name: spoken(period), note, attachedTo, interrupting, duration, column, row });
  }

  has(id: NodeId): boolean {
    return this.nodes.some((node) => node.id === id);
  }

  /** A way between elements that are both there. */
  flow(from: NodeId, to: NodeId, name?: LangText, action?: ProcessAction): void {
    if (!this.has(from) || !this.has(to)) return;
    this.flows.push({ id: `weg-${from}-${to}`, from, to, ...(name && { name }), ...(action && { action }) });
  }
}

const offers = ({ offered }: Process, state: ProcessState, action: ProcessAction): boolean => offered[state]?.includes(action) ?? false;
const anywhere = ({ offered }: Process, action: ProcessAction): ProcessState[] =>
  (Object.keys(offered) as ProcessState[]).filter((state) => offered[state]?.includes(action));

/** The BPMN process of a package: from what it offers in each state, and from what the law makes of each action. Pure. */
export function processModel(
  pkg: Pick<ServicePackage, 'key' | 'version' | 'name' | 'process' | 'automation' | 'regime' | 'legalBases'> & Partial<Pick<ServicePackage, 'initiator'>>,
): ProcessModel {
  const sketch = new Sketch(pkg.regime === 'hh' ? 'HmbVwVfG' : 'VwVfG');
  if (pkg.initiator === 'amt') ownMotion(sketch);
  else intake(sketch, pkg.process, pkg.automation?.legalBasis);
  examination(sketch, pkg.process);
  sketch.flow('beginn', 'pruefung');
  decision(sketch, pkg.process, pkg.automation !== undefined);
  remedy(sketch, pkg.process);
  endings(sketch, pkg.process);
  const bases = pkg.legalBases.map(({ citation, title }) => `${citation} (${title})`).join('; ');
  return reachable({ key: pkg.key, version: pkg.version, name: pkg.name, note: `Rechtsgrundlagen: ${bases}`, ...documented(sketch, pkg.process) });
}

/** § 22 Satz 1 VwVfG: nobody applies. */
function ownMotion(sketch: Sketch): void {
  sketch.add('beginn', { kind: 'start', lane: 'behoerde', note: '§ 22 Satz 1 VwVfG: Die Behörde beginnt das Verfahren von Amts wegen.', column: 0, row: 0 });
}

function intake(sketch: Sketch, process: Process, automation: string | undefined): void {
  sketch.add('start', { kind: 'start', lane: 'antragstellende', note: '§ 22 Satz 2 Nr. 1 VwVfG: Das Verfahren beginnt mit dem Antrag.', column: 0, row: 0 });
  sketch.add('eingang', {
    kind: 'service',
    lane: 'system',
    note: '§ 25 Abs. 2 VwVfG: Auskunft nach dem Eingang über Dauer und Vollständigkeit.',
    column: 0,
    row: 0,
  });
  const check = '§§ 24, 25 VwVfG: Die Behörde prüft von Amts wegen und wirkt auf vollständige Angaben hin.';
  sketch.add('eingegangen', { kind: 'user', lane: 'behoerde', note: check, state: 'eingegangen', column: 1, row: 0 });
  sketch.flow('start', 'eingang');
  if (automation === undefined) sketch.flow('eingang', 'eingegangen');
  else {
    sketch.add('eindeutig', { kind: 'gateway', lane: 'system', note: `§ 35a VwVfG: ${automation}`, column: 1, row: 0 });
    sketch.flow('eingang', 'eindeutig');
    sketch.flow('eindeutig', 'eingegangen', FLOW_WORDS.pruefen);
  }
  if (anywhere(process, 'request-documents').length > 0) {
    const note = '§ 26 Abs. 2 VwVfG: Wer beantragt, wirkt bei der Ermittlung des Sachverhalts mit.';
    sketch.add('unvollstaendig', { kind: 'user', lane: 'antragstellende', note, state: 'unvollstaendig', column: 2, row: 0 });
    sketch.timer('unvollstaendig', { length: process.requestDays, unit: 'days' }, '§ 31 Abs. 2 VwVfG: Frist der Behörde zur Nachforderung.');
  }
  const missing = offers(process, 'eingegangen', 'request-documents');
  if (missing) sketch.add('vollstaendig', { kind: 'gateway', lane: 'behoerde', note: '§ 25 Abs. 2 VwVfG: Vollständigkeit des Antrags.', column: 2, row: 0 });
}

function examination(sketch: Sketch, process: Process): void {
  const { decisionPeriod, fiction } = process;
  const tasks = process.tasks.map(({ de }) => `- ${de}`).join('\n');
  const note = `§ 24 VwVfG: Untersuchungsgrundsatz.${tasks === '' ? '' : `\nAufgaben:\n${tasks}`}`;
  sketch.add('pruefung', { kind: 'user', lane: 'behoerde', note, state: 'in_pruefung', column: 3, row: 0 });
  if (sketch.has('vollstaendig')) {
    sketch.flow('eingegangen', 'vollstaendig');
    sketch.flow('vollstaendig', 'pruefung', FLOW_WORDS.ja, 'confirm-complete');
    sketch.flow('vollstaendig', 'unvollstaendig', FLOW_WORDS.nein, 'request-documents');
  } else sketch.flow('eingegangen', 'pruefung', undefined, 'confirm-complete');
  sketch.flow('unvollstaendig', 'eingegangen', undefined, 'answer-request');
  sketch.flow('frist-unvollstaendig', 'eingegangen');
  if (decisionPeriod !== undefined) {
    const extension = process.extension === undefined ? '' : ` Verlängerung um ${spoken(process.extension).de}: ${process.extension.legalBasis}.`;
    sketch.timer('pruefung', decisionPeriod, `Entscheidungsfrist: ${decisionPeriod.legalBasis}.${extension}`, fiction !== 'none');
    const at = { kind: 'service', lane: 'system', column: 3, row: 0 } as const;
    if (fiction === 'none') {
      sketch.add('frist', { ...at, note: `${decisionPeriod.legalBasis}: Ohne Fiktion bleibt der Antrag offen; die Behörde wird erinnert (§ 75 VwGO).` });
      sketch.add('fristGemeldet', { kind: 'end', lane: 'system', note: '§ 75 VwGO: Das Verfahren läuft weiter.', column: 4, row: 0 });
      sketch.flow('frist-pruefung', 'frist');
      sketch.flow('frist', 'fristGemeldet');
    } else {
      sketch.add('fiktion', { ...at, note: `§ 42a Abs. 1 VwVfG: Genehmigungsfiktion, angeordnet durch ${fiction.legalBasis}` });
      sketch.flow('frist-pruefung', 'fiktion');
    }
  }
  interludes(sketch, process);
}

/** What interrupts the examination and leads back to it. */
function interludes(sketch: Sketch, process: Process): void {
  if (offers(process, 'in_pruefung', 'hear')) {
    const note = '§ 28 Abs. 1 VwVfG: Anhörung vor einer belastenden Entscheidung.';
    sketch.add('anhoerung', { kind: 'user', lane: 'antragstellende', note, state: 'anhoerung', column: 4, row: 0 });
    sketch.timer('anhoerung', { length: process.hearingDays, unit: 'days' }, '§ 28 Abs. 1, § 31 Abs. 2 VwVfG: Frist zur Stellungnahme.');
  }
  if (offers(process, 'in_pruefung', 'suspend')) {
    const note = '§ 10 VwVfG: Das Verfahren ruht, die Entscheidungsfrist steht still.';
    sketch.add('ausgesetzt', { kind: 'user', lane: 'behoerde', note, state: 'ausgesetzt', column: 4, row: 1 });
  }
  const { consultees = [], publicRounds = [] } = process.participation ?? {};
  const list = (items: readonly { name: LangText; legalBasis: string; period: Period }[]): string =>
    items.map(({ name, legalBasis, period }) => `${legalBasis}: ${name.de}, ${spoken(period).de}`).join('\n');
  if (consultees.length > 0) sketch.add('beteiligung', { kind: 'user', lane: 'behoerde', note: list(consultees), column: 5, row: 1 });
  if (publicRounds.length > 0) sketch.add('auslegung', { kind: 'user', lane: 'behoerde', note: list(publicRounds), column: 6, row: 1 });
}

function decision(sketch: Sketch, process: Process, automated: boolean): void {
  sketch.add('entwurf', { kind: 'user', lane: 'behoerde', note: '§§ 37, 39, 40 VwVfG: Bestimmtheit, Begründung, Ermessen.', column: 5, row: 0 });
  const sealing = '§ 37 Abs. 3, § 41 VwVfG: Form und Bekanntgabe des Bescheids.';
  sketch.add('zustellen', { kind: 'service', lane: 'system', note: sealing, state: 'beschlossen', column: 8, row: 0 });
  waysOnward(sketch, process);
  const { fourEyes } = process;
  if (fourEyes !== 'never' && anywhere(process, 'submit-for-approval').length > 0) approval(sketch, fourEyes === 'always');
  else sketch.flow('entwurf', 'zustellen', undefined, 'decide');
  if (automated) sketch.flow('eindeutig', 'zustellen', FLOW_WORDS.ja);
}

/** After the examination: a gateway only where there is a choice. */
function waysOnward(sketch: Sketch, process: Process): void {
  const ways: [NodeId, LangText, ProcessAction?][] = [];
  if (sketch.has('anhoerung')) ways.push(['anhoerung', FLOW_WORDS.anhoeren, 'hear']);
  if (sketch.has('ausgesetzt')) ways.push(['ausgesetzt', FLOW_WORDS.aussetzen, 'suspend']);
  if (sketch.has('beteiligung')) ways.push(['beteiligung', FLOW_WORDS.beteiligen]);
  if (sketch.has('auslegung')) ways.push(['auslegung', FLOW_WORDS.auslegen]);
  if (offers(process, 'in_pruefung', 'request-documents')) ways.push(['unvollstaendig', FLOW_WORDS.nachforderung, 'request-documents']);
  if (ways.length === 0) return sketch.flow('pruefung', 'entwurf', undefined, 'draft-decision');
  sketch.add('weiter', { kind: 'gateway', lane: 'behoerde', note: '§ 10 VwVfG: einfach, zweckmäßig und zügig.', column: 4, row: 0 });
  sketch.flow('pruefung', 'weiter');
  sketch.flow('weiter', 'entwurf', FLOW_WORDS.entscheiden, 'draft-decision');
  for (const [to, name, action] of ways) {
    sketch.flow('weiter', to, name, action);
    if (to !== 'unvollstaendig') sketch.flow(to, 'pruefung', undefined, RETURNS[to]);
  }
  sketch.flow('frist-anhoerung', 'pruefung');
}
const RETURNS: Readonly<Partial<Record<NodeId, ProcessAction>>> = { anhoerung: 'answer-hearing', ausgesetzt: 'resume' };

function approval(sketch: Sketch, always: boolean): void {
  const four = '§ 37 Abs. 3 VwVfG: Unterschrift; die zweite Person ist eine andere (Vier-Augen-Prinzip der Leistung).';
  sketch.add('freigabe', { kind: 'user', lane: 'behoerde', note: four, state: 'freigabe', column: 7, row: 0 });
  sketch.add('freigegeben', { kind: 'gateway', lane: 'behoerde', note: four, column: 8, row: 0 });
  if (always) sketch.flow('entwurf', 'freigabe', undefined, 'submit-for-approval');
  else {
    sketch.add('vierAugen', {
      kind: 'gateway',
      lane: 'behoerde',
      note: 'Freigabe nur, wenn nicht alles gewährt wird (Regel der Leistung; § 39 VwVfG).',
      column: 6,
      row: 0,
    });
    sketch.flow('entwurf', 'vierAugen');
    sketch.flow('vierAugen', 'freigabe', FLOW_WORDS.ja, 'submit-for-approval');
    sketch.flow('vierAugen', 'zustellen', FLOW_WORDS.nein, 'decide');
  }
  sketch.flow('freigabe', 'freigegeben');
  sketch.flow('freigegeben', 'zustellen', FLOW_WORDS.ja, 'approve');
  sketch.flow('freigegeben', 'entwurf', FLOW_WORDS.zurueck, 'return-draft');
}

/** § 70 VwGO; with correct instructions on remedies (§ 58 VwGO). */
const REMEDY: Period = { length: 1, unit: 'months' };

function remedy(sketch: Sketch, process: Process): void {
  const known = '§§ 41, 43 VwVfG: Der Bescheid ist bekannt gegeben und wirksam.';
  const at = { lane: 'antragstellende', row: 0 } as const;
  sketch.add('bekanntgegeben', { ...at, kind: 'user', note: known, state: 'bekanntgegeben', column: 9 });
  sketch.add('bestandskraeftig', { ...at, kind: 'end', note: '§ 70 VwGO: Kein Widerspruch mehr möglich.', state: 'bestandskraeftig', column: 10 });
  sketch.flow('zustellen', 'bekanntgegeben');
  sketch.flow('fiktion', 'bekanntgegeben');
  if (!offers(process, 'bekanntgegeben', 'object')) return sketch.flow('bekanntgegeben', 'bestandskraeftig', spoken(REMEDY));
  sketch.timer('bekanntgegeben', REMEDY, '§ 70 Abs. 1 VwGO: Widerspruchsfrist; nach einem Widerspruchsbescheid Klagefrist (§ 74 VwGO).');
  sketch.flow('frist-bekanntgegeben', 'bestandskraeftig');
  sketch.add('widerspruch', { kind: 'user', lane: 'behoerde', note: '§§ 68, 72, 73 VwGO: Vorverfahren.', state: 'widerspruch', column: 9, row: 0 });
  sketch.flow('bekanntgegeben', 'widerspruch', FLOW_WORDS.widerspruch, 'object');
  if (!offers(process, 'widerspruch', 'hear')) return sketch.flow('widerspruch', 'entwurf', undefined, 'decide-objection');
  sketch.add('widerspruchWeiter', { kind: 'gateway', lane: 'behoerde', note: '§ 71 VwGO: Anhörung vor einer neuen Beschwer.', column: 10, row: 0 });
  sketch.add('anhoerungWiderspruch', { ...at, kind: 'user', note: '§ 71 VwGO: Anhörung im Widerspruchsverfahren.', state: 'anhoerung', column: 11 });
  sketch.timer('anhoerungWiderspruch', { length: process.hearingDays, unit: 'days' }, '§ 71 VwGO, § 31 Abs. 2 VwVfG: Frist zur Stellungnahme.');
  sketch.flow('widerspruch', 'widerspruchWeiter');
  sketch.flow('widerspruchWeiter', 'anhoerungWiderspruch', FLOW_WORDS.ja, 'hear');
  sketch.flow('widerspruchWeiter', 'entwurf', FLOW_WORDS.nein, 'decide-objection');
  sketch.flow('anhoerungWiderspruch', 'widerspruch', undefined, 'answer-hearing');
  sketch.flow('frist-anhoerungWiderspruch', 'widerspruch');
}

/** What may end the procedure at any time: event sub-processes, so that no task needs a way of its own. */
function endings(sketch: Sketch, process: Process): void {
  const from = anywhere(process, 'withdraw');
  if (from.length > 0) {
    const at = { lane: 'antragstellende', row: 1, parent: 'zuruecknehmen' } as const;
    const note = `§ 22 VwVfG: Der Antrag kann bis zur Entscheidung zurückgenommen werden. Möglich in: ${from.join(', ')}.`;
    sketch.add('zuruecknehmen', { kind: 'subprocess', lane: 'antragstellende', note, column: 5, row: 1 });
    sketch.add('nimmtZurueck', { ...at, kind: 'message-start', note: '§ 22 VwVfG: Erklärung gegenüber der Behörde.', column: 5 });
    sketch.add('zurueckgenommen', { ...at, kind: 'terminate', note: '§ 22 VwVfG: Das Verfahren endet.', state: 'zurueckgenommen', column: 6 });
    sketch.flow('nimmtZurueck', 'zurueckgenommen', undefined, 'withdraw');
  }
  if (process.offered.abgeschlossen !== undefined) {
    const at = { lane: 'behoerde', row: 1, parent: 'erledigung' } as const;
    sketch.add('erledigung', { kind: 'subprocess', lane: 'behoerde', note: '§ 43 Abs. 2 VwVfG: Erledigung auf andere Weise.', column: 9, row: 1 });
    sketch.add('erledigt', { ...at, kind: 'message-start', note: '§ 43 Abs. 2 VwVfG: Die Sache hat sich erledigt.', column: 9 });
    sketch.add('abgeschlossen', { ...at, kind: 'terminate', note: '§ 43 Abs. 2 VwVfG: Das Verfahren ist abgeschlossen.', state: 'abgeschlossen', column: 10 });
    sketch.flow('erledigt', 'abgeschlossen');
  }
}

/** Actions without a way of their own stand in the documentation of the step where they are offered. */
function documented({ nodes, flows }: Sketch, process: Process): Pick<ProcessModel, 'nodes' | 'flows'> {
  const drawn = (state: ProcessState): ReadonlySet<ProcessAction | undefined> => {
    const at = new Set(nodes.filter((node) => node.state === state).map(({ id }) => id));
    const near = new Set([...at, ...flows.filter(({ from }) => at.has(from)).map(({ to }) => to)]);
    return new Set(flows.filter(({ from }) => near.has(from)).map(({ action }) => action));
  };
  const add = (node: ProcessNode): ProcessNode => {
    const { state } = node;
    const offered = state === undefined ? [] : (process.offered[state] ?? []);
    const known = state === undefined ? new Set() : drawn(state);
    const rest = offered.filter((action) => !known.has(action) && action !== 'withdraw');
    return rest.length === 0
      ? node
      : { ...node, note: `${node.note}\nAußerdem möglich: ${rest.map((action) => `${ACTION_NOTES[action]} [${action}]`).join('; ')}.` };
  };
  return { nodes: nodes.map(add), flows };
}

/** Without what no way leads to: packages may leave states out. */
function reachable(model: ProcessModel): ProcessModel {
  const seen = new Set(model.nodes.filter(({ kind }) => kind === 'start' || kind === 'message-start' || kind === 'subprocess').map(({ id }) => id));
  for (let before = -1; before !== seen.size;) {
    before = seen.size;
    for (const { from, to } of model.flows) if (seen.has(from)) seen.add(to);
    for (const { id, attachedTo } of model.nodes) if (attachedTo !== undefined && seen.has(attachedTo)) seen.add(id);
  }
  const flows = model.flows.filter(({ from, to }) => seen.has(from) && seen.has(to));
  return { ...model, nodes: model.nodes.filter(({ id }) => seen.has(id)), flows };
}
