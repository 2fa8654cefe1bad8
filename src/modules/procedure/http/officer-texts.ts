import { defineTexts } from '../../../platform/ui/html.ts';
import type { InboxView } from '../application/inbox.ts';
import type { DecisionKind } from '../domain/events.ts';
import type { Outcome } from '../domain/procedure-rules.ts';
import type { CaseAction, CaseStatus } from '../domain/status.ts';

/** Actions of the authority; the applicant's are on their own pages. */
export type OfficerAction = Exclude<CaseAction, 'answer-request' | 'answer-hearing' | 'withdraw' | 'object' | 'request-certificate'>;

/** Labels of the officers' pages. The file itself is kept in German (§ 23(1) VwVfG). */
const de = {
  inbox: 'Eingang',
  searchLabel: 'Aktenzeichen oder Name',
  searchHint: 'Sucht in allen Vorgängen Ihrer Behörde, auch in abgeschlossenen.',
  searchResults: (words: string) => `Treffer für „${words}“`,
  searchReset: 'Suche beenden',
  noHits: 'Kein Vorgang passt zu dieser Suche. Prüfen Sie die Schreibweise, oder suchen Sie nur nach einem Teil des Namens.',
  emptyView: 'Hier liegt gerade nichts.',
  firstPage: 'Zum Anfang der Liste',
  fileNumber: 'Aktenzeichen',
  service: 'Leistung',
  applicant: 'Antragstellende Person',
  status: 'Stand',
  deadline: 'Frist',
  assignee: 'Bearbeitung',
  unassigned: 'nicht zugewiesen',
  remindOn: 'Wiedervorlage',
  submittedOn: 'Eingereicht am',
  completeOn: 'Vollständig seit',
  notYetComplete: 'noch nicht festgestellt',
  authority: 'Behörde',
  channel: 'Bescheid kommt',
  howComputed: 'So ist die Frist berechnet',
  whatNow: 'Was jetzt möglich ist',
  nothingToDo: 'In diesem Stand gibt es nichts zu tun.',
  readOnly: 'Ihre Rolle darf diesen Vorgang lesen, aber nicht ändern.',
  facts: 'Angaben',
  findings: 'Was die Regeln sagen',
  places: 'Standorte',
  uploads: 'Unterlagen',
  letters: 'Schreiben',
  noLetters: 'Noch kein Schreiben.',
  process: 'Verfahren',
  timeline: 'Verlauf',
  notes: 'Interne Vermerke',
  noNotes: 'Noch kein Vermerk.',
  tasks: 'Prüfschritte',
  decisions: 'Entscheidungen',
  draft: 'Entwurf der Entscheidung',
  onThisPage: 'Auf dieser Seite',
  saved: 'Gespeichert',
  faster: 'Jemand anderes war schneller',
  fasterBody:
    'Ihre Eingabe ist noch da und noch nicht gespeichert. Sie sehen jetzt den neuen Stand. Prüfen Sie, ob Ihre Eingabe noch passt, und senden Sie sie dann noch einmal.',
  sinceThen: 'Das ist seitdem geschehen:',
  keptInput: 'Ihre Eingabe, nicht gespeichert',
  keptInputBody: 'Dieser Schritt ist im neuen Stand nicht mehr möglich. Ihr Text steht noch hier, damit Sie ihn übernehmen können.',
};

