import { defineMail } from '../../../kernel/mail.ts';

// None of these mails carries content of a case, and none names the person.

/** Says that something waits in the Postfach, and nothing else. */
export const noticeMail = defineMail({
  de: (go) => ['Neue Nachricht in Ihrem Postfach', 'in Ihrem Postfach liegt eine neue Nachricht.', `Melden Sie sich an und lesen Sie sie: ${go('/postfach')}`],
  en: (go) => ['New message in your mailbox', 'There is a new message in your city mailbox.', `Sign in and read it: ${go('/postfach')}`],
  leicht: (go) => [
    'Sie haben eine neue Nachricht',
    'Sie haben eine neue Nachricht von der Stadt.\nDie Nachricht ist in Ihrem Post-Fach.',
    `Melden Sie sich an.\nDann können Sie die Nachricht lesen:\n${go('/postfach')}`,
  ],
});

/** Asks the owner of an address to confirm it. @param path of the link */
export const confirmationMail = defineMail<[path: string, hours: number]>({
  de: (go, path, hours) => [
    'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    `mit dieser Adresse wurde ein Servicekonto angelegt. Bestätigen Sie die Adresse mit diesem Link. Er gilt ${hours} Stunden und nur einmal:`,
    go(path),
    'Waren Sie das nicht? Dann müssen Sie nichts tun.',
  ],
  en: (go, path, hours) => [
    'Please confirm your e-mail address',
    `Somebody made a service account with this address. Confirm the address with this link. It works for ${hours} hours, and only once:`,
    go(path),
    'Was it not you? Then you need not do anything.',
  ],
  leicht: (go, path, hours) => [
    'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    'Mit dieser E-Mail-Adresse gibt es ein neues Konto bei der Stadt.\nIst das Ihr Konto?',
    `Dann öffnen Sie diesen Link:\n${go(path)}`,
    `Der Link geht ${hours} Stunden lang.\nDer Link geht nur einmal.`,
    'Ist das nicht Ihr Konto?\nDann müssen Sie nichts tun.',
  ],
});

/** Tells the owner of an account that somebody tried to register their address again. */
export const alreadyRegisteredMail = defineMail({
  de: (go) => [
    'Zu Ihrer Adresse gibt es schon ein Servicekonto',
    'mit dieser Adresse sollte ein Servicekonto angelegt werden. Es gibt schon eines.',
    `Melden Sie sich an: ${go('/anmelden')}`,
    `Passwort vergessen? Setzen Sie ein neues: ${go('/passwort-vergessen')}`,
    'Waren Sie das nicht? Dann müssen Sie nichts tun.',
  ],
  en: (go) => [
    'There is already a service account for your address',
    'Somebody wanted to make a service account with this address. There is one already.',
    `Sign in: ${go('/anmelden')}`,
    `Forgotten your password? Set a new one: ${go('/passwort-vergessen')}`,
    'Was it not you? Then you need not do anything.',
  ],
  leicht: (go) => [
    'Sie haben schon ein Konto',
    'Jemand wollte mit dieser E-Mail-Adresse ein Konto machen.\nEs gibt aber schon ein Konto.',
    `Hier melden Sie sich an:\n${go('/anmelden')}`,
    `Haben Sie Ihr Passwort vergessen?\nDann machen Sie hier ein neues Passwort:\n${go('/passwort-vergessen')}`,
    'Waren Sie das nicht?\nDann müssen Sie nichts tun.',
  ],
});

/** Lets the owner of an address set a new password. @param path of the link */
export const resetMail = defineMail<[path: string, minutes: number]>({
  de: (go, path, minutes) => [
    'Neues Passwort setzen',
    `mit diesem Link setzen Sie ein neues Passwort. Er gilt ${minutes} Minuten und nur einmal:`,
    go(path),
    'Waren Sie das nicht? Dann müssen Sie nichts tun. Ihr Passwort bleibt, wie es ist.',
  ],
  en: (go, path, minutes) => [
    'Set a new password',
    `With this link you set a new password. It works for ${minutes} minutes, and only once:`,
    go(path),
    'Was it not you? Then you need not do anything. Your password stays as it is.',
  ],
  leicht: (go, path, minutes) => [
    'Neues Passwort',
    `Hier machen Sie ein neues Passwort:\n${go(path)}`,
    `Der Link geht ${minutes} Minuten lang.\nDer Link geht nur einmal.`,
    'Wollten Sie das nicht?\nDann müssen Sie nichts tun.\nIhr Passwort bleibt gleich.',
  ],
});

