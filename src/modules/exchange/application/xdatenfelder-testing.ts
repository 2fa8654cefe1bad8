import { XDF } from '../domain/xdatenfelder-standard.ts';

/** A schema with one group; `{}` are the parts to vary. */
export const SCHEMA = (parts: { inGroup?: string; inField?: string; more?: string; anzahl?: string } = {}): string => `<?xml version="1.0" encoding="UTF-8"?>
<x:xdatenfelder.stammdatenschema.0102 xmlns:x="${XDF}">
<x:header><x:nachrichtID>1</x:nachrichtID><x:erstellungszeitpunkt>2026-01-01T10:00:00Z</x:erstellungszeitpunkt></x:header>
<x:stammdatenschema>
${identity('S1')}<x:bezeichnung>Angelschein</x:bezeichnung>
<x:struktur><x:anzahl>${parts.anzahl ?? '1:1'}</x:anzahl><x:enthaelt><x:datenfeldgruppe>
${identity('G1')}<x:bezeichnungEingabe>Person</x:bezeichnungEingabe><x:schemaelementart><code>ABS</code></x:schemaelementart>${parts.inGroup ?? ''}
${field('F1', 'text', parts.inField)}
${parts.more ?? ''}
</x:datenfeldgruppe></x:enthaelt></x:struktur>
</x:stammdatenschema>
</x:xdatenfelder.stammdatenschema.0102>`;
export const identity = (id: string, version = '1.0.0'): string =>
  `<x:identifikation><x:id>${id}</x:id><x:version>${version}</x:version></x:identifikation><x:name>${id} Name</x:name><x:freigabestatus><code>6</code></x:freigabestatus><x:letzteAenderung>2026-01-01T10:00:00Z</x:letzteAenderung>`;
export const field = (id: string, datentyp: string, inside = '', { anzahl = '1:1', feldart = 'input' } = {}): string =>
  `<x:struktur><x:anzahl>${anzahl}</x:anzahl><x:enthaelt><x:datenfeld>${identity(id)}<x:bezeichnungEingabe>${id} Frage</x:bezeichnungEingabe><x:schemaelementart><code>ABS</code></x:schemaelementart><x:feldart><code>${feldart}</code></x:feldart><x:datentyp><code>${datentyp}</code></x:datentyp><x:vorbefuellung><code>keine</code></x:vorbefuellung>${inside}</x:datenfeld></x:enthaelt></x:struktur>`;
export const group = (id: string, inside: string, anzahl = '1:1'): string =>
  `<x:struktur><x:anzahl>${anzahl}</x:anzahl><x:enthaelt><x:datenfeldgruppe>${identity(id)}<x:bezeichnungEingabe>${id} Gruppe</x:bezeichnungEingabe><x:schemaelementart><code>ABS</code></x:schemaelementart>${inside}</x:datenfeldgruppe></x:enthaelt></x:struktur>`;
