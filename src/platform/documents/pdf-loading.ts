import { join } from 'node:path';

const PDFJS = join(import.meta.dirname, '../../../node_modules/pdfjs-dist');

/**
 * Begins to open a PDF of others, for processes that may do nothing else: nothing in it runs, and nothing is loaded that
 * is not beside pdf.js.
 * @param maxPixels of one picture in it
 */
export async function pdfLoading(bytes: Uint8Array, maxPixels: number) {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  return getDocument({
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    stopAtErrors: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    maxImageSize: maxPixels,
    canvasMaxAreaInBytes: maxPixels * 4,
    standardFontDataUrl: `${PDFJS}/standard_fonts/`,
    cMapUrl: `${PDFJS}/cmaps/`,
    cMapPacked: true,
    wasmUrl: `${PDFJS}/wasm/`,
    iccUrl: `${PDFJS}/iccs/`,
  });
}
