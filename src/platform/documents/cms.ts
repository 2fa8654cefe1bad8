import { webcrypto } from 'node:crypto';
import { Integer, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  MessageImprint,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

/** Key and certificates of a seal. */
export interface SealKey {
  readonly key: webcrypto.CryptoKey;
  readonly certificate: Certificate;
  /** Further certificates up to, and with, the anchor. */
  readonly chain: readonly Certificate[];
}

/** The bytes alone, in a buffer of their own, as pkijs and WebCrypto want them. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

const sha256 = async (bytes: ArrayBuffer | Uint8Array): Promise<ArrayBuffer> =>
  webcrypto.subtle.digest('SHA-256', bytes instanceof Uint8Array ? bufferOf(bytes) : bytes);

/**
 * Detached CMS signature as PAdES asks for it (ETSI EN 319 122-1 CAdES-B-B): content type, digest and
 * ESSCertIDv2 (RFC 5035) are signed; the time stands in the PDF or in the timestamp, not here.
 * @returns DER
 */
export async function signCms(data: Uint8Array, { key, certificate, chain }: SealKey, tsaUrl?: string): Promise<Uint8Array> {
  const signerInfo = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    signedAttrs: new SignedAndUnsignedAttributes({
      type: 0,
      // in DER order of a SET OF: shortest first
      attributes: [
        new Attribute({ type: OID.contentType, values: [new ObjectIdentifier({ value: OID.data })] }),
        new Attribute({ type: OID.messageDigest, values: [new OctetString({ valueHex: await sha256(data) })] }),
        new Attribute({ type: OID.signingCertificateV2, values: [await essCertIdV2(certificate)] }),
      ],
    }),
  });
  const cms = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.data }),
    signerInfos: [signerInfo],
    // the anchor stays out: who checks has it, and bytes that nobody verifies have no place here
    certificates: [certificate, ...chain.slice(0, -1)],
  });
  await cms.sign(key, 0, 'SHA-256', bufferOf(data));
  if (tsaUrl !== undefined) await addTimestamp(signerInfo, tsaUrl);
  const content = new ContentInfo({ contentType: OID.signedData, content: cms.toSchema(true) });
  return new Uint8Array(content.toSchema().toBER(false));
}

/** SigningCertificateV2 with SHA-256, the default, left out (DER). */
async function essCertIdV2(certificate: Certificate): Promise<Sequence> {
  const hash = new OctetString({ valueHex: await sha256(certificate.toSchema(true).toBER(false)) });
  return new Sequence({ value: [new Sequence({ value: [new Sequence({ value: [hash] })] })] });
}

/** RFC 3161: lets a TSA confirm when the signature existed. */
async function addTimestamp(signerInfo: SignerInfo, tsaUrl: string): Promise<void> {
  const imprint = await sha256(signerInfo.signature.valueBlock.valueHexView);
  const nonce = new Integer({ valueHex: webcrypto.getRandomValues(new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0])).fill(1, 0, 1).buffer as ArrayBuffer });
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({ hashAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256 }), hashedMessage: new OctetString({ valueHex: imprint }) }),
    nonce,
    certReq: true,
  });
  const answer = await fetch(tsaUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: request.toSchema().toBER(false),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`Der Zeitstempeldienst antwortet mit ${answer.status}.`);
  const response = TimeStampResp.fromBER(await answer.arrayBuffer());
  if (response.timeStampToken === undefined) throw new Error('Der Zeitstempeldienst hat keinen Zeitstempel gegeben.');
  const info = timestampInfo(response.timeStampToken);
  const same = Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView).equals(Buffer.from(imprint));
  if (!same || info.nonce === undefined || !info.nonce.isEqual(nonce)) throw new Error('Der Zeitstempel gehört nicht zu dieser Anfrage.');
  signerInfo.unsignedAttrs = new SignedAndUnsignedAttributes({
    type: 1,
    attributes: [new Attribute({ type: OID.timeStampToken, values: [response.timeStampToken.toSchema()] })],
  });
}

function timestampInfo(token: ContentInfo): TSTInfo {
  const signed = new SignedData({ schema: token.content });
  return TSTInfo.fromBER(bufferOf(signed.encapContentInfo.eContent!.valueBlock.valueHexView));
}

