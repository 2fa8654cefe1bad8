import type { Problem } from '../../../kernel/problem.ts';

export type OutreachProblemKind = 'invalid-input' | 'not-found' | 'not-allowed' | 'wrong-state' | 'conflict' | 'too-large';
export type OutreachProblem = Problem<OutreachProblemKind>;

export const noCampaign: OutreachProblem = {
  kind: 'not-found',
  detail: 'Diese Kampagne gibt es nicht. Prüfen Sie die Adresse, oder sehen Sie unter /kampagnen nach.',
};
export const noLink: OutreachProblem = { kind: 'not-found', detail: 'Diesen Kurzlink gibt es nicht. Prüfen Sie, ob Sie ihn ganz abgeschrieben haben.' };
export const noPage: OutreachProblem = {
  kind: 'not-found',
  detail: 'Diese Seite gibt es nicht, oder sie ist nicht veröffentlicht. Suchen Sie auf der Startseite nach der Leistung.',
};
export const noExperiment: OutreachProblem = {
  kind: 'not-found',
  detail: 'Auf dieser Seite wird nichts verglichen. Legen Sie erst einen Vergleich an.',
};
export const changedMeanwhile: OutreachProblem = {
  kind: 'conflict',
  detail: 'Jemand hat das inzwischen geändert. Laden Sie die Seite neu und tragen Sie Ihre Änderung noch einmal ein.',
};
export const overAndDone: OutreachProblem = {
  kind: 'wrong-state',
  detail: 'Diese Kampagne ist beendet und bleibt, wie sie war. Legen Sie eine neue an.',
};
export const standing: OutreachProblem = {
  kind: 'not-allowed',
  detail:
    'Die Kampagne „Weitergeben“ führt die Stadt selbst: Ihre Links entstehen, wenn Menschen eine Leistung weitergeben. Legen Sie eine eigene Kampagne an.',
};
