/** The words of the drawing that moves; the server says everything else. */
const TEXTS = {
  de: {
    tools: 'Darstellung des Blatts',
    nearer: 'Näher heran',
    further: 'Weiter weg',
    whole: 'Ganze Seite',
    left: 'Nach links',
    right: 'Nach rechts',
    up: 'Nach oben',
    down: 'Nach unten',
    pickMiddle: 'Ort in der Mitte wählen',
    help: 'Ziehen Sie das Blatt, oder nehmen Sie die Pfeiltasten. Mit + und −, oder mit Strg und dem Mausrad, kommen Sie näher heran; 0 zeigt die ganze Seite.',
    helpPick: 'Ein Klick wählt den Ort; mit der Tastatur wählt Enter die Mitte.',
    picked: (x: string, y: string) => `Ort gewählt: ${x} mm von links, ${y} mm von oben`,
  },
  en: {
    tools: 'View of the sheet',
    nearer: 'Closer',
    further: 'Further away',
    whole: 'Whole page',
    left: 'To the left',
    right: 'To the right',
    up: 'Up',
    down: 'Down',
    pickMiddle: 'Choose the place in the middle',
    help: 'Drag the sheet, or use the arrow keys. + and −, or Ctrl and the mouse wheel, take you closer; 0 shows the whole page.',
    helpPick: 'A click chooses the place; with the keyboard, Enter chooses the middle.',
    picked: (x: string, y: string) => `Place chosen: ${x} mm from the left, ${y} mm from the top`,
  },
  leicht: {
    tools: 'So sehen Sie den Plan',
    nearer: 'Größer',
    further: 'Kleiner',
    whole: 'Ganze Seite',
    left: 'Nach links',
    right: 'Nach rechts',
    up: 'Nach oben',
    down: 'Nach unten',
    pickMiddle: 'Ort in der Mitte wählen',
    help: 'Sie können den Plan ziehen. Oder nehmen Sie die Pfeil-Tasten. Mit + wird der Plan größer. Mit − wird er kleiner.',
    helpPick: 'Klicken Sie auf den Ort.',
    picked: (x: string, y: string) => `Der Ort ist gewählt: ${x} mm von links, ${y} mm von oben`,
  },
};

/** In the language of the page. */
export const sheetBrowserTexts = (): (typeof TEXTS)['de'] => TEXTS[(document.documentElement.dataset['lang'] ?? 'de') as keyof typeof TEXTS] ?? TEXTS.de;
