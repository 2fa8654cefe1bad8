import { EVENT_BASE, type RejectProblem } from './fit-connect-events.ts';

/** Where a problem sits. */
export type RejectInstance = 'submission' | 'metadata' | 'data' | `attachment:${string}`;

/** Reasons to send a submission back, by the last part of their URI (FIT-Connect, «Einreichung überprüfen»). */
export type RejectReason = keyof typeof WORDS;

/** Title and detail by reason. They are read by the sender's house, so nothing of the contents stands in them. */
const WORDS = {
  'incorrect-authentication-tag': ['Authentication-Tag ungültig', 'Der Authentication-Tag stimmt nicht mit dem Ereignisprotokoll überein.'],
  'encryption-issue': [
    'Entschlüsselung fehlgeschlagen',
    'Der Inhalt ließ sich nicht entschlüsseln. Prüfen Sie Schlüssel-ID und Verfahren (RSA-OAEP-256, A256GCM).',
  ],
  'syntax-violation': ['Syntax-Fehler', 'Der Inhalt ist kein gültiges JSON in UTF-8.'],
  'missing-schema': ['Schema-Referenz fehlt', 'Im Metadatensatz fehlt die Angabe $schema.'],
  'unsupported-schema': ['Schema nicht unterstützt', 'Metadaten werden in Version 1 des Schemas angenommen.'],
  'schema-violation': ['Schema-Fehler', 'Der Inhalt entspricht seinem Schema nicht.'],
  'unsupported-service': ['Verwaltungsleistung nicht angeboten', 'Diese Leistung nimmt der Zustellpunkt nicht an.'],
  'service-mismatch': ['Verwaltungsleistung stimmt nicht überein', 'Angekündigt wurde eine andere Leistung, als im Metadatensatz steht.'],
  'missing-data': ['Fachdaten fehlen', 'Die Einreichung enthält keine Fachdaten, oder der Metadatensatz nennt keine.'],
  'unsupported-data-schema': ['Fachdatenschema nicht unterstützt', 'Fachdaten werden als application/json angenommen.'],
  'hash-mismatch': ['Prüfsumme stimmt nicht', 'Die Prüfsumme des Inhalts weicht von der im Metadatensatz ab.'],
  'attachments-mismatch': ['Anlagen stimmen nicht überein', 'Einreichung, Metadatensatz und Ereignisprotokoll nennen verschiedene Anlagen.'],
  'missing-attachment': ['Anlage fehlt', 'Die Anlage ließ sich nicht abrufen.'],
  'technical-error': ['Technischer Fehler', 'Die Einreichung konnte nicht übernommen werden.'],
} as const;

/** The problem as a `reject-submission` event carries it. */
export function rejectProblem(reason: RejectReason, instance: RejectInstance): RejectProblem {
  const [title, detail] = WORDS[reason];
  return { type: `${EVENT_BASE}problems/${reason}`, title, detail, instance };
}
