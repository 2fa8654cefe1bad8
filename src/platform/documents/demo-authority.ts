import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BitString, fromBER, Integer, OctetString, Sequence, Set as Asn1Set, Utf8String } from 'asn1js';
import { AlgorithmIdentifier, AttributeTypeAndValue, BasicConstraints, Certificate, Extension, PublicKeyInfo, RelativeDistinguishedNames, Time } from 'pkijs';
import type { SealKey } from './cms-sign.ts';
import { OID } from './oids.ts';
import { SealConfigError } from './seal-config-error.ts';

/** A seal that proves nothing to anyone outside this demo. */
export interface DemoAuthority {
  readonly seal: SealKey;
  readonly ca: X509Certificate;
}

const FILE_NAME = 'demo-siegel.pem';
const CA_YEARS = 20;
const SEAL_YEARS = 3;
/** The seal certificate is renewed by the same CA when less than this is left of it. */
const RENEW_BEFORE_DAYS = 90;

const nameWith = (commonName: string) =>
  [
    ['country', 'DE'],
    ['organization', 'Kontor Demo-Behörde'],
    ['commonName', commonName],
  ] as const;
const CA_NAME = nameWith('DEMO Kontor Demo-CA (ohne Rechtswert)');
const SEAL_NAME = nameWith('DEMO Kontor Demo-Behörde (Siegel)');

/**
 * The demo authority kept in `dir`, made on first use. CA, seal and both keys lie in one file (mode
 * 0600), written aside and put in place in one step: a crash leaves all of it or nothing, and of two
 * processes that start together one wins and both use the same. Refuses in production.
 */
export function openDemoAuthority(dir: string, env: 'demo' | 'production', now: Temporal.Instant): DemoAuthority {
  if (env === 'production') {
    throw new SealConfigError('Im Echtbetrieb gibt es kein Demo-Siegel. Geben Sie eine Siegel-Datei (p12) und ihr Passwort an.');
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, FILE_NAME);
  const kept = read(path) ?? create(path, now);
  const left = now.until(instantOf(kept.seal.certificate.validToDate)).total('hours') / 24;
  return left > RENEW_BEFORE_DAYS ? kept : renew(path, kept, now);
}

interface Kept extends DemoAuthority {
  readonly caKey: KeyObject;
}

function create(path: string, now: Temporal.Instant): Kept {
  const caKey = newKey();
  const ca = issue({ subject: CA_NAME, issuer: CA_NAME, key: caKey, issuerKey: caKey, now, years: CA_YEARS, ca: true });
  const made = withSeal(ca, caKey, now);
  const waiting = writeAside(path, made);
  try {
    linkSync(waiting, path);
    syncDirectory(path);
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return read(path)!;
  } finally {
    rmSync(waiting, { force: true });
  }
}

function renew(path: string, { ca, caKey }: Kept, now: Temporal.Instant): Kept {
  const made = withSeal(ca, caKey, now);
  renameSync(writeAside(path, made), path);
  syncDirectory(path);
  return made;
}

function withSeal(ca: X509Certificate, caKey: KeyObject, now: Temporal.Instant): Kept {
  const key = newKey();
  const certificate = issue({ subject: SEAL_NAME, issuer: CA_NAME, key, issuerKey: caKey, now, years: SEAL_YEARS, ca: false });
  return { ca, caKey, seal: { key, certificate, chain: [] } };
}

function read(path: string): Kept | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const [caPem, caKeyPem, sealPem, sealKeyPem] = text.split(/(?<=-----END [A-Z ]+-----)\n/);
    const ca = new X509Certificate(caPem!);
    const certificate = new X509Certificate(sealPem!);
    const key = createPrivateKey(sealKeyPem!);
    if (!certificate.checkPrivateKey(key) || !certificate.verify(ca.publicKey)) throw new Error('parts do not belong together');
    return { ca, caKey: createPrivateKey(caKeyPem!), seal: { key, certificate, chain: [] } };
  } catch (cause) {
    throw new SealConfigError(
      `Die Datei ${path} mit dem Demo-Siegel ist beschädigt. Spielen Sie sie aus der Sicherung zurück, oder löschen Sie sie: dann entsteht ein neues Demo-Siegel, und alte Demo-Bescheide gelten als unbekannt.`,
      { cause },
    );
  }
}

