import { defineMail } from '../../../kernel/mail.ts';

/** Reminds of an appointment, with the place's name and address. */
export const appointmentMail = defineMail<[at: Temporal.Instant, place: string, address: string]>({
  de: (_, at, place, address) => [
    'Erinnerung an Ihren Termin',
    `Sie haben einen Termin bei den Digitallotsen: ${at}, ${place}, ${address}.`,
    'Absagen können Sie mit dem Code, den Sie bekommen haben. Ihre E-Mail-Adresse haben wir mit dieser Mail gelöscht.',
  ],
  en: (_, at, place, address) => [
    'Your appointment',
    `You have an appointment with the Digitallotsen (digital guides): ${at}, ${place}, ${address}.`,
    'You can cancel it with the code you were given. We deleted your e-mail address with this mail.',
  ],
  leicht: (_, at, place, address) => [
    'Denken Sie an Ihren Termin',
    `Sie haben einen Termin bei den Digital-Lotsen.\nWann?\n${at}\nWo?\n${place}\n${address}`,
    'Können Sie nicht kommen?\nDann sagen Sie den Termin ab.\nSie brauchen dafür Ihren Code.',
    'Ihre E-Mail-Adresse haben wir jetzt gelöscht.',
  ],
});

/** An appointment cannot be kept. @param path of the page of the place */
export const calledOffMail = defineMail<[at: Temporal.Instant, place: string, path: string]>({
  de: (go, at, place, path) => [
    'Ihr Termin fällt aus',
    `Ihr Termin bei den Digitallotsen, ${at}, ${place}, fällt leider aus: Der Ort hat dann nicht geöffnet.`,
    `Einen neuen Termin bekommen Sie hier:\n\n${go(path)}\n\nIhre E-Mail-Adresse haben wir mit dieser Mail gelöscht.`,
  ],
  en: (go, at, place, path) => [
    'Your appointment is cancelled',
    `Your appointment with the Digitallotsen (digital guides), ${at}, ${place}, is cancelled: the place is not open then. We are sorry.`,
    `Get a new appointment here:\n\n${go(path)}\n\nWe deleted your e-mail address with this mail.`,
  ],
  leicht: (go, at, place, path) => [
    'Ihr Termin fällt aus',
    `Sie hatten einen Termin bei den Digital-Lotsen:\n${at}\n${place}`,
    'Der Termin fällt aus.\nDer Ort ist dann geschlossen.\nDas tut uns leid.',
    `Hier bekommen Sie einen neuen Termin:\n${go(path)}`,
    'Ihre E-Mail-Adresse haben wir jetzt gelöscht.',
  ],
});

/** The address at which somebody's application begins. @param path of it */
export const startLinkMail = defineMail<[path: string]>({
  de: (go, path) => ['Der Link, über den wir gesprochen haben', 'Sie haben mit den Digitallotsen gesprochen. Hier geht es weiter:', go(path)],
  en: (go, path) => ['The link we talked about', 'You talked with the Digitallotsen (digital guides). Here you go on:', go(path)],
  leicht: (go, path) => ['Der Link für Sie', `Sie haben mit den Digital-Lotsen gesprochen.\nHier geht es weiter:\n${go(path)}`],
});
