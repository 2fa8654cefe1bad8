import { dinName, type InspectedPdf, type Inspection } from './inspection.ts';
import type { DocumentChecks } from '../../catalogue/public.ts';

type LangText = Readonly<Record<'de' | 'en' | 'leicht', string>>;

/** What a rule says about a file; each text names the cause and the remedy. */
export interface Finding {
  readonly rule: string;
  /** `blocks`: the file is not taken; `hint`: it is, and this is good to know. */
  readonly level: 'blocks' | 'hint';
  readonly text: LangText;
}

const finding = (rule: string, level: Finding['level'], de: string, en: string, leicht: string): Finding => ({ rule, level, text: { de, en, leicht } });

/** @param sizeBytes of the file. @returns all that a person should know, what blocks first */
export function findingsOf(inspection: Inspection, checks: DocumentChecks, sizeBytes: number): readonly Finding[] {
  const found = [...sizeFindings(checks, sizeBytes), ...contentFindings(inspection, checks)];
  return found.toSorted((a, b) => Number(a.level === 'hint') - Number(b.level === 'hint'));
}

function sizeFindings({ maxMegabytes }: DocumentChecks, sizeBytes: number): Finding[] {
  if (maxMegabytes === undefined || sizeBytes <= maxMegabytes * 1_000_000) return [];
  return [
    finding(
      'maxMegabytes',
      'blocks',
      `Die Datei ist größer als ${maxMegabytes} MB. Teilen Sie sie auf oder speichern Sie sie mit kleineren Bildern.`,
      `The file is larger than ${maxMegabytes} MB. Split it, or save it with smaller pictures.`,
      `Die Datei ist zu groß. Erlaubt sind ${maxMegabytes} MB. Teilen Sie die Datei.`,
    ),
  ];
}

function contentFindings(inspection: Inspection, checks: DocumentChecks): Finding[] {
  if (inspection.kind === 'pdf') return pdfFindings(inspection.pdf, checks);
  if (inspection.kind === 'unreadable') return [UNREADABLE[inspection.why]];
  const { dpi } = inspection.image;
  if (checks.minDpi === undefined || (dpi !== undefined && dpi >= checks.minDpi)) return [];
  if (dpi === undefined) return [noDpi(checks.minDpi)];
  return [
    finding(
      'minDpi',
      'blocks',
      `Das Bild hat ${dpi} dpi, nötig sind ${checks.minDpi}. Scannen Sie den Plan noch einmal mit mindestens ${checks.minDpi} dpi.`,
      `The picture has ${dpi} dpi, ${checks.minDpi} are needed. Scan the plan again with at least ${checks.minDpi} dpi.`,
      `Das Bild ist zu ungenau. Scannen Sie den Plan noch einmal. Stellen Sie ${checks.minDpi} dpi ein.`,
    ),
  ];
}

const noDpi = (wanted: number): Finding =>
  finding(
    'minDpi',
    'hint',
    `Das Bild sagt nicht, wie genau es ist. Prüfen Sie, ob Sie mit mindestens ${wanted} dpi gescannt haben.`,
    `The picture does not say its resolution. Check that you scanned with at least ${wanted} dpi.`,
    `Wir wissen nicht, wie genau das Bild ist. Prüfen Sie: Kann man alles lesen?`,
  );

const UNREADABLE = {
  damaged: finding(
    'readable',
    'blocks',
    'Die Datei ist beschädigt oder unvollständig. Speichern Sie sie neu als PDF und laden Sie sie noch einmal hoch.',
    'The file is damaged or incomplete. Save it as PDF again and upload it once more.',
    'Die Datei ist kaputt. Speichern Sie die Datei neu. Laden Sie sie dann noch einmal hoch.',
  ),
  bomb: finding(
    'readable',
    'blocks',
    'Die Datei wird beim Öffnen riesig groß, deshalb öffnen wir sie nicht. Drucken Sie den Plan neu als PDF.',
    'The file grows enormously when opened, so we do not open it. Print the plan to PDF again.',
    'Die Datei wird beim Öffnen viel zu groß. Speichern Sie den Plan neu als PDF.',
  ),
  timeout: finding(
    'readable',
    'blocks',
    'Das Lesen der Datei dauert zu lange. Speichern Sie sie mit weniger Einzelheiten oder teilen Sie sie auf.',
    'Reading the file takes too long. Save it with less detail, or split it.',
    'Die Datei ist zu schwierig. Teilen Sie die Datei in kleinere Dateien.',
  ),
  'other-type': finding(
    'readable',
    'blocks',
    'Die Datei ist weder PDF noch JPEG noch PNG. Speichern Sie den Plan als PDF.',
    'The file is neither PDF nor JPEG nor PNG. Save the plan as PDF.',
    'Das ist die falsche Art von Datei. Speichern Sie den Plan als PDF.',
  ),
} as const;

function pdfFindings(pdf: InspectedPdf, checks: DocumentChecks): Finding[] {
  return [...safetyFindings(pdf, checks), ...(pdf.encrypted ? [] : [...pageFindings(pdf, checks), ...archiveFindings(pdf, checks)])];
}

