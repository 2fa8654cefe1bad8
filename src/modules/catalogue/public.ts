/** Leistungen: what the city offers, what it asks for, who is responsible. */
export { loadServices, type Services } from './application/load-services.ts';
export { openServiceDesk, type ServiceDesk } from './application/service-desk.ts';
export {
  allProblems,
  answerSections,
  canonicalAnswers,
  displayValue,
  itemsOf,
  mattersGiven,
  pageProblems,
  readPage,
  removeItem,
  slotOf,
  visibleFields,
  visiblePages,
  type AnswerSection,
  type PageResult,
  type PlacedProblem,
} from './application/form.ts';
export { judgeAnswers, type JudgedAnswers } from './application/received-answers.ts';
export type { Lang } from './application/fields.ts';
export { districtAt, placeOf, type District } from './application/authority.ts';
export { followProcessingTimes, processingTimes, type ServiceTime } from './application/processing-times.ts';
export { packageVersions, type KnownVersion } from './application/package-versions.ts';
export type { Answers, LetterName, Mistake, ServicePackage } from './domain/package.ts';
export type { DocumentRule, Field, Page } from './domain/form.ts';
export type { Validity } from './domain/validity.ts';
export { taskKey, type Authority, type Milestone, type Promulgation } from './domain/service.ts';
export { packageField } from './http/field-control.ts';
export { cataloguePages, type ServicePart } from './http/pages.ts';
export {
  participationPlan,
  type ConsulteeKind,
  type ParticipationPlan,
  type PlanPeriod,
  type PlannedConsultee,
  type Silence,
} from './domain/participation-plan.ts';
export { computeFee, feeOf, feeSentence, feesInForce, type ComputedFee, type FeePosition } from './application/fees.ts';
export { diffPackages } from './application/diff.ts';
export type { PackageDiff } from './application/diff-change.ts';
export { draftYaml, SERVICE_HINTS } from './application/draft-yaml.ts';
export { searchServices, serviceIndex } from './application/search.ts';
export { SMALLEST_SCORE, scoreOf, textIndex, wantedWords, type TextIndex } from './application/search-index.ts';
export { parseYaml } from './application/read-package.ts';
export { contentWords, relation, sureRelation, typoRelation } from './application/search-words.ts';
export { draftFiles, draftKey, type DraftFacts } from './application/draft-package.ts';
export type { PublishingContext } from './application/publish-package.ts';
export { publishPages } from './http/publish-pages.ts';
export { bpmnRoutes } from './http/bpmn-routes.ts';
export { bpmnPages } from './http/bpmn-pages.ts';
export { casePicture } from './http/bpmn-picture.ts';
export { documentChecks, type DocumentChecks, type PageSize } from './domain/document-checks.ts';
export { readDayText } from './application/fields.ts';
