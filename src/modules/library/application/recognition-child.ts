import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js';

/** The process that recognises characters where Debian's program is absent: WebAssembly, without network. */
const DATA = join(dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/deu')), '4.0.0_best_int');
let worker: Promise<Worker> | undefined;

process.on('message', ({ id, order }: { readonly id: number; readonly order: { readonly png: Uint8Array } }) => {
  void recognised(order.png).then(
    (value) => process.send!({ id, value }),
    () => process.exit(1),
  );
});

async function recognised(png: Uint8Array): Promise<string> {
  const { data } = await (await (worker ??= started())).recognize(Buffer.from(png));
  return data.text;
}

async function started(): Promise<Worker> {
  const made = await createWorker('deu', OEM.LSTM_ONLY, { langPath: DATA, cacheMethod: 'none', gzip: true });
  await made.setParameters({ tessedit_pageseg_mode: PSM.AUTO, user_defined_dpi: '300' });
  return made;
}

// whoever asked is gone: so is the reason to run
process.on('disconnect', () => process.exit());
