import { placeOf } from './modules/catalogue/public.ts';
import { abwaegungComplete, type ParticipationContext } from './modules/participation/public.ts';
import { caseFile, mayAct, maySee, type DecisionGate, type ProcedureContext } from './modules/procedure/public.ts';
import { getFile, putFile } from './platform/files/files.ts';

/** Beteiligung reads cases through this port: procedure does not know that it exists. */
export function participationOn(ctx: ProcedureContext): ParticipationContext {
  return {
    ...ctx,
    cases: {
      async read(db, caseId) {
        const file = await caseFile(ctx, db, caseId);
        if (file === undefined) return undefined;
        const { state, pkg, uploads } = file;
        const { id, fileNumber, service, authority, accountId, status, answers } = state;
        const documents = uploads.map(({ id: fileId, fileName, mediaType, sizeBytes, sha256 }) => ({ id: fileId, fileName, mediaType, sizeBytes, sha256 }));
        return {
          id,
          fileNumber,
          service,
          authority,
          accountId,
          status,
          title: pkg.name.de,
          place: placeOf(pkg, answers),
          answers,
          plan: pkg.process.participation,
          documents,
        };
      },
      maySee,
      mayAct,
    },
    files: { put: putFile, get: getFile },
  };
}

/** § 1(7) BauGB, § 28 VwVfG: nothing is decided while those who were asked may still answer or are unheard. */
export const openParticipation: DecisionGate = async (tx, caseId) => {
  const { complete, openRounds, unweighed } = await abwaegungComplete(tx, caseId);
  if (complete) return undefined;
  const parts = [openRounds > 0 ? `${openRounds} Beteiligung läuft noch` : '', unweighed > 0 ? `${unweighed} Stellungnahme ist noch nicht abgewogen` : ''];
  return `${parts.filter((part) => part !== '').join(', und ')}. Schließen Sie die Beteiligung ab, dann können Sie entscheiden.`;
};
