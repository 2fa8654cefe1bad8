import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { bpmnCommand } from './bpmn.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-bpmn-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function call(...args: readonly string[]): Promise<{ readonly status: number; readonly said: string; readonly complained: string }> {
  const [said, complained]: [string[], string[]] = [[], []];
  const status = await bpmnCommand.run(args, { print: (line) => void said.push(line), complain: (line) => void complained.push(line) });
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

describe('./kontor bpmn', () => {
  it('exports a process that goes round and comes in again as a draft', async () => {
    const exported = await call('export', 'hund');
    assert.equal(exported.status, 0);
    await writeFile(join(folder, 'hund.bpmn'), exported.said);
    const trip = await call('roundtrip', folder);
    assert.equal(trip.status, 0, trip.complained);
    assert.match(trip.said, /hund\.bpmn: gleich\n1 von 1 Dateien gleich/);
    const imported = await call('import', join(folder, 'hund.bpmn'), '--into', folder);
    assert.equal(imported.status, 0, imported.complained);
    assert.match(imported.said, /service lint hund-anmelden/);
    assert.deepEqual((await readdir(join(folder, 'hund-anmelden'))).toSorted(), [
      'form.yaml',
      'process.yaml',
      'service.yaml',
      'textbausteine.yaml',
      'walk.yaml',
    ]);
  });
  it('never overwrites a draft that an author works on', async () => {
    await writeFile(join(folder, 'hund-anmelden', 'service.yaml'), 'meins');
    const again = await call('import', join(folder, 'hund.bpmn'), '--into', folder);
    assert.equal(again.status, 1);
    assert.match(again.complained, /gibt es schon/);
    assert.equal(await readFile(join(folder, 'hund-anmelden', 'service.yaml'), 'utf8'), 'meins');
  });
  it('ends with 1 where a file cannot be read, and still reads the others', async () => {
    await writeFile(join(folder, 'boese.bpmn'), '<!DOCTYPE x><x/>');
    const trip = await call('roundtrip', folder);
    assert.equal(trip.status, 1);
    assert.match(trip.complained, /boese\.bpmn: nicht gelesen\. Die Datei enthält eine Dokumenttyp-Definition/);
    assert.match(trip.said, /1 von 2 Dateien gleich/);
  });
  it('says what is not there and how to call it', async () => {
    assert.match((await call('export', 'gibt-es-nicht')).complained, /«gibt-es-nicht» gibt es nicht/);
    assert.match((await call('import', join(folder, 'fehlt.bpmn'), '--into', folder)).complained, /gibt es nicht/);
    for (const wrong of [[], ['export'], ['import', 'x'], ['export', 'a', 'b'], ['anders', 'x']]) assert.equal((await call(...wrong)).status, 2);
  });
});
