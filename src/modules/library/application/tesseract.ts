import { spawn } from 'node:child_process';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Confined, EndReason } from '../../../platform/confined/confined-process.ts';
import type { Recognition } from './recognition.ts';

/** Of one page. */
const TIME_LIMIT_MS = 90_000;
const MOST_TEXT = 400_000;

/** The program that `confinedTesseract` runs in, for whoever makes the process. */
export const RECOGNITION_PROGRAM = new URL('./recognition-child.ts', import.meta.url);
/** And the one that files are read in. */
export const READER_PROGRAM = new URL('./reader-child.ts', import.meta.url);

/** Debian's Tesseract with German, when it is installed: two to three times as fast as the bundled one. */
export async function systemTesseract(program = 'tesseract'): Promise<Recognition | undefined> {
  const languages = await output(program, ['--list-langs'], undefined, undefined);
  if (!languages.ok || !/^deu$/m.test(languages.value)) return undefined;
  const version = await output(program, ['--version'], undefined, undefined);
  const name = version.ok ? /tesseract\s+(\S+)/.exec(version.value)?.[1] : undefined;
  return {
    name: `Tesseract ${name ?? ''} (deu)`.replaceAll(/\s+/g, ' '),
    // the picture was drawn by our own confined process, and is nobody's file any more
    recognise: (png, signal) => output(program, ['stdin', 'stdout', '-l', 'deu', '--psm', '3', '--dpi', '300'], png, signal),
  };
}

/** The bundled Tesseract, in a confined process of its own. */
export const confinedTesseract = (confined: Confined): Recognition => ({
  name: 'tesseract.js 7 (deu, 4.0.0_best_int)',
  recognise: (png, signal) => confined.ask<string>({ png }, signal),
});

/** The system's Tesseract where it is installed, else the bundled one; looked for when a scan comes first. */
export class AvailableTesseract implements Recognition {
  readonly #bundled: Recognition;
  #chosen: Promise<Recognition> | undefined;
  name = 'Tesseract';

  constructor(confined: Confined) {
    this.#bundled = confinedTesseract(confined);
  }

  async recognise(png: Uint8Array, signal?: AbortSignal): Promise<Result<string, EndReason>> {
    const chosen = await (this.#chosen ??= systemTesseract().then((found) => found ?? this.#bundled));
    this.name = chosen.name;
    return chosen.recognise(png, signal);
  }
}

function output(
  program: string,
  options: readonly string[],
  input: Uint8Array | undefined,
  signal: AbortSignal | undefined,
): Promise<Result<string, EndReason>> {
  return new Promise((resolve) => {
    const child = spawn(program, options, { env: { PATH: process.env['PATH'], OMP_THREAD_LIMIT: '1' }, stdio: ['pipe', 'pipe', 'pipe'] });
    let [text, reason] = ['', 'ended' as EndReason];
    const end = (why: EndReason): void => {
      reason = why;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => end('timeout'), TIME_LIMIT_MS);
    const stop = (): void => end('stopped');
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    const done = (code: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve(code === 0 ? ok(text) : refuse(reason));
    };
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      if (text.length < MOST_TEXT) text += part;
    });
    // versions before 4.1 say it there
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      if (input === undefined && text.length < MOST_TEXT) text += part;
    });
    child.on('error', () => done(null));
    child.on('close', done);
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
