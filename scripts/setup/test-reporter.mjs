import { relative } from 'node:path';

/**
 * Says which file is done, prints each failure with its place and cause, and ends with one line:
 * `N passed, N failed` (and `, N skipped` when some were).
 */
export default async function* report(events) {
  const failures = [];
  for await (const { type, data } of events) {
    if (type === 'test:fail' && isOwnFailure(data)) failures.push(data);
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type === 'test:pass' && (data.skip !== undefined || data.todo !== undefined))
      yield `skipped: ${place(data)} ${data.name} (${data.skip === true ? 'no reason given' : data.skip})\n`;
    if (type === 'test:summary' && data.file !== undefined) yield line(data);
    if (type === 'test:summary' && data.file === undefined) {
      for (const failure of failures) yield describe(failure);
      const { passed, failed, cancelled, skipped, todo } = data.counts;
      const left = skipped + todo;
      yield `${passed} passed, ${failed + cancelled} failed${left > 0 ? `, ${left} skipped` : ''}\n`;
    }
  }
}

/** A group fails because something in it did: that one is named already. */
const isOwnFailure = ({ details }) => details.error?.failureType !== 'subtestsFailed';

const place = ({ file, line: at }) => `${file === undefined ? '' : relative(process.cwd(), file)}${at === undefined ? '' : `:${at}`}`;

function line({ file, counts, duration_ms: ms }) {
  const state = counts.failed + counts.cancelled > 0 ? '✖' : '✔';
  return `${state} ${relative(process.cwd(), file)} (${counts.tests} in ${(ms / 1000).toFixed(1)} s)\n`;
}

function describe(failure) {
  const error = failure.details.error?.cause ?? failure.details.error;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `\n✖ ${failure.name}\n  ${place(failure)}\n${text
    .split('\n')
    .map((one) => `    ${one}`)
    .join('\n')}\n\n`;
}
