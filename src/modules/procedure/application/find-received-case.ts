import type { Case } from '../domain/case.ts';
import type { Source } from '../domain/events.ts';
import { findCase } from '../store/cases.ts';
import { findReceived } from '../store/received.ts';
import type { ProcedureContext } from './context.ts';

/** The case that came of a reference of another system; whoever calls this says who may know of it. */
export async function findReceivedCase({ database }: Pick<ProcedureContext, 'database'>, source: Source, reference: string): Promise<Case | undefined> {
  const caseId = await findReceived(database.read, source, reference);
  return caseId === undefined ? undefined : findCase(database.read, caseId);
}
