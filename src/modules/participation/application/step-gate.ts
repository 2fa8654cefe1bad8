import type { Tx } from '../../../platform/database/port.ts';
import { findParticipation } from '../store/case-files.ts';
import { abwaegungComplete } from './read-file.ts';

/** What a step of the procedure asks: rounds by the ids of the plan (`stellen`: those of agencies, opened since a day), and every statement weighed. */
export interface StepNeeds {
  readonly rounds: readonly string[];
  readonly weighed: boolean;
  readonly since: string | undefined;
}

/** @returns a plain sentence that says what is open, or nothing when all is done */
export async function openForStep(tx: Tx, caseId: string, { rounds: wanted, weighed, since }: StepNeeds): Promise<string | undefined> {
  const rounds = (await findParticipation(tx, caseId))?.rounds ?? [];
  for (const id of wanted) {
    const mine = rounds.filter((round) =>
      id === 'stellen' ? round.kind === 'stellen' && (since === undefined || round.openedOn >= since) : round.planId === id,
    );
    const name = id === 'stellen' ? 'die Beteiligung der Stellen' : `die Beteiligung «${mine[0]?.title ?? id}»`;
    if (mine.length === 0) return `${name[0]!.toUpperCase()}${name.slice(1)} ist nicht eröffnet. Eröffnen Sie sie und warten Sie ihre Frist ab.`;
    const running = mine.find((round) => round.status !== 'closed');
    if (running !== undefined)
      return `${name[0]!.toUpperCase()}${name.slice(1)} läuft bis ${running.dueOn.split('-').toReversed().join('.')} oder ist noch nicht geschlossen. Schließen Sie sie danach.`;
  }
  const { unweighed } = await abwaegungComplete(tx, caseId);
  if (weighed && unweighed > 0)
    return unweighed === 1
      ? 'Eine Stellungnahme ist noch nicht abgewogen. Wägen Sie sie ab.'
      : `${unweighed} Stellungnahmen sind noch nicht abgewogen. Wägen Sie jede ab.`;
  return undefined;
}
