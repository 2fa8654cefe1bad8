import { plainMail, type OutgoingMail } from '../../../kernel/mail.ts';

// Mails to and about people who are asked to sign: a link, and nothing of the application.

/** @param until German date */
export const invitationMail = (to: string, link: string, until: string): OutgoingMail =>
  plainMail(
    to,
    'Bitte zeichnen Sie einen Antrag mit',
    'jemand möchte mit Ihnen gemeinsam einen Antrag bei der Stadt stellen. Lesen Sie ihn, und zeichnen Sie ihn mit oder lehnen Sie ab:',
    link,
    `Der Link ist nur für Sie und gilt bis zum ${until}. Sie melden sich dafür mit Ihrem Servicekonto an.`,
    'Erwarten Sie keine solche Bitte? Dann müssen Sie nichts tun.',
  );

export const changedMail = (to: string, link: string): OutgoingMail =>
  plainMail(
    to,
    'Ihre Mitzeichnung gilt nicht mehr',
    'ein Antrag, den Sie mitgezeichnet haben, wurde danach geändert. Ihre Mitzeichnung gilt deshalb nicht mehr. Lesen Sie den neuen Stand, und zeichnen Sie ihn neu mit:',
    link,
  );

export const endedMail = (to: string): OutgoingMail =>
  plainMail(to, 'Ihre Mitzeichnung wird nicht mehr gebraucht', 'die Bitte, einen Antrag mitzuzeichnen, wurde zurückgenommen. Sie müssen nichts tun.');

/** To the owner of the draft. */
export const answeredMail = (to: string, link: string): OutgoingMail =>
  plainMail(to, 'Antwort auf Ihre Bitte um Mitzeichnung', 'eine Person, die Sie um Mitzeichnung gebeten haben, hat geantwortet. Lesen Sie hier, wie:', link);
