import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { dmnTckCommand } from './dmn-tck.ts';

const MODEL =
  '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m"><decision id="d" name="d"><variable name="d"/><literalExpression><text>6 * 7</text></literalExpression></decision></definitions>';
const expecting = (answer: number): string =>
  `<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"><modelName>m.dmn</modelName><testCase id="001"><resultNode name="d"><expected><value>${answer}</value></expected></resultNode></testCase></testCases>`;

let directory: string;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kontor-dmn-tck-'));
  await addFolder('compliance-level-2', '0001-good', 42);
});
after(() => rm(directory, { recursive: true, force: true }));

async function addFolder(level: string, name: string, answer: number): Promise<void> {
  const folder = join(directory, level, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'm.dmn'), MODEL);
  await writeFile(join(folder, 'm-test-01.xml'), expecting(answer));
}

async function call(...args: readonly string[]): Promise<{ readonly status: number; readonly said: string; readonly complained: string }> {
  const [said, complained]: [string[], string[]] = [[], []];
  const status = await dmnTckCommand.run(args, { print: (line) => void said.push(line), complain: (line) => void complained.push(line) });
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

describe('./kontor dmn-tck', () => {
  it('ends with 1 where a level is missing: nothing is proven about it', async () => {
    assert.deepEqual(await call(directory), { status: 1, said: 'compliance-level-2: 1 von 1 Testfällen (100.0 %)', complained: '' });
  });
  it('ends with 0 where both levels hold, or the one folder asked for', async () => {
    await addFolder('compliance-level-3', '0002-good', 42);
    assert.equal((await call(directory)).status, 0);
    assert.equal((await call(directory, '--folder', '0002-good')).said, 'compliance-level-3: 1 von 1 Testfällen (100.0 %)');
  });
  it('ends with 1 and names both values where a case fails', async () => {
    await addFolder('compliance-level-3', '0003-bad', 43);
    const { status, said } = await call(directory);
    assert.equal(status, 1);
    assert.match(said, /0003-bad: 0 von 1\n {4}001 d: erwartet 43, erhalten 42/);
    assert.equal((await call(directory, '--folder', '0001-good')).status, 0);
    assert.match((await call(directory, '--json')).said, /"expected": "43"/);
  });
  it('ends with 2 and says what to do where there is nothing to run', async () => {
    assert.match((await call(join(directory, 'nowhere'))).complained, /gibt es nicht\. Nennen Sie den Ordner TestCases/);
    assert.match((await call(join(directory, 'compliance-level-2'))).complained, /Erwartet werden Ordner wie compliance-level-2/);
    assert.match((await call(directory, '--folder', '0009')).complained, /im Ordner «0009»/);
    assert.equal((await call()).status, 2);
  });
});
