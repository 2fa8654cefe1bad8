import { defineTexts } from '../../../platform/ui/html.ts';

/** The frame around the helper, in the city's three languages. Its own words are in `domain/words-*.ts` and `domain/practice-words.ts`. */
export const ausweisTexts = defineTexts({
  de: { title: 'Online-Ausweis einrichten' },
  en: { title: 'Set up your online ID' },
  leicht: { title: 'Den Online-Ausweis benutzen' },
});
