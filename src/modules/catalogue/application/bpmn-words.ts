import type { LangText } from '../../../platform/ui/html.ts';
import type { ProcessAction, ProcessState } from './bpmn-effects.ts';

const words = (de: string, en: string, leicht: string): LangText => ({ de, en, leicht });

/** Names of the elements of a process. */
export const ELEMENT_WORDS = {
  beginn: words('Behörde beginnt von Amts wegen', 'Authority begins', 'Das Amt fängt an'),
  start: words('Antrag eingereicht', 'Application filed', 'Antrag gestellt'),
  eingang: words('Eingang bestätigen', 'Confirm receipt', 'Antrag ist da'),
  eindeutig: words('Alles eindeutig?', 'All clear?', 'Alles klar?'),
  eingegangen: words('Vollständigkeit prüfen', 'Check completeness', 'Fehlt etwas?'),
  vollstaendig: words('Vollständig?', 'Complete?', 'Alles da?'),
  unvollstaendig: words('Unterlagen nachreichen', 'Send missing documents', 'Papiere nach-schicken'),
  pruefung: words('Antrag prüfen', 'Examine the application', 'Antrag prüfen'),
  weiter: words('Wie weiter?', 'What next?', 'Wie weiter?'),
  anhoerung: words('Zur Anhörung Stellung nehmen', 'Comment on the matter', 'Ihre Meinung sagen'),
  ausgesetzt: words('Verfahren ruht: Hindernis klären', 'Suspended: clear the obstacle', 'Pause: Problem klären'),
  beteiligung: words('Beteiligte Stellen fragen', 'Consult other bodies', 'Andere Ämter fragen'),
  auslegung: words('Öffentlich auslegen', 'Display to the public', 'Allen zeigen'),
  entwurf: words('Entscheidung entwerfen', 'Draft the decision', 'Entscheidung schreiben'),
  vierAugen: words('Freigabe nötig?', 'Approval needed?', 'Zweite Prüfung?'),
  freigabe: words('Entwurf freigeben (zweite Person)', 'Approve the draft (second person)', 'Zweite Person prüft'),
  freigegeben: words('Freigegeben?', 'Approved?', 'In Ordnung?'),
  zustellen: words('Bescheid siegeln und bekannt geben', 'Seal and deliver the decision', 'Brief an Sie schicken'),
  fiktion: words('Genehmigung gilt als erteilt', 'Permit is deemed given', 'Erlaubnis gilt'),
  frist: words('An die Frist erinnern', 'Remind of the deadline', 'An die Zeit erinnern'),
  fristGemeldet: words('Behörde ist erinnert', 'Authority is reminded', 'Amt weiß Bescheid'),
  bekanntgegeben: words('Bescheid lesen, Widerspruch möglich', 'Read the decision, objection possible', 'Brief lesen'),
  bestandskraeftig: words('Bescheid ist bestandskräftig', 'Decision is final', 'Entscheidung gilt fest'),
  widerspruch: words('Widerspruch prüfen', 'Examine the objection', 'Widerspruch prüfen'),
  widerspruchWeiter: words('Anhören?', 'Hear first?', 'Noch fragen?'),
  anhoerungWiderspruch: words('Zum Widerspruch Stellung nehmen', 'Comment on the objection', 'Noch einmal Meinung sagen'),
  zuruecknehmen: words('Antrag zurücknehmen', 'Withdraw the application', 'Antrag zurück-nehmen'),
  nimmtZurueck: words('Rücknahme erklärt', 'Withdrawal declared', 'Sie wollen nicht mehr'),
  zurueckgenommen: words('Antrag zurückgenommen', 'Application withdrawn', 'Antrag ist weg'),
  erledigung: words('Verfahren einstellen', 'Close the procedure', 'Verfahren beenden'),
  erledigt: words('Sache erledigt', 'Matter settled', 'Sache fertig'),
  abgeschlossen: words('Verfahren abgeschlossen', 'Procedure closed', 'Verfahren fertig'),
} as const satisfies Record<string, LangText>;

export const LANE_WORDS = {
  antragstellende: words('Antragstellende', 'Applicants', 'Sie'),
  behoerde: words('Behörde', 'Authority', 'Das Amt'),
  system: words('System', 'System', 'Das Programm'),
} as const;

