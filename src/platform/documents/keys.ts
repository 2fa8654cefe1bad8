import { webcrypto } from 'node:crypto';
import { BitString, Integer, PrintableString, Utf8String } from 'asn1js';
import {
  AttributeTypeAndValue,
  AuthenticatedSafe,
  BasicConstraints,
  Certificate,
  CertBag,
  Extension,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeContents,
} from 'pkijs';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { bufferOf, type SealKey } from './cms.ts';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/** Raised when a p12 cannot be opened; the message is for the operator. */
export class SealKeyError extends Error {}

const KEY_BAG = '1.2.840.113549.1.12.10.1.1';
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERT_BAG = '1.2.840.113549.1.12.10.1.3';

/** Opens a PKCS #12 file (RFC 7292) with an RSA key and its certificate chain. */
export async function readP12(bytes: Uint8Array, password: string): Promise<SealKey> {
  const secret = new TextEncoder().encode(password).buffer as ArrayBuffer;
  const contents = await openPfx(bytes, secret);
  const certificates: Certificate[] = [];
  let key: webcrypto.CryptoKey | undefined;
  for (const bag of contents.flatMap((one) => one.safeBags)) {
    if (bag.bagId === CERT_BAG) certificates.push((bag.bagValue as CertBag).parsedValue as Certificate);
    if (bag.bagId === KEY_BAG) key = await importKey(bag.bagValue as PrivateKeyInfo);
    if (bag.bagId === SHROUDED_KEY_BAG) {
      const shrouded = bag.bagValue as PKCS8ShroudedKeyBag;
      await (shrouded as unknown as { parseInternalValues(args: object): Promise<void> }).parseInternalValues({ password: secret });
      key = await importKey(shrouded.parsedValue!);
    }
  }
  const [certificate, ...chain] = leafFirst(certificates);
  if (key === undefined || certificate === undefined) throw new SealKeyError('Die p12-Datei enthält keinen Schlüssel mit Zertifikat.');
  return { key, certificate, chain };
}

async function openPfx(bytes: Uint8Array, password: ArrayBuffer): Promise<SafeContents[]> {
  try {
    const pfx = PFX.fromBER(bufferOf(bytes));
    await pfx.parseInternalValues({ password, checkIntegrity: true });
    const safe = pfx.parsedValue!.authenticatedSafe as AuthenticatedSafe;
    await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => ({ password })) });
    return (safe.parsedValue.safeContents as { value: SafeContents }[]).map((one) => one.value);
  } catch {
    throw new SealKeyError('Die p12-Datei lässt sich nicht öffnen. Prüfen Sie KONTOR_SEAL_P12 und KONTOR_SEAL_PASSWORD (PKCS #12 mit AES, wie openssl 3 sie schreibt).');
  }
}

const importKey = async (info: PrivateKeyInfo): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', info.toSchema().toBER(false), ALGORITHM, false, ['sign']);

/** The certificate that issued no other comes first. */
function leafFirst(certificates: readonly Certificate[]): Certificate[] {
  const issues = (one: Certificate): boolean => certificates.some((other) => other !== one && other.issuer.isEqual(one.subject));
  return certificates.toSorted((a, b) => Number(issues(a)) - Number(issues(b)));
}

const FILES = { key: 'seal-key.pem', certificate: 'seal-cert.pem', ca: 'ca-cert.pem' } as const;

/** The demo authority's seal; on first use it makes its own CA. The CA's key is thrown away at once. */
export async function demoSealKey(directory: string, now: Temporal.Instant): Promise<SealKey> {
  if (!existsSync(join(directory, FILES.certificate))) await makeDemoAuthority(directory, now);
  const [key, certificate, ca] = await Promise.all(
    [FILES.key, FILES.certificate, FILES.ca].map(async (name) => fromPem(await readFile(join(directory, name), 'utf8'))),
  );
  return {
    key: await webcrypto.subtle.importKey('pkcs8', key!, ALGORITHM, false, ['sign']),
    certificate: Certificate.fromBER(certificate!),
    chain: [Certificate.fromBER(ca!)],
  };
}

/** The certificate that `/pruefen` trusts: the last of the chain. */
export const trustAnchor = ({ certificate, chain }: SealKey): Certificate => chain.at(-1) ?? certificate;

async function makeDemoAuthority(directory: string, now: Temporal.Instant): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const caKeys = await newKeyPair();
  const sealKeys = await newKeyPair();
  const ca = await certify('Kontor Demo-CA (ohne rechtliche Wirkung)', caKeys, undefined, now);
  const seal = await certify('Kontor Demo-Behörde (DEMO)', sealKeys, { certificate: ca, key: caKeys.privateKey }, now);
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', sealKeys.privateKey);
  // the certificate comes last: where it is, all is there
  await writeWhole(join(directory, FILES.key), toPem('PRIVATE KEY', pkcs8));
  await writeWhole(join(directory, FILES.ca), toPem('CERTIFICATE', ca.toSchema(true).toBER(false)));
  await writeWhole(join(directory, FILES.certificate), toPem('CERTIFICATE', seal.toSchema(true).toBER(false)));
}

const newKeyPair = async () =>
  webcrypto.subtle.generateKey({ ...ALGORITHM, modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]) }, true, ['sign', 'verify']);

interface Issuer {
  readonly certificate: Certificate;
  readonly key: webcrypto.CryptoKey;
}

async function certify(name: string, keys: webcrypto.CryptoKeyPair, issuer: Issuer | undefined, now: Temporal.Instant): Promise<Certificate> {
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ valueHex: webcrypto.getRandomValues(new Uint8Array(12)).fill(1, 0, 1).buffer as ArrayBuffer });
  certificate.subject.typesAndValues.push(
    new AttributeTypeAndValue({ type: '2.5.4.6', value: new PrintableString({ value: 'DE' }) }),
    new AttributeTypeAndValue({ type: '2.5.4.10', value: new Utf8String({ value: 'Kontor Demo-Stadt' }) }),
    new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: name }) }),
  );
  certificate.issuer = issuer?.certificate.subject ?? certificate.subject;
  certificate.notBefore.value = new Date(now.subtract({ hours: 24 }).epochMilliseconds);
  certificate.notAfter.value = new Date(now.add({ hours: 24 * 365 * 10 }).epochMilliseconds);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  const constraints = new BasicConstraints({ cA: issuer === undefined });
  certificate.extensions = [
    new Extension({ extnID: '2.5.29.19', critical: true, extnValue: constraints.toSchema().toBER(false), parsedValue: constraints }),
    keyUsage(issuer === undefined ? 0b0000_0110 : 0b1100_0000), // keyCertSign+cRLSign, or digitalSignature+nonRepudiation
  ];
  await certificate.sign(issuer?.key ?? keys.privateKey, 'SHA-256');
  return certificate;
}

function keyUsage(bits: number): Extension {
  const usage = new BitString({ valueHex: new Uint8Array([bits]).buffer, unusedBits: bits & 1 ? 0 : bits & 2 ? 1 : 6 });
  return new Extension({ extnID: '2.5.29.15', critical: true, extnValue: usage.toBER(false), parsedValue: usage });
}

function toPem(label: string, der: ArrayBuffer): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function fromPem(pem: string): ArrayBuffer {
  const bytes = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** Writes a file whole or not at all, readable by its owner only. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(temporary, path);
}
