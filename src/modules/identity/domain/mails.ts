import { plainMail, type OutgoingMail } from '../../../kernel/mail.ts';

// None of these mails carries content of a case, and none names the person.

/** Says that something waits in the Postfach, and nothing else. */
export function noticeMail(to: string, publicUrl: string): OutgoingMail {
  return plainMail(
    to,
    'Neue Nachricht in Ihrem Postfach',
    'in Ihrem Postfach liegt eine neue Nachricht.',
    `Melden Sie sich an und lesen Sie sie: ${publicUrl}/postfach`,
  );
}

/** Asks the owner of an address to confirm it. */
export function confirmationMail(to: string, link: string, hours: number): OutgoingMail {
  return plainMail(
    to,
    'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    `mit dieser Adresse wurde ein Servicekonto angelegt. Bestätigen Sie die Adresse mit diesem Link. Er gilt ${hours} Stunden und nur einmal:`,
    link,
    'Waren Sie das nicht? Dann müssen Sie nichts tun.',
  );
}

/** Tells the owner of an account that somebody tried to register their address again. */
export function alreadyRegisteredMail(to: string, publicUrl: string): OutgoingMail {
  return plainMail(
    to,
    'Zu Ihrer Adresse gibt es schon ein Servicekonto',
    'mit dieser Adresse sollte ein Servicekonto angelegt werden. Es gibt schon eines.',
    `Melden Sie sich an: ${publicUrl}/anmelden`,
    `Passwort vergessen? Setzen Sie ein neues: ${publicUrl}/passwort-vergessen`,
    'Waren Sie das nicht? Dann müssen Sie nichts tun.',
  );
}

/** Lets the owner of an address set a new password. */
export function resetMail(to: string, link: string, minutes: number): OutgoingMail {
  return plainMail(
    to,
    'Neues Passwort setzen',
    `mit diesem Link setzen Sie ein neues Passwort. Er gilt ${minutes} Minuten und nur einmal:`,
    link,
    'Waren Sie das nicht? Dann müssen Sie nichts tun. Ihr Passwort bleibt, wie es ist.',
  );
}

/** Tells the owner that a way to sign in was added or changed, without saying more. */
export function securityMail(to: string, publicUrl: string): OutgoingMail {
  return plainMail(
    to,
    'Änderung an Ihrem Servicekonto',
    'in Ihrem Servicekonto hat sich geändert, wie Sie sich anmelden.',
    `Waren Sie das nicht? Setzen Sie sofort ein neues Passwort: ${publicUrl}/passwort-vergessen`,
  );
}

/** Asks the owner of an address whether notices may go there. */
export function noticeAddressMail(to: string, link: string, hours: number): OutgoingMail {
  return plainMail(
    to,
    'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    `an diese Adresse soll Kontor melden, wenn eine Nachricht im Postfach liegt. Öffnen Sie diesen Link, während Sie angemeldet sind. Er gilt ${hours} Stunden und nur einmal:`,
    link,
    'Waren Sie das nicht? Dann müssen Sie nichts tun.',
  );
}

/** Brings a link about a Vollmacht or a membership. It does not say from whom, or about what. */
export function mandateLinkMail(to: string, link: string, days: number): OutgoingMail {
  return plainMail(
    to,
    'Bitte sehen Sie sich eine Anfrage zur Vertretung an',
    `jemand möchte mit Ihnen eine Vertretung gegenüber der Stadt vereinbaren. Worum es geht, sehen Sie nach der Anmeldung mit diesem Link. Er gilt ${days} Tage und nur einmal:`,
    link,
    'Sie haben noch kein Servicekonto? Dann können Sie dort eines anlegen.',
    'Kennen Sie niemanden, der Sie fragen würde? Dann müssen Sie nichts tun.',
  );
}

/** Says that something about somebody's Vertretungen has changed, and nothing else. */
export function mandateChangedMail(to: string, publicUrl: string): OutgoingMail {
  return plainMail(
    to,
    'Änderung bei Ihren Vertretungen',
    'in Ihrem Servicekonto hat sich eine Vertretung geändert.',
    `Melden Sie sich an und sehen Sie nach: ${publicUrl}/vertretung`,
  );
}
