import type { LangText } from '../../../platform/ui/html.ts';
import type { StoredColumn } from '../domain/kept.ts';

const said = (de: string, en: string, leicht: string): LangText => ({ de, en, leicht });

const MONTH = said('Monat, nicht der Tag', 'Month, not the day', 'Der Monat. Nicht der Tag.');
const SERVICE = said('Schlüssel der Leistung', 'Key of the service', 'Welcher Antrag');
const TENS = said('Anzahl in vollen Zehnern', 'Count in whole tens', 'Die Zahl. Immer volle Zehner.');
const ID = said('Nummer der Zeile', 'Number of the row', 'Nummer der Zeile');
const BY = said(
  'Wer es eingetragen hat (Beschäftigte der Stadt)',
  'Who entered it (staff of the city)',
  'Wer es eingetragen hat. Die Person arbeitet für die Stadt.',
);
const AT = said('Wann es eingetragen wurde', 'When it was entered', 'Wann es eingetragen wurde');
const FROM = said('Erster Tag', 'First day', 'Erster Tag');
const UNTIL = said('Letzter Tag', 'Last day', 'Letzter Tag');
const CHANNEL = said('Weg: Schalter, Telefon oder Post', 'Way: counter, phone or post', 'Schalter, Telefon oder Post');

const VERDICT = said('Ob es zählt, oder nach welcher Regel nicht', 'Whether it counts, or by which rule it does not', 'Zählt es? Wenn nein: warum nicht?');
const DAY = said('Tag, ohne Uhrzeit', 'Day, without the time', 'Der Tag. Ohne Uhrzeit.');
const THING = said(
  'Wonach unterschieden ist: immer nur nach einer Sache',
  'What it is told apart by: always by one thing only',
  'Wonach wir zählen. Immer nur nach einer Sache.',
);
const KEY = said('Ort, Anlass, Länge oder Sprache', 'Place, reason, length or language', 'Ort, Grund, Länge oder Sprache');

