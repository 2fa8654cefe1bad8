import { invalidField, type Problem } from '../../../kernel/problem.ts';

export type IdentityProblemKind = 'invalid-input' | 'not-found' | 'not-allowed' | 'sign-in-needed' | 'conflict' | 'wrong-state' | 'too-many' | 'unavailable';
export type IdentityProblem = Problem<IdentityProblemKind>;

/** The same words for an unknown e-mail and a wrong password: nobody learns who has an account. */
export const wrongCredentials: IdentityProblem = {
  kind: 'sign-in-needed',
  detail: 'E-Mail-Adresse oder Passwort stimmt nicht. Prüfen Sie beides, oder setzen Sie ein neues Passwort.',
};

/** Where the password is asked for again beside what is wanted. */
export const passwordAgain: IdentityProblem = invalidField('currentPassword', 'Das Passwort stimmt nicht. Geben Sie es noch einmal ein.');

/** Behind the link of a mail, where nobody is asked for an address. */
export const passwordOfRegistration: IdentityProblem = invalidField(
  'password',
  'Das ist nicht das Passwort, das Sie beim Anlegen gewählt haben. Geben Sie es noch einmal ein, oder setzen Sie mit «Passwort vergessen» ein neues.',
);

export const messageNotFound: IdentityProblem = {
  kind: 'not-found',
  detail: 'Diese Nachricht gibt es nicht, oder sie gehört nicht zu Ihrem Postfach. Gehen Sie zurück zum Postfach.',
};

export const notReceiving: IdentityProblem = {
  kind: 'not-allowed',
  detail: 'Ihre Vollmacht umfasst nicht, Post zu empfangen. Bitten Sie die Person, die Sie vertreten, die Vollmacht zu erweitern.',
};

export const accountNotFound: IdentityProblem = {
  kind: 'not-found',
  detail: 'Dieses Servicekonto gibt es nicht mehr. Legen Sie bei Bedarf ein neues an.',
};

export const linkUsedUp: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Dieser Link gilt nicht mehr. Er wurde schon benutzt oder ist abgelaufen. Fordern Sie einen neuen an.',
};

/** @param minutes whole minutes until the next try */
export function tooManyTries(minutes: number): IdentityProblem {
  const wait = minutes === 1 ? 'einer Minute' : `${minutes} Minuten`;
  return {
    kind: 'too-many',
    detail: `Zu viele Versuche sind gescheitert. Versuchen Sie es in ${wait} wieder, oder setzen Sie ein neues Passwort.`,
  };
}
