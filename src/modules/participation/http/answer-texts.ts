import type { LangText } from '../../../platform/ui/html.ts';
import { defineTexts } from '../../../platform/ui/html.ts';
import type { AnswerKind, WeighingResult } from '../domain/events.ts';
import type { Consultation } from '../domain/participation.ts';

type ConsulteeKind = Consultation['kind'];
type Silence = Consultation['silence'];

export const ANSWERS: Readonly<Record<AnswerKind | 'statement', LangText>> = {
  'no-objection': { de: 'Keine Bedenken', en: 'No objection', leicht: 'Wir sind einverstanden' },
  conditions: { de: 'Keine Bedenken mit Bedingungen', en: 'No objection under conditions', leicht: 'Ja, aber mit Regeln' },
  objection: { de: 'Bedenken', en: 'Objection', leicht: 'Wir sind dagegen' },
  'not-responsible': { de: 'Nicht zuständig', en: 'Not responsible', leicht: 'Wir sind nicht zuständig' },
  statement: { de: 'Stellungnahme', en: 'Comment', leicht: 'Meinung' },
};

/** The answers a consultee can choose, in this order. */
export const ANSWER_KINDS = ['no-objection', 'conditions', 'objection', 'not-responsible'] as const satisfies readonly AnswerKind[];

export const RESULTS: Readonly<Record<WeighingResult, LangText>> = {
  gefolgt: { de: 'Gefolgt', en: 'Followed', leicht: 'Ja, das machen wir' },
  teilweise: { de: 'Teilweise gefolgt', en: 'Partly followed', leicht: 'Wir machen einen Teil' },
  'nicht-gefolgt': { de: 'Nicht gefolgt', en: 'Not followed', leicht: 'Nein, das machen wir nicht' },
  'zur-kenntnis': { de: 'Zur Kenntnis genommen', en: 'Noted', leicht: 'Wir haben es gelesen' },
  unberuecksichtigt: { de: 'Verspätet, unberücksichtigt', en: 'Late, disregarded', leicht: 'Zu spät' },
};
export const RESULT_KINDS = ['gefolgt', 'teilweise', 'nicht-gefolgt', 'zur-kenntnis', 'unberuecksichtigt'] as const satisfies readonly WeighingResult[];

export const SILENCE_MEANS: Readonly<Record<Silence, LangText>> = {
  zustimmung: {
    de: 'Ohne Antwort gilt Ihre Zustimmung als erteilt.',
    en: 'Without an answer your consent counts as given.',
    leicht: 'Wenn Sie nichts schreiben, heißt das: Ja.',
  },
  'keine-bedenken': {
    de: 'Ohne Antwort gehen wir davon aus, dass Sie keine Bedenken haben.',
    en: 'Without an answer we assume that you have no objection.',
    leicht: 'Wenn Sie nichts schreiben, denken wir: Sie sind einverstanden.',
  },
  unbeachtlich: {
    de: 'Eine Antwort nach der Frist kann unberücksichtigt bleiben (§ 4a Abs. 5 BauGB).',
    en: 'An answer after the period may be disregarded (section 4a(5) BauGB).',
    leicht: 'Wenn Sie zu spät schreiben, zählt es vielleicht nicht.',
  },
  keine: {
    de: 'Ohne Antwort fragen wir noch einmal nach.',
    en: 'Without an answer we shall ask again.',
    leicht: 'Wenn Sie nichts schreiben, fragen wir noch einmal.',
  },
};
export const SILENCE_KINDS = ['zustimmung', 'keine-bedenken', 'unbeachtlich', 'keine'] as const satisfies readonly Silence[];

/** What silence has become, in a word, for officers. */
export const SILENCE_WORDS: Readonly<Record<Silence, LangText>> = {
  zustimmung: { de: 'Schweigen: Zustimmung', en: 'Silence: consent', leicht: 'Schweigen: Zustimmung' },
  'keine-bedenken': { de: 'Schweigen: keine Bedenken', en: 'Silence: no objection', leicht: 'Schweigen: keine Bedenken' },
  unbeachtlich: { de: 'Schweigen: unbeachtlich', en: 'Silence: may be disregarded', leicht: 'Schweigen: unbeachtlich' },
  keine: { de: 'Keine Antwort', en: 'No answer', leicht: 'Keine Antwort' },
};

