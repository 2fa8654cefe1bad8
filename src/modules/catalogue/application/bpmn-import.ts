import type { ModdleElement } from 'bpmn-moddle';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { structureProblems } from './bpmn-check.ts';

import { documentationOf, manyOf, oneOf, readBpmn, textOf, type BpmnProblem } from './bpmn-read.ts';
import { legalBasesIn, meaningOf, periodIn, WANTED, type FoundPeriod, type Meaning } from './bpmn-recognise.ts';
import { draftFiles, draftKey, type DraftFacts } from './draft-package.ts';
import type { PackageFiles } from './read-package.ts';

export interface ImportedDraft {
  readonly key: string;
  /** By path below the folder of services. */
  readonly files: PackageFiles;
  /** What the author must know: what was not recognised, what the law added, what is odd in the model. */
  readonly findings: readonly string[];
}

/** A task with who does it and all words about it. */
interface FoundTask {
  readonly name: string;
  readonly lane: string;
  readonly words: string;
}

/** A draft package from a process in BPMN 2.0, as FIM and XProzess draw them. What cannot be known is left open for the lint to name. */
export async function importBpmn(xml: string): Promise<Result<ImportedDraft, BpmnProblem>> {
  const read = await readBpmn(xml);
  if (!read.ok) return read;
  const { definitions, warnings } = read.value;
  const process = mainProcess(definitions);
  if (process === undefined) {
    return refuse({
      kind: 'invalid-input',
      detail: 'Die Datei enthält keinen Prozess mit Aufgaben. Exportieren Sie das Prozessmodell, nicht nur die Prozesslandkarte.',
    });
  }
  const tasks = tasksOf(process);
  const name = processName(definitions, process);
  const findings: string[] = [...warnings.map((one) => `Beim Lesen: ${one}`), ...structureProblems(definitions)];
  const facts: DraftFacts = {
    from: 'einem BPMN-Modell',
    key: draftKey(name),
    name,
    leistungsschluessel: /\b(99\d{12})\b/.exec(allWords(definitions).replaceAll(/(?<=\d)[. ](?=\d)/g, ''))?.[1],
    legalBases: legalBasesIn(allWords(definitions)),
    documents: documentsOf(process),
    ...meaningsOf(tasks, findings),
    ...periodsOf(process, findings),
  };
  if (facts.legalBases.length === 0) findings.push('In den Beschreibungen steht keine Rechtsgrundlage. Nennen Sie sie in service.yaml.');
  return ok({ key: facts.key, files: draftFiles(facts), findings });
}

const inner = (scope: ModdleElement): ModdleElement[] => manyOf(scope, 'flowElements').flatMap((one) => [one, ...inner(one)]);
const isTask = ({ $type }: ModdleElement): boolean => $type.endsWith('Task') || $type === 'bpmn:CallActivity';

/** The process with most tasks: a file may hold those of partners too. */
function mainProcess(definitions: ModdleElement): ModdleElement | undefined {
  const counted = manyOf(definitions, 'rootElements')
    .filter(({ $type }) => $type === 'bpmn:Process')
    .map((process) => ({ process, tasks: tasksOf(process).length }))
    .toSorted((a, b) => b.tasks - a.tasks);
  return counted[0] !== undefined && counted[0].tasks > 0 ? counted[0].process : undefined;
}

/** Tasks, and sub-processes that hold none: a Referenzaktivitätengruppe is often drawn as an empty sub-process. */
function tasksOf(process: ModdleElement): FoundTask[] {
  const lanes = laneOfNode(process);
  const walk = (scope: ModdleElement, lane: string): FoundTask[] =>
    manyOf(scope, 'flowElements').flatMap((element) => {
      const own = lanes.get(element) ?? lane;
      const inside = walk(element, own);
      const group = element.$type.endsWith('SubProcess') && inside.length === 0;
      return isTask(element) || group ? [{ name: cleaned(textOf(element, 'name') ?? ''), lane: own, words: wordsOf(element) }] : inside;
    });
  return walk(process, '').filter(({ name, words }) => name !== '' || words !== '');
}

function laneOfNode(process: ModdleElement): ReadonlyMap<ModdleElement, string> {
  const found = new Map<ModdleElement, string>();
  const visit = (set: ModdleElement | undefined): void => {
    for (const lane of manyOf(set, 'lanes')) {
      for (const node of manyOf(lane, 'flowNodeRef')) found.set(node, textOf(lane, 'name') ?? '');
      visit(oneOf(lane, 'childLaneSet'));
    }
  };
  for (const set of manyOf(process, 'laneSets')) visit(set);
  return found;
}

const cleaned = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);

/** Documentation and the values of vendors' extensions: FIM attributes stand there. */
function wordsOf(element: ModdleElement): string {
  return [documentationOf(element), ...extensionWords(oneOf(element, 'extensionElements'))].join('\n');
}

function extensionWords(element: ModdleElement | undefined): string[] {
  if (element === undefined) return [];
  const values = Object.entries(element).flatMap(([name, value]) => (typeof value === 'string' && !name.startsWith('$') ? [value] : []));
  const children = [...manyOf(element, 'values'), ...manyOf(element, '$children')];
  return [...values, ...(typeof element['$body'] === 'string' ? [element['$body']] : []), ...children.flatMap(extensionWords)];
}

