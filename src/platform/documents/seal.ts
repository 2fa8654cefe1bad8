import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../kernel/time.ts';
import { signCms, type SealKey, type Timestamper } from './cms-sign.ts';
import { openDemoAuthority } from './demo-authority.ts';
import { readP12 } from './p12.ts';
import type { Pdf, SealProvider } from './port.ts';
import { SealConfigError } from './seal-config-error.ts';
import { addSignatureSlot, fillSlot, signedParts } from './signature-slot.ts';
import { signXml } from './xml-signature.ts';
import { timestampFrom } from './timestamp.ts';
import type { TrustAnchor } from './trust.ts';

/** A seal that also says which sealers and time-stampers are to be trusted when checking. */
export type Seal = SealProvider & { readonly trustAnchors: readonly TrustAnchor[] };

export interface P12SealOptions {
  /** The bytes of the PKCS#12 file. */
  readonly p12: Uint8Array;
  readonly password: string;
  /** Present instant: an expired certificate is refused at the start, not at the first Bescheid. */
  readonly now: Temporal.Instant;
  readonly tsaUrl?: string;
  /** Anchors beyond the file's own root, e.g. of earlier seals and of the time-stamper. */
  readonly anchors?: readonly TrustAnchor[];
}

/**
 * The seal of an authority from a PKCS#12 file. Makes PAdES-B-B, with a time-stamper B-T (ETSI EN
 * 319 142-1). Throws {@link SealConfigError} with a German sentence for the operator.
 */
export async function createP12Seal({ p12, password, now, tsaUrl, anchors = [] }: P12SealOptions): Promise<Seal> {
  const { root, ...key } = await readP12(p12, password);
  checkKey(key, now);
  // Without a root in the file, its own certificate is what is trusted.
  const own: TrustAnchor = { certificate: (root ?? key.certificate).raw, use: 'seal', demo: false };
  return sealWith(key, [own, ...anchors], false, tsaUrl);
}

/** What {@link loadSeal} needs of the configuration; `Config` of `src/config.ts` fits. */
export interface SealConfig {
  /** Path of the PKCS#12 file and its password. Absent: the demo authority. */
  readonly seal?: { readonly p12: string; readonly password: string };
  readonly tsaUrl?: string;
}

/**
 * The seal as configured; without a p12 the demo authority, which production refuses. Anchors are
 * kept in `dir/anchors`, so that what an earlier seal of the authority sealed stays genuine after a
 * change. An operator lays a time-stamper's CA there as `tsa-<name>.pem`.
 * @param dir where the demo authority and the anchors are kept (created, mode 0700)
 */
export async function loadSeal(config: SealConfig, dir: string, env: 'demo' | 'production', clock: Clock): Promise<Seal> {
  if (config.seal === undefined) {
    const { seal, ca } = openDemoAuthority(dir, env, clock());
    return sealWith(seal, [{ certificate: ca.raw, use: 'seal', demo: true }, ...keptAnchors(dir)], true, config.tsaUrl);
  }
  const p12 = readConfigured(config.seal.p12);
  const tsa = config.tsaUrl === undefined ? {} : { tsaUrl: config.tsaUrl };
  const seal = await createP12Seal({ p12, password: config.seal.password, now: clock(), anchors: keptAnchors(dir), ...tsa });
  keepAnchor(dir, seal.trustAnchors[0]!);
  return seal;
}

function sealWith(key: SealKey, trustAnchors: readonly TrustAnchor[], demo: boolean, tsaUrl?: string): Seal {
  const timestamper: Timestamper | undefined = tsaUrl === undefined ? undefined : timestampFrom({ url: tsaUrl, anchors: trustAnchors });
  const subject = nameOf(key.certificate);
  const chainBytes = [key.certificate, ...key.chain].reduce((sum, one) => sum + one.raw.length, 0);
  // Attributes and signature stay below 2 KiB; a time stamp brings its own chain.
  const reserve = chainBytes + 2048 + (timestamper === undefined ? 0 : 16_384);
  return {
    subject,
    demo,
    trustAnchors,
    seal: async (pdf: Pdf, { reason, at }) => {
      checkValidity(key.certificate, at);
      const slot = addSignatureSlot(pdf, { name: subject, reason, at, reserve });
      return fillSlot(slot, await signCms(signedParts(slot), key, timestamper));
    },
    async sealXml(xml, at) {
      checkValidity(key.certificate, at);
      return signXml(xml, key);
    },
  };
}

function checkKey({ key, certificate }: SealKey, now: Temporal.Instant): void {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const fits = type === 'ec' || (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048);
  if (!fits) throw new SealConfigError('Der Schlüssel des Siegels muss RSA ab 2048 Bit oder eine elliptische Kurve sein.');
  checkValidity(certificate, now);
}

function checkValidity({ validFromDate, validToDate }: X509Certificate, at: Temporal.Instant): void {
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  if (at.epochMilliseconds > validToDate.getTime())
    throw new SealConfigError(`Das Zertifikat des Siegels ist am ${day(validToDate)} abgelaufen. Besorgen Sie ein neues.`);
  if (at.epochMilliseconds < validFromDate.getTime())
    throw new SealConfigError(`Das Zertifikat des Siegels gilt erst ab ${day(validFromDate)}. Prüfen Sie die Uhr des Rechners.`);
}

/** Common name of the certificate's subject, else its organisation. */
export function nameOf(certificate: X509Certificate): string {
  const { CN: name, O: organisation } = certificate.toLegacyObject().subject as { CN?: string | string[]; O?: string | string[] };
  return [name, organisation].flat().find((one) => one !== undefined) ?? certificate.subject;
}

function readConfigured(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new SealConfigError(`Die Siegel-Datei ${path} lässt sich nicht lesen. Prüfen Sie den Pfad und die Rechte.`, { cause });
  }
}

const anchorDirectory = (dir: string): string => join(dir, 'anchors');

function keptAnchors(dir: string): TrustAnchor[] {
  let names: string[];
  try {
    names = readdirSync(anchorDirectory(dir));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names.flatMap((name): TrustAnchor[] => {
    const use = name.endsWith('.pem') ? (name.startsWith('tsa-') ? 'timestamp' : name.startsWith('seal-') ? 'seal' : undefined) : undefined;
    if (use === undefined) return [];
    try {
      return [{ certificate: new X509Certificate(readFileSync(join(anchorDirectory(dir), name))).raw, use, demo: false }];
    } catch (cause) {
      throw new SealConfigError(`${join(anchorDirectory(dir), name)} ist kein Zertifikat im PEM-Format.`, { cause });
    }
  });
}

function keepAnchor(dir: string, anchor: TrustAnchor): void {
  const certificate = new X509Certificate(anchor.certificate);
  mkdirSync(anchorDirectory(dir), { recursive: true, mode: 0o700 });
  const path = join(anchorDirectory(dir), `seal-${certificate.fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase()}.pem`);
  const waiting = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(waiting, certificate.toString(), { mode: 0o600 });
  renameSync(waiting, path);
}
