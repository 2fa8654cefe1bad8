import { newId } from '../../../kernel/id.ts';
import { expectOk } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { namesItsHolder } from '../../identity/public.ts';
import { evaluateDecision } from '../../rules/public.ts';
import { computeFee, mattersGiven, type ServicePackage } from '../../catalogue/public.ts';
import { sourceOf, type Case } from '../domain/case.ts';
import type { DecisionText } from '../domain/events.ts';
import { currentVersions } from '../domain/versions.ts';
import { findCase } from '../store/cases.ts';
import { listUploads } from '../store/uploads.ts';
import { actBySystem } from './act-by-system.ts';
import type { ProcedureContext } from './context.ts';
import { feeBefore } from './demand-fee.ts';
import { rulesOf } from './rules-of.ts';
import { numbered } from './register-number.ts';
import { JOB_NAMES } from './side-effects.ts';
import { namesIn } from './who-applies.ts';

/**
 * Job: decides a bound case without a person, where § 35a VwVfG allows it. Any doubt, any free text
 * that may matter (§ 24(1) sentence 3), anything but a full grant goes to a person, with the reason.
 */
export async function decideAutomatically(ctx: ProcedureContext, { caseId }: { caseId: string }): Promise<void> {
  const state = await findCase(ctx.database.read, caseId);
  if (state === undefined) throw new Error(`no case ${caseId}`);
  const pkg = await ctx.desk.pinned(state.packageHash);
  // § 35a VwVfG grants an application; what the authority begins itself has none, and elsewhere nobody proved who applies
  const holder =
    state.accountId !== null && (state.answers['organisation'] ?? '') === '' && (await namesItsHolder(ctx.database.read, state.accountId, namesIn(state)));
  const others = await Promise.all((state.coApplicants ?? []).map(({ accountId, ...names }) => namesItsHolder(ctx.database.read, accountId, names)));
  const doubts = [
    ...doubtsOf(pkg, state, legalDay(ctx.clock())),
    ...(holder ? [] : [sourceOf(state) === undefined ? OTHER_NAME : NOBODY_PROVEN]),
    ...(others.includes(false) ? [OTHER_CO_NAME] : []),
    ...(state.filedUnder === undefined ? [] : [REPRESENTED]),
  ];
  if (doubts.length > 0) {
    expectOk(
      await ctx.database.transaction((tx) => actBySystem(ctx, tx, JOB_NAMES.decideAutomatically, caseId, { action: 'hand-to-person', reasons: doubts })),
    );
    return;
  }
  const fee = computeFee(pkg, state.answers, legalDay(ctx.clock()));
  // paid beforehand: the Kasse orders this job again when the money is there
  if (feeBefore(pkg, state) > 0 && (await ctx.cashier?.isPaid(ctx.database.read, caseId)) !== true) return;
  // the outbox makes a Bescheid of it at once: that job is urgent too
  expectOk(
    await ctx.database.transaction(async (tx) =>
      actBySystem(ctx, tx, JOB_NAMES.decideAutomatically, caseId, {
        action: 'decide-automatically',
        decisionId: newId(ctx.clock().epochMilliseconds),
        feeCents: fee.cents,
        text: { ...grantText(pkg), fees: fee.positions },
        documents: currentVersions(await listUploads(tx, caseId)),
        ...(await numbered(tx, pkg, ctx.clock())),
      }),
    ),
  );
}

const NOBODY_PROVEN = 'Der Antrag kam aus einem anderen System, ohne Servicekonto. Wer ihn gestellt hat, ist nicht geprüft.';
const REPRESENTED = 'Jemand anderes hat den Antrag in Vertretung gestellt: Prüfen Sie Antragsteller und Vollmacht (§ 14 VwVfG).';
const OTHER_NAME = 'Der Name im Antrag ist nicht der Name im Servicekonto.';
const OTHER_CO_NAME = 'Der Name einer weiteren antragstellenden Person ist nicht der Name ihres Servicekontos.';

/** Job: a case that waited for its fee is decided now, where the package lets the machine decide. */
export async function decidePaid(ctx: ProcedureContext, { caseId }: { caseId: string }): Promise<void> {
  const state = await findCase(ctx.database.read, caseId);
  if (state === undefined || rulesOf(await ctx.desk.pinned(state.packageHash)).automationBasis === undefined) return;
  await decideAutomatically(ctx, { caseId });
}

/** Why a person must look; empty when nothing speaks against the grant. */
export function doubtsOf(pkg: ServicePackage, state: Case, today: Temporal.PlainDate): string[] {
  if (pkg.automation === undefined) return ['Diese Leistung entscheidet immer ein Mensch.'];
  const free = mattersGiven(pkg, state.answers).map((label) => `Freitext ausgefüllt: «${label}» (§ 24 Abs. 1 Satz 3 HmbVwVfG).`);
  const outcome = evaluateDecision(pkg.rules, pkg.automation.decision, { ...state.answers, today: today.toString() });
  const found = Array.isArray(outcome.value) ? outcome.value.map(String) : outcome.problems.length > 0 ? [] : [String(outcome.value)];
  return [...free, ...found, ...outcome.problems.map((problem) => problem.detail)];
}

function grantText(pkg: ServicePackage): DecisionText {
  return {
    operative: [pkg.blocks.operative.grant],
    nebenbestimmungen: pkg.blocks.nebenbestimmungen.filter((block) => block.proposedWhen === 'true').map(({ kind, text }) => ({ kind, text })),
    reasons: [],
    discretion: [],
    items: [],
  };
}
