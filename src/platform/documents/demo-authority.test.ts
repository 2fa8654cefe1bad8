import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openDemoAuthority } from './demo-authority.ts';
import { SealConfigError } from './seal-config-error.ts';
import { needs, NOW, run, temporaryFolder } from './testing.ts';

const folder = temporaryFolder();
const fingerprint = (dir: string, now = NOW): string => openDemoAuthority(dir, 'demo', now).seal.certificate.fingerprint256;

describe('demo authority', () => {
  it('is made once, then the same', () => {
    const dir = join(folder, 'once');
    assert.equal(fingerprint(dir), fingerprint(dir, NOW.add({ hours: 24 * 365 })));
    assert.deepEqual(readdirSync(dir), ['demo-siegel.pem']);
    assert.equal(statSync(join(dir, 'demo-siegel.pem')).mode & 0o777, 0o600);
    assert.equal(statSync(dir).mode & 0o777, 0o700);
  });

  it('calls itself DEMO in every name', () => {
    const { seal, ca } = openDemoAuthority(join(folder, 'once'), 'demo', NOW);
    assert.match(seal.certificate.subject, /^O=Kontor Demo-Behörde$/m);
    for (const one of [seal.certificate, ca]) assert.match(one.subject, /CN=DEMO /);
  });

  it('is built as RFC 5280 wants it', needs('openssl', 'openssl'), () => {
    const { seal, ca } = openDemoAuthority(join(folder, 'once'), 'demo', Temporal.Now.instant());
    const [caPath, sealPath] = [join(folder, 'ca.pem'), join(folder, 'seal.pem')];
    writeFileSync(caPath, ca.toString());
    writeFileSync(sealPath, seal.certificate.toString());
    assert.match(
      run('openssl', 'verify', '-x509_strict', '-check_ss_sig', '-attime', String(Math.floor(NOW.epochMilliseconds / 1000)), '-CAfile', caPath, sealPath),
      /OK/,
    );
    const text = run('openssl', 'x509', '-in', sealPath, '-noout', '-text');
    assert.match(text, /Key Usage: critical\s+Digital Signature, Non Repudiation\n/);
    assert.match(text, /CA:FALSE/);
    assert.doesNotMatch(text, /qcStatements/);
    assert.match(run('openssl', 'x509', '-in', caPath, '-noout', '-text'), /Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
  });

  it('renews the seal under the same CA before it expires', () => {
    const dir = join(folder, 'renewed');
    const first = openDemoAuthority(dir, 'demo', NOW);
    const late = NOW.add({ hours: 24 * 365 * 3 });
    const second = openDemoAuthority(dir, 'demo', late);
    assert.notEqual(first.seal.certificate.fingerprint256, second.seal.certificate.fingerprint256);
    assert.equal(first.ca.fingerprint256, second.ca.fingerprint256);
    assert.ok(second.seal.certificate.verify(first.ca.publicKey));
    assert.equal(fingerprint(dir, late), second.seal.certificate.fingerprint256);
  });

  it('refuses in production and makes nothing', () => {
    const dir = join(folder, 'production');
    assert.throws(() => openDemoAuthority(dir, 'production', NOW), SealConfigError);
    assert.throws(() => statSync(dir), /ENOENT/);
  });

  it('says plainly when its file is damaged, and does not overwrite it', () => {
    const dir = join(folder, 'damaged');
    fingerprint(dir);
    const path = join(dir, 'demo-siegel.pem');
    const whole = readFileSync(path, 'utf8');
    for (const damaged of ['', whole.slice(0, 900), whole.slice(0, -40)]) {
      writeFileSync(path, damaged);
      assert.throws(() => fingerprint(dir), SealConfigError);
      assert.equal(readFileSync(path, 'utf8'), damaged);
    }
  });

  it('is one authority, though four processes start at once', async () => {
    const dir = join(folder, 'race');
    const script = `import { openDemoAuthority } from ${JSON.stringify(import.meta.resolve('./demo-authority.ts'))};
      process.stdout.write(openDemoAuthority(${JSON.stringify(dir)}, 'demo', Temporal.Instant.from('${NOW.toString()}')).seal.certificate.fingerprint256);`;
    const prints = await Promise.all(Array.from({ length: 4 }, () => printed(script)));
    assert.equal(new Set(prints).size, 1);
    assert.match(prints[0]!, /^[0-9A-F:]{95}$/);
    assert.deepEqual(readdirSync(dir), ['demo-siegel.pem']);
  });

  it('is not disturbed by what a crash left aside', () => {
    const dir = join(folder, 'crashed');
    const before = fingerprint(dir);
    writeFileSync(join(dir, 'demo-siegel.pem.0123456789ab'), 'half');
    assert.equal(fingerprint(dir), before);
  });
});

function printed(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`ended with ${code}`))));
  });
}