export const officerTexts = defineTexts({
  de,
  en: {
    inbox: 'Inbox',
    searchLabel: 'File number or name',
    searchHint: 'Searches all cases of your authority, closed ones too.',
    searchResults: (words: string) => `Results for “${words}”`,
    searchReset: 'End search',
    noHits: 'No case matches. Check the spelling, or search for a part of the name.',
    emptyView: 'There is nothing here right now.',
    firstPage: 'To the start of the list',
    fileNumber: 'File number',
    service: 'Service',
    applicant: 'Applicant',
    status: 'Status',
    deadline: 'Deadline',
    assignee: 'Assigned to',
    unassigned: 'not assigned',
    remindOn: 'Reminder',
    submittedOn: 'Submitted on',
    completeOn: 'Complete since',
    notYetComplete: 'not yet determined',
    authority: 'Authority',
    channel: 'Decision is sent',
    howComputed: 'How the deadline is computed',
    whatNow: 'What can be done now',
    nothingToDo: 'There is nothing to do in this state.',
    readOnly: 'Your role may read this case, but not change it.',
    facts: 'Facts',
    findings: 'What the rules say',
    places: 'Places',
    uploads: 'Documents',
    letters: 'Letters',
    noLetters: 'No letter yet.',
    process: 'Procedure',
    timeline: 'Course',
    notes: 'Internal notes',
    noNotes: 'No note yet.',
    tasks: 'Steps of the examination',
    decisions: 'Decisions',
    draft: 'Draft decision',
    onThisPage: 'On this page',
    saved: 'Saved',
    faster: 'Somebody else was faster',
    fasterBody: 'Your input is still here and not saved yet. You see the new state now. Check whether your input still fits, then send it again.',
    sinceThen: 'What has happened since:',
    keptInput: 'Your input, not saved',
    keptInputBody: 'This step is no longer possible in the new state. Your text is still here, so that you can use it.',
  },
  leicht: de,
});

const statuses: Record<CaseStatus, string> = {
  eingegangen: 'Eingegangen',
  unvollstaendig: 'Unvollständig',
  in_pruefung: 'In Prüfung',
  anhoerung: 'Anhörung läuft',
  ausgesetzt: 'Ausgesetzt',
  freigabe: 'Wartet auf Freigabe',
  beschlossen: 'Entschieden, Zustellung läuft',
  bekanntgegeben: 'Bekannt gegeben',
  widerspruch: 'Widerspruch',
  bestandskraeftig: 'Bestandskräftig',
  zurueckgenommen: 'Zurückgenommen',
  abgeschlossen: 'Abgeschlossen',
};

/** The status in a word or two, for lists and headers of officers. */
export const officerStatus = defineTexts({
  de: statuses,
  en: {
    eingegangen: 'Received',
    unvollstaendig: 'Incomplete',
    in_pruefung: 'Under examination',
    anhoerung: 'Hearing under way',
    ausgesetzt: 'Suspended',
    freigabe: 'Waits for approval',
    beschlossen: 'Decided, being delivered',
    bekanntgegeben: 'Made known',
    widerspruch: 'Objection',
    bestandskraeftig: 'Final',
    zurueckgenommen: 'Withdrawn',
    abgeschlossen: 'Closed',
  },
  leicht: statuses,
});

const views: Record<InboxView, string> = {
  open: 'Offen',
  mine: 'Meine',
  unassigned: 'Unverteilt',
  reminders: 'Wiedervorlage',
  'took-part': 'Habe mitgewirkt',
  all: 'Alle',
};
export const inboxViewTexts = defineTexts({
  de: views,
  en: { open: 'Open', mine: 'Mine', unassigned: 'Unassigned', reminders: 'Reminders', 'took-part': 'I took part', all: 'All' },
  leicht: views,
});

