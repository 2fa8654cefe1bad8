import type { Problem } from '../../../kernel/problem.ts';

/** Why a model gave no answer, or not a whole one. */
export type FailureReason =
  | 'unauthorised'
  | 'unknown-model'
  | 'too-many'
  | 'too-long'
  | 'server'
  | 'unreachable'
  | 'stalled'
  | 'broken'
  | 'refused'
  | 'unreadable'
  | 'ended';

const SENTENCES: Readonly<Record<FailureReason, string>> = {
  unauthorised: 'Das Sprachmodell lässt die Stadt nicht ein: Der Schlüssel fehlt oder ist falsch. Sagen Sie der IT Bescheid.',
  'unknown-model': 'Der Anbieter kennt das eingetragene Sprachmodell nicht. Sagen Sie der IT Bescheid.',
  'too-many': 'Das Sprachmodell hat gerade zu viel zu tun. Versuchen Sie es in einer Minute noch einmal.',
  'too-long': 'Der Text ist zu lang für dieses Sprachmodell. Nehmen Sie weniger Seiten oder kürzere Abschnitte.',
  server: 'Das Sprachmodell meldet einen Fehler. Versuchen Sie es später noch einmal oder arbeiten Sie mit den Auszügen ohne KI weiter.',
  unreachable: 'Das Sprachmodell ist nicht erreichbar. Arbeiten Sie mit den Auszügen ohne KI weiter.',
  stalled: 'Das Sprachmodell antwortet nicht mehr. Versuchen Sie es noch einmal oder arbeiten Sie mit den Auszügen ohne KI weiter.',
  broken: 'Die Verbindung zum Sprachmodell ist abgebrochen. Versuchen Sie es noch einmal.',
  refused: 'Das Sprachmodell will darauf nicht antworten. Fragen Sie anders oder arbeiten Sie mit den Auszügen ohne KI weiter.',
  unreadable: 'Das Sprachmodell hat nichts geschrieben, was sich lesen lässt. Versuchen Sie es noch einmal oder arbeiten Sie mit den Auszügen ohne KI weiter.',
  ended: 'Die Antwort wurde beendet.',
};

/** @param freeInSeconds where the model's server named a time */
export function problemOf(reason: FailureReason, freeInSeconds?: number): Problem {
  if (reason !== 'too-many' || freeInSeconds === undefined) return { kind: reason === 'too-long' ? 'too-large' : 'unavailable', detail: SENTENCES[reason] };
  const wait = freeInSeconds < 90 ? `in ${Math.max(1, Math.ceil(freeInSeconds))} Sekunden` : `in ${Math.ceil(freeInSeconds / 60)} Minuten`;
  return { kind: 'unavailable', detail: `Das Sprachmodell hat gerade zu viel zu tun. Versuchen Sie es ${wait} noch einmal.` };
}
