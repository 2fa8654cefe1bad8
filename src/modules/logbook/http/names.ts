import { FUNCTION_NAMES } from '../../../kernel/lage-names.ts';
import type { Channel, Copy, LogKind, Priority, ReportSection, StepKind } from '../../../kernel/log.ts';
import type { Lang } from '../../../platform/ui/html.ts';

type Names<K extends string> = Readonly<Record<Lang, Readonly<Record<K, string>>>>;

const inGerman = <K extends string>(de: Readonly<Record<K, string>>, en: Readonly<Record<K, string>>, leicht: Partial<Record<K, string>> = {}): Names<K> => ({
  de,
  en,
  leicht: { ...de, ...leicht },
});

export const KIND_NAMES = inGerman<LogKind>(
  {
    feststellung: 'Feststellung',
    ereignis: 'Ereignis',
    befehl: 'Befehl',
    meldung: 'Meldung',
    beurteilung: 'Beurteilung',
    entschluss: 'Entschluss',
    massnahme: 'Maßnahme',
    lagebericht: 'Lagebericht',
    berichtigung: 'Berichtigung',
    system: 'System',
  },
  {
    feststellung: 'Finding',
    ereignis: 'Event',
    befehl: 'Order',
    meldung: 'Report received',
    beurteilung: 'Assessment',
    entschluss: 'Decision',
    massnahme: 'Measure',
    lagebericht: 'Situation report',
    berichtigung: 'Correction',
    system: 'System',
  },
);

export const functionName = (lang: Lang, name: string): string => (FUNCTION_NAMES[lang] as Readonly<Record<string, string>>)[name] ?? name;

export const PRIORITY_NAMES = inGerman<Priority>(
  { none: 'ohne Vorrang', sofort: 'Sofort', blitz: 'Blitz' },
  { none: 'no priority', sofort: 'Immediate (Sofort)', blitz: 'Flash (Blitz)' },
  { none: 'kann warten', sofort: 'Sofort: eilig', blitz: 'Blitz: sehr eilig' },
);

export const CHANNEL_NAMES = inGerman<Channel>(
  { funk: 'Funk', telefon: 'Telefon', fax: 'Fax', mail: 'E-Mail', melder: 'Melder', andere: 'anderer Weg' },
  { funk: 'Radio', telefon: 'Telephone', fax: 'Fax', mail: 'E-mail', melder: 'Messenger', andere: 'Other' },
);

export const COPY_NAMES = inGerman<Copy>(
  { blau: 'Blaues Blatt', gruen: 'Grünes Blatt', rot: 'Rotes Blatt', gelb: 'Gelbes Blatt' },
  { blau: 'Blue sheet', gruen: 'Green sheet', rot: 'Red sheet', gelb: 'Yellow sheet' },
);

export const STEP_NAMES = inGerman<StepKind>(
  {
    aufnahme: 'Aufgenommen',
    annahme: 'Angenommen',
    befoerderung: 'Befördert',
    verteilung: 'Verteilt',
    gelesen: 'Gelesen',
    quittung: 'Quittiert',
    erledigt: 'Erledigt',
    bezug: 'Verknüpft',
  },
  {
    aufnahme: 'Received',
    annahme: 'Accepted',
    befoerderung: 'Forwarded',
    verteilung: 'Distributed',
    gelesen: 'Read',
    quittung: 'Acknowledged',
    erledigt: 'Done',
    bezug: 'Linked',
  },
  { befoerderung: 'Abgeschickt', quittung: 'Bestätigt' },
);

export const SECTION_NAMES = inGerman<ReportSection>(
  {
    lage: '1. Lage',
    kraefte: '2. Eigene Kräfte',
    auftrag: '3. Auftrag und Durchführung',
    versorgung: '4. Versorgung',
    fuehrung: '5. Führung und Kommunikation',
  },
  { lage: '1. Situation', kraefte: '2. Own forces', auftrag: '3. Mission and execution', versorgung: '4. Supply', fuehrung: '5. Command and communication' },
  {
    lage: '1. Was ist los?',
    kraefte: '2. Wer hilft?',
    auftrag: '3. Was wird gemacht?',
    versorgung: '4. Was haben wir, was fehlt?',
    fuehrung: '5. Wer leitet, und wie sprechen wir miteinander?',
  },
);
