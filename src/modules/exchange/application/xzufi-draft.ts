import { Document, isScalar } from 'yaml';
import { ok, type Result } from '../../../kernel/result.ts';
import { readXzufi, type FoundFee, type FoundLeistung, type FoundWords } from '../domain/xzufi-read.ts';
import type { XmlProblem } from '../domain/xml-tree.ts';
import { readXml } from './xml-read.ts';

/** A `service.yaml` made from a Leistung of another catalogue. */
export interface LeistungDraft {
  /** Name of the folder. */
  readonly key: string;
  readonly serviceYaml: string;
  /** What the author must know: what is missing, what stands only in words. */
  readonly findings: readonly string[];
}

/**
 * Drafts from an XZuFi file, one for each Leistung in it. What the file does not tell stands as an
 * empty value with a hint; `kontor service lint` names each with its line.
 */
export function draftFromXzufi(bytes: Uint8Array): Result<readonly LeistungDraft[], XmlProblem> {
  const root = readXml(bytes);
  const found = root.ok ? readXzufi(root.value) : root;
  if (!found.ok) return found;
  const taken = new Set<string>();
  return ok(found.value.map((leistung) => draftOf(leistung, taken)));
}

const HINTS: Readonly<Record<string, string>> = {
  filePrefix: 'zwei bis vier Großbuchstaben für Aktenzeichen',
  leistungsschluessel: '14 Ziffern aus dem Leistungskatalog',
  summary: 'ein Satz, je in de, en und leicht',
  description: 'zwei, drei Sätze, je in de, en und leicht',
  needs: 'was man bereithalten soll',
  situations: 'Wörter, mit denen Menschen danach suchen',
  legalBases: 'je { citation, title }',
  authority: '{ id: … } oder { byDistrictOf: feld }',
  trust: 'einfach, substanziell oder hoch',
  regime: 'bund oder hh',
  discretion: 'true, wenn Ermessen besteht (§ 40 VwVfG)',
  fees: 'mindestens eine Gebühr, auch 0',
  retentionYears: 'Jahre bis zur Aussonderung',
};

function draftOf(found: FoundLeistung, taken: Set<string>): LeistungDraft {
  const key = freeKey(found.name, taken);
  const content = {
    key,
    version: '0.1.0',
    filePrefix: null,
    leistungsschluessel: found.leistungsschluessel ?? null,
    name: words(found.name),
    summary: words(found.summary),
    description: words(found.description),
    needs: needsOf(found),
    situations: found.situations.length === 0 ? null : found.situations,
    legalBases: found.legalBases.length === 0 ? null : found.legalBases,
    authority: null,
    trust: null,
    regime: null,
    discretion: null,
    fees: found.fees.length === 0 ? null : found.fees.map(feeOf),
    ...(found.weeks === undefined ? {} : { promisedWeeks: found.weeks }),
    retentionYears: null,
  };
  return { key, serviceYaml: written(content), findings: findingsOf(found) };
}

/** A folder's name from the Leistung's, which no other draft has. */
function freeKey({ de, en, leicht }: FoundWords, taken: Set<string>): string {
  const slug = (de ?? en ?? leicht ?? '')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  const base = slug === '' ? 'neue-leistung' : slug;
  let key = base;
  for (let number = 2; taken.has(key); number++) key = `${base}-${number}`;
  taken.add(key);
  return key;
}

const words = ({ de, en, leicht }: FoundWords): object | null =>
  de === undefined && en === undefined && leicht === undefined ? null : { de: de ?? null, en: en ?? null, leicht: leicht ?? null };

/** Items of the three lists belong together only where the lists are equally long. */
function needsOf({ needs: { de, en, leicht } }: FoundLeistung): readonly object[] | null {
  const at = (list: readonly string[], index: number): string | null => (list.length === de.length ? list[index]! : null);
  return de.length === 0 ? null : de.map((text, index) => ({ de: text, en: at(en, index), leicht: at(leicht, index) }));
}

const feeOf = ({ label, minCents, maxCents, validFrom, validTo }: FoundFee): object => ({
  label: { de: label, en: null, leicht: null },
  validFrom: validFrom ?? null,
  ...(validTo === undefined ? {} : { validTo }),
  minCents,
  maxCents,
  legalBasis: null,
});

function findingsOf(found: FoundLeistung): string[] {
  const findings = found.feesInWords.map((text) => `Kosten nur in Worten, bitte selbst eintragen: ${text.slice(0, 300)}`);
  if (found.leistungsschluessel === undefined) findings.push('Der Leistungsschlüssel fehlt oder hat nicht 14 Ziffern.');
  const missing = (['en', 'leicht'] as const).filter((lang) => found.name[lang] === undefined || found.description[lang] === undefined);
  if (missing.length > 0) findings.push(`Texte fehlen in: ${missing.map((lang) => ({ en: 'Englisch', leicht: 'Leichter Sprache' })[lang]).join(', ')}.`);
  if (found.legalBases.length === 0) findings.push('Die Rechtsgrundlagen fehlen (Textmodul 07).');
  return findings;
}

/** YAML with a hint at each empty value. */
function written(content: object): string {
  const doc = new Document(content);
  doc.commentBefore = ' Entwurf aus XZuFi. «./kontor service lint» nennt, was noch fehlt.';
  for (const [name, hint] of Object.entries(HINTS)) {
    const node = doc.get(name, true);
    if (isScalar(node) && node.value === null) node.comment = ` ${hint}`;
  }
  return doc.toString({ lineWidth: 0, nullStr: '' });
}
