import { defineTexts } from '../../../platform/ui/html.ts';

export const frameTexts = defineTexts({
  de: {
    exercise: 'ÜBUNG',
    exerciseText: 'Nichts hier ist wirklich geschehen.',
    closed: (when: string) => `Diese Lage ist beendet seit ${when}.`,
    ledBy: (who: string) => `Leitung: ${who}`,
    nav: 'Teile der Lage',
    head: 'Lage',
    night: 'Nachtsicht (rot)',
    nightOff: 'Nachtsicht aus',
  },
  en: {
    exercise: 'EXERCISE',
    exerciseText: 'Nothing here has really happened.',
    closed: (when: string) => `This situation was closed on ${when}.`,
    ledBy: (who: string) => `Led by ${who}`,
    nav: 'Parts of the situation',
    head: 'Situation',
    night: 'Night view (red)',
    nightOff: 'Night view off',
  },
  leicht: {
    exercise: 'ÜBUNG',
    exerciseText: 'Das ist nicht wirklich passiert.',
    closed: (when: string) => `Die Lage ist zu Ende seit ${when}.`,
    ledBy: (who: string) => `Leitung: ${who}`,
    nav: 'Teile der Lage',
    head: 'Lage',
    night: 'Rotes Licht für die Nacht',
    nightOff: 'Rotes Licht aus',
  },
});
