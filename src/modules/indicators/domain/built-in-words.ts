import type { Definition } from './definition.ts';

type Words = Pick<Definition, 'name' | 'definition' | 'confidenceReason'>;

const three = (de: string, en: string, leicht: string): Words['name'] => ({ de, en, leicht });

const EVENTS = three(
  'Jedes Ereignis steht im Journal; nichts wird von Hand gemeldet.',
  'Every event is in the journal; nothing is reported by hand.',
  'Der Computer zählt selbst. Niemand schreibt die Zahl von Hand.',
);

const CARDS = three(
  'Gezählt wird, wer sich mit der Karte angemeldet hat, nicht, wer sie nutzen könnte.',
  'It counts who signed in with the card, not who could.',
  'Wir zählen nur: Wer hat den Ausweis benutzt?',
);

/** Names, definitions and how far to trust each built-in indicator. */
export const BUILT_IN_WORDS = {
  'online-share': {
    name: three('Online-Anteil', 'Online share', 'Anträge am Computer'),
    definition: three(
      'Von allen Fällen einer Leistung der Teil, der online einging. Es zählen nur Leistungen und Monate, in denen die Ämter auch die Fälle am Schalter gezählt haben. Ohne diese Zählung ist der Anteil nicht bekannt.',
      'Of all cases of a service the part that came in online. Only services and months count for which the offices counted the cases at the counter too. Without that count the share is unknown.',
      'Wie viele Menschen stellen den Antrag am Computer? Und wie viele im Amt? Wenn das Amt nicht zählt, wissen wir es nicht.',
    ),
    confidenceReason: three(
      'Online-Fälle stehen im Journal; Fälle am Schalter zählen Menschen.',
      'Online cases are in the journal; cases at the counter are counted by people.',
      'Im Amt zählen Menschen. Dabei kann man sich verzählen.',
    ),
  },
  applications: {
    name: three('Online-Anträge', 'Online applications', 'Anträge am Computer: Anzahl'),
    definition: three(
      'Anträge, die online oder aus anderen Systemen eingegangen sind, im Monat ihres Eingangs. Auch später zurückgenommene zählen.',
      'Applications that came in online or from other systems, in the month of receipt. Those withdrawn later count too.',
      'So viele Anträge sind am Computer gekommen.',
    ),
    confidenceReason: EVENTS,
  },
  'days-median': {
    name: three('Tage bis zum Bescheid, Median', 'Days to the decision, median', 'So lange dauert es meistens'),
    definition: three(
      'Ganze Tage vom vollständigen Antrag bis zum ersten Bescheid: Die Hälfte der Fälle ging schneller oder genauso schnell. Eine Nachforderung beginnt die Zählung neu. Fälle ohne festgestellte Vollständigkeit zählen nicht.',
      'Whole days from the complete application to the first decision: half of the cases took that long or less. A request for documents begins the count anew. Cases whose completeness was never stated do not count.',
      'Alle Unterlagen sind da. Dann zählen wir die Tage bis zum Brief vom Amt. Die Hälfte der Menschen wartet höchstens so lange.',
    ),
    confidenceReason: EVENTS,
  },
  'days-p90': {
    name: three('Tage bis zum Bescheid, neun von zehn', 'Days to the decision, nine of ten', 'So lange dauert es höchstens fast immer'),
    definition: three(
      'Ganze Tage vom vollständigen Antrag bis zum ersten Bescheid, in denen neun von zehn Fällen fertig waren.',
      'Whole days from the complete application to the first decision within which nine of ten cases were done.',
      'Von 10 Menschen haben 9 den Brief in so vielen Tagen.',
    ),
    confidenceReason: EVENTS,
  },
  automation: {
    name: three('Automatisch entschieden', 'Decided automatically', 'Vom Computer entschieden'),
    definition: three(
      'Von allen ersten Bescheiden der Teil, den die Regeln allein erlassen haben (§ 35a VwVfG). Was danach kommt, etwa ein Widerspruch, ändert nichts.',
      'Of all first decisions the part that rules alone have issued (§ 35a VwVfG). What follows, such as an objection, changes nothing.',
      'So oft entscheidet der Computer allein. Das geht nur bei einfachen Fällen.',
    ),
    confidenceReason: EVENTS,
  },
  'complete-first': {
    name: three('Auf Anhieb vollständig', 'Complete at once', 'Gleich alles dabei'),
    definition: three(
      'Von allen Anträgen, die vollständig wurden, der Teil ohne Nachforderung vorher.',
      'Of all applications that became complete the part without a request for documents before.',
      'So oft war gleich alles dabei. Das Amt musste nichts nachfragen.',
    ),
    confidenceReason: EVENTS,
  },
  'requests-per-case': {
    name: three('Nachforderungen je Fall', 'Requests for documents per case', 'So oft fragt das Amt nach'),
    definition: three(
      'Nachforderungen bis zum ersten Bescheid, geteilt durch die Fälle mit einem Bescheid.',
      'Requests for documents until the first decision, divided by the cases with a decision.',
      'So oft fragt das Amt bei einem Antrag nach.',
    ),
    confidenceReason: EVENTS,
  },
  'media-breaks': {
    name: three('Medienbrüche', 'Breaks of media', 'Papier und Post'),
    definition: three(
      'Von allen Fällen mit einem Bescheid der Teil, in dem etwas gedruckt oder mit der Post geschickt wurde.',
      'Of all cases with a decision the part in which something was printed or sent by post.',
      'So oft braucht es noch Papier oder Post.',
    ),
    confidenceReason: three(
      'Gezählt wird die Bekanntgabe; Post, die niemand im Verfahren vermerkt, fehlt.',
      'It counts how decisions were sent; post that nobody noted in the case is missing.',
      'Manche Briefe stehen nicht im Computer.',
    ),
  },
  satisfaction: {
    name: three('Zufriedenheit', 'Satisfaction', 'So zufrieden sind die Menschen'),
    definition: three(
      'Mittel der Noten von 1 (schlecht) bis 5 (gut) auf die eine Frage nach dem Bescheid.',
      'Mean of the marks from 1 (bad) to 5 (good) given to the one question after the decision.',
      'Nach dem Brief fragen wir: Waren Sie zufrieden? 5 ist gut. 1 ist schlecht.',
    ),
    confidenceReason: three('Nur wenige antworten, und nicht zufällig.', 'Few answer, and not at random.', 'Nur wenige Menschen antworten.'),
  },
  accounts: {
    name: three('Servicekonten', 'Service accounts', 'Konten'),
    definition: three(
      'Konten von Personen, die eingerichtet und nicht gelöscht sind. Konten von Organisationen zählen nicht. Gezeigt werden ganze Zehner.',
      'Accounts of persons that were set up and not deleted. Accounts of organisations do not count. Whole tens are shown.',
      'So viele Menschen haben ein Konto.',
    ),
    confidenceReason: EVENTS,
  },
  'eid-activation': {
    name: three('Konten mit Online-Ausweis', 'Accounts with an eID', 'Konten mit Online-Ausweis'),
    definition: three(
      'Von allen Servicekonten der Teil, der schon einmal mit dem Online-Ausweis geöffnet wurde.',
      'Of all service accounts the part that was opened with an eID at least once.',
      'So viele Menschen haben ihren Online-Ausweis schon benutzt.',
    ),
    confidenceReason: CARDS,
  },
  'assistant-use': {
    name: three('Antworten des Text-Assistenten', 'Answers of the text assistant', 'So oft hilft der Text-Assistent'),
    definition: three(
      'Fertige Antworten der Sprachmodelle an Beschäftigte und im Suchen nach Leistungen. Abgebrochene zählen nicht.',
      'Finished answers of language models to staff and in finding services. Broken ones do not count.',
      'So oft hat der Computer einen Text geschrieben.',
    ),
    confidenceReason: EVENTS,
  },
  'assistant-acceptance': {
    name: three('Übernommene Vorschläge', 'Proposals taken', 'Vorschläge vom Computer'),
    definition: three(
      'Von allen Vorschlägen des Assistenten, über die jemand entschieden hat, der Teil, der so oder verändert übernommen wurde.',
      'Of all proposals of the assistant that somebody settled the part that was taken, as it was or changed.',
      'Der Computer macht Vorschläge. So oft nehmen die Menschen im Amt sie an.',
    ),
    confidenceReason: EVENTS,
  },
  consultations: {
    name: three('Beratungen der Digitallotsen', 'Consultations of the digital guides', 'So oft haben Lotsen geholfen'),
    definition: three(
      'Beratungen vor Ort und am Telefon, wie die Lotsinnen und Lotsen sie zählen, in ganzen Zehnern. Was noch kein Zehner ist, zählt erst im Monat, in dem er voll wird.',
      'Consultations on the spot and by phone as the guides count them, in whole tens. What is no ten yet counts in the month in which it is full.',
      'So oft hat ein Lotse jemandem geholfen. Wir zählen immer 10 zusammen.',
    ),
    confidenceReason: three(
      'Menschen zählen sie mit einem Tastendruck; vergessene fehlen.',
      'People count them with one keystroke; forgotten ones are missing.',
      'Menschen zählen. Manchmal vergessen sie etwas.',
    ),
  },
  exercises: {
    name: three('Übungen der Krisenstäbe', 'Exercises of the crisis staffs', 'Übungen für den Notfall'),
    definition: three('Lagen, die als Übung eröffnet wurden.', 'Situations that were opened as an exercise.', 'So oft hat die Stadt für den Notfall geübt.'),
    confidenceReason: EVENTS,
  },
  'sensor-freshness': {
    name: three('Frische Sensordaten', 'Fresh sensor data', 'Neue Messwerte'),
    definition: three(
      'Von allen Datenströmen von Sensoren der Teil, dessen letzter Messwert so frisch ist, wie er sein soll; einmal am Tag aufgenommen.',
      'Of all data streams of sensors the part whose last value is as fresh as it should be; taken once a day.',
      'So viele Mess-Geräte haben heute gemessen.',
    ),
    confidenceReason: EVENTS,
  },
  'open-data': {
    name: three('Offene Datensätze', 'Open data sets', 'Offene Daten'),
    definition: three(
      'Datensätze, die jeder lesen darf; einmal am Tag aufgenommen.',
      'Data sets that anybody may read; taken once a day.',
      'So viele Daten darf jeder lesen.',
    ),
    confidenceReason: EVENTS,
  },
} as const satisfies Readonly<Record<string, Words>>;

export type BuiltInKey = keyof typeof BUILT_IN_WORDS;
