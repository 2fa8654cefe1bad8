import type { Words } from './words.ts';

/** A page of the city that people look for by what they want to do there. */
export interface CityPage {
  readonly key: string;
  readonly path: string;
  readonly name: Words;
  readonly summary: Words;
  /** What people call it. */
  readonly words: readonly string[];
}

const page = (key: string, path: string, name: Words, summary: Words, words: readonly string[]): CityPage => ({ key, path, name, summary, words });
const in3 = (de: string, en: string, leicht: string): Words => ({ de, en, leicht });

/** Pages on what one has applied for, by key, and how much the word «Antrag» in a query speaks for them. */
export const ABOUT_AN_APPLICATION: Readonly<Record<string, number>> = { status: 0.1, applications: 0.05 };

/** Pages that the search finds and that steps of a situation may lead to. Those that a city does not have are left out. */
export const CITY_PAGES: readonly CityPage[] = [
  page(
    'status',
    '/status',
    in3('Stand eines Antrags', 'Status of an application', 'Wie weit ist mein Antrag?'),
    in3('Mit Aktenzeichen und Code, ohne Anmeldung.', 'With file number and code, without signing in.', 'Sie brauchen Ihre Nummer und den Code.'),
    ['Stand', 'Status', 'Bearbeitungsstand', 'wie weit ist mein Antrag', 'Aktenzeichen', 'Sachstand', 'Antrag verfolgen', 'track application'],
  ),
  page(
    'applications',
    '/antraege',
    in3('Meine Anträge', 'My applications', 'Meine Anträge'),
    in3('Was Sie begonnen und gestellt haben.', 'What you have begun and sent.', 'Hier sehen Sie Ihre Anträge.'),
    ['meine Anträge', 'Entwurf fortsetzen', 'Unterlagen nachreichen', 'Widerspruch einlegen', 'my applications'],
  ),
  page(
    'mailbox',
    '/postfach',
    in3('Postfach', 'Mailbox', 'Postfach'),
    in3('Briefe und Bescheide der Stadt.', 'Letters and decisions of the city.', 'Hier sind Briefe von der Stadt.'),
    ['Postfach', 'Nachrichten', 'Bescheid lesen', 'Briefe', 'mailbox', 'letters'],
  ),
  page(
    'account',
    '/konto',
    in3('Servicekonto', 'Service account', 'Service-Konto'),
    in3('Ihre Angaben, Passwort, Vollmachten, Löschen.', 'Your details, password, powers of attorney, deletion.', 'Hier ändern Sie Ihr Konto.'),
    ['Servicekonto', 'Konto', 'Passwort ändern', 'Vollmacht', 'E-Mail ändern', 'Konto löschen', 'Passkey', 'account', 'password'],
  ),
  page(
    'register',
    '/registrieren',
    in3('Servicekonto einrichten', 'Set up a service account', 'Ein Konto machen'),
    in3('In wenigen Minuten, mit E-Mail oder Passkey.', 'In a few minutes, by e-mail or passkey.', 'Das dauert nur wenige Minuten.'),
    ['registrieren', 'Konto einrichten', 'Konto anlegen', 'neues Konto', 'sign up', 'create account'],
  ),
  page(
    'online-id',
    '/online-ausweis',
    in3('Hilfe zum Online-Ausweis', 'Help with the Online-Ausweis', 'Hilfe beim Online-Ausweis'),
    in3(
      'In höchstens sechs Fragen zum nächsten Schritt.',
      'At most six questions to the next step.',
      'Wir fragen. Sie antworten. Dann wissen Sie, was Sie tun.',
    ),
    ['Online-Ausweis', 'Personalausweis online', 'eID', 'PIN vergessen', 'Transport-PIN', 'AusweisApp', 'Ausweis freischalten', 'online identification'],
  ),
  page(
    'help',
    '/hilfe-vor-ort',
    in3('Hilfe vor Ort und Termine', 'Help on the spot and appointments', 'Hilfe von Menschen und Termine'),
    in3(
      'Digitallotsen in Ihrer Nähe, mit Wartezeit und Termin.',
      'Guides near you, with waiting time and appointment.',
      'Menschen helfen Ihnen. Sie können einen Termin machen.',
    ),
    ['Termin', 'Terminvereinbarung', 'Digitallotse', 'Hilfe', 'Beratung', 'vor Ort', 'Kundenzentrum', 'appointment', 'help'],
  ),
  page(
    'waiting',
    '/wartezeiten',
    in3('Wartezeiten', 'Waiting times', 'Wie lange dauert es?'),
    in3('Wie lange Anträge zurzeit dauern, gemessen.', 'How long applications take at present, measured.', 'So lange dauern Anträge.'),
    ['Wartezeiten', 'Bearbeitungszeit', 'wie lange dauert', 'Dauer', 'waiting time', 'processing time'],
  ),
  page(
    'services',
    '/leistungen',
    in3('Alle Leistungen', 'All services', 'Alle Anträge'),
    in3('Alles, was Sie online beantragen können.', 'Everything you can apply for online.', 'Das können Sie im Internet beantragen.'),
    ['alle Leistungen', 'Leistungen von A bis Z', 'Übersicht', 'all services'],
  ),
  page(
    'finder',
    '/finden',
    in3('In eigenen Worten fragen', 'Ask in your own words', 'Mit eigenen Worten fragen'),
    in3(
      'Sie schreiben, was Sie vorhaben. Wir nennen Leistungen dazu.',
      'You write what you plan. We name services for it.',
      'Schreiben Sie, was Sie machen wollen.',
    ),
    ['Frage stellen', 'Leistungsfinder', 'Auskunft', 'ask a question'],
  ),
  page(
    'participation',
    '/beteiligung',
    in3('Mitreden: was gerade ausliegt', 'Have your say: what is on display', 'Mitreden'),
    in3('Beteiligungen, zu denen Sie etwas sagen können.', 'Participations you can comment on.', 'Hier können Sie Ihre Meinung sagen.'),
    ['Beteiligung', 'mitreden', 'Bürgerbeteiligung', 'öffentliche Auslegung', 'Stellungnahme', 'participation'],
  ),
  page(
    'plans',
    '/plaene',
    in3('Pläne auf der Karte', 'Plans on the map', 'Pläne auf der Karte'),
    in3('Bebauungspläne, die gelten oder entstehen.', 'Development plans in force or in the making.', 'Hier sehen Sie, was man wo bauen darf.'),
    ['Bebauungsplan ansehen', 'Planportal', 'Pläne', 'Karte Bebauungsplan', 'development plans map'],
  ),
  page(
    'city-data',
    '/zwilling',
    in3('Stadtdaten und Karte', 'City data and map', 'Stadt in Zahlen'),
    in3('Messwerte, Gebäude und Karten der Stadt.', 'Measurements, buildings and maps of the city.', 'Hier sind Karten und Zahlen.'),
    ['Stadtdaten', 'digitaler Zwilling', 'Karte', 'Messwerte', 'offene Daten', 'open data', 'city data'],
  ),
  page(
    'warnings',
    '/lage',
    in3('Warnungen und Lage', 'Warnings', 'Warnungen'),
    in3('Amtliche Warnungen, die jetzt gelten.', 'Official warnings in force now.', 'Hier sind Warnungen.'),
    ['Warnung', 'Sturmflut', 'Hochwasser', 'Katastrophe', 'Unwetter', 'Notfall', 'warning', 'flood'],
  ),
  page(
    'payments',
    '/zahlungen',
    in3('Zahlungen', 'Payments', 'Bezahlen'),
    in3('Gebühren bezahlen und Belege finden.', 'Pay fees and find receipts.', 'Hier bezahlen Sie.'),
    ['Gebühr bezahlen', 'Zahlung', 'Rechnung', 'Beleg', 'Quittung', 'pay fee'],
  ),
  page(
    'deadlines',
    '/fristen',
    in3('Fristenrechner', 'Deadline calculator', 'Fristen ausrechnen'),
    in3('Bis wann Widerspruch und andere Fristen laufen.', 'Until when objections and other deadlines run.', 'Hier rechnen Sie Fristen aus.'),
    ['Fristenrechner', 'Widerspruchsfrist', 'Frist berechnen', 'deadline'],
  ),
  page(
    'check',
    '/pruefen',
    in3('Bescheid prüfen', 'Check a decision', 'Bescheid prüfen'),
    in3('Ob ein Bescheid echt und unverändert ist.', 'Whether a decision is genuine and unchanged.', 'Ist der Bescheid echt?'),
    ['Bescheid prüfen', 'Siegel prüfen', 'Echtheit', 'verify decision'],
  ),
  page(
    'transparency',
    '/transparenz',
    in3('Was die Stadt zählt', 'What the city counts', 'Was wir zählen'),
    in3(
      'Wie die Leistungen genutzt werden, ohne jemanden zu beobachten.',
      'How services are used, without watching anybody.',
      'Wir zählen. Wir wissen nicht, wer Sie sind.',
    ),
    ['Transparenz', 'Nutzungszahlen', 'Statistik', 'usage figures'],
  ),
  page(
    'strategy',
    '/strategie',
    in3('Digitalstrategie', 'Digital strategy', 'Digital-Strategie'),
    in3('Ziele, Maßnahmen und Kennzahlen.', 'Goals, measures and indicators.', 'Das will die Stadt erreichen.'),
    ['Digitalstrategie', 'Strategie', 'Kennzahlen', 'digital strategy'],
  ),
];
