import { newId } from '../../../kernel/id.ts';
import type { CaseCommand } from '../domain/commands.ts';
import type { CommandInput } from './schemas.ts';

/** Gives a command from outside the ids that the server makes. */
export function completeCommand(input: CommandInput, now: Temporal.Instant): CaseCommand {
  const id = (): string => newId(now.epochMilliseconds);
  switch (input.action) {
    case 'request-documents':
      return { ...withoutUndefined(input), requestId: id() };
    case 'hear':
      return { ...withoutUndefined(input), hearingId: id() };
    case 'approve':
    case 'decide':
      return { ...input, decisionId: id() };
    case 'record-step':
      return { ...(withoutUndefined(input) as typeof input & { on: string }), documents: [] };
    case 'answer-request':
      return { ...withoutUndefined(input), documents: [] };
    default:
      return withoutUndefined(input) as CaseCommand;
  }
}

/** Optional fields are absent, not undefined. */
function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
