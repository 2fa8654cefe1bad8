import type { ModelUse } from './register.ts';

const CONTACT = 'Leitstelle KI der Stadt';
const OFFICE = 'Art. 6 Abs. 1 Buchst. e DSGVO, § 4 HmbDSG';

/** A use of the city's own task that may see personal data; what it says otherwise comes after. */
export const officeUse = (use: Pick<ModelUse, 'key' | 'title' | 'purpose'> & Partial<ModelUse>): ModelUse => ({
  ...{ legalBasis: OFFICE, riskClass: 'limited', openTo: 'staff', dataClass: 'personal', contact: CONTACT, since: '2026-11-29' },
  ...use,
});

/** A question of its own that the administration asks a model to see that it answers. */
export const PROBE = 'pruefen';
/** Vectors for search. */
export const VECTORS = 'vektoren';

/** What this module itself asks of models; every other use is brought by the module that orders it. */
export const OWN_USES: readonly ModelUse[] = [
  {
    key: PROBE,
    title: { de: 'Modell prüfen', en: 'Check a model', leicht: 'Ein Modell prüfen' },
    purpose: {
      de: 'Die Verwaltung stellt einem Modell eine feste Frage und sieht, ob es antwortet.',
      en: 'The administration asks a model a fixed question and sees whether it answers.',
      leicht: 'Wir stellen dem Modell eine Frage. So sehen wir: Es geht.',
    },
    legalBasis: 'keine personenbezogenen Daten',
    riskClass: 'minimal',
    openTo: 'staff',
    dataClass: 'public',
    contact: CONTACT,
    since: '2026-11-29',
  },
  {
    key: VECTORS,
    title: { de: 'Texte für die Suche einordnen', en: 'Arrange texts for search', leicht: 'Texte für die Suche' },
    purpose: {
      de: 'Ein Modell rechnet Texte in Zahlen um, damit die Suche Verwandtes findet. Es schreibt nichts.',
      en: 'A model turns texts into numbers so that search finds what is related. It writes nothing.',
      leicht: 'Ein Modell ordnet Texte. Dann finden wir sie besser. Das Modell schreibt nichts.',
    },
    legalBasis: OFFICE,
    riskClass: 'minimal',
    openTo: 'staff',
    dataClass: 'internal',
    contact: CONTACT,
    since: '2026-11-29',
  },
];

/** The four entrances of the text assistant. */
export const ASSISTANT_USES: readonly ModelUse[] = [
  officeUse({
    key: 'zusammenfassen',
    title: { de: 'Zusammenfassen', en: 'Summarise', leicht: 'Kürzer machen' },
    purpose: {
      de: 'Fasst Texte zusammen. Beschäftigte prüfen jede Zusammenfassung.',
      en: 'Summarises texts. Staff check every summary.',
      leicht: 'Macht lange Texte kurz. Ein Mensch prüft den kurzen Text.',
    },
  }),
  officeUse({
    key: 'schreiben',
    title: { de: 'Schreiben', en: 'Write', leicht: 'Schreiben' },
    purpose: {
      de: 'Entwirft Schreiben aus Stichpunkten. Beschäftigte prüfen und ändern den Entwurf.',
      en: 'Drafts letters from key points. Staff check and change the draft.',
      leicht: 'Hilft beim Schreiben. Ein Mensch prüft den Text.',
    },
  }),
  officeUse({
    key: 'recherche',
    title: { de: 'Recherchieren', en: 'Research', leicht: 'Suchen' },
    purpose: {
      de: 'Beantwortet Fragen aus Dokumenten, jede Aussage mit ihrer Fundstelle.',
      en: 'Answers questions from documents, each statement with its source.',
      leicht: 'Sucht Antworten in Dokumenten. Es zeigt immer die Stelle im Dokument.',
    },
  }),
  officeUse({
    key: 'gespraech',
    title: { de: 'Freies Gespräch', en: 'Free conversation', leicht: 'Fragen stellen' },
    purpose: {
      de: 'Beantwortet freie Fragen von Beschäftigten.',
      en: 'Answers free questions of staff.',
      leicht: 'Beantwortet Fragen von Menschen, die bei der Stadt arbeiten.',
    },
  }),
];
