import { join } from 'node:path';
import type { SealProvider } from './port.ts';
import { loadSeal as load } from './seal.ts';
import type { TrustAnchor } from './trust.ts';

export interface SealSettings {
  readonly env: 'demo' | 'production';
  readonly p12Path?: string | undefined;
  readonly p12Password?: string | undefined;
  readonly tsaUrl?: string | undefined;
  /** Where the demo authority keeps its key. */
  readonly directory: string;
}

/** {@link load} for callers that want seal and anchors apart. */
export async function loadSeal(settings: SealSettings, now: Temporal.Instant): Promise<{ seal: SealProvider; anchors: readonly TrustAnchor[] }> {
  const { env, p12Path, p12Password = '', tsaUrl, directory } = settings;
  const config = { ...(p12Path !== undefined && { seal: { p12: p12Path, password: p12Password } }), ...(tsaUrl !== undefined && { tsaUrl }) };
  const seal = await load(config, join(directory, 'seal'), env, () => now);
  return { seal, anchors: seal.trustAnchors };
}
