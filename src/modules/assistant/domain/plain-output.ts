/** Longest text that is kept of an answer. */
export const LONGEST_ANSWER = 60_000;

/**
 * A model's text as it may be shown and handed on: no markup that a reader's program would follow or load. Addresses stay
 * readable and lead nowhere; the gate before the model does the same, and this does not rely on it.
 */
export function plainOutput(text: string): string {
  return (
    text
      .slice(0, LONGEST_ANSWER)
      .toWellFormed()
      .replaceAll(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g, (_, words: string, to: string) => (words === to ? words : `${words} (${to})`))
      .replaceAll(/<\/?[a-z!][^>]*>/gi, '')
      .replaceAll(/\b(https?|ftp|file|javascript|data|mailto):(?:\/\/)?/gi, (_, scheme: string) => `${scheme}[:]`)
      // oxlint-disable-next-line no-control-regex -- taking control characters out is the point
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
  );
}
