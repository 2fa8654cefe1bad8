import { ok, refuse } from '../../../kernel/result.ts';
import type { DecisionSheet, SheetOffice } from '../../procedure/public.ts';
import { standingOf } from '../domain/mark.ts';
import { listMarks } from '../store/marks.ts';
import type { SheetsContext } from './context.ts';
import { ofSheet } from './open-sheet.ts';
import { stampedCopy } from './stamped-copy.ts';

/** What procedure asks of the sheets when it drafts, decides and writes the Bescheid. */
export function sheetOffice(ctx: SheetsContext): SheetOffice {
  return {
    async conditions(db, caseId) {
      const marks = (await listMarks(db, caseId)).filter(({ kind }) => kind === 'auflage');
      if (marks.length === 0) return [];
      const documents = (await ctx.cases.read(db, caseId))?.documents ?? [];
      return marks.flatMap(({ uploadId, text, page, number }) => {
        const sheet = documents.find((one) => one.id === uploadId);
        const place = sheet && `Planblatt «${sheet.fileName}», Version ${sheet.version}, Seite ${page}, Eintrag ${number}`;
        return place === undefined ? [] : [{ kind: 'Auflage' as const, text: `${text} (${place})` }];
      });
    },
    async forDecision(tx, caseId) {
      const view = await ctx.cases.lock(tx, caseId);
      const marks = await listMarks(tx, caseId);
      const sheets: DecisionSheet[] = [];
      for (const { id, slot, fileName, version, sha256, current } of view?.documents ?? []) {
        const own = ofSheet(marks, id);
        const standing = standingOf(own);
        if (standing === undefined) continue;
        if (standing === 'genehmigt' && !current) return refuse(outdated(fileName, version));
        const entries = own.map(({ number, page, xMm, yMm, kind, text }) => ({ number, page, xMm, yMm, kind, text }));
        sheets.push({ uploadId: id, slot, fileName, version, sha256, standing, marks: entries });
      }
      return ok(sheets);
    },
    async copies(caseId, sheets, about) {
      const documents = (await ctx.cases.read(ctx.database.read, caseId))?.documents ?? [];
      const copies = [];
      for (const sheet of sheets) copies.push(await stampedCopy(ctx, sheet, documents.find((one) => one.id === sheet.uploadId)?.mediaType, about));
      return copies;
    },
  };
}

const outdated = (fileName: string, version: number): string =>
  `«${fileName}», Version ${version}, ist als genehmigt gestempelt, aber es gibt eine neuere Version. Prüfen Sie die neue, und nehmen Sie den Stempel von der alten.`;
