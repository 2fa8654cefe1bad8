import { officeUse, type ModelUse } from '../../llm/public.ts';
import { REWORDED, type RewordedKind } from './reworded.ts';

const TITLES: Readonly<Record<RewordedKind, ModelUse['title']>> = {
  nachforderung: { de: 'Nachforderung formulieren', en: 'Word a request for what is missing', leicht: 'Einen Brief schreiben' },
  begruendung: { de: 'Begründung formulieren', en: 'Word the reasons', leicht: 'Gründe aufschreiben' },
  erklaerung: { de: 'Bescheid erklären', en: 'Explain a decision', leicht: 'Einen Bescheid erklären' },
};

const PURPOSE: ModelUse['purpose'] = {
  de: 'Formuliert Sätze um, die aus Regeln, Antrag und Bescheid kommen. Jeder Satz nennt seine Quelle, unbelegte fallen weg. Ein Mensch prüft jeden Satz.',
  en: 'Rewords sentences that come from rules, application and decision. Each names its source, others are dropped. A person checks each sentence.',
  leicht: 'Schreibt Sätze einfacher. Ein Mensch prüft jeden Satz.',
};

/** What this module orders of models, for the register. */
export const PROPOSAL_USES: readonly ModelUse[] = REWORDED.map((key) => officeUse({ key, title: TITLES[key], purpose: PURPOSE }));
