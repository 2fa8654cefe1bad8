import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { ok } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { as, testServer, type TestActor } from '../../../../test/support/test-server.ts';
import { repositoryRoot, temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { loadServices, type Services } from '../application/load-services.ts';
import type { PublishingContext } from '../application/publish-package.ts';
import { openServiceDesk, type ServiceDesk } from '../application/service-desk.ts';
import { publishPages } from './publish-pages.ts';

let city: TemporaryCity;
let services: Services;
let desk: ServiceDesk;
let server: ReturnType<typeof testServer>;
before(async () => {
  city = await temporaryCity();
  services = await loadServices(join(repositoryRoot, 'services'), legalDay(city.clock.now()));
  desk = await openServiceDesk(city.ctx, services);
  const ctx: PublishingContext = {
    ...city.ctx,
    desk,
    letters: { setLetter: () => [], samplesOf: () => ({}) },
    // an archive is JSON here: the reader of ZIP files has tests of its own
    unzip: (bytes) =>
      ok(
        Object.entries(JSON.parse(Buffer.from(bytes).toString()) as Record<string, string>).map(([name, text]) => ({
          name,
          bytes: Buffer.from(text, 'latin1'),
        })),
      ),
  };
  server = testServer(publishPages(ctx, (visit) => viewOf(visit, { demo: true })));
});
after(() => city.close());

/** The files of a package as an archive, changed. */
function packed(key: string, change: (files: Record<string, string>) => void = () => {}): string {
  const own = Object.entries(services.files.get(key)!).filter(([path]) => path.startsWith(`${key}/`));
  const files = Object.fromEntries(own);
  change(files);
  return JSON.stringify(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text).toString('latin1')])));
}
const raised = (to: string, more: (service: string) => string = (text) => text) =>
  packed('hund', (files) => {
    files['hund/service.yaml'] = more(files['hund/service.yaml']!.replace(/^version: .*$/m, `version: ${to}`));
  });
const longer =
  (weeks: number) =>
  (text: string): string =>
    text.replace(/promisedWeeks: \d+/, `promisedWeeks: ${weeks}`);

async function send(path: string, who: TestActor | undefined, archive: string | undefined, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ note: 'x', ...fields })) body.set(name, value);
  if (archive !== undefined) body.set('file', new Blob([archive]), 'hund.zip');
  return server.request(path, { method: 'POST', body, headers: { ...(who === undefined ? {} : as(who)), origin: 'http://localhost:8080' } });
}
const json = async (answer: Promise<Response>) => {
  const done = await answer;
  return { status: done.status, body: (await done.json()) as Record<string, unknown> };
};
const check = (archive: string) => json(send('/api/services/checks', 'administration', archive));
const publish = (archive: string, reason = 'Neue Zusage') => json(send('/api/services/publications', 'administration', archive, { reason }));
const entries = async () => city.ctx.journal.readAfter(city.database.read, 0, { kinds: ['catalogue.package-published'] });

