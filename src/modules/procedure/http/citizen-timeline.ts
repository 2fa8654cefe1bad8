import { formatDate } from '../../../platform/ui/formats.ts';
import { defineTexts, type Lang } from '../../../platform/ui/html.ts';
import type { EventKind, StoredEvent } from '../domain/events.ts';

const texts = defineTexts({
  de: {
    submitted: 'Sie haben den Antrag eingereicht.',
    submittedJointly: 'Der gemeinsame Antrag ist eingereicht; alle haben ihn mitgezeichnet.',
    objectedByOne: 'Eine der antragstellenden Personen hat Widerspruch eingelegt.',
    withdrawnByOne: 'Eine der antragstellenden Personen hat ihren Antrag zurückgenommen. Für die anderen geht es weiter.',
    handed: 'Ein Mensch prüft Ihren Antrag.',
    complete: (day: string) => `Die Unterlagen sind seit ${day} vollständig. Von da an läuft die Zeit.`,
    requested: (day: string) => `Wir haben Unterlagen nachgefordert, Frist bis ${day}.`,
    answered: 'Sie haben etwas nachgereicht.',
    expired: 'Die Frist zum Nachreichen ist abgelaufen.',
    hearing: (day: string) => `Sie können sich äußern, Frist bis ${day}.`,
    heard: 'Sie haben sich geäußert.',
    hearingOver: 'Die Frist zur Äußerung ist abgelaufen.',
    suspended: 'Das Verfahren ruht.',
    resumed: 'Das Verfahren geht weiter. Die Zeit dazwischen zählt nicht.',
    extended: 'Wir brauchen mehr Zeit und haben Ihnen den Grund geschrieben.',
    decided: 'Wir haben entschieden.',
    automated: 'Der Antrag wurde vollautomatisch entschieden.',
    deemed: (day: string) => `Die Frist ist abgelaufen. Die Genehmigung gilt seit ${day} als erteilt.`,
    certificate: 'Sie haben eine Bescheinigung verlangt. Sie kommt in Ihr Postfach.',
    late: 'Wir haben die Frist nicht eingehalten. Die Leitung des Amtes weiß davon.',
    delivered: (day: string) => `Der Bescheid ist zugestellt und gilt am ${day} als bekannt gegeben.`,
    objected: 'Sie haben Widerspruch eingelegt.',
    final: 'Der Bescheid ist bestandskräftig.',
    withdrawn: 'Sie haben den Antrag zurückgenommen.',
    transferred: 'Ein anderes Amt ist zuständig und bearbeitet den Antrag weiter.',
    withHelp: 'Jemand von den Digitallotsen hat dabei mitgeschrieben.',
    submittedBy: (who: string) => `${who} hat den Antrag eingereicht.`,
    answeredBy: (who: string) => `${who} hat etwas nachgereicht.`,
    heardBy: (who: string) => `${who} hat sich geäußert.`,
    certificateBy: (who: string) => `${who} hat eine Bescheinigung verlangt.`,
    objectedBy: (who: string) => `${who} hat Widerspruch eingelegt.`,
    withdrawnBy: (who: string) => `${who} hat den Antrag zurückgenommen.`,
    newVersion: 'Die Leistung hat neue Regeln. Ihr Antrag läuft nach ihnen weiter.',
  },
  en: {
    submitted: 'You submitted the application.',
    submittedJointly: 'The joint application was submitted; everybody signed it.',
    objectedByOne: 'One of the applicants filed an objection.',
    withdrawnByOne: 'One of the applicants withdrew. The procedure goes on for the others.',
    handed: 'A person is looking at your application.',
    complete: (day: string) => `The documents have been complete since ${day}. The time runs from then on.`,
    requested: (day: string) => `We asked for documents, deadline ${day}.`,
    answered: 'You handed something in.',
    expired: 'The deadline for handing in has passed.',
    hearing: (day: string) => `You may comment until ${day}.`,
    heard: 'You commented.',
    hearingOver: 'The deadline for comments has passed.',
    suspended: 'The procedure is suspended.',
    resumed: 'The procedure goes on. The time in between does not count.',
    extended: 'We need more time and wrote you why.',
    decided: 'We have decided.',
    automated: 'The application was decided fully automatically.',
    deemed: (day: string) => `The period has passed. The permit has counted as given since ${day}.`,
    certificate: 'You asked for a certificate. It comes to your Postfach.',
    late: 'We missed the deadline. The head of the office knows.',
    delivered: (day: string) => `The decision was delivered and counts as made known on ${day}.`,
    objected: 'You filed an objection.',
    final: 'The decision is final.',
    withdrawn: 'You withdrew the application.',
    transferred: 'Another office is responsible and goes on with the application.',
    withHelp: 'A digital guide typed some of it with you.',
    submittedBy: (who: string) => `${who} submitted the application.`,
    answeredBy: (who: string) => `${who} handed something in.`,
    heardBy: (who: string) => `${who} commented.`,
    certificateBy: (who: string) => `${who} asked for a certificate.`,
    objectedBy: (who: string) => `${who} filed an objection.`,
    withdrawnBy: (who: string) => `${who} withdrew the application.`,
    newVersion: 'The service has new rules. Your application goes on under them.',
  },
  leicht: {
    submitted: 'Sie haben den Antrag abgeschickt.',
    submittedJointly: 'Der Antrag ist abgeschickt. Alle haben ja gesagt.',
    objectedByOne: 'Einer von Ihnen hat Widerspruch eingelegt.',
    withdrawnByOne: 'Einer von Ihnen hat den Antrag zurück genommen. Für die anderen geht es weiter.',
    handed: 'Ein Mensch prüft Ihren Antrag.',
    complete: (day: string) => `Alles ist da seit ${day}.`,
    requested: (day: string) => `Es fehlt etwas. Schicken Sie es bis ${day}.`,
    answered: 'Sie haben etwas geschickt.',
    expired: 'Die Zeit dafür ist vorbei.',
    hearing: (day: string) => `Sagen Sie Ihre Meinung bis ${day}.`,
    heard: 'Sie haben Ihre Meinung gesagt.',
    hearingOver: 'Die Zeit dafür ist vorbei.',
    suspended: 'Wir machen eine Pause.',
    resumed: 'Es geht weiter.',
    extended: 'Es dauert länger. Wir haben Ihnen geschrieben, warum.',
    decided: 'Wir haben entschieden.',
    automated: 'Ein Computer hat entschieden.',
    deemed: (day: string) => `Die Zeit ist vorbei. Sie haben die Erlaubnis seit ${day}.`,
    certificate: 'Sie wollen eine Bescheinigung. Sie kommt in Ihr Post-Fach.',
    late: 'Wir sind zu spät. Der Chef weiß das.',
    delivered: (day: string) => `Der Bescheid ist da. Er gilt ab ${day}.`,
    objected: 'Sie haben Widerspruch eingelegt.',
    final: 'Alles ist fertig.',
    withdrawn: 'Sie haben den Antrag zurück genommen.',
    transferred: 'Ein anderes Amt macht weiter.',
    withHelp: 'Ein Lotse hat Ihnen beim Schreiben geholfen.',
    submittedBy: (who: string) => `${who} hat den Antrag abgeschickt.`,
    answeredBy: (who: string) => `${who} hat etwas geschickt.`,
    heardBy: (who: string) => `${who} hat die Meinung gesagt.`,
    certificateBy: (who: string) => `${who} will eine Bescheinigung.`,
    objectedBy: (who: string) => `${who} hat Widerspruch eingelegt.`,
    withdrawnBy: (who: string) => `${who} hat den Antrag zurück genommen.`,
    newVersion: 'Es gibt neue Regeln. Sie gelten auch für Sie.',
  },
});

