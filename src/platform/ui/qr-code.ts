import { encode } from 'uqr';
import { html, raw, type Html } from './html.ts';

const QUIET_MODULES = 4;

/**
 * A QR code (ISO/IEC 18004, error correction M, quiet zone of four modules) as SVG: dark on white in every theme, since
 * phones read nothing else.
 * @param text at most 1,000 characters, usually an address
 * @param label what it leads to, for whoever cannot scan it; the address itself should stand beside it as text
 */
export function qrCode(text: string, label: string): Html {
  const { path, side } = drawn(text);
  return html`<svg class="k-qr" viewBox="0 0 ${side} ${side}" role="img" aria-label="${label}">${raw(`<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/>`)}</svg>`;
}

/** The same as a file of its own, e.g. for a poster or a document. */
export function qrFile(text: string): string {
  const { path, side } = drawn(text);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`;
}

function drawn(text: string): { readonly path: string; readonly side: number } {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_MODULES });
  const runs = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  return { path: runs.join(''), side: size };
}
