import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Command {
  address: string;
  printed(): string;
  /** Ends it as a terminal would; answers its exit code. */
  end(): Promise<number | null>;
}

/** Runs an npm script as it is typed and waits for the address that it prints. */
export async function runCommand(script: readonly string[], env: NodeJS.ProcessEnv): Promise<Command> {
  const child = spawn('npm', script, {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let printed = '';
  const { promise: address, resolve } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [found] = /http:\/\/127\.0\.0\.1:\d+(?=[\s/])/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
  }
  return {
    address: await Promise.race([
      address,
      exited.then(() => Promise.reject(new Error(`npm ${script.join(' ')} ended early:\n${printed}`))),
    ]),
    printed: () => printed,
    async end() {
      process.kill(-(child.pid ?? 0), 'SIGTERM');
      return (await exited)[0];
    },
  };
}
