import { defineMail } from '../../../kernel/mail.ts';

/** Brings the personal link to who wrote something. @param path of the link */
export const linkMail = defineMail<[path: string]>({
  de: (go, path) => [
    'Ihr Beitrag ist angekommen',
    `mit diesem Link sehen Sie, was aus Ihrem Beitrag geworden ist, und können ihn löschen:\n\n${go(path)}`,
    'Wer den Link hat, kann das auch: Geben Sie ihn nicht weiter. Ihre E-Mail-Adresse haben wir nicht gespeichert. Haben Sie keinen Beitrag geschrieben, müssen Sie nichts tun.',
  ],
  en: (go, path) => [
    'Your contribution has arrived',
    `With this link you see what became of your contribution, and can delete it:\n\n${go(path)}`,
    'Whoever has the link can do the same: do not pass it on. We have not kept your e-mail address. If you wrote no contribution, you need not do anything.',
  ],
  leicht: (go, path) => [
    'Ihr Beitrag ist bei uns',
    `Was ist mit Ihrem Beitrag?\nHier können Sie es sehen.\nHier können Sie Ihren Beitrag auch löschen:\n${go(path)}`,
    'Geben Sie den Link keinem anderen Menschen.\nIhre E-Mail-Adresse haben wir nicht gespeichert.',
    'Haben Sie nichts geschrieben?\nDann müssen Sie nichts tun.',
  ],
});

/** Says only that something waits. @param path where it is read after signing in */
export const newsMail = defineMail<[path: string]>({
  de: (go, path) => [
    'Neues zu Ihrem Beitrag',
    `die Behörde hat über etwas entschieden, das Sie in einer Beteiligung geschrieben haben, oder darauf geantwortet. Hier lesen Sie es, wenn Sie angemeldet sind:\n\n${go(path)}`,
  ],
  en: (go, path) => [
    'News about your contribution',
    `The authority has decided about something you wrote in a participation, or has answered it. Read it here when you are signed in:\n\n${go(path)}`,
  ],
  leicht: (go, path) => [
    'Etwas Neues zu Ihrem Beitrag',
    `Sie haben uns Ihre Meinung geschrieben.\nDie Stadt hat etwas dazu entschieden.\nOder die Stadt hat geantwortet.`,
    `Melden Sie sich an.\nDann können Sie es lesen:\n${go(path)}`,
  ],
});
