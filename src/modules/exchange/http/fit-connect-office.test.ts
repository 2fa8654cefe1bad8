import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { refuse } from '../../../kernel/result.ts';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { AWAY } from './fit-connect-testing.ts';
import { fitConnectOffice, type FitConnectDesk } from './fit-connect-office.ts';

let city: TemporaryCity;
let folder: string;
before(async () => {
  [city, folder] = await Promise.all([temporaryCity(), mkdtemp(join(tmpdir(), 'kontor-office-'))]);
});
after(async () => {
  await city.close();
  await rm(folder, { recursive: true });
});

const desk: FitConnectDesk = {
  services: () => [],
  intake: { receive: async () => refuse(AWAY), letter: async () => undefined },
  example: () => undefined,
  caseAsSubmission: async () => refuse(AWAY),
};

it('keys that could not be made are made the next time somebody asks, and then once', { timeout: 120_000 }, async () => {
  const inTheWay = join(folder, 'fit-connect');
  await writeFile(inTheWay, 'a file where the folder of the keys should be');
  const office = await fitConnectOffice(city.ctx, desk, { secret: 'a secret of the tests, long enough for a key', dataDirectory: folder });
  await assert.rejects(office.open(), /EEXIST|ENOTDIR/);
  assert.equal(office.ctx.receiving, undefined);
  await rm(inTheWay);
  await Promise.all([office.open(), office.open()]);
  const { receiving } = office.ctx;
  assert.ok(receiving !== undefined);
  await office.open();
  assert.equal(office.ctx.receiving, receiving);
});
