import { createHash, sign, type KeyObject, type X509Certificate } from 'node:crypto';
import { fromBER, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { der } from './der.ts';
import { OID } from './oids.ts';

/** A key with its certificate and the certificates above it (without the root). */
export interface SealKey {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
  readonly chain: readonly X509Certificate[];
}

/** Asks a time-stamping authority: signature value in, RFC 3161 token (DER) out. */
export type Timestamper = (signature: Buffer) => Promise<Buffer>;

/**
 * A detached CMS signature after PAdES-B-B (ETSI EN 319 142-1, 6.3), with a `timestamper` B-T.
 * Signed attributes: content type, message digest and signing-certificate-v2 (RFC 5035). No signing
 * time: in PAdES it stands in the PDF's dictionary alone.
 */
export async function signCms(parts: readonly Uint8Array[], seal: SealKey, timestamper?: Timestamper): Promise<Buffer> {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  const attributes = sorted([
    new Attribute({ type: OID.contentType, values: [new ObjectIdentifier({ value: OID.data })] }),
    new Attribute({ type: OID.messageDigest, values: [octets(digest.digest())] }),
    new Attribute({ type: OID.signingCertificateV2, values: [signingCertificate(seal.certificate)] }),
  ]);
  const toSign = der(0x31, ...attributes.map(encoded));
  const signature = sign('sha256', toSign, seal.key);
  const certificate = parsed(seal.certificate);
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: sha256(),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: signatureAlgorithm(seal.key),
    signature: octets(signature),
  });
  if (timestamper !== undefined) signer.unsignedAttrs = timestampAttribute(await timestamper(signature));
  return wrapped(signer, [certificate, ...seal.chain.map(parsed)]);
}

function wrapped(signer: SignerInfo, certificates: Certificate[]): Buffer {
  const signedData = new SignedData({
    version: 1,
    digestAlgorithms: [sha256()],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.data }),
    certificates,
    signerInfos: [signer],
  });
  const content = new ContentInfo({ contentType: OID.signedData, content: signedData.toSchema(true) });
  return Buffer.from(content.toSchema().toBER(false));
}

function timestampAttribute(token: Buffer): SignedAndUnsignedAttributes {
  const value = fromBER(new Uint8Array(token)).result;
  return new SignedAndUnsignedAttributes({ type: 1, attributes: [new Attribute({ type: OID.timeStampToken, values: [value] })] });
}

/** `ESSCertIDv2` with the hash alone: SHA-256 is the default and left out (RFC 5035, 4). */
function signingCertificate(certificate: X509Certificate): Sequence {
  const hash = createHash('sha256').update(certificate.raw).digest();
  const id = new Sequence({ value: [octets(hash)] });
  return new Sequence({ value: [new Sequence({ value: [id] })] });
}

function signatureAlgorithm(key: KeyObject): AlgorithmIdentifier {
  return key.asymmetricKeyType === 'ec'
    ? new AlgorithmIdentifier({ algorithmId: OID.ecdsaWithSha256 })
    : new AlgorithmIdentifier({ algorithmId: OID.sha256WithRsa, algorithmParams: new Null() });
}

const sha256 = (): AlgorithmIdentifier => new AlgorithmIdentifier({ algorithmId: OID.sha256 });
const octets = (bytes: Uint8Array): OctetString => new OctetString({ valueHex: new Uint8Array(bytes).buffer });
const encoded = (attribute: Attribute): Buffer => Buffer.from(attribute.toSchema().toBER(false));
const parsed = (certificate: X509Certificate): Certificate => Certificate.fromBER(new Uint8Array(certificate.raw));

/** A DER SET OF stands in the order of its encodings (X.690, 11.6). */
const sorted = (attributes: readonly Attribute[]): Attribute[] => attributes.toSorted((a, b) => Buffer.compare(encoded(a), encoded(b)));