const dayIn = (lang: Lang, text: string): string => formatDate(lang, Temporal.PlainDate.from(text));

/** What an event means where several applied; `undefined` for what reads the same to everybody. */
function jointSentence(event: StoredEvent, lang: Lang): string | undefined {
  const t = texts(lang);
  if (event.kind === 'antrag-eingereicht' && event.facts.coApplicants !== undefined) return t.submittedJointly;
  if (event.kind === 'widerspruch-eingelegt' && event.facts.accountId !== undefined) return t.objectedByOne;
  return undefined;
}

/** What the applicant does, or somebody for them. */
const DEEDS: { readonly [K in EventKind]?: 'submitted' | 'answered' | 'heard' | 'certificate' | 'objected' | 'withdrawn' } = {
  'antrag-eingereicht': 'submitted',
  'nachforderung-beantwortet': 'answered',
  'anhoerung-beantwortet': 'heard',
  'bescheinigung-verlangt': 'certificate',
  'widerspruch-eingelegt': 'objected',
  zurueckgenommen: 'withdrawn',
};

/**
 * What an event means to the applicant; `undefined` for what is internal to the authority.
 * @param who did it, where that is not the reader
 */
export function eventSentence(event: StoredEvent, lang: Lang, who?: string): string | undefined {
  if (event.kind === 'fuer-sich-zurueckgenommen') return texts(lang).withdrawnByOne;
  const sentence = (who === undefined ? jointSentence(event, lang) : undefined) ?? sentenceOf(event, lang, who);
  return event.kind === 'antrag-eingereicht' && event.facts.helped !== undefined ? `${sentence} ${texts(lang).withHelp}` : sentence;
}

