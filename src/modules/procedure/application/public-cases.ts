import type { Sql } from '../../../platform/database/port.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import { presentDecision, type Case } from '../domain/case.ts';
import { courseOf, type CourseStep } from '../domain/course.ts';
import { findCase } from '../store/cases.ts';
import { listCasesOfServices } from '../store/lists.ts';
import { listUploads, type UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { rulesOf } from './rules-of.ts';

/** What everybody may know of a case whose package makes steps public: no answers, no names, no notes. */
export interface PublicCase {
  readonly id: string;
  readonly fileNumber: string;
  readonly pkg: ServicePackage;
  readonly authority: string;
  /** Public steps only. */
  readonly course: readonly CourseStep[];
  /** The documents that the last public step with documents rests on. */
  readonly documents: readonly UploadRow[];
  /** Day the norm came or comes into force. */
  readonly inForceOn?: string;
}

type Reading = Pick<ProcedureContext, 'desk' | 'database'>;
const MOST = 200;

/** Public cases, newest first. */
export async function publicCases(ctx: Reading): Promise<PublicCase[]> {
  const db = ctx.database.read;
  const services = [...ctx.desk.services.packages.values()].filter((pkg) => pkg.process.milestones.some((one) => one.public)).map((pkg) => pkg.key);
  if (services.length === 0) return [];
  const found = await Promise.all((await listCasesOfServices(db, services, MOST)).map((state) => presented(ctx, db, state)));
  return found.filter((one) => one !== undefined);
}

/** One public case; nothing while no public step is done. */
export async function publicCase(ctx: Reading, caseId: string): Promise<PublicCase | undefined> {
  const db = ctx.database.read;
  const state = await findCase(db, caseId);
  return state && presented(ctx, db, state);
}

async function presented(ctx: Reading, db: Sql, state: Case): Promise<PublicCase | undefined> {
  const pkg = await ctx.desk.pinned(state.packageHash);
  const rules = rulesOf(pkg);
  const course = courseOf(state, rules).filter(({ milestone }) => milestone.public);
  if (!course.some(({ stage }) => stage === 'done')) return undefined;
  const hashes = course.findLast(({ stage, documents }) => stage === 'done' && documents.length > 0)?.documents ?? [];
  const uploads = hashes.length === 0 ? [] : await listUploads(db, state.id);
  const delivery = rules.promulgation === undefined ? undefined : presentDecision(state)?.delivery;
  return {
    id: state.id,
    fileNumber: state.fileNumber,
    pkg,
    authority: state.authority,
    course,
    documents: hashes.flatMap((hash) => uploads.findLast(({ sha256 }) => sha256 === hash) ?? []),
    ...(delivery && { inForceOn: delivery.bekanntgabeOn }),
  };
}
