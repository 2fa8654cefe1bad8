import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from 'pkijs';
import { demoSealKey, readP12, trustAnchor } from './keys.ts';
import type { SealProvider } from './port.ts';
import { createSeal } from './seal.ts';

export interface SealSettings {
  readonly env: 'demo' | 'production';
  readonly p12Path?: string | undefined;
  readonly p12Password?: string | undefined;
  readonly tsaUrl?: string | undefined;
  /** Where the demo authority keeps its key. */
  readonly directory: string;
}

/** The seal in force, with the certificates that `/pruefen` trusts. Production needs a p12; a demo makes its own. */
export async function loadSeal(settings: SealSettings, now: Temporal.Instant): Promise<{ seal: SealProvider; anchors: readonly Certificate[] }> {
  const demo = settings.p12Path === undefined;
  if (demo && settings.env === 'production') throw new Error('Im Betrieb siegelt keine Demo-Behörde: Setzen Sie KONTOR_SEAL_P12 und KONTOR_SEAL_PASSWORD.');
  const key = demo
    ? await demoSealKey(join(settings.directory, 'demo-authority'), now)
    : await readP12(await readFile(settings.p12Path!), settings.p12Password ?? '');
  return { seal: createSeal(key, { demo, ...(settings.tsaUrl && { tsaUrl: settings.tsaUrl }) }), anchors: [trustAnchor(key)] };
}
