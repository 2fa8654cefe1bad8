import type { Problem } from '../../../kernel/problem.ts';

export type SheetsProblem = Problem<'not-found' | 'not-allowed' | 'invalid-input' | 'wrong-state' | 'conflict' | 'unavailable'>;

export const notFound: SheetsProblem = {
  kind: 'not-found',
  detail: 'Dieses Blatt gibt es nicht, oder es gehört nicht zu Ihnen. Gehen Sie zurück zum Vorgang.',
};
export const noMark: SheetsProblem = { kind: 'not-found', detail: 'Diesen Eintrag gibt es nicht mehr. Laden Sie das Blatt neu.' };
export const readsOnly: SheetsProblem = {
  kind: 'not-allowed',
  detail: 'Ihre Rolle darf Blätter ansehen, aber nichts eintragen. Wenden Sie sich an die Sachbearbeitung.',
};
export const fixed: SheetsProblem = {
  kind: 'wrong-state',
  detail:
    'Jetzt lässt sich auf den Blättern nichts ändern: Der Entwurf liegt zur Freigabe vor, oder der Vorgang ist entschieden oder beendet. Holen Sie einen Entwurf zuerst zurück.',
};
export const conflict: SheetsProblem = {
  kind: 'conflict',
  detail: 'Inzwischen hat jemand anderes diesen Eintrag geändert. Ihre Eingabe ist noch da. Vergleichen Sie, und speichern Sie noch einmal.',
};
