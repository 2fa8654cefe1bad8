import { plainMail, type OutgoingMail } from '../../../kernel/mail.ts';
import { CITY_ZONE, formatGermanDate } from '../../../kernel/time.ts';

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

/** Tells the owner that the way back by mail was used, and that newer ways ended with it. */
export function waysEndedMail(to: string, publicUrl: string): OutgoingMail {
  return plainMail(
    to,
    'Änderung an Ihrem Servicekonto',
    'Ihr Servicekonto wurde über diese Mail-Adresse geöffnet. Codes für den Notfall gelten nicht mehr, ebenso Passkeys, Online-Ausweise und Vollmachten aus den letzten 7 Tagen. Legen Sie sie bei Bedarf neu an.',
    `Sehen Sie nach, ob alles stimmt, auch bei Ihren Vertretungen: ${publicUrl}/konto/sicherheit`,
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

/** Lets the owner of an address make a passkey, which completes their account. */
export function signupMail(to: string, link: string, hours: number): OutgoingMail {
  return plainMail(
    to,
    'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    `mit dieser Adresse soll ein Servicekonto angelegt werden. Öffnen Sie diesen Link auf dem Gerät, mit dem Sie sich anmelden wollen. Er gilt ${hours} Stunden und nur einmal:`,
    link,
    'Waren Sie das nicht? Dann müssen Sie nichts tun. Ohne diesen Schritt entsteht kein Konto.',
  );
}

/** Tells the owner that a new kind of device signed in; not which, and not where. */
export function newDeviceMail(to: string, publicUrl: string): OutgoingMail {
  return plainMail(
    to,
    'Neue Anmeldung bei Ihrem Servicekonto',
    'bei Ihrem Servicekonto hat sich eine Art von Gerät angemeldet, die wir noch nicht kennen.',
    `Waren Sie das nicht? Melden Sie sich an und beenden Sie die Sitzung: ${publicUrl}/konto/sicherheit`,
  );
}

const atHour = (instant: Temporal.Instant): string => {
  const local = instant.toZonedDateTimeISO(CITY_ZONE);
  return `${formatGermanDate(local.toPlainDate())} um ${String(local.hour).padStart(2, '0')}:${String(local.minute).padStart(2, '0')} Uhr`;
};

/** Tells the owner that their account was asked for, when it will open, and how to say no. */
export function recoveryBegunMail(to: string, publicUrl: string, cancelLink: string, readyAt: Temporal.Instant): OutgoingMail {
  return plainMail(
    to,
    'Jemand möchte Ihr Servicekonto wiederherstellen',
    `mit dieser Adresse wurde der Zugang zu Ihrem Servicekonto angefordert. Waren Sie das? Dann warten Sie. Am ${atHour(readyAt)} bekommen Sie einen Link. Niemand kann das beschleunigen, auch keine Person der Stadt.`,
    `Schneller geht es mit dem Online-Ausweis, einem Passkey oder einem Wiederherstellungs-Code: ${publicUrl}/anmelden`,
    'Waren Sie das nicht? Dann brechen Sie es mit diesem Link ab. Auch eine Anmeldung bricht es ab, wenn es Passwort, Passkey, Code oder Online-Ausweis schon 7 Tage gibt:',
    cancelLink,
  );
}

/** Tells whoever asked for the account that they need not wait: somebody came in by a way of their own. */
export function recoveryEndedMail(to: string, publicUrl: string): OutgoingMail {
  return plainMail(
    to,
    'Die Wiederherstellung Ihres Servicekontos ist beendet',
    'jemand hat sich bei Ihrem Servicekonto angemeldet, auf einem Weg, den es schon länger gibt. Deshalb ist die Wiederherstellung beendet. Es kommt kein Link mehr.',
    `Waren Sie das nicht? Dann kennt vielleicht jemand Ihr Passwort. Melden Sie sich mit dem Online-Ausweis, einem Passkey oder einem Wiederherstellungs-Code an, und setzen Sie ein neues Passwort: ${publicUrl}/anmelden`,
  );
}

/** Brings the link that opens the account when the wait is over. */
export function recoveryReadyMail(to: string, link: string, expiresAt: Temporal.Instant): OutgoingMail {
  return plainMail(
    to,
    'Ihr Servicekonto ist bereit',
    `die Wartezeit ist um. Mit diesem Link kommen Sie wieder in Ihr Servicekonto. Er gilt bis zum ${atHour(expiresAt)} und nur einmal:`,
    link,
    'Legen Sie dort gleich ein neues Passwort oder einen neuen Passkey an.',
  );
}
