import type { Actor } from '../../../kernel/actor.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { evaluateFeel } from '../../rules/public.ts';
import type { DecisionText, Nebenbestimmung } from '../domain/events.ts';
import type { Outcome } from '../domain/procedure-rules.ts';
import type { CaseProblem } from '../domain/problems.ts';
import type { ProcedureContext } from './context.ts';
import { openCase, type CaseView } from './read-case.ts';

/**
 * A draft for the officer to change: the package's words, the Nebenbestimmungen whose condition holds,
 * and the sentences of the rules that fired. A proposal, never a decision.
 */
export function proposeDecision(view: CaseView, outcome: Outcome): DecisionText {
  const { pkg, state, findings } = view;
  const replacements = findings.items.reduce((sum, item) => sum + (typeof item.value === 'number' ? item.value : 0), 0);
  const fill = (text: string): string => text.replaceAll('{ersatz}', String(replacements));
  const nebenbestimmungen =
    outcome === 'refuse'
      ? []
      : pkg.blocks.nebenbestimmungen.filter((block) => block.proposedWhen !== undefined && evaluateFeel(block.proposedWhen, state.answers) === true);
  const library = nebenbestimmungen.map(({ kind, text }) => ({ kind, text: fill(text) }));
  const label = pkg.form.pages.find((page) => page.repeat?.id === pkg.process.itemDecision?.repeat)?.repeat?.itemLabel.de ?? 'Gegenstand';
  return {
    operative: [pkg.blocks.operative[outcome] ?? pkg.blocks.operative.grant],
    nebenbestimmungen: outcome === 'refuse' ? [] : [...library, ...view.sheetConditions, ...demanded(view, library)],
    reasons: findings.whole.map((entry) => entry.sentence),
    discretion: [],
    items: findings.items.map((item, index) => ({ label: `${label} ${index + 1}`, outcome, reason: item.trace.map((entry) => entry.sentence).join(' ') })),
  };
}

/** What agencies ask for and the Abwägung follows; not what the package's own words say already. */
function demanded({ demands }: CaseView, library: readonly Nebenbestimmung[]): Nebenbestimmung[] {
  const said = new Set(library.map(({ text }) => sameWords(text)));
  return demands.filter(({ wholly, bare }) => wholly && !said.has(sameWords(bare))).map(({ kind, text }) => ({ kind, text }));
}

/** The same words, however they are spaced, cased or ended. */
const sameWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.;,]+$/, '');

/** As `proposeDecision`, for a case by its id (the officer's look is journalled). */
export async function proposeFor(ctx: ProcedureContext, actor: Actor, caseId: string, outcome: Outcome): Promise<Result<DecisionText, CaseProblem>> {
  const opened = await openCase(ctx, actor, caseId);
  return opened.ok ? ok(proposeDecision(opened.value, outcome)) : opened;
}
