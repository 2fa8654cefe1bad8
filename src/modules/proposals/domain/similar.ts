import { formatGermanDate } from '../../../kernel/time.ts';
import type { AssistedCase, CaseFact, ClosedCase } from './assisted-case.ts';
import type { Item, Made } from './proposal.ts';

const MOST = 5;
/** Of the answers that both have, so many must be the same. */
const LEAST_SHARED = 2;
/** Free texts and who applies say nothing of what a case is like. */
const COMPARED = new Set(['choice', 'choices', 'yes-no', 'number', 'plate']);

/**
 * Closed cases with the same answers, those with most in common first, the newest of equals. It says what is the same
 * and what is not; it neither counts outcomes nor recommends one (Annex III no. 5(a) AI Act, § 35a VwVfG).
 */
export function similarTo({ facts }: Pick<AssistedCase, 'facts'>, closed: readonly ClosedCase[]): Made {
  const own = comparable(facts);
  const found = closed
    .map((other) => ({ other, ...compared(own, comparable(other.facts)) }))
    .filter(({ same }) => same.length >= LEAST_SHARED)
    .toSorted((a, b) => b.same.length - b.differs.length - (a.same.length - a.differs.length) || b.other.closedOn.localeCompare(a.other.closedOn));
  return { items: found.slice(0, MOST).map(({ other, same, differs }) => itemOf(other, same, differs)), notes: [] };
}

function comparable(facts: readonly CaseFact[]): Map<string, CaseFact> {
  return new Map(facts.filter(({ type, shown }) => COMPARED.has(type) && shown !== '–').map((fact) => [fact.id, fact]));
}

function compared(own: ReadonlyMap<string, CaseFact>, other: ReadonlyMap<string, CaseFact>) {
  const same: CaseFact[] = [];
  const differs: { readonly own: CaseFact; readonly other: CaseFact }[] = [];
  for (const [id, fact] of own) {
    const theirs = other.get(id);
    if (theirs === undefined) continue;
    if (theirs.shown === fact.shown) same.push(fact);
    else differs.push({ own: fact, other: theirs });
  }
  return { same, differs };
}

function itemOf(other: ClosedCase, same: readonly CaseFact[], differs: readonly { readonly own: CaseFact; readonly other: CaseFact }[]): Item {
  const alike = same.map(({ label, shown }) => `${label} (${shown})`).join(', ');
  const unlike = differs.map((one) => `${one.own.label} (dort ${one.other.shown}, hier ${one.own.shown})`).join(', ');
  const text = `${other.fileNumber}, abgeschlossen am ${formatGermanDate(Temporal.PlainDate.from(other.closedOn))}. Gleich: ${alike}.${unlike === '' ? '' : ` Anders: ${unlike}.`}`;
  return { text, sources: [{ kind: 'case', caseId: other.id, fileNumber: other.fileNumber, quote: alike }] };
}