export const FLOW_WORDS = {
  ja: words('ja', 'yes', 'ja'),
  nein: words('nein', 'no', 'nein'),
  pruefen: words('ein Mensch prüft', 'a person checks', 'ein Mensch prüft'),
  nachforderung: words('Unterlagen fehlen', 'documents missing', 'Papiere fehlen'),
  anhoeren: words('anhören', 'hear', 'nach-fragen'),
  aussetzen: words('aussetzen', 'suspend', 'Pause'),
  beteiligen: words('beteiligen', 'consult', 'andere fragen'),
  auslegen: words('auslegen', 'display', 'allen zeigen'),
  entscheiden: words('entscheiden', 'decide', 'entscheiden'),
  widerspruch: words('Widerspruch', 'objection', 'Widerspruch'),
  zurueck: words('zurück an Entwurf', 'back to draft', 'neu schreiben'),
} as const satisfies Record<string, LangText>;

/** What a state means to whom the case concerns. */
export const STATE_WORDS: Readonly<Record<ProcessState, LangText>> = {
  eingegangen: words('Die Behörde prüft, ob alles da ist.', 'The authority checks whether everything is there.', 'Das Amt prüft: Ist alles da?'),
  unvollstaendig: words('Unterlagen fehlen noch.', 'Documents are still missing.', 'Es fehlen noch Papiere.'),
  in_pruefung: words('Die Behörde prüft den Antrag.', 'The authority examines the application.', 'Das Amt prüft den Antrag.'),
  anhoerung: words('Sie können sich vor der Entscheidung äußern.', 'You may comment before the decision.', 'Sie können Ihre Meinung sagen.'),
  ausgesetzt: words('Das Verfahren ruht.', 'The procedure is suspended.', 'Das Verfahren macht Pause.'),
  freigabe: words('Eine zweite Person prüft den Entwurf.', 'A second person checks the draft.', 'Eine zweite Person prüft.'),
  beschlossen: words(
    'Es ist entschieden. Der Bescheid geht hinaus.',
    'It is decided. The decision is being sent.',
    'Das Amt hat entschieden. Der Brief kommt.',
  ),
  bekanntgegeben: words('Der Bescheid ist bekannt gegeben.', 'The decision has been delivered.', 'Der Brief ist da.'),
  widerspruch: words('Die Behörde prüft den Widerspruch.', 'The authority examines the objection.', 'Das Amt prüft den Widerspruch.'),
  bestandskraeftig: words('Der Bescheid ist bestandskräftig.', 'The decision is final.', 'Die Entscheidung gilt fest.'),
  zurueckgenommen: words('Der Antrag ist zurückgenommen.', 'The application is withdrawn.', 'Der Antrag ist zurück-genommen.'),
  abgeschlossen: words('Das Verfahren ist abgeschlossen.', 'The procedure is closed.', 'Das Verfahren ist fertig.'),
};

/** Actions that have no figure of their own; they stand in the documentation of the step where they are offered. */
export const ACTION_NOTES: Readonly<Record<ProcessAction, string>> = {
  'confirm-complete': 'Vollständigkeit feststellen',
  'request-documents': 'Unterlagen nachfordern (§ 26 Abs. 2 VwVfG)',
  'answer-request': 'Nachforderung beantworten',
  hear: 'anhören (§ 28 Abs. 1 VwVfG)',
  'answer-hearing': 'Stellung nehmen',
  suspend: 'aussetzen',
  resume: 'fortsetzen',
  extend: 'Entscheidungsfrist mit Begründung einmal verlängern',
  'draft-decision': 'Entscheidung entwerfen (§§ 37, 39 VwVfG)',
  'submit-for-approval': 'zur Freigabe geben',
  approve: 'freigeben',
  'return-draft': 'Entwurf zurückgeben',
  decide: 'entscheiden',
  'record-bekanntgabe': 'Bekanntgabe durch die Post festhalten (§ 41 Abs. 2 VwVfG)',
  withdraw: 'Antrag zurücknehmen',
  object: 'Widerspruch einlegen (§§ 69, 70 VwGO)',
  'request-certificate': 'Bescheinigung der Fiktion verlangen (§ 42a Abs. 3 VwVfG)',
  'decide-objection': 'Widerspruchsbescheid entwerfen (§ 73 VwGO)',
  'follow-decision': 'Folgebescheid entwerfen: Berichtigung, Rücknahme, Widerruf (§§ 42, 48, 49 VwVfG)',
  note: 'Vermerk schreiben',
  assign: 'zuweisen',
  remind: 'Wiedervorlage setzen',
  transfer: 'an die zuständige Behörde abgeben (§ 3 VwVfG)',
  'record-step': 'Verfahrensschritt festhalten',
};
