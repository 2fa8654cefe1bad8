import type { CommonProblemKind, Problem } from '../../../kernel/problem.ts';

export type LibraryProblem = Problem<CommonProblemKind>;

const invalid = (detail: string): LibraryProblem => ({ kind: 'invalid-input', detail });

/** Files that cannot be read as text, each with what to do. */
export const UNREADABLE = {
  empty: invalid('Die Datei ist leer. Wählen Sie eine Datei mit Inhalt.'),
  unknown: invalid('Diese Art von Datei kann Kontor nicht lesen. Möglich sind PDF, DOCX, ODT, HTML, E-Mail (.eml), CSV, Text, PNG und JPEG.'),
  encrypted: invalid('Die Datei ist mit einem Passwort geschützt. Speichern Sie sie ohne Passwort und laden Sie sie noch einmal hoch.'),
  damaged: invalid('Die Datei ist beschädigt und lässt sich nicht öffnen. Lassen Sie sich die Datei noch einmal schicken.'),
  bomb: invalid('Die Datei wird beim Öffnen viel größer, als sie aussieht. Kontor öffnet sie nicht. Speichern Sie das Dokument neu, zum Beispiel als PDF.'),
  entities: invalid('Die Datei enthält Anweisungen, die in einem Dokument nichts zu suchen haben (DOCTYPE). Speichern Sie sie mit Ihrem Schreibprogramm neu.'),
  slow: invalid('Die Datei ließ sich nicht in der erlaubten Zeit lesen. Speichern Sie sie neu, zum Beispiel als PDF, oder teilen Sie sie auf.'),
  pixels: invalid('Das Bild hat mehr als 100 Millionen Bildpunkte. Verkleinern Sie es und laden Sie es noch einmal hoch.'),
} as const;
export type Unreadable = keyof typeof UNREADABLE;

export const tooLarge = (megabytes: number): LibraryProblem => ({
  kind: 'too-large',
  detail: `Die Datei ist größer als ${megabytes} MB. Verkleinern Sie sie oder teilen Sie sie auf.`,
});

export const STOPPED: LibraryProblem = { kind: 'wrong-state', detail: 'Das Lesen wurde angehalten. Laden Sie die Datei noch einmal hoch, um neu zu beginnen.' };

export const STAFF_ONLY: LibraryProblem = {
  kind: 'not-allowed',
  detail: 'Dokumente und Sammlungen sind für Beschäftigte der Stadt. Melden Sie sich als Beschäftigte an.',
};
export const NO_COLLECTION: LibraryProblem = {
  kind: 'not-found',
  detail: 'Diese Sammlung gibt es nicht, oder sie ist nicht für Sie freigegeben. Fragen Sie, wem sie gehört.',
};
export const NO_DOCUMENT: LibraryProblem = {
  kind: 'not-found',
  detail: 'Dieses Dokument gibt es nicht, oder es ist nicht für Sie freigegeben. Fragen Sie, wem die Sammlung gehört.',
};
export const READS_ONLY: LibraryProblem = {
  kind: 'not-allowed',
  detail: 'In dieser Sammlung dürfen Sie nur lesen. Fragen Sie, wem sie gehört, wenn Sie Dokumente hinzufügen wollen.',
};
export const OWNERS_ONLY: LibraryProblem = { kind: 'not-allowed', detail: 'Das darf nur, wem die Sammlung gehört. Private Sammlungen bleiben, wie sie sind.' };
export const NOT_READING: LibraryProblem = { kind: 'wrong-state', detail: 'Dieses Dokument wird gerade nicht gelesen. Laden Sie die Seite neu.' };
export const TOO_MANY: LibraryProblem = {
  kind: 'too-many',
  detail: 'Sie haben schon 2.000 Dokumente oder 2 GB aufgenommen. Löschen Sie Dokumente, die Sie nicht mehr brauchen.',
};
