import { codeOf } from './kernel/error-code.ts';
import { wrongCall, type Command, type Output } from './commands/command.ts';

/** Every command by name, read only when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  walk: async () => (await import('./commands/walk-command.ts')).walkCommand,
  frist: async () => (await import('./commands/frist.ts')).fristCommand,
  service: async () => (await import('./commands/service.ts')).serviceCommand,
  journal: async () => (await import('./commands/journal.ts')).journalCommand,
  indicators: async () => (await import('./commands/indicators.ts')).indicatorsCommand,
  bpmn: async () => (await import('./commands/bpmn.ts')).bpmnCommand,
  exchange: async () => (await import('./commands/exchange.ts')).exchangeCommand,
  'fit-connect': async () => (await import('./commands/fit-connect.ts')).fitConnectCommand,
  xdatenfelder: async () => (await import('./commands/xdatenfelder.ts')).xdatenfelderCommand,
  'dmn-tck': async () => (await import('./commands/dmn-tck.ts')).dmnTckCommand,
  lage: async () => (await import('./commands/lage.ts')).lageCommand,
  assistant: async () => (await import('./commands/assistant.ts')).assistantCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  process: async () => (await import('./commands/process.ts')).processCommand,
  seed: async () => (await import('./commands/seed.ts')).seedCommand,
  health: async () => (await import('./commands/health.ts')).healthCommand,
};

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    print(await help());
    return 0;
  }
  const load = COMMANDS[name];
  if (load === undefined) {
    process.stderr.write(`Den Befehl «${name}» gibt es nicht.\n\n${await help()}\n`);
    return 2;
  }
  const command = await load();
  const out: Output = { print, complain: (line) => void process.stderr.write(`${line}\n`) };
  try {
    return await command.run(args, out);
  } catch (error) {
    // Node's own words on an unknown option are English and name no remedy.
    if (codeOf(error)?.startsWith('ERR_PARSE_ARGS') === true) return wrongCall(command, out);
    throw error;
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function help(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const lines = commands.flatMap((command) => command.usage.map(({ call, does }) => `  ./kontor ${call}\n      ${does}`));
  return ['Kontor, die offene digitale Stadt', '', ...lines, '  ./kontor help\n      Zeigt diese Hilfe.'].join('\n');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // A sentence for the person at the keyboard; the trace helps only who writes the program.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