export const CONSULTEES: Readonly<Record<ConsulteeKind, LangText>> = {
  behoerde: { de: 'Behörde', en: 'Authority', leicht: 'Amt' },
  toeb: { de: 'Träger öffentlicher Belange', en: 'Public agency', leicht: 'Öffentliche Stelle' },
  nachbar: { de: 'Nachbarschaft', en: 'Neighbour', leicht: 'Nachbar' },
  fachamt: { de: 'Fachamt im Haus', en: 'Office of the house', leicht: 'Anderes Amt im Haus' },
};
export const CONSULTEE_KINDS = ['behoerde', 'toeb', 'fachamt', 'nachbar'] as const satisfies readonly ConsulteeKind[];

export const CONSULTATION_STATES: Readonly<Record<Consultation['status'], LangText>> = {
  asked: { de: 'Gefragt', en: 'Asked', leicht: 'Gefragt' },
  answered: { de: 'Beantwortet', en: 'Answered', leicht: 'Beantwortet' },
  expired: { de: 'Frist abgelaufen', en: 'Period over', leicht: 'Frist abgelaufen' },
  withdrawn: { de: 'Zurückgezogen', en: 'Withdrawn', leicht: 'Zurückgezogen' },
};

/** Texts of the consultee's page and of the applicant's panel. */
export const consulteeTexts = defineTexts({
  de: {
    preline: 'Bitte um Stellungnahme',
    asked: 'Gefragt wird',
    until: 'Antwort bis',
    basis: 'Grundlage',
    question: 'Worum es geht',
    documents: 'Unterlagen',
    noDocuments: 'Zu dieser Anfrage gibt es keine Unterlagen.',
    yourAnswer: 'Ihre Antwort',
    answerLabel: 'Wie lautet Ihre Stellungnahme?',
    text: 'Begründung und Hinweise',
    textHint: 'Bei Bedenken und Bedingungen nötig, sonst freiwillig.',
    conditions: 'Vorschläge für Nebenbestimmungen',
    conditionsHint: 'Jede in einem eigenen Absatz, getrennt durch eine leere Zeile.',
    files: 'Dateien',
    filesAgain: 'Wählen Sie Ihre Dateien noch einmal aus: Der Browser behält sie nicht.',
    filesKept: 'Ohne neue Dateien bleiben die bisherigen bei Ihrer Antwort.',
    send: 'Antwort absenden',
    change: 'Antwort ändern',
    received: 'Ihre Antwort ist eingegangen',
    receivedBody: (number: string, day: string) => `Nummer ${number}, eingegangen am ${day}.`,
    mayChange: (day: string) => `Bis zum ${day} können Sie sie hier ändern.`,
    late: 'Ihre Frist ist vorbei. Sie können noch antworten; die Antwort gilt dann als verspätet.',
    over: 'Diese Beteiligung ist beendet.',
    claimTitle: 'In Ihr Konto übernehmen',
    claimBody: 'Dann finden Sie diese Anfrage unter „Meine Stellungnahmen“ und brauchen den Link nicht mehr.',
    claim: 'In mein Konto übernehmen',
    claimSignIn: 'Melden Sie sich an und öffnen Sie den Link aus der Mail noch einmal. Dann können Sie die Anfrage in Ihr Konto übernehmen.',
    privacy: 'Ihre Antwort wird Teil der Akte. Die antragstellende Person sieht sie erst, wenn die Behörde sie freigibt.',
    mine: 'Meine Stellungnahmen',
    mineLead: 'Anfragen, die Sie übernommen haben, und Ihre Stellungnahmen zu öffentlichen Auslegungen.',
    requests: 'Anfragen an mich',
    noRequests: 'Sie haben keine Anfrage übernommen. Öffnen Sie dazu den Link aus der Mail, während Sie angemeldet sind.',
    statements: 'Zu öffentlichen Auslegungen',
    noStatements: 'Sie haben noch keine Stellungnahme mit Ihrem Konto verbunden.',
    subject: 'Worum es geht',
    state: 'Stand',
    number: 'Nummer',
    receivedOn: 'Eingegangen am',
    result: 'Ergebnis',
    noResult: 'wird geprüft',
    panelTitle: 'Was andere Stellen sagen',
    panelLead: 'Die Behörde hat diese Stellungnahmen für Sie freigegeben.',
    from: 'Von',
    neighbour: 'Nachbarschaft oder Öffentlichkeit',
  },
  en: {
    preline: 'Request for comment',
    asked: 'Asked',
    until: 'Answer until',
    basis: 'Legal basis',
    question: 'What it is about',
    documents: 'Documents',
    noDocuments: 'There are no documents with this request.',
    yourAnswer: 'Your answer',
    answerLabel: 'What is your comment?',
    text: 'Reasons and remarks',
    textHint: 'Needed for objections and conditions, otherwise optional.',
    conditions: 'Proposed conditions',
    conditionsHint: 'Each in a paragraph of its own, separated by an empty line.',
    files: 'Files',
    filesAgain: 'Please choose your files again: the browser does not keep them.',
    filesKept: 'Without new files the earlier ones stay with your answer.',
    send: 'Send answer',
    change: 'Change answer',
    received: 'Your answer has arrived',
    receivedBody: (number: string, day: string) => `Number ${number}, received on ${day}.`,
    mayChange: (day: string) => `You can change it here until ${day}.`,
    late: 'Your period is over. You can still answer; the answer then counts as late.',
    over: 'This participation has ended.',
    claimTitle: 'Take it into your account',
    claimBody: 'Then you find this request under “My comments” and no longer need the link.',
    claim: 'Take it into my account',
    claimSignIn: 'Sign in and open the link of the mail again. Then you can take the request into your account.',
    privacy: 'Your answer becomes part of the file. The applicant sees it only when the authority releases it.',
    mine: 'My comments',
    mineLead: 'Requests you took over, and your comments on public displays.',
    requests: 'Requests to me',
    noRequests: 'You have taken over no request. Open the link of the mail while signed in.',
    statements: 'On public displays',
    noStatements: 'You have not tied a comment to your account yet.',
    subject: 'What it is about',
    state: 'State',
    number: 'Number',
    receivedOn: 'Received on',
    result: 'Result',
    noResult: 'being examined',
    panelTitle: 'What other authorities say',
    panelLead: 'The authority has released these comments for you.',
    from: 'From',
    neighbour: 'Neighbours or the public',
  },
  leicht: {
    preline: 'Wir fragen Sie',
    asked: 'Wir fragen',
    until: 'Bitte antworten Sie bis',
    basis: 'Gesetz',
    question: 'Darum geht es',
    documents: 'Pläne und Texte',
    noDocuments: 'Hier gibt es keine Pläne.',
    yourAnswer: 'Ihre Antwort',
    answerLabel: 'Was sagen Sie dazu?',
    text: 'Warum?',
    textHint: 'Sind Sie dagegen? Dann schreiben Sie bitte den Grund.',
    conditions: 'Welche Regeln soll es geben?',
    conditionsHint: 'Schreiben Sie jede Regel in einen eigenen Absatz.',
    files: 'Dateien',
    filesAgain: 'Bitte wählen Sie Ihre Dateien noch einmal.',
    filesKept: 'Ihre alten Dateien bleiben da, wenn Sie keine neuen schicken.',
    send: 'Abschicken',
    change: 'Antwort ändern',
    received: 'Ihre Antwort ist da',
    receivedBody: (number: string, day: string) => `Nummer ${number}, angekommen am ${day}.`,
    mayChange: (day: string) => `Sie können sie bis zum ${day} ändern.`,
    late: 'Die Zeit ist vorbei. Sie können noch antworten. Aber es ist zu spät.',
    over: 'Hier kann man nicht mehr antworten.',
    claimTitle: 'In Ihr Konto',
    claimBody: 'Dann finden Sie die Frage in Ihrem Konto. Den Link brauchen Sie nicht mehr.',
    claim: 'In mein Konto',
    claimSignIn: 'Melden Sie sich an. Öffnen Sie dann den Link noch einmal.',
    privacy: 'Das Amt liest Ihre Antwort. Die Person, die den Antrag gestellt hat, sieht sie vielleicht später.',
    mine: 'Meine Antworten',
    mineLead: 'Hier stehen Fragen an Sie. Und was Sie zu Plänen geschrieben haben.',
    requests: 'Fragen an mich',
    noRequests: 'Es gibt keine Frage an Sie.',
    statements: 'Zu Plänen der Stadt',
    noStatements: 'Sie haben noch nichts geschrieben.',
    subject: 'Darum geht es',
    state: 'Stand',
    number: 'Nummer',
    receivedOn: 'Angekommen am',
    result: 'Antwort',
    noResult: 'wird geprüft',
    panelTitle: 'Das sagen andere Ämter',
    panelLead: 'Das Amt zeigt Ihnen, was andere gesagt haben.',
    from: 'Von',
    neighbour: 'Nachbarn oder andere Menschen',
  },
});