/** What a detached signature says about the data. */
export interface CmsVerdict {
  readonly intact: boolean;
  readonly trusted: boolean;
  readonly subject: string;
  readonly timestamp?: Temporal.Instant;
}

/** Checks a detached signature against trusted certificates; `undefined` when it is no CMS signature. */
export async function verifyCms(der: Uint8Array, data: Uint8Array, anchors: readonly Certificate[], at: Temporal.Instant): Promise<CmsVerdict | undefined> {
  let cms: SignedData;
  try {
    cms = new SignedData({ schema: ContentInfo.fromBER(bufferOf(der)).content });
  } catch {
    return undefined;
  }
  const signer = cms.signerInfos[0];
  const certificates = (cms.certificates ?? []).filter((one): one is Certificate => one instanceof Certificate);
  const certificate = signer && certificates.find((one) => isSigner(one, signer));
  if (signer === undefined || certificate === undefined || cms.signerInfos.length !== 1) return undefined;
  const intact = isPlain(cms, signer) && (await signatureHolds(cms, data)) && (await essMatches(signer, certificate));
  const trusted = intact && (await chainHolds(cms, data, anchors, at));
  const timestamp = timestampOf(signer);
  return { intact, trusted, subject: commonName(certificate), ...(timestamp && { timestamp }) };
}

/** The fields that no signature covers must be exactly what `signCms` writes. */
function isPlain(cms: SignedData, signer: SignerInfo): boolean {
  const { encapContentInfo, digestAlgorithms } = cms;
  return (
    cms.version === 1 &&
    signer.version === 1 &&
    encapContentInfo.eContentType === OID.data &&
    encapContentInfo.eContent === undefined &&
    digestAlgorithms.length === 1 &&
    digestAlgorithms[0]!.algorithmId === OID.sha256 &&
    signer.digestAlgorithm.algorithmId === OID.sha256
  );
}

function isSigner(certificate: Certificate, signer: SignerInfo): boolean {
  const { sid } = signer;
  return sid instanceof IssuerAndSerialNumber && certificate.serialNumber.isEqual(sid.serialNumber) && certificate.issuer.isEqual(sid.issuer);
}

async function signatureHolds(cms: SignedData, data: Uint8Array): Promise<boolean> {
  return cms.verify({ signer: 0, data: bufferOf(data) }).catch(() => false);
}

async function chainHolds(cms: SignedData, data: Uint8Array, anchors: readonly Certificate[], at: Temporal.Instant): Promise<boolean> {
  const checkDate = new Date(at.epochMilliseconds);
  return cms.verify({ signer: 0, data: bufferOf(data), trustedCerts: [...anchors], checkChain: true, checkDate }).catch(() => false);
}

/** The certificate must be the one that was signed over (no certificate substitution). */
async function essMatches(signer: SignerInfo, certificate: Certificate): Promise<boolean> {
  const attribute = signer.signedAttrs?.attributes.find((one) => one.type === OID.signingCertificateV2);
  if (attribute === undefined) return false;
  const expected = await essCertIdV2(certificate);
  const found = attribute.values[0] as Sequence | undefined;
  return found !== undefined && Buffer.from(found.toBER(false)).includes(Buffer.from(firstHash(expected)));
}

const firstHash = (ess: Sequence): ArrayBuffer => (((ess.valueBlock.value[0] as Sequence).valueBlock.value[0] as Sequence).valueBlock.value[0] as OctetString).getValue();

function timestampOf(signer: SignerInfo): Temporal.Instant | undefined {
  const token = signer.unsignedAttrs?.attributes.find((one) => one.type === OID.timeStampToken)?.values[0] as Sequence | undefined;
  if (token === undefined) return undefined;
  return Temporal.Instant.fromEpochMilliseconds(timestampInfo(new ContentInfo({ schema: token })).genTime.getTime());
}

/** Common name of the certificate's holder. */
export function commonName(certificate: Certificate): string {
  const attribute = certificate.subject.typesAndValues.find((one) => one.type === '2.5.4.3');
  return attribute === undefined ? 'unbenannt' : String(attribute.value.valueBlock.value);
}
