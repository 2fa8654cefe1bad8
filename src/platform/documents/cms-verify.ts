import { createHash, verify, X509Certificate } from 'node:crypto';
import { fromBER } from 'asn1js';
import { Certificate, ContentInfo, IssuerAndSerialNumber, SignedData, type AlgorithmIdentifier, type Attribute, type SignerInfo } from 'pkijs';
import { assertDer, children, der, readDer } from './der.ts';
import { DIGESTS, OID } from './oids.ts';

/** The signature does not hold; the message is a plain German sentence. */
export class CmsError extends Error {}

export interface VerifiedCms {
  readonly signer: X509Certificate;
  /** Every other certificate that came along; the caller makes sure each belongs to the chain. */
  readonly others: readonly X509Certificate[];
  readonly signature: Buffer;
  readonly timestampToken?: Buffer;
  /** What was signed, when it lies inside (a time stamp). */
  readonly content?: Buffer;
}

const MAX_CERTIFICATES = 8;

/**
 * Verifies a CMS signature (RFC 5652) with ESSCertID (RFC 5035) and without any leeway: strict DER,
 * one signer, known algorithms, nothing unsigned but a time stamp. Says nothing on trust yet.
 * @param expected `detached`: the signed bytes; without, the content must lie inside
 */
export function verifyCms(bytes: Buffer, expected: { readonly contentType: string; readonly detached?: readonly Uint8Array[] }): VerifiedCms {
  const { signedData, signerInfo } = parse(bytes);
  require_(signedData.version === (expected.contentType === OID.data ? 1 : 3) && signerInfo.version === 1, 'Die Signatur hat eine unbekannte Fassung.');
  const content = contentOf(signedData, expected);
  const digest = digestOf(signedData, signerInfo);
  const { signer, others } = certificatesOf(signedData, signerInfo);
  const attributes = signerInfo.signedAttrs?.attributes ?? [];

  const hash = createHash(digest);
  for (const part of content === undefined ? (expected.detached ?? []) : [content]) hash.update(part);
  require_(octets(single(attributes, OID.messageDigest)).equals(hash.digest()), 'Der Inhalt der Datei wurde nach dem Siegeln verändert.');
  require_(objectId(single(attributes, OID.contentType)) === expected.contentType, 'Die Signatur gilt für eine andere Art von Inhalt.');
  checkSigningCertificate(attributes, signer);
  checkSignature(signerInfo, signer, digest);

  const timestampToken = timestampOf(signerInfo);
  const signature = Buffer.from(signerInfo.signature.valueBlock.valueHexView);
  return { signer, others, signature, ...(content && { content }), ...(timestampToken && { timestampToken }) };
}

function parse(bytes: Buffer): { signedData: SignedData; signerInfo: SignerInfo } {
  try {
    assertDer(bytes);
    const info = new ContentInfo({ schema: fromBER(new Uint8Array(bytes)).result });
    if (info.contentType !== OID.signedData) throw new Error('no signed data');
    const signedData = new SignedData({ schema: info.content });
    const [signerInfo, second] = signedData.signerInfos;
    if (signerInfo === undefined || second !== undefined) throw new Error('not one signer');
    if ((signedData.crls?.length ?? 0) > 0) throw new Error('revocation lists inside');
    return { signedData, signerInfo };
  } catch (cause) {
    throw new CmsError('Das Siegel ist beschädigt und lässt sich nicht lesen.', { cause });
  }
}

function contentOf(
  { encapContentInfo }: SignedData,
  expected: { readonly contentType: string; readonly detached?: readonly Uint8Array[] },
): Buffer | undefined {
  require_(encapContentInfo.eContentType === expected.contentType, 'Die Signatur gilt für eine andere Art von Inhalt.');
  const content = encapContentInfo.eContent;
  require_((content === undefined) === (expected.detached !== undefined), 'Das Siegel ist anders aufgebaut als vorgesehen.');
  return content === undefined ? undefined : Buffer.from(content.getValue());
}

function digestOf({ digestAlgorithms }: SignedData, { digestAlgorithm }: SignerInfo): 'sha256' | 'sha384' | 'sha512' {
  const digest = DIGESTS[digestAlgorithm.algorithmId];
  require_(digest !== undefined, 'Das Siegel nutzt ein unsicheres oder unbekanntes Verfahren.');
  const [declared, second] = digestAlgorithms;
  const same = second === undefined && declared?.algorithmId === digestAlgorithm.algorithmId;
  require_(same && withoutParameters(declared) && withoutParameters(digestAlgorithm), 'Das Siegel widerspricht sich.');
  return digest!;
}

function certificatesOf(signedData: SignedData, { sid }: SignerInfo): { signer: X509Certificate; others: X509Certificate[] } {
  const given = signedData.certificates ?? [];
  require_(given.length <= MAX_CERTIFICATES && sid instanceof IssuerAndSerialNumber, 'Das Siegel ist anders aufgebaut als vorgesehen.');
  const { issuer, serialNumber } = sid as IssuerAndSerialNumber;
  const raw = given.map((one) => {
    require_(one instanceof Certificate, 'Das Siegel enthält ein unbekanntes Zertifikat.');
    return one as Certificate;
  });
  const issuerBytes = Buffer.from(issuer.toSchema().toBER(false));
  const index = raw.findIndex((one) => one.serialNumber.isEqual(serialNumber) && Buffer.from(one.issuer.toSchema().toBER(false)).equals(issuerBytes));
  require_(index >= 0, 'Im Siegel fehlt das Zertifikat des Siegelnden.');
  const all = raw.map((one) => asX509(one));
  return { signer: all[index]!, others: all.toSpliced(index, 1) };
}