describe('a check before publishing', () => {
  it('says what changes and keeps nothing', async () => {
    const { status, body } = await check(raised('1.1.0', longer(9)));
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body['key'], body['version'], body['inForce'], body['publishable'], body['obstacle']], ['hund', '1.1.0', '1.0.0', true, null]);
    assert.match(JSON.stringify(body['diff']), /Zugesagte Wochen/);
    assert.equal(desk.current('hund')!.version, '1.0.0');
    const kept = await sql<{ version: string }>`select version from catalogue.package_version where key = 'hund'`.execute(city.database.read);
    assert.deepEqual(kept.rows, [{ version: '1.0.0' }]);
  });
  it('names each mistake with file and line', async () => {
    const { body } = await check(raised('1.1.0', (text) => text.replace('trust: substanziell', 'trust: mittel')));
    assert.equal(body['publishable'], false);
    const [first] = body['findings'] as { level: string; file: string; line: number; message: string }[];
    assert.deepEqual([first!.level, first!.file], ['error', 'hund/service.yaml']);
    assert.ok(first!.line > 1 && /substanziell/.test(first!.message));
  });
  it('a table of rules with an overlap: an example', async () => {
    const archive = packed('baumfaellung', (files) => {
      files['baumfaellung/service.yaml'] = files['baumfaellung/service.yaml']!.replace('version: 1.1.0', 'version: 1.2.0');
      files['baumfaellung/rules/baumschutz.dmn'] = files['baumfaellung/rules/baumschutz.dmn']!.replace('hitPolicy="FIRST"', 'hitPolicy="UNIQUE"');
    });
    const { body } = await check(archive);
    assert.equal(body['publishable'], false);
    assert.match(JSON.stringify(body['findings']), /treffen zugleich zu, zum Beispiel bei Wuchs/);
  });
  it('a number or key of another Leistung is an error', async () => {
    const { body } = await check(raised('1.1.0', (text) => text.replace('filePrefix: HD', 'filePrefix: BF')));
    assert.match(JSON.stringify(body['findings']), /Kürzel der Aktenzeichen «BF» hat schon «baumfaellung»/);
  });
  it('files that are no part of a package are said', async () => {
    const { body } = await check(packed('hund', (files) => void (files['hund/notizen.txt'] = 'x')));
    assert.match(JSON.stringify(body['findings']), /notizen\.txt.*Sie bleibt weg/);
  });
  const strange: readonly [string, string, RegExp][] = [
    ['no package', '{"a.txt":"x"}', /keine service\.yaml/],
    ['two packages', '{"a/service.yaml":"x","b/service.yaml":"y"}', /mehrere Leistungen/],
    ['a name that is none', '{"A B/service.yaml":"x"}', /kein Name für eine Leistung/],
    ['another encoding', '{"a/service.yaml":"\u00ff"}', /nicht in UTF-8/],
  ];
  for (const [name, archive, words] of strange) {
    it(`${name}: refused in a sentence`, async () => {
      const { status, body } = await check(archive);
      assert.equal(status, 422);
      assert.match(String(body['detail']), words);
    });
  }
});