function safetyFindings(pdf: InspectedPdf, checks: DocumentChecks): Finding[] {
  const found: Finding[] = [];
  if (pdf.encrypted) {
    found.push(
      finding(
        'noEncryption',
        checks.noEncryption ? 'blocks' : 'hint',
        'Das PDF ist verschlüsselt. Speichern Sie es ohne Passwort und ohne Schutz, dann kann es jeder Beteiligte lesen.',
        'The PDF is encrypted. Save it without password and protection, so that everybody involved can read it.',
        'Das PDF hat ein Passwort. Speichern Sie es ohne Passwort.',
      ),
    );
  }
  if (pdf.scripts || pdf.launches) {
    found.push(
      finding(
        'noScript',
        checks.noScript ? 'blocks' : 'hint',
        'Im PDF steckt ein Programm (JavaScript oder eine Start-Aktion). Drucken Sie es neu als PDF, dann ist das Programm nicht mehr darin.',
        'The PDF contains a program (JavaScript or a launch action). Print it to PDF again; the program is gone then.',
        'Im PDF ist ein Programm. Das ist gefährlich. Drucken Sie den Plan neu als PDF.',
      ),
    );
  }
  if (pdf.attachments) {
    found.push(
      finding(
        'attachments',
        'hint',
        'Im PDF stecken weitere Dateien. Wir prüfen nur die Seiten; laden Sie wichtige Dateien einzeln hoch.',
        'The PDF has other files inside. We examine its pages only; upload important files on their own.',
        'Im PDF sind noch andere Dateien. Laden Sie wichtige Dateien einzeln hoch.',
      ),
    );
  }
  return found;
}

function pageFindings(pdf: InspectedPdf, { maxPages, pageSizes }: DocumentChecks): Finding[] {
  const found: Finding[] = [];
  if (maxPages !== undefined && pdf.pageCount > maxPages) {
    found.push(
      finding(
        'maxPages',
        'blocks',
        `Das PDF hat ${pdf.pageCount} Seiten, erlaubt sind ${maxPages}. Teilen Sie es auf.`,
        `The PDF has ${pdf.pageCount} pages, ${maxPages} are allowed. Split it.`,
        `Das PDF hat zu viele Seiten. Erlaubt sind ${maxPages}. Teilen Sie das PDF.`,
      ),
    );
  }
  const odd = pageSizes === undefined ? -1 : pdf.pages.findIndex((page) => !pageSizes.includes(dinName(page) as never));
  if (pageSizes !== undefined && odd >= 0) {
    const { widthMm, heightMm } = pdf.pages[odd]!;
    const size = `${Math.round(widthMm)} × ${Math.round(heightMm)} mm`;
    const allowed = pageSizes.join(', ');
    found.push(
      finding(
        'pageSizes',
        'blocks',
        `Seite ${odd + 1} misst ${size}. Erlaubt sind ${allowed}. Stellen Sie beim Speichern das Papierformat ein, ohne den Maßstab zu ändern.`,
        `Page ${odd + 1} measures ${size}. Allowed are ${allowed}. Set the paper size when saving, without changing the scale.`,
        `Seite ${odd + 1} hat die falsche Größe. Erlaubt sind ${allowed}. Stellen Sie die richtige Papier-Größe ein.`,
      ),
    );
  }
  return found;
}

function archiveFindings(pdf: InspectedPdf, { pdfA }: DocumentChecks): Finding[] {
  const found: Finding[] = [];
  if (pdfA !== false && pdf.pdfAClaim === undefined) {
    found.push(
      finding(
        'pdfA',
        pdfA === 'recommended' ? 'hint' : 'blocks',
        'Das PDF ist kein PDF/A. Wählen Sie beim Speichern „PDF/A“; damit bleibt der Plan auf Dauer lesbar.',
        'The PDF is not PDF/A. Choose “PDF/A” when saving; the plan stays readable for good.',
        'Speichern Sie den Plan als PDF/A. Dann kann man ihn immer lesen.',
      ),
    );
  }
  if (pdf.fontsMissing.length > 0) {
    found.push(
      finding(
        'fonts',
        'hint',
        `Schriften fehlen im PDF (${pdf.fontsMissing.slice(0, 3).join(', ')}). Betten Sie sie beim Speichern ein, sonst sieht der Plan anderswo anders aus.`,
        `Fonts are missing in the PDF (${pdf.fontsMissing.slice(0, 3).join(', ')}). Embed them when saving, or the plan looks different elsewhere.`,
        'Im PDF fehlen Schriften. Der Plan kann auf anderen Computern anders aussehen.',
      ),
    );
  }
  if (pdf.damaged) {
    found.push(
      finding(
        'damaged',
        'blocks',
        'Das PDF ist beschädigt und nur teilweise lesbar. Speichern Sie es neu und laden Sie es noch einmal hoch.',
        'The PDF is damaged and only partly readable. Save it again and upload it once more.',
        'Das PDF ist kaputt. Speichern Sie es neu. Laden Sie es dann noch einmal hoch.',
      ),
    );
  }
  return found;
}
