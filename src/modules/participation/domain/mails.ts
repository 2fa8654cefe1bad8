import { plainMail, type OutgoingMail } from '../../../kernel/mail.ts';

// Mails of this module carry a link and a day, and nothing of the case.
const CARE = 'Der Link ist nur für Sie. Geben Sie ihn nicht weiter.';

/** Asks a consultee. @param until German date */
export const askMail = (to: string, link: string, until: string): OutgoingMail =>
  plainMail(
    to,
    `Bitte um Stellungnahme bis ${until}`,
    `eine Behörde bittet Sie bis zum ${until} um eine Stellungnahme. Worum es geht, lesen Sie hier:`,
    link,
    CARE,
  );

export const reminderMail = (to: string, link: string, until: string): OutgoingMail =>
  plainMail(to, `Erinnerung: Stellungnahme bis ${until}`, `Ihre Stellungnahme ist noch nicht da. Frist: ${until}. Hier nehmen Sie Stellung:`, link, CARE);

export const extendedMail = (to: string, link: string, until: string): OutgoingMail =>
  plainMail(to, `Neue Frist für Ihre Stellungnahme: ${until}`, `für Ihre Stellungnahme haben Sie jetzt bis zum ${until} Zeit:`, link, CARE);

/** To the author of a public statement who left an address. */
export const receiptMail = (to: string, link: string): OutgoingMail =>
  plainMail(
    to,
    'Ihre Stellungnahme ist eingegangen',
    'mit dieser Adresse wurde eine Stellungnahme abgegeben. Die Bestätigung und später das Ergebnis lesen Sie hier:',
    link,
    CARE,
    'Waren Sie das nicht? Dann müssen Sie nichts tun.',
  );

export const resultMail = (to: string, link: string): OutgoingMail =>
  plainMail(to, 'Antwort auf Ihre Stellungnahme', 'zu Ihrer Stellungnahme gibt es jetzt ein Ergebnis. Lesen Sie es hier:', link, CARE);
