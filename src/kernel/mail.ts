/** A mail as text: a link or a day, and nothing of a case. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What every mail of the city ends with. */
const CLOSING = 'Diese Mail hat Kontor selbst geschrieben. Bitte antworten Sie nicht darauf.';

/** A mail of these paragraphs, with greeting and closing; none of them names the person. */
export const plainMail = (to: string, subject: string, ...paragraphs: readonly string[]): OutgoingMail => ({
  to,
  subject,
  text: ['Guten Tag,', ...paragraphs, CLOSING].join('\n\n'),
});
