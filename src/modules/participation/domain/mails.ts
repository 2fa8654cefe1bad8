import { defineMail, officialMail, type OutgoingMail } from '../../../kernel/mail.ts';

// Mails of this module carry a link and a day, and nothing of the case.
const CARE = 'Der Link ist nur für Sie. Geben Sie ihn nicht weiter.';
const CARE_EN = 'The link is for you alone. Do not pass it on.';
const CARE_LEICHT = 'Der Link ist nur für Sie.\nGeben Sie ihn keinem anderen Menschen.';

/** Asks a consultee. @param until German date */
export const askMail = (to: string, link: string, until: string): OutgoingMail =>
  officialMail(
    to,
    `Bitte um Stellungnahme bis ${until}`,
    `eine Behörde bittet Sie bis zum ${until} um eine Stellungnahme. Worum es geht, lesen Sie hier:`,
    link,
    CARE,
  );

export const reminderMail = (to: string, link: string, until: string): OutgoingMail =>
  officialMail(to, `Erinnerung: Stellungnahme bis ${until}`, `Ihre Stellungnahme ist noch nicht da. Frist: ${until}. Hier nehmen Sie Stellung:`, link, CARE);

export const extendedMail = (to: string, link: string, until: string): OutgoingMail =>
  officialMail(to, `Neue Frist für Ihre Stellungnahme: ${until}`, `für Ihre Stellungnahme haben Sie jetzt bis zum ${until} Zeit:`, link, CARE);

/** To the author of a public statement who left an address. @param path of the personal link */
export const receiptMail = defineMail<[path: string]>({
  de: (go, path) => [
    'Ihre Stellungnahme ist eingegangen',
    'mit dieser Adresse wurde eine Stellungnahme abgegeben. Die Bestätigung und später das Ergebnis lesen Sie hier:',
    go(path),
    CARE,
    'Waren Sie das nicht? Dann müssen Sie nichts tun.',
  ],
  en: (go, path) => [
    'Your statement has arrived',
    'A statement was made with this address. Read the confirmation, and later the result, here:',
    go(path),
    CARE_EN,
    'Was it not you? Then you need not do anything.',
  ],
  leicht: (go, path) => [
    'Ihre Meinung ist bei uns',
    `Jemand hat uns eine Meinung geschrieben.\nMit dieser E-Mail-Adresse.\nHier können Sie die Meinung lesen.\nSpäter steht hier auch unsere Antwort:\n${go(path)}`,
    CARE_LEICHT,
    'Waren Sie das nicht?\nDann müssen Sie nichts tun.',
  ],
});

export const resultMail = defineMail<[path: string]>({
  de: (go, path) => ['Antwort auf Ihre Stellungnahme', 'zu Ihrer Stellungnahme gibt es jetzt ein Ergebnis. Lesen Sie es hier:', go(path), CARE],
  en: (go, path) => ['An answer to your statement', 'There is a result about your statement now. Read it here:', go(path), CARE_EN],
  leicht: (go, path) => [
    'Eine Antwort auf Ihre Meinung',
    `Sie haben uns Ihre Meinung geschrieben.\nJetzt gibt es eine Antwort.\nHier können Sie sie lesen:\n${go(path)}`,
    CARE_LEICHT,
  ],
});
