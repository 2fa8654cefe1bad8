import { sign, verify } from 'node:crypto';
import type { SignatureAlgorithm } from 'xml-crypto';
import type { SealKey } from './cms-sign.ts';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const ECDSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';

/** ECDSA as XML signatures write it (XML Signature 1.1, 6.4.3): both numbers side by side, not as DER. */
class EcdsaSha256 implements SignatureAlgorithm {
  getAlgorithmName = (): string => ECDSA_SHA256;
  getSignature: SignatureAlgorithm['getSignature'] = (info: unknown, key: unknown) =>
    sign('sha256', Buffer.from(String(info)), { key: key as string, dsaEncoding: 'ieee-p1363' }).toString('base64');
  verifySignature: SignatureAlgorithm['verifySignature'] = (material: unknown, key: unknown, value: unknown) =>
    verify('sha256', Buffer.from(String(material)), { key: key as string, dsaEncoding: 'ieee-p1363' }, Buffer.from(String(value), 'base64'));
}

/**
 * Signs an XML document whole by an enveloped signature (XML Signature Syntax and Processing 1.1), appended as the
 * last child of its root: RSA or ECDSA with SHA-256, exclusive canonical XML, the certificates inside.
 */
export async function signXml(xml: string, { key, certificate, chain }: SealKey): Promise<string> {
  // loaded when the first warning is published, not with every start
  const { SignedXml } = await import('xml-crypto');
  const signer = new SignedXml({
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }),
    publicCert: [certificate, ...chain].map((one) => one.toString()).join('\n'),
    signatureAlgorithm: key.asymmetricKeyType === 'rsa' ? RSA_SHA256 : ECDSA_SHA256,
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  signer.SignatureAlgorithms[ECDSA_SHA256] = EcdsaSha256;
  signer.addReference({ xpath: '/*', isEmptyUri: true, digestAlgorithm: SHA256, transforms: [ENVELOPED, EXCLUSIVE] });
  signer.computeSignature(xml, { location: { reference: '/*', action: 'append' } });
  return signer.getSignedXml();
}
