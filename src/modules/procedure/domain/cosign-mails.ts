import { defineMail } from '../../../kernel/mail.ts';

// Mails to and about people who are asked to sign: a link, and nothing of the application.

/** @param path of the personal link */
export const invitationMail = defineMail<[path: string, until: Temporal.PlainDate]>({
  de: (go, path, until) => [
    'Bitte zeichnen Sie einen Antrag mit',
    'jemand möchte mit Ihnen gemeinsam einen Antrag bei der Stadt stellen. Lesen Sie ihn, und zeichnen Sie ihn mit oder lehnen Sie ab:',
    go(path),
    `Der Link ist nur für Sie und gilt bis zum ${until}. Sie melden sich dafür mit Ihrem Servicekonto an.`,
    'Erwarten Sie keine solche Bitte? Dann müssen Sie nichts tun.',
  ],
  en: (go, path, until) => [
    'Please sign an application together with somebody',
    'Somebody wants to make an application to the city together with you. Read it, and sign it or say no:',
    go(path),
    `The link is for you alone and works until ${until}. You sign in with your service account.`,
    'You expect no such request? Then you need not do anything.',
  ],
  leicht: (go, path, until) => [
    'Bitte unterschreiben Sie einen Antrag',
    'Jemand möchte einen Antrag bei der Stadt stellen.\nZusammen mit Ihnen.',
    `Lesen Sie den Antrag.\nDann sagen Sie Ja oder Nein:\n${go(path)}`,
    `Der Link ist nur für Sie.\nDer Link geht bis zum ${until}.\nSie brauchen dafür Ihr Konto bei der Stadt.`,
    'Wissen Sie nichts davon?\nDann müssen Sie nichts tun.',
  ],
});

/** @param path of the application as it is now */
export const changedMail = defineMail<[path: string]>({
  de: (go, path) => [
    'Ihre Mitzeichnung gilt nicht mehr',
    'ein Antrag, den Sie mitgezeichnet haben, wurde danach geändert. Ihre Mitzeichnung gilt deshalb nicht mehr. Lesen Sie den neuen Stand, und zeichnen Sie ihn neu mit:',
    go(path),
  ],
  en: (go, path) => [
    'Your signature is no longer valid',
    'An application that you signed was changed afterwards. So your signature is no longer valid. Read it as it is now, and sign it again:',
    go(path),
  ],
  leicht: (go, path) => [
    'Ihre Unterschrift gilt nicht mehr',
    'Sie haben einen Antrag unterschrieben.\nDer Antrag ist jetzt anders.\nDarum gilt Ihre Unterschrift nicht mehr.',
    `Lesen Sie den Antrag noch einmal.\nDann unterschreiben Sie neu:\n${go(path)}`,
  ],
});

export const endedMail = defineMail({
  de: () => ['Ihre Mitzeichnung wird nicht mehr gebraucht', 'die Bitte, einen Antrag mitzuzeichnen, wurde zurückgenommen. Sie müssen nichts tun.'],
  en: () => ['Your signature is no longer needed', 'The request to sign an application was taken back. You need not do anything.'],
  leicht: () => [
    'Sie müssen nicht mehr unterschreiben',
    'Jemand wollte einen Antrag zusammen mit Ihnen stellen.\nDas gilt nicht mehr.\nSie müssen nichts tun.',
  ],
});

/** To the owner of the draft. @param path of the page that tells the answers */
export const answeredMail = defineMail<[path: string]>({
  de: (go, path) => [
    'Antwort auf Ihre Bitte um Mitzeichnung',
    'eine Person, die Sie um Mitzeichnung gebeten haben, hat geantwortet. Lesen Sie hier, wie:',
    go(path),
  ],
  en: (go, path) => ['An answer to your request to sign', 'Somebody whom you asked to sign has answered. Read the answer here:', go(path)],
  leicht: (go, path) => [
    'Eine Antwort für Sie',
    `Sie haben jemanden um eine Unterschrift gebeten.\nJetzt gibt es eine Antwort.\nHier können Sie sie lesen:\n${go(path)}`,
  ],
});
