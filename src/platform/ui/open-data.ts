import { OPEN_LICENCE } from '../../kernel/open-data.ts';
import { buttonRow, linkButton } from './form-frame.ts';
import { defineTexts, html, type Html, type Lang } from './html.ts';

const texts = defineTexts({
  de: {
    licence: 'Sie dürfen diese Daten frei verwenden. Lizenz:',
    attribution: (city: string) => `Nennen Sie als Quelle: ${city}.`,
    catalogue: 'Alle offenen Daten der Stadt (DCAT-AP.de)',
  },
  en: {
    licence: 'You may use these data freely. Licence:',
    attribution: (city: string) => `Name as the source: ${city}.`,
    catalogue: 'All open data of the city (DCAT-AP.de)',
  },
  leicht: {
    licence: 'Diese Daten dürfen alle benutzen. Die Regeln dafür heißen:',
    attribution: (city: string) => `Schreiben Sie dazu, von wem die Daten sind: ${city}.`,
    catalogue: 'Alle Daten von der Stadt für Computer (DCAT-AP.de)',
  },
});

/** Below figures that anybody may take along: the files, and on which terms. */
export function openDataPart(city: string, lang: Lang, files: readonly { readonly label: string; readonly href: string }[]): Html {
  const t = texts(lang);
  return html`${buttonRow(...files.map((file) => linkButton({ ...file, kind: 'secondary', icon: 'download' })))}<p class="kern-hint">${t.licence} <a class="kern-link" href="${OPEN_LICENCE}">dl-de/by-2-0</a>. ${t.attribution(city)} <a class="kern-link" href="/ogc/dcat">${t.catalogue}</a></p>`;
}
