import { confinedTesseract, READER_PROGRAM, RECOGNITION_PROGRAM, type ReadingPorts } from '../../src/modules/library/public.ts';
import { ConfinedProcess } from '../../src/platform/confined/confined-process.ts';

/** Reading with the bundled Tesseract, as on a machine without Debian's. */
export function testReading(): ReadingPorts & { readonly close: () => void } {
  const reader = new ConfinedProcess(READER_PROGRAM, { milliseconds: 60_000, memoryBytes: 1_500_000_000 });
  const recogniser = new ConfinedProcess(RECOGNITION_PROGRAM, { milliseconds: 120_000, memoryBytes: 1_500_000_000, threads: true });
  const close = (): void => {
    reader.close();
    recogniser.close();
  };
  return { reader, recognition: confinedTesseract(recogniser), close };
}