/** Tells the owner that a way to sign in was added or changed, without saying more. */
export const securityMail = defineMail({
  de: (go) => [
    'Änderung an Ihrem Servicekonto',
    'in Ihrem Servicekonto hat sich geändert, wie Sie sich anmelden.',
    `Waren Sie das nicht? Setzen Sie sofort ein neues Passwort: ${go('/passwort-vergessen')}`,
  ],
  en: (go) => [
    'A change to your service account',
    'How you sign in to your service account has changed.',
    `Was it not you? Set a new password at once: ${go('/passwort-vergessen')}`,
  ],
  leicht: (go) => [
    'In Ihrem Konto ist etwas anders',
    'In Ihrem Konto ist jetzt etwas anders:\nSo melden Sie sich an.',
    `Waren Sie das nicht?\nDann machen Sie sofort ein neues Passwort:\n${go('/passwort-vergessen')}`,
  ],
});

/** Tells the owner that the way back by mail was used, and that newer ways ended with it. */
export const waysEndedMail = defineMail<[settleDays: number]>({
  de: (go, settleDays) => [
    'Änderung an Ihrem Servicekonto',
    `Ihr Servicekonto wurde über diese Mail-Adresse geöffnet. Codes für den Notfall gelten nicht mehr, ebenso Passkeys, Online-Ausweise und Vollmachten aus den letzten ${settleDays} Tagen. Legen Sie sie bei Bedarf neu an.`,
    `Sehen Sie nach, ob alles stimmt, auch bei Ihren Vertretungen: ${go('/konto/sicherheit')}`,
    `Waren Sie das nicht? Setzen Sie sofort ein neues Passwort: ${go('/passwort-vergessen')}`,
  ],
  en: (go, settleDays) => [
    'A change to your service account',
    `Your service account was opened through this e-mail address. Emergency codes work no more, nor do passkeys, Online-Ausweise and powers of attorney of the last ${settleDays} days. Add them again if you need them.`,
    `Check that everything is right, also who represents you: ${go('/konto/sicherheit')}`,
    `Was it not you? Set a new password at once: ${go('/passwort-vergessen')}`,
  ],
  leicht: (go, settleDays) => [
    'In Ihrem Konto ist etwas anders',
    'Ihr Konto wurde mit dieser E-Mail-Adresse geöffnet.',
    `Das gilt nicht mehr:\nIhre Codes für den Notfall.\nPasskeys aus den letzten ${settleDays} Tagen.\nOnline-Ausweise aus den letzten ${settleDays} Tagen.\nVollmachten aus den letzten ${settleDays} Tagen.\nBrauchen Sie das?\nDann machen Sie es neu.`,
    `Prüfen Sie Ihr Konto.\nPrüfen Sie auch Ihre Vertretungen:\n${go('/konto/sicherheit')}`,
    `Waren Sie das nicht?\nDann machen Sie sofort ein neues Passwort:\n${go('/passwort-vergessen')}`,
  ],
});

/** Asks the owner of an address whether notices may go there. @param path of the link */
export const noticeAddressMail = defineMail<[path: string, hours: number]>({
  de: (go, path, hours) => [
    'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    `an diese Adresse soll Kontor melden, wenn eine Nachricht im Postfach liegt. Öffnen Sie diesen Link, während Sie angemeldet sind. Er gilt ${hours} Stunden und nur einmal:`,
    go(path),
    'Waren Sie das nicht? Dann müssen Sie nichts tun.',
  ],
  en: (go, path, hours) => [
    'Please confirm your e-mail address',
    `Kontor shall write to this address when there is a message in the mailbox. Open this link while you are signed in. It works for ${hours} hours, and only once:`,
    go(path),
    'Was it not you? Then you need not do anything.',
  ],
  leicht: (go, path, hours) => [
    'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    'Sie bekommen Nachrichten von der Stadt?\nDann schreiben wir an diese E-Mail-Adresse.',
    `Melden Sie sich an.\nDann öffnen Sie diesen Link:\n${go(path)}`,
    `Der Link geht ${hours} Stunden lang.\nDer Link geht nur einmal.`,
    'Wollten Sie das nicht?\nDann müssen Sie nichts tun.',
  ],
});

