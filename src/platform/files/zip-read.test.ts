import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expectOk } from '../../kernel/result.ts';
import { unzip } from './zip-read.ts';
import { zip } from './zip.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const ONE = zip([{ name: 'a.xml', bytes: bytes('<a/>') }]);
const refused = (archive: Uint8Array, limits?: Parameters<typeof unzip>[1]): string => {
  const done = unzip(archive, limits);
  assert.equal(done.ok, false);
  return done.ok ? '' : done.problem.detail;
};
/** The archive with some bytes changed. */
function changed(archive: Uint8Array, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(archive);
  change(copy);
  return copy;
}
const CENTRAL = bytes('PK\u0001\u0002');
const python = spawnSync('python3', ['--version']).error === undefined ? false : 'python3 fehlt';
/** An archive as Python's zipfile writes it; `script` may use `z` and `io`. */
const written = (script: string): Buffer =>
  execFileSync('python3', [
    '-c',
    `import io,sys,zipfile\nb=io.BytesIO()\nz=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED)\n${script}\nz.close()\nsys.stdout.buffer.write(b.getvalue())`,
  ]);

it('what is packed comes out again', () => {
  const file = fc.record({ name: fc.uuid(), bytes: fc.uint8Array({ maxLength: 200 }) });
  fc.assert(
    fc.property(fc.uniqueArray(file, { selector: ({ name }) => name }), (files) => {
      const back = expectOk(unzip(zip(files)));
      assert.deepEqual(
        back.map(({ name, bytes: content }) => [name, [...content]]),
        files.map(({ name, bytes: content }) => [name, [...content]]),
      );
    }),
  );
});

it('reads what another program deflated, with folders and umlauts', { skip: python }, () => {
  const back = expectOk(unzip(written("z.mkdir('ordner')\nz.writestr('ordner/größe.txt','ü'*5000)\nz.writestr('leer.txt','')")));
  assert.deepEqual(
    back.map(({ name, bytes: content }) => [name, content.length]),
    [
      ['ordner/größe.txt', 10_000],
      ['leer.txt', 0],
    ],
  );
});

describe('refuses', () => {
  const names = ['../a', 'a/../../b', '/etc/passwd', 'C:\\a', 'a\\b', 'a\u0000b', 'a//b', './a', 'rechnung\u202Efdp.exe'];
  for (const name of names) it(`the name ${JSON.stringify(name)}`, () => assert.match(refused(zip([{ name, bytes: bytes('x') }])), /Dateiname/));
  it('the same name twice, whatever the case', () => {
    assert.match(
      refused(
        zip([
          { name: 'ä.txt', bytes: bytes('1') },
          { name: 'Ä.TXT', bytes: bytes('2') },
        ]),
      ),
      /zweimal/,
    );
  });
  it('a link', { skip: python }, () => {
    assert.match(refused(written("i=zipfile.ZipInfo('a')\ni.create_system=3\ni.external_attr=0o120777<<16\nz.writestr(i,'/etc/passwd')")), /Verknüpfung/);
  });
  it('more files or bytes than allowed, before unpacking', () => {
    const two = zip([
      { name: 'a', bytes: bytes('123') },
      { name: 'b', bytes: bytes('456') },
    ]);
    assert.match(refused(two, { maxFiles: 1, maxBytes: 100 }), /mehr als 1 Dateien/);
    assert.match(refused(two, { maxFiles: 2, maxBytes: 5 }), /größer als 0 MB/);
  });
  it('a bomb that lies about its size', { skip: python }, () => {
    const bomb = written("z.writestr('a', b'0'*50_000_000)");
    assert.match(refused(bomb, { maxFiles: 10, maxBytes: 1_000_000 }), /größer/);
    // the directory now promises 10 bytes
    assert.match(refused(changed(bomb, (copy) => copy.writeUInt32LE(10, copy.indexOf(CENTRAL) + 24))), /beschädigt/);
  });
  it('files that share the same bytes', () => {
    const two = Buffer.from(
      zip([
        { name: 'aa', bytes: bytes('1') },
        { name: 'ab', bytes: bytes('1') },
      ]),
    );
    const second = two.lastIndexOf(CENTRAL);
    two.writeUInt32LE(0, second + 42);
    assert.match(refused(two), /beschädigt/);
  });
  it('an encrypted file, another method, another disk', () => {
    const at = Buffer.from(ONE).indexOf(CENTRAL);
    assert.match(refused(changed(ONE, (copy) => copy.writeUInt16LE(1, at + 8))), /verschlüsselt/);
    assert.match(refused(changed(ONE, (copy) => copy.writeUInt16LE(14, at + 10))), /Verfahren/);
    assert.match(refused(changed(ONE, (copy) => copy.writeUInt16LE(1, at + 34))), /aufgeteilt/);
  });
  it('a wrong checksum, a cut file, another kind of file, nothing', () => {
    assert.match(refused(changed(ONE, (copy) => copy.write('b', 36))), /beschädigt/);
    assert.match(refused(ONE.subarray(0, ONE.length - 5)), /keine ZIP/);
    assert.match(refused(ONE.subarray(10)), /beschädigt/);
    assert.match(refused(bytes('%PDF-1.7')), /keine ZIP/);
    assert.match(refused(new Uint8Array()), /keine ZIP/);
  });
});

it('whatever the bytes and wherever one is changed: an answer, never an exception', () => {
  const archive = zip([
    { name: 'a.txt', bytes: bytes('abc') },
    { name: 'b.txt', bytes: deflateRawSync(bytes('abc')) },
  ]);
  const any = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { maxLength: 6 }).map((changes) =>
      changed(archive, (copy) => {
        for (const [at, value] of changes) copy[at] = value;
      }),
    ),
  );
  fc.assert(
    fc.property(any, (one) => assert.equal(typeof unzip(one).ok, 'boolean')),
    { numRuns: 2000 },
  );
});
