import type { CommonProblem, Problem } from '../../../kernel/problem.ts';

export type SurgeProblem = CommonProblem;

export const noGate: Problem<'not-found'> = { kind: 'not-found', detail: 'Dieses Tor gibt es in dieser Lage nicht. Wählen Sie eines aus der Liste der Tore.' };
export const noZone: Problem<'not-found'> = { kind: 'not-found', detail: 'Diese Räumzone gibt es in dieser Lage nicht. Wählen Sie eine aus der Liste.' };
export const noMeasure: Problem<'not-found'> = { kind: 'not-found', detail: 'Diese Maßnahme steht nicht auf der Liste der Lage. Laden Sie die Seite neu.' };
export const noProposal: Problem<'not-found'> = { kind: 'not-found', detail: 'Diesen Vorschlag gibt es in dieser Lage nicht. Laden Sie die Seite neu.' };
export const noForecast: Problem<'wrong-state'> = {
  kind: 'wrong-state',
  detail: 'In dieser Lage gibt es noch keine Vorhersage. Tragen Sie zuerst eine ein; danach wird gerechnet.',
};
export const notConnected = (what: string): Problem<'unavailable'> => ({
  kind: 'unavailable',
  detail: `${what} ist in dieser Stadt nicht angeschlossen. Entscheiden Sie ohne, oder bitten Sie die Administration darum.`,
});
