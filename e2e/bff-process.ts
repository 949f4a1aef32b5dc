import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface BffProcess {
  url: string;
  /** Everything it has printed so far. */
  output(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts the real BFF as a child and waits for the address it prints. */
export async function startBff(env: NodeJS.ProcessEnv): Promise<BffProcess> {
  const child: ChildProcess = spawn(process.execPath, ['bff/main.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let output = '';
  const { promise: printed, resolve } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
      if (address !== undefined) resolve(address);
    });
  }
  const url = await Promise.race([printed, exited.then(() => Promise.reject(new Error(`the BFF ended before it listened:\n${output}`)))]);
  return {
    url,
    output: () => output,
    async kill(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}