/** Brings a link about a Vollmacht or a membership. It does not say from whom, or about what. @param path of the link */
export const mandateLinkMail = defineMail<[path: string, days: number]>({
  de: (go, path, days) => [
    'Bitte sehen Sie sich eine Anfrage zur Vertretung an',
    `jemand möchte mit Ihnen eine Vertretung gegenüber der Stadt vereinbaren. Worum es geht, sehen Sie nach der Anmeldung mit diesem Link. Er gilt ${days} Tage und nur einmal:`,
    go(path),
    'Sie haben noch kein Servicekonto? Dann können Sie dort eines anlegen.',
    'Kennen Sie niemanden, der Sie fragen würde? Dann müssen Sie nichts tun.',
  ],
  en: (go, path, days) => [
    'Please look at a request about representation',
    `Somebody wants to agree with you who represents whom before the city. What it is about you see after signing in with this link. It works for ${days} days, and only once:`,
    go(path),
    'You have no service account yet? You can make one there.',
    'You know nobody who would ask you? Then you need not do anything.',
  ],
  leicht: (go, path, days) => [
    'Eine Frage an Sie: Vertretung',
    'Jemand hat eine Frage an Sie.\nEs geht um eine Vertretung bei der Stadt.\nDas heißt:\nEin Mensch handelt für einen anderen Menschen.',
    `Melden Sie sich an.\nDann können Sie die Frage lesen:\n${go(path)}`,
    `Der Link geht ${days} Tage lang.\nDer Link geht nur einmal.`,
    'Haben Sie noch kein Konto?\nDort können Sie ein Konto machen.',
    'Kennen Sie niemanden, der Sie fragt?\nDann müssen Sie nichts tun.',
  ],
});

/** Says that something about somebody's Vertretungen has changed, and nothing else. */
export const mandateChangedMail = defineMail({
  de: (go) => [
    'Änderung bei Ihren Vertretungen',
    'in Ihrem Servicekonto hat sich eine Vertretung geändert.',
    `Melden Sie sich an und sehen Sie nach: ${go('/vertretung')}`,
  ],
  en: (go) => ['A change in who represents whom', 'A representation in your service account has changed.', `Sign in and look: ${go('/vertretung')}`],
  leicht: (go) => [
    'Bei Ihren Vertretungen ist etwas anders',
    'In Ihrem Konto ist eine Vertretung anders.',
    `Melden Sie sich an.\nDann können Sie es sehen:\n${go('/vertretung')}`,
  ],
});

/** Lets the owner of an address make a passkey, which completes their account. @param path of the link */
export const signupMail = defineMail<[path: string, hours: number]>({
  de: (go, path, hours) => [
    'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    `mit dieser Adresse soll ein Servicekonto angelegt werden. Öffnen Sie diesen Link auf dem Gerät, mit dem Sie sich anmelden wollen. Er gilt ${hours} Stunden und nur einmal:`,
    go(path),
    'Waren Sie das nicht? Dann müssen Sie nichts tun. Ohne diesen Schritt entsteht kein Konto.',
  ],
  en: (go, path, hours) => [
    'Please confirm your e-mail address',
    `Somebody wants to make a service account with this address. Open this link on the device you want to sign in with. It works for ${hours} hours, and only once:`,
    go(path),
    'Was it not you? Then you need not do anything. Without this step there will be no account.',
  ],
  leicht: (go, path, hours) => [
    'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    'Jemand möchte mit dieser E-Mail-Adresse ein Konto machen.\nSind Sie das?',
    `Dann öffnen Sie diesen Link:\n${go(path)}`,
    'Nehmen Sie dafür das Gerät, mit dem Sie sich später anmelden.',
    `Der Link geht ${hours} Stunden lang.\nDer Link geht nur einmal.`,
    'Sind Sie das nicht?\nDann müssen Sie nichts tun.\nDann gibt es kein Konto.',
  ],
});

/** Tells the owner that a new kind of device signed in; not which, and not where. */
export const newDeviceMail = defineMail({
  de: (go) => [
    'Neue Anmeldung bei Ihrem Servicekonto',
    'bei Ihrem Servicekonto hat sich eine Art von Gerät angemeldet, die wir noch nicht kennen.',
    `Waren Sie das nicht? Melden Sie sich an und beenden Sie die Sitzung: ${go('/konto/sicherheit')}`,
  ],
  en: (go) => [
    'New sign-in to your service account',
    'A kind of device that we do not know yet has signed in to your service account.',
    `Was it not you? Sign in and end the session: ${go('/konto/sicherheit')}`,
  ],
  leicht: (go) => [
    'Neue Anmeldung in Ihrem Konto',
    'Jemand hat sich in Ihrem Konto angemeldet.\nDas Gerät kennen wir noch nicht.',
    `Waren Sie das nicht?\nDann melden Sie sich an.\nBeenden Sie dort die Sitzung:\n${go('/konto/sicherheit')}`,
  ],
});

