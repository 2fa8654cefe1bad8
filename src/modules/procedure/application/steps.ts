import { wrongState } from '../../../kernel/problem.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import type { CaseCommand } from '../domain/commands.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { listUploads } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';

/** Why a step cannot be recorded yet: its document is not there, or the Beteiligung it rests on is open. */
export async function unmetStep(ctx: ProcedureContext, tx: Tx, pkg: ServicePackage, state: Case, command: CaseCommand): Promise<CaseProblem | undefined> {
  if (command.action !== 'record-step') return undefined;
  const milestone = pkg.process.milestones.find((one) => one.id === command.step);
  if (milestone === undefined) return undefined;
  if (milestone.document !== undefined && (await stepDocuments(tx, pkg, state, command.step)).length === 0) {
    const label = pkg.form.documents.find((one) => one.id === milestone.document)?.label.de ?? milestone.document;
    return wrongState(`Für «${milestone.name.de}» fehlt die Unterlage «${label}» (${milestone.legalBasis}). Nehmen Sie sie zuerst in die Akte auf.`);
  }
  if (milestone.rounds.length === 0 && !milestone.weighed) return undefined;
  const since = (state.steps ?? [])
    .filter((step) => milestone.after.includes(step.id))
    .map((step) => step.on)
    .toSorted()
    .at(-1);
  const open = await ctx.steps?.(tx, state.id, { rounds: milestone.rounds, weighed: milestone.weighed, since });
  return open === undefined ? undefined : wrongState(`«${milestone.name.de}» (${milestone.legalBasis}) geht noch nicht: ${open}`);
}

/** The newest document of the kind the step rests on. */
export async function stepDocuments(tx: Tx, pkg: ServicePackage, { id }: Pick<Case, 'id'>, step: string): Promise<string[]> {
  const document = pkg.process.milestones.find((one) => one.id === step)?.document;
  if (document === undefined) return [];
  const newest = (await listUploads(tx, id)).findLast((upload) => upload.submitted && upload.slot.split('.')[0] === document);
  return newest === undefined ? [] : [newest.sha256];
}
