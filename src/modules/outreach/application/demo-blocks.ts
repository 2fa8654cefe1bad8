import type { Block, Words } from '../domain/blocks.ts';

const words = (de: string, en: string, leicht: string): Words => ({ de, en, leicht });

const BLOCKS: readonly Block[] = [
  {
    id: 'b1',
    kind: 'lead',
    words: {
      heading: words('Hamburg – digital für dich', 'Hamburg – digital for you', 'Hamburg – digital für dich'),
      text: words(
        'Viele Wege zum Amt gehen jetzt online: vom Sofa aus, ohne Termin, wann du willst.',
        'Many errands with the city now work online: from your sofa, without an appointment, whenever you like.',
        'Viele Anträge gehen jetzt im Internet. Du musst nicht zum Amt gehen.',
      ),
    },
  },
  {
    id: 'b2',
    kind: 'image',
    words: {
      alt: words(
        'Ein Handy, auf dem ein Antrag mit einem Haken fertig ist',
        'A phone on which an application is done, with a tick',
        'Ein Handy mit einem Haken',
      ),
    },
    picture: 'phone',
  },
  { id: 'b3', kind: 'service', words: { label: words('Hund online anmelden', 'Register a dog online', 'Hund anmelden') } },
  {
    id: 'b4',
    kind: 'steps',
    words: {
      heading: words('So geht es', 'How it works', 'So geht das'),
      lines: words(
        'Leistung aussuchen und lesen, was du brauchst.\nMit dem Servicekonto anmelden.\nFragen beantworten und absenden.',
        'Choose a service and read what you need.\nSign in with your service account.\nAnswer the questions and send.',
        'Such dein Angebot aus.\nMelde dich mit deinem Konto an.\nBeantworte die Fragen. Dann schickst du alles ab.',
      ),
    },
  },
  {
    id: 'b5',
    kind: 'question',
    words: {
      question: words('Ich bin unsicher. Wer hilft mir?', 'I am not sure. Who helps me?', 'Wer hilft mir?'),
      answer: words(
        'Menschen helfen dir weiter, vor Ort und am Telefon unter 115. Niemand muss online gehen.',
        'People still help you, on site and by phone at 115. Nobody has to go online.',
        'Menschen helfen dir. Du kannst anrufen. Die Nummer ist 115. Niemand muss ins Internet.',
      ),
    },
  },
  {
    id: 'b6',
    kind: 'fact',
    words: {
      text: words(
        'Im Herbst 2024 nutzte weniger als ein Viertel der Menschen in Hamburg die Online-Dienste der Stadt.',
        'In autumn 2024 fewer than a quarter of the people in Hamburg used the city’s online services.',
        'Im Herbst 2024 waren es wenige. Weniger als ein Viertel hat die Angebote genutzt.',
      ),
    },
    source: 'Stadt Hamburg zum Start der Kampagne',
    date: '2024-10-01',
  },
  { id: 'b7', kind: 'legal', words: {} },
];

/** The landing page of the demo's campaign. What it says of the world stands with its source. */
export const demoBlocks = (service: string): readonly Block[] =>
  BLOCKS.map((block) => (block.kind === 'service' || block.kind === 'legal' ? { ...block, service } : block));