/** Tells the owner that their account was asked for, when it will open, and how to say no. @param cancelPath of the link that ends it */
export const recoveryBegunMail = defineMail<[cancelPath: string, readyAt: Temporal.Instant, settleDays: number]>({
  de: (go, cancelPath, readyAt, settleDays) => [
    'Jemand möchte Ihr Servicekonto wiederherstellen',
    `mit dieser Adresse wurde der Zugang zu Ihrem Servicekonto angefordert. Waren Sie das? Dann warten Sie. Am ${readyAt}, bekommen Sie einen Link. Niemand kann das beschleunigen, auch keine Person der Stadt.`,
    `Schneller geht es mit dem Online-Ausweis, einem Passkey oder einem Wiederherstellungs-Code: ${go('/anmelden')}`,
    `Waren Sie das nicht? Dann brechen Sie es mit diesem Link ab. Auch eine Anmeldung bricht es ab, wenn es Passwort, Passkey, Code oder Online-Ausweis schon ${settleDays} Tage gibt:`,
    go(cancelPath),
  ],
  en: (go, cancelPath, readyAt, settleDays) => [
    'Somebody wants to recover your service account',
    `Somebody asked for access to your service account with this address. Was it you? Then wait. On ${readyAt}, you will get a link. Nobody can make it faster, not even somebody who works for the city.`,
    `It is faster with the Online-Ausweis, a passkey or a recovery code: ${go('/anmelden')}`,
    `Was it not you? Then stop it with this link. Signing in stops it, too, if the password, passkey, code or Online-Ausweis is at least ${settleDays} days old:`,
    go(cancelPath),
  ],
  leicht: (go, cancelPath, readyAt, settleDays) => [
    'Jemand möchte in Ihr Konto',
    `Jemand möchte wieder in Ihr Konto.\nWaren Sie das?\nDann warten Sie.\nDann bekommen Sie einen Link:\n${readyAt}.\nNiemand kann das schneller machen.\nAuch kein Mensch bei der Stadt.`,
    `Schneller geht es so:\nMit dem Online-Ausweis.\nMit einem Passkey.\nMit einem Code für den Notfall.\nHier melden Sie sich an:\n${go('/anmelden')}`,
    `Waren Sie das nicht?\nDann öffnen Sie diesen Link:\n${go(cancelPath)}`,
    `Der Link stoppt alles.\nAuch eine Anmeldung stoppt alles.\nDafür muss eins davon schon ${settleDays} Tage alt sein:\nIhr Passwort, Ihr Passkey, Ihr Code oder Ihr Online-Ausweis.`,
  ],
});

/** Tells whoever asked for the account that they need not wait: somebody came in by a way of their own. */
export const recoveryEndedMail = defineMail({
  de: (go) => [
    'Die Wiederherstellung Ihres Servicekontos ist beendet',
    'jemand hat sich bei Ihrem Servicekonto angemeldet, auf einem Weg, den es schon länger gibt. Deshalb ist die Wiederherstellung beendet. Es kommt kein Link mehr.',
    `Waren Sie das nicht? Dann kennt vielleicht jemand Ihr Passwort. Melden Sie sich mit dem Online-Ausweis, einem Passkey oder einem Wiederherstellungs-Code an, und setzen Sie ein neues Passwort: ${go('/anmelden')}`,
  ],
  en: (go) => [
    'The recovery of your service account has ended',
    'Somebody signed in to your service account, by a way that has been there for some time. So the recovery has ended. No link will come.',
    `Was it not you? Then somebody may know your password. Sign in with the Online-Ausweis, a passkey or a recovery code, and set a new password: ${go('/anmelden')}`,
  ],
  leicht: (go) => [
    'Sie müssen nicht mehr warten',
    'Jemand hat sich bei Ihrem Konto angemeldet.\nDeshalb bekommen Sie keinen Link mehr.',
    `Waren Sie das nicht?\nDann kennt vielleicht jemand Ihr Passwort.\nMelden Sie sich mit dem Online-Ausweis an.\nOder mit einem Passkey.\nOder mit einem Code für den Notfall.\nMachen Sie dann ein neues Passwort:\n${go('/anmelden')}`,
  ],
});

/** Brings the link that opens the account when the wait is over. @param path of the link */
export const recoveryReadyMail = defineMail<[path: string, expiresAt: Temporal.Instant]>({
  de: (go, path, expiresAt) => [
    'Ihr Servicekonto ist bereit',
    `die Wartezeit ist um. Mit diesem Link kommen Sie wieder in Ihr Servicekonto. Er gilt nur einmal, und zwar bis ${expiresAt}:`,
    go(path),
    'Legen Sie dort gleich ein neues Passwort oder einen neuen Passkey an.',
  ],
  en: (go, path, expiresAt) => [
    'Your service account is ready',
    `The wait is over. With this link you get back into your service account. It works only once, until ${expiresAt}:`,
    go(path),
    'Make a new password or a new passkey there at once.',
  ],
  leicht: (go, path, expiresAt) => [
    'Ihr Konto ist bereit',
    `Sie müssen nicht mehr warten.\nHier kommen Sie wieder in Ihr Konto:\n${go(path)}`,
    `So lange geht der Link:\nbis ${expiresAt}.\nDer Link geht nur einmal.`,
    'Machen Sie dort gleich ein neues Passwort.\nOder einen neuen Passkey.',
  ],
});
