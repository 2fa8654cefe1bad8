import type { Lang } from '../../../kernel/lang.ts';
import { defineMail } from '../../../kernel/mail.ts';
import type { NoticeKind } from '../../../kernel/notice.ts';

// None of these words carries content of a case, and none names a person or a day.

/** Where a notice leads; what waits is said there, after signing in. */
export const NOTICE_PATHS: Readonly<Record<NoticeKind, string>> = {
  mailbox: '/postfach',
  reminder: '/konto/benachrichtigungen',
  security: '/konto/sicherheit',
  recovery: '/konto/sicherheit',
};

const WORDS: Readonly<Record<Lang, Readonly<Record<NoticeKind, string>>>> = {
  de: {
    mailbox: 'In Ihrem Postfach der Stadt liegt etwas Neues.',
    reminder: 'In Ihrem Servicekonto endet bald etwas.',
    security: 'An Ihrem Servicekonto hat sich etwas geändert.',
    recovery: 'Jemand möchte Ihr Servicekonto wiederherstellen. Waren Sie das nicht? Melden Sie sich an.',
  },
  en: {
    mailbox: 'There is something new in your city mailbox.',
    reminder: 'Something in your service account ends soon.',
    security: 'Something has changed in your service account.',
    recovery: 'Somebody wants to recover your service account. Was it not you? Sign in.',
  },
  leicht: {
    mailbox: 'In Ihrem Post-Fach ist etwas Neues.',
    reminder: 'In Ihrem Konto ist bald etwas zu Ende.',
    security: 'In Ihrem Konto ist etwas anders.',
    recovery: 'Jemand will in Ihr Konto. Waren Sie das nicht? Melden Sie sich an.',
  },
};

/** What a browser shows. */
export interface PushWords {
  readonly title: string;
  readonly body: string;
  readonly path: string;
}

export const pushWords = (kind: NoticeKind, lang: Lang): PushWords => ({ title: 'Kontor', body: WORDS[lang][kind], path: NOTICE_PATHS[kind] });

export const smsWords = (kind: NoticeKind, lang: Lang, publicUrl: string): string => `${WORDS[lang][kind]} ${publicUrl}${NOTICE_PATHS[kind]}`;

const CODE: Readonly<Record<Lang, (code: string) => string>> = {
  de: (code) => `Ihr Code für Kontor: ${code}. Er gilt 10 Minuten. Geben Sie ihn niemandem.`,
  en: (code) => `Your code for Kontor: ${code}. It is valid for 10 minutes. Give it to nobody.`,
  leicht: (code) => `Ihr Code ist: ${code}. Sagen Sie ihn keinem anderen Menschen.`,
};
export const codeWords = (lang: Lang, code: string): string => CODE[lang](code);

/** By mail that something waits, for who would otherwise hear nothing. @param path where it leads, of `NOTICE_PATHS` */
export const waitingMail = defineMail<[path: string]>({
  de: (go, path) => ['Es wartet etwas auf Sie', 'in Ihrem Servicekonto wartet etwas auf Sie.', `Melden Sie sich an und sehen Sie nach: ${go(path)}`],
  en: (go, path) => ['Something is waiting for you', 'Something is waiting for you in your service account.', `Sign in and look: ${go(path)}`],
  leicht: (go, path) => [
    'In Ihrem Konto ist etwas für Sie',
    'In Ihrem Konto ist etwas für Sie.',
    `Melden Sie sich an.\nDann können Sie es sehen:\n${go(path)}`,
  ],
});

/** Reminds by mail; the last link needs no signing in and turns reminders off, nothing else. */
export const reminderMail = defineMail<[offToken: string]>({
  de: (go, offToken) => [
    'Bald endet etwas in Ihrem Servicekonto',
    'in Ihrem Servicekonto endet bald etwas, oder es braucht bis dahin eine Antwort.',
    `Was es ist, sehen Sie nach der Anmeldung: ${go(NOTICE_PATHS.reminder)}`,
    `Keine Erinnerungen mehr? Hier schalten Sie sie ab, ohne Anmeldung: ${go(`/benachrichtigungen/abmelden/${offToken}`)}`,
  ],
  en: (go, offToken) => [
    'Something in your service account ends soon',
    'Something in your service account ends soon, or needs an answer by then.',
    `What it is you see after signing in: ${go(NOTICE_PATHS.reminder)}`,
    `No more reminders? Turn them off here, without signing in: ${go(`/benachrichtigungen/abmelden/${offToken}`)}`,
  ],
  leicht: (go, offToken) => [
    'In Ihrem Konto ist bald etwas zu Ende',
    'In Ihrem Konto ist bald etwas zu Ende.\nOder wir brauchen bald eine Antwort von Ihnen.',
    `Melden Sie sich an.\nDann können Sie es sehen:\n${go(NOTICE_PATHS.reminder)}`,
    `Möchten Sie keine Erinnerungen mehr?\nHier können Sie das sagen, ohne Anmeldung:\n${go(`/benachrichtigungen/abmelden/${offToken}`)}`,
  ],
});
