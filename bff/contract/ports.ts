/** What a room marked ◇ may know of the world it runs in. Wired once in `bff/app.ts`, once in `web/demo`. */

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls back once after `ms`; the answer cancels. Never keeps a process alive. */
  setTimer(callback: () => void, ms: number): () => void;
}
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>;
}
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
  child(fields: Record<string, unknown>): Log;
}
export interface Digest {
  sha256(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
}
/** Node only: the demo has no passwords. */
export interface PasswordHash {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
}

/** Whose broker key a session rides. Snapshots and feeds belong to `id`, never to a person (requirement 3.6). */
export interface Credential {
  /** `service`, `admin:<keyed fingerprint>` or `generator:<id>:<keyed fingerprint>`: a rotated key is another one. */
  id: string;
  pak: string;
  /** The generator whose key it is: with it one sees that tenant's world and no more. */
  tenant?: string;
}

export interface SendRequest {
  method: string;
  /** Path and query below the broker's origin, already encoded. */
  path: string;
  headers: Record<string, string>;
  body?: Uint8Array | undefined;
  signal?: AbortSignal | undefined;
  /** Largest answer taken, decoded; beyond it the call fails with `AnswerTooLarge`. */
  maxBytes?: number | undefined;
  totalMs?: number | undefined;
}
export interface SendAnswer {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  bytes: Uint8Array;
}
/** Carries one request to the broker; follows no redirect. @throws SendFailure */
export type Send = (request: SendRequest) => Promise<SendAnswer>;
/**
 * Why no whole answer came: `reset` before its first byte, `truncated` after it. `sent` is false only when certainly
 * nothing reached the other side.
 */
export class SendFailure extends Error {
  readonly kind: 'connect' | 'timeout' | 'reset' | 'truncated' | 'too_large' | 'aborted';
  readonly sent: boolean;
  constructor(kind: SendFailure['kind'], sent: boolean, options?: ErrorOptions) {
    super(`broker call failed: ${kind}`, options);
    this.name = 'SendFailure';
    this.kind = kind;
    this.sent = sent;
  }
}