function sentenceOf(event: Exclude<StoredEvent, { kind: 'fuer-sich-zurueckgenommen' }>, lang: Lang, who: string | undefined): string | undefined {
  const t = texts(lang);
  const deed = DEEDS[event.kind];
  if (deed !== undefined) return who === undefined ? t[deed] : t[`${deed}By`](who);
  switch (event.kind) {
    case 'an-person-gegeben':
      return t.handed;
    case 'vollstaendig':
      return t.complete(dayIn(lang, event.facts.completeOn));
    case 'nachforderung-gestellt':
      return t.requested(dayIn(lang, event.facts.dueOn));
    case 'nachforderung-abgelaufen':
      return t.expired;
    case 'anhoerung-eingeleitet':
      return t.hearing(dayIn(lang, event.facts.dueOn));
    case 'anhoerung-abgelaufen':
      return t.hearingOver;
    case 'frist-ausgesetzt':
      return t.suspended;
    case 'frist-fortgesetzt':
      return t.resumed;
    case 'frist-verlaengert':
      return t.extended;
    case 'bescheid-erlassen':
      return event.facts.automated ? t.automated : t.decided;
    case 'genehmigung-fingiert':
      return t.deemed(dayIn(lang, event.facts.since));
    case 'frist-gewarnt':
      return event.facts.stage === 'nachher' ? t.late : undefined;
    case 'bescheid-bekanntgegeben':
      return t.delivered(dayIn(lang, event.facts.bekanntgabeOn));
    case 'bestandskraeftig':
      return t.final;
    case 'fassung-gewechselt':
      return t.newVersion;
    case 'abgegeben':
      return t.transferred;
    case 'von-amts-wegen-begonnen':
    case 'akte-uebernommen':
    case 'unterlage-aufgenommen':
    case 'schritt-vollzogen':
    case 'pruefschritte-abgehakt':
    case 'entscheidung-entworfen':
    case 'freigabe-erbeten':
    case 'entwurf-zurueckgegeben':
    case 'bescheid-versiegelt':
    case 'vermerkt':
    case 'zugewiesen':
    case 'wiedervorlage-gesetzt':
    // told above
    case 'antrag-eingereicht':
    case 'nachforderung-beantwortet':
    case 'anhoerung-beantwortet':
    case 'bescheinigung-verlangt':
    case 'widerspruch-eingelegt':
    case 'zurueckgenommen':
      return undefined;
  }
}
