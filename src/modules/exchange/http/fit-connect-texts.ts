import { defineTexts } from '../../../platform/ui/html.ts';

const de = {
  title: 'Datenaustausch: FIT-Connect',
  lead: 'Was andere Häuser einreichen und was die Stadt sendet. Ohne Daten von Personen.',
  administration: 'Verwaltung',
  demo: 'Demo: Dieser Zustelldienst gehört zu Kontor und stellt niemandem zu',
  demoBody: 'Er spricht wie FIT-Connect, mit eigenen Schlüsseln. Beim Neustart vergisst er alles, was noch nicht abgeholt ist.',
  opening: 'Die Schlüssel der Demo entstehen noch. Laden Sie die Seite in einer Minute neu.',
  notSetUp: 'FIT-Connect ist nicht eingerichtet. Wie das geht, steht in docs/how-to/fit-connect.md.',
  doing: 'Was Sie tun können',
  pickUp: 'Jetzt abholen',
  pickedUp: 'Abgeholt, was wartete.',
  exampleService: 'Beispiel für welche Leistung?',
  sendExample: 'Beispiel einreichen',
  exampleSent: 'Das Beispiel ist unterwegs. In wenigen Sekunden liegt es im Eingang der zuständigen Behörde.',
  received: 'Empfangen',
  sent: 'Gesendet',
  replies: 'Schreiben an Onlinedienste',
  repliesTitle: 'Antworten über FIT-Connect',
  repliesLead: 'Der Onlinedienst wollte Schreiben auf diesem Weg. Sie gehen zusätzlich zur Post; für die Bekanntgabe zählt die Post.',
  letter: 'Schreiben',
  case: 'Vorgang',
  refused: 'Ereignisse, denen nicht geglaubt wurde',
  submission: 'Einreichung',
  service: 'Leistung',
  destination: 'Zustellpunkt',
  state: 'Stand',
  problems: 'Beanstandet',
  reason: 'Grund',
  when: 'Wann',
  answered: 'Beantwortet',
  notYet: 'noch nicht',
  none: 'Noch nichts.',
};

/** Words of the page about FIT-Connect. */
export const fitConnectTexts = defineTexts({
  de,
  en: {
    title: 'Data exchange: FIT-Connect',
    lead: 'What other houses submit and what the city sends. Without personal data.',
    administration: 'Administration',
    demo: 'Demo: this delivery service belongs to Kontor and delivers to nobody',
    demoBody: 'It speaks like FIT-Connect, with keys of its own. At a restart it forgets what has not been fetched.',
    opening: 'The keys of the demo are being made. Reload the page in a minute.',
    notSetUp: 'FIT-Connect is not set up. docs/how-to/fit-connect.md says how.',
    doing: 'What you can do',
    pickUp: 'Fetch now',
    pickedUp: 'What was waiting has been fetched.',
    exampleService: 'An example for which service?',
    sendExample: 'Submit the example',
    exampleSent: 'The example is on its way. In a few seconds it is in the inbox of the responsible authority.',
    received: 'Received',
    sent: 'Sent',
    replies: 'Letters to online services',
    repliesTitle: 'Answers through FIT-Connect',
    repliesLead: 'The online service asked for letters this way. They go in addition to the post; the post counts for the Bekanntgabe.',
    letter: 'Letter',
    case: 'Case',
    refused: 'Events that were not believed',
    submission: 'Submission',
    service: 'Service',
    destination: 'Destination',
    state: 'State',
    problems: 'Complaints',
    reason: 'Reason',
    when: 'When',
    answered: 'Answered',
    notYet: 'not yet',
    none: 'Nothing yet.',
  },
  leicht: {
    ...de,
    lead: 'Andere Ämter schicken uns Anträge. Hier sehen Sie, was ankam und was wir geschickt haben.',
    demo: 'Das ist eine Übung. Es wird nichts wirklich verschickt.',
  },
});

const states = {
  accepted: 'angenommen',
  rejected: 'zurückgewiesen',
  prepared: 'wird gesendet',
  submitted: 'eingereicht',
  forwarded: 'weitergeleitet',
  deleted: 'gelöscht',
  failed: 'gescheitert',
  'by-post': 'nur mit der Post',
};
export const stateTexts = defineTexts({
  de: states,
  en: {
    accepted: 'accepted',
    rejected: 'rejected',
    prepared: 'being sent',
    submitted: 'submitted',
    forwarded: 'forwarded',
    deleted: 'deleted',
    failed: 'failed',
    'by-post': 'by post only',
  },
  leicht: states,
});

const reasons = {
  'other-standard': 'Der Onlinedienst liest unsere Antworten nicht',
  'unfit-key': 'Der Schlüssel des Onlinedienstes entspricht den Vorgaben nicht',
  forgotten: 'Der Zustelldienst hat die Ankündigung verloren',
};
/** Why a letter did not go back, where it is one of ours. */
export const reasonTexts = defineTexts({
  de: reasons,
  en: {
    'other-standard': 'The online service does not read our replies',
    'unfit-key': 'The key of the online service does not meet the requirements',
    forgotten: 'The delivery service lost the announcement',
  },
  leicht: reasons,
});

const letters = {
  'antrag-eingereicht': 'Eingangsbestätigung',
  'nachforderung-gestellt': 'Nachforderung',
  'anhoerung-eingeleitet': 'Anhörung',
  'frist-verlaengert': 'Verlängerung der Frist',
  'widerspruch-eingelegt': 'Eingang des Widerspruchs',
  'bescheinigung-verlangt': 'Bescheinigung der Fiktion',
  bescheid: 'Bescheid',
};
/** What a letter is, by the first part of its key. */
export const letterTexts = defineTexts({
  de: letters,
  en: {
    'antrag-eingereicht': 'Receipt',
    'nachforderung-gestellt': 'Request for documents',
    'anhoerung-eingeleitet': 'Hearing',
    'frist-verlaengert': 'Extension of the period',
    'widerspruch-eingelegt': 'Receipt of the objection',
    'bescheinigung-verlangt': 'Certificate of deemed approval',
    bescheid: 'Decision',
  },
  leicht: letters,
});
