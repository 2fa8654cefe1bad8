import type { Problem } from '../../../kernel/problem.ts';

export type AssistantProblemKind = 'invalid-input' | 'not-found' | 'not-allowed' | 'wrong-state' | 'conflict' | 'too-large' | 'too-many' | 'unavailable';
export type AssistantProblem = Problem<AssistantProblemKind>;

export const notStaff: AssistantProblem = {
  kind: 'not-allowed',
  detail: 'Der Assistent ist für Beschäftigte der Stadt. Melden Sie sich mit Ihrem Dienstkonto an.',
};

export const noResult: AssistantProblem = {
  kind: 'not-found',
  detail: 'Dieses Ergebnis gibt es nicht, oder es gehört Ihnen nicht. Ihre Ergebnisse stehen unter „Assistent“.',
};

export const noConversation: AssistantProblem = {
  kind: 'not-found',
  detail: 'Dieses Gespräch gibt es nicht, oder es gehört Ihnen nicht. Ihre Gespräche stehen unter „Gespräche“.',
};

export const noPrompt: AssistantProblem = {
  kind: 'not-found',
  detail: 'Diese Vorlage gibt es nicht, oder sie ist nicht für Sie freigegeben. Fragen Sie, wer sie geschrieben hat.',
};

export const noBlock: AssistantProblem = { kind: 'not-found', detail: 'Diesen Textbaustein gibt es nicht. Sehen Sie in der Liste der Textbausteine nach.' };

export const notYours: AssistantProblem = { kind: 'not-allowed', detail: 'Das gehört jemand anderem. Machen Sie eine eigene Fassung davon.' };

export const cityBlock: AssistantProblem = {
  kind: 'not-allowed',
  detail: 'Diesen Baustein hat jede Stadt. Nur Leitung und Administration ersetzen ihn für alle. Nehmen Sie für Ihren einen anderen Schlüssel.',
};

export const changedMeanwhile: AssistantProblem = {
  kind: 'conflict',
  detail: 'Inzwischen gibt es eine neuere Fassung. Sehen Sie sie an, und ändern Sie dann diese.',
};

export const textChanged: AssistantProblem = {
  kind: 'conflict',
  detail: 'Der Text ist inzwischen ein anderer. Lesen Sie ihn, wie er jetzt ist, und versuchen Sie es dann noch einmal.',
};

export const stillRunning: AssistantProblem = { kind: 'wrong-state', detail: 'Die Antwort entsteht noch. Warten Sie, oder halten Sie sie an.' };
export const tooManyRunning: AssistantProblem = {
  kind: 'too-many',
  detail: 'Drei Ihrer Antworten entstehen gerade. Warten Sie auf eine, oder halten Sie eine an.',
};
export const noSources: AssistantProblem = {
  kind: 'invalid-input',
  detail: 'Wählen Sie ein Dokument, laden Sie eine Datei hoch, oder fügen Sie einen Text ein.',
  fields: [{ field: 'text', message: 'Wählen Sie ein Dokument, laden Sie eine Datei hoch, oder fügen Sie einen Text ein.' }],
};
