import type { Actor } from './kernel/actor.ts';
import { ok, refuse } from './kernel/result.ts';
import type { TakenCase, XdomeaCases, XdomeaFile } from './modules/exchange/public.ts';
import { findReceivedCase, maySee, receiveApplication, takeClosedFile, type ProcedureContext } from './modules/procedure/public.ts';

const NOT_STAFF = { kind: 'not-allowed', detail: 'Akten übernehmen Mitarbeitende einer Behörde. Melden Sie sich als solche an.' } as const;
const ELSEWHERE = { kind: 'not-allowed', detail: 'Diesen Vorgang hat schon eine andere Behörde der Stadt übernommen. Fragen Sie dort.' } as const;

/** xdomea makes cases through this port. */
export function xdomeaCases(ctx: ProcedureContext): XdomeaCases {
  const { desk } = ctx;
  return {
    serviceNamed: (named) =>
      [...desk.services.packages.values()].find(({ key, leistungsschluessel }) => named.includes(key) || named.includes(leistungsschluessel))?.key,
    authorityNamed: (name) => desk.services.authorities.find((one) => one.name === name)?.id,
    async find(actor, reference) {
      const found = await findReceivedCase(ctx, 'xdomea', reference);
      return found === undefined || maySee(actor, found) ? ok(found && takenOf(found)) : refuse(ELSEWHERE);
    },
    async takeClosed(actor, file) {
      if (actor.kind !== 'staff') return refuse(NOT_STAFF);
      const done = await takeClosedFile(ctx, actor, { ...file, source: 'xdomea', documents: documentsFor(ctx, file) });
      return done.ok ? ok(takenOf(done.value)) : done;
    },
    takeRunning: (actor, file) => takeRunning(ctx, actor, file),
  };
}

/** Only for an authority that the officer works for: a case elsewhere is that authority's to go on with. */
async function takeRunning(ctx: ProcedureContext, actor: Actor, file: Parameters<XdomeaCases['takeRunning']>[1]) {
  if (actor.kind !== 'staff') return refuse(NOT_STAFF);
  const { reference, service, answers, original, formerAuthority, formerNumber } = file;
  const responsible = ctx.desk.responsible(ctx.desk.current(service)!, answers);
  if (responsible.ok && !actor.authorities.includes(responsible.value.authority.id)) {
    const detail = `Zuständig ist ${responsible.value.authority.name}. Dort arbeiten Sie nicht; geben Sie die Nachricht dorthin.`;
    return refuse({ kind: 'not-allowed' as const, detail });
  }
  const done = await receiveApplication(ctx, {
    source: 'xdomea',
    reference,
    service,
    answers,
    documents: documentsFor(ctx, file),
    original,
    receivedAt: ctx.clock(),
    replyTo: { formerAuthority, formerNumber: formerNumber ?? null },
  });
  if (!done.ok) return done;
  return maySee(actor, done.value) ? ok(takenOf(done.value)) : refuse(ELSEWHERE);
}

/** A title that is a document of the form says where the file belongs; any other is a description. */
function documentsFor(ctx: ProcedureContext, { service, documents }: XdomeaFile) {
  const known = new Set(ctx.desk.current(service)?.form.documents.map(({ id }) => id));
  return documents.map(({ slot, ...rest }) => (slot !== undefined && known.has(slot.split('.')[0]!) ? { ...rest, slot } : rest));
}

const takenOf = (state: { readonly id: string; readonly fileNumber: string; readonly authority: string; readonly status: string }): TakenCase => ({
  caseId: state.id,
  fileNumber: state.fileNumber,
  authority: state.authority,
  status: state.status,
});
