import type { OutgoingFile } from '../../src/modules/exchange/domain/xbau-attachments.ts';
import type { XbauMapping } from '../../src/modules/exchange/domain/xbau-mapping.ts';
import type { XbauHead } from '../../src/modules/exchange/domain/xbau-message.ts';
import type { FormData } from '../../src/modules/exchange/domain/xbau-write.ts';
import { loadServices } from '../../src/modules/catalogue/public.ts';
import { join } from 'node:path';
import { id } from '../../src/modules/exchange/application/xdomea-testing.ts';

export const XBAU_SCHEMAS = {
  hochbau: 'xbau-2.6/xbau-nachrichten-baugenehmigung.xsd',
  kern: 'xbau-2.6/xbau-kernmodul-prozessnachrichten.xsd',
} as const;
export const XBAU_RULES = ['xbau-2.6/xbau-schematron.sch', 'xbau-2.6/xbau-schematron-leere-elemente.sch'] as const;

const { packages } = await loadServices(join(import.meta.dirname, '../../services'), Temporal.PlainDate.from('2026-11-24'));
const pkg = packages.get('baugenehmigung')!;
/** The mapping of the real package. */
export const MAPPING: XbauMapping = pkg.xbau!;
/** The answers of the package's own example. */
export const ANSWERS = pkg.walk.answers;

export const PORTAL = { directory: 'DVDV', directoryVersion: '1', id: 'bap:020000001', name: 'Bauportal der Länder' };
export const OFFICE = { directory: 'DVDV', directoryVersion: '1', id: 'bab:020000004', name: 'Bezirksamt Altona' };

export const XBAU_HEAD: Omit<XbauHead, 'type'> = {
  messageId: id(70),
  createdAt: '2026-11-24T09:30:00.000+01:00',
  author: PORTAL,
  reader: OFFICE,
  product: { name: 'Kontor', maker: 'Kontor', version: '0.1.0' },
};

export const ABOUT = { reference: id(71), fileNumber: 'BG-2026-000001-K', message: { id: id(70), type: '0200', createdAt: '2026-11-24T09:30:00.000+01:00' } };

export const pdf = (number: number, change: Partial<OutgoingFile & { slot: string }> = {}): OutgoingFile & { readonly slot: string } => ({
  id: id(number),
  title: 'Lageplan',
  fileName: 'lageplan.pdf',
  on: '2026-11-20',
  bytes: Buffer.from(`%PDF-1.7 ${number}`),
  slot: 'lageplan',
  ...change,
});

/** The example of the package with one file for each document. */
export const DATA: FormData = {
  answers: ANSWERS,
  said: [
    { field: 'treesAffected', label: 'Sind geschützte Bäume betroffen?', text: 'ja' },
    { field: 'use', label: 'Wie wird das Gebäude genutzt?', text: 'Nur zum Wohnen' },
  ],
  files: pkg.walk.documents.map(({ slot, fileName }, index) =>
    pdf(80 + index, { slot, fileName, title: MAPPING.documents.find((one) => one.slot === slot)!.name }),
  ),
};
