import type { ProcessAction, ProcessState } from './bpmn-effects.ts';
import { BRINGS, type FoundPeriod, type Meaning } from './bpmn-recognise.ts';
import { draftYaml, SERVICE_HINTS } from './draft-yaml.ts';
import type { PackageFiles } from './read-package.ts';

/** What somebody else's data tells of a Leistung. */
export interface DraftFacts {
  /** Whose data, in German in the dative: `einem BPMN-Modell`. */
  readonly from: string;
  readonly key: string;
  readonly name: string;
  readonly leistungsschluessel: string | undefined;
  readonly legalBases: readonly string[];
  readonly description?: string | undefined;
  /** Names of papers; a whole form has its own. */
  readonly documents?: readonly string[];
  /** Pages and documents, with `null` where an author has to say more. */
  readonly form?: { readonly pages: readonly object[] | null; readonly documents: readonly object[] };
  readonly meanings?: ReadonlySet<Meaning>;
  readonly checklist?: readonly string[];
  readonly requestDays?: number;
  readonly hearingDays?: number;
  readonly decisionPeriod?: FoundPeriod & { readonly legalBasis: string | undefined };
}

/** Name of a folder from the name of a Leistung; a long one ends with a whole word. */
export function draftKey(name: string): string {
  const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
  const ascii = name.toLowerCase().replaceAll(/[äöüß]/g, (sign) => umlauts[sign]!);
  const key = ascii.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^[^a-z]+|-+$/g, '');
  const short =
    key.length <= 40
      ? key
      : key
          .slice(0, 41)
          .replace(/-[^-]*$/, '')
          .slice(0, 40);
  return short || 'neue-leistung';
}

/** The files of a draft. What the data does not tell stands as an empty value: the lint names each with its line. */
export function draftFiles(facts: DraftFacts): PackageFiles {
  const file = (name: string): string => `${facts.key}/${name}.yaml`;
  const written = (content: object, hints: Readonly<Record<string, string>>): string => draftYaml(content, facts.from, hints);
  return {
    [file('service')]: written(serviceOf(facts), SERVICE_HINTS),
    [file('form')]: written(formOf(facts), {
      pages: 'die Fragen, Seite für Seite; Muster: services/hund/form.yaml',
      eligibility: 'die kurze Prüfung ohne Konto',
    }),
    [file('process')]: written(processOf(facts), {
      requestDays: 'Tage für eine Nachforderung',
      hearingDays: 'Tage für eine Anhörung, § 28 VwVfG',
      fiction: 'none, oder { legalBasis: § … }, wenn ein Gesetz sie anordnet (§ 42a VwVfG)',
    }),
    [file('textbausteine')]: written({ operative: { grant: null, refuse: null }, nebenbestimmungen: [], discretion: [] }, {}),
    [file('walk')]: written({ answers: null }, { answers: 'ein Beispiel, das durch das eigene Formular kommt' }),
  };
}

const open = { en: null, leicht: null };

function serviceOf({ key, name, description, leistungsschluessel, legalBases }: DraftFacts): object {
  return {
    key,
    version: '0.1.0',
    filePrefix: null,
    leistungsschluessel: leistungsschluessel ?? null,
    name: { de: name, ...open },
    summary: null,
    description: description === undefined ? null : { de: description, ...open },
    needs: null,
    situations: null,
    legalBases: legalBases.length === 0 ? null : legalBases.map((citation) => ({ citation, title: null })),
    authority: null,
    trust: null,
    regime: null,
    discretion: null,
    fees: null,
    retentionYears: null,
  };
}

function formOf({ documents = [], form }: DraftFacts): object {
  if (form !== undefined) return { pages: form.pages, documents: form.documents, eligibility: null };
  return {
    pages: null,
    documents: documents.map((name, index) => ({
      id: `unterlage${index + 1}`,
      label: { de: name, ...open },
      accept: ['application/pdf', 'image/jpeg', 'image/png'],
    })),
    eligibility: null,
  };
}

function processOf({ meanings = new Set(), checklist = [], requestDays, hearingDays, decisionPeriod }: DraftFacts): object {
  const extended = meanings.has('extension') && decisionPeriod !== undefined;
  return {
    ...(decisionPeriod && { decisionPeriod: { length: decisionPeriod.length, unit: decisionPeriod.unit, legalBasis: decisionPeriod.legalBasis ?? null } }),
    ...(extended && { extension: { length: null, unit: decisionPeriod.unit, legalBasis: null } }),
    fiction: 'none',
    requestDays: requestDays ?? null,
    hearingDays: hearingDays ?? null,
    fourEyes: meanings.has('approval') ? 'always' : 'never',
    outcomes: ['grant', 'refuse'],
    tasks: checklist.map((de) => ({ de, ...open })),
    offered: offeredBy(meanings, extended),
  };
}

const EVERYWHERE: readonly ProcessAction[] = ['assign', 'remind', 'note'];

/** The states of every procedure, with what the model adds to them. */
function offeredBy(meanings: ReadonlySet<Meaning>, extended: boolean): Partial<Record<ProcessState, ProcessAction[]>> {
  const brought = new Set([...meanings].flatMap((meaning) => BRINGS[meaning] ?? []).filter((action) => action !== 'extend' || extended));
  const withThose = (...actions: readonly ProcessAction[]): ProcessAction[] => actions.filter((action) => !OPTIONAL.has(action) || brought.has(action));
  // where everybody's draft needs a second person, nobody decides alone
  const decide: readonly ProcessAction[] = brought.has('approve') ? ['submit-for-approval'] : ['decide'];
  const { request, suspension, approval } = { request: brought.has('answer-request'), suspension: brought.has('resume'), approval: brought.has('approve') };
  return {
    eingegangen: withThose('confirm-complete', 'request-documents', 'hear', 'draft-decision', ...decide, ...EVERYWHERE, 'transfer', 'withdraw'),
    ...(request && { unvollstaendig: ['answer-request', 'confirm-complete', ...EVERYWHERE, 'withdraw'] }),
    in_pruefung: withThose('draft-decision', ...decide, 'hear', 'request-documents', 'suspend', 'extend', ...EVERYWHERE, 'transfer', 'withdraw'),
    anhoerung: ['answer-hearing', ...EVERYWHERE, 'withdraw'],
    ...(suspension && { ausgesetzt: ['resume', ...EVERYWHERE, 'withdraw'] }),
    ...(approval && { freigabe: ['approve', 'return-draft', 'assign', 'note', 'withdraw'] }),
    beschlossen: ['record-bekanntgabe', 'note'],
    bekanntgegeben: ['object', 'record-bekanntgabe', 'follow-decision', 'hear', ...decide, 'remind', 'note'],
    widerspruch: ['decide-objection', 'hear', ...decide, ...EVERYWHERE],
    bestandskraeftig: ['follow-decision', 'hear', ...decide, 'remind', 'note'],
    zurueckgenommen: ['note'],
    abgeschlossen: ['note'],
  };
}

const OPTIONAL: ReadonlySet<ProcessAction> = new Set(Object.values(BRINGS).flat());
