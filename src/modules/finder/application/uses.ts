import { officeUse, type ModelUse } from '../../llm/public.ts';

export const FINDER_USE = 'leistungen-finden';

/** What this module orders of models, for the register. */
export const FINDER_USES: readonly ModelUse[] = [
  officeUse({
    key: FINDER_USE,
    title: { de: 'Leistungen finden', en: 'Find services', leicht: 'Anträge finden' },
    purpose: {
      de: 'Sucht zu einer Frage passende Leistungen und nennt die Stelle im Katalog. Es schreibt selbst nichts und beurteilt keinen Anspruch.',
      en: 'Finds services for a question and names the place in the catalogue. It writes nothing itself and judges no entitlement.',
      leicht: 'Hilft beim Suchen. Es zeigt nur Sätze, die schon im Katalog stehen.',
    },
    legalBasis: 'Art. 6 Abs. 1 Buchst. e DSGVO, § 4 HmbDSG; Art. 50 Abs. 1 KI-Verordnung',
    openTo: 'everybody',
  }),
];
