import { readFileSync } from 'node:fs';
import { configKeys, type ConfigName } from './config-keys.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
/** Reads keys one by one, from their files where they may have one, and gathers what is wrong with them. */
export function reading(env: Environment) {
  const faults: string[] = [];
  const fault = (name: string, text: string): undefined => {
    faults.push(`${name}: ${text}`);
  };
  /** An empty value is an unset one. */
  const text = (name: ConfigName): string | undefined => {
    const mayBeFile = configKeys.some((key) => key.name === name && ('secret' in key || 'live' in key));
    const file = mayBeFile ? env[`${name}_FILE`] : undefined;
    if (!file) return env[name]?.trim() || undefined;
    if (env[name]) fault(name, `set both here and by ${name}_FILE; keep one`);
    try {
      return readFileSync(file, 'utf8').trim() || fault(`${name}_FILE`, `${file} is empty`);
    } catch (error) {
      return fault(`${name}_FILE`, `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  };
  return { faults, fault, text };
}
