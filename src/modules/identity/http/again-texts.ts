import { defineTexts } from '../../../platform/ui/html.ts';

/** Words for asking for the password again, where a session is not fresh any more. */
export const againTexts = defineTexts({
  de: {
    title: 'Sind Sie es noch?',
    text: 'Ihre Anmeldung ist schon eine Weile her. Geben Sie Ihr Passwort noch einmal ein. Dann geht es hier weiter, und nichts geht verloren.',
    passkeyText: 'Ihre Anmeldung ist schon eine Weile her. Geben Sie Ihr Passwort noch einmal ein, dann können Sie einen Passkey anlegen.',
    password: 'Ihr Passwort',
    go: 'Weiter',
    signIn: 'Neu anmelden und hierher zurück',
    noPassword: 'Ihre Anmeldung ist schon eine Weile her. Melden Sie sich noch einmal an. Danach sind Sie wieder auf dieser Seite.',
  },
  en: {
    title: 'Is it still you?',
    text: 'You signed in a while ago. Enter your password once more. Then you go on here, and nothing is lost.',
    passkeyText: 'You signed in a while ago. Enter your password once more, then you can add a passkey.',
    password: 'Your password',
    go: 'Go on',
    signIn: 'Sign in again and come back here',
    noPassword: 'You signed in a while ago. Sign in once more. After that you are back on this page.',
  },
  leicht: {
    title: 'Sind Sie es noch?',
    text: 'Sie haben sich vor einiger Zeit angemeldet. Schreiben Sie Ihr Passwort noch ein Mal. Dann geht es weiter.',
    passkeyText: 'Sie haben sich vor einiger Zeit angemeldet. Schreiben Sie Ihr Passwort noch ein Mal. Dann können Sie einen Passkey machen.',
    password: 'Ihr Passwort',
    go: 'Weiter',
    signIn: 'Neu anmelden',
    noPassword: 'Sie haben sich vor einiger Zeit angemeldet. Melden Sie sich noch ein Mal an. Dann kommen Sie hierher zurück.',
  },
});
