import { wrongState, type Problem } from '../../../kernel/problem.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { phaseOf, type ParticipationFacts } from './participation.ts';

export type ContributionProblemKind = 'invalid-input' | 'not-found' | 'not-allowed' | 'wrong-state' | 'conflict' | 'too-large';
export type ContributionProblem = Problem<ContributionProblemKind>;

export const noParticipation: ContributionProblem = {
  kind: 'not-found',
  detail: 'Diese Beteiligung gibt es nicht. Prüfen Sie die Adresse, oder sehen Sie unter /beteiligung nach.',
};

export const noContribution: ContributionProblem = {
  kind: 'not-found',
  detail: 'Diesen Beitrag gibt es nicht, oder er ist nicht öffentlich. Prüfen Sie die Adresse.',
};

export const noLink: ContributionProblem = {
  kind: 'not-found',
  detail: 'Dieser Link gilt nicht oder nicht mehr. Prüfen Sie, ob Sie die Adresse ganz kopiert haben.',
};

export const notYours: ContributionProblem = {
  kind: 'not-allowed',
  detail: 'Diese Beteiligung gehört einer anderen Behörde. Bitten Sie dort darum.',
};

/** Outside of its days nothing is taken. @param lost what that means for what was just sent */
export function closedProblem(
  participation: Pick<ParticipationFacts, 'startsOn' | 'endsOn'>,
  now: Temporal.Instant,
  lost: string,
): ContributionProblem | undefined {
  const phase = phaseOf(participation, now);
  if (phase === 'running') return undefined;
  return phase === 'coming'
    ? wrongState(`Diese Beteiligung beginnt am ${formatGermanDate(participation.startsOn)}. Kommen Sie dann wieder.`)
    : wrongState(`Diese Beteiligung ist seit dem Ende des ${formatGermanDate(participation.endsOn)} beendet. ${lost}`);
}
