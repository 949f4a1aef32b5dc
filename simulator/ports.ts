/** What the simulator needs of the world it runs in, and what it gives back. */

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls back once after `ms`; the answer cancels. */
  setTimer(callback: () => void, ms: number): () => void;
}

export interface SimulatorRequest {
  method: string;
  /** The raw request target: path and query, still encoded. */
  path: string;
  headers?: Record<string, string | undefined> | undefined;
  body?: Uint8Array | undefined;
  signal?: AbortSignal | undefined;
  /** Chosen by whoever carries the request; a request over HTTP/1.0 cannot be upgraded. */
  httpVersion?: string | undefined;
}
export interface SimulatorAnswer {
  status: number;
  /** Lower-case names; a header that the broker sends twice is joined with a comma. */
  headers: Record<string, string>;
  bytes: Uint8Array;
}
/** A socket's life: text frames in order, until either side closes. */
export interface Feed {
  frames: AsyncIterable<string>;
  close(): void;
  /** Only an agent's socket listens too. */
  receive?(text: string): void;
  /** The subprotocol the broker selected, if any. */
  protocol?: string;
}
export type FeedAnswer = { feed: Feed } | { refusal: SimulatorAnswer };
