import type { Actor } from '../../../kernel/actor.ts';
import type { LanguageModels } from '../../../kernel/language-model.ts';
import type { FoundPassage } from '../../../kernel/passage.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Visit } from '../../../platform/http/route.ts';
import type { Html, Lang } from '../../../platform/ui/html.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { notStaff, type AssistantProblem } from '../domain/problems.ts';
import type { AbstentionRule } from '../domain/research.ts';
import type { RunningAnswers } from './running.ts';

export type Staff = Extract<Actor, { kind: 'staff' }>;

/** Sets a page into the city's frame. */
export type CityFrame = (visit: Visit) => PageView;

/** A text read page by page. */
export interface ReadText {
  readonly title: string;
  readonly pages: readonly { readonly number: number; readonly text: string }[];
}

export interface DocumentChoice {
  readonly id: string;
  readonly title: string;
  /** The collection it lies in; absent: the person's own documents. */
  readonly collection?: string;
}

/** A passage with whether its document holds data of persons. */
export interface LibraryPassage extends FoundPassage {
  readonly personal: boolean;
}

/** The library of documents, as this module needs it; rights are asked behind it, in the query. */
export interface Documents {
  /** Documents the person may read, theirs first, at most so many. */
  readonly documents: (actor: Staff, limit: number) => Promise<readonly DocumentChoice[]>;
  readonly collections: (actor: Staff) => Promise<readonly { readonly id: string; readonly title: string }[]>;
  readonly pages: (actor: Staff, documentId: string) => Promise<Result<ReadText & { readonly sha256: string; readonly personal: boolean }, Problem>>;
  readonly search: (
    actor: Staff,
    wish: { readonly query: string; readonly collections: readonly string[]; readonly documents: readonly string[]; readonly limit: number },
  ) => Promise<Result<readonly LibraryPassage[], Problem>>;
  /** Reads a file that somebody brings along; the file is kept nowhere; a result keeps what it quotes. */
  readonly readFile: (file: { readonly fileName: string; readonly bytes: Uint8Array }) => Promise<Result<ReadText, Problem>>;
}

/** What the module needs; others are reached through ports that the wiring fills. */
export interface AssistantContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'typesetter' | 'log'> {
  readonly models: LanguageModels<Actor>;
  readonly library: Documents;
  readonly running: RunningAnswers;
  /** Puts a text into the file of a case as an internal note, in the person's name. */
  readonly noteInCase: (actor: Staff, note: { readonly fileNumber: string; readonly text: string }) => Promise<Result<{ readonly caseId: string }, Problem>>;
  /** Names of the city's authorities, by their ids. */
  readonly authorityName: (id: string) => string;
  /** A form beside a model's answer: whether it helped; absent: nobody asks. */
  readonly feedback?: (answer: { readonly use: string; readonly model: string; readonly back: string }, lang: Lang) => Html;
  /** Says when the sources do not answer; absent: by the share of the question that they say. */
  readonly abstention?: AbstentionRule;
}

/** Only who works for the city works with the assistant. */
export const staffOf = (actor: Actor): Result<Staff, AssistantProblem> => (actor.kind === 'staff' ? ok(actor) : refuse(notStaff));
