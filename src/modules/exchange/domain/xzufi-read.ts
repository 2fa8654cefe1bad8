import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { EntryWords } from './catalogue-entry.ts';
import { children, child, everyElement, textOf, xmlProblem, type XmlElement, type XmlProblem } from './xml-tree.ts';
import { TEXT_MODULES } from './xzufi.ts';

/** Words as found; a language may be missing. */
export type FoundWords = Partial<EntryWords>;

/** A fee as its sentence says it. */
export interface FoundFee {
  readonly label: string;
  readonly minCents: number;
  readonly maxCents: number;
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** What an XZuFi Leistung says, as far as a package can take it. */
export interface FoundLeistung {
  readonly leistungsschluessel?: string;
  readonly name: FoundWords;
  readonly summary: FoundWords;
  readonly description: FoundWords;
  readonly legalBases: readonly { readonly citation: string; readonly title: string }[];
  /** One list a language. */
  readonly needs: { readonly de: readonly string[]; readonly en: readonly string[]; readonly leicht: readonly string[] };
  readonly situations: readonly string[];
  readonly fees: readonly FoundFee[];
  /** The sentences about fees that name no amount. */
  readonly feesInWords: readonly string[];
  readonly weeks?: number;
  readonly line: number;
}

const NAMESPACE = /^http:\/\/xoev\.de\/schemata\/xzufi\/(2_[123]_\d)$/;

/** Every Leistung of an XZuFi 2.1 to 2.3 file, in whatever message it comes. */
export function readXzufi(root: XmlElement): Result<readonly FoundLeistung[], XmlProblem> {
  if (!NAMESPACE.test(root.namespace)) {
    return refuse(
      xmlProblem(
        'not-by-the-standard',
        'Die Datei ist kein XZuFi 2.1 bis 2.3. Exportieren Sie die Leistung aus dem Redaktionssystem als XZuFi 2.2.',
        root.line,
      ),
    );
  }
  const found = [...everyElement(root)].filter(
    ({ name, namespace, children: parts }) => name === 'leistung' && namespace === root.namespace && parts.length > 0,
  );
  if (found.length === 0) {
    return refuse(xmlProblem('not-by-the-standard', 'Die Datei enthält keine Leistung. Exportieren Sie sie mit ihren Texten.', root.line));
  }
  const nameless = found.find((one) => Object.keys(moduleWords(one, TEXT_MODULES.name)).length === 0);
  if (nameless !== undefined) {
    return refuse(
      xmlProblem('not-by-the-standard', `Der Leistung fehlt die Leistungsbezeichnung (Textmodul ${TEXT_MODULES.name}). Ergänzen Sie sie.`, nameless.line),
    );
  }
  return ok(found.map(leistungOf));
}

function leistungOf(leistung: XmlElement): FoundLeistung {
  const { namespace, line } = leistung;
  const key = codeOf(child(leistung, namespace, 'referenzLeiKa'));
  const fees = wordsIn(child(leistung, namespace, 'modulKosten'), 'beschreibung').de ?? '';
  const known = listOf(fees).flatMap(feeIn);
  const duration = wordsIn(child(leistung, namespace, 'modulBearbeitungsdauer'), 'beschreibung').de ?? '';
  const weeks = weeksIn(duration);
  const needs = moduleWords(leistung, TEXT_MODULES.needs);
  return {
    ...(key !== undefined && /^\d{14}$/.test(key) ? { leistungsschluessel: key } : {}),
    name: moduleWords(leistung, TEXT_MODULES.name),
    summary: moduleWords(leistung, TEXT_MODULES.summary),
    description: moduleWords(leistung, TEXT_MODULES.description),
    legalBases: listOf(moduleWords(leistung, TEXT_MODULES.legalBases).de ?? '').map(legalBasisIn),
    needs: { de: listOf(needs.de ?? ''), en: listOf(needs.en ?? ''), leicht: listOf(needs.leicht ?? '') },
    situations: children(child(leistung, namespace, 'modulBegriffImKontext'), namespace, 'begriffImKontext').flatMap(
      (one) => textOf(one, namespace, 'begriff') ?? [],
    ),
    fees: known,
    feesInWords: listOf(fees).filter((one) => feeIn(one).length === 0),
    ...(weeks === undefined ? {} : { weeks }),
    line,
  };
}

/** A code stands without namespace by the XOeV rules; some senders write it with theirs. */
const codeOf = (element: XmlElement | undefined): string | undefined => textOf(element, '', 'code') ?? textOf(element, element?.namespace ?? '', 'code');

function moduleWords(leistung: XmlElement, module: string): FoundWords {
  const { namespace } = leistung;
  const found = children(leistung, namespace, 'modulText').find((one) => codeOf(child(one, namespace, 'leikaTextmodul')) === module);
  return wordsIn(found, 'inhalt');
}

/** Texts by language; a text without one is German. */
function wordsIn(parent: XmlElement | undefined, name: string): FoundWords {
  const found: Partial<Record<keyof EntryWords, string>> = {};
  for (const one of children(parent, parent?.namespace ?? '', name)) {
    const lang = langOf(one.attributes.get('languageCode') ?? 'de');
    const text = plain(one.text);
    if (lang !== undefined && text !== '') found[lang] ??= text;
  }
  return found;
}

function langOf(tag: string): keyof EntryWords | undefined {
  const [language, ...rest] = tag.toLowerCase().split(/[-_]/);
  if (language === 'en') return 'en';
  if (language !== 'de') return undefined;
  return rest.some((part) => ['simple', 'ls', 'leicht', 'leichte'].includes(part)) ? 'leicht' : 'de';
}

/** Text without the HTML that XZuFi allows in it; items and paragraphs become lines. Not a sanitiser: pages escape what they show. */
function plain(text: string): string {
  return text
    .replaceAll(/<\s*(li|p|br|tr|h\d)\b[^<>]*>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&nbsp;|&#160;|\u00A0/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** The lines of a list without their bullets. */
const listOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^[-*•–]\s*/, '').trim())
    .filter((line) => line !== '');

function legalBasisIn(line: string): { readonly citation: string; readonly title: string } {
  const at = line.indexOf(': ');
  return at === -1 ? { citation: line, title: line } : { citation: line.slice(0, at), title: line.slice(at + 2) };
}

const AMOUNT = String.raw`(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{2}|-))?`;
const FEE = new RegExp(String.raw`^(?:(.{1,200}?):? )?${AMOUNT}(?: (?:€|Euro|EUR))?(?: ?(?:bis|-|–) ?${AMOUNT})? (?:€|Euro|EUR)(?![a-z])`, 'i');

/** What a sentence says of an amount: `Erlaubnis: 25,00 bis 2.000,00 Euro, gültig ab 2023-03-01`. */
function feeIn(line: string): FoundFee[] {
  const match = FEE.exec(line);
  if (match === null) return [];
  const [, label, euros, rest, toEuros, toRest] = match;
  const minCents = centsOf(euros!, rest);
  const maxCents = toEuros === undefined ? minCents : centsOf(toEuros, toRest);
  const [, validFrom, validTo] = /gültig ab (\d{4}-\d\d-\d\d)(?: bis (\d{4}-\d\d-\d\d))?/.exec(line) ?? [];
  if (maxCents < minCents) return [];
  return [{ label: label ?? 'Gebühr', minCents, maxCents, ...(validFrom === undefined ? {} : { validFrom }), ...(validTo === undefined ? {} : { validTo }) }];
}

const centsOf = (euros: string, rest: string | undefined): number =>
  Number(euros.replaceAll('.', '')) * 100 + (rest === undefined || rest === '-' ? 0 : Number(rest));

function weeksIn(text: string): number | undefined {
  const weeks = /(\d{1,3})(?: ?(?:bis|-|–) ?(\d{1,3}))? Wochen?/.exec(text);
  const number = Number(weeks?.[2] ?? weeks?.[1] ?? 0);
  return number > 0 ? number : undefined;
}
