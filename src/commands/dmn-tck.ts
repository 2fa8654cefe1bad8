import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { codeOf } from '../kernel/error-code.ts';
import { runTck, type TckLevel } from '../modules/rules/public.ts';
import { wrongCall, type Command, type Output } from './command.ts';

const OPTIONS = { folder: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

const LEVEL_2 = 'compliance-level-2';
const LEVEL_3 = 'compliance-level-3';
/** Level 2 must be complete, of level 3 more than this share. */
const SHARE_OF_LEVEL_3 = 0.95;

export const dmnTckCommand: Command = {
  usage: [
    {
      call: 'dmn-tck ORDNER [--folder NAME] [--json]',
      does: 'Prüft das Regelwerk an den amtlichen Testfällen von DMN (Ordner TestCases des DMN TCK): Stufe 2 vollständig, Stufe 3 zu mehr als 95 %.',
    },
  ],
  async run(args, out) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [directory, ...more] = positionals;
    if (directory === undefined || more.length > 0) return wrongCall(dmnTckCommand, out);
    if (!(await isDirectory(directory))) {
      out.complain(`Den Ordner «${directory}» gibt es nicht. Nennen Sie den Ordner TestCases einer Kopie von github.com/dmn-tck/tck.`);
      return 2;
    }
    const { folder } = values;
    const levels = (await runTck(directory, { now: Temporal.Now.instant(), ...(folder !== undefined && { folder }) })).filter((level) => level.total > 0);
    if (levels.length === 0) {
      out.complain(
        folder === undefined
          ? `In «${directory}» liegen keine Testfälle. Erwartet werden Ordner wie ${LEVEL_2} mit .dmn- und .xml-Dateien.`
          : `In «${directory}» liegen keine Testfälle im Ordner «${folder}». Nennen Sie ihn ganz, etwa 0001-input-data-string.`,
      );
      return 2;
    }
    if (values.json) out.print(JSON.stringify(levels, null, 2));
    else for (const level of levels) printLevel(level, out);
    return levels.every(good) && (folder !== undefined || complete(levels)) ? 0 : 1;
  },
};

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

const good = ({ name, passed, total }: TckLevel): boolean => (name === LEVEL_3 ? passed > total * SHARE_OF_LEVEL_3 : passed === total);

/** A copy without one of the levels has proven nothing about it. */
const complete = (levels: readonly TckLevel[]): boolean => [LEVEL_2, LEVEL_3].every((name) => levels.some((level) => level.name === name));

function printLevel({ name, passed, total, folders }: TckLevel, out: Output): void {
  out.print(`${name}: ${passed} von ${total} Testfällen (${((passed / total) * 100).toFixed(1)} %)`);
  for (const folder of folders.filter((one) => one.failures.length > 0)) {
    out.print(`  ${folder.name}: ${folder.passed} von ${folder.total}`);
    for (const failure of folder.failures) out.print(`    ${failure.case} ${failure.result}: erwartet ${failure.expected}, erhalten ${failure.actual}`);
  }
}
