import type { CaseRecord, FileDocument } from '../domain/case-file.ts';
import type { MessageHead } from '../domain/xdomea.ts';

export const XDOMEA_SCHEMA = 'xdomea-3.0.0/xdomea.xsd';

/** A UUID by number. */
export const id = (number: number): string => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** A letter of the authority, with what the test changes. */
export const document = (number: number, change: Partial<FileDocument> = {}): FileDocument => ({
  id: id(number),
  title: 'Eingangsbestätigung',
  fileName: 'Eingangsbestaetigung-BF-2026-000001-K.pdf',
  mediaType: 'application/pdf',
  writtenOn: '2026-11-24',
  direction: 'out',
  sealed: false,
  bytes: Buffer.from(`%PDF ${number}`),
  ...change,
});

/** A closed case with a letter, a sealed decision and a picture. */
export const RECORD: CaseRecord = {
  id: id(1),
  fileNumber: 'BF-2026-000001-K',
  service: { key: 'baumfaellung', name: 'Baum fällen', leistungsschluessel: '99012008001000' },
  authority: { name: 'Bezirksamt Altona', street: 'Musterplatz 2', place: '22765 Hamburg' },
  applicant: 'Katharina Petersen',
  openedOn: '2026-11-24',
  closedOn: '2027-01-05',
  retentionYears: 10,
  documents: [
    document(2),
    document(3, { title: 'Bescheid', sealed: true }),
    document(4, { direction: 'in', mediaType: 'image/png', fileName: 'kastanie.png' }),
  ],
  course: [{ at: '2026-11-24T09:00:00+01:00', action: 'Antrag eingereicht', actor: 'Antragstellende Person' }],
};

export const HEAD: MessageHead = {
  processId: id(9),
  createdAt: '2027-01-06T08:00:00+01:00',
  sender: RECORD.authority,
  recipient: { name: 'Staatsarchiv Hamburg' },
  product: '0.1.0',
};
