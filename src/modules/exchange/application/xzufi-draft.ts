import { ok, type Result } from '../../../kernel/result.ts';
import { writtenOut } from '../domain/written-out.ts';
import { readXzufi, type FoundFee, type FoundLeistung, type FoundWords } from '../domain/xzufi-read.ts';
import type { XmlProblem } from '../domain/xml-tree.ts';
import { readXml } from './xml-read.ts';

/** What a Leistung of another catalogue says of a package of ours. */
export interface LeistungDraft {
  /** Name of the folder. */
  readonly key: string;
  /** Content of `service.yaml`; `null` where the other catalogue is silent. */
  readonly service: Readonly<Record<string, unknown>>;
  /** What the author must know: what is missing, what stands only in words. */
  readonly findings: readonly string[];
}

/** Drafts from an XZuFi file, one for each Leistung in it. */
export function draftFromXzufi(bytes: Uint8Array): Result<readonly LeistungDraft[], XmlProblem> {
  const root = readXml(bytes);
  const found = root.ok ? readXzufi(root.value) : root;
  if (!found.ok) return found;
  const taken = new Set<string>();
  return ok(found.value.map((leistung) => draftOf(leistung, taken)));
}

function draftOf(found: FoundLeistung, taken: Set<string>): LeistungDraft {
  const key = freeKey(found.name, taken);
  const service = {
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
  return { key, service, findings: findingsOf(found) };
}

/** A folder's name from the Leistung's, which no other draft has. */
function freeKey({ de, en, leicht }: FoundWords, taken: Set<string>): string {
  const slug = writtenOut(de ?? en ?? leicht ?? '')
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
