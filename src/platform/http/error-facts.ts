/**
 * What a log may say about an exception: its class, code and places in our code. Messages can quote
 * input ("invalid input syntax: …"), so only a demo writes them.
 */
export function errorFacts(error: unknown, withMessage: boolean): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
  const facts: Record<string, string> = { error: error.name, at: frames.slice(0, 6).join(' | ') };
  if ('code' in error && typeof error.code === 'string') facts['code'] = error.code;
  if (withMessage) facts['message'] = error.message;
  return facts;
}
