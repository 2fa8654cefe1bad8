import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { fromBER } from 'asn1js';
import { CertBag, Certificate, PFX, PKCS8ShroudedKeyBag, PrivateKeyInfo, type SafeBag } from 'pkijs';
import type { SealKey } from './cms-sign.ts';
import { OID } from './oids.ts';
import { SealConfigError } from './seal-config-error.ts';

/** Key, certificate and chain out of a PKCS#12 file (RFC 7292). Throws {@link SealConfigError}. */
export async function readP12(bytes: Uint8Array, password: string): Promise<SealKey & { readonly root?: X509Certificate }> {
  const bags = await openP12(bytes, password);
  const keys = bags.flatMap(keyOf);
  const [key] = keys;
  if (key === undefined || keys.length > 1)
    throw new SealConfigError(`Die Siegel-Datei (p12) muss genau einen privaten Schlüssel enthalten, nicht ${keys.length}.`);
  const certificates = bags.flatMap((bag) =>
    bag.bagValue instanceof CertBag && bag.bagValue.parsedValue instanceof Certificate ? [asX509(bag.bagValue.parsedValue)] : [],
  );
  const certificate = certificates.find((one) => one.checkPrivateKey(key));
  if (certificate === undefined) throw new SealConfigError('In der Siegel-Datei (p12) fehlt das Zertifikat zum privaten Schlüssel.');
  return { key, certificate, ...chainAbove(certificate, certificates) };
}

async function openP12(bytes: Uint8Array, password: string): Promise<readonly SafeBag[]> {
  const secret = new TextEncoder().encode(password).buffer;
  const pfx = parsePfx(bytes);
  try {
    await pfx.parseInternalValues({ checkIntegrity: true, password: secret });
  } catch {
    throw new SealConfigError('Das Passwort passt nicht zur Siegel-Datei (p12), oder die Datei ist beschädigt. Prüfen Sie das Passwort.');
  }
  try {
    const safe = pfx.parsedValue!.authenticatedSafe!;
    await safe.parseInternalValues({ safeContents: safe.safeContents.map((part) => (part.contentType === OID.data ? {} : { password: secret })) });
    const bags = (safe.parsedValue.safeContents as { readonly value: { readonly safeBags: SafeBag[] } }[]).flatMap((part) => part.value.safeBags);
    for (const bag of bags) if (bag.bagValue instanceof PKCS8ShroudedKeyBag) await unshroud(bag.bagValue, secret);
    return bags;
  } catch (cause) {
    throw new SealConfigError(
      'Die Siegel-Datei (p12) ist mit einem veralteten Verfahren verschlüsselt. Wandeln Sie sie um: openssl pkcs12 -legacy -in alt.p12 -nodes -out x.pem; openssl pkcs12 -export -in x.pem -out neu.p12; danach x.pem löschen.',
      { cause },
    );
  }
}

function parsePfx(bytes: Uint8Array): PFX {
  try {
    return new PFX({ schema: fromBER(new Uint8Array(bytes)).result });
  } catch {
    throw new SealConfigError('Die Siegel-Datei ist keine PKCS#12-Datei (Endung .p12 oder .pfx).');
  }
}

// The method exists, though the types mark it as protected.
const unshroud = (bag: PKCS8ShroudedKeyBag, password: ArrayBuffer): Promise<void> =>
  (bag as unknown as { parseInternalValues(with_: { password: ArrayBuffer }): Promise<void> }).parseInternalValues({ password });

function keyOf(bag: SafeBag): KeyObject[] {
  const info = bag.bagValue instanceof PKCS8ShroudedKeyBag ? bag.bagValue.parsedValue : bag.bagValue;
  if (!(info instanceof PrivateKeyInfo)) return [];
  return [createPrivateKey({ key: Buffer.from(info.toSchema().toBER(false)), format: 'der', type: 'pkcs8' })];
}

const asX509 = (certificate: Certificate): X509Certificate => new X509Certificate(Buffer.from(certificate.toSchema().toBER(false)));

/** The certificates above one, in order; a self-signed root ends the chain and is kept apart. */
function chainAbove(leaf: X509Certificate, all: readonly X509Certificate[]): { chain: X509Certificate[]; root?: X509Certificate } {
  const chain: X509Certificate[] = [];
  for (let below = leaf; chain.length < 8;) {
    const issuer = all.find((one) => one !== below && below.checkIssued(one) && below.verify(one.publicKey));
    if (issuer === undefined || chain.includes(issuer)) break;
    if (issuer.checkIssued(issuer)) return { chain, root: issuer };
    chain.push(issuer);
    below = issuer;
  }
  return { chain };
}
