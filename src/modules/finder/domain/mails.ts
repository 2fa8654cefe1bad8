import { defineMail } from '../../../kernel/mail.ts';

/** What somebody asked, and what a person answers. */
export const answerMail = defineMail<[asked: string, answer: string]>({
  de: (_, asked, answer) => ['Antwort auf Ihre Frage an die Stadt', 'Sie haben uns gefragt:', asked, 'Unsere Antwort:', answer],
  en: (_, asked, answer) => ['An answer to your question to the city', 'You asked us:', asked, 'Our answer:', answer],
  leicht: (_, asked, answer) => ['Eine Antwort auf Ihre Frage', 'Sie haben uns gefragt:', asked, 'Das ist unsere Antwort:', answer],
});