describe('publishing', () => {
  it('is for the administration, wants a file and a reason', async () => {
    for (const path of ['/api/services/checks', '/api/services/publications']) {
      assert.equal((await send(path, undefined, raised('1.1.0'))).status, 401);
      for (const who of ['citizen', 'sachbearbeitung', 'leitung', 'revision'] as const) assert.equal((await send(path, who, raised('1.1.0'))).status, 403);
      assert.equal((await send(path, 'administration', undefined)).status, 422);
    }
    const { status, body } = await publish(raised('1.1.0'), ' ');
    assert.deepEqual([status, (body['errors'] as { field: string }[])[0]!.field], [422, 'reason']);
  });
  it('an invalid package never goes live, and the answer says why by line', async () => {
    const { status, body } = await publish(raised('1.1.0', (text) => text.replace('trust: substanziell', 'trust: mittel')));
    assert.equal(status, 422);
    assert.match(String(body['detail']), /hat einen Fehler und geht nicht in Kraft/);
    assert.match((body['errors'] as { field: string }[])[0]!.field, /^hund\/service\.yaml:\d+$/);
    assert.equal(desk.current('hund')!.version, '1.0.0');
  });
  it('the same content, an equal and a lower version are refused with what to do', async () => {
    assert.match(String((await publish(packed('hund'))).body['detail']), /Genau diese Fassung/);
    for (const version of ['1.0.0', '0.9.9']) {
      const { status, body } = await publish(raised(version, longer(9)));
      assert.equal(status, 409);
      assert.match(String(body['detail']), /Erhöhen Sie version/);
    }
  });
  it('takes force at once, stands in the journal with who, and old cases find their version', async () => {
    const old = desk.current('hund')!;
    const { status, body } = await publish(raised('1.1.0', longer(9)));
    assert.equal(status, 201, JSON.stringify(body));
    assert.deepEqual([body['version'], body['replaced']], ['1.1.0', '1.0.0']);
    assert.deepEqual([desk.current('hund')!.promisedWeeks, desk.services.packages.get('hund')!.version], [9, '1.1.0']);
    assert.equal((await desk.pinned(old.hash)).version, '1.0.0');
    const entry = (await entries()).at(-1)!;
    assert.deepEqual([entry.stream, entry.payload['before'], entry.payload['version']], ['catalogue:hund', old.hash, '1.1.0']);
    assert.match(entry.actor, /^staff:/);
    assert.doesNotMatch(JSON.stringify(entry.payload), /Zusage/);
  });
  it('two at once: one is in force, the other hears it', async () => {
    const both = await Promise.all([publish(raised('1.2.0', longer(5))), publish(raised('1.2.0', longer(6)))]);
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [201, 409],
    );
  });
  it('after a restart the published version is in force; a higher one in the folder wins', async () => {
    const again = await openServiceDesk(city.ctx, services);
    assert.equal(again.current('hund')!.version, '1.2.0');
    const higher = { ...services.packages.get('hund')!, version: '2.0.0' };
    const moved = await openServiceDesk(city.ctx, { ...services, packages: new Map(services.packages).set('hund', higher) });
    assert.equal(moved.current('hund')!.version, '2.0.0');
  });
  it('a published version that the checks of a later day refuse is not offered, nor does an older one come back', async () => {
    const later = await openServiceDesk(
      { ...city.ctx, clock: () => city.clock.now() },
      { ...services, authorities: services.authorities.filter(({ id }) => id !== 'hunderegister') },
    );
    assert.equal(later.current('hund'), undefined);
    assert.ok(later.services.mistakes.some(({ message }) => message.startsWith('Veröffentlichte Fassung 1.2.0: ')));
  });
  it('a Leistung that was not there before goes live too', async () => {
    const archive = packed('hund', (files) => {
      for (const [path, text] of Object.entries(files)) {
        files[path.replace('hund/', 'katze/')] = text;
        delete files[path];
      }
      const service = files['katze/service.yaml']!;
      files['katze/service.yaml'] = service
        .replace('key: hund', 'key: katze')
        .replace('filePrefix: HD', 'filePrefix: KZ')
        .replace('99107006060000', '99107006060009');
    });
    const { status, body } = await publish(archive);
    assert.equal(status, 201, JSON.stringify(body));
    assert.deepEqual([body['replaced'], desk.current('katze')?.key], [null, 'katze']);
  });
});

describe('the page', () => {
  const post = (archive: string | undefined, fields: Readonly<Record<string, string>>) => send('/verwaltung/fassungen/neu', 'administration', archive, fields);
  it('shows what the check says, keeps the reason, and publishes nothing', async () => {
    const version = desk.current('hund')!.version;
    const answer = await post(raised('3.0.0', longer(7)), { what: 'check', reason: 'weil' });
    const text = await answer.text();
    assert.equal(answer.status, 200);
    assert.match(text, /bereit zum Veröffentlichen[\s\S]*Zugesagte Wochen[\s\S]*>\s*weil<\/textarea>/);
    assert.equal(desk.current('hund')!.version, version);
  });
  it('publishes and leads to the cases on older versions', async () => {
    const answer = await post(raised('3.0.0', longer(7)), { what: 'publish', reason: 'weil' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/verwaltung/leistungen/hund']);
    assert.equal(desk.current('hund')!.version, '3.0.0');
  });
  it('says what is wrong: no file, no reason, mistakes in the package', async () => {
    assert.match(await (await post(undefined, { what: 'publish' })).text(), /Wählen Sie die ZIP-Datei aus/);
    const noReason = await post(raised('4.0.0'), { what: 'publish', reason: '' });
    assert.deepEqual([noReason.status, /Nennen Sie den Grund/.test(await noReason.text())], [422, true]);
    const broken = await post(
      raised('4.0.0', (text) => text.replace('trust: substanziell', 'trust: mittel')),
      { what: 'publish', reason: 'weil' },
    );
    assert.equal(broken.status, 422);
    assert.match(await broken.text(), /geht nicht in Kraft[\s\S]*hund\/service\.yaml:\d+/);
    assert.equal(desk.current('hund')!.version, '3.0.0');
  });
});
