import { X509Certificate } from 'node:crypto';
import { Certificate, ExtKeyUsage } from 'pkijs';
import { OID } from './oids.ts';

/** A certificate that is trusted as it is: a CA, or one sealer's own certificate. */
export interface TrustAnchor {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly use: 'seal' | 'timestamp';
  readonly demo: boolean;
}

export type ChainVerdict =
  | { readonly trusted: true; readonly anchor: TrustAnchor }
  /** `reason`: a plain German sentence. */
  | { readonly trusted: false; readonly reason: string };

const MAX_DEPTH = 6;
/** Critical extensions that are understood; any other critical one makes a certificate unusable (RFC 5280, 4.2). */
const UNDERSTOOD = new Set<string>([OID.keyUsage, OID.basicConstraints, OID.extendedKeyUsage, OID.certificatePolicies]);

/**
 * Follows the certificates from the signer up to an anchor (RFC 5280, 6.1, without name constraints
 * and policies, which are refused when critical). Every certificate must have been valid at `at`.
 * Revocation is not asked for. A certificate in `others` that the path does not need is refused.
 */
export function followChain(
  signer: X509Certificate,
  others: readonly X509Certificate[],
  anchors: readonly TrustAnchor[],
  use: TrustAnchor['use'],
  at: Temporal.Instant,
): ChainVerdict {
  const usable = anchors.filter((anchor) => anchor.use === use).map((anchor) => ({ anchor, certificate: new X509Certificate(anchor.certificate) }));
  const unused = new Set(others);
  const path = [signer];
  for (let current = signer; path.length <= MAX_DEPTH;) {
    const end = usable.find(({ certificate }) => certificate.raw.equals(current.raw) || isIssuer(certificate, current));
    if (end !== undefined) {
      const root = end.certificate.raw.equals(current.raw) ? path : [...path, end.certificate];
      for (const one of unused) if (one.raw.equals(end.certificate.raw)) unused.delete(one);
      const fault = faultOf(root, use, at, unused.size);
      return fault === undefined ? { trusted: true, anchor: end.anchor } : { trusted: false, reason: fault };
    }
    const next = [...unused].find((one) => isIssuer(one, current));
    if (next === undefined) break;
    unused.delete(next);
    path.push(next);
    current = next;
  }
  return { trusted: false, reason: UNKNOWN };
}

const UNKNOWN = 'Das Siegel stammt von einer Stelle, die hier nicht bekannt ist.';

function isIssuer(issuer: X509Certificate, subject: X509Certificate): boolean {
  return issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
}

function faultOf(path: readonly X509Certificate[], use: TrustAnchor['use'], at: Temporal.Instant, left: number): string | undefined {
  if (left > 0) return 'Das Siegel enthält fremde Zertifikate.';
  const time = at.epochMilliseconds;
  for (const [depth, certificate] of path.entries()) {
    if (time < certificate.validFromDate.getTime()) return 'Das Zertifikat des Siegels war zum Zeitpunkt des Siegelns noch nicht gültig.';
    if (time > certificate.validToDate.getTime()) return 'Das Zertifikat des Siegels war zum Zeitpunkt des Siegelns abgelaufen.';
    if (!fits(certificate, depth, use)) return 'Das Zertifikat ist nicht für Siegel bestimmt.';
  }
  return undefined;
}

/** Extensions allow what the certificate is used for: signer at depth 0, issuers above. */
function fits(certificate: X509Certificate, depth: number, use: TrustAnchor['use']): boolean {
  const extensions = Certificate.fromBER(new Uint8Array(certificate.raw)).extensions ?? [];
  if (extensions.some((one) => one.critical && !UNDERSTOOD.has(one.extnID))) return false;
  const find = (id: string): unknown => extensions.find((one) => one.extnID === id)?.parsedValue;
  const usage = find(OID.keyUsage) as { valueBlock: { valueHexView: Uint8Array } } | undefined;
  const bits = usage?.valueBlock.valueHexView[0] ?? 0;
  if (depth > 0) {
    const limit = (find(OID.basicConstraints) as { pathLenConstraint?: number } | undefined)?.pathLenConstraint;
    return certificate.ca && (usage === undefined || (bits & 0x04) !== 0) && (limit === undefined || depth - 1 <= limit);
  }
  // digitalSignature or contentCommitment.
  if (usage !== undefined && (bits & 0xc0) === 0) return false;
  const purposes = find(OID.extendedKeyUsage);
  return use === 'seal' || (purposes instanceof ExtKeyUsage && purposes.keyPurposes.length === 1 && purposes.keyPurposes[0] === OID.timeStamping);
}
