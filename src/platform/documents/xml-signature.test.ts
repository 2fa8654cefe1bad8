import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { needs, NOW, run, temporaryFolder } from './testing.ts';
import { loadSeal } from './seal.ts';

it('an XML document is signed so that xmlsec1 believes it, and disbelieves it once a letter is changed', needs('xmlsec1', 'xmlsec1'), async () => {
  const folder = temporaryFolder();
  const seal = await loadSeal({}, join(folder, 'seal'), 'demo', () => NOW);
  const signed = await seal.sealXml('<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a</identifier><note>Größe &amp; Maß</note></alert>', NOW);
  const check = (xml: string): string => {
    const [file, anchor] = [join(folder, 'a.xml'), join(folder, 'ca.der')];
    writeFileSync(file, xml);
    writeFileSync(anchor, seal.trustAnchors[0]!.certificate);
    return run('xmlsec1', '--verify', '--trusted-der', anchor, '--verification-time', '2026-11-23 10:00:00', file);
  };
  assert.match(check(signed), /OK/);
  assert.throws(() => check(signed.replace('Maß', 'Mass')), /xmlsec1 ended/);
});