const actions: Record<OfficerAction, string> = {
  'confirm-complete': 'Vollständigkeit feststellen',
  'request-documents': 'Unterlagen nachfordern',
  hear: 'Anhören',
  suspend: 'Verfahren aussetzen',
  resume: 'Verfahren fortsetzen',
  extend: 'Frist verlängern',
  'draft-decision': 'Entscheidung entwerfen',
  'submit-for-approval': 'Zur Freigabe geben',
  approve: 'Entwurf freigeben und entscheiden',
  'return-draft': 'Entwurf zurückgeben',
  decide: 'Entscheiden',
  'record-bekanntgabe': 'Bekanntgabe festhalten',
  'decide-objection': 'Widerspruchsbescheid entwerfen',
  'follow-decision': 'Folgeentscheidung entwerfen',
  note: 'Vermerk schreiben',
  assign: 'Zuweisen',
  remind: 'Wiedervorlage setzen',
  transfer: 'An andere Behörde abgeben',
  'record-step': 'Verfahrensschritt festhalten',
};
export const actionTexts = defineTexts({
  de: actions,
  en: {
    'confirm-complete': 'Confirm completeness',
    'request-documents': 'Request documents',
    hear: 'Hear the applicant',
    suspend: 'Suspend the procedure',
    resume: 'Resume the procedure',
    extend: 'Extend the deadline',
    'draft-decision': 'Draft the decision',
    'submit-for-approval': 'Submit for approval',
    approve: 'Approve the draft and decide',
    'return-draft': 'Return the draft',
    decide: 'Decide',
    'record-bekanntgabe': 'Record when it was made known',
    'decide-objection': 'Draft the decision on the objection',
    'follow-decision': 'Draft a following decision',
    note: 'Write a note',
    assign: 'Assign',
    remind: 'Set a reminder',
    transfer: 'Transfer to another authority',
    'record-step': 'Record a step of the procedure',
  },
  leicht: actions,
});
export const OFFICER_ACTIONS = Object.keys(actions) as readonly OfficerAction[];

/** One sentence after a step has been taken; record language is German. */
export const DONE: Readonly<Record<OfficerAction, string>> = {
  'confirm-complete': 'Die Vollständigkeit ist festgestellt.',
  'request-documents': 'Die Nachforderung ist gestellt. Das Schreiben wird erstellt und zugestellt.',
  hear: 'Die Anhörung läuft. Das Schreiben wird erstellt und zugestellt.',
  suspend: 'Das Verfahren ist ausgesetzt. Die Frist steht still.',
  resume: 'Das Verfahren geht weiter. Die Frist läuft wieder.',
  extend: 'Die Frist ist verlängert. Das Schreiben wird erstellt und zugestellt.',
  'draft-decision': 'Der Entwurf ist gespeichert.',
  'submit-for-approval': 'Der Entwurf liegt jetzt bei der Leitung.',
  approve: 'Die Entscheidung ist getroffen. Der Bescheid wird gesiegelt und zugestellt.',
  'return-draft': 'Der Entwurf ist zurückgegeben.',
  decide: 'Die Entscheidung ist getroffen. Der Bescheid wird gesiegelt und zugestellt.',
  'record-bekanntgabe': 'Die Bekanntgabe ist festgehalten.',
  'decide-objection': 'Der Entwurf des Widerspruchsbescheids ist gespeichert.',
  'follow-decision': 'Der Entwurf der Folgeentscheidung ist gespeichert.',
  note: 'Der Vermerk steht in der Akte.',
  assign: 'Die Zuweisung ist gespeichert.',
  remind: 'Die Wiedervorlage ist gespeichert.',
  transfer: 'Der Vorgang ist abgegeben.',
  'record-step': 'Der Schritt ist festgehalten.',
};

export const OUTCOMES: Readonly<Record<Outcome, string>> = { grant: 'Bewilligung', partial: 'Teilweise Bewilligung', refuse: 'Ablehnung' };

export const DECISION_KINDS: Readonly<Record<DecisionKind, string>> = {
  bescheid: 'Bescheid',
  fiktion: 'Genehmigung durch Fristablauf (§ 42a VwVfG)',
  widerspruchsbescheid: 'Widerspruchsbescheid (§ 73 VwGO)',
  berichtigung: 'Berichtigung (§ 42 VwVfG)',
  ruecknahme: 'Rücknahme (§ 48 VwVfG)',
  widerruf: 'Widerruf (§ 49 VwVfG)',
};

export const CHANNELS = { postfach: 'ins Postfach des Servicekontos', post: 'mit der Post', zugang: 'nachgewiesener Zugang' } as const;
