import type { Problem } from '../../../kernel/problem.ts';

export type NotificationProblem = Problem<'invalid-input' | 'not-found' | 'wrong-state' | 'too-many' | 'unavailable'>;

export const noSms: NotificationProblem = { kind: 'unavailable', detail: 'Diese Stadt verschickt keine SMS. Wählen Sie Mail oder Mitteilungen im Browser.' };
export const noCode: NotificationProblem = {
  kind: 'wrong-state',
  detail: 'Für diese Nummer wartet kein Code, oder er ist abgelaufen. Fordern Sie einen neuen an.',
};
export const tooManyCodes: NotificationProblem = { kind: 'too-many', detail: 'Sie haben zu viele Codes angefordert. Versuchen Sie es in einer Stunde wieder.' };
export const codesUsedUp: NotificationProblem = {
  kind: 'unavailable',
  detail: 'Heute hat die Stadt so viele Codes verschickt, wie sie an einem Tag darf. Versuchen Sie es morgen wieder. Bis dahin kommen Hinweise per Mail.',
};
export const noSuchDevice: NotificationProblem = { kind: 'not-found', detail: 'Dieses Gerät bekommt keine Mitteilungen mehr. Laden Sie die Seite neu.' };
export const badEndpoint: NotificationProblem = {
  kind: 'invalid-input',
  detail: 'Dieser Browser nennt einen Dienst für Mitteilungen, den wir nicht nutzen können. Wählen Sie Mail oder SMS.',
};
export const linkGone: NotificationProblem = {
  kind: 'not-found',
  detail: 'Dieser Link gilt nicht mehr. Melden Sie sich an und ändern Sie Ihre Benachrichtigungen dort.',
};