function writeAside(path: string, { ca, caKey, seal }: Kept): string {
  const waiting = `${path}.${randomBytes(6).toString('hex')}`;
  const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' });
  const descriptor = openSync(waiting, 'wx', 0o600);
  try {
    writeSync(descriptor, ca.toString() + pem(caKey) + seal.certificate.toString() + pem(seal.key));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return waiting;
}

/** Makes the name last through a power cut, as writing the file made its bytes. */
function syncDirectory(path: string): void {
  const descriptor = openSync(dirname(path), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const instantOf = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());

interface Order {
  readonly subject: readonly (readonly ['country' | 'organization' | 'commonName', string])[];
  readonly issuer: Order['subject'];
  readonly key: KeyObject;
  readonly issuerKey: KeyObject;
  readonly now: Temporal.Instant;
  readonly years: number;
  readonly ca: boolean;
}

/** An X.509 certificate (RFC 5280) signed with ECDSA and SHA-256. */
function issue(order: Order): X509Certificate {
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ valueHex: new Uint8Array([0x40 | (randomBytes(1)[0]! >> 2), ...randomBytes(15)]).buffer });
  certificate.subject = distinguishedName(order.subject);
  certificate.issuer = distinguishedName(order.issuer);
  // A minute earlier: clocks of other machines may be a little behind.
  const from = order.now.subtract({ minutes: 1 });
  certificate.notBefore = time(from);
  certificate.notAfter = time(from.toZonedDateTimeISO('UTC').add({ years: order.years }).toInstant());
  certificate.subjectPublicKeyInfo = PublicKeyInfo.fromBER(new Uint8Array(spki(order.key)));
  certificate.extensions = extensions(order);
  certificate.signature = new AlgorithmIdentifier({ algorithmId: OID.ecdsaWithSha256 });
  certificate.signatureAlgorithm = certificate.signature;
  const body = certificate.encodeTBS().toBER(false);
  certificate.tbsView = new Uint8Array(body);
  certificate.signatureValue = new BitString({ valueHex: new Uint8Array(sign('sha256', new Uint8Array(body), order.issuerKey)).buffer });
  return new X509Certificate(Buffer.from(certificate.toSchema(true).toBER(false)));
}

function extensions({ key, issuerKey, ca }: Order): Extension[] {
  // keyCertSign and cRLSign, or digitalSignature and contentCommitment (EN 319 412-2, 4.3.2).
  const usage = new BitString(ca ? { valueHex: Uint8Array.of(0x06).buffer, unusedBits: 1 } : { valueHex: Uint8Array.of(0xc0).buffer, unusedBits: 6 });
  const constraints = ca ? new BasicConstraints({ cA: true, pathLenConstraint: 0 }) : new BasicConstraints({ cA: false });
  const issuerId = new Sequence({ value: [primitive(keyId(issuerKey))] });
  return [
    extension(OID.basicConstraints, true, constraints.toSchema().toBER(false)),
    extension(OID.keyUsage, true, usage.toBER(false)),
    extension(OID.subjectKeyIdentifier, false, new OctetString({ valueHex: keyId(key) }).toBER(false)),
    extension(OID.authorityKeyIdentifier, false, issuerId.toBER(false)),
  ];
}

/** `[0] keyIdentifier` of the authority key identifier. */
function primitive(id: ArrayBuffer): ReturnType<typeof fromBER>['result'] {
  return fromBER(Uint8Array.from([0x80, id.byteLength, ...new Uint8Array(id)])).result;
}

const extension = (extnID: string, critical: boolean, extnValue: ArrayBuffer): Extension => new Extension({ extnID, critical, extnValue });
const spki = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' });
const keyId = (key: KeyObject): ArrayBuffer => new Uint8Array(createHash('sha1').update(spki(key)).digest()).buffer;

/** One set for each part: pkijs would put all parts into one. */
function distinguishedName(parts: Order['subject']): RelativeDistinguishedNames {
  const sets = parts.map(
    ([type, value]) => new Asn1Set({ value: [new AttributeTypeAndValue({ type: OID[type], value: new Utf8String({ value }) }).toSchema()] }),
  );
  return new RelativeDistinguishedNames({ schema: fromBER(new Sequence({ value: sets }).toBER(false)).result });
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
const time = (at: Temporal.Instant): Time => {
  const value = new Date(Math.floor(at.epochMilliseconds / 1000) * 1000);
  return new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value });
};