function allWords(definitions: ModdleElement): string {
  const roots = manyOf(definitions, 'rootElements');
  const elements = [
    ...roots,
    ...roots.flatMap((root) => manyOf(root, 'participants')),
    ...roots.flatMap(inner),
    ...roots.flatMap((root) => manyOf(root, 'artifacts')),
  ];
  return elements.map((element) => `${textOf(element, 'name') ?? ''}\n${textOf(element, 'text') ?? ''}\n${wordsOf(element)}`).join('\n');
}

/** The pool's name is the Leistung; processes are often called «Process 1». */
function processName(definitions: ModdleElement, process: ModdleElement): string {
  const pool = manyOf(definitions, 'rootElements')
    .flatMap((root) => manyOf(root, 'participants'))
    .find((participant) => oneOf(participant, 'processRef') === process);
  const names = [textOf(process, 'name'), textOf(pool, 'name'), textOf(definitions, 'name')].map((one) => cleaned(one ?? ''));
  return names.find((one) => one !== '' && !/^(process|prozess|pool|definitions)?[ _-]*\d*$/i.test(one)) ?? 'Neue Leistung';
}

const APPLICANT = /antragstell|bürger|kund|unternehmen|adressat|person|verwaltungskund/i;

function meaningsOf(tasks: readonly FoundTask[], findings: string[]): { readonly meanings: ReadonlySet<Meaning>; readonly checklist: readonly string[] } {
  const meanings = new Set<Meaning>();
  const checklist: string[] = [];
  for (const { name, lane, words } of tasks) {
    const meaning = meaningOf(name) ?? meaningOf(words);
    const place = lane === '' ? '' : ` (Bahn «${lane}»)`;
    if (meaning !== undefined) meanings.add(meaning);
    else
      findings.push(
        `Die Aufgabe «${name || words.slice(0, 60)}»${place} ist nicht erkannt.${APPLICANT.test(lane) ? '' : ' Sie steht als Prüfpunkt in process.yaml.'}`,
      );
    const work = meaning === undefined || meaning === 'examination' || meaning === 'completeness';
    if (work && !APPLICANT.test(lane) && name !== '' && !checklist.includes(name)) checklist.push(name);
  }
  if (meanings.has('participation') || meanings.has('display')) {
    findings.push('Andere Stellen oder die Öffentlichkeit werden beteiligt. Ergänzen Sie participation in process.yaml: wer, wie lange, nach welchem Gesetz.');
  }
  for (const [meaning, sentence] of WANTED) if (!meanings.has(meaning)) findings.push(sentence);
  return { meanings, checklist };
}

interface Periods {
  readonly requestDays?: number;
  readonly hearingDays?: number;
  readonly decisionPeriod?: FoundPeriod & { readonly legalBasis: string | undefined };
}

const inDays = ({ length, unit }: FoundPeriod): number => (unit === 'days' ? length : unit === 'weeks' ? length * 7 : length * 30);

/** Timers, by what they are attached to or say. */
function periodsOf(process: ModdleElement, findings: string[]): Periods {
  let periods: Periods = {};
  for (const event of inner(process)) {
    const timer = manyOf(event, 'eventDefinitions').find(({ $type }) => $type === 'bpmn:TimerEventDefinition');
    if (timer === undefined) continue;
    const name = cleaned(textOf(event, 'name') ?? '');
    const duration = textOf(oneOf(timer, 'timeDuration'), 'body') ?? '';
    const words = `${name}\n${wordsOf(event)}`;
    const period = periodIn(duration) ?? periodIn(words);
    const about = meaningOf(`${name} ${textOf(oneOf(event, 'attachedToRef'), 'name') ?? ''}`);
    if (period === undefined) findings.push(`Die Frist «${name || 'ohne Namen'}» nennt keine Dauer. Tragen Sie sie in process.yaml ein.`);
    else if (about === 'request') periods = { ...periods, requestDays: inDays(period) };
    else if (about === 'hearing') periods = { ...periods, hearingDays: inDays(period) };
    else if (about === 'decision' || about === 'examination' || /bearbeitungs|entscheidungs/i.test(name))
      periods = { ...periods, decisionPeriod: { ...period, legalBasis: legalBasesIn(words)[0] } };
    else findings.push(`Die Frist «${name || duration}» ist nicht erkannt. Tragen Sie sie in process.yaml ein, wenn sie dorthin gehört.`);
  }
  return periods;
}

/** Data that the process receives: what applicants hand in. Forms and decisions are no documents of theirs. */
function documentsOf(process: ModdleElement): string[] {
  const names = inner(process)
    .filter(({ $type }) => $type === 'bpmn:DataObjectReference' || $type === 'bpmn:DataObject')
    .map((element) => cleaned(textOf(element, 'name') ?? ''));
  return [...new Set(names)].filter((name) => name !== '' && !/antrag|bescheid|akte|vermerk|entwurf/i.test(name)).slice(0, 30);
}