function asX509(certificate: Certificate): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(certificate.toSchema().toBER(false)));
  } catch (cause) {
    throw new CmsError('Ein Zertifikat im Siegel ist beschädigt.', { cause });
  }
}

/** The signer's certificate is the one that was meant: else a certificate could be swapped. */
function checkSigningCertificate(attributes: readonly Attribute[], signer: X509Certificate): void {
  const v2 = attributes.find((one) => one.type === OID.signingCertificateV2);
  const first = v2 ?? attributes.find((one) => one.type === OID.signingCertificate);
  require_(first !== undefined && first.values.length === 1, 'Im Siegel fehlt die Bindung an das Zertifikat (ESSCertID).');
  const [certs] = children(readDer(valueBytes(first!)));
  const [id] = certs === undefined ? [] : children(certs);
  const parts = id === undefined ? [] : children(id);
  // ESSCertIDv2: the algorithm stands first when it is not SHA-256. ESSCertID (version 1, in time stamps): SHA-1.
  const named = v2 !== undefined && parts[0]?.tag === 0x30 ? DIGESTS[algorithmId(parts[0].whole)] : 'sha256';
  const algorithm = v2 === undefined ? 'sha1' : named;
  const hash = parts.find((part) => part.tag === 0x04)?.content;
  const match = algorithm !== undefined && hash !== undefined && hash.equals(createHash(algorithm).update(signer.raw).digest());
  require_(match, 'Das Zertifikat im Siegel ist nicht das, mit dem gesiegelt wurde.');
}

function checkSignature(signerInfo: SignerInfo, signer: X509Certificate, digest: 'sha256' | 'sha384' | 'sha512'): void {
  const toVerify = Buffer.from(signerInfo.signedAttrs!.encodedValue);
  const inOrder = children(readDer(toVerify)).map((one) => one.whole);
  require_(
    inOrder.every((one, index) => index === 0 || Buffer.compare(inOrder[index - 1]!, one) < 0),
    'Das Siegel ist anders aufgebaut als vorgesehen.',
  );
  require_(suits(signerInfo.signatureAlgorithm, signer, digest), 'Das Siegel nutzt ein unsicheres oder unbekanntes Verfahren.');
  const signature = signerInfo.signature.valueBlock.valueHexView;
  require_(verify(digest, der(0x31, ...inOrder), signer.publicKey, signature), 'Die Signatur des Siegels ist falsch.');
}

/** Whether the named algorithm is one we trust, fits the key, and carries no odd parameters. */
function suits({ algorithmId: id, ...rest }: AlgorithmIdentifier, signer: X509Certificate, digest: 'sha256' | 'sha384' | 'sha512'): boolean {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = signer.publicKey;
  const plain = withoutParameters({ algorithmId: id, ...rest } as AlgorithmIdentifier);
  if (type === 'ec') return plain && rest.algorithmParams === undefined && ECDSA[id] === digest && SAFE_CURVES.has(details?.namedCurve ?? '');
  return type === 'rsa' && plain && (id === OID.rsaEncryption || RSA[id] === digest) && (details?.modulusLength ?? 0) >= 2048;
}

const SAFE_CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1', 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1']);
const ECDSA: Readonly<Record<string, string>> = { [OID.ecdsaWithSha256]: 'sha256', [OID.ecdsaWithSha384]: 'sha384', [OID.ecdsaWithSha512]: 'sha512' };
const RSA: Readonly<Record<string, string>> = { [OID.sha256WithRsa]: 'sha256', [OID.sha384WithRsa]: 'sha384', [OID.sha512WithRsa]: 'sha512' };

function timestampOf({ unsignedAttrs }: SignerInfo): Buffer | undefined {
  const unsigned = unsignedAttrs?.attributes ?? [];
  if (unsigned.length === 0) return undefined;
  const [only, second] = unsigned;
  require_(second === undefined && only!.type === OID.timeStampToken && only!.values.length === 1, 'Das Siegel enthält etwas, das nicht gesiegelt ist.');
  return valueBytes(only!);
}

function single(attributes: readonly Attribute[], type: string): Attribute {
  const [found, second] = attributes.filter((one) => one.type === type);
  require_(found !== undefined && second === undefined && found.values.length === 1, 'Das Siegel ist unvollständig.');
  return found!;
}

const valueBytes = (attribute: Attribute): Buffer => Buffer.from((attribute.values[0] as { toBER(sizeOnly: boolean): ArrayBuffer }).toBER(false));
const octets = (attribute: Attribute): Buffer => readDer(valueBytes(attribute)).content;
const objectId = (attribute: Attribute): string => (attribute.values[0] as { valueBlock: { toString(): string } }).valueBlock.toString();
const algorithmId = (sequence: Buffer): string =>
  (
    fromBER(new Uint8Array(sequence)).result as unknown as { valueBlock: { value: { valueBlock: { toString(): string } }[] } }
  ).valueBlock.value[0]?.valueBlock.toString() ?? '';

/** No parameters, or NULL. */
function withoutParameters(algorithm: AlgorithmIdentifier | undefined): boolean {
  const params = algorithm?.algorithmParams as { toBER(sizeOnly: boolean): ArrayBuffer } | undefined;
  return params === undefined || Buffer.from(params.toBER(false)).equals(Buffer.of(5, 0));
}

function require_(condition: boolean, sentence: string): void {
  if (!condition) throw new CmsError(sentence);
}
