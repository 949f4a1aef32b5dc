import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Exit {
  code: number | null;
  signal: string | null;
}
export interface ConsoleProcess {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  exited: Promise<Exit>;
  /** Once it has said where it is. @throws with what it complained about when it ends before */
  started: () => Promise<StartedProcess>;
}
export interface StartedProcess {
  child: ChildProcess;
  port: number;
  stdout: () => string;
  stderr: () => string;
  signal: (signal: NodeJS.Signals) => void;
  /** Its log, parsed. */
  log: () => Record<string, unknown>[];
  exited: Promise<Exit>;
  end: (signal: NodeJS.Signals) => Promise<Exit>;
}

/** Runs a console as a process of its own. */
export function launchConsole(entry: URL, env: Record<string, string>): ConsoleProcess {
  const child = spawn(process.execPath, [fileURLToPath(entry)], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  const printed = Promise.withResolvers<number>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.stdout += chunk;
    const port = /http:\/\/127\.0\.0\.1:(\d+)\n/.exec(text.stdout)?.[1];
    if (port !== undefined) printed.resolve(Number(port));
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const exited = once(child, 'close').then(([code, signal]): Exit => ({ code, signal }));
  const [stdout, stderr] = [() => text.stdout, () => text.stderr];
  return {
    child,
    stdout,
    stderr,
    exited,
    async started() {
      const port = await Promise.race([printed.promise, exited.then(() => Promise.reject(new Error(text.stderr)))]);
      return {
        child,
        port,
        stdout,
        stderr,
        exited,
        signal: (signal) => void child.kill(signal),
        log: () =>
          text.stderr
            .split('\n')
            .filter((line) => line.startsWith('{'))
            .map((line) => JSON.parse(line) as Record<string, unknown>),
        end(signal) {
          child.kill(signal);
          return exited;
        },
      };
    },
  };
}
