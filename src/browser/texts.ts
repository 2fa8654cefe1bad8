/** The words the browser needs for what only it does; the server says everything else. */
const TEXTS = {
  de: {
    uploadHere: 'Dateien hierher ziehen oder auswählen',
    uploading: 'wird hochgeladen',
    uploaded: 'hochgeladen',
    uploadFailed: 'Das Hochladen hat nicht geklappt. Versuchen Sie es noch einmal.',
    removed: 'entfernt',
    saved: 'Gespeichert um',
    notSaved: 'Noch nicht gespeichert. Prüfen Sie Ihre Verbindung.',
    sending: 'Wird gesendet. Bitte warten Sie.',
    liveNews: 'Es gibt Neues.',
    liveReload: 'Seite aktualisieren',
    charactersNow: 'Noch übrige Zeichen:',
    charactersOver: 'Zeichen zu viel:',
    copied: 'Kopiert',
    passkeyFailed: 'Der Passkey wurde nicht bestätigt. Versuchen Sie es noch einmal oder nutzen Sie Ihr Passwort.',
  },
  en: {
    uploadHere: 'Drop files here or choose them',
    uploading: 'uploading',
    uploaded: 'uploaded',
    uploadFailed: 'The upload did not work. Please try again.',
    removed: 'removed',
    saved: 'Saved at',
    notSaved: 'Not saved yet. Check your connection.',
    sending: 'Sending. Please wait.',
    liveNews: 'There is news.',
    liveReload: 'Refresh page',
    charactersNow: 'Characters left:',
    charactersOver: 'Characters too many:',
    copied: 'Copied',
    passkeyFailed: 'The passkey was not confirmed. Try again or use your password.',
  },
  leicht: {
    uploadHere: 'Datei hierher ziehen oder aussuchen',
    uploading: 'wird geladen',
    uploaded: 'ist da',
    uploadFailed: 'Das hat nicht geklappt. Versuchen Sie es noch einmal.',
    removed: 'gelöscht',
    saved: 'Gespeichert um',
    notSaved: 'Nicht gespeichert. Haben Sie Internet?',
    sending: 'Wir senden. Bitte warten Sie.',
    liveNews: 'Es gibt etwas Neues.',
    liveReload: 'Seite neu laden',
    charactersNow: 'So viele Zeichen passen noch:',
    charactersOver: 'So viele Zeichen sind zu viel:',
    copied: 'Kopiert',
    passkeyFailed: 'Das hat nicht geklappt. Versuchen Sie es noch einmal. Oder nehmen Sie Ihr Passwort.',
  },
};

/** The words in the page's language, which the server has written into the document. */
export function browserTexts(): (typeof TEXTS)['de'] {
  const lang = document.documentElement.dataset['lang'];
  return lang === 'en' || lang === 'leicht' ? TEXTS[lang] : TEXTS.de;
}
