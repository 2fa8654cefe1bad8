import type { CaseView } from '../application/read-case.ts';
import { proposeDecision } from '../application/propose-decision.ts';
import type { DecisionText, Nebenbestimmung } from '../domain/events.ts';
import { typedFields, type FormInput } from './officer-form.ts';

/** § 36(2) VwVfG. */
export const NEBENBESTIMMUNG_KINDS: readonly Nebenbestimmung['kind'][] = ['Auflage', 'Bedingung', 'Befristung', 'Widerrufsvorbehalt', 'Auflagenvorbehalt'];

/** A Nebenbestimmung that the form offers: from the package's library, or in the officer's own words. */
export interface NebenbestimmungRow {
  readonly key: string;
  readonly own: boolean;
  readonly kind: Nebenbestimmung['kind'];
  readonly title: string;
  readonly legalBasis?: string;
  readonly text: string;
  readonly ticked: boolean;
}

/** Keys of Nebenbestimmungen in the officer's own words. */
export const OWN_KEYS: readonly string[] = Array.from({ length: 100 }, (_, index) => `own-${index}`);

/** The library's blocks, then what stands in the draft beside them, then one empty row for more. */
export function nebenbestimmungRows(found: CaseView, text: DecisionText, input: FormInput): NebenbestimmungRow[] {
  const left = [...text.nebenbestimmungen];
  const take = (fits: (one: Nebenbestimmung) => boolean): Nebenbestimmung | undefined => {
    const index = left.findIndex(fits);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const blocks = libraryTexts(found);
  // first the unchanged ones, so that a changed one cannot take another's place
  const exact = blocks.map((block) => take((one) => one.kind === block.kind && one.text === block.text));
  const rows = blocks.map((block, index): NebenbestimmungRow => {
    const used = exact[index] ?? take((one) => one.kind === block.kind && sourceOf(one.text) === one.text && beginning(one.text) === beginning(block.text));
    return { ...block, own: false, text: used?.text ?? block.text, ticked: used !== undefined };
  });
  const typedOwn = typedFields(input).filter((field) => /^nb\.own-\d+\.text$/.test(field)).length;
  // what plan sheets and agencies ask for beside the draft is offered too
  const asked = [...found.sheetConditions, ...found.demands.map(({ kind, text: words }) => ({ kind, text: words }))];
  const offered = asked.filter((one) => !text.nebenbestimmungen.some(({ text: used }) => used === one.text || sourceOf(used) === sourceOf(one.text)));
  const own = [...left.map((one) => ({ ...one, ticked: true })), ...offered.map((one) => ({ ...one, ticked: false }))];
  const count = Math.min(Math.max(own.length + 1, typedOwn), OWN_KEYS.length);
  return [...rows, ...Array.from({ length: count }, (_, index) => ownRow(index, own[index]))];
}

function ownRow(index: number, used: (Nebenbestimmung & { readonly ticked: boolean }) | undefined): NebenbestimmungRow {
  return {
    key: OWN_KEYS[index]!,
    own: true,
    kind: used?.kind ?? 'Auflage',
    title: sourceTitle(used?.text ?? '') ?? (index === 0 ? 'Eigene Nebenbestimmung' : `Eigene Nebenbestimmung ${index + 1}`),
    text: used?.text ?? '',
    ticked: used?.ticked ?? false,
  };
}

/** Where a condition comes from, as it stands in brackets at its end: whoever edits the words before keeps it one condition. */
const sourceOf = (text: string): string => /\((?:Planblatt|gefordert von) [^]*\)\s*$/.exec(text)?.[0].trim() ?? text;

/** `Gefordert von Feuerwehr, Stellungnahme SN-…`: nothing where the officer's own words stand alone. */
function sourceTitle(text: string): string | undefined {
  const source = sourceOf(text);
  return source === text ? undefined : source.slice(1, 2).toUpperCase() + source.slice(2, -1);
}

/** The first words tell which block an edited text came from. */
const beginning = (text: string): string => text.split(/\s+/).slice(0, 3).join(' ').toLowerCase();

/** The library with its gaps filled: the same filling that the proposal uses. */
function libraryTexts(found: CaseView): { key: string; kind: Nebenbestimmung['kind']; title: string; legalBasis: string; text: string }[] {
  const everything = found.pkg.blocks.nebenbestimmungen.map((block) => ({ ...block, proposedWhen: 'true' }));
  const filled = proposeDecision(
    { ...found, pkg: { ...found.pkg, blocks: { ...found.pkg.blocks, nebenbestimmungen: everything } } },
    'grant',
  ).nebenbestimmungen;
  // what sheets add stands after the library's own
  return everything.map(({ id, kind, title, legalBasis, text }, index) => ({
    key: id,
    kind,
    title: `${kind}: ${title}`,
    legalBasis,
    text: filled[index]?.text ?? text,
  }));
}