/** What every column is for: of this module without its schema. A test compares the keys with the database: none is missing, none is left over. */
export const COLUMN_TEXTS: Readonly<Record<string, LangText>> = {
  'counting_list.staff_id': said(
    'Wer diese Liste hat (Beschäftigte der Stadt)',
    'Who has this list (staff of the city)',
    'Wer diese Liste hat. Die Person arbeitet für die Stadt.',
  ),
  'counting_list.slot': said('Platz in der Liste, und damit die Taste', 'Place in the list, and so the key', 'Welcher Platz und welche Taste'),
  'counting_list.service': SERVICE,
  'cell.day': DAY,
  'cell.step': said('Schritt, etwa: Antrag begonnen', 'Step, such as: application begun', 'Welcher Schritt'),
  'cell.subject': said('Leistung oder Seite, um die es geht', 'Service or page it is about', 'Welcher Antrag oder welche Seite'),
  'cell.dimension': said(
    'Wonach die Zahl unterschieden ist: immer nur nach einer Sache',
    'What the count is told apart by: always by one thing only',
    'Wonach wir zählen. Immer nur nach einer Sache.',
  ),
  'cell.value': said(
    'Der Wert dazu, etwa: Handy; oder eine Seite, ein Feld (nie sein Inhalt), ein Link einer Kampagne',
    'The value, such as: phone; or a page, a field (never its content), a link of a campaign',
    'Zum Beispiel: Handy. Oder ein Feld. Nie das, was Sie geschrieben haben.',
  ),
  'cell.count': TENS,
  'writer.id': said('Zufallsnummer eines Programmlaufs', 'Random number of a run of the program', 'Nummer von unserem Programm'),
  'writer.batch': said('Wie oft dieser Lauf geschrieben hat', 'How often this run has written', 'Wie oft das Programm geschrieben hat'),
  'writer.day': said('Tag, danach wird die Zeile gelöscht', 'Day, after which the row is deleted', 'Der Tag. Danach löschen wir die Zeile.'),
  'counter_cases.month': MONTH,
  'counter_cases.service': SERVICE,
  'counter_cases.channel': CHANNEL,
  'counter_cases.count': TENS,
  'strokes.service': SERVICE,
  'strokes.channel': CHANNEL,
  'strokes.waiting': said(
    'Fälle, die am Schalter gezählt sind und auf ihren Zehner warten; ohne Tag und ohne Person',
    'Cases counted at a counter that wait for their ten; without a day and without a person',
    'Anträge, die auf den vollen Zehner warten. Ohne Tag. Ohne Person.',
  ),
  'case_month.month': said('Monat, nach dessen Beginn gerechnet wurde', 'Month after whose beginning it was reckoned', 'Der Monat'),
  'case_month.reckoned_at': said('Wann gerechnet wurde', 'When it was reckoned', 'Wann wir gerechnet haben'),
  'case_figure.month': MONTH,
  'case_figure.service': SERVICE,
  'case_figure.measure': said(
    'Was gezählt ist: eingereicht, eingereicht in Monaten mit Zählung am Schalter, entschieden, liegen geblieben',
    'What is counted: submitted, submitted in months with a count at the counter, decided, given up',
    'Abgeschickt, entschieden oder liegen geblieben',
  ),
  'case_figure.page': said('Seite des Antrags, auf der er liegen blieb', 'Page of the form at which it was left', 'Auf welcher Seite der Antrag liegen blieb'),
  'case_figure.count': TENS,
  'rating.month': MONTH,
  'rating.service': SERVICE,
  'rating.after': said('Gefragt nach dem Bescheid oder nach dem Verwerfen', 'Asked after the decision or after discarding', 'Wann wir gefragt haben'),
  'rating.count': said('Anzahl der Bewertungen, mindestens zehn', 'Number of ratings, at least ten', 'Wie viele Antworten. Mindestens 10.'),
  'rating.sum': said('Summe der Noten', 'Sum of the scores', 'Alle Noten zusammen'),
  'rated.key': said(
    'Dass ein Vorgang bewertet ist, damit er einmal zählt: ein Prüfwert mit geheimem Schlüssel; er sagt nichts über die Note',
    'That a case has been rated, so that it counts once: a check value with a secret key; it says nothing of the score',
    'Ein geheimer Wert. Er sagt nur: Für diesen Antrag gibt es eine Antwort.',
  ),
  'words.id': said('Zufallsnummer', 'Random number', 'Zufällige Nummer'),
  'words.month': MONTH,
  'words.service': SERVICE,
  'words.text': said(
    'Was Menschen freiwillig dazugeschrieben haben; getrennt von Note und Vorgang, nach zwölf Monaten gelöscht',
    'What people wrote of their own will; apart from score and case, deleted after twelve months',
    'Was Menschen geschrieben haben. Wir löschen es nach 12 Monaten.',
  ),
  'survey.id': ID,
  'survey.about': said(
    'Wovon der Anteil spricht: Nutzungslücke, oder wer Angebote kennt oder nutzt',
    'What the share speaks of: the use gap, or who knows or uses services',
    'Wovon die Zahl spricht',
  ),
  'survey.title': said('Was gefragt wurde', 'What was asked', 'Was gefragt wurde'),
  'survey.source': said('Quelle', 'Source', 'Wer gefragt hat'),
  'survey.taken_on': said('Tag der Umfrage', 'Day of the survey', 'Tag der Umfrage'),
  'survey.sample_size': said('Zahl der Befragten', 'Number of people asked', 'Wie viele Menschen gefragt wurden'),
  'survey.share': said('Anteil, der sich ergab', 'Share that was found', 'Was herauskam'),
  'survey.entered_by': BY,
  'survey.entered_at': AT,
  'import.id': ID,
  'import.source': said('Aus welchem System die Zahlen kommen', 'Which system the figures come from', 'Woher die Zahlen kommen'),
  'import.format': said('Form der Datei', 'Form of the file', 'Welche Datei'),
  'import.first_day': FROM,
  'import.last_day': UNTIL,
  'import.sha256': said('Prüfsumme der Datei, damit sie einmal zählt', 'Checksum of the file, so that it counts once', 'Prüf-Zahl der Datei'),
  'import.entered_by': BY,
  'import.entered_at': AT,
  'imported.import_id': said('Zu welcher Datei die Zahl gehört', 'Which file the figure belongs to', 'Aus welcher Datei'),
  'imported.first_day': FROM,
  'imported.last_day': UNTIL,
  'imported.measure': said('Was gezählt wurde, etwa: Besuche', 'What was counted, such as: visits', 'Was gezählt wurde'),
  'imported.subject': said('Seite, Quelle oder Kampagne, ohne Anfrage-Teil', 'Page, source or campaign, without the query', 'Welche Seite'),
  'imported.count': said('Anzahl, mindestens zehn', 'Count, at least ten', 'Die Zahl. Mindestens 10.'),
  'outreach.follow.code': said('Kurzlink einer Kampagne', 'Short link of a campaign', 'Welcher Link'),
  'outreach.follow.day': DAY,
  'outreach.follow.verdict': VERDICT,
  'outreach.follow.n': TENS,
  'outreach.landing_opened.slug': said('Zielseite einer Kampagne', 'Landing page of a campaign', 'Welche Seite'),
  'outreach.landing_opened.step': said('Gelesen, oder weitergegangen', 'Read, or gone onward', 'Gelesen oder weiter gegangen'),
  'outreach.landing_opened.day': DAY,
  'outreach.landing_opened.verdict': VERDICT,
  'outreach.landing_opened.n': TENS,
  'outreach.shown_variant.experiment_id': said('Welcher Vergleich zweier Texte', 'Which comparison of wordings', 'Welcher Vergleich'),
  'outreach.shown_variant.variant': said('Buchstabe des Textes', 'Letter of the wording', 'Welcher Text'),
  'outreach.shown_variant.day': said('Letzter Tag, an dem der Text gezeigt wurde', 'Last day on which the wording was shown', 'Der letzte Tag'),
  'outreach.shown_variant.before_day': said('Wie oft vor diesem Tag; genau', 'How often before that day; exact', 'Wie oft vorher'),
  'outreach.shown_variant.on_day': said('Wie oft an diesem Tag; genau', 'How often on that day; exact', 'Wie oft an dem Tag'),
  'guides.consultation_month.month': MONTH,
  'guides.consultation_month.thing': THING,
  'guides.consultation_month.key': KEY,
  'guides.consultation_month.count': TENS,
  'guides.consultation_waiting.thing': THING,
  'guides.consultation_waiting.key': KEY,
  'guides.consultation_waiting.waiting': said(
    'Beratungen, die auf ihren Zehner warten; ohne Tag und ohne Person',
    'Consultations that wait for their ten; without a day and without a person',
    'Beratungen, die auf den vollen Zehner warten. Ohne Tag. Ohne Person.',
  ),
  'entrance.status_code.case_id': said('Zu welchem Vorgang der Code gehört', 'Which case the code belongs to', 'Zu welchem Antrag der Code gehört'),
  'entrance.status_code.version': said('Wievielter Code es ist', 'Number of the code', 'Der wievielte Code es ist'),
  'entrance.status_code.switched_off': said('Ob die Person ihn abgeschaltet hat', 'Whether the person has switched it off', 'Ob der Code aus ist'),
  'entrance.status_code.looks': said(
    'Wie oft mit dem Code nachgesehen wurde: das sieht die Person selbst',
    'How often somebody looked with the code: the person sees it',
    'Wie oft jemand mit dem Code geschaut hat. Sie können das sehen.',
  ),
  'entrance.status_code.last_look_at': said('Wann zuletzt', 'When last', 'Wann zuletzt'),
  'entrance.figures.kind': said('Welche Zahlen der Startseite', 'Which figures of the front page', 'Welche Zahlen'),
  'entrance.figures.computed_at': said('Wann gerechnet wurde', 'When it was reckoned', 'Wann wir gerechnet haben'),
  'entrance.figures.body': said(
    'Die Zahlen: Wartezeiten, oft gebrauchte Leistungen, was andere danach brauchten; nichts von wenigen',
    'The figures: waiting times, services often used, what others needed next; nothing of few',
    'Die Zahlen auf der Start-Seite. Nichts von wenigen Menschen.',
  ),
};

/** What a column is for; absent for one that nobody has described. */
export const meaningOf = ({ table, column }: StoredColumn): LangText | undefined => COLUMN_TEXTS[`${table.replace(/^usage\./, '')}.${column}`];
